import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { Refused, SignInNeeded, UnexpectedReply, Unreachable } from '../../src/core/errors.ts';
import { ClientCredentialsToken, oauth1Signature, signOAuth1, type TokenOptions } from '../../src/http/oauth.ts';
import { Http } from '../../src/http/request.ts';

const signal = (): AbortSignal => new AbortController().signal;

describe('An OAuth 1 signature', () => {
	const secrets = {
		consumerKey: 'key',
		consumerSecret: 'consumer & secret',
		token: 'token',
		tokenSecret: 'token/secret+é',
	};

	it('is that of the first example in RFC 5849', async () => {
		const photos = {
			consumerKey: 'dpf43f3p2l4k3l03',
			consumerSecret: 'kd94hf93k423kf44',
			token: 'nnch734d00sl2jdk',
			tokenSecret: 'pfkkdhi9sl3r4s00',
		};
		const request = new Request('http://photos.example.net/photos?file=vacation.jpg&size=original');
		const signature = await oauth1Signature(request, photos, {
			oauth_consumer_key: photos.consumerKey,
			oauth_token: photos.token,
			oauth_signature_method: 'HMAC-SHA1',
			oauth_timestamp: '137131202',
			oauth_nonce: 'chapoH',
		});
		assert.equal(signature, 'MdpQcU8iPSUjWoN/UDMsK2sui9I=');
	});

	it('covers what section 3.4.1.1 lists: repeated and empty parameters of query and form', async () => {
		const example = {
			consumerKey: '9djdj82h48djs9d2',
			consumerSecret: 'j49sk3j29djd',
			token: 'kkk9d7dh3k39sjv7',
			tokenSecret: 'dh893hdasih9',
		};
		const request = new Request('http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b', {
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: 'c2&a3=2+q',
		});
		const signature = await oauth1Signature(request, example, {
			oauth_consumer_key: example.consumerKey,
			oauth_token: example.token,
			oauth_signature_method: 'HMAC-SHA1',
			oauth_timestamp: '137131201',
			oauth_nonce: '7d8f3e4a',
		});
		const base =
			'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7';
		assert.equal(signature, createHmac('sha1', 'j49sk3j29djd&dh893hdasih9').update(base).digest('base64'));
	});

	const cases: readonly (readonly [string, string, RequestInit?])[] = [
		['plain', 'https://api.example.com/1/account'],
		['other than ASCII', 'https://api.example.com/1/büro/みなと?name=Über%20uns&ort=H%C3%B6fn'],
		['plus and percent', 'https://api.example.com/a?x=1%2B1&y=50%25&z=a+b&w=%2520'],
		['repeated', 'https://api.example.com/a?id=10&id=9&id=10&id='],
		['signs that encodeURIComponent leaves', "https://api.example.com/a?q=!'()*~-._"],
		['a port and a host in capitals', 'https://API.Example.com:8443/a?b=c'],
		['a fragment', 'https://api.example.com/a?b=c#part'],
		[
			'a form',
			'https://api.example.com/a?b=c',
			{
				method: 'POST',
				body: new URLSearchParams([
					['b', 'ä + ö & 50 %'],
					['b', ''],
					['name', 'x=y'],
				]),
			},
		],
		[
			'JSON',
			'https://api.example.com/a?b=c',
			{ method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"b":"d"}' },
		],
		['numbers as names', 'https://api.example.com/a?10=x&9=y&1e1=z'],
	];
	for (const [what, url, init] of cases) {
		it(`is what a server works out: ${what}`, async () => {
			const request = await signOAuth1(new Request(url, init), secrets);
			const given = parametersOf(request);
			const isForm = /urlencoded/.test(request.headers.get('content-type') ?? '');
			const text = await request.text();
			const { oauth_signature, ...own } = given;
			const pairs = [
				...Object.entries(own),
				...new URL(request.url).searchParams,
				...(isForm ? new URLSearchParams(text) : []),
			];
			assert.equal(oauth_signature, expected(request, pairs));
		});
	}

	function parametersOf(request: Request): Record<string, string> {
		const header = request.headers.get('authorization') ?? '';
		assert.match(header, /^OAuth oauth_/);
		return Object.fromEntries(
			[...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name!, decodeURIComponent(value!)]),
		);
	}

	function expected(request: Request, pairs: readonly (readonly [string, string])[]): string {
		const url = new URL(request.url);
		const parameters = pairs
			.map(([name, value]) => [encode(name), encode(value)] as const)
			.sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
			.map((pair) => pair.join('='))
			.join('&');
		const base = [request.method, `${url.protocol}//${url.host}${url.pathname}`, parameters].map(encode).join('&');
		return createHmac('sha1', `${encode(secrets.consumerSecret)}&${encode(secrets.tokenSecret)}`)
			.update(base)
			.digest('base64');
	}

	function encode(text: string): string {
		return [...new TextEncoder().encode(text)]
			.map((byte) =>
				/[\w.~-]/.test(String.fromCharCode(byte)) && byte < 128
					? String.fromCharCode(byte)
					: `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
			)
			.join('');
	}

	it('uses each nonce once and names its method, version and time', async () => {
		const seen = new Set<string>();
		for (let at = 0; at < 20; at += 1) {
			const given = parametersOf(await signOAuth1(new Request('https://api.example.com/'), secrets));
			seen.add(given.oauth_nonce!);
			assert.equal(given.oauth_signature_method, 'HMAC-SHA1');
			assert.equal(given.oauth_version, '1.0');
			assert.ok(Math.abs(Number(given.oauth_timestamp) - Date.now() / 1000) < 5);
		}
		assert.equal(seen.size, 20);
	});

	it('leaves a body that is no form unread and every body as it was', async () => {
		let read = false;
		const body = new ReadableStream(
			{
				pull(controller) {
					read = true;
					controller.enqueue(new TextEncoder().encode('part'));
					controller.close();
				},
			},
			{ highWaterMark: 0 },
		);
		const upload = new Request('https://api.example.com/a', {
			method: 'POST',
			body,
			headers: { 'content-type': 'multipart/form-data; boundary=b' },
			duplex: 'half',
		} as RequestInit);
		const signed = await signOAuth1(upload, secrets);
		assert.equal(read, false);
		assert.equal(await signed.text(), 'part');
		const form = await signOAuth1(
			new Request('https://api.example.com/a', { method: 'POST', body: new URLSearchParams({ a: '1' }) }),
			secrets,
		);
		assert.equal(await form.text(), 'a=1');
	});
});

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
