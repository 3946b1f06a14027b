import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import type { ServerOptions } from '../../src/sandbox/server.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';

interface Place {
	readonly url: string;
	readonly odataUrl: string;
	readonly oauth1: OAuth1;
	readonly clientCredentials: Robot;
	readonly authorizationCode: { clientId: string; clientSecret: string; redirectUris: string[] };
	readonly oauth1Application: Pick<OAuth1, 'applicationKey' | 'applicationSecret'>;
}
interface OAuth1 {
	readonly applicationKey: string;
	readonly applicationSecret: string;
	readonly accessTokenKey: string;
	readonly accessTokenSecret: string;
}
interface Robot {
	readonly clientId: string;
	readonly clientSecret: string;
}
interface Named {
	readonly id: number;
	readonly name: string;
}
interface Board extends Named {
	readonly project_id: number;
	readonly progresses: readonly (Named & { display_order: number })[];
	readonly labels: readonly Named[];
}
interface Entry {
	readonly id: number;
	readonly type: string;
	readonly file_name: string;
	readonly os_file_name?: string;
}
interface Container {
	readonly id: number;
	readonly container_id: number;
	readonly access: string;
	readonly contents: readonly Entry[];
}

let server: TestVendor;
let place: Place;
let now: number;

async function begin(options: ServerOptions = {}): Promise<void> {
	now = Date.now();
	server = await startVendor('projectplace', { ...options, clock: () => now });
	place = server.address as unknown as Place;
}

const encode = (text: string): string =>
	encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** An OAuth 1 header, made here and not by our client. */
function signed(
	method: string,
	url: string,
	form: Record<string, string> = {},
	changed: Record<string, string> = {},
	keys: Pick<OAuth1, 'applicationKey' | 'applicationSecret'> & Partial<OAuth1> = place.oauth1,
): string {
	const parameters: Record<string, string> = {
		oauth_consumer_key: keys.applicationKey,
		...(keys.accessTokenKey && { oauth_token: keys.accessTokenKey }),
		oauth_signature_method: 'HMAC-SHA1',
		oauth_timestamp: String(Math.floor(now / 1000)),
		oauth_nonce: randomUUID(),
		oauth_version: '1.0',
		...changed,
	};
	const { origin, pathname, searchParams } = new URL(url);
	const pairs = [...Object.entries({ ...parameters, ...form }), ...searchParams]
		.map(([name, value]) => `${encode(name)}=${encode(value)}`)
		.sort();
	const base = [method, origin + pathname, pairs.join('&')].map(encode).join('&');
	const key = `${encode(keys.applicationSecret)}&${encode(keys.accessTokenSecret ?? '')}`;
	const oauth_signature = changed.oauth_signature ?? createHmac('sha1', key).update(base).digest('base64');
	return `OAuth ${Object.entries({ ...parameters, oauth_signature })
		.map(([name, value]) => `${name}="${encode(value)}"`)
		.join(', ')}`;
}

function tokenRequest(form: Record<string, string>, robot?: Robot): Promise<Response> {
	const basic: Record<string, string> = robot
		? { authorization: `Basic ${Buffer.from(`${robot.clientId}:${robot.clientSecret}`).toString('base64')}` }
		: {};
	return fetch(`${place.url}/oauth2/access_token`, { method: 'POST', headers: basic, body: new URLSearchParams(form) });
}

async function bearer(robot: Robot = place.clientCredentials): Promise<string> {
	const { access_token } = (await (await tokenRequest({ grant_type: 'client_credentials' }, robot)).json()) as {
		access_token: string;
	};
	return `Bearer ${access_token}`;
}

interface Ask {
	readonly json?: unknown;
	readonly form?: Record<string, string>;
	readonly body?: BodyInit;
	readonly type?: string;
	readonly authorization?: string;
}

async function ask(line: string, { json, form, body, type, authorization }: Ask = {}): Promise<Response> {
	const [method = '', path = ''] = line.split(' ');
	const url = path.startsWith('http') ? path : place.url + path;
	const headers: Record<string, string> = { authorization: authorization ?? (await bearer()) };
	if (type ?? json) {
		headers['content-type'] = type ?? 'application/json';
	}
	const sent = json === undefined ? (form ? new URLSearchParams(form) : body) : JSON.stringify(json);
	return fetch(url, { method, headers, body: sent, redirect: 'manual' });
}

