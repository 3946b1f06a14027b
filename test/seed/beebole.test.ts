import assert from 'node:assert/strict';
import type { Board } from '../../src/core/model.ts';
import type { OperationId, RelatedItem } from '../../src/core/operations.ts';
import type { Session } from '../../src/core/provider.ts';
import { beebole } from '../../src/providers/beebole/index.ts';
import type { Entity, Kind } from '../../src/sandbox/beebole/store.ts';
import { itemsOf, list } from '../providers/beeboleDesk.ts';
import { signal } from '../support/session.ts';
import {
	documented,
	type Exchange,
	type Expected,
	exchange,
	fillIn,
	type Practice,
	perform,
	seedTable,
} from './seedTable.ts';

/** What an exchange is about: ids of the sandbox's own data. */
interface Given {
	readonly id: number;
	readonly company: number;
	readonly task: number;
	readonly person: number;
	readonly group: number;
	readonly field: number;
}

type Members = Readonly<Record<string, unknown>>;

const ok = { status: 'ok' };

/** The document shows projects alone, so that every request is a service of theirs. */
const reading =
	/^project\.(get|list|specific_tasks|members|managers|groups|custom_fields)$|^(company|subproject|task|person|group)\.(list|get|tree)$/;

function service(body: string): string {
	return String((JSON.parse(body) as Members)['service']);
}

function some(practice: Practice, kind: Kind, which: (entity: Entity) => boolean = () => true): Entity {
	const entities = [...(practice.server.state['entities'] as Map<number, Entity>).values()];
	const found = entities.find((one) => one.kind === kind && one.xid === undefined && which(one));
	assert.ok(found, `no such ${kind}`);
	return found;
}

/** The project that has everything; what `prepare` does stands before the exchange begins. */
function given(
	prepare: (project: Entity, others: { task: Entity; person: Entity; group: Entity }) => void = () => undefined,
) {
	return (practice: Practice): Given => {
		const project = some(practice, 'project', ({ values }) => values.size > 0);
		const { links, parent } = project;
		const task = some(practice, 'task', (one) => one.parent === parent && one.active && !links.specificTasks.has(one));
		const person = some(practice, 'person', (one) => !links.members.has(one) && !links.managers.has(one));
		const group = some(practice, 'group', (one) => !links.members.has(one) && !links.groups.has(one));
		prepare(project, { task, person, group });
		return {
			id: project.id,
			company: parent!.id,
			task: task.id,
			person: person.id,
			group: group.id,
			field: some(practice, 'customField').id,
		};
	};
}

async function boardOf(session: Session, { id, company }: Given): Promise<Board> {
	const { items } = await session.boards!.list({ id: String(company), name: '' }, signal());
	const board = items.find((one) => one.id === String(id));
	assert.ok(board, 'the project is not listed');
	return board;
}

async function ofList(session: Session, name: string, given: Given): Promise<readonly RelatedItem[]> {
	return itemsOf(list(session.related?.board, name), await boardOf(session, given));
}

/** What a list then shows of one thing. */
function shows(name: string, key: (given: Given) => string, isThere: boolean) {
	return async (_: unknown, session: Session, given: Given): Promise<void> => {
		session.forget();
		const items = await ofList(session, name, given);
		assert.equal(
			items.some(({ id }) => id === key(given)),
			isThere,
		);
	};
}

async function onBoard(session: Session, given: Given, id: OperationId, values = {}): Promise<unknown> {
	return perform(session.operations?.board, id, await boardOf(session, given), values);
}

async function onList(session: Session, given: Given, name: string, id: OperationId, values = {}): Promise<unknown> {
	return perform(list(session.related?.board, name).operations, id, await boardOf(session, given), values);
}

async function onItem(session: Session, given: Given, name: string, key: string, values?: Members): Promise<unknown> {
	const item = (await ofList(session, name, given)).find(({ id }) => id === key);
	assert.ok(item, `${key} is not in ${name}`);
	const place = { place: await boardOf(session, given), item };
	return perform(list(session.related?.board, name).itemOperations, values ? 'edit' : 'remove', place, {
		...values,
	} as {});
}

interface Shown {
	readonly service: string;
	readonly about?: string;
	readonly given?: (practice: Practice) => Given;
	readonly members: (given: Given) => Members;
	/** `{"status":"ok"}` without it. */
	readonly answer?: (given: Given) => Expected;
	readonly run: (session: Session, given: Given) => Promise<unknown>;
	readonly gets: (result: unknown, session: Session, given: Given) => void | Promise<void>;
}

