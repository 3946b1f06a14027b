import { type Kind, type Row, relatedKinds } from './kinds.ts';
import { blank, demandNone, isBlank, refusal, unsupported, wrong } from './replies.ts';

/** What a request wrote: attributes, and relations as `<name>_id`. */
export type Input = Readonly<Record<string, unknown>>;

/** What must be text wherever it is written. */
const texts = [
	'name',
	'title',
	'description',
	'content_type',
	'attachable_type',
	'body',
	'markdown',
	'start_date',
	'due_date',
];

/** What a body writes: a document of that kind, with the address's id or none, and only attributes of these names. */
export async function inputOf(request: Request, kind: Kind, names: string, id?: string): Promise<Input> {
	const body: unknown = await request.json().catch(() => undefined);
	const data = isObject(body) ? body['data'] : undefined;
	if (!isObject(data)) {
		throw refusal(400);
	}
	if (data['type'] !== kind.type || (data['id'] !== undefined && data['id'] !== id)) {
		throw refusal(409);
	}
	const { attributes = {}, relationships = {} } = data;
	if (!isObject(attributes) || !isObject(relationships) || !Object.values(relationships).every(isObject)) {
		throw refusal(400);
	}
	const related = Object.entries(relationships).map(([name, relation]) => [`${name}_id`, idOf(name, relation)]);
	const input: Input = { ...attributes, ...Object.fromEntries(related) };
	const stray = Object.keys(input).find((name) => !names.split(' ').includes(name));
	if (stray !== undefined) {
		throw unsupported('Attribute', stray);
	}
	demandNone(...texts.map((name) => [name, wrong, input[name] != null && typeof input[name] !== 'string'] as const));
	return input;
}

/** Takes over what was written, where the name is not made blank. */
export function rename(row: Row, input: Input, name: string): void {
	demandNone([name, blank, name in input && isBlank(input[name])]);
	Object.assign(row, input);
}

/** The id behind a relation to one; null where it is to nothing, or to something of another type. */
function idOf(name: string, relation: unknown): string | null {
	const { type, id } = ((relation as { data?: unknown }).data ?? {}) as Record<string, unknown>;
	return type === relatedKinds[name] && typeof id === 'string' ? id : null;
}

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
