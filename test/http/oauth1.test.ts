import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { SignInEnded, SignInNeeded, UnexpectedReply } from '../../src/core/errors.ts';
import { accessTokenFor, type OAuth1Place, oauth1Signature, requestToken, signOAuth1 } from '../../src/http/oauth1.ts';
import { Http } from '../../src/http/request.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { collectingLog, signal } from '../support/session.ts';
import { cutOff, hangUp, type Opponent, startOpponent, status, wordsOf } from './opponent.ts';

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
			await check(await signOAuth1(new Request(url, init), secrets));
		});
	}

	it('is what a server works out, whatever stands in the query and the form', async () => {
		// The package that signs loses a parameter called `__proto__`; names are ours, and none is.
		const names = fc
			.oneof(fc.constantFrom('a', 'ä', 'a b', '10', 'toString', ''), fc.string({ unit: 'grapheme' }))
			.filter((name) => name !== '__proto__');
		const pairs = fc.array(fc.tuple(names, fc.string({ unit: 'grapheme' })), { maxLength: 6 });
		await fc.assert(
			fc.asyncProperty(pairs, fc.option(pairs, { nil: undefined }), async (query, form) => {
				const url = `https://api.example.com/a?${new URLSearchParams(query)}`;
				const init = form && { method: 'POST', body: new URLSearchParams(form) };
				await check(await signOAuth1(new Request(url, init), secrets));
			}),
		);
	});

	it('covers further parameters, and leaves the token out where there is none', async () => {
		const application = { consumerKey: 'key', consumerSecret: 'consumer & secret' };
		const url = 'https://api.example.com/initiate';
		const callback = 'vscode://some.extension/signed-in?vendor=ä+b%20c';
		const request = await signOAuth1(new Request(url, { method: 'POST' }), application, { oauth_callback: callback });
		const { oauth_callback, oauth_token } = parametersOf(request);
		assert.deepEqual([oauth_callback, oauth_token], [callback, undefined]);
		await check(request, '');
	});

	/** Works the signature out anew, without any code of ours. */
	async function check(request: Request, tokenSecret?: string): Promise<void> {
		const { oauth_signature, ...own } = parametersOf(request);
		const isForm = /urlencoded/.test(request.headers.get('content-type') ?? '');
		const text = await request.text();
		const pairs = [
			...Object.entries(own),
			...new URL(request.url).searchParams,
			...(isForm ? new URLSearchParams(text) : []),
		];
		assert.equal(oauth_signature, expected(request, pairs, tokenSecret));
	}

	function parametersOf(request: Request): Record<string, string> {
		const header = request.headers.get('authorization') ?? '';
		assert.match(header, /^OAuth oauth_/);
		return Object.fromEntries(
			[...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name!, decodeURIComponent(value!)]),
		);
	}

	function expected(
		request: Request,
		pairs: readonly (readonly [string, string])[],
		tokenSecret = secrets.tokenSecret,
	): string {
		const url = new URL(request.url);
		const parameters = pairs
			.map(([name, value]) => [encode(name), encode(value)] as const)
			.sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
			.map((pair) => pair.join('='))
			.join('&');
		const base = [request.method, `${url.protocol}//${url.host}${url.pathname}`, parameters].map(encode).join('&');
		return createHmac('sha1', `${encode(secrets.consumerSecret)}&${encode(tokenSecret)}`)
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

describe('A sign-in through OAuth 1', () => {
	const callback = 'vscode://boardwalk-tools.boardwalk/signed-in';
	const application = { consumerKey: 'practice-sign-in', consumerSecret: 'practice+sign-in/secret' };
	const initiate = { path: '/initiate', callback };
	let log: string[];

	function placeAt(server: string, more: Partial<OAuth1Place> = {}): OAuth1Place {
		const names = { vendor: 'Vendor', account: 'Acme' };
		return { server, names, fetch: globalThis.fetch, log: collectingLog(log), ...application, ...more };
	}

	beforeEach(() => {
		log = [];
	});

	describe('at the sandbox', () => {
		let vendor: TestVendor;
		let place: OAuth1Place;

		beforeEach(async () => {
			vendor = await startVendor('projectplace');
			place = placeAt(String(vendor.address.url));
		});
		afterEach(() => vendor.close());

		/** What the person does on the vendor's page. */
		async function allow(token: string): Promise<string> {
			const body = new URLSearchParams({ oauth_token: token, decision: 'allow' });
			const { headers } = await fetch(`${place.server}/authorize`, { method: 'POST', body, redirect: 'manual' });
			return new URL(headers.get('location') ?? '').searchParams.get('oauth_verifier') ?? '';
		}

		it('ends with a token that signs requests', async () => {
			const temporary = await requestToken(place, initiate, signal());
			const verifier = await allow(temporary.token);
			const token = await accessTokenFor(place, { path: '/token', ...temporary, verifier }, signal());
			const { server: base, names, fetch } = place;
			const authorize = (request: Request) => signOAuth1(request, { ...application, ...token });
			const http = new Http({ base, names, fetch, log: place.log, authorize });
			assert.equal((await http.reply({ path: '/1/user/me/profile' }, signal())).status, 200);
			assert.doesNotMatch(log.join('\n'), new RegExp(`verifier|${token.token}|${token.tokenSecret}`));
		});

		it('says that a code was used already, or is wrong', async () => {
			const temporary = await requestToken(place, initiate, signal());
			const step = { path: '/token', ...temporary, verifier: await allow(temporary.token) };
			await accessTokenFor(place, step, signal());
			for (const wrong of [step, { ...step, token: 'unknown' }]) {
				await assert.rejects(accessTokenFor(place, wrong, signal()), (error: unknown) => {
					assert.ok(error instanceof SignInNeeded, String(error));
					assert.equal(error.message, 'Vendor says this code is wrong, was used already or is too old. Start again.');
					return true;
				});
			}
		});

		it('says that the application is not known', async () => {
			await assert.rejects(
				requestToken({ ...place, consumerSecret: 'another' }, initiate, signal()),
				(error: unknown) => {
					assert.ok(error instanceof SignInNeeded);
					assert.equal(error.message, 'Vendor did not accept the key and the secret of the application.');
					return true;
				},
			);
		});
	});

	describe('at another server', () => {
		let opponent: Opponent;
		const form = { 'content-type': 'application/x-www-form-urlencoded' };
		const step = { path: '/token', token: 't', tokenSecret: 's3cret', verifier: 's3cret-verifier' };

		beforeEach(async () => {
			opponent = await startOpponent();
		});
		afterEach(() => opponent.close());

		it('reads the answer whatever it calls itself', async () => {
			const body = 'oauth_token=a%2Bb&oauth_token_secret=c%26d&oauth_callback_confirmed=true';
			for (const type of ['text/plain', 'text/html; charset=utf-8', 'application/x-www-form-urlencoded']) {
				opponent.answers(status(200, { 'content-type': type }, body));
				assert.deepEqual(await requestToken(placeAt(opponent.base), initiate, signal()), {
					token: 'a+b',
					tokenSecret: 'c&d',
				});
			}
		});

		for (const [what, body] of [
			['that does not confirm the callback', 'oauth_token=a&oauth_token_secret=s3cret'],
			['that denies it', 'oauth_token=a&oauth_token_secret=s3cret&oauth_callback_confirmed=false'],
			['without a token', 'oauth_token_secret=s3cret&oauth_callback_confirmed=true'],
			['without its secret', 'oauth_token=a&oauth_callback_confirmed=true'],
			['that is empty', ''],
			['that is JSON', '{"oauth_token":"a"}'],
		] as const) {
			it(`does not take an answer ${what}`, async () => {
				opponent.answers(status(200, form, body));
				await assert.rejects(requestToken(placeAt(opponent.base), initiate, signal()), (error: unknown) => {
					assert.ok(error instanceof UnexpectedReply, String(error));
					assert.doesNotMatch(wordsOf(error), /s3cret/);
					return true;
				});
			});
		}

		for (const [what, answer] of [
			['the server fails', status(500)],
			['the server is busy', status(503)],
			['the connection breaks', hangUp],
			['the answer is cut off', cutOff],
		] as const) {
			it(`sends each step once when ${what}, and says that nothing was stored`, async () => {
				opponent.answers(answer);
				const place = placeAt(opponent.base);
				for (const run of [requestToken(place, initiate, signal()), accessTokenFor(place, step, signal())]) {
					await assert.rejects(run, (error: unknown) => {
						assert.ok(error instanceof SignInEnded, String(error));
						assert.match(error.message, /Nothing was stored/);
						assert.doesNotMatch(wordsOf(error) + log.join(), /s3cret/);
						return true;
					});
				}
				assert.equal(opponent.got.length, 2);
			});
		}

		it('does not take a proxy’s page for the vendor’s refusal', async () => {
			for (const code of [400, 401, 403]) {
				opponent.answers(status(code, { 'content-type': 'text/html' }, '<html><h1>Sign in</h1>'));
				const run = accessTokenFor(placeAt(opponent.base), step, signal());
				await assert.rejects(run, (error) => !(error instanceof SignInNeeded));
			}
		});

		it('passes on that it was cancelled', async () => {
			const leaving = AbortSignal.abort();
			await assert.rejects(requestToken(placeAt(opponent.base), initiate, leaving), { name: 'AbortError' });
		});
	});
});