/** Everything is one address; `service` says what is asked. */
function serve({ service, about, members, answer, run, gets, ...rest }: Shown): Exchange {
	return exchange<Given>({
		request: service,
		about,
		given: rest.given ?? given(),
		send: (given) => ({ method: 'POST', path: '', json: { service, ...members(given) } }),
		status: 200,
		answer: (given) => answer?.(given) ?? ok,
		provider: { run, gets },
	});
}

const shownProject = {
	id: 321,
	name: 'Development',
	startDate: '2017-10-13',
	description: 'some description ...',
	company: { id: 233 },
	subprojects: { count: 2 },
	active: true,
};

/** What is attached, on each of the lists of the document: how it is attached, listed and detached. */
interface Linked {
	readonly list: 'specificTasks' | 'members' | 'managers' | 'groups';
	readonly kind: 'task' | 'person' | 'group';
	readonly field: string;
	readonly attach: string;
	readonly detach: string;
}

const linked: readonly Linked[] = [
	{
		list: 'specificTasks',
		kind: 'task',
		field: 'task',
		attach: 'attach_specific_task',
		detach: 'detach_specific_task',
	},
	{ list: 'members', kind: 'person', field: 'member', attach: 'attach_member', detach: 'detach_member' },
	{ list: 'members', kind: 'group', field: 'member', attach: 'attach_member', detach: 'detach_member' },
	{ list: 'managers', kind: 'person', field: 'person', attach: 'attach_manager', detach: 'detach_manager' },
	{ list: 'groups', kind: 'group', field: 'group', attach: 'add_group', detach: 'remove_group' },
];

function attaching({ list: name, kind, field, attach, detach }: Linked): readonly Exchange[] {
	const key = (given: Given): string => `${kind}/${given[kind]}`;
	const members = (given: Given): Members => ({ id: given.id, [kind]: { id: given[kind] } });
	const about = name === 'members' ? `a ${kind}` : undefined;
	return [
		serve({
			service: `project.${attach}`,
			about,
			members,
			run: (session, given) => onList(session, given, name, 'add', { [field]: key(given) }),
			gets: shows(name, key, true),
		}),
		serve({
			service: `project.${detach}`,
			about,
			given: given((project, others) => project.links[name].add(others[kind])),
			members,
			run: (session, given) => onItem(session, given, name, key(given)),
			gets: shows(name, key, false),
		}),
	];
}

function listing(service: string, name: string, sample: Members): Exchange {
	return serve({
		service: `project.${service}`,
		members: ({ id }) => ({ id }),
		answer: () => documented(sample, { status: 'ok' }),
		run: (session, given) => ofList(session, name, given),
		gets: (items) => assert.ok((items as readonly RelatedItem[]).length > 0),
	});
}

function switching(service: string, id: OperationId, before: (project: Entity) => void, archived: boolean): Exchange {
	return serve({
		service: `project.${service}`,
		given: given(before),
		members: (given) => ({ id: given.id }),
		run: (session, given) => onBoard(session, given, id),
		gets: async (_, session, given) => assert.equal((await boardOf(session, given)).archived, archived),
	});
}

function enabling(service: string, id: OperationId, disabled: boolean): Exchange {
	return serve({
		service: `project.${service}_specific_tasks`,
		given: given((project) => {
			project.tasksDisabled = !disabled;
		}),
		members: (given) => ({ id: given.id }),
		run: (session, given) => onList(session, given, 'specificTasks', id),
		gets: async (_, session, given) => {
			const [column] = await session.boards!.columns(await boardOf(session, given), signal());
			assert.equal(/switched off/.test(column?.note ?? ''), disabled);
		},
	});
}

const written = { name: 'newName', startDate: '2017-10-13', description: 'some description ...' };