async function ok<T>(line: string, how?: Ask): Promise<T> {
	const response = await ask(line, how);
	const text = await response.text();
	assert.equal(response.status, 200, `${line}: ${text}`);
	return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function refused(status: number, code: string | RegExp, line: string, how?: Ask): Promise<void> {
	const response = await ask(line, how);
	assert.equal(response.status, status, line);
	const { error_code } = (await response.json()) as { error_code: string };
	assert.match(error_code, code instanceof RegExp ? code : new RegExp(`^${code}$`));
}

const all = { filter: { archive_status: [0] }, limit: 100 };
const firstBoard = () => ok<Board[]>('GET /1/projects/1001/boards').then(([board]) => board!);
const readOnly = () => server.state.readOnly as Robot & OAuth1;

describe('seed ProjectPlace: signing in', () => {
	beforeEach(() => begin());
	afterEach(() => server.close());

	it('gives a robot a token for its id and secret in Basic', async () => {
		const response = await tokenRequest({ grant_type: 'client_credentials' }, place.clientCredentials);
		assert.equal(response.status, 200);
		const body = (await response.json()) as Record<string, unknown>;
		assert.equal(typeof body.access_token, 'string');
		assert.equal(body.expires, 2_592_000);
	});

	it('takes a robot’s id and secret from the form as well', async () => {
		const { clientId, clientSecret } = place.clientCredentials;
		const response = await tokenRequest({
			grant_type: 'client_credentials',
			client_id: clientId,
			client_secret: clientSecret,
		});
		assert.equal(response.status, 200);
	});

	it('lists the first five active workspaces, oldest first', async () => {
		const workspaces = await ok<Named[]>('POST /2/account/projects', {
			json: { sort_by: '+creation_date', filter: { archive_status: [0] }, limit: 5 },
		});
		assert.equal(workspaces.length, 5);
		assert.ok(workspaces.every(({ id, name }) => Number.isInteger(id) && typeof name === 'string'));
	});

	it('lists workspaces where order, filter and limit are left out, for all three are optional', async () => {
		const active = await ok<Named[]>('POST /2/account/projects', { json: all });
		assert.deepEqual(await ok<Named[]>('POST /2/account/projects', { json: {} }), active);
	});

	it('takes a request signed with OAuth 1, its query and form included', async () => {
		const url = `${place.url}/1/user/me/projects?include_tools=true`;
		await ok('GET /1/user/me/projects?include_tools=true', { authorization: signed('GET', url) });
		const form = { name: 'Übergabe + 100 % (neu)!', owner_id: '501' };
		const authorization = signed('POST', `${place.url}/1/account/projects`, form);
		const made = await ok<Named>('POST /1/account/projects', { form, authorization });
		assert.equal(made.name, form.name);
	});

	it('asks the person and sends them back with a code, behind what the address had already', async () => {
		for (const redirect_uri of place.authorizationCode.redirectUris) {
			const query = new URLSearchParams({
				client_id: place.authorizationCode.clientId,
				redirect_uri,
				state: 'random &1',
			});
			const page = await fetch(`${place.url}/oauth2/authorize?${query}`);
			assert.match(page.headers.get('content-type') ?? '', /text\/html/);
			const html = await page.text();
			assert.match(html, /<title>[^<]+<\/title>/);
			assert.match(html, /Boardwalk asks to act for <b>Dörte Müller<\/b>/);
			assert.match(html, /<button name=decision value=allow>Allow<\/button>/);
			assert.match(html, /<button name=decision value=deny>Deny<\/button>/);
			const location = (await decide(redirect_uri, 'allow', 'random &1')).headers.get('location') ?? '';
			assert.ok(location.startsWith(redirect_uri), location);
			assert.match(location, /code=[^&]+&state=random%20%261$/);
			assert.equal(location.split('?').length, 2);
		}
	});

	it('says so to the application when the person denies', async () => {
		const location = (await decide('https://oob', 'deny', 's')).headers.get('location') ?? '';
		assert.match(location, /error=access_denied&error_description=[^&]+&state=s$/);
		assert.doesNotMatch(location, /code=/);
	});

	it('exchanges a code once and then knows who is there', async () => {
		const { reply, code } = await exchanged();
		assert.equal(typeof reply.access_token, 'string');
		assert.equal(typeof reply.refresh_token, 'string');
		assert.equal(typeof reply.expires, 'number');
		const profile = await ok<Record<string, string>>('GET /1/user/me/profile', {
			authorization: `Bearer ${reply.access_token}`,
		});
		assert.ok(profile.first_name && profile.last_name && profile.email);
		const again = await tokenRequest({ ...application(), grant_type: 'authorization_code', code });
		assert.equal(again.status, 400);
		assert.equal(((await again.json()) as { error: string }).error, 'invalid_grant');
	});

	it('renews tokens and replaces the old pair', async () => {
		const { reply } = await exchanged();
		const renew = () =>
			tokenRequest({ ...application(), grant_type: 'refresh_token', refresh_token: reply.refresh_token ?? '' });
		const next = (await (await renew()).json()) as Record<string, string>;
		assert.notEqual(next.refresh_token, reply.refresh_token);
		assert.equal((await renew()).status, 400);
		await refused(401, 'INVALID_TOKEN', 'GET /1/user/me/profile', { authorization: `Bearer ${reply.access_token}` });
		await ok('GET /1/user/me/profile', { authorization: `Bearer ${next.access_token}` });
	});
});

const application = () => ({
	client_id: place.authorizationCode.clientId,
	client_secret: place.authorizationCode.clientSecret,
});

function decide(redirect_uri: string, decision: string, state: string): Promise<Response> {
	const form = { client_id: place.authorizationCode.clientId, redirect_uri, state, decision };
	return fetch(`${place.url}/oauth2/authorize`, {
		method: 'POST',
		body: new URLSearchParams(form),
		redirect: 'manual',
	});
}

async function exchanged(): Promise<{ reply: Record<string, string>; code: string }> {
	const location = (await decide('https://oob', 'allow', 's')).headers.get('location') ?? '';
	const code = new URL(location).searchParams.get('code') ?? '';
	const reply = (await (
		await tokenRequest({ ...application(), grant_type: 'authorization_code', code })
	).json()) as Record<string, string>;
	return { reply, code };
}

describe('ProjectPlace’s settings in the sandbox', () => {
	beforeEach(() => begin());
	afterEach(() => server.close());

	const settings = () => fetch(`${place.url}/settings/applications`).then((response) => response.text());
	const register = (redirect_uri: string) =>
		fetch(`${place.url}/settings/applications`, {
			method: 'POST',
			body: new URLSearchParams({ redirect_uri }),
			redirect: 'manual',
		});

	it('list the redirect addresses of the application and take one more', async () => {
		const address = 'http://localhost:9888/callback?vscode-reqid=1&vscode-path=/signed-in';
		assert.equal((await decide(address, 'allow', 's')).status, 400);
		const response = await register(address);
		assert.deepEqual([response.status, response.headers.get('location')], [303, '/settings/applications']);
		const html = await settings();
		for (const known of place.authorizationCode.redirectUris) {
			assert.ok(html.includes(`<code>${known}</code>`), known);
		}
		assert.ok(html.includes('callback?vscode-reqid=1&#38;vscode-path=/signed-in'));
		const location = (await decide(address, 'allow', 's')).headers.get('location') ?? '';
		assert.match(
			location,
			/^http:\/\/localhost:9888\/callback\?vscode-reqid=1&vscode-path=\/signed-in&code=[^&]+&state=s$/,
		);
	});

	it('are those of one server alone', async () => {
		await register('https://one.example/');
		await server.close();
		await begin();
		assert.equal((await decide('https://one.example/', 'allow', 's')).status, 400);
	});

	it('refuse what is no address', async () => {
		for (const address of ['', 'signed-in', 'https://a.example/#here', 'https://a.example/ü', 'https://a.example/ b']) {
			assert.equal((await register(address)).status, 400);
		}
	});
});

describe('ProjectPlace’s OAuth 1 for people in the sandbox', () => {
	beforeEach(() => begin());
	afterEach(() => server.close());

	type Token = Pick<OAuth1, 'accessTokenKey' | 'accessTokenSecret'>;
	const application1 = (token?: Token) => ({ ...place.oauth1Application, ...token });
	const call = (path: string, changed: Record<string, string>, token?: Token, method = 'POST') =>
		fetch(place.url + path, {
			method,
			headers: { authorization: signed(method, place.url + path, {}, changed, application1(token)) },
		});
	async function tokenIn(response: Response): Promise<Token & { confirmed: string | null }> {
		assert.equal(response.status, 200);
		assert.match(response.headers.get('content-type') ?? '', /^application\/x-www-form-urlencoded/);
		const form = new URLSearchParams(await response.text());
		return {
			accessTokenKey: form.get('oauth_token') ?? '',
			accessTokenSecret: form.get('oauth_token_secret') ?? '',
			confirmed: form.get('oauth_callback_confirmed'),
		};
	}
	const initiate = async (callback = 'oob', method?: string) =>
		tokenIn(await call('/initiate', { oauth_callback: callback }, undefined, method));
	const decide1 = ({ accessTokenKey }: Token, decision = 'allow') =>
		fetch(`${place.url}/authorize`, {
			method: 'POST',
			body: new URLSearchParams({ oauth_token: accessTokenKey, decision }),
			redirect: 'manual',
		});
	const verifierOn = async (page: Response) => /<code>([^<]+)<\/code>/.exec(await page.text())?.[1] ?? '';
	const refusedWith = async (response: Response, status: number, code: string) =>
		assert.deepEqual([response.status, await response.json()], [status, { error_code: code }]);

	it('lets a person in who reads the code from the page', async () => {
		const request = await initiate();
		assert.equal(request.confirmed, 'true');
		const page = await fetch(`${place.url}/authorize?oauth_token=${encodeURIComponent(request.accessTokenKey)}`);
		assert.match(await page.text(), /asks to act for <b>Dörte Müller<\/b>.*>Allow<.*>Deny</);
		const oauth_verifier = await verifierOn(await decide1(request));
		const access = await tokenIn(await call('/token', { oauth_verifier }, request));
		assert.equal(access.confirmed, null);
		const authorization = signed('GET', `${place.url}/1/user/me/profile`, {}, {}, application1(access));
		const profile = await ok<{ id: number }>('GET /1/user/me/profile', { authorization });
		const { reply } = await exchanged();
		const same = await ok('GET /1/user/me/profile', { authorization: `Bearer ${reply.access_token}` });
		assert.deepEqual(profile, same);
	});

	it('sends the person back with token and verifier behind what the address had, and takes GET as well', async () => {
		const callback = 'vscode://boardwalk-tools.boardwalk/signed-in?vendor=projectplace';
		const request = await initiate(callback, 'GET');
		const location = (await decide1(request)).headers.get('location') ?? '';
		assert.ok(location.startsWith(`${callback}&oauth_token=`), location);
		const query = new URL(location).searchParams;
		assert.equal(query.get('oauth_token'), request.accessTokenKey);
		const oauth_verifier = query.get('oauth_verifier') ?? '';
		await tokenIn(await call('/token', { oauth_verifier }, request, 'GET'));
	});

	it('refuses other applications, signatures and callbacks', async () => {
		await refusedWith(await call('/initiate', {}), 401, 'INVALID_OAUTH_PARAMETERS');
		await refusedWith(await call('/initiate', { oauth_callback: '' }), 401, 'INVALID_OAUTH_PARAMETERS');
		const other = { oauth_callback: 'oob', oauth_consumer_key: 'other' };
		await refusedWith(await call('/initiate', other), 401, 'INVALID_OAUTH_PARAMETERS');
		const forged = { oauth_callback: 'oob', oauth_signature: 'bm90aGluZw==' };
		await refusedWith(await call('/initiate', forged), 401, 'INVALID_SIGNATURE');
		const elsewhere = { oauth_callback: 'https://elsewhere.example' };
		await refusedWith(await call('/initiate', elsewhere), 400, 'INVALID_CALLBACK');
		await refusedWith(await fetch(`${place.url}/initiate`), 401, 'AUTHENTICATION_REQUIRED');
	});

	it('takes a request token for nothing but its exchange', async () => {
		const request = await initiate();
		await decide1(request);
		const authorization = signed('GET', `${place.url}/1/account`, {}, {}, application1(request));
		await refused(401, 'INVALID_OAUTH_PARAMETERS', 'GET /1/account', { authorization });
	});

	it('exchanges nothing before the person allowed it, with another verifier, twice, or after ten minutes', async () => {
		const early = await initiate();
		await refusedWith(await call('/token', { oauth_verifier: 'any' }, early), 401, 'INVALID_VERIFIER');
		const wrong = await initiate();
		const right = await verifierOn(await decide1(wrong));
		await refusedWith(await call('/token', { oauth_verifier: 'wrong' }, wrong), 401, 'INVALID_VERIFIER');
		await refusedWith(await call('/token', { oauth_verifier: right }, wrong), 401, 'INVALID_OAUTH_PARAMETERS');
		const used = await initiate();
		const verifier = await verifierOn(await decide1(used));
		await refusedWith(await call('/token', {}, used), 401, 'INVALID_OAUTH_PARAMETERS');
		await tokenIn(await call('/token', { oauth_verifier: verifier }, used));
		await refusedWith(await call('/token', { oauth_verifier: verifier }, used), 401, 'INVALID_OAUTH_PARAMETERS');
		const old = await initiate();
		const late = await verifierOn(await decide1(old));
		now += 600_000;
		await refusedWith(await call('/token', { oauth_verifier: late }, old), 401, 'INVALID_OAUTH_PARAMETERS');
	});

	it('says on its own page that it was denied, and asks nobody a second time', async () => {
		const request = await initiate('https://oob');
		const denied = await decide1(request, 'deny');
		assert.deepEqual([denied.status, denied.headers.get('location')], [200, null]);
		assert.match(await denied.text(), /<h1>Denied<\/h1>/);
		assert.equal((await decide1(request)).status, 400);
		const allowed = await initiate();
		await decide1(allowed);
		assert.equal((await decide1(allowed)).status, 400);
		assert.equal((await fetch(`${place.url}/authorize?oauth_token=none`)).status, 400);
	});
});

describe('seed ProjectPlace: account and workspaces', () => {
	beforeEach(() => begin());
	afterEach(() => server.close());

	it('tells the account and its managers', async () => {
		const account = await ok<{ id: number; name: string; managers: Named[] }>('GET /1/account');
		assert.equal(typeof account.id, 'number');
		assert.ok(account.name);
		assert.ok(account.managers[0]?.id && account.managers[0].name);
	});

	it('creates a workspace from a form and deletes it', async () => {
		const made = await ok<Named>('POST /1/account/projects', { form: { name: 'My New Project', owner_id: '501' } });
		assert.equal(made.name, 'My New Project');
		const response = await ask(`DELETE /1/projects/${made.id}`);
		assert.equal(response.status, 200);
		await refused(404, 'NOT_FOUND_PROJECT', `GET /1/projects/${made.id}/boards`);
	});

	it('creates a workspace from JSON as well', async () => {
		assert.equal((await ok<Named>('POST /1/account/projects', { json: { name: 'From JSON' } })).name, 'From JSON');
	});

	it('lists people with ids as text and the words for their roles', async () => {
		const people = await ok<Record<string, unknown>[]>('GET /1/account/people');
		assert.ok(
			people.every(
				({ id, email, name }) => typeof id === 'string' && typeof email === 'string' && typeof name === 'string',
			),
		);
		assert.equal(people[0]?.account_role, 'account_role_owner');
	});

	it('finds people who have not signed in for long, page by page', async () => {
		const filter = {
			last_logged_in: { from: '2021-11-01', to: '2026-08-01' },
			account_roles: ['account_member', 'account_co_owner', 'account_administrator'],
		};
		const page = (row_number: number) =>
			ok<{ userid: string; name: string; last_login: number; account_role: string }[]>('POST /1/account/people', {
				json: { sort_by: '+last_login', filter, limit: 40, row_number },
			});
		const [first, second] = [await page(0), await page(40)];
		assert.equal(first.length, 40);
		assert.ok(second.length < 40 && second.length > 0);
		const times = [...first, ...second].map(({ last_login }) => last_login);
		assert.deepEqual(
			times,
			times.toSorted((a, b) => a - b),
		);
		assert.ok(times.every((time) => time < Date.UTC(2026, 7, 2)));
		assert.match(first[0]?.userid ?? '', /^\d+$/);
	});

	it('changes an e-mail address and names those for whom it failed', async () => {
		const act = (id: number, email: string) =>
			ok(`POST /1/account/people/${id}`, { json: { action: 'add_secondary_email', params: [email] } });
		assert.deepEqual(await act(505, 'new@quay.example'), { succeeded: ['505'], failed: [] });
		const people = await ok<{ id: string; email: string }[]>('GET /1/account/people');
		assert.equal(people.find(({ id }) => id === '505')?.email, 'new@quay.example');
		assert.deepEqual(await act(501, 'owner@quay.example'), { succeeded: [], failed: ['501'] });
		for (const email of ['away@elsewhere.example', 'two words@quay.example', 'a@@quay.example', 'new@quay.example']) {
			assert.deepEqual(await act(506, email), { succeeded: [], failed: ['506'] }, email);
		}
	});

	it('lists what a person heads and hands it over when the person is deleted', async () => {
		type Owned = Record<string, { projects_data: { projects_owner: Named[] }; portfolios_owner: Named[] }>;
		const owned = (id: number) => ok<Owned>(`GET /1/account/people/${id}/owned-artifacts`).then((reply) => reply[id]!);
		const { projects_data, portfolios_owner } = await owned(503);
		assert.ok(projects_data.projects_owner.length > 0 && portfolios_owner.length > 0);
		const remove = (workspaces: object, portfolios: object) =>
			ok('POST /1/account/people/503', {
				json: {
					action: 'delete_account_user',
					params: [{ 503: { workspaces, portfolios, templates: {}, teams: {} } }],
				},
			});
		assert.deepEqual(await remove({}, {}), { succeeded: [], failed: ['503'] });
		const heirs = (things: readonly Named[]) => Object.fromEntries(things.map(({ id }) => [id, 505]));
		assert.deepEqual(await remove(heirs(projects_data.projects_owner), heirs(portfolios_owner)), {
			succeeded: ['503'],
			failed: [],
		});
		const heir = (await owned(505)).projects_data.projects_owner.map(({ id }) => id);
		assert.ok(projects_data.projects_owner.every(({ id }) => heir.includes(id)));
		await refused(404, 'NOT_FOUND_USER', 'GET /1/account/people/503/owned-artifacts');
	});

	it('removes people from outside, whom it does not delete', async () => {
		const act = (action: string) =>
			ok('POST /1/account/people/512', {
				json: { action, params: [{ 512: { workspaces: {}, portfolios: {}, templates: {}, teams: {} } }] },
			});
		assert.deepEqual(await act('delete_account_user'), { succeeded: [], failed: ['512'] });
		assert.deepEqual(await act('remove_account_user'), { succeeded: ['512'], failed: [] });
	});

	it('lists archived workspaces with the space they use', async () => {
		const archived = await ok<(Named & { space_used: number })[]>('POST /2/account/projects', {
			json: { sort_by: '+creation_date', filter: { archive_status: [1] }, limit: 100 },
		});
		assert.deepEqual(
			archived.map(({ name }) => name),
			['Old library scans'],
		);
		assert.ok(archived[0]!.space_used > 0);
	});

	it('exports a workspace: a bare number, a wait, a zip', async () => {
		const flags = {
			include_documents: true,
			include_all_document_versions: true,
			include_plan: true,
			include_boards: true,
			include_conversations: true,
		};
		const id = await ok<unknown>('POST /1/projects/1012/exports', { json: flags });
		assert.equal(typeof id, 'number');
		const poll = () =>
			ok<{ done: boolean; download_uri: string; download_name: string }>(`GET /1/projects/1012/exports/${String(id)}`);
		assert.equal((await poll()).done, false);
		const { done, download_uri, download_name } = await poll();
		assert.equal(done, true);
		assert.match(download_name, /^Old library scans-\d{4}-\d\d-\d\d\.zip$/);
		const response = await ask(`GET ${download_uri}`, { authorization: signed('GET', download_uri) });
		assert.equal(response.status, 200);
		assert.deepEqual([...new Uint8Array(await response.arrayBuffer()).subarray(0, 4)], [80, 75, 3, 4]);
	});
});

describe('seed ProjectPlace: boards and cards', () => {
	beforeEach(() => begin());
	afterEach(() => server.close());

	it('lists the boards of a workspace with their columns', async () => {
		const boards = await ok<Board[]>('GET /1/projects/1001/boards');
		assert.equal(boards.length, 3);
		assert.equal(boards[0]!.progresses[0]!.id, 0);
		assert.equal(typeof boards[0]!.progresses[0]!.name, 'string');
	});

	it('tells of one board which workspace it is in', async () => {
		const { id, name } = await firstBoard();
		const board = await ok<Board>(`GET /1/boards/${id}`);
		assert.deepEqual([board.id, board.name, board.project_id], [id, name, 1001]);
		await refused(404, 'NOT_FOUND_BOARD', 'GET /1/boards/99');
	});

	it('renames a column', async () => {
		const { id, progresses } = await firstBoard();
		await ok(`POST /1/boards/${id}/statuses/${progresses[0]!.id}/properties`, { json: { name: 'In Progress' } });
		assert.equal((await firstBoard()).progresses[0]!.name, 'In Progress');
	});

	it('creates a card and gives it back as it is read', async () => {
		const board = (await ok<Board[]>('GET /1/projects/1001/boards')).find(({ labels }) => labels.length > 0)!;
		const card = await ok<Record<string, unknown>>('POST /1/projects/1001/cards/create-new', {
			json: {
				board_id: board.id,
				title: 'Order the pump',
				description: 'soon',
				due_date: '2026-12-14',
				assignee_id: 503,
				label_id: board.labels[0]!.id,
				estimate: 3,
				estimated_time: 90,
				column_id: 1,
				planlet_id: 9001,
				is_blocked: 1,
				block_reason: 'No budget',
				checklist: ['ask for price', 'send order'],
			},
		});
		assert.equal(card.title, 'Order the pump');
		assert.deepEqual(
			[card.column_id, card.is_blocked, card.is_blocked_reason, card.planlet_id],
			[1, true, 'No budget', 9001],
		);
		assert.equal((card.checklist as { items: unknown[] }).items.length, 2);
		const read = await ok<Record<string, unknown>[]>(`GET /1/boards/${board.id}/cards`);
		assert.deepEqual(
			read.find(({ id }) => id === card.id),
			card,
		);
	});

	it('gives cards the members of the webhook’s sample', async () => {
		const { id } = await firstBoard();
		const [card] = await ok<Record<string, unknown>[]>(`GET /1/boards/${id}/cards`);
		const members =
			'access all_attachments assignee assignee_id board_column_order board_id board_name checklist column_first_updated column_id column_last_updated comment_count connected_issues connected_risks contributors created_time creator dependencies description direct_url display_order due_date due_date_offset estimate estimated_time id is_blocked is_blocked_reason is_done is_template label_id local_id planlet planlet_id progress project reported_time start_date start_date_offset title';
		assert.deepEqual(Object.keys(card!).sort(), members.split(' '));
		assert.match(String(card!.created_time), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
	});
});

describe('ProjectPlace as other clients know it', () => {
	beforeEach(() => begin());
	afterEach(() => server.close());

	it('creates a board with columns and no cards', async () => {
		const json = { name: 'Nächste Schritte', description: '<p>A &amp; B</p>' };
		const made = await ok<Board>('POST /1/projects/1001/boards/create-new', { json });
		assert.deepEqual([made.name, made.project_id], [json.name, 1001]);
		assert.deepEqual((await ok<Board[]>('GET /1/projects/1001/boards')).at(-1), made);
		assert.equal(made.progresses[0]?.id, 0);
		assert.deepEqual(await ok(`GET /1/boards/${made.id}/cards`), []);
	});

	it('gives a new board an id of its own after a workspace with boards is deleted', async () => {
		await ask('DELETE /1/projects/1002');
		const others = await ok<Board[]>('GET /1/projects/1012/boards');
		const made = await ok<Board>('POST /1/projects/1001/boards/create-new', { json: { name: 'A' } });
		assert.ok(made.id > Math.max(...others.map(({ id }) => id)));
	});
});

const listDocuments = (id: number | string) => ok<Container>(`GET /2/documents/${id}`);
const uploadText = (container: number, name: string, text: string) => {
	const body = new FormData();
	body.append(name, new File([text], name, { type: 'text/plain' }));
	return ok<{ id: number; ver_nr: unknown }>(`POST /2/documents/${container}/upload`, { body });
};
const firstFolder = async () => (await listDocuments(1001)).contents.find(({ type }) => type === 'Folder')!;

describe('seed ProjectPlace: documents', () => {
	beforeEach(() => begin());
	afterEach(() => server.close());

	const rootOf = async () => {
		const [workspace] = await ok<(Named & { tools: { documents: { container_id: number } } })[]>(
			'GET /1/user/me/projects?include_tools=true',
		);
		return workspace!.tools.documents.container_id;
	};
	const list = listDocuments;
	const upload = uploadText;

	it('lists my workspaces, with the id of the archive only when asked', async () => {
		const workspaces = await ok<Record<string, unknown>[]>('GET /1/user/me/projects');
		assert.deepEqual(Object.keys(workspaces[0]!), ['id', 'name']);
		assert.equal(typeof (await rootOf()), 'number');
	});

	it('lists an archive by the workspace and by the container', async () => {
		const byWorkspace = await list(1001);
		assert.deepEqual([byWorkspace.id, byWorkspace.container_id], [1001, 1001]);
		const byContainer = await list(await rootOf());
		assert.deepEqual(byContainer.contents, byWorkspace.contents);
		assert.equal(byContainer.access, 'write');
		assert.ok(byContainer.contents.some(({ type }) => type === 'Folder'));
		assert.ok(
			byContainer.contents.some(({ os_file_name }) => os_file_name === 'Zeitplan%20%E2%80%93%20%C3%84nderungen.xlsx'),
		);
	});

	it('lists a folder inside the archive', async () => {
		const folder = (await list(1001)).contents.find(({ file_name }) => file_name === 'Pictures')!;
		const pictures = await list(folder.id);
		assert.equal(pictures.container_id, folder.id);
		assert.deepEqual(
			pictures.contents.map(({ type }) => type),
			['Document', 'Document'],
		);
	});

	it('gives a document’s metadata and its bytes', async () => {
		const found = (await list(1001)).contents.find(({ file_name }) => file_name.endsWith('.pdf'))!;
		const metadata = await ok<Entry & Partial<Container>>(`GET /2/documents/${found.id}`);
		assert.deepEqual(metadata, found);
		assert.equal(metadata.container_id, undefined);
		const response = await ask(`GET /1/documents/${found.id}`);
		assert.match(response.headers.get('content-disposition') ?? '', /Project%20brief\.pdf/);
		assert.match(await response.text(), /^%PDF/);
	});

	it('puts a document beside its namesake at the root', async () => {
		const root = await rootOf();
		const [first, second] = [await upload(root, 'Notiz ü.txt', 'one'), await upload(root, 'Notiz ü.txt', 'two')];
		assert.notEqual(first.id, second.id);
		assert.ok(!first.ver_nr && !second.ver_nr);
		assert.equal((await list(root)).contents.filter(({ file_name }) => file_name === 'Notiz ü.txt').length, 2);
	});

	it('makes a new version of a namesake in a folder', async () => {
		const folder = (await list(1001)).contents.find(({ type }) => type === 'Folder')!;
		const [first, second] = [await upload(folder.id, 'a "b".txt', 'one'), await upload(folder.id, 'a "b".txt', 'two')];
		assert.equal(first.id, second.id);
		assert.equal(second.ver_nr, '0.2');
		assert.equal(await (await ask(`GET /1/documents/${first.id}`)).text(), 'two');
	});

	it('makes a second document of a namesake in a folder whose versions are off', async () => {
		const folder = await firstFolder();
		const held = (server.state.nodes as { id: number; unversioned?: boolean }[]).find(({ id }) => id === folder.id);
		held!.unversioned = true;
		const [first, second] = [await upload(folder.id, 'a.txt', 'one'), await upload(folder.id, 'a.txt', 'two')];
		assert.notEqual(first.id, second.id);
		assert.ok(!first.ver_nr && !second.ver_nr);
	});

	it('knows no new folders, no list of versions and no deleting, which nobody has shown', async () => {
		const folder = await firstFolder();
		await refused(404, 'NOT_FOUND', `POST /1/documents/${folder.id}/folders/create-new`, { json: { name: 'New' } });
		await refused(404, 'NOT_FOUND', 'GET /2/documents/50001/versions');
		await refused(404, 'NOT_FOUND', 'DELETE /1/documents/50001');
		assert.ok((await listDocuments(1001)).contents.some(({ id }) => id === 50_001));
	});
});

describe('ProjectPlace’s documents as the reference guesses them, on demand', () => {
	beforeEach(() => begin({ experimental: true }));
	afterEach(() => server.close());

	it('are in folders that are made', async () => {
		const folder = await firstFolder();
		const made = await ok<Named>(`POST /1/documents/${folder.id}/folders/create-new`, { json: { name: 'New ü' } });
		const found = (await listDocuments(folder.id)).contents.find(({ id }) => id === made.id);
		assert.deepEqual([found?.type, found?.file_name], ['Folder', 'New ü']);
		assert.deepEqual((await listDocuments(made.id)).contents, []);
	});

	it('keep their earlier versions, each with its content under its own id', async () => {
		const folder = await firstFolder();
		const { id } = await uploadText(folder.id, 'a.txt', 'one');
		now += 5000;
		await uploadText(folder.id, 'a.txt', 'two');
		await uploadText(folder.id, 'a.txt', 'three');
		const versions = await ok<{ id: number; ver_nr: string; modified_time: number }[]>(
			`GET /2/documents/${id}/versions`,
		);
		assert.deepEqual(
			versions.map(({ ver_nr }) => ver_nr),
			['0.1', '0.2', '0.3'],
		);
		assert.equal(versions[0]!.modified_time, Math.floor(now / 1000));
		const texts = versions.map(async (one) => (await ask(`GET /1/documents/${one.id}`)).text());
		assert.deepEqual(await Promise.all(texts), ['one', 'two', 'three']);
		const listed = (await listDocuments(folder.id)).contents.filter(({ file_name }) => file_name === 'a.txt');
		assert.deepEqual(
			listed.map((one) => one.id),
			[id],
		);
	});

	it('are deleted alone or with their folder, and their ids serve nobody else', async () => {
		const folder = await firstFolder();
		const { id } = await uploadText(folder.id, 'a.txt', 'one');
		await ok(`DELETE /1/documents/${id}`);
		await refused(404, /^NOT_FOUND/, `GET /1/documents/${id}`);
		const inside = await uploadText(folder.id, 'b.txt', 'two');
		assert.notEqual(inside.id, id);
		await ok(`DELETE /1/documents/${folder.id}`);
		await refused(404, /^NOT_FOUND/, `GET /2/documents/${folder.id}`);
		await refused(404, /^NOT_FOUND/, `GET /2/documents/${inside.id}`);
		assert.ok(!(await listDocuments(1001)).contents.some((one) => one.id === folder.id));
	});

	it('are refused where the form, the thing or the right is another', async () => {
		const { id } = await firstFolder();
		const create = (at: number, json: object) => [`POST /1/documents/${at}/folders/create-new`, { json }] as const;
		await refused(400, 'MISSING_NAME', ...create(id, {}));
		await refused(400, 'INVALID_NAME', ...create(id, { name: ' ' }));
		await refused(400, 'UNKNOWN_PARAMETER_PARENT', ...create(id, { name: 'a', parent: 1 }));
		await refused(404, 'NOT_FOUND_CONTAINER', ...create(50_001, { name: 'a' }));
		await refused(404, 'NOT_FOUND_DOCUMENT', ...create(1, { name: 'a' }));
		await refused(403, 'ACCESS_DENIED', ...create(77_012, { name: 'a' }));
		await refused(404, 'NOT_FOUND_DOCUMENT', `GET /2/documents/${id}/versions`);
		await refused(403, 'ACCESS_DENIED', 'DELETE /1/documents/77001');
		const archived = (await listDocuments(77_012)).contents[0]!;
		await refused(403, 'ACCESS_DENIED', `DELETE /1/documents/${archived.id}`);
	});
});

describe('seed ProjectPlace: webhooks and OData', () => {
	beforeEach(() => begin());
	afterEach(() => server.close());

	it('subscribes, lists, changes and deletes a webhook', async () => {
		const { id: artifact_id } = await firstBoard();
		const webhook = 'https://my-server.example.com/webhook';
		const made = await ok<{ id: number; webhook: string; event_type: string[] }>('POST /1/webhooks', {
			json: { artifact_type: 'board', artifact_id, event_type: ['card_status_change'], project_id: 1001, webhook },
		});
		assert.deepEqual([made.id, made.webhook, made.event_type], [55, webhook, ['card_status_change']]);
		assert.deepEqual(await ok('GET /1/webhooks/list'), [made]);
		const next = 'https://new-url.example.com/hook';
		await ok('PUT /1/webhooks/55/update', { json: { event_type: ['card_status_change'], webhook: next } });
		const [changed] = await ok<{ webhook: string }[]>('GET /1/webhooks/list');
		assert.equal(changed?.webhook, next);
		const gone = await ask('DELETE /1/webhooks/55');
		assert.deepEqual([gone.status, await gone.text()], [200, '']);
		assert.deepEqual(await ok('GET /1/webhooks/list'), []);
	});

	it('refuses webhooks that are not https', async () => {
		const { id: artifact_id } = await firstBoard();
		const json = {
			artifact_type: 'board',
			artifact_id,
			event_type: ['card_status_change'],
			project_id: 1001,
			webhook: 'http://my-server.example.com',
		};
		await refused(400, 'INVALID_WEBHOOK', 'POST /1/webhooks', { json });
	});

	it('names the entity sets of the three roots and reads one', async () => {
		for (const [root, set] of [
			['pm', 'Cards'],
			['am', 'AccountWorkspaces'],
			['portfolios', 'Portfolios'],
		]) {
			const { value } = await ok<{ value: { name: string }[] }>(`GET ${place.odataUrl}/${root}`);
			assert.ok(
				value.some(({ name }) => name === set),
				root,
			);
			const rows = await ok<{ value: object[] }>(`GET ${place.odataUrl}/${root}/${set}`);
			assert.ok(rows.value.length > 0);
		}
		const { value } = await ok<{ value: { name: string }[] }>(`GET ${place.odataUrl}/am`);
		assert.deepEqual(
			value.map(({ name }) => name),
			[
				'AccountPeople',
				'AccountWorkspaces',
				'AccountWorkspaceMembers',
				'Requests',
				'WorkspaceCustomField',
				'RequestCustomFormFields',
			],
		);
	});
});

describe('ProjectPlace’s sandbox is strict', () => {
	beforeEach(() => begin());
	afterEach(() => server.close());

	it('answers nobody without credentials', async () => {
		for (const path of ['/1/account', '/2/documents/1001', '/odata/pm', '/1/webhooks/list']) {
			await refused(401, 'AUTHENTICATION_REQUIRED', `GET ${path}`, { authorization: '' });
			await refused(401, 'INVALID_TOKEN', `GET ${path}`, { authorization: 'Bearer nothing' });
		}
		const { status } = await fetch(`${place.url}/1/account?access_token=${(await bearer()).slice(7)}`);
		assert.equal(status, 401);
	});

	it('refuses a token after its thirty days', async () => {
		const authorization = await bearer();
		now += 2_592_000_000;
		await refused(401, 'INVALID_TOKEN', 'GET /1/account', { authorization });
	});

	it('refuses wrong signatures, old times, used nonces and other methods', async () => {
		const url = `${place.url}/1/account`;
		const bad = (code: string, changed: Record<string, string>) =>
			refused(401, code, 'GET /1/account', { authorization: signed('GET', url, {}, changed) });
		await bad('INVALID_SIGNATURE', { oauth_signature: 'bm90aGluZw==' });
		await bad('INVALID_TIMESTAMP', { oauth_timestamp: String(Math.floor(now / 1000) - 301) });
		await bad('INVALID_TIMESTAMP', { oauth_timestamp: 'now' });
		await bad('INVALID_TIMESTAMP', { oauth_timestamp: (now / 1000).toFixed(3) });
		await bad('INVALID_TIMESTAMP', { oauth_timestamp: ` ${Math.floor(now / 1000)}` });
		await bad('INVALID_NONCE', { oauth_nonce: '' });
		await bad('INVALID_OAUTH_PARAMETERS', { oauth_signature_method: 'PLAINTEXT' });
		await bad('INVALID_OAUTH_PARAMETERS', { oauth_token: 'other' });
		await bad('INVALID_OAUTH_PARAMETERS', { oauth_version: '2.0' });
		await ok('GET /1/account', { authorization: signed('GET', url, {}, { oauth_nonce: 'once' }) });
		await bad('INVALID_NONCE', { oauth_nonce: 'once' });
	});

	it('refuses an OAuth 1 header with anything twice or without quotation marks', async () => {
		const header = () => signed('GET', `${place.url}/1/account`);
		for (const authorization of [
			`${header()}, oauth_version="1.0"`,
			`${header()}, oauth_callback=oob`,
			`${header()}, and so on`,
			header().replaceAll(', ', ' '),
		]) {
			await refused(401, 'INVALID_OAUTH_PARAMETERS', 'GET /1/account', { authorization });
		}
	});

	it('refuses a signature that leaves out the query or the form, or signs JSON', async () => {
		const url = `${place.url}/1/user/me/projects`;
		await refused(401, 'INVALID_SIGNATURE', 'GET /1/user/me/projects?include_tools=true', {
			authorization: signed('GET', url),
		});
		const create = `${place.url}/1/account/projects`;
		await refused(401, 'INVALID_SIGNATURE', 'POST /1/account/projects', {
			form: { name: 'A' },
			authorization: signed('POST', create),
		});
		await refused(401, 'INVALID_SIGNATURE', 'POST /1/account/projects', {
			json: { name: 'A' },
			authorization: signed('POST', create, { name: 'A' }),
		});
	});

	it('refuses wrong clients and grants in OAuth’s own form', async () => {
		const { clientId } = place.clientCredentials;
		for (const [status, error, reply] of [
			[401, 'invalid_client', tokenRequest({ grant_type: 'client_credentials' }, { clientId, clientSecret: 'wrong' })],
			[401, 'invalid_client', tokenRequest({ grant_type: 'client_credentials' })],
			[
				401,
				'invalid_client',
				tokenRequest(
					{ grant_type: 'client_credentials' },
					{
						clientId: encode(clientId).replaceAll('-', '%2D'),
						clientSecret: encode(place.clientCredentials.clientSecret),
					},
				),
			],
			[400, 'unsupported_grant_type', tokenRequest({ grant_type: 'password' }, place.clientCredentials)],
			[400, 'invalid_grant', tokenRequest({ ...application(), grant_type: 'authorization_code', code: 'none' })],
			[
				400,
				'invalid_request',
				fetch(`${place.url}/oauth2/access_token`, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: '{"grant_type":"client_credentials"}',
				}),
			],
		] as const) {
			const response = await reply;
			assert.deepEqual([response.status, ((await response.json()) as { error: string }).error], [status, error]);
		}
	});

	it('refuses a client that shows itself twice, and any parameter that comes twice', async () => {
		const { clientId: client_id, clientSecret: client_secret } = place.clientCredentials;
		const form = { grant_type: 'client_credentials', client_id, client_secret };
		const twice = await tokenRequest(form, place.clientCredentials);
		const again = new URLSearchParams(form);
		again.append('grant_type', 'client_credentials');
		const repeated = await fetch(`${place.url}/oauth2/access_token`, { method: 'POST', body: again });
		for (const response of [twice, repeated]) {
			assert.equal(response.status, 400);
			assert.equal(((await response.json()) as { error: string }).error, 'invalid_request');
		}
		await refused(400, 'REPEATED_PARAMETER', 'GET /1/user/me/projects?include_tools=true&include_tools=true');
		await refused(400, 'REPEATED_PARAMETER', 'POST /1/account/projects', {
			body: 'name=A&name=B',
			type: 'application/x-www-form-urlencoded',
		});
	});

	it('shows a page instead of sending anybody to an address that is not registered', async () => {
		for (const redirect_uri of ['https://elsewhere.example/<b>', 'https://oob?more=1', '']) {
			const query = new URLSearchParams({ client_id: place.authorizationCode.clientId, redirect_uri, state: 's' });
			const asked = await fetch(`${place.url}/oauth2/authorize?${query}`, { redirect: 'manual' });
			for (const response of [asked, await decide(redirect_uri, 'allow', 's')]) {
				assert.equal(response.status, 400);
				assert.equal(response.headers.get('location'), null);
				assert.match(response.headers.get('content-type') ?? '', /text\/html/);
				const html = await response.text();
				assert.match(html, /is not registered for this application/);
				assert.ok(!html.includes('<b>'), 'what was asked stands in the page as HTML');
			}
		}
		assert.deepEqual([...(server.state.tokens as Map<string, unknown>).keys()], []);
	});

	it('shows a page for an application or an answer that it does not know', async () => {
		const ask = (more: Record<string, string>) => {
			const query = { client_id: place.authorizationCode.clientId, redirect_uri: 'https://oob', ...more };
			return fetch(`${place.url}/oauth2/authorize?${new URLSearchParams(query)}`, { redirect: 'manual' });
		};
		assert.equal((await ask({ response_type: 'code' })).status, 200);
		assert.equal((await ask({ client_id: 'another' })).status, 400);
		assert.equal((await ask({ response_type: 'token' })).status, 400);
	});

	it('lets a read-only robot read and refuses every write', async () => {
		const authorization = await bearer(readOnly());
		const { id } = await ok<Board[]>('GET /1/projects/1001/boards', { authorization }).then(([board]) => board!);
		assert.equal((await ok<Container>('GET /2/documents/1001', { authorization })).access, 'read');
		await ok('POST /2/account/projects', { json: all, authorization });
		for (const line of [
			'POST /1/account/projects',
			'DELETE /1/projects/1001',
			`POST /1/boards/${id}/statuses/0/properties`,
			'POST /1/projects/1001/boards/create-new',
			'POST /1/projects/1001/cards/create-new',
			'POST /2/documents/77001/upload',
			'POST /1/webhooks',
			'POST /1/projects/1001/exports',
			'POST /1/account/people/505',
		]) {
			await refused(403, 'ACCESS_DENIED', line, {
				json: line.startsWith('DELETE') ? undefined : { name: 'A' },
				authorization,
			});
		}
		const signature = signed('GET', `${place.url}/1/account`, {}, {}, readOnly());
		await ok('GET /1/account', { authorization: signature });
	});

	it('keeps people out of the account’s affairs and of workspaces they are not in', async () => {
		const authorization = `Bearer ${(await exchanged()).reply.access_token}`;
		const mine = await ok<Named[]>('GET /1/user/me/projects', { authorization });
		const every = await ok<Named[]>('POST /2/account/projects', { json: all });
		assert.ok(mine.length > 0 && mine.length < every.length);
		await refused(403, 'ACCESS_DENIED', 'POST /2/account/projects', { json: all, authorization });
		const other = every.find(({ id }) => !mine.some((one) => one.id === id))!;
		await refused(404, 'NOT_FOUND_PROJECT', `GET /1/projects/${other.id}/boards`, { authorization });
		await refused(404, 'NOT_FOUND_PROJECT', `GET /2/documents/${other.id}`, { authorization });
		const [board] = await ok<Board[]>(`GET /1/projects/${other.id}/boards`);
		const event_type = ['card_status_change'];
		const webhook = 'https://a.example';
		const { id } = await ok<Named>('POST /1/webhooks', {
			json: { artifact_type: 'board', artifact_id: board?.id, project_id: other.id, event_type, webhook },
		});
		assert.deepEqual(await ok('GET /1/webhooks/list', { authorization }), []);
		const json = { event_type, webhook: 'https://b.example' };
		await refused(404, 'NOT_FOUND_WEBHOOK', `PUT /1/webhooks/${id}/update`, { json, authorization });
		await refused(404, 'NOT_FOUND_WEBHOOK', `DELETE /1/webhooks/${id}`, { authorization });
	});

	it('takes lists as JSON and creations as a form or JSON, nothing else', async () => {
		await refused(415, 'UNSUPPORTED_MEDIA_TYPE', 'POST /2/account/projects', { form: { limit: '5' } });
		await refused(415, 'UNSUPPORTED_MEDIA_TYPE', 'POST /1/account/projects', { body: 'name=A', type: 'text/plain' });
		await refused(400, 'INVALID_JSON', 'POST /2/account/projects', { body: '{', type: 'application/json' });
		await refused(400, 'INVALID_BODY', 'POST /2/account/projects', { json: [] });
	});

	it('refuses parameters it does not know and values that are none', async () => {
		for (const [code, json] of [
			['INVALID_LIMIT', { limit: 101 }],
			['INVALID_LIMIT', { limit: '5' }],
			['INVALID_ROW_NUMBER', { limit: 5, row_number: -1 }],
			['UNKNOWN_PARAMETER_PAGE', { limit: 5, page: 2 }],
			['UNKNOWN_PARAMETER_STATUS', { limit: 5, filter: { status: [0] } }],
			['INVALID_FILTER', { limit: 5, filter: { archive_status: [2] } }],
			['INVALID_SORT_BY', { limit: 5, sort_by: '-creation_date' }],
		] as const) {
			await refused(400, code, 'POST /2/account/projects', { json });
		}
		await refused(400, 'INVALID_ACCOUNT_ROLES', 'POST /1/account/people', {
			json: { limit: 5, filter: { account_roles: ['account_role_member'] } },
		});
		await refused(400, 'MISSING_TO', 'POST /1/account/people', {
			json: { limit: 5, filter: { last_logged_in: { from: '2026-01-01' } } },
		});
		await refused(400, 'UNKNOWN_PARAMETER_PAGE', 'GET /1/projects/1001/boards?page=2');
		await refused(400, 'INVALID_INCLUDE_TOOLS', 'GET /1/user/me/projects?include_tools=yes');
		await refused(400, 'MISSING_NAME', 'POST /1/account/projects', { json: { owner_id: 501 } });
		await refused(400, 'INVALID_OWNER_ID', 'POST /1/account/projects', { json: { name: 'A', owner_id: 9 } });
		await refused(400, 'INVALID_INCLUDE_PLAN', 'POST /1/projects/1001/exports', { json: { include_plan: 'yes' } });
		await refused(400, 'UNKNOWN_ACTION', 'POST /1/account/people/505', {
			json: { action: 'constructor', params: [1] },
		});
	});

	it('refuses cards of other boards, columns, labels, people and activities', async () => {
		const { id: board_id } = await firstBoard();
		const create = (code: string, json: object, status = 400) =>
			refused(status, code, 'POST /1/projects/1001/cards/create-new', { json: { title: 'A', board_id, ...json } });
		await create('NOT_FOUND_BOARD', { board_id: 2004 }, 404);
		await create('INVALID_COLUMN_ID', { column_id: 99 });
		await create('INVALID_LABEL_ID', { label_id: 99 });
		await create('INVALID_ASSIGNEE_ID', { assignee_id: 99 });
		await create('INVALID_PLANLET_ID', { planlet_id: 99 });
		await create('INVALID_DUE_DATE', { due_date: '14.12.2026' });
		await create('INVALID_DUE_DATE', { due_date: '2026-02-30' });
		await create('INVALID_DUE_DATE', { due_date: ['2026-12-14'] });
		await create('INVALID_BOARD_ID', { board_id: [board_id] });
		await create('INVALID_TITLE', { title: ' ' });
		await create('INVALID_IS_BLOCKED', { is_blocked: true });
		await create('UNKNOWN_PARAMETER_IS_BLOCKED_REASON', { is_blocked_reason: 'no' });
	});

	it('refuses boards without a name, with other members, and in workspaces that are not there', async () => {
		const create = (status: number, code: string, json: object, project = 1001) =>
			refused(status, code, `POST /1/projects/${project}/boards/create-new`, { json });
		await create(400, 'MISSING_NAME', { description: 'A' });
		await create(400, 'INVALID_NAME', { name: ' ' });
		await create(400, 'INVALID_DESCRIPTION', { name: 'A', description: null });
		await create(400, 'UNKNOWN_PARAMETER_PROGRESSES', { name: 'A', progresses: [] });
		await create(404, 'NOT_FOUND_PROJECT', { name: 'A' }, 99);
		await refused(415, 'UNSUPPORTED_MEDIA_TYPE', 'POST /1/projects/1001/boards/create-new', { form: { name: 'A' } });
	});

	it('refuses uploads in another form, to a workspace, to a document and to an archived workspace', async () => {
		const form = (...parts: [string, string][]) => {
			const body = new FormData();
			parts.forEach(([field, name]) => body.append(field, new File(['x'], name)));
			return { body };
		};
		await refused(400, 'INVALID_FILE_PART', 'POST /2/documents/77001/upload', form(['file', 'a.txt']));
		await refused(400, 'INVALID_FILE_PART', 'POST /2/documents/77001/upload', form(['a', 'a'], ['b', 'b']));
		await refused(415, 'UNSUPPORTED_MEDIA_TYPE', 'POST /2/documents/77001/upload', { body: 'x', type: 'text/plain' });
		await refused(404, 'NOT_FOUND_DOCUMENT', 'POST /2/documents/1001/upload', form(['a', 'a']));
		await refused(404, 'NOT_FOUND_CONTAINER', 'POST /2/documents/50001/upload', form(['a', 'a']));
		await refused(403, 'ACCESS_DENIED', 'POST /2/documents/77012/upload', form(['a', 'a']));
	});

	it('refuses webhooks for other things, events and workspaces', async () => {
		const { id: artifact_id } = await firstBoard();
		const subscribe = (status: number, code: string, json: object) =>
			refused(status, code, 'POST /1/webhooks', {
				json: {
					artifact_type: 'board',
					artifact_id,
					event_type: ['card_status_change'],
					project_id: 1001,
					webhook: 'https://a.example',
					...json,
				},
			});
		await subscribe(400, 'INVALID_ARTIFACT_TYPE', { artifact_type: 'card' });
		await subscribe(400, 'INVALID_EVENT_TYPE', { event_type: ['card_create'] });
		await subscribe(400, 'INVALID_EVENT_TYPE', { event_type: 'card_status_change' });
		await subscribe(400, 'INVALID_WEBHOOK', { webhook: ['https://a.example'] });
		await subscribe(400, 'INVALID_PROJECT_ID', { project_id: 1002 });
		await subscribe(404, 'NOT_FOUND_BOARD', { artifact_id: 99 });
		await refused(404, 'NOT_FOUND_WEBHOOK', 'PUT /1/webhooks/7/update', {
			json: { event_type: ['card_status_change'], webhook: 'https://a.example' },
		});
	});

	it('knows no other addresses and no slash at the end', async () => {
		for (const path of [
			'/1/account/',
			'/3/account',
			'/odata/portfolio',
			'/odata/pm/Nothing',
			'/odata/pm/constructor',
			'/1/boards/2001/columns',
		]) {
			await refused(404, /^NOT_FOUND/, `GET ${path}`);
		}
	});
});
