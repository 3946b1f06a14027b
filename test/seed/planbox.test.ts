import assert from 'node:assert/strict';
import { NotAllowed, NotFound, SignInNeeded } from '../../src/core/errors.ts';
import type { Board, Workspace } from '../../src/core/model.ts';
import type { RelatedItem } from '../../src/core/operations.ts';
import type { Page } from '../../src/core/page.ts';
import type { Session } from '../../src/core/provider.ts';
import { planbox } from '../../src/providers/planbox/index.ts';
import { signal } from '../support/session.ts';
import { documented, exchange, fillIn, type Practice, type Raw, seedTable, shown } from './seedTable.ts';

/** The manual's own examples have these numbers, and the sandbox takes them over. */
const product = '1234';
const project = '5678';
const harbour: Workspace = { id: product, name: 'Harbour renewal' };

const oneOf = (...words: readonly string[]) => shown.matching(new RegExp(`^(${words.join('|')})$`));
const day = shown.matching(/^\d{4}-\d\d-\d\d/);

/** As the document lists the properties; ids and flags come as numbers here and as text there. */
const shownProduct = {
	id: shown.thing,
	name: 'Name',
	image: 'https://',
	description: '',
	created_on: day,
	creator_id: shown.thing,
	owner_id: shown.thing,
	permission: oneOf('read', 'write', 'admin'),
	email_notifications: shown.thing,
	timezone: 'Europe/Berlin',
	template: shown.thing,
	iteration_start: day,
	iteration_length: 2,
	iteration_length_unit: oneOf('days', 'weeks', 'months'),
	iterations: [
		{
			id: 501,
			num: 12,
			start: day,
			end: day,
			timeframe: oneOf('before_last', 'last', 'current', 'next', 'after_next', 'backlog'),
		},
	],
	resource_ids: [7],
	project_ids: shown.array,
	capacity: 120,
};

const shownProject = {
	id: 5678,
	name: 'Name',
	alias: 'ALIAS',
	description: '',
	association: oneOf('worker', 'observer'),
	product_id: 1234,
	resource_ids: [7],
	resource_associations: {},
	resource_roles: shown.thing,
	role_ids: [3],
};

const ok = (content: unknown, exactly = {}) => documented({ code: 'ok', content }, { code: 'ok', ...exactly });
const error = (content: string) => ({ code: 'error', content, redirect: '', time: shown.number });
const call = (name: string, form: Raw['form'] = {}): Raw => ({ method: 'POST', path: `/${name}`, form });

const iterations = (session: Session, workspace = harbour) => session.related!.workspace![0]!.list(workspace, signal());
const members = (session: Session, id: string) =>
	session.related!.board![0]!.list({ id, workspaceId: product, name: 'Delivery' }, signal());
const adding = (session: Session, workspace = harbour) => session.boardCreation!.form(workspace);
const founding = (session: Session) => session.workspaceCreation!.form();

interface Person {
	role: string;
	token: string;
}

function owner({ server }: Practice): Person {
	return (server.state['resources'] as [Person])[0];
}

/** The initiatives with something to do for the person of the practice account, in the order in which they are listed. */
function withMine({ server: { state } }: Practice): readonly string[] {
	const open = ['current', 'next', 'after_next', 'backlog'];
	type Story = { product_id: number; timeframe: string; tasks: { resource_id: number | null; status: string }[] };
	const mine = (state['stories'] as readonly Story[]).filter(
		({ timeframe, tasks }) =>
			open.includes(timeframe) && tasks.some((task) => task.resource_id === 7 && task.status !== 'completed'),
	);
	const products = state['products'] as readonly { id: number; template: number }[];
	return products
		.filter(({ id, template }) => !template && mine.some(({ product_id }) => product_id === id))
		.map(({ id }) => String(id));
}

/** An initiative that the person of the practice account may only read. */
function readable({ server }: Practice): string {
	const products = server.state['products'] as readonly { id: number; members: ReadonlyMap<number, string> }[];
	const found = products.find((one) => one.members.get(7) === 'read');
	assert.ok(found);
	return String(found.id);
}

function creating(json: unknown, { address }: Practice, organization = 1): Raw {
	return {
		method: 'POST',
		path: `${String(address['apiBUrl'])}/organizations/${organization}/initiatives`,
		json,
		headers: { authorization: `Token token=${String(address['accessToken'])}` },
	};
}

const madeInitiative = {
	id: 1,
	name: 'New initiative',
	alias: '',
	description: null,
	image_url: 'https://www.planbox.com/img/product/na.png',
	created_at: '2013-08-21T21:05:52Z',
	updated_at: '2013-08-21T21:05:52Z',
	_links: {
		organization: { href: shown.matching(/\/organizations\/1$/) },
		self: { href: shown.matching(/\/initiatives\/\d+$/) },
	},
};
const twoProjects = {
	name: 'New initiative',
	template: false,
	projects: [
		{ name: 'My first new project', alias: 'MFNP' },
		{ name: 'My second new project', alias: 'MSNP' },
	],
};
const typed = { name: 'New initiative', projects: 'My first new project, MFNP\nMy second new project, MSNP' };
const creation = 'POST B/organizations/:organization_id/initiatives';

