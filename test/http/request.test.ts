import assert from 'node:assert/strict';
import { mock } from 'node:test';
import * as v from 'valibot';
import {
	NotAllowed,
	NotFound,
	OutcomeUnknown,
	ProviderError,
	Refused,
	SignInNeeded,
	TooManyRequests,
	UnexpectedReply,
	Unreachable,
} from '../../src/core/errors.ts';
import { send } from '../../src/files/upload.ts';
import { multipart } from '../../src/http/multipart.ts';
import type { Call, Reply } from '../../src/http/request.ts';
import { cutOff, hangUp, json, type Opponent, silence, startOpponent, status, wordsOf } from './opponent.ts';

const named = v.object({ name: v.string() });
const harbour = json({ name: 'Harbour' });
const signal = (): AbortSignal => new AbortController().signal;

describe('A request', () => {
	let opponent: Opponent;

	beforeEach(async () => {
		opponent = await startOpponent();
	});
	afterEach(async () => {
		mock.timers.reset();
		await opponent.close();
	});

	const read: Call = { path: '/things' };
	const write: Call = { method: 'POST', path: '/things', json: { name: 'Höfn' } };

	async function failureOf(run: Promise<unknown>): Promise<ProviderError> {
		const error = await run.then(
			() => assert.fail('it did not fail'),
			(reason: unknown) => reason,
		);
		assert.ok(error instanceof ProviderError, String(error));
		return error;
	}

	describe('that reads', () => {
		it('is sent again after a 503', async () => {
			opponent.answers(status(503), harbour);
			assert.deepEqual(await opponent.http().json(read, named, signal()), { name: 'Harbour' });
			assert.equal(opponent.got.length, 2);
		});

		it('is sent again when the answer was cut off', async () => {
			opponent.answers(cutOff, harbour);
			assert.deepEqual(await opponent.http().json(read, named, signal()), { name: 'Harbour' });
			assert.equal(opponent.got.length, 2);
		});

		it('is given up after three attempts', async () => {
			opponent.answers(status(500));
			const error = await failureOf(opponent.http().json(read, named, signal()));
			assert.ok(error instanceof Unreachable);
			assert.match(error.message, /Acme .*status 500.*My work/);
			assert.equal(opponent.got.length, 3);
		});

		it('may be a POST, and is sent again with its body', async () => {
			opponent.answers(status(503, { 'retry-after': '0' }), harbour);
			await opponent.http().json({ ...write, reads: true }, named, signal());
			assert.deepEqual(
				opponent.got.map(({ body }) => body),
				['{"name":"Höfn"}', '{"name":"Höfn"}'],
			);
		});
	});

	describe('that writes', () => {
		it('is sent once when the server fails, and nobody knows what became of it', async () => {
			opponent.answers(status(500));
			const error = await failureOf(opponent.http().json(write, named, signal()));
			assert.ok(error instanceof OutcomeUnknown);
			assert.deepEqual(error.action, { kind: 'refresh' });
			assert.equal(opponent.got.length, 1);
		});

		it('is sent again after a 429, which comes before any work', async () => {
			opponent.answers(status(429, { 'retry-after': '0' }), harbour);
			await opponent.http().json(write, named, signal());
			assert.deepEqual(
				opponent.got.map(({ body }) => body),
				['{"name":"Höfn"}', '{"name":"Höfn"}'],
			);
		});

		for (const [words, answer] of [
			['the answer was cut off', cutOff],
			['the connection broke before an answer', hangUp],
		] as const) {
			it(`is sent once when ${words}, and nobody knows what became of it`, async () => {
				opponent.answers(answer);
				assert.ok((await failureOf(opponent.http().json(write, named, signal()))) instanceof OutcomeUnknown);
				assert.equal(opponent.got.length, 1);
			});
		}

		it('never arrived where nothing listens, and may be repeated', async () => {
			await opponent.close();
			const error = await failureOf(opponent.http().json(write, named, signal()));
			assert.ok(error instanceof Unreachable);
			assert.match(error.message, /nothing answers at the address/);
		});

		it('is never sent again where it may only go out once', async () => {
			opponent.answers(status(429, { 'retry-after': '0' }), harbour);
			const error = await failureOf(opponent.http().json({ ...write, once: true }, named, signal()));
			assert.ok(error instanceof TooManyRequests);
			assert.equal(opponent.got.length, 1);
		});

		it('is given up after thirty seconds, and nobody knows what became of it', async () => {
			mock.timers.enable({ apis: ['setTimeout'] });
			opponent.answers(silence);
			const failing = failureOf(opponent.http().json(write, named, signal()));
			await opponent.arrived(1);
			mock.timers.tick(30_000);
			const error = await failing;
			assert.ok(error instanceof OutcomeUnknown);
			assert.match(wordsOf(error), /no answer within 30 s/);
		});
	});

	describe('beyond a limit', () => {
		for (const [form, header] of [
			['seconds', () => '120'],
			['a date', () => new Date(Date.now() + 120_000).toUTCString()],
		] as const) {
			it(`is not sent again when Retry-After names a long wait as ${form}`, async () => {
				opponent.answers(status(429, { 'retry-after': header() }));
				const started = Date.now();
				const error = await failureOf(opponent.http().json(read, named, signal()));
				assert.ok(error instanceof TooManyRequests);
				const wait = (error.until?.getTime() ?? 0) - started;
				assert.ok(wait > 118_000 && wait < 122_000, `waits ${wait} ms`);
				assert.equal(opponent.got.length, 1);
			});
		}

		it('reads X-RateLimit-Reset as seconds from now or since 1970', async () => {
			const soon = Math.round(Date.now() / 1000) + 300;
			for (const reset of ['300', String(soon)]) {
				opponent.answers(status(429, { 'x-ratelimit-reset': reset }));
				const error = await failureOf(opponent.http().json(read, named, signal()));
				assert.ok(error instanceof TooManyRequests);
				assert.ok(Math.abs((error.until?.getTime() ?? 0) / 1000 - soon) < 5, String(error.until));
			}
			assert.equal(opponent.got.length, 2);
		});

		it('fails without a time where the server names none', async () => {
			opponent.answers(status(429));
			const error = await failureOf(opponent.http().json(write, named, signal()));
			assert.ok(error instanceof TooManyRequests);
			assert.equal(error.until, undefined);
		});

		it('fails at once where the account’s own limit says so', async () => {
			let turns = 0;
			const limit = (): Promise<never> => {
				turns += 1;
				return Promise.reject(new TooManyRequests('Enough for today.', undefined));
			};
			const error = await failureOf(opponent.http({ limit }).json(read, named, signal()));
			assert.equal(error.message, 'Enough for today.');
			assert.equal(turns, 1);
			assert.equal(opponent.got.length, 0);
		});
	});

	describe('that is refused', () => {
		for (const [code, kind, sentence] of [
			[400, Refused, 'Acme declined the request (status 400).'],
			[401, SignInNeeded, 'Acme did not accept the credentials of My work.'],
			[403, NotAllowed, 'Acme does not allow My work to do this.'],
			[404, NotFound, 'Acme does not have this any more, or My work may not see it.'],
			[410, NotFound, 'Acme does not have this any more, or My work may not see it.'],
		] as const) {
			it(`with ${code} becomes ${kind.name}, for reading and writing alike`, async () => {
				opponent.answers(status(code));
				for (const call of [read, write]) {
					const error = await failureOf(opponent.http().json(call, named, signal()));
					assert.ok(error instanceof kind, String(error));
					assert.equal(error.message, sentence);
				}
				assert.equal(opponent.got.length, 2, 'it was sent again');
			});
		}

		it('gives the vendor’s own words and fields', async () => {
			opponent.answers(json({ wrong: 'title' }, 422));
			const explain = ({ status, body }: Reply) =>
				status === 422
					? {
							kind: 'refused' as const,
							reason: 'too long',
							problems: [{ field: (body as { wrong: string }).wrong, message: 'too long' }],
						}
					: undefined;
			const error = await failureOf(opponent.http({ explain }).json(write, named, signal()));
			assert.ok(error instanceof Refused);
			assert.equal(error.message, 'Acme declined: too long.');
			assert.deepEqual(error.problems, [{ field: 'title', message: 'too long' }]);
		});

		it('under 200 is seen where the vendor explains it', async () => {
			opponent.answers(json({ status: 'error' }));
			const explain = () => ({ kind: 'notFound' as const });
			assert.ok((await failureOf(opponent.http({ explain }).json(read, named, signal()))) instanceof NotFound);
		});
	});

	describe('with an answer of another kind', () => {
		it('says that a web page came, whatever it calls itself', async () => {
			for (const type of ['text/html', 'application/json']) {
				opponent.answers(status(200, { 'content-type': type }, '<!doctype html><title>Sign in</title>'));
				const error = await failureOf(opponent.http().json(read, named, signal()));
				assert.ok(error instanceof UnexpectedReply);
				assert.match(error.message, /web page/);
			}
		});

		it('does not take broken JSON for an answer', async () => {
			opponent.answers(status(200, { 'content-type': 'application/json' }, '{"name": "Har'));
			const error = await failureOf(opponent.http().json(read, named, signal()));
			assert.ok(error instanceof UnexpectedReply);
			assert.match(wordsOf(error), /\/things: the whole reply/);
		});

		it('names the place that differs', async () => {
			opponent.answers(json({ list: [{ name: 'Harbour' }, { name: 7 }] }));
			const error = await failureOf(opponent.http().json(read, v.object({ list: v.array(named) }), signal()));
			assert.ok(error instanceof UnexpectedReply);
			assert.match(wordsOf(error), /\/things: list\.1\.name: .*string/);
		});

		it('takes an empty answer where nothing is expected', async () => {
			opponent.answers(status(204));
			assert.equal((await opponent.http().reply({ method: 'DELETE', path: '/things/1' }, signal())).body, undefined);
		});

		it('does not follow a redirect', async () => {
			opponent.answers(status(302, { location: `${opponent.base}/elsewhere` }), harbour);
			const error = await failureOf(opponent.http().json(read, named, signal()));
			assert.ok(error instanceof UnexpectedReply);
			assert.match(error.message, /final address/);
			assert.equal(opponent.got.length, 1);
		});
	});

	describe('that a proxy answers in the vendor’s place', () => {
		const html = { 'content-type': 'text/html' };
		const page = '<!doctype html><title>Sign in</title>';
		const bearer = (request: Request): Request => {
			request.headers.set('authorization', 'Bearer 1');
			return request;
		};

		for (const code of [401, 403]) {
			it(`with a page under ${code} says so, and renews and blames no credentials`, async () => {
				const verdicts: boolean[] = [];
				const options = {
					authorize: bearer,
					renew: () => assert.fail('renewed'),
					onVerdict: (accepted: boolean) => void verdicts.push(accepted),
				};
				for (const headers of [html, { ...html, 'www-authenticate': 'Negotiate, Basic realm="Bearer gate"' }]) {
					opponent.answers(status(code, headers, page));
					for (const call of [read, write]) {
						const error = await failureOf(opponent.http(options).json(call, named, signal()));
						assert.ok(error instanceof UnexpectedReply, error.name);
						assert.match(error.message, /a proxy that asks you to sign in/);
					}
					const error = await failureOf(opponent.http(options).stream({ path: '/file' }, signal()));
					assert.ok(error instanceof UnexpectedReply, error.name);
				}
				assert.deepEqual(verdicts, []);
			});
		}

		it('is told from a vendor whose own refusal is a page: that asks for the scheme we use', async () => {
			let renewed = 0;
			const renew = async (): Promise<boolean> => {
				renewed += 1;
				return false;
			};
			const headers = { ...html, 'www-authenticate': 'Negotiate, bearer realm="api"' };
			opponent.answers(status(401, headers, page));
			const error = await failureOf(opponent.http({ authorize: bearer, renew }).json(read, named, signal()));
			assert.ok(error instanceof SignInNeeded, error.name);
			assert.equal(renewed, 1);
		});

		it('is told from a vendor who refuses in a few words, whatever these call themselves', async () => {
			opponent.answers(status(401, html, 'Unauthorized'));
			const error = await failureOf(opponent.http({ authorize: bearer }).json(read, named, signal()));
			assert.ok(error instanceof SignInNeeded, error.name);
		});

		it('with 407 says that the proxy wants a sign-in of its own, and nothing was done', async () => {
			const fetch = async () => new Response(page, { status: 407, headers: html });
			for (const call of [read, write]) {
				const error = await failureOf(opponent.http({ fetch }).json(call, named, signal()));
				assert.ok(error instanceof Unreachable, error.name);
				assert.equal(error.message, 'The proxy between this computer and Acme asks for a sign-in of its own.');
			}
		});

		it('by refusing the tunnel says the same', async () => {
			const cause = new Error('Proxy response (407) !== 200 when HTTP Tunneling');
			const fetch = () => Promise.reject(new TypeError('fetch failed', { cause }));
			const error = await failureOf(opponent.http({ fetch }).json(write, named, signal()));
			assert.ok(error instanceof Unreachable, error.name);
			assert.match(error.message, /^The proxy between this computer and Acme/);
		});
	});

	describe('that shows whether the credentials are taken', () => {
		let verdicts: boolean[];
		const told = (options: Parameters<Opponent['http']>[0] = {}) =>
			opponent.http({ ...options, onVerdict: (accepted) => void verdicts.push(accepted) });

		beforeEach(() => {
			verdicts = [];
		});

		it('tells so when the vendor answers data or content', async () => {
			opponent.answers(harbour);
			await told().json(read, named, signal());
			await told().json(write, named, signal());
			await told().stream({ path: '/file' }, signal());
			assert.deepEqual(verdicts, [true, true, true]);
		});

		it('tells so when the vendor refuses what was renewed, once', async () => {
			opponent.answers(status(401));
			await failureOf(told({ renew: async () => true }).json(read, named, signal()));
			assert.deepEqual(verdicts, [false]);
			assert.equal(opponent.got.length, 2);
		});

		it('tells nothing of a refusal that renewing mends', async () => {
			opponent.answers(status(401), harbour);
			await told({ renew: async () => true }).json(read, named, signal());
			assert.deepEqual(verdicts, [true]);
		});

		it('tells so when the vendor refuses under another status', async () => {
			opponent.answers(json({ status: 'signed out' }));
			await failureOf(told({ explain: () => ({ kind: 'signIn' }) }).json(read, named, signal()));
			assert.deepEqual(verdicts, [false]);
		});

		for (const [what, answer] of [
			['the server fails', status(500, { 'retry-after': '0' })],
			['a right is missing', status(403)],
			['a thing is gone', status(404)],
			['there is a limit', status(429, { 'retry-after': '99' })],
			['a page comes', status(200, { 'content-type': 'text/html' }, '<html>')],
			['the connection breaks', hangUp],
		] as const) {
			it(`tells nothing when ${what}`, async () => {
				opponent.answers(answer);
				await failureOf(told().json({ ...read, once: true }, named, signal()));
				if (what === 'a page comes') {
					await told().stream({ path: '/file' }, signal());
				}
				assert.deepEqual(verdicts, []);
			});
		}

		it('tells nothing where it carried no credentials, or they never left this computer', async () => {
			opponent.answers(status(200, {}, 'content'), status(401));
			await told().stream({ path: '/signed', anonymous: true }, signal());
			await failureOf(told().stream({ path: '/signed', anonymous: true }, signal()));
			const gone = () => Promise.reject(new SignInNeeded('The credentials are not on this computer.'));
			await failureOf(told({ authorize: gone }).json(read, named, signal()));
			const unfit = (request: Request): Request => {
				request.headers.set('authorization', 'Bearer a\nb');
				return request;
			};
			await failureOf(told({ authorize: unfit }).json(read, named, signal()));
			assert.deepEqual(verdicts, []);
		});
	});

	describe('that is cancelled', () => {
		it('throws the signal’s reason at once', async () => {
			opponent.answers(silence);
			const leaving = new AbortController();
			const reason = new Error('never mind');
			const waiting = opponent.http().json(read, named, leaving.signal);
			await opponent.arrived(1);
			leaving.abort(reason);
			await assert.rejects(waiting, (error) => error === reason);
		});

		it('is not sent again', async () => {
			const leaving = new AbortController();
			opponent.answers((response) => {
				leaving.abort();
				response.writeHead(503).end();
			});
			await assert.rejects(opponent.http().json(read, named, leaving.signal), { name: 'AbortError' });
			assert.equal(opponent.got.length, 1);
		});

		it('is not sent at all when that happened before', async () => {
			await assert.rejects(opponent.http().json(write, named, AbortSignal.abort()), { name: 'AbortError' });
			assert.equal(opponent.got.length, 0);
		});

		it('is no unknown outcome, even while writing', async () => {
			opponent.answers(silence);
			const leaving = new AbortController();
			const waiting = opponent.http().json(write, named, leaving.signal);
			await opponent.arrived(1);
			leaving.abort();
			await assert.rejects(waiting, { name: 'AbortError' });
		});
	});

	describe('with credentials', () => {
		it('gets fresh ones on every attempt', async () => {
			let attempt = 0;
			const authorize = (request: Request): Request => {
				attempt += 1;
				request.headers.set('authorization', `Bearer ${attempt}`);
				return request;
			};
			opponent.answers(status(503, { 'retry-after': '0' }), harbour);
			await opponent.http({ authorize }).json(read, named, signal());
			assert.deepEqual(
				opponent.got.map(({ headers }) => headers.authorization),
				['Bearer 1', 'Bearer 2'],
			);
		});

		it('renews them once after a 401, even for a write', async () => {
			let renewed = 0;
			const renew = async (): Promise<boolean> => {
				renewed += 1;
				return true;
			};
			opponent.answers(status(401), harbour);
			await opponent.http({ renew }).json(write, named, signal());
			opponent.answers(status(401));
			assert.ok((await failureOf(opponent.http({ renew }).json(write, named, signal()))) instanceof SignInNeeded);
			assert.equal(renewed, 2);
			assert.equal(opponent.got.length, 4);
		});

		it('may wait for them longer than for an answer', async () => {
			mock.timers.enable({ apis: ['setTimeout'] });
			const authorize = async (request: Request): Promise<Request> => {
				mock.timers.tick(60_000);
				return request;
			};
			opponent.answers(harbour);
			await opponent.http({ authorize }).json(write, named, signal());
			assert.equal(opponent.got.length, 1);
		});

		it('asks for others where these cannot stand in a header, and does not quote them', async () => {
			const authorize = (request: Request): Request => {
				request.headers.set('authorization', 'Bearer s3cr\net');
				return request;
			};
			const error = await failureOf(opponent.http({ authorize }).json(read, named, signal()));
			assert.ok(error instanceof SignInNeeded);
			assert.doesNotMatch(wordsOf(error), /s3cr/);
		});

		it('keeps what is in headers and queries out of the log and of every error', async () => {
			const authorize = (request: Request): Request => {
				request.headers.set('authorization', 'Bearer s3cret');
				return request;
			};
			const call: Call = { path: '/things', query: { token: 's3cret' }, headers: { 'x-key': 's3cret' } };
			const http = opponent.http({ authorize, headers: { 'x-other': 's3cret' } });
			const words: string[] = [];
			const endings = [
				harbour,
				status(500, { 'retry-after': '0' }),
				status(503, { 'retry-after': '99' }),
				status(400),
				status(401),
				status(302, { location: '/?s3cret' }),
				cutOff,
			];
			for (const answer of endings) {
				opponent.answers(answer);
				await http.json(call, named, signal()).catch((error: unknown) => words.push(wordsOf(error)));
				await http
					.json({ ...call, method: 'POST' }, named, signal())
					.catch((error: unknown) => words.push(wordsOf(error)));
			}
			assert.ok(words.length >= 12);
			assert.ok(opponent.got.every(({ url }) => url.includes('s3cret')));
			assert.ok(opponent.log.some((line) => line.startsWith('GET /things 200')));
			assert.doesNotMatch([...opponent.log, ...words].join('\n'), /s3cret/);
		}).timeout(10_000);
	});

	describe('for content', () => {
		it('hands a redirect back instead of following it', async () => {
			opponent.answers(status(302, { location: 'https://files.example/signed' }));
			const response = await opponent.http().stream({ path: '/file' }, signal());
			assert.equal(response.headers.get('location'), 'https://files.example/signed');
			assert.equal(opponent.got.length, 1);
		});

		it('shows our credentials to nobody else', async () => {
			const authorize = (request: Request): Request => {
				request.headers.set('authorization', 'Bearer s3cret');
				return request;
			};
			opponent.answers(status(200, {}, 'content'));
			const http = opponent.http({ authorize, headers: { 'x-organization': '12' } });
			const response = await http.stream({ path: `${opponent.base}/signed?signature=1`, anonymous: true }, signal());
			assert.equal(await response.text(), 'content');
			const [{ headers }] = opponent.got as [(typeof opponent.got)[0]];
			assert.deepEqual([headers.authorization, headers['x-organization']], [undefined, undefined]);
		});

		it('fails with a sentence like any other', async () => {
			opponent.answers(status(404));
			assert.ok((await failureOf(opponent.http().stream({ path: '/file' }, signal()))) instanceof NotFound);
		});
	});

	it('writes queries, forms and JSON as they should be', async () => {
		const http = opponent.http({ headers: { 'x-organization': '12' } });
		await http.reply({ path: '/a?b=1', query: { q: 'ä&b', list: [1, 2], none: undefined, yes: true } }, signal());
		await http.reply({ method: 'POST', path: '/form', form: { name: 'Höfn & co' } }, signal());
		await http.reply(
			{ method: 'PATCH', path: '/json', json: { a: 1 }, headers: { 'content-type': 'application/vnd.api+json' } },
			signal(),
		);
		const [query, form, patch] = opponent.got;
		assert.equal(query?.url, '/a?b=1&q=%C3%A4%26b&list=1&list=2&yes=true');
		assert.equal(query.headers['x-organization'], '12');
		assert.equal(form?.body, 'name=H%C3%B6fn+%26+co');
		assert.match(form.headers['content-type'] ?? '', /^application\/x-www-form-urlencoded/);
		assert.deepEqual(
			[patch?.method, patch?.body, patch?.headers['content-type']],
			['PATCH', '{"a":1}', 'application/vnd.api+json'],
		);
	});
});

