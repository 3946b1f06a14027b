import assert from 'node:assert/strict';
import { startVendor, type TestVendor } from '../support/sandbox.ts';

/** Everything here speaks raw HTTP: nothing of our client takes part. */

/** The new API's own words for an initiative. */
interface Made {
	readonly id: number;
	readonly name: string;
	readonly alias: string;
	readonly description: null;
	readonly image_url: string;
	readonly created_at: string;
	readonly updated_at: string;
	readonly _links: Readonly<Record<'organization' | 'self', { readonly href: string }>>;
}

interface Place {
	readonly url: string;
	readonly apiBUrl: string;
	readonly email: string;
	readonly password: string;
	readonly accessToken: string;
}

interface Envelope {
	readonly code: string;
	readonly content: unknown;
	readonly redirect: string;
	readonly time: number;
}

/** What these tests read of a product, a project, a story, an iteration, a person or a file. */
interface Row {
	readonly id: number | string;
	readonly name?: string;
	readonly alias: string | null;
	readonly email: string;
	readonly access_token: string;
	readonly permission: string;
	readonly token?: string;
	readonly template: number | string;
	readonly iteration_length_unit: string;
	readonly iterations: readonly Row[];
	readonly project_ids: readonly number[];
	readonly num: number;
	readonly start: string;
	readonly end: string;
	readonly timeframe: string;
	readonly association: string;
	readonly deleted: number;
	readonly product_id: number;
	readonly project_id: number | string;
	readonly resource_id: number | null;
	readonly resource_ids: readonly number[];
	readonly resource_roles: unknown;
	readonly status: string;
	readonly priority: number;
	readonly tasks: readonly Row[];
	readonly files: readonly Row[];
	readonly filename?: string;
	readonly url?: string;
	readonly size: number;
}

const now = Date.UTC(2026, 10, 20, 12);
let server: TestVendor;
let place: Place;

async function start(): Promise<void> {
	server = await startVendor('planbox', { clock: () => now });
	place = server.address as unknown as Place;
}

function basic(token: string, password = 'x'): string {
	return `Basic ${btoa(`${token}:${password}`)}`;
}

async function post(call: string, body = '', headers: Record<string, string> = {}): Promise<Envelope> {
	const response = await fetch(`${place.url}/${call}`, {
		method: 'POST',
		body,
		headers: {
			'content-type': 'application/x-www-form-urlencoded',
			authorization: basic(place.accessToken),
			...headers,
		},
	});
	assert.equal(response.status, 200, 'the old API answers 200 whatever happens');
	assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
	return (await response.json()) as Envelope;
}

async function ok<Content = Row>(call: string, body = '', headers: Record<string, string> = {}): Promise<Content> {
	const { code, content, redirect, time } = await post(call, body, headers);
	assert.equal(code, 'ok', String(content));
	assert.equal(redirect, '');
	assert.equal(time, now / 1000);
	return content as Content;
}

function rows(call: string, body = '', headers: Record<string, string> = {}): Promise<readonly Row[]> {
	return ok<readonly Row[]>(call, body, headers);
}

async function declined(call: string, body = '', headers: Record<string, string> = {}): Promise<string> {
	const { code, content } = await post(call, body, headers);
	assert.equal(code, 'error', `${call} ${body} was not refused`);
	assert.equal(typeof content, 'string');
	return String(content);
}

function readOnly(): Record<string, string> {
	return { authorization: basic(String(server.state['readOnlyToken'])) };
}

async function create(body: unknown, headers: Record<string, string> = {}, organization = '1'): Promise<Response> {
	return fetch(`${place.apiBUrl}/organizations/${organization}/initiatives`, {
		method: 'POST',
		body: typeof body === 'string' ? body : JSON.stringify(body),
		headers: {
			'content-type': 'application/json',
			authorization: `Token token=${place.accessToken}`,
			...headers,
		},
	});
}

