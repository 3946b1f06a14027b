import { asText, type Row, type Tables } from './kinds.ts';
import { demandNone, wrong } from './replies.ts';
import { keyOf, time } from './store.ts';

interface Policy {
	readonly fields: Readonly<Record<string, string>>;
	readonly size: number;
}

const name = 'productive-files-production';

/** The vendor's S3 bucket, which knows nobody's token: only the fields and addresses that the vendor signed. */
export class Bucket {
	readonly #tables: Tables;
	readonly #policies = new Map<string, Policy>();
	readonly #objects = new Map<string, Uint8Array>();

	constructor(tables: Tables) {
		this.#tables = tables;
	}

	/** The form fields that the answer to a created attachment holds. */
	policyFor(attachment: Row, now: number): Policy['fields'] {
		const key = keyOf(attachment.id, String(attachment['name']));
		const day = time(now).slice(0, 10).replaceAll('-', '');
		const fields = {
			key,
			success_action_status: '201',
			'x-amz-algorithm': 'AWS4-HMAC-SHA256',
			'x-amz-credential': `PRACTICE/${day}/eu-west-1/s3/aws4_request`,
			'x-amz-date': `${day}T090000Z`,
			'x-amz-signature': sign(`${key} ${asText(attachment['size'])}`),
			'x-amz-security-token': sign(`session ${attachment.id}`),
			policy: sign(`policy ${key}`),
			'Content-Type': String(attachment['content_type']),
		};
		this.#policies.set(key, { fields, size: Number(attachment['size']) });
		return fields;
	}

	/** Takes a form whose fields are exactly a policy's and whose last part is the file. */
	async store(request: Request): Promise<Response> {
		if (knowsUs(request)) {
			return denied(400, 'InvalidArgument');
		}
		if (!request.headers.has('content-length')) {
			return denied(411, 'MissingContentLength');
		}
		const parts = [...(await request.formData())];
		const [lastName, file] = parts.at(-1) ?? [];
		const policy = this.#policyOf(parts.slice(0, -1));
		if (!policy) {
			return denied(403, 'AccessDenied');
		}
		if (lastName !== 'file' || typeof file !== 'object' || file.size !== policy.size) {
			return denied(400, 'EntityTooLarge');
		}
		const key = policy.fields['key'] ?? '';
		this.#objects.set(key, new Uint8Array(await file.arrayBuffer()));
		const location = `${new URL(request.url).origin}/bucket/${encodeURIComponent(key)}`;
		const answer = `<PostResponse><Location>${escaped(location)}</Location><Bucket>${name}</Bucket><Key>${escaped(key)}</Key></PostResponse>`;
		return xml(201, answer, { location });
	}

	#policyOf(parts: readonly (readonly [string, unknown])[]): Policy | undefined {
		const sent = Object.fromEntries(parts.map(([part, value]) => [part, asText(value)]));
		const policy = this.#policies.get(sent['key'] ?? '');
		const fields = Object.entries(policy?.fields ?? {});
		const isWhole = parts.length === fields.length && fields.every(([field, value]) => sent[field] === value);
		return isWhole ? policy : undefined;
	}

	/** Gives the object behind a signed address. */
	give(request: Request): Response {
		const { pathname, searchParams } = new URL(request.url);
		if (knowsUs(request) || searchParams.has('token')) {
			return denied(400, 'InvalidArgument');
		}
		const key = decodeURIComponent(pathname.replace('/bucket/', ''));
		const row = this.#tables['attachments']?.find((one) => one['key'] === key);
		const content = this.#objects.get(key) ?? row?.['content'];
		if (!(content instanceof Uint8Array) || searchParams.get('X-Amz-Signature') !== sign(key)) {
			return denied(403, 'SignatureDoesNotMatch');
		}
		return new Response(content as Uint8Array<ArrayBuffer>, {
			headers: { 'content-type': String(row?.['content_type']), 'content-length': String(content.length) },
		});
	}

	/** Makes what stands at `temp_url` the attachment's content. */
	adopt(attachment: Row, tempUrl: unknown, origin: string): void {
		const key = keyOf(attachment.id, String(attachment['name']));
		const content = this.#objects.get(key);
		demandNone(['temp_url', wrong, tempUrl !== `${origin}/bucket/${encodeURIComponent(key)}` || !content]);
		Object.assign(attachment, { temp_url: tempUrl, key, content });
	}
}

/** Where a browser with the token is sent on to. */
export function signedAddress(attachment: Row, origin: string): string {
	const key = String(attachment['key']);
	return `${origin}/bucket/${pathOf(key)}?X-Amz-Expires=900&X-Amz-Signature=${sign(key)}`;
}

/** Whether credentials came along that are none of the bucket's business. */
function knowsUs({ headers }: Request): boolean {
	return headers.has('x-auth-token') || headers.has('authorization');
}

/** A key as part of an address. */
export function pathOf(key: string): string {
	return key.split('/').map(encodeURIComponent).join('/');
}

/** Not a signature, but as hard to guess by accident (FNV-1a). */
function sign(text: string): string {
	let hash = 0x811c9dc5;
	for (const byte of new TextEncoder().encode(text)) {
		hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
	}
	return hash.toString(16).padStart(8, '0').repeat(4);
}

const xml = (status: number, body: string, headers = {}) =>
	new Response(`<?xml version="1.0" encoding="UTF-8"?>\n${body}`, {
		status,
		headers: { 'content-type': 'application/xml', ...headers },
	});
const denied = (status: number, code: string) => xml(status, `<Error><Code>${code}</Code></Error>`);
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
