import assert from 'node:assert/strict';
import type { Archive, Board, Folder } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import type { Session } from '../../src/core/provider.ts';
import { coredata } from '../../src/providers/coredata/index.ts';
import { type Held, itemsOfList, related } from '../providers/coredataTrials.ts';
import { signal } from '../support/session.ts';
import { documented, exchange, fillIn, type Practice, perform, seedTable, shown } from './seedTable.ts';

/** What the document shows of a project in full. */
const shownProject = {
	aspects: {},
	associated_contacts_id: [],
	associated_users: [],
	connected_users: ['Administrator'],
	contacts: [],
	created: '2023-10-30T19:16:30',
	created_by: 'Administrator Administrator',
	description: '',
	due_date: '2022-01-03',
	dynatype: {
		caption_plural: 'dynatypes_labels:Project_plural:',
		caption_singular: 'dynatypes_labels:Project_singular:',
		id: '6d97a3d8-7758-11ee-834b-c7bbcb21ca78',
		title: 'Project',
	},
	fileplan: '',
	fileplan_title: '',
	id: 'd4d780ae-7758-11ee-9f6f-2b890065fae6',
	identifier: '2023-3',
	modified: '2023-10-30T19:16:30',
	modified_by: 'Administrator Administrator',
	path: '/domain/spaces/Spaces/Space/Projects/Project',
	resource_uri: '/api/v2/projects/d4d780ae-7758-11ee-9f6f-2b890065fae6/',
	responsible_users: [],
	snapshot_id: 'd4d7a4b2-7758-11ee-9f6f-bfcc6a6f39f3',
	space: { id: 'ccdaa098-7758-11ee-a909-1397b0b24186', title: 'Space' },
	status: 'project_status:In_progress:',
	status_message: '',
	tags: [],
	template: null,
	title: 'Project',
	type: 'Project',
	version: '0.1',
};

/** What the document shows of a project in the list of all, which it cuts short, with somebody responsible. */
const listedProject = {
	...Object.fromEntries(
		Object.entries(shownProject).filter(([name]) =>
			/^(connected_users|contacts|created|created_by|dynatype|fileplan|id|identifier|resource_uri|snapshot_id|space|status|title|type)$/.test(
				name,
			),
		),
	),
	due_date: shown.nullable(shown.string),
	responsible_users: shown.array,
};

const meta = (total: unknown = 0) => ({ limit: 20, next: null, offset: 0, previous: null, total_count: total });
const location = /^\/api\/v2\/projects\/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\/$/;

interface Given {
	readonly project: Held;
	readonly space: { readonly id: string; readonly title: string };
	readonly board: Board;
}

/** The project that the practice account's first space begins with. */
function delivery({ server }: Practice): Given {
	const project = (server.state['projects'] as Held[]).find(({ title }) => title === 'Delivery');
	assert.ok(project);
	const space = project['space'] as Given['space'];
	return { project, space, board: { id: project.id, workspaceId: space.id, name: project.title } };
}

/** The same with two contacts, of which one is the project's. */
function withContacts(practice: Practice): Given & { readonly old: string; readonly other: string } {
	const given = delivery(practice);
	const [old] = given.project['contacts'] as readonly string[];
	const other = (practice.server.state['contacts'] as Held[]).find(({ id }) => id !== old);
	assert.ok(old && other);
	return { ...given, old, other: other.id };
}

function held({ server }: Practice, { project }: Given): Held | undefined {
	return (server.state['projects'] as Held[]).find(({ id }) => id === project.id);
}

const newest = ({ server }: Practice): Held | undefined =>
	(server.state['projects'] as Held[])
		.toSorted((a, b) => (String(a['created']) < String(b['created']) ? -1 : 1))
		.at(-1);

async function archiveOf(session: Session, board: Board): Promise<Archive> {
	const [archive] = await session.archives!.ofBoard!(board, signal());
	assert.ok(archive);
	return archive;
}

async function createdWith(
	session: Session,
	{ space }: Given,
	values: Readonly<Record<string, string>>,
): Promise<Board> {
	const workspace = { id: space.id, name: space.title };
	return fillIn(session.boardCreation!.form(workspace), { title: 'New project', ...values });
}

/** Larger pages than the document's: with the shown request CoreData gives twenty at a time. */
const besides = ['limit', 'offset'];
const section = 'named by the document, its path from the reference';

const projects = '/api/v2/projects/';

