import assert from 'node:assert/strict';
import { ProviderError, Refused, SignInEnded, SignInNeeded, UnexpectedReply } from '../../src/core/errors.ts';
import { exchangeCode, RenewedToken } from '../../src/http/renewedToken.ts';
import { Http } from '../../src/http/request.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { collectingLog, signal } from '../support/session.ts';
import { cutOff, hangUp, json, type Opponent, startOpponent, status, wordsOf } from './opponent.ts';
import { SharedSecrets } from './sharedSecrets.ts';

const names = { vendor: 'Vendor', account: 'Acme' };
const client = { clientId: 'practice-sign-in', clientSecret: 'practice+sign-in/secret' };
const redirect = 'https://oob';

describe('A code', () => {
	let log: string[];
	let place: Parameters<typeof exchangeCode>[0];

	function placeAt(server: string): typeof place {
		log = [];
		const tokenPath = '/oauth2/access_token';
		return { server, tokenPath, names, fetch: globalThis.fetch, log: collectingLog(log), ...client };
	}

	describe('of the sandbox', () => {
		let vendor: TestVendor;
		let now: number;

		beforeEach(async () => {
			now = Date.now();
			vendor = await startVendor('projectplace', { clock: () => now });
			place = placeAt(String(vendor.address.url));
		});
		afterEach(() => vendor.close());

		/** What the person does on the vendor's page. */
		async function allow(): Promise<string> {
			const body = new URLSearchParams({ client_id: client.clientId, redirect_uri: redirect, decision: 'allow' });
			const { headers } = await fetch(`${place.server}/oauth2/authorize`, { method: 'POST', body, redirect: 'manual' });
			return new URL(headers.get('location') ?? '').searchParams.get('code') ?? '';
		}

		it('is exchanged for tokens that two windows share: one renewal for both when its time is up', async () => {
			const secrets = await exchangeCode(place, { code: await allow(), redirect }, signal());
			assert.ok(Math.abs(Number(secrets.until) - now - 2_592_000_000) < 10_000);
			assert.ok(Math.abs(Number(secrets.renewFrom) - now - 2_592_000_000 * 0.9) < 10_000);
			const shared = new SharedSecrets({ ...client, ...secrets });
			const windows = [1, 2].map(() => {
				const { server: base, fetch } = place;
				const token = new RenewedToken({ ...place, credentials: shared.window(), clock: () => now });
				return new Http({
					base,
					names,
					log: place.log,
					fetch: token.watchFetch(fetch),
					authorize: (request, own) => token.authorize(request, own),
					renew: (own) => token.renew(own),
				});
			});
			const ask = () => Promise.all(windows.map((http) => http.reply({ path: '/1/user/me/profile' }, signal())));
			await ask();
			now += 31 * 86_400_000;
			await ask();
			await ask();
			const asked = vendor.requests.filter(({ path }) => path === place.tokenPath);
			assert.equal(asked.length, 2, 'the exchange and one renewal');
			assert.notEqual(shared.stored.accessToken, secrets.accessToken);
			assert.doesNotMatch(
				log.join('\n'),
				new RegExp(Object.values(shared.stored).slice(1, 4).join('|').replace('+', '.')),
			);
		});

		it('serves once', async () => {
			const code = await allow();
			await exchangeCode(place, { code, redirect }, signal());
			await assert.rejects(exchangeCode(place, { code, redirect }, signal()), (error: unknown) => {
				assert.ok(error instanceof SignInNeeded, String(error));
				assert.equal(error.message, 'Vendor says this code was used already or is too old. Start again.');
				return true;
			});
		});

		it('is no use with the secret of another application, and the field says so', async () => {
			const run = exchangeCode({ ...place, clientSecret: 's3cret' }, { code: await allow(), redirect }, signal());
			await assert.rejects(run, (error: unknown) => {
				assert.ok(error instanceof Refused, String(error));
				const message = 'Vendor does not know this client ID with this client secret.';
				assert.deepEqual(error.problems, [{ field: 'clientSecret', message }]);
				assert.doesNotMatch(wordsOf(error), /s3cret/);
				return true;
			});
		});
	});

	describe('of another server', () => {
		let opponent: Opponent;

		beforeEach(async () => {
			opponent = await startOpponent();
			place = placeAt(opponent.base);
		});
		afterEach(() => opponent.close());

		const exchange = () => exchangeCode(place, { code: 's3cret-code', redirect }, signal());

		async function failureOf(run: Promise<unknown>): Promise<ProviderError> {
			const error = await run.then(
				() => assert.fail('it did not fail'),
				(reason: unknown) => reason,
			);
			assert.ok(error instanceof ProviderError, String(error));
			assert.doesNotMatch(wordsOf(error) + log.join(), /s3cret/);
			return error;
		}

		it('is sent in a form, with the application and the address it came to', async () => {
			opponent.answers(json({ access_token: 'a', refresh_token: 'r', expires_in: 3600 }));
			await exchange();
			assert.deepEqual(Object.fromEntries(new URLSearchParams(opponent.got[0]?.body)), {
				client_id: client.clientId,
				client_secret: client.clientSecret,
				code: 's3cret-code',
				grant_type: 'authorization_code',
				redirect_uri: redirect,
			});
			assert.equal(opponent.got[0]?.headers.authorization, undefined);
		});

		for (const [what, answer] of [
			['the server fails', status(500)],
			['the server is busy', status(503)],
			['the connection breaks', hangUp],
			['the answer is cut off', cutOff],
		] as const) {
			it(`is sent once when ${what}; nothing is stored, and all starts again`, async () => {
				opponent.answers(answer);
				const error = await failureOf(exchange());
				assert.ok(error instanceof SignInEnded, error.name);
				assert.equal(error.message, 'Vendor did not finish the sign-in. Nothing was stored; start it again.');
				assert.equal(opponent.got.length, 1);
			});
		}

		it('is sent once even beyond a limit', async () => {
			opponent.answers(status(429, { 'retry-after': '0' }));
			await failureOf(exchange());
			assert.equal(opponent.got.length, 1);
		});

		it('says why the server was not reached', async () => {
			await opponent.close();
			const error = await failureOf(exchange());
			assert.ok(error instanceof SignInEnded);
			assert.match(error.message, /nothing answers at the address\. Nothing was stored; start the sign-in again\.$/);
		});

		it('gives nothing where the reply is no JSON, or lacks a token', async () => {
			for (const answer of [
				status(200, { 'content-type': 'application/json' }, '{"access_token": "s3cret'),
				json({ refresh_token: 's3cret' }),
				json({ access_token: 's3cret' }),
				json({ access_token: 's3cret', refresh_token: 7 }),
			]) {
				opponent.answers(answer);
				assert.ok((await failureOf(exchange())) instanceof UnexpectedReply);
			}
		});
	});
});
