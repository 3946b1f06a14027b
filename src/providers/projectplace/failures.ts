import type { Explanation, Reply } from '../../http/request.ts';
import { reasonMembers } from './unverified.ts';

/** ProjectPlace's own words for a failure. A board that is missing may also come as an error under 200. */
export function explain({ status, body }: Reply): Explanation | undefined {
	const reason = reasonOf(body);
	if (status < 400) {
		return typeof body === 'object' && body !== null && 'error_code' in body
			? { kind: String(body.error_code).startsWith('NOT_FOUND') ? 'notFound' : 'refused', reason }
			: undefined;
	}
	return reason === undefined ? undefined : { reason };
}

function reasonOf(body: unknown): string | undefined {
	if (typeof body === 'string') {
		return body.trimStart().startsWith('<') ? undefined : body.trim() || undefined;
	}
	const members: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
	const name = reasonMembers.find((one) => typeof members[one] === 'string');
	return name && String(members[name]);
}
