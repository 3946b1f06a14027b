/** What the vendor answers with, and how it refuses. */
export const mediaType = 'application/vnd.api+json';

export function reply(body: unknown, status = 200, headers: object = {}): Response {
	return new Response(JSON.stringify(body), {
		status,
		headers: { 'content-type': `${mediaType}; charset=utf-8`, ...headers },
	});
}

export class Refusal extends Error {
	readonly reply: Response;

	constructor(status: number, errors: readonly object[], headers?: object) {
		super(`status ${status}`);
		this.reply = reply({ errors }, status, headers);
	}
}

const titles: Readonly<Record<number, readonly [title: string, detail: string]>> = {
	400: ['Bad Request', 'The request could not be read'],
	401: ['Unauthenticated', 'You are not authenticated'],
	403: ['Access Denied', 'You are not authorized to access this resource'],
	404: ['Record Not Found', 'The requested record was not found'],
	405: ['Method Not Allowed', 'The method is not allowed'],
	409: ['Conflict', 'The type does not match this endpoint'],
	415: ['Unsupported Media Type', 'Unsupported content type'],
};

/** The general guide's form: `status` is a number, no `code`, no `source`. */
export function refusal(status: number, said?: string): Refusal {
	const [title, detail] = titles[status] ?? ['Server Error', 'An error occured on the server'];
	return new Refusal(status, [{ status, title, detail: said ?? detail }]);
}

export function unsupported(
	what: 'Filter' | 'Filter Value' | 'Sort' | 'Include' | 'Parameter' | 'Attribute',
	name: string,
): Refusal {
	const detail = `${what} '${name}' is not supported on this endpoint`;
	return new Refusal(400, [{ status: 400, title: `Unsupported ${what}`, detail }]);
}

export const blank = "can't be blank";
export const wrong = 'attribute is invalid';

type Problem = readonly [attribute: string, detail: string, is: unknown];

/**
 * Refuses where any problem is there, in the seed's form: `status` is a string, the pointer has no leading slash, and
 * relations stand under `attributes`.
 */
export function demandNone(...problems: readonly Problem[]): void {
	const errors = problems
		.filter(([, , is]) => is)
		.map(([attribute, detail]) => ({
			status: '422',
			code: 'invalid_attribute',
			title: 'Invalid Attribute',
			detail,
			source: { pointer: `data/attributes/${attribute}` },
		}));
	if (errors.length > 0) {
		throw new Refusal(422, errors);
	}
}

export function isBlank(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
