import { asText, type Row } from './kinds.ts';
import { demandNone, wrong } from './replies.ts';
import { keyOf, type Store, time } from './store.ts';

/** The vendor's S3 bucket, which knows nobody's token: only the fields and addresses that the vendor signed. */
export interface Bucket {
	/** The form fields that the answer to a created attachment holds. */
	policyFor(attachment: Row, now: number): Record<string, string>;
	/** Takes a form whose fields are exactly a policy's and whose last part is the file. */
	store(request: Request): Promise<Response>;
	/** Gives the object behind a signed address. */
	give(request: Request): Response;
	/** Makes what stands at `temp_url` the attachment's content. */
	adopt(attachment: Row, tempUrl: unknown, origin: string): void;
	/** Where a browser with the token is sent on to. */
	signedAddress(attachment: Row, origin: string): string;
}

const name = 'productive-files-production';

export function makeBucket({ tables }: Store): Bucket {
	const policies = new Map<string, { fields: Record<string, string>; size: number }>();
	const objects = new Map<string, Uint8Array>();
	const held = (key: string) =>
		objects.get(key) ??
		(tables['attachments']?.find((row) => row['key'] === key)?.['content'] as Uint8Array | undefined);
	return {
		policyFor(attachment, now) {
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
			policies.set(key, { fields, size: Number(attachment['size']) });
			return fields;
		},
		async store(request) {
			if (request.headers.has('x-auth-token') || request.headers.has('authorization')) {
				return denied(400, 'InvalidArgument');
			}
			if (!request.headers.has('content-length')) {
				return denied(411, 'MissingContentLength');
			}
			const parts = [...(await request.formData())];
			const [lastName, file] = parts.at(-1) ?? [];
			const sent = Object.fromEntries(parts.slice(0, -1).map(([part, value]) => [part, asText(value)]));
			const policy = policies.get(sent['key'] ?? '');
			if (
				!policy ||
				Object.keys(sent).length !== Object.keys(policy.fields).length ||
				Object.entries(policy.fields).some(([field, value]) => sent[field] !== value)
			) {
				return denied(403, 'AccessDenied');
			}
			if (lastName !== 'file' || typeof file !== 'object' || file.size !== policy.size) {
				return denied(400, 'EntityTooLarge');
			}
			const key = policy.fields['key'] ?? '';
			objects.set(key, new Uint8Array(await file.arrayBuffer()));
			const location = `${new URL(request.url).origin}/bucket/${encodeURIComponent(key)}`;
			const answer = `<PostResponse><Location>${escaped(location)}</Location><Bucket>${name}</Bucket><Key>${escaped(key)}</Key></PostResponse>`;
			return xml(201, answer, { location });
		},
		give(request) {
			const url = new URL(request.url);
			const key = decodeURIComponent(url.pathname.replace('/bucket/', ''));
			if (
				request.headers.has('x-auth-token') ||
				request.headers.has('authorization') ||
				url.searchParams.has('token')
			) {
				return denied(400, 'InvalidArgument');
			}
			const content = held(key);
			if (!content || url.searchParams.get('X-Amz-Signature') !== sign(key)) {
				return denied(403, 'SignatureDoesNotMatch');
			}
			const type = tables['attachments']?.find((row) => row['key'] === key)?.['content_type'];
			return new Response(content as Uint8Array<ArrayBuffer>, {
				headers: { 'content-type': String(type), 'content-length': String(content.length) },
			});
		},
		adopt(attachment, tempUrl, origin) {
			const key = keyOf(attachment.id, String(attachment['name']));
			demandNone(['temp_url', wrong, tempUrl !== `${origin}/bucket/${encodeURIComponent(key)}` || !objects.has(key)]);
			Object.assign(attachment, { temp_url: tempUrl, key, content: objects.get(key) });
		},
		signedAddress(attachment, origin) {
			const key = String(attachment['key']);
			return `${origin}/bucket/${pathOf(key)}?X-Amz-Expires=900&X-Amz-Signature=${sign(key)}`;
		},
	};
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
