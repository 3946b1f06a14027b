import { type Doc, type Kind, order, type Store } from './store.ts';

type Json = Record<string, unknown>;

const document = {
	aspects: {},
	created: '',
	created_by: null,
	description: '',
	id: '',
	modified: '',
	modified_by: null,
	path: '',
	resource_uri: '',
	snapshot_id: '',
	tags: [],
	template: null,
	title: '',
	version: '0.1',
};
const work = {
	...document,
	associated_contacts_id: [],
	associated_users: [],
	connected_users: [],
	contacts: [],
	due_date: null,
	dynatype: {},
	fileplan: '',
	fileplan_title: '',
	responsible_users: [],
	space: {},
	status: '',
	status_message: '',
};
const { aspects, id, resource_uri, snapshot_id, tags, template, title, version } = document;
const filed = {
	aspects,
	dynatype: {},
	id,
	project: {},
	resource_uri,
	snapshot_id,
	space: {},
	tags,
	template,
	title,
	version,
};
const person = { contact_addresses: [], contact_groups: [], emails: [], phones: [], urls: [] };
const captions = { caption_plural: '', caption_singular: '' };

/** Each kind's properties, with the values they have when nothing was said. */
const properties: Readonly<Record<Kind, Json>> = {
	spaces: { ...document, dynatype: {}, is_hidden: false, status: '', type: 'Space' },
	projects: { ...work, identifier: '', type: 'Project' },
	tasks: { ...work, project: {}, type: 'Task' },
	folders: { ...document, dynatype: {}, parent: '', project: {}, space: {}, type: 'Folder' },
	files: {
		...filed,
		digest: '',
		filename: '',
		folder: '',
		mime_type: '',
		parent: '',
		size: 0,
		type: 'File',
		userhome: null,
	},
	contacts: { ...document, ...person, identifier: '', organization: null, role: null, status: null, type: 'Contact' },
	comments: { author: '', doc_id: '', id, resource_uri, text: '', time: '' },
	users: { first_name: '', last_name: '', resource_uri, user_type: 'user', username: '' },
	valuelists: { default: '', entries: [], name: '', parent: '', resource_uri, type: 'status' },
	dynatypes: {
		...captions,
		description: '',
		id,
		optional_aspects: [],
		required_aspects: [],
		resource_uri,
		status_list: '',
		systype: '',
		title,
		type: 'Dynatype',
		version,
	},
	templates: { aspects, id, resource_uri, title, type: '', version },
};

/** How the API shows a document. */
export function shape(store: Store, kind: Kind, doc: Doc): Json {
	const refer = (to: Kind, id: unknown, ...names: readonly string[]): Json => {
		const found = store.find(to, id);
		return Object.fromEntries(found ? names.map((name) => [name, found[name]]) : []);
	};
	const special: Record<string, () => unknown> = {
		id: () => (kind === 'comments' ? Number(doc.id) : doc.id),
		snapshot_id: () => doc.snapshot_id ?? doc.id.replace('7758', '7759'),
		resource_uri: () => `/api/v2/${kind}/${doc.id}/`,
		space: () => refer('spaces', doc.space, 'id', 'title'),
		project: () => refer('projects', doc.project, 'id', 'identifier', 'title'),
		dynatype: () => refer('dynatypes', doc.dynatype, ...Object.keys(captions), 'id', 'title'),
		folder: () => store.find('folders', doc.parent)?.id ?? '',
		connected_users: () => connected(store, doc),
		responsible_users: () =>
			((doc.responsible_users ?? []) as string[]).map((name) =>
				refer('users', name, 'first_name', 'last_name', 'username'),
			),
	};
	return Object.fromEntries(
		Object.entries(properties[kind]).map(([name, otherwise]) => {
			const kept = doc[name] === undefined ? otherwise : doc[name];
			return [name, Object.hasOwn(special, name) ? special[name]?.() : kept];
		}),
	);
}

/** No document says who is connected. In its samples, those responsible are, and where there are none whoever made it. */
function connected(store: Store, { responsible_users, created_by }: Doc): unknown {
	const isMaker = ({ first_name, last_name }: Doc) => [first_name, last_name].join(' ') === created_by;
	return Array.isArray(responsible_users) && responsible_users.length > 0
		? responsible_users
		: store
				.all('users')
				.filter(isMaker)
				.map(({ id }) => id);
}

type Passes = (doc: Doc) => boolean;

/** Whether a document passes one filter of a list; undefined where the list has no such filter. */
export function filterOf(kind: Kind, name: string, value: string): Passes | undefined {
	const [field = '', how = ''] = name.split('__');
	if (
		(field === 'title' && /^(contact|file|project|task)s$/.test(kind)) ||
		(field === 'identifier' && kind === 'contacts')
	) {
		return pick({ '': (doc) => doc[field] === value, startswith: (doc) => String(doc[field]).startsWith(value) }, how);
	}
	if (!('created' in properties[kind]) && kind !== 'files') {
		return kind === 'comments' && name === 'doc_id' ? (doc) => doc.doc_id === value : undefined;
	}
	if (field === 'created' || field === 'modified') {
		const fits = pick({ '': [0], gt: [1], gte: [0, 1], lt: [-1], lte: [-1, 0] }, how);
		const time = value.replace(/(\.\d{3})?Z$/, '');
		return fits && isTime(time) ? (doc) => fits.includes(order(doc[field] as string, time)) : undefined;
	}
	const exact = /^(created|modified)_by$/.test(name) || (name === 'parent' && kind === 'files');
	return exact ? (doc) => doc[name] === value : undefined;
}

const isTime = (text: string): boolean => new Date(`${text}Z`).toJSON()?.slice(0, 19) === text;

function pick<T>(from: Readonly<Record<string, T>>, name: string): T | undefined {
	return Object.hasOwn(from, name) ? from[name] : undefined;
}
