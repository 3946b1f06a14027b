import { t } from '@vscode/l10n';
import type { DocumentContent } from './archives.ts';
import { ProviderError, Unreachable } from './errors.ts';

export interface WholeContent {
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** Lower-case hex SHA-256. */
	readonly digest: string;
	readonly revision?: string;
	readonly readOnly?: string;
}

/**
 * Reads a document into memory, as an editor needs it. What is cut off is asked for once more, from its beginning. Throws
 * `Unreachable` where it does not come whole.
 */
export async function wholeContent(content: DocumentContent, signal: AbortSignal): Promise<WholeContent> {
	try {
		return await gather(content, signal);
	} catch (error) {
		if (signal.aborted || (error instanceof ProviderError && !(error instanceof Unreachable)) || !content.again) {
			throw asFailure(error, signal);
		}
		const again = await content.again(0, signal);
		return await gather(again, signal).catch((cause: unknown) => {
			throw asFailure(cause, signal);
		});
	}
}

/** Lower-case hex SHA-256. */
export async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', bytes);
	return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function gather({ stream, size, revision, readOnly }: DocumentContent, signal: AbortSignal) {
	const leave = new TransformStream<Uint8Array, Uint8Array>();
	const bytes = new Uint8Array(await new Response(stream.pipeThrough(leave, { signal })).arrayBuffer());
	if (size !== undefined && bytes.length !== size) {
		throw new Unreachable(t('The document came with {0} bytes instead of {1}.', bytes.length, size));
	}
	return { bytes, digest: await digestOf(bytes), revision, readOnly };
}

function asFailure(error: unknown, signal: AbortSignal): unknown {
	if (signal.aborted) {
		return signal.reason;
	}
	return error instanceof ProviderError
		? error
		: new Unreachable(t('The connection broke before the whole document had come.'), error);
}