describe('An upload', () => {
	let opponent: Opponent;

	beforeEach(async () => {
		opponent = await startOpponent();
	});
	afterEach(() => opponent.close());

	const file = {
		name: 'Übersicht.txt',
		size: 3,
		mediaType: 'text/plain',
		content: async function* () {
			yield new TextEncoder().encode('abc');
		},
	};
	const upload = (options: Parameters<Opponent['http']>[0] = {}) =>
		opponent.http(options).upload({ path: '/files' }, () => multipart([['file', file]]), send, signal());

	it('is sent with its length and the account’s credentials', async () => {
		const authorize = (request: Request): Request => {
			request.headers.set('authorization', 'Bearer 1');
			return request;
		};
		opponent.answers(json({ id: 7 }, 201));
		assert.deepEqual((await upload({ authorize })).body, { id: 7 });
		const [{ headers, body }] = opponent.got as [(typeof opponent.got)[0]];
		assert.equal(headers.authorization, 'Bearer 1');
		assert.equal(Number(headers['content-length']), new TextEncoder().encode(body).length);
		assert.match(body, /filename="Übersicht\.txt"[\s\S]*\r\n\r\nabc\r\n/);
	});

	it('tells whether the credentials were taken', async () => {
		const verdicts: boolean[] = [];
		const onVerdict = (accepted: boolean) => void verdicts.push(accepted);
		const page = { 'content-type': 'text/html' };
		opponent.answers(json({ id: 7 }), status(401), status(401, page, '<html>'), status(407), status(500));
		await upload({ onVerdict });
		await assert.rejects(upload({ onVerdict }), SignInNeeded);
		await assert.rejects(upload({ onVerdict, renew: () => assert.fail('renewed') }), UnexpectedReply);
		await assert.rejects(upload({ onVerdict }), Unreachable);
		await assert.rejects(upload({ onVerdict }), OutcomeUnknown);
		assert.deepEqual(verdicts, [true, false]);
	});

	it('is sent again with renewed credentials alone', async () => {
		opponent.answers(status(401), json({ id: 7 }));
		await upload({ renew: async () => true });
		assert.equal(opponent.got.length, 2);
		assert.match(opponent.got[1]?.body ?? '', /abc/);
	});

	for (const [words, answer, kind] of [
		['the server fails', status(500), OutcomeUnknown],
		['the connection breaks', hangUp, OutcomeUnknown],
		['the answer is cut off', cutOff, OutcomeUnknown],
		['a web page comes', status(200, { 'content-type': 'text/html' }, '<html>'), UnexpectedReply],
		['it is sent elsewhere', status(302, { location: '/login' }), UnexpectedReply],
		['the right is missing', status(403), NotAllowed],
	] as const) {
		it(`is not called done when ${words}, and sent once`, async () => {
			opponent.answers(answer);
			await assert.rejects(upload(), (error) => error instanceof kind || assert.fail(String(error)));
			assert.equal(opponent.got.length, 1);
		});
	}

	it('never arrived where nothing listens', async () => {
		await opponent.close();
		await assert.rejects(upload(), Unreachable);
	});
});
