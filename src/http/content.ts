import type { DocumentContent } from '../core/archives.ts';
import { Refused } from '../core/errors.ts';

/** What an answer holds, and what the vendor says about it elsewhere. */
export interface ContentAnswer extends Pick<DocumentContent, 'size' | 'md5' | 'mediaType'> {
	/** With status 200, or 206 where the headers asked for a part. */
	readonly response: Response;
}

/** Headers that ask for a part; none for the whole. */
export type PartHeaders = Readonly<Record<string, string>>;

/** Asks for a document with these headers besides its own. */
type Ask = (headers: PartHeaders, signal: AbortSignal) => Promise<ContentAnswer>;

/** Starts reading a document, in a way that can be taken up again where it breaks off. */
export async function readContent(ask: Ask, signal: AbortSignal): Promise<DocumentContent> {
	return toContent(await ask({}, signal), 0, ask);
}

/** Whether an answer holds what was asked for: the whole, or where a part was asked for, a part. */
export function holdsContent({ status }: Response, { range }: PartHeaders): boolean {
	return status === 200 || (status === 206 && range !== undefined);
}

function toContent({ response, ...known }: ContentAnswer, start: number, ask: Ask): DocumentContent {
	const { body, headers } = response;
	const validator = validatorOf(headers);
	return {
		stream: body ?? new Blob([]).stream(),
		start,
		size: known.size ?? sizeOf(response),
		md5: known.md5,
		mediaType: known.mediaType ?? mediaTypeOf(headers),
		again: (from, signal) => readOn(ask, from, validator, signal),
	};
}

/** From where it broke off where that is possible, else from the beginning. */
async function readOn(
	ask: Ask,
	from: number,
	validator: string | undefined,
	signal: AbortSignal,
): Promise<DocumentContent> {
	const rest = from > 0 && validator !== undefined ? await askForRest(ask, from, validator, signal) : undefined;
	if (rest) {
		return toContent(rest, rest.response.status === 206 ? from : 0, ask);
	}
	return readContent(ask, signal);
}

/** Undefined where the server refuses the range or sends another one. */
async function askForRest(
	ask: Ask,
	from: number,
	validator: string,
	signal: AbortSignal,
): Promise<ContentAnswer | undefined> {
	try {
		const answer = await ask({ range: `bytes=${from}-`, 'if-range': validator }, signal);
		if (answer.response.status !== 206 || startOf(answer.response.headers) === from) {
			return answer;
		}
		await answer.response.body?.cancel();
		return undefined;
	} catch (error) {
		if (error instanceof Refused) {
			return undefined;
		}
		throw error;
	}
}

/** What names this very content to `If-Range`, where the server takes ranges. RFC 9110, 8.8 and 13.1.5. */
function validatorOf(headers: Headers): string | undefined {
	if (headers.get('accept-ranges')?.trim().toLowerCase() !== 'bytes' || headers.has('content-encoding')) {
		return undefined;
	}
	const etag = headers.get('etag');
	return etag === null ? settledDate(headers) : strong(etag);
}

function strong(etag: string): string | undefined {
	return /^".*"$/.test(etag) ? etag : undefined;
}

/** Milliseconds for which content must not have changed before its date tells it from every other. */
const settling = 60_000;

function settledDate(headers: Headers): string | undefined {
	const modified = headers.get('last-modified') ?? '';
	return Date.parse(headers.get('date') ?? '') - Date.parse(modified) >= settling ? modified : undefined;
}

const contentRange = /^bytes (\d+)-\d+\/(\d+|\*)$/;

function startOf(headers: Headers): number | undefined {
	const [, first] = contentRange.exec(headers.get('content-range') ?? '') ?? [];
	return first === undefined ? undefined : Number(first);
}

/** Bytes of the whole document. What is compressed on its way has another length when it arrives. */
function sizeOf({ status, headers }: Response): number | undefined {
	const [, , total] = contentRange.exec(headers.get('content-range') ?? '') ?? [];
	const length = status === 206 ? total : headers.get('content-length');
	return length === undefined || length === null || length === '*' || headers.has('content-encoding')
		? undefined
		: Number(length);
}

function mediaTypeOf(headers: Headers): string | undefined {
	return headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
}