seedTable(
	{
		provider: beebole,
		title: 'Projects (legacy API)',
		documented: 23,
		headers: ({ token }) => ({ authorization: `Basic ${btoa(`${String(token)}:x`)}` }),
		reads: ({ body }) => reading.test(service(body)),
	},
	[
		serve({
			service: 'project.create',
			members: ({ company }) => ({ project: { ...written, name: 'Development', company: { id: company } } }),
			answer: () => documented({ status: 'ok', id: 321 }, { status: 'ok' }),
			run: async (session, { company }) =>
				fillIn(session.boardCreation!.form({ id: String(company), name: '' }), { ...written, name: 'Development' }),
			gets: async (made, session, given) => {
				const { id } = made as Board;
				assert.equal((await boardOf(session, { ...given, id: Number(id) })).name, 'Development');
			},
		}),
		serve({
			service: 'project.create',
			about: 'without what is optional',
			members: ({ company }) => ({ project: { name: 'Development', company: { id: company } } }),
			answer: () => documented({ status: 'ok', id: 321 }, { status: 'ok' }),
			run: async (session, { company }) =>
				fillIn(session.boardCreation!.form({ id: String(company), name: '' }), { name: 'Development' }),
			gets: async (made, session, given) => {
				const { id } = made as Board;
				assert.match((await boardOf(session, { ...given, id: Number(id) })).startDate ?? '', /-01$/);
			},
		}),
		serve({
			service: 'project.get',
			members: ({ id }) => ({ id }),
			answer: ({ id, company }) =>
				documented(
					{ status: 'ok', project: shownProject },
					{ status: 'ok', 'project.id': id, 'project.company.id': company },
				),
			run: async (session, given) => {
				const board = await boardOf(session, given);
				return session.operations?.board?.find(({ id }) => id === 'edit')?.begin(board, signal());
			},
			gets: (form) => {
				const { fields } = form as { readonly fields: readonly { readonly initial?: string }[] };
				assert.ok(fields.every(({ initial }) => initial));
			},
		}),
		serve({
			service: 'project.update',
			members: ({ id }) => ({ project: { id, ...written } }),
			run: (session, given) => onBoard(session, given, 'edit', written),
			gets: async (_, session, given) => {
				const { name, startDate, description } = await boardOf(session, given);
				assert.deepEqual({ name, startDate, description }, { ...written, description: { text: written.description } });
			},
		}),
		serve({
			service: 'project.list',
			given: given((project) => {
				// All that the document shows stands on every one.
				for (const one of project.parent!.children.filter(({ kind }) => kind === 'project')) {
					one.fields['description'] ??= 'some description ...';
				}
			}),
			members: ({ company }) => ({ company: { id: company } }),
			answer: ({ company }) =>
				documented({ status: 'ok', projects: [shownProject] }, { status: 'ok', 'projects.0.company.id': company }),
			run: async (session, { company }) => session.boards!.list({ id: String(company), name: '' }, signal()),
			gets: (page) =>
				assert.ok((page as { readonly items: readonly Board[] }).items.every(({ startDate }) => startDate)),
		}),
		switching('activate', 'restore', (project) => void (project.active = false), false),
		switching('deactivate', 'archive', () => undefined, true),
		...linked.flatMap(attaching),
		listing('specific_tasks', 'specificTasks', {
			...ok,
			disabled: false,
			specificTasks: [{ name: 'Administration', id: 345, active: true }],
		}),
		enabling('enable', 'enable', false),
		enabling('disable', 'disable', true),
		listing('members', 'members', {
			...ok,
			members: [{ name: 'John Le Carré', id: 345 }],
			groups: [{ name: 'US', id: 978 }],
		}),
		listing('managers', 'managers', {
			...ok,
			members: [{ name: 'John Le Carré', id: 345, email: 'jlcarr@example.com', active: true }],
		}),
		listing('groups', 'groups', { ...ok, groups: [{ id: 4787, name: 'US', groups: { count: 4 } }] }),
		serve({
			service: 'project.set_custom_field_value',
			members: ({ id, field }) => ({ id, customField: { id: field, value: 'Oslo' } }),
			run: (session, given) => onItem(session, given, 'customFields', String(given.field), { value: 'Oslo' }),
			gets: async (_, session, given) =>
				assert.equal((await ofList(session, 'customFields', given))[0]?.description, 'Oslo'),
		}),
		serve({
			service: 'project.clear_custom_field_value',
			members: ({ id, field }) => ({ id, customField: { id: field } }),
			run: (session, given) => onItem(session, given, 'customFields', String(given.field)),
			gets: async (_, session, given) =>
				assert.equal((await ofList(session, 'customFields', given))[0]?.description, 'not set'),
		}),
		listing('custom_fields', 'customFields', {
			...ok,
			customFields: [{ id: 4879, name: 'location', value: 'Salt Lake City, UT, USA' }],
		}),
	],
);