describe('seed: Planbox “Products & Projects”', () => {
	before(start);
	after(() => server.close());

	const productFields = [
		'id',
		'name',
		'image',
		'description',
		'created_on',
		'creator_id',
		'owner_id',
		'permission',
		'email_notifications',
		'timezone',
		'template',
		'iteration_start',
		'iteration_length',
		'iteration_length_unit',
		'iterations',
		'resource_ids',
		'project_ids',
		'capacity',
	];
	const projectFields = [
		'id',
		'name',
		'alias',
		'description',
		'association',
		'product_id',
		'resource_ids',
		'resource_associations',
		'resource_roles',
		'role_ids',
	];

	it('get_product gives the product object', async () => {
		const product = await ok('get_product', 'product_id=1234');
		assert.equal(String(product.id), '1234');
		for (const field of productFields) {
			assert.ok(field in product, field);
		}
		assert.ok(['read', 'write', 'admin'].includes(product.permission));
		assert.ok(['days', 'weeks', 'months'].includes(product.iteration_length_unit));
		assert.equal(Number(product.template), 0);
		assert.equal(typeof product.token, 'string', 'an admin sees the initiative token');
		for (const iteration of product.iterations) {
			assert.deepEqual(Object.keys(iteration).sort(), ['end', 'id', 'num', 'start', 'timeframe']);
		}
		assert.equal(product.iterations.find(({ timeframe }) => timeframe === 'backlog')?.end, '0000-00-00');
		assert.deepEqual(
			product.iterations.map(({ num }) => num),
			product.iterations.map(({ num }) => num).toSorted((a: number, b: number) => a - b),
		);
	});

	it('get_product answers an error with a message where the person is not on the product', async () => {
		assert.equal(await declined('get_product', 'product_id=4321'), 'Product not found');
	});

	for (const [call, body] of [
		['get_products', ''],
		['get_product', 'product_id=1234'],
		['get_project', 'product_id=1234&project_id=5678'],
		['get_projects', 'product_id=1234'],
		['add_project', 'product_id=1234&name=My+new+project&alias=MNP'],
	] as const) {
		it(`${call} answers an error and a message where nobody is signed in`, async () => {
			assert.equal(await declined(call, body, { authorization: basic('nobody') }), 'You are not logged in');
		});
	}

	for (const [call, body, message] of [
		['get_project', 'product_id=1234&project_id=1', 'Project not found'],
		['get_projects', 'product_id[]=1234&product_id[]=4321', 'Product not found'],
		['add_project', 'product_id=4321&name=A', 'Product not found'],
	] as const) {
		it(`${call} answers an error and a message where something is not there`, async () => {
			assert.equal(await declined(call, body), message);
		});
	}

	it('get_products gives the same objects in an array, also with the manual’s own body', async () => {
		const products = await rows('get_products');
		assert.ok(Array.isArray(products));
		assert.deepEqual(products[0], await ok('get_product', 'product_id=1234'));
		assert.deepEqual(await rows('get_products', 'json'), products);
	});

	it('creates an initiative with projects: 201 and the fields of the new API', async () => {
		const response = await create({
			name: 'New initiative',
			template: false,
			projects: [
				{ name: 'My first new project', alias: 'MFNP' },
				{ name: 'My second new project', alias: 'MSNP' },
			],
		});
		assert.equal(response.status, 201);
		const made = (await response.json()) as Made;
		assert.equal(made.name, 'New initiative');
		assert.equal(made.alias, '');
		assert.equal(made.description, null);
		assert.match(made.image_url, /^https:/);
		assert.match(made.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
		assert.equal(made.updated_at, made.created_at);
		assert.match(made._links.organization.href, /\/organizations\/1$/);
		assert.match(made._links.self.href, new RegExp(`/initiatives/${made.id}$`));
		const projects = await rows('get_projects', `product_id=${made.id}`);
		assert.deepEqual(
			projects.map(({ alias }) => alias),
			['MFNP', 'MSNP'],
		);
	});

	it('get_project gives the project object', async () => {
		const project = await ok('get_project', 'product_id=1234&project_id=5678');
		assert.equal(project.id, 5678);
		assert.equal(project.product_id, 1234);
		for (const field of projectFields) {
			assert.ok(field in project, field);
		}
		assert.ok(['worker', 'observer'].includes(project.association));
	});

	it('get_projects takes one product, with and without brackets, or several', async () => {
		const one = await rows('get_projects', 'product_id=1234');
		assert.deepEqual(one[0], await ok('get_project', 'product_id=1234&project_id=5678'));
		assert.deepEqual(await rows('get_projects', 'product_id%5B%5D=1234'), one);
		const both = await rows('get_projects', 'product_id[]=1234&product_id[]=1235');
		assert.deepEqual(new Set(both.map(({ product_id }) => product_id)), new Set([1234, 1235]));
	});

	it('add_project gives arrays of the person and of the new project', async () => {
		const { resource, project } = await ok<{ resource: readonly [Row]; project: readonly [Row] }>(
			'add_project',
			'product_id=1234&name=My+new+project&alias=MNP',
		);
		assert.equal(resource.length, 1);
		assert.equal(project.length, 1);
		assert.equal(project[0].name, 'My new project');
		assert.equal(project[0].alias, 'MNP');
		assert.deepEqual(project[0].resource_ids, [resource[0].id], 'the person who asks is the only member');
	});

	it('add_project copies members from another project', async () => {
		const from = await ok('get_project', 'product_id=1234&project_id=5678');
		const { project } = await ok<{ resource: readonly [Row]; project: readonly [Row] }>(
			'add_project',
			'product_id=1234&name=Copy&from_project_id=5678',
		);
		assert.deepEqual(project[0].resource_ids, from.resource_ids);
	});
});

describe('The Planbox sandbox', () => {
	before(start);
	after(() => server.close());

	it('gives a token for e-mail and password that works as a Basic user name with any password', async () => {
		const body = new URLSearchParams({ email: place.email, password: place.password }).toString();
		const { access_token } = await ok('auth', body, { authorization: '' });
		assert.equal(access_token, place.accessToken);
		const me = await ok('get_logged_resource', '', { authorization: basic(access_token, 'anything: at all') });
		assert.equal(me.email, place.email);
	});

	it('takes the token as an argument and the cookie of the old login too', async () => {
		const type = 'application/x-www-form-urlencoded';
		const asArgument = await fetch(`${place.url}/get_products`, {
			method: 'POST',
			headers: { 'content-type': type },
			body: `access_token=${place.accessToken}`,
		});
		assert.equal(((await asArgument.json()) as Envelope).code, 'ok');
		const login = await fetch(`${place.url}/login`, {
			method: 'POST',
			headers: { 'content-type': type },
			body: new URLSearchParams({ email: place.email, password: place.password }).toString(),
		});
		const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
		const withCookie = await fetch(`${place.url}/get_products`, {
			method: 'POST',
			headers: { 'content-type': type, cookie },
			body: '',
		});
		assert.equal(((await withCookie.json()) as Envelope).code, 'ok');
	});

	for (const [what, call, body, headers] of [
		['a wrong password', 'auth', 'email=ada%40quayside.example&password=wrong', {}],
		['an unknown token', 'get_products', '', { authorization: `Basic ${btoa('nobody:x')}` }],
		['a token that is not Basic', 'get_products', '', { authorization: 'Bearer abc' }],
		['Basic that is not base64', 'get_products', '', { authorization: 'Basic %%%' }],
		['JSON instead of a form', 'get_product', '{"product_id":1234}', { 'content-type': 'application/json' }],
		['an unknown call', 'get_everything', '', {}],
		['a property of every object as a call', 'constructor', '', {}],
		['an unknown argument', 'get_products', 'page=2', {}],
		['an argument with no name', 'get_logged_resource', '-page=2', {}],
		['an argument in the address', 'get_products?page=2', '', {}],
		['a missing argument', 'get_product', '', {}],
		['a project with a blank name', 'add_project', 'product_id=1234&name=%20', {}],
		['a blank new name of a story', 'update_story', 'story_id=9002&name=', {}],
		['one iteration without brackets', 'get_stories', 'product_id=1234&iteration_id=501', {}],
		['one person without brackets', 'get_stories', 'product_id=1234&timeframe=next&resource_id=8', {}],
		['an argument given twice', 'get_product', 'product_id=1234&product_id=1235', {}],
		['brackets where one value is meant', 'get_product', 'product_id[]=1234', {}],
		['a project of another product', 'get_project', 'product_id=1235&project_id=5678', {}],
		['an alias of eleven characters', 'add_project', 'product_id=1234&name=A&alias=ELEVENCHARS', {}],
		['members from a project that is not there', 'add_project', 'product_id=1234&from_project_id=1', {}],
		['a timeframe that does not exist', 'get_stories', 'product_id=1234&timeframe=someday', {}],
		['timeframe and iteration together', 'get_stories', 'product_id=1234&timeframe=next&iteration_id[]=501', {}],
		['more than sixty iterations', 'get_stories', `product_id=1234${'&iteration_id[]=501'.repeat(61)}`, {}],
		['a story that is not there', 'get_story', 'story_id=1', {}],
		['a position that does not exist', 'move_story_to_iteration', 'story_id=9002&timeframe=next&position=3', {}],
		[
			'a wrong initiative token',
			'third_party_create_story',
			'token=x&source=s&creator_email=a&name=n&description=d',
			{},
		],
	] as const) {
		it(`refuses ${what}`, async () => {
			await declined(call, body, headers);
		});
	}

	it('refuses a call that is not a POST, still with status 200', async () => {
		const response = await fetch(`${place.url}/get_products`, { headers: { authorization: basic(place.accessToken) } });
		assert.equal(response.status, 200);
		assert.equal(((await response.json()) as Envelope).code, 'error');
	});

	it('shows the initiative token to admins alone', async () => {
		const products = await rows('get_products');
		for (const { permission, token } of products) {
			assert.equal(typeof token, permission === 'admin' ? 'string' : 'undefined');
		}
		assert.deepEqual(new Set(products.map(({ permission }) => permission)), new Set(['read', 'write', 'admin']));
	});

	it('lists only the projects that the person may see', async () => {
		const product = (await rows('get_products'))[1]!;
		const projects = await rows('get_projects', `product_id=${product.id}`);
		assert.deepEqual(
			product.project_ids,
			projects.map(({ id }) => id),
		);
		assert.ok(!projects.some(({ name }) => name === 'Salaries'));
		const all = server.state['projects'] as { name: string }[];
		assert.ok(all.some(({ name }) => name === 'Salaries'));
	});

	it('mixes numbers and texts, includes a template, a removed project and an observed one', async () => {
		const products = await rows('get_products');
		assert.deepEqual(new Set(products.map(({ id }) => typeof id)), new Set(['number', 'string']));
		assert.ok(products.some(({ template }) => String(template) === '1'));
		const query = products.map(({ id }) => `product_id[]=${id}`).join('&');
		const projects = await rows('get_projects', query);
		assert.ok(projects.some(({ deleted }) => deleted === 1));
		assert.ok(projects.some(({ association }) => association === 'observer'));
		assert.ok(projects.some(({ resource_roles }) => Array.isArray(resource_roles)));
	});

	it('gives the stories of a whole product even where one project is asked for', async () => {
		const all = await rows('get_stories', 'product_id=1234&timeframe[]=current&timeframe[]=next&timeframe[]=backlog');
		const one = await rows(
			'get_stories',
			'product_id=1234&project_id=5678&timeframe[]=current&timeframe[]=next&timeframe[]=backlog',
		);
		assert.deepEqual(one, all);
		assert.ok(new Set(all.map(({ project_id }) => String(project_id))).size > 1);
		assert.ok(all.every(({ timeframe }) => ['current', 'next', 'backlog'].includes(timeframe)));
	});

	it('filters stories by iteration and by person', async () => {
		const iterations = await rows('get_iterations', 'product_id=1234&timeframe=next');
		assert.equal(iterations.length, 1);
		const stories = await rows('get_stories', `product_id=1234&iteration_id[]=${iterations[0]?.id}`);
		assert.ok(stories.length > 0);
		assert.ok(stories.every(({ timeframe }) => timeframe === 'next'));
		const mine = await rows('get_stories', 'product_id=1234&timeframe=current&resource_id[]=8');
		assert.ok(mine.length > 0);
		assert.ok(mine.every(({ tasks }) => tasks.some(({ resource_id }) => resource_id === 8)));
	});

	it('gives current, next, backlog and last iterations where none is named', async () => {
		const iterations = await rows('get_iterations', 'product_id=1234');
		assert.deepEqual(
			new Set(iterations.map(({ timeframe }) => timeframe)),
			new Set(['current', 'next', 'backlog', 'last']),
		);
		const current = iterations.find(({ timeframe }) => timeframe === 'current');
		assert.ok(current && current.start <= '2026-11-20' && '2026-11-20' <= current.end);
	});

	it('has one product with every timeframe, in the order of their numbers, and others with the usual ones', async () => {
		const [usual, further] = await rows('get_products');
		const framesOf = ({ iterations }: Row) => iterations.map(({ timeframe }) => timeframe);
		assert.deepEqual(framesOf(usual!), ['last', 'current', 'next', 'backlog']);
		const all = ['before_last', 'last', 'current', 'next', 'after_next', 'backlog'];
		assert.deepEqual(framesOf(further!), all);
		const numbers = further!.iterations.map(({ num }) => num);
		assert.deepEqual(
			numbers,
			numbers.toSorted((a, b) => a - b),
		);
		const ids = [usual!, further!].flatMap(({ iterations }) => iterations.map(({ id }) => id));
		assert.equal(new Set(ids).size, ids.length);
		const current = further!.iterations.find(({ timeframe }) => timeframe === 'current')!;
		assert.ok(current.start <= '2026-11-20' && '2026-11-20' <= current.end);
		for (const timeframe of ['before_last', 'after_next']) {
			const stories = await rows('get_stories', `product_id=1235&timeframe=${timeframe}`);
			assert.ok(stories.length > 0 && stories.every((story) => story.timeframe === timeframe));
			assert.deepEqual(await rows('get_stories', `product_id=1234&timeframe=${timeframe}`), []);
		}
	});

	it('creates initiatives for owners and admins of the organization, and for nobody else', async () => {
		const tokens = (server.state['resources'] as { token: string; role: string }[]).slice(0, 4);
		const statuses = await Promise.all(
			tokens.map(async ({ token, role }) => {
				const { status } = await create({ name: role }, { authorization: `Token token=${token}` });
				return `${role} ${status}`;
			}),
		);
		assert.deepEqual(statuses, ['owner 201', 'member 403', 'admin 201', 'member 403']);
	});

	it('changes a story but not its status, which follows from its tasks', async () => {
		const before = await ok('get_story', 'story_id=9002');
		const [after] = await rows('update_story', 'story_id=9002&name=Renamed&status=accepted');
		assert.equal(after?.name, 'Renamed');
		assert.equal(after?.status, before.status);
	});

	it('moves a story to the top of another timeframe', async () => {
		await rows('move_story_to_iteration', 'story_id=9003&timeframe=next&position=top');
		const next = await rows('get_stories', 'product_id=1234&timeframe=next');
		const [first] = next.toSorted((a, b) => a.priority - b.priority);
		assert.equal(String(first?.id), '9003');
	});

	it('creates a story with the initiative token alone, in the project of the alias', async () => {
		const { token } = await ok('get_product', 'product_id=1234');
		const { alias, id } = await ok('get_project', 'product_id=1234&project_id=5679');
		const body = new URLSearchParams({
			token: String(token),
			source: 'test',
			creator_email: place.email,
			name: 'From outside',
			description: '<p>Hi</p>',
			project_alias: String(alias),
			timeframe: 'backlog',
			'attachments[0][filename]': 'a.txt',
			'attachments[0][url]': 'https://files.example/a.txt',
		});
		const story = await ok('third_party_create_story', body.toString(), { authorization: '' });
		assert.equal(story.project_id, id);
		assert.equal(story.files[0]?.filename, 'a.txt');
		const listed = await rows('get_stories', 'product_id=1234&timeframe=backlog');
		assert.ok(listed.some(({ name }) => name === 'From outside'));
	});

	it('refuses third-party stories where no administrator switched them on', async () => {
		const { token } = await ok('get_product', 'product_id=1235');
		const body = `token=${token}&source=s&creator_email=${place.email}&name=n&description=d`;
		await declined('third_party_create_story', body);
	});

	it('lets the one who may only read read, and refuses every write', async () => {
		const products = await rows('get_products', '', readOnly());
		assert.ok(products.length > 0 && products.every(({ permission }) => permission === 'read'));
		for (const [call, body] of [
			['add_project', 'product_id=1234&name=No'],
			['update_story', 'story_id=9002&name=No'],
			['move_story_to_iteration', 'story_id=9002&timeframe=next&position=top'],
		] as const) {
			assert.match(await declined(call, body, readOnly()), /permission/);
		}
		const response = await create(
			{ name: 'No' },
			{ authorization: `Token token=${String(server.state['readOnlyToken'])}` },
		);
		assert.equal(response.status, 403);
	});

	it('hands out files to people who are signed in, pictures through an address that takes no credentials', async () => {
		const stories = await rows(
			'get_stories',
			'product_id=1234&timeframe[]=current&timeframe[]=next&timeframe[]=backlog',
		);
		const files = stories.flatMap(({ files }) => files);
		const brief = files.find(({ name }) => name === 'Project brief.pdf')!;
		const authorization = basic(place.accessToken);
		assert.equal((await fetch(brief.url!)).status, 401);
		const content = await fetch(brief.url!, { headers: { authorization } });
		assert.equal(content.headers.get('content-type'), 'application/pdf');
		assert.equal((await content.arrayBuffer()).byteLength, brief.size);
		const picture = files.find(({ name }) => name?.endsWith('.png'))!;
		const redirect = await fetch(picture.url!, { headers: { authorization }, redirect: 'manual' });
		assert.equal(redirect.status, 302);
		const signed = new URL(redirect.headers.get('location') ?? '', picture.url);
		assert.equal((await fetch(signed, { headers: { authorization } })).status, 400);
		assert.equal((await fetch(signed)).status, 200);
		assert.ok(files.some(({ url }) => url === undefined));
	});

	for (const [what, status, body, headers, organization] of [
		['no credentials', 401, { name: 'A' }, { authorization: '' }, '1'],
		['Basic credentials', 401, { name: 'A' }, { authorization: basic('abc') }, '1'],
		['an organization that is not there', 404, { name: 'A' }, {}, '2'],
		['a body that is no JSON', 400, '{"name":', {}, '1'],
		['a body that is no object', 400, [], {}, '1'],
		['a form', 415, 'name=A', { 'content-type': 'application/x-www-form-urlencoded' }, '1'],
		['an empty name', 422, { name: '' }, {}, '1'],
		['a blank name', 422, { name: ' ' }, {}, '1'],
		['a project with a blank name', 422, { name: 'A', projects: [{ name: ' ', alias: 'B' }] }, {}, '1'],
		['a template that is no boolean', 422, { name: 'A', template: 1 }, {}, '1'],
		['a project without alias', 422, { name: 'A', projects: [{ name: 'B' }] }, {}, '1'],
		['an attribute that does not exist', 422, { name: 'A', alias: 'B' }, {}, '1'],
	] as const) {
		it(`refuses to create an initiative with ${what}: ${status} and a message`, async () => {
			const response = await create(body, headers, organization);
			assert.equal(response.status, status);
			assert.equal(typeof ((await response.json()) as { message: unknown }).message, 'string');
		});
	}

	it('calls an initiative without a name New, and hides nothing of it from its maker', async () => {
		const response = await create({});
		assert.equal(response.status, 201);
		const made = (await response.json()) as { id: number; name: string };
		assert.equal(made.name, 'New');
		assert.equal((await ok('get_product', `product_id=${made.id}`)).permission, 'admin');
	});

	it('has nothing else in the new API', async () => {
		assert.equal((await fetch(`${place.apiBUrl}/initiatives`)).status, 404);
	});
});