seedTable(
	{
		provider: coredata,
		title: 'Projects',
		documented: 13,
		headers: ({ user, key }) => ({ authorization: `apikey ${String(user)}:${String(key)}` }),
		options: { clock: () => Date.UTC(2027, 0, 4, 9) },
	},
	[
		exchange({
			request: 'GET /api/v2/projects/',
			send: () => ({ method: 'GET', path: projects }),
			status: 200,
			answer: () => documented({ meta: meta(), objects: [listedProject] }, { 'meta.limit': 20, 'meta.offset': 0 }),
			provider: {
				besides,
				run: async (session) => {
					const found = [];
					for await (const { board, card } of session.search!('Delivery', signal())) {
						found.push(...(board && !card ? [board.name] : []));
					}
					return found;
				},
				gets: (found) => assert.ok((found as string[]).includes('Delivery')),
			},
		}),
		exchange<Given>({
			request: 'GET /api/v2/projects/$project_id/',
			given: delivery,
			send: ({ project }) => ({ method: 'GET', path: `${projects}${project.id}/` }),
			status: 200,
			answer: ({ project }) => documented(shownProject, { id: project.id, title: 'Delivery', type: 'Project' }),
			provider: {
				run: async (session, { board }) => session.operations!.board![0]!.begin(board, signal()),
				gets: (form) => assert.equal((form as { title: string }).title, 'Edit Delivery'),
			},
		}),
		exchange<Given>({
			request: 'POST /api/v2/projects/',
			about: 'title and space',
			given: delivery,
			send: ({ space }) => ({ method: 'POST', path: projects, json: { title: 'New project', space: space.id } }),
			status: 201,
			headers: { location },
			answer: () => undefined,
			provider: {
				run: async (session, given) => createdWith(session, given, {}),
				gets: (board, _, { space }, practice) => {
					const { id, name, workspaceId } = board as Board;
					assert.deepEqual([id, name, workspaceId], [newest(practice)?.id, 'New project', space.id]);
				},
			},
		}),
		exchange<Given>({
			request: 'POST /api/v2/projects/',
			about: 'the aspect url of a template',
			given: delivery,
			send: ({ space }) => ({
				method: 'POST',
				path: projects,
				json: { title: 'New project', space: space.id, aspects: { url: { url: 'www.azazo.com' } } },
			}),
			status: 201,
			headers: { location },
			answer: () => undefined,
			provider: {
				run: async (session, given) => createdWith(session, given, { aspects: '{"url": {"url": "www.azazo.com"}}' }),
				gets: (_board, _session, _given, practice) =>
					assert.deepEqual(newest(practice)?.['aspects'], { url: { url: 'www.azazo.com' } }),
			},
		}),
		exchange<Given>({
			request: 'POST /api/v2/projects/',
			about: 'aspects with KKS codes',
			given: delivery,
			send: ({ space }) => ({
				method: 'POST',
				path: projects,
				json: { title: 'New project', space: space.id, aspects: { kkscode: { kks_code: ['COD____'] } } },
			}),
			status: 201,
			headers: { location },
			answer: () => undefined,
			provider: {
				run: async (session, given) =>
					createdWith(session, given, { aspects: '{ "kkscode": { "kks_code": ["COD____"] } }' }),
				gets: (_board, _session, _given, practice) =>
					assert.deepEqual(newest(practice)?.['aspects'], { kkscode: { kks_code: ['COD____'] } }),
			},
		}),
		exchange<Given>({
			request: 'POST /api/v2/projects/',
			about: 'a status of the value list',
			given: delivery,
			send: ({ space }) => ({
				method: 'POST',
				path: projects,
				json: { title: 'New project', space: space.id, status: 'project_status:Pending:' },
			}),
			status: 201,
			headers: { location },
			answer: () => undefined,
			provider: {
				run: async (session, given) => createdWith(session, given, { status: 'project_status:Pending:' }),
				gets: (board) => assert.equal((board as Board).status, 'Pending'),
			},
		}),
		exchange<ReturnType<typeof everything>>({
			request: 'POST /api/v2/projects/',
			about: 'every property of the table',
			given: everything,
			send: ({ body }) => ({ method: 'POST', path: projects, json: body }),
			status: 201,
			headers: { location },
			answer: () => undefined,
			provider: {
				run: async (session, { space, body }) => {
					const { space: _, tags, aspects, ...others } = body;
					const form = session.boardCreation!.form({ id: space.id, name: space.title });
					return fillIn(form, { ...others, tags: tags.join(', '), aspects: JSON.stringify(aspects) });
				},
				gets: (_board, _session, { body }, practice) => {
					const { space: _, sub_project_of: __, responsible_users: ___, ...same } = body;
					const made = newest(practice);
					assert.deepEqual(Object.fromEntries(Object.keys(same).map((name) => [name, made?.[name]])), same);
				},
			},
		}),
		exchange<Given>({
			request: 'PUT /api/v2/projects/$project_id/',
			given: delivery,
			send: ({ project }) => ({
				method: 'PUT',
				path: `${projects}${project.id}/`,
				json: { title: 'Updated project' },
			}),
			status: 204,
			answer: () => undefined,
			provider: {
				run: async (session, { board }) =>
					perform(session.operations?.board, 'edit', board, { title: 'Updated project' }),
				gets: (_, _session, given, practice) =>
					assert.deepEqual(
						{ ...held(practice, given), modified: '' },
						{ ...given.project, title: 'Updated project', modified: '' },
					),
			},
		}),
		exchange<Given>({
			request: 'DELETE /api/v2/projects/$project_id/',
			given: delivery,
			send: ({ project }) => ({ method: 'DELETE', path: `${projects}${project.id}/` }),
			status: 204,
			answer: () => undefined,
			provider: {
				run: async (session, { board }) => perform(session.operations?.board, 'delete', board),
				gets: (_, _session, given, practice) => assert.equal(held(practice, given), undefined),
			},
		}),
		exchange<Given>({
			request: 'GET /api/v2/spaces/$space_id/projects/',
			given: delivery,
			send: ({ space }) => ({ method: 'GET', path: `/api/v2/spaces/${space.id}/projects/` }),
			status: 200,
			answer: ({ space }) =>
				documented(
					{ meta: meta(), objects: [{ ...shownProject, due_date: shown.nullable(shown.string) }] },
					{ 'meta.limit': 20, 'objects.0.space.id': space.id, 'objects.0.space.title': space.title },
				),
			provider: {
				besides,
				run: async (session, { space }) =>
					allItems(await session.boards!.list({ id: space.id, name: space.title }, signal()), signal()),
				gets: (boards) => assert.ok((boards as Board[]).some(({ name }) => name === 'Delivery')),
			},
		}),
		exchange<ReturnType<typeof withContacts>>({
			request: 'GET /api/v2/projects/$project_id/',
			about: 'its contacts before',
			given: withContacts,
			send: ({ project }) => ({ method: 'GET', path: `${projects}${project.id}/` }),
			status: 200,
			answer: ({ old }) => shown.including({ contacts: [old] }),
			provider: {
				run: async (session, { board }) => itemsOfList(related(session, 'contacts'), board),
				gets: (items, _, { old }) =>
					assert.deepEqual(
						(items as Held[]).map(({ id }) => id),
						[old],
					),
			},
		}),
		exchange<ReturnType<typeof withContacts>>({
			request: 'PUT /api/v2/projects/$project_id/',
			about: 'one more contact',
			given: withContacts,
			send: ({ project, old, other }) => ({
				method: 'PUT',
				path: `${projects}${project.id}/`,
				json: { contacts: [old, other] },
			}),
			status: 204,
			answer: () => undefined,
			provider: {
				run: async (session, { board, other }) =>
					perform(related(session, 'contacts').operations, 'add', board, { contacts: [other] }),
				gets: (_, _session, given, practice) =>
					assert.deepEqual(held(practice, given)?.['contacts'], [given.old, given.other]),
			},
		}),
		exchange<ReturnType<typeof withContacts>>({
			request: 'GET /api/v2/projects/$project_id/',
			about: 'its contacts afterwards',
			given: async (practice) => {
				const given = withContacts(practice);
				const path = `${projects}${given.project.id}/`;
				await practice.ask({ method: 'PUT', path, json: { contacts: [given.old, given.other] } });
				return given;
			},
			send: ({ project }) => ({ method: 'GET', path: `${projects}${project.id}/` }),
			status: 200,
			answer: ({ old, other }) => shown.including({ contacts: [old, other] }),
			provider: {
				run: async (session, { board }) => itemsOfList(related(session, 'contacts'), board),
				gets: (items, _, { old, other }) =>
					assert.deepEqual(
						(items as Held[]).map(({ id }) => id),
						[old, other],
					),
			},
		}),
		exchange({
			request: 'GET /api/v2/user/projects/favourites/',
			about: section,
			send: () => ({ method: 'GET', path: '/api/v2/user/projects/favourites/' }),
			status: 200,
			answer: () => documented({ meta: meta(), objects: [listedProject] }),
			provider: {
				besides,
				run: async (session) => allItems(await session.shortlists![0]!.list(signal()), signal()),
				gets: (hits) => assert.ok((hits as unknown[]).length > 0),
			},
		}),
		exchange<Given>({
			request: 'GET /api/v2/projects/$project_id/files/',
			about: section,
			given: delivery,
			send: ({ project }) => ({ method: 'GET', path: `${projects}${project.id}/files/` }),
			status: 200,
			answer: ({ project }) =>
				shown.including({
					objects: shown.listOf(shown.including({ project: shown.including({ id: project.id }), type: 'File' })),
				}),
			provider: {
				besides,
				run: async (session, { board }) =>
					allItems(await session.archives!.entries(await archiveOf(session, board), signal()), signal()),
				gets: (entries) => assert.ok((entries as { kind: string }[]).some(({ kind }) => kind === 'document')),
			},
		}),
		exchange<Given>({
			request: 'GET /api/v2/projects/$project_id/tasks/',
			about: section,
			given: delivery,
			send: ({ project }) => ({ method: 'GET', path: `${projects}${project.id}/tasks/` }),
			status: 200,
			answer: ({ project }) =>
				shown.including({
					objects: shown.listOf(shown.including({ project: shown.including({ id: project.id }), type: 'Task' })),
				}),
			provider: {
				besides,
				run: async (session, { board }) => session.boards!.columns(board, signal()),
				gets: (columns) => assert.ok((columns as { count?: number }[]).some(({ count }) => count)),
			},
		}),
		exchange<Given>({
			request: 'GET /api/v2/projects/$project_id/folders/',
			about: section,
			given: delivery,
			send: ({ project }) => ({ method: 'GET', path: `${projects}${project.id}/folders/` }),
			status: 200,
			answer: ({ project }) =>
				shown.including({
					objects: shown.listOf(shown.including({ project: shown.including({ id: project.id }), type: 'Folder' })),
				}),
			provider: {
				besides,
				run: async (session, { board }) =>
					allItems(await session.archives!.entries(await archiveOf(session, board), signal()), signal()),
				gets: (entries) => assert.ok((entries as { kind: string }[]).some(({ kind }) => kind === 'folder')),
			},
		}),
		exchange<Given>({
			request: 'POST /api/v2/folders/',
			about: section,
			given: delivery,
			send: ({ project }) => ({
				method: 'POST',
				path: '/api/v2/folders/',
				json: { title: 'Teikningar', project: project.id },
			}),
			status: 201,
			headers: { location: /^\/api\/v2\/folders\/[^/]+\/$/ },
			answer: () => undefined,
			provider: {
				run: async (session, { board }) =>
					session.archives!.folderCreation!.create(await archiveOf(session, board), 'Teikningar', signal()),
				gets: (folder) => assert.equal((folder as Folder).name, 'Teikningar'),
			},
		}),
		exchange<Given>({
			request: 'POST /api/v2/tasks/',
			about: section,
			given: delivery,
			send: ({ project }) => ({
				method: 'POST',
				path: '/api/v2/tasks/',
				json: { project: project.id, title: 'Mæla', status: 'task_status:Pending:' },
			}),
			status: 201,
			headers: { location: /^\/api\/v2\/tasks\/[^/]+\/$/ },
			answer: () => undefined,
			provider: {
				run: async (session, { board }) => {
					const [column] = await session.boards!.columns(board, signal());
					return fillIn(session.cards!.creation!.form(column!), { title: 'Mæla' });
				},
				gets: (card) => assert.equal((card as { title: string }).title, 'Mæla'),
			},
		}),
		exchange<Given>({
			request: 'POST /api/v2/comments/',
			about: section,
			given: delivery,
			send: ({ project }) => ({
				method: 'POST',
				path: '/api/v2/comments/',
				json: { text: 'Gott', doc_id: project.id },
			}),
			status: 201,
			headers: { location: /^\/api\/v2\/comments\/\d+\/$/ },
			answer: () => undefined,
			provider: {
				run: async (session, { board }) =>
					perform(related(session, 'comments').operations, 'add', board, { text: 'Gott' }),
				gets: async (_, session, { board }) => {
					const items = await itemsOfList(related(session, 'comments'), board);
					assert.equal(items.at(-1)?.name, 'Gott');
				},
			},
		}),
	],
);

function everything(practice: Practice) {
	const given = delivery(practice);
	const { state } = practice.server;
	const programme = (state['projects'] as Held[]).find(({ dynatype }) => (dynatype as Held).title === 'Programme');
	const [contact] = state['contacts'] as Held[];
	assert.ok(programme && contact);
	return {
		...given,
		body: {
			space: given.space.id,
			title: 'Ljós á bryggju',
			aspects: { url: { url: 'www.azazo.com' } },
			associated_users: ['ada'],
			contacts: [contact.id],
			description: 'Lights',
			due_date: '2027-02-28',
			fileplan: 'plan-7',
			responsible_users: ['bjork', 'emile'],
			status: 'project_status:Pending:',
			status_message: 'soon',
			sub_project_of: [programme.id],
			tags: ['quay', 'ljós'],
			template: String(given.project['template']),
		},
	};
}
