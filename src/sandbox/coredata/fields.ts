import type { Doc, Kind, Store } from './store.ts';

type Json = Readonly<Record<string, unknown>>;
/** Whether a property may have a value; `doc` is what is changed, where it is not new. */
type Check = (value: unknown, store: Store, body: Json, doc?: Doc) => unknown;

const text: Check = (value) => typeof value === 'string';
const needed: Check = (value) => typeof value === 'string' && value.trim();
const object: Check = (value) => value && typeof value === 'object' && !Array.isArray(value);
/** Null takes away a date that was there, as the framework shows one that is missing; no document says so. */
const date: Check = (value, _store, _body, doc) =>
	(value === null && doc !== undefined) || new Date(`${value as string}T00:00Z`).toJSON()?.slice(0, 10) === value;
const one =
	(...kinds: readonly Kind[]): Check =>
	(value, store) =>
		kinds.some((kind) => store.find(kind, value));
const many =
	(check: Check): Check =>
	(values, store, body) =>
		Array.isArray(values) && values.every((value) => check(value, store, body));
const status =
	(list: string): Check =>
	(value, store) =>
		(store.find('valuelists', list)?.entries as readonly Json[] | undefined)?.some(({ name }) => name === value);
/** A task's statuses are those of the list that its type names; one without a type follows the usual list. */
const taskStatus: Check = (value, store, body, doc) => {
	const list = store.find('dynatypes', doc?.dynatype)?.status_list;
	return status(typeof list === 'string' && list ? list : 'task_status')(value, store, body);
};
const programme: Check = (value, store) =>
	store.find('dynatypes', store.find('projects', value)?.dynatype)?.title === 'Programme';
const template: Check = (value, store, { space }, doc) =>
	store.find('templates', value)?.space === (space ?? doc?.space);

const common = { title: needed, description: text, tags: many(text) };
const work = { ...common, due_date: date, responsible_users: many(one('users')), status_message: text };

type Fields = readonly [required: readonly string[], checks: Readonly<Record<string, Check>>];

/** The properties that each kind takes when it is written, and those that must come with a new one. */
export const fields: Readonly<Partial<Record<Kind, Fields>>> = {
	projects: [
		['space', 'title'],
		{
			...work,
			space: one('spaces'),
			aspects: object,
			associated_users: many(one('users')),
			contacts: many(one('contacts')),
			fileplan: text,
			status: status('project_status'),
			sub_project_of: many(programme),
			template,
		},
	],
	tasks: [['project', 'title'], { ...work, project: one('projects'), status: taskStatus }],
	files: [['title'], common],
	folders: [['title'], { title: needed, parent: one('folders'), project: one('projects') }],
	contacts: [['title'], { ...common, identifier: text, organization: text }],
	comments: [['text', 'doc_id'], { text: needed, doc_id: one('projects', 'tasks', 'files') }],
};

/** Everything wrong with a body, as the framework words it; undefined where nothing is. */
export function problemsOf(store: Store, kind: Kind, body: Json, doc?: Doc): Json | undefined {
	const [required, checks]: Fields = fields[kind] ?? [[], {}];
	const problems = [...new Set([...(doc ? [] : required), ...Object.keys(body)])].flatMap((name) => {
		const check = Object.hasOwn(checks, name) && checks[name];
		const said =
			body[name] === undefined ? 'This field is required.' : check ? 'Enter a valid value.' : 'Unknown field.';
		return check && body[name] !== undefined && check(body[name], store, body, doc) ? [] : [[name, [said]] as const];
	});
	return problems.length > 0 ? Object.fromEntries(problems) : undefined;
}

/** Encoded as Python does it: more than a browser would, so that an address encoded anew is another one. */
export function quoted(value: unknown): string {
	const escape = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
	return encodeURIComponent(value as string)
		.replaceAll(/[!'()*]/g, escape)
		.replaceAll('%20', '+');
}

/** What a file answers to a request for its content, in the words of the signed address. */
export function contentQuery({ filename, mime_type }: Doc): string {
	const disposition = `attachment; filename*=utf-8''${encodeURIComponent(filename as string)}`;
	return `response-content-disposition=${quoted(disposition)}&response-content-type=${quoted(mime_type)}`;
}
