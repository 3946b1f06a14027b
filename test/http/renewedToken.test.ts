import assert from 'node:assert/strict';
import {
	NotAllowed,
	OutcomeUnknown,
	ProviderError,
	SignInNeeded,
	UnexpectedReply,
	Unreachable,
} from '../../src/core/errors.ts';
import type { Credentials } from '../../src/core/provider.ts';
import { RenewedToken } from '../../src/http/renewedToken.ts';
import { Http } from '../../src/http/request.ts';
import { collectingLog } from '../support/session.ts';
import { wordsOf } from './opponent.ts';
import { SharedSecrets, ticks } from './sharedSecrets.ts';
import { TokenServer } from './tokenServer.ts';

const signal = (): AbortSignal => new AbortController().signal;
const minute = 60_000;
const day = 1440 * minute;

describe('A renewed token', () => {
	let server: TokenServer;
	let shared: SharedSecrets;
	let log: string[];
	let verdicts: boolean[];

	beforeEach(() => {
		server = new TokenServer();
		shared = new SharedSecrets(server.signIn());
		log = [];
		verdicts = [];
	});

	function makeToken(credentials: Credentials = shared.window()): RenewedToken {
		return new RenewedToken({
			server: 'https://api.example.com',
			tokenPath: '/token',
			names: { vendor: 'Vendor', account: 'Acme' },
			fetch: server.fetch,
			log: collectingLog(log),
			credentials,
			clock: () => server.now,
		});
	}

	function through(token: RenewedToken): Http {
		return new Http({
			base: 'https://api.example.com',
			names: { vendor: 'Vendor', account: 'Acme' },
			log: collectingLog(log),
			fetch: token.watchFetch(server.fetch),
			authorize: (request, own) => token.authorize(request, own),
			renew: (own) => token.renew(own),
			onVerdict: (accepted) => void verdicts.push(accepted),
		});
	}

	/** A window that asks for something. */
	function makeWindow(credentials?: Credentials): () => Promise<unknown> {
		const http = through(makeToken(credentials));
		return () => http.reply({ path: '/things' }, signal());
	}

	async function failureOf(run: Promise<unknown>): Promise<ProviderError> {
		const error = await run.then(
			() => assert.fail('it did not fail'),
			(reason: unknown) => reason,
		);
		assert.ok(error instanceof ProviderError, String(error));
		return error;
	}

	async function until(holds: () => boolean): Promise<void> {
		for (let at = 0; at < 1000 && !holds(); at += 1) {
			await ticks(1);
		}
		assert.ok(holds());
	}

	describe('that is still good', () => {
		it('goes out as it is, in both windows', async () => {
			const ask = makeWindow();
			await ask();
			server.now += 26 * day;
			await ask();
			assert.equal(server.renewals, 0);
			assert.deepEqual(verdicts, [true, true]);
		});

		it('is renewed in the last tenth of its life, once for all requests of all windows', async () => {
			const windows = [makeWindow(), makeWindow()];
			server.now += 27 * day;
			await Promise.all([0, 1, 0, 1, 0, 1].map((at) => windows[at]!()));
			assert.equal(server.renewals, 1);
			await Promise.all(windows.map((ask) => ask()));
			assert.equal(server.renewals, 1);
		});

		it('is renewed five minutes before its end where that is more than a tenth', async () => {
			server.life = 10 * minute;
			shared = new SharedSecrets(server.signIn());
			const ask = makeWindow();
			server.now += 4.9 * minute;
			await ask();
			assert.equal(server.renewals, 0);
			server.now += 0.2 * minute;
			await ask();
			assert.equal(server.renewals, 1);
		});

		it('lives half its life where that is shorter than the reserve', async () => {
			server.life = minute;
			const ask = makeWindow();
			server.now += 29 * day;
			await ask();
			server.now += 0.49 * minute;
			await ask();
			assert.equal(server.renewals, 1);
			server.now += 0.02 * minute;
			await ask();
			assert.equal(server.renewals, 2);
		});

		it('goes on being used where renewing it fails, and rests for a minute before the next attempt', async () => {
			const ask = makeWindow();
			server.now += 28 * day;
			server.faults.push('503', '503');
			await Promise.all([ask(), ask()]);
			await ask();
			assert.equal(server.faults.length, 1, 'it was tried again at once');
			server.now += 59_000;
			await ask();
			assert.equal(server.faults.length, 1);
			server.now += 1_000;
			await ask();
			assert.equal(server.faults.length, 0);
			server.now += minute;
			await ask();
			assert.equal(server.renewals, 1);
			assert.ok(server.takes(shared.stored.accessToken));
		});

		it('tells until when', async () => {
			assert.equal((await makeToken().until())?.getTime(), server.now + 30 * day);
		});
	});

	describe('that has run out', () => {
		beforeEach(() => {
			server.now += 31 * day;
		});

		it('is renewed before anything is sent, and stored as a whole with a new end and no mark', async () => {
			await makeWindow()();
			const { clientId, clientSecret, accessToken, refreshToken, until, ...rest } = shared.stored;
			assert.deepEqual({ clientId, clientSecret }, server.client);
			assert.deepEqual([accessToken, refreshToken], ['s3cret-access-2', 's3cret-refresh-2']);
			assert.equal(Number(until), server.now + 30 * day);
			assert.deepEqual(Object.keys(rest), ['renewFrom']);
		});

		it('is marked as asked for before the refresh token goes out', async () => {
			let before: unknown;
			server.onRotated = () => {
				before = shared.stored.asked;
			};
			await makeWindow()();
			assert.equal(before, String(server.now));
		});

		it('keeps what else is stored', async () => {
			shared.stored = { ...shared.stored, lineage: 'of this sign-in' };
			await makeWindow()();
			assert.equal(shared.stored.lineage, 'of this sign-in');
			assert.ok(server.takes(shared.stored.accessToken));
		});

		it('fails the request with what failed the renewal, which can be tried again', async () => {
			const ask = makeWindow();
			for (const [fault, kind, sentence] of [
				['nothingListens', Unreachable, /nothing answers at the address/],
				['503', Unreachable, /gave no usable answer/],
				['429', ProviderError, /takes no more requests/],
				['proxyPage', UnexpectedReply, /web page/],
				['proxyPage401', UnexpectedReply, /web page/],
				['407', Unreachable, /The proxy between this computer and Vendor asks for a sign-in of its own\./],
			] as const) {
				server.faults.push(fault);
				const error = await failureOf(ask());
				assert.ok(error instanceof kind, `${fault}: ${error.name}`);
				assert.match(error.message, sentence);
				assert.equal(shared.stored.asked, undefined, `${fault} left the mark`);
			}
			await ask();
			assert.equal(server.renewals, 1);
			assert.deepEqual(verdicts, [true]);
		});

		for (const fault of ['cutBefore', 'cutAfter', '500', '502after', 'malformed', 'noToken'] as const) {
			it(`is not asked for again after ${fault}: nobody knows whether the refresh token was used up`, async () => {
				const [one, other] = [makeWindow(), makeWindow()];
				server.faults.push(fault);
				const error = await failureOf(one());
				assert.ok(!(error instanceof OutcomeUnknown) && !(error instanceof SignInNeeded), error.name);
				for (const ask of [one, other, makeWindow()]) {
					assert.ok((await failureOf(ask())) instanceof SignInNeeded);
				}
				assert.equal(server.renewals, 1);
				assert.equal(shared.stored.refreshToken, 's3cret-refresh-1');
				assert.deepEqual(verdicts, [false, false, false]);
			});
		}

		it('needs a new sign-in where the vendor refuses the refresh token', async () => {
			server.revoke();
			const error = await failureOf(makeWindow()());
			assert.ok(error instanceof SignInNeeded);
			assert.equal(error.message, 'Vendor did not accept the credentials of Acme.');
			assert.deepEqual(verdicts, [false]);
			assert.equal(shared.stored.refreshToken, 's3cret-refresh-1');
		});

		it('is the one that somebody else has stored where they used the refresh token first', async () => {
			const elsewhere = server.rotateElsewhere();
			const stored = shared.window();
			const late: Credentials = {
				...stored,
				async read() {
					// What the other computer stored arrives after the vendor has refused.
					shared.stored = server.usedTwice.length > 0 ? elsewhere : shared.stored;
					return stored.read();
				},
			};
			await makeWindow(late)();
			assert.deepEqual(shared.stored, elsewhere);
		});

		it('passes on that the application is not known, and can be renewed once it is', async () => {
			const { clientSecret, ...rest } = shared.stored;
			shared.stored = { ...rest, clientSecret: 'another' };
			const ask = makeWindow();
			assert.ok((await failureOf(ask())) instanceof SignInNeeded);
			shared.stored = { ...shared.stored, clientSecret: clientSecret ?? '' };
			await ask();
		});

		it('leaves the refresh token where the reply brings none', async () => {
			const fetch: typeof globalThis.fetch = async () => Response.json({ access_token: 'new', expires: 3600 });
			const token = new RenewedToken({
				server: 'https://api.example.com',
				tokenPath: '/token',
				names: { vendor: 'Vendor', account: 'Acme' },
				fetch,
				log: collectingLog(log),
				credentials: shared.window(),
				clock: () => server.now,
			});
			assert.equal(await token.value(signal()), 'new');
			assert.equal(shared.stored.refreshToken, 's3cret-refresh-1');
			assert.equal(Number(shared.stored.until), server.now + 3_600_000);
		});
	});

	describe('whose renewal was not answered', () => {
		it('is used on, and renewed again once the vendor has accepted it a minute later', async () => {
			const ask = makeWindow();
			server.now += 28 * day;
			server.faults.push('cutBefore');
			await ask();
			assert.notEqual(shared.stored.asked, undefined);
			server.now += minute - 1;
			await ask();
			assert.notEqual(shared.stored.asked, undefined, 'the server may still be at work');
			server.now += 1;
			await ask();
			assert.equal(shared.stored.asked, undefined);
			server.now += minute;
			await ask();
			assert.equal(server.renewals, 2);
			assert.ok(server.takes(shared.stored.accessToken));
		});

		it('is found out about in a window that was opened later', async () => {
			server.now += 28 * day;
			server.faults.push('cutBefore');
			await makeWindow()();
			const ask = makeWindow();
			server.now += day;
			await ask();
			assert.notEqual(shared.stored.asked, undefined, 'nobody could know yet');
			server.now += minute;
			await ask();
			assert.equal(shared.stored.asked, undefined);
		});

		it('is no proof when it was accepted while the server was still at work', async () => {
			server.now += 28 * day;
			server.faults.push('cutAndLate');
			const ask = makeWindow();
			await ask();
			await ask();
			server.now += 30_000;
			assert.ok((await failureOf(ask())) instanceof SignInNeeded);
			server.now += day;
			assert.ok((await failureOf(ask())) instanceof SignInNeeded);
			assert.deepEqual(server.usedTwice, []);
		});

		it('is no proof when a web page came instead of an answer', async () => {
			server.now += 28 * day;
			server.faults.push('cutAfter');
			const ask = makeWindow();
			await assert.rejects(ask());
			server.now += minute;
			server.pages.push(200);
			await assert.rejects(ask(), UnexpectedReply);
			assert.notEqual(shared.stored.asked, undefined);
		});

		it('is renewed by nobody after the window that asked has died', async () => {
			const state = { dead: false };
			server.now += 28 * day;
			server.onRotated = () => {
				state.dead = true;
			};
			const dying = makeWindow(shared.window(state));
			const staying = makeWindow();
			await Promise.allSettled([dying(), ticks(2).then(staying)]);
			server.now += day;
			assert.ok((await failureOf(staying())) instanceof SignInNeeded);
			assert.deepEqual(server.usedTwice, []);
			assert.equal(shared.stored.refreshToken, 's3cret-refresh-1');
		});

		it('can be replaced by signing in again, whose tokens nothing overwrites', async () => {
			server.now += 31 * day;
			let signedIn = shared.stored;
			server.onRotated = () => {
				server.onRotated = () => undefined;
				signedIn = server.signIn();
				shared.stored = signedIn;
			};
			await makeWindow()();
			assert.deepEqual(shared.stored, signedIn);
		});
	});

	describe('that is refused', () => {
		it('is renewed once, however many requests of however many windows were refused', async () => {
			const windows = [makeWindow(), makeWindow()];
			await Promise.all(windows.map((ask) => ask()));
			const { refreshToken, ...secrets } = shared.stored;
			// Ended by the vendor although its time is not up.
			shared.stored = { ...secrets, accessToken: 'ended', refreshToken: refreshToken ?? '' };
			await Promise.all([0, 1, 0, 1, 0, 1].map((at) => windows[at]!()));
			assert.equal(server.renewals, 1);
			assert.ok(!verdicts.includes(false));
		});

		it('is not renewed where another window has done so meanwhile', async () => {
			const token = makeToken();
			const old = await token.value(signal());
			await token.notice({ token: old, accepted: false, sent: server.now }, signal());
			shared.stored = server.rotateElsewhere();
			assert.equal(await token.renew(signal()), true);
			assert.equal(server.renewals, 0);
		});

		it('is renewed for uploads and streams as well', async () => {
			const token = makeToken();
			shared.stored = { ...shared.stored, accessToken: 'ended' };
			assert.equal((await through(token).stream({ path: '/file' }, signal())).status, 200);
			shared.stored = { ...shared.stored, accessToken: 'ended too' };
			const send = token.watchSend(async ({ headers }) => {
				const response = await server.fetch('https://api.example.com/files', { headers });
				return { status: response.status, headers: response.headers, text: await response.text() };
			});
			const body = (async function* () {})();
			await through(token).upload(
				{ path: '/files' },
				() => ({ headers: {}, body, length: 0, parts: [] }),
				send,
				signal(),
			);
			assert.equal(server.renewals, 2);
		});

		it('needs a new sign-in where the new one is refused too', async () => {
			const ask = makeWindow();
			shared.stored = { ...shared.stored, accessToken: 'ended' };
			server.onRotated = () => server.revoke();
			assert.ok((await failureOf(ask())) instanceof SignInNeeded);
			assert.equal(server.renewals, 1);
			assert.deepEqual(verdicts, [false]);
		});

		it('is not called refused where the renewal finds the vendor down', async () => {
			const ask = makeWindow();
			shared.stored = { ...shared.stored, accessToken: 'ended' };
			server.faults.push('nothingListens');
			assert.ok((await failureOf(ask())) instanceof Unreachable);
			assert.deepEqual(verdicts, []);
			await ask();
		});

		it('is not called refused by a page that a proxy sends in the vendor’s place', async () => {
			const ask = makeWindow();
			server.pages.push(401, 403, 200);
			for (let at = 0; at < 3; at += 1) {
				const error = await failureOf(ask());
				assert.ok(error instanceof UnexpectedReply && !(error instanceof NotAllowed), error.name);
				assert.match(error.message, /web page/);
			}
			assert.deepEqual(verdicts, []);
			assert.equal(server.renewals, 0);
		});
	});

	describe('that is being renewed', () => {
		it('lets one who waits leave at once, and is stored all the same', async () => {
			const token = makeToken();
			server.now += 31 * day;
			server.delay = 20;
			const leaving = new AbortController();
			const waiting = token.value(leaving.signal);
			await until(() => shared.stored.asked !== undefined);
			leaving.abort();
			await assert.rejects(waiting, { name: 'AbortError' });
			await until(() => shared.stored.asked === undefined);
			assert.ok(server.takes(shared.stored.accessToken));
		});

		it('reaches those who stay when one leaves', async () => {
			const token = makeToken();
			server.now += 31 * day;
			const leaving = new AbortController();
			const left = token.value(leaving.signal);
			const stays = token.value(signal());
			await ticks(1);
			leaving.abort();
			await assert.rejects(left, { name: 'AbortError' });
			assert.equal(await stays, 's3cret-access-2');
			assert.equal(server.renewals, 1);
		});

		it('is used where it cannot be stored, and stored as soon as that works', async () => {
			const state = { broken: false };
			const ask = makeWindow(shared.window(state));
			server.now += 31 * day;
			server.onRotated = () => {
				state.broken = true;
			};
			await ask();
			await ask();
			assert.equal(shared.stored.accessToken, 's3cret-access-1');
			state.broken = false;
			server.now += minute;
			await ask();
			assert.equal(shared.stored.accessToken, 's3cret-access-2');
			assert.equal(shared.stored.asked, undefined);
			assert.equal(server.renewals, 1);
		});

		it('is not asked for where the mark cannot be stored', async () => {
			const token = makeToken(shared.window({ broken: true }));
			server.now += 31 * day;
			await assert.rejects(token.value(signal()), { message: 'the store is locked' });
			assert.equal(server.renewals, 0);
		});
	});

	it('shows no secret in the log or an error, whatever happens', async () => {
		const words: string[] = [];
		for (const fault of ['cutAfter', 'malformed', 'noToken', '503', 'proxyPage', undefined] as const) {
			for (const days of [28, 31]) {
				shared.stored = server.signIn();
				server.now += days * day;
				server.faults.splice(0, 9, ...(fault ? [fault] : []));
				await makeWindow()().catch((error: unknown) => words.push(wordsOf(error)));
			}
		}
		assert.ok(words.length >= 5 && log.length > 10);
		assert.doesNotMatch([...words, ...log].join('\n'), /s3cret/);
	});
});
