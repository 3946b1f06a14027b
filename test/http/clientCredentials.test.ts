import assert from 'node:assert/strict';
import { Refused, SignInNeeded, UnexpectedReply, Unreachable } from '../../src/core/errors.ts';
import { ClientCredentialsToken, type TokenOptions } from '../../src/http/clientCredentials.ts';
import { Http } from '../../src/http/request.ts';

const signal = (): AbortSignal => new AbortController().signal;

describe('A client credentials token', () => {
	const clientSecret = 'secret:with/%+é';
	let now: number;
	let asked: Request[];
	let answers: (() => Response | Promise<Response>)[];
	const issued =
		(body: unknown, status = 200): (() => Response) =>
		() =>
			Response.json(body, { status });

	function make(options: Partial<TokenOptions> = {}): ClientCredentialsToken {
		return new ClientCredentialsToken({
			server: 'https://api.example.com',
			tokenPath: '/oauth2/access_token',
			names: { vendor: 'Vendor', account: 'Acme' },
			log: { debug: () => undefined, warn: () => undefined },
			credentials: async () => ({ clientId: 'robot-1_a.b', clientSecret }),
			clock: () => now,
			fetch: async (input) => {
				asked.push(input as Request);
				const answer = answers.length > 1 ? answers.shift() : answers[0];
				return answer!();
			},
			...options,
		});
	}

	async function carried(token: ClientCredentialsToken): Promise<string | null> {
		const request = await token.authorize(new Request('https://api.example.com/1/account'), signal());
		return request.headers.get('authorization');
	}

	beforeEach(() => {
		now = 1_000_000;
		asked = [];
		answers = [
			issued({ access_token: 'first', token_type: 'Bearer', expires_in: 3600 }),
			issued({ access_token: 'second', expires: 3600 }),
			issued({ access_token: 'third' }),
		];
	});

	it('is asked for with the id and secret as they are, in Basic, and the grant in the form', async () => {
		assert.equal(await carried(make()), 'Bearer first');
		const [request] = asked;
		assert.equal(request!.method, 'POST');
		assert.equal(
			request!.headers.get('authorization'),
			`Basic ${Buffer.from(`robot-1_a.b:${clientSecret}`).toString('base64')}`,
		);
		assert.match(request!.headers.get('content-type') ?? '', /^application\/x-www-form-urlencoded/);
	});

	it('is asked for once by all who need it at the same time', async () => {
		const token = make();
		assert.deepEqual(new Set(await Promise.all([1, 2, 3, 4, 5].map(() => carried(token)))), new Set(['Bearer first']));
		assert.equal(asked.length, 1);
	});

	it('is asked for anew five minutes before it ends, whichever word names its life', async () => {
		const token = make();
		await carried(token);
		now += 3_299_000;
		assert.equal(await carried(token), 'Bearer first');
		now += 2_000;
		assert.deepEqual(await Promise.all([carried(token), carried(token)]), ['Bearer second', 'Bearer second']);
		assert.equal(asked.length, 2);
		now += 3_301_000;
		assert.equal(await carried(token), 'Bearer third');
		now += 2_591_000_000;
		assert.equal(await carried(token), 'Bearer third');
		now += 1_000_000;
		await carried(token);
		assert.equal(asked.length, 4);
	});

	it('is used where the named life makes no sense', async () => {
		for (const life of [0, -1, 'soon', {}]) {
			answers = [issued({ access_token: 'odd', expires_in: life })];
			assert.equal(await carried(make()), 'Bearer odd');
		}
	});

	it('lives half its life where that is shorter than the reserve', async () => {
		answers = [issued({ access_token: 'brief', expires_in: 60 })];
		const token = make();
		await carried(token);
		now += 29_000;
		await carried(token);
		assert.equal(asked.length, 1);
		now += 2_000;
		await carried(token);
		assert.equal(asked.length, 2);
	});

	/** Requests through `Http` to a server that takes one token. */
	function through(token: ClientCredentialsToken, accepted: () => string): Http {
		const server: typeof fetch = async (input) =>
			(input as Request).headers.get('authorization') === `Bearer ${accepted()}`
				? Response.json({})
				: Response.json({}, { status: 401 });
		return new Http({
			base: 'https://api.example.com',
			names: { vendor: 'Vendor', account: 'Acme' },
			log: { debug: () => undefined, warn: () => undefined },
			fetch: token.watchFetch(server),
			authorize: (request, signal) => token.authorize(request, signal),
			renew: (signal) => token.renew(signal),
		});
	}

	it('is asked for once more after a refusal, however many requests were refused', async () => {
		let accepted = 'first';
		const http = through(make(), () => accepted);
		await http.reply({ path: '/1' }, signal());
		accepted = 'second';
		await Promise.all(['/1', '/2', '/3', '/4'].map((path) => http.reply({ path }, signal())));
		assert.equal(asked.length, 2);
	});

	it('gives up after one renewal', async () => {
		const http = through(make(), () => 'never issued');
		await assert.rejects(http.reply({ path: '/1' }, signal()), SignInNeeded);
		assert.equal(asked.length, 2);
	});

	it('does not send again where the server only gives the refused token', async () => {
		answers = [issued({ access_token: 'same' })];
		const token = make();
		const http = through(token, () => 'other');
		await assert.rejects(http.reply({ path: '/1' }, signal()), SignInNeeded);
	});

	it('is handed out bare', async () => {
		const token = make();
		assert.equal(await token.value(signal()), 'first');
		assert.equal(await carried(token), 'Bearer first');
	});

	it('stays as it is where a proxy refuses in the server’s place', async () => {
		const token = make();
		const page: typeof fetch = async () =>
			new Response('<html><h1>Sign in</h1>', { status: 401, headers: { 'content-type': 'text/html' } });
		const send = token.watchFetch(page);
		await send('https://api.example.com/', { headers: { authorization: (await carried(token)) ?? '' } });
		assert.equal(await carried(token), 'Bearer first');
		assert.equal(asked.length, 1);
	});

	it('renews for a stream as well', async () => {
		let accepted = 'first';
		const http = through(make(), () => accepted);
		await http.reply({ path: '/1' }, signal());
		accepted = 'second';
		assert.equal((await http.stream({ path: '/file' }, signal())).status, 200);
	});

	it('notices a refusal of an upload', async () => {
		const token = make();
		const send = token.watchSend(async () => ({ status: 401, headers: new Headers(), text: '' }));
		const authorization = (await carried(token)) ?? '';
		await send({
			url: 'https://api.example.com/',
			method: 'POST',
			headers: { Authorization: authorization },
			body: (async function* () {})(),
			length: 0,
			signal: signal(),
		});
		assert.equal(await token.renew(signal()), true);
		assert.equal(await carried(token), 'Bearer second');
	});

	const failures: readonly (readonly [
		string,
		() => Response,
		typeof SignInNeeded | typeof Refused | typeof UnexpectedReply | typeof Unreachable,
		RegExp,
	])[] = [
		['a wrong client', issued({ error: 'invalid_client' }, 401), SignInNeeded, /credentials of Acme/],
		['a wrong client under 400', issued({ error: 'invalid_client' }, 400), SignInNeeded, /credentials of Acme/],
		[
			'another refusal',
			issued({ error: 'invalid_request', error_description: 'Something is missing.' }, 400),
			Refused,
			/Something is missing\.$/,
		],
		[
			'a refusal that quotes the secret',
			issued({ error: 'invalid_request', error_description: `${clientSecret} is no secret` }, 400),
			Refused,
			/declined: ‹secret› is no secret\.$/,
		],
		['an outage', () => new Response('', { status: 500, headers: { 'retry-after': '60' } }), Unreachable, /status 500/],
		[
			'a web page',
			() => new Response('<!doctype html><p>Hello', { headers: { 'content-type': 'text/html' } }),
			UnexpectedReply,
			/web page/,
		],
		['text that is no JSON', () => new Response('{"access_token": "fir'), UnexpectedReply, /not JSON/],
		['JSON without a token', issued({ token_type: 'bearer' }), UnexpectedReply, /without an access token/],
		['an empty token', issued({ access_token: '' }), UnexpectedReply, /without an access token/],
		[
			'a token of another type',
			issued({ access_token: 'precious', token_type: 'mac' }),
			UnexpectedReply,
			/a form Boardwalk does not know/,
		],
	];
	for (const [what, answer, kind, sentence] of failures) {
		it(`says what is wrong with ${what}, without secret or token`, async () => {
			answers = [answer];
			await assert.rejects(carried(make()), (error: unknown) => {
				assert.ok(error instanceof kind, `${String(error)} instead of ${kind.name}`);
				assert.match(error.message, sentence);
				for (let at: unknown = error; at instanceof Error; at = at.cause) {
					assert.doesNotMatch(JSON.stringify(at.cause ?? '') + at.message, /precious|secret:with/);
				}
				return true;
			});
		});
	}

	it('asks again after a failure', async () => {
		answers = [issued({}), issued({ access_token: 'late' })];
		const token = make();
		await assert.rejects(carried(token), UnexpectedReply);
		assert.equal(await carried(token), 'Bearer late');
	});

	it('lets one asker leave without taking the token from the others', async () => {
		let release: () => void = () => undefined;
		answers = [
			() => new Promise<Response>((resolve) => (release = () => resolve(Response.json({ access_token: 'first' })))),
		];
		const token = make();
		const leaving = new AbortController();
		const left = token.authorize(new Request('https://api.example.com/'), leaving.signal);
		const stays = carried(token);
		leaving.abort();
		await assert.rejects(left, { name: 'AbortError' });
		while (asked.length === 0) {
			await new Promise((resolve) => setImmediate(resolve));
		}
		release();
		assert.equal(await stays, 'Bearer first');
	});
});