seedTable(
	{
		provider: planbox,
		title: 'Products & Projects',
		documented: 13,
		headers: ({ accessToken }) => ({ authorization: `Basic ${btoa(`${String(accessToken)}:x`)}` }),
		reads: ({ url }) => url.pathname.startsWith('/api/get_'),
	},
	[
		exchange({
			request: 'get_product',
			send: () => call('get_product', { product_id: product }),
			status: 200,
			answer: () => ok({ ...shownProduct, token: shown.string }, { 'content.id': 1234, 'content.permission': 'admin' }),
			provider: {
				run: (session) => iterations(session),
				gets: (result) => {
					const names = (result as Page<RelatedItem>).items.map(({ description }) => description?.split(' · ')[0]);
					assert.deepEqual(names, ['Last iteration', 'Current', 'Next', 'Backlog']);
				},
			},
		}),
		exchange({
			request: 'get_product',
			about: 'error',
			send: () => call('get_product', { product_id: 4321 }),
			status: 200,
			answer: () => error('Product not found'),
			provider: { run: (session) => iterations(session, { ...harbour, id: '4321' }), refused: { as: NotFound } },
		}),
		exchange({
			request: 'get_products',
			send: () => call('get_products'),
			status: 200,
			answer: () => ok([shownProduct]),
			provider: {
				run: (session) => session.workspaces(signal()),
				gets: (result) => {
					const [first] = (result as Page<Workspace>).items;
					assert.deepEqual([first?.id, first?.name], [product, 'Harbour renewal']);
				},
			},
		}),
		exchange({
			request: 'get_products',
			about: 'as in the example, with the type for data',
			send: () => ({
				method: 'POST',
				path: '/get_products',
				text: 'json',
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
			}),
			status: 200,
			answer: () => ok([shownProduct]),
			provider: { never: 'the example gives the type of the answer where data belongs' },
		}),
		exchange({
			request: 'get_products',
			about: 'error',
			send: () => ({ ...call('get_products'), headers: { authorization: `Basic ${btoa('revoked:x')}` } }),
			status: 200,
			answer: () => error('You are not logged in'),
			provider: {
				run: (session, _, practice) => {
					owner(practice).token = 'another';
					return session.workspaces(signal());
				},
				refused: { as: SignInNeeded },
			},
		}),
		exchange({
			request: creation,
			send: (_, practice) => creating(twoProjects, practice),
			status: 201,
			answer: () => documented(madeInitiative, { name: 'New initiative', alias: '' }),
			provider: {
				run: (session) => fillIn(founding(session), typed),
				gets: async (result, session) => {
					const made = result as Workspace;
					assert.equal(made.name, 'New initiative');
					const { items } = await session.boards!.list(made, signal());
					assert.deepEqual(
						items.map(({ name }) => name),
						['My first new project', 'My second new project'],
					);
				},
			},
		}),
		exchange({
			request: creation,
			about: 'as a template, without projects',
			send: (_, practice) => creating({ name: 'Pattern', template: true }, practice),
			status: 201,
			answer: () => documented(madeInitiative, { name: 'Pattern' }),
			provider: {
				run: (session) => fillIn(founding(session), { name: 'Pattern', template: true }),
				gets: (result) => assert.equal((result as Workspace).name, 'Pattern'),
			},
		}),
		exchange({
			request: creation,
			about: 'no name: “New”',
			send: (_, practice) => creating({}, practice),
			status: 201,
			answer: () => documented(madeInitiative, { name: 'New' }),
			provider: {
				never: 'the document calls the name required, and so does the form',
				run: (session) => fillIn(founding(session)),
				fields: ['name'],
			},
		}),
		exchange({
			request: creation,
			about: 'a project without alias',
			send: (_, practice) => creating({ name: 'A', projects: [{ name: 'B' }] }, practice),
			status: 422,
			answer: () => ({ message: shown.string }),
			provider: {
				never: 'the form finds it first',
				run: (session) => fillIn(founding(session), { name: 'A', projects: 'B' }),
				fields: ['projects'],
			},
		}),
		exchange({
			request: creation,
			about: 'neither owner nor admin',
			given: (practice) => {
				owner(practice).role = 'member';
			},
			send: (_, practice) => creating({ name: 'A', template: false }, practice),
			status: 403,
			answer: () => ({ message: 'Only owners and admins of the organization can create initiatives' }),
			provider: {
				run: (session) => fillIn(founding(session), { name: 'A' }),
				refused: { as: NotAllowed, says: /Only owners and admins/ },
			},
		}),
		exchange({
			request: creation,
			about: 'no token',
			send: (_, practice) => ({
				...creating({ name: 'A', template: false }, practice),
				headers: { authorization: '' },
			}),
			status: 401,
			answer: () => ({ message: shown.string }),
			provider: {
				run: (session, _, practice) => {
					owner(practice).token = 'another';
					return fillIn(founding(session), { name: 'A', organization_id: '1' });
				},
				refused: { as: SignInNeeded },
			},
		}),
		exchange({
			request: 'get_project',
			send: () => call('get_project', { product_id: product, project_id: project }),
			status: 200,
			answer: () => ok(shownProject, { 'content.id': 5678, 'content.product_id': 1234 }),
			provider: {
				run: (session) => members(session, project),
				gets: (result) => {
					const { items } = result as Page<RelatedItem>;
					assert.ok(
						items.length > 1 && items.every(({ description }) => /^(Worker|Observer)$/.test(description ?? '')),
					);
				},
			},
		}),
		exchange({
			request: 'get_project',
			about: 'error',
			send: () => call('get_project', { product_id: product, project_id: 1 }),
			status: 200,
			answer: () => error('Project not found'),
			provider: { run: (session) => members(session, '1'), refused: { as: NotFound } },
		}),
		exchange({
			request: 'get_projects',
			about: 'one product',
			send: () => call('get_projects', { product_id: product }),
			status: 200,
			answer: () => ok([shownProject]),
			provider: {
				run: (session) => session.boards!.list(harbour, signal()),
				gets: (result) => assert.equal((result as Page<Board>).items[0]?.id, project),
			},
		}),
		exchange({
			request: 'get_projects',
			about: 'several products',
			given: withMine,
			send: (ids) => call('get_projects', { 'product_id[]': ids }),
			status: 200,
			answer: () => ok([shownProject]),
			provider: {
				run: (session) => session.cards!.mine!(signal()),
				gets: (result, _, ids) => {
					const { items } = result as Page<{ workspace: Workspace }>;
					assert.deepEqual([...new Set(items.map(({ workspace }) => workspace.id))], ids);
				},
			},
		}),
		exchange({
			request: 'get_projects',
			about: 'error',
			send: () => call('get_projects', { product_id: 4321 }),
			status: 200,
			answer: () => error('Product not found'),
			provider: {
				run: (session) => session.boards!.list({ ...harbour, id: '4321' }, signal()),
				refused: { as: NotFound },
			},
		}),
		exchange({
			request: 'add_project',
			send: () => call('add_project', { product_id: product, name: 'My new project', alias: 'MNP' }),
			status: 200,
			answer: () =>
				ok(
					{ resource: [{ id: 7, name: 'Ada' }], project: [{ ...shownProject, id: 1 }] },
					{ 'content.project.0.name': 'My new project', 'content.project.0.alias': 'MNP' },
				),
			provider: {
				run: (session) => fillIn(adding(session), { name: 'My new project', alias: 'MNP' }),
				gets: async (result, session) => {
					const { id, name } = result as Board;
					assert.equal(name, 'My new project');
					assert.ok((await session.boards!.list(harbour, signal())).items.some((one) => one.id === id));
				},
			},
		}),
		exchange({
			request: 'add_project',
			about: 'members of another project',
			send: () => call('add_project', { product_id: product, name: 'Copy', from_project_id: project }),
			status: 200,
			answer: () => ok({ resource: [{ id: 7 }], project: [shownProject] }, { 'content.project.0.name': 'Copy' }),
			provider: {
				run: (session) => fillIn(adding(session), { name: 'Copy', from_project_id: project }),
				gets: async (result, session) => {
					const made = await members(session, (result as Board).id);
					const from = await members(session, project);
					assert.deepEqual(made.items.map(({ id }) => id).sort(), from.items.map(({ id }) => id).sort());
				},
			},
		}),
		exchange({
			request: 'add_project',
			about: 'error: no such product',
			send: () => call('add_project', { product_id: 4321, name: 'A' }),
			status: 200,
			answer: () => error('Product not found'),
			provider: {
				run: (session) => fillIn(adding(session, { ...harbour, id: '4321' }), { name: 'A' }),
				refused: { as: NotFound },
			},
		}),
		exchange({
			request: 'add_project',
			about: 'error: the right to read alone',
			given: readable,
			send: (id) => call('add_project', { product_id: id, name: 'A' }),
			status: 200,
			answer: () => error('You do not have permission to do this'),
			provider: {
				// Where the right is known, nothing is sent.
				run: (session, id) => fillIn(adding(session, { ...harbour, id }), { name: 'A' }),
				refused: { as: NotAllowed, says: /do not have permission/ },
			},
		}),
		exchange({
			request: 'add_project',
			about: 'error: an alias of more than 10 characters',
			send: () => call('add_project', { product_id: product, name: 'A', alias: 'ELEVENCHARS' }),
			status: 200,
			answer: () => error('The alias can have up to 10 characters'),
			provider: {
				never: 'the form finds it first',
				run: (session) => fillIn(adding(session), { name: 'A', alias: 'ELEVENCHARS' }, 'unchecked'),
				fields: ['alias'],
			},
		}),
	],
);
