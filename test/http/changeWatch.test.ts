import assert from 'node:assert/strict';
import * as v from 'valibot';
import { NotAllowed, OutcomeUnknown, TooManyRequests } from '../../src/core/errors.ts';
import type { ChangeWatch } from '../../src/core/provider.ts';
import type { SentEntry } from '../../src/core/sentLog.ts';
import { send } from '../../src/files/upload.ts';
import { multipart } from '../../src/http/multipart.ts';
import { requestToken } from '../../src/http/oauth1.ts';
import type { HttpOptions } from '../../src/http/request.ts';
import { askForTokens } from '../../src/http/tokenRequest.ts';
import { collectingLog } from '../support/session.ts';
import { cutOff, hangUp, json, type Opponent, startOpponent, status } from './opponent.ts';

const signal = (): AbortSignal => new AbortController().signal;
const names = { vendor: 'Acme', account: 'My work' };

describe('What could change something at a vendor', () => {
	let opponent: Opponent;
	let sent: SentEntry[];
	let mayWrite: boolean;

	beforeEach(async () => {
		opponent = await startOpponent();
		sent = [];
		mayWrite = true;
	});
	afterEach(() => opponent.close());

	const changes: ChangeWatch = { mayWrite: () => mayWrite, sent: (entry) => void sent.push(entry) };
	const log = () => ({ ...collectingLog([]), changes });
	const http = (options: Partial<HttpOptions> = {}) => opponent.http({ log: log(), ...options });
	const write = { method: 'PATCH', path: '/cards/1?full=1', json: { title: 'Höfn' } } as const;

	const file = {
		name: 'Übersicht.txt',
		size: 3,
		mediaType: 'text/plain',
		content: async function* () {
			yield new TextEncoder().encode('abc');
		},
	};

	describe('in a locked account', () => {
		beforeEach(() => {
			mayWrite = false;
		});

		for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
			it(`is not sent as ${method}, and the person is told why`, async () => {
				await assert.rejects(http().reply({ method, path: '/cards' }, signal()), (error) => {
					assert.ok(error instanceof NotAllowed);
					assert.match(error.message, /^My work is locked against changes/);
					return true;
				});
				assert.deepEqual(opponent.got, []);
				assert.deepEqual(sent, []);
			});
		}

		it('is not sent as a file, and none of the file is read', async () => {
			const content = () => assert.fail('the file was read');
			const upload = http().upload(
				{ path: '/files' },
				() => multipart([['file', { ...file, content }]]),
				send,
				signal(),
			);
			await assert.rejects(upload, NotAllowed);
			assert.deepEqual(opponent.got, []);
		});

		it('does not hold up what reads, a POST that only asks among it', async () => {
			await http().reply({ path: '/cards' }, signal());
			await http().reply({ method: 'POST', path: '/cards/search', json: {}, reads: true }, signal());
			assert.equal(opponent.got.length, 2);
			assert.deepEqual(sent, []);
		});

		it('does not hold up a new token', async () => {
			opponent.answers(json({ access_token: 'a', refresh_token: 'r', token_type: 'bearer', expires_in: 60 }));
			const place = { server: opponent.base, tokenPath: '/token', names, fetch: globalThis.fetch, log: log() };
			const form = { client_id: 'c', client_secret: 's', grant_type: 'refresh_token', refresh_token: 'r' } as const;
			assert.ok('tokens' in (await askForTokens(place, form, signal())));
		});

		it('is not sent where it was locked while the server made it wait', async () => {
			mayWrite = true;
			opponent.answers((response) => {
				mayWrite = false;
				response.writeHead(429, { 'retry-after': '0' }).end();
			}, json({}));
			await assert.rejects(http().reply(write, signal()), NotAllowed);
			assert.equal(opponent.got.length, 1);
		});
	});

	describe('is told', () => {
		it('with its fields, its path and the status', async () => {
			await http().reply(write, signal());
			const [{ time, ...entry }] = sent as [SentEntry];
			assert.ok(time instanceof Date);
			assert.deepEqual(entry, {
				account: 'My work',
				method: 'PATCH',
				path: '/cards/1?full=1',
				body: '{"title":"Höfn"}',
				status: 200,
			});
		});

		it('with the fields of a form', async () => {
			await http().reply({ method: 'POST', path: '/x', form: { name: 'Höfn', tags: ['a', 'b'] } }, signal());
			assert.equal(sent[0]?.body, '{"name":"Höfn","tags":["a","b"]}');
		});

		it('once for every attempt, with what became of each', async () => {
			opponent.answers(status(429, { 'retry-after': '0' }), status(500));
			await assert.rejects(http().reply(write, signal()), OutcomeUnknown);
			assert.deepEqual(
				sent.map((one) => one.status),
				[429, 500],
			);
		});

		it('without a status where no whole answer came', async () => {
			for (const answer of [cutOff, hangUp]) {
				opponent.answers(answer);
				await assert.rejects(http().reply(write, signal()), OutcomeUnknown);
			}
			assert.deepEqual(
				sent.map((one) => one.status),
				[undefined, undefined],
			);
		});

		it('as a file by its name and size, and by nothing of its content', async () => {
			const authorize = (request: Request) => request;
			const body = () =>
				multipart([
					['folder', '12'],
					['file', file],
				]);
			await http({ authorize }).upload({ path: '/files' }, body, send, signal());
			assert.equal(sent[0]?.body, '{"folder":"12","file":"Übersicht.txt (3 bytes)"}');
			assert.equal(sent[0]?.status, 200);
		});

		it('without the fields of a form that goes out without credentials, for they are what lets it in', async () => {
			const body = () =>
				multipart([
					['policy', 'cG9saWN5'],
					['x-amz-meta', 'grant-77'],
					['file', file],
				]);
			await http().upload({ path: '/bucket' }, body, send, signal());
			assert.equal(sent[0]?.body, '{"policy":"‹secret›","x-amz-meta":"‹secret›","file":"Übersicht.txt (3 bytes)"}');
		});

		it('without the credentials, wherever they stand', async () => {
			const authorize = (request: Request): Request => {
				const url = new URL(request.url);
				url.searchParams.set('key', 'qu3ry-s3cret');
				const authorised = new Request(url, request);
				authorised.headers.set('authorization', 'Bearer h3ader-s3cret');
				return authorised;
			};
			const json = { note: 'h3ader-s3cret and qu3ry-s3cret', access_token: 'b0dy' };
			await http({ authorize }).reply({ method: 'POST', path: '/x/h3ader-s3cret', json }, signal());
			const text = JSON.stringify(sent);
			assert.ok(!/s3cret|b0dy/.test(text), text);
			assert.match(text, /and/);
		});

		it('not where a token or a sign-in is asked for', async () => {
			opponent.answers(status(200, {}, 'oauth_token=a&oauth_token_secret=b&oauth_callback_confirmed=true'));
			const place = { server: opponent.base, names, fetch: globalThis.fetch, log: log() };
			const application = { ...place, consumerKey: 'k', consumerSecret: 's' };
			await requestToken(application, { path: '/initiate', callback: 'oob' }, signal());
			assert.equal(opponent.got.length, 1);
			assert.deepEqual(sent, []);
		});

		it('not where a limit counted here kept it back', async () => {
			const fetch = () => Promise.reject(new TooManyRequests('Enough for today.', undefined));
			await assert.rejects(http({ fetch }).reply(write, signal()), TooManyRequests);
			assert.deepEqual(sent, []);
		});
	});

	it('may have been done where its answer cannot be understood', async () => {
		opponent.answers(status(200, { 'content-type': 'application/json' }, '{"id": 12, "na'));
		await assert.rejects(http().json(write, v.object({ id: v.number() }), signal()), (error) => {
			assert.ok(error instanceof OutcomeUnknown, String(error));
			assert.equal(error.action.kind, 'refresh');
			return true;
		});
		assert.equal(opponent.got.length, 1);
	});
});
