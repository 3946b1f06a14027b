import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { SignInNeeded } from '../../src/core/errors.ts';
import type { Secrets } from '../../src/core/provider.ts';
import { RenewedToken } from '../../src/http/renewedToken.ts';
import { Http } from '../../src/http/request.ts';
import { collectingLog } from '../support/session.ts';
import { wordsOf } from './opponent.ts';
import { SharedSecrets, ticks } from './sharedSecrets.ts';
import { type RenewalFault, renewalFaults, TokenServer } from './tokenServer.ts';

const minute = 60_000;
const day = 1440 * minute;

/** Turns of the event loop that a window waits before it asks; absent where it does not. */
type Turn = number | undefined;

interface Step {
	/** Milliseconds that pass before. */
	readonly after: number;
	readonly turns: readonly [Turn, Turn];
	/** What happens to the next renewals. */
	readonly faults: readonly RenewalFault[];
	/** What stands in the way of the first request to the API. */
	readonly page?: 200 | 401 | 403;
	/**
	 * What happens between the server's work and the storing of its answer: the window that renews dies, its store fails, or
	 * the person signs in anew.
	 */
	readonly mishap?: 'dies' | 'cannotStore' | 'signsIn';
	/** Turns that an answer takes. */
	readonly delay: number;
}

const turn = fc.integer({ min: 0, max: 6 });
const nobody = fc.constant(undefined);
const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 4 });
const step: fc.Arbitrary<Step> = fc.record({
	// At once, within a server's slowness, past the pauses, into the last tenth, past the end.
	after: fc.constantFrom(0, 10_000, 30_000, minute, 2 * minute, 28 * day, 28 * day, 31 * day, 31 * day),
	turns: fc.oneof(fc.tuple(turn, nobody), fc.tuple(nobody, turn), { arbitrary: fc.tuple(turn, turn), weight: 3 }),
	faults: fc.array(fc.constantFrom(...renewalFaults), { maxLength: 2 }),
	page: rarely(fc.constantFrom(200, 401, 403)),
	mishap: rarely(fc.constantFrom('dies', 'cannotStore', 'signsIn')),
	delay: fc.integer({ min: 0, max: 4 }),
});
const steps = fc.array(step, { minLength: 4, maxLength: 12, size: 'max' });

interface Window {
	readonly state: { dead: boolean; broken: boolean };
	ask(): Promise<unknown>;
}

/** Two windows, one account, and somebody who signs in again where that is truly needed. */
class Scene {
	readonly server = new TokenServer();
	readonly shared = new SharedSecrets(this.server.signIn());
	readonly log: string[] = [];
	readonly windows: Window[] = [this.#open(), this.#open()];
	signIns = 0;
	/** The window that renews; there is never more than one. */
	#renewing: Window['state'] | undefined;

	#open(): Window {
		const state = { dead: false, broken: false };
		const names = { vendor: 'Vendor', account: 'Acme' };
		const log = collectingLog(this.log);
		const token = new RenewedToken({
			server: 'https://api.example.com',
			tokenPath: '/token',
			names,
			fetch: (input, init) => {
				this.#renewing = state;
				return this.server.fetch(input, init);
			},
			log,
			credentials: this.shared.window(state),
			clock: () => this.server.now,
		});
		const http = new Http({
			base: 'https://api.example.com',
			names,
			log,
			fetch: token.watchFetch(this.server.fetch),
			authorize: (request, signal) => token.authorize(request, signal),
			renew: (signal) => token.renew(signal),
		});
		// `once`, because the faults of a window's own store would be waited out otherwise.
		return { state, ask: () => http.reply({ path: '/things', once: true }, new AbortController().signal) };
	}

	async run(step: Step): Promise<void> {
		this.server.now += step.after;
		this.#arm(step);
		// One window may be refused while the other still stores what the first lacks.
		const wasLost = this.#isLost();
		const asked = step.turns.flatMap((count, at) =>
			count === undefined ? [] : ticks(count).then(() => this.windows[at]!.ask()),
		);
		const results = await Promise.allSettled(asked);
		this.#disarm();
		results.forEach((result) => this.#judge(result, wasLost));
		this.windows.forEach(({ state }, at) => state.dead && this.windows.splice(at, 1, this.#open()));
		this.check();
		if (step.mishap === undefined) {
			this.#signInWhereNeeded();
		}
	}

	#arm({ faults, page, mishap, delay }: Step): void {
		this.server.faults.push(...faults);
		this.server.pages.push(...(page ? [page] : []));
		this.server.delay = delay;
		this.server.onRotated = () => {
			if (mishap === 'signsIn') {
				this.shared.put(this.server.signIn());
			} else if (this.#renewing) {
				this.#renewing.dead ||= mishap === 'dies';
				this.#renewing.broken ||= mishap === 'cannotStore';
			}
		};
	}

	#disarm(): void {
		this.server.faults.length = 0;
		this.server.pages.length = 0;
		this.server.onRotated = () => undefined;
		this.windows.forEach(({ state }) => (state.broken = false));
	}

	#judge(result: PromiseSettledResult<unknown>, wasLost: boolean): void {
		if (result.status === 'rejected') {
			assert.doesNotMatch(wordsOf(result.reason), /s3cret/);
			if (result.reason instanceof SignInNeeded && !wasLost) {
				this.#checkSignInIsNeeded();
			}
		}
	}

	/** The vendor refuses what is stored, and that is because an answer was lost: nothing else ends a sign-in. */
	#checkSignInIsNeeded(): void {
		const { accessToken, refreshToken = '', asked } = this.shared.stored;
		assert.ok(!this.server.takes(accessToken), 'a good token was called refused');
		assert.notEqual(asked, undefined, 'there was no answer to lose');
		assert.ok(
			this.server.hasUsed(refreshToken) || this.server.unanswered.has(refreshToken),
			'the refresh token could still have been shown',
		);
	}

	check(): void {
		const numbers = this.shared.history.map((secrets) => numberOf(secrets, this.server));
		assert.deepEqual(
			numbers,
			numbers.toSorted((one, other) => one - other),
			'an older pair was stored over a newer one',
		);
		assert.deepEqual(this.server.usedTwice, [], 'a refresh token was shown after it was used up');
		assert.doesNotMatch(this.log.join('\n'), /s3cret/);
	}

	/** With a healthy network each window works, or the sign-in is truly over for all of them. */
	async end(): Promise<void> {
		this.server.now += 2 * minute;
		const works: boolean[] = [];
		// Twice, because a window that could not store its tokens before does so now, and the other may have asked first.
		for (const window of [...this.windows, ...this.windows]) {
			const [result] = await Promise.allSettled([window.ask()]);
			works.push(result.status === 'fulfilled');
			if (result.status === 'rejected') {
				assert.ok(result.reason instanceof SignInNeeded, String(result.reason));
				this.#checkSignInIsNeeded();
			}
		}
		this.check();
		assert.equal(works[2], works[3], 'one window works and the other does not');
	}

	/** The stored refresh token is used up, and what came of that is not stored. */
	#isLost(): boolean {
		const { accessToken, refreshToken } = this.shared.stored;
		return !this.server.takes(accessToken) && this.server.hasUsed(refreshToken);
	}

	/** As a person would; without this, what comes after a lost answer would show nothing more. */
	#signInWhereNeeded(): void {
		if (this.#isLost()) {
			this.shared.put(this.server.signIn());
			this.signIns += 1;
		}
	}
}

/** Which of the server's pairs was stored; all of it, and all that is kept beside it. */
function numberOf({ clientId, clientSecret, accessToken, refreshToken }: Secrets, { client }: TokenServer): number {
	assert.deepEqual({ clientId, clientSecret }, client);
	const number = /^s3cret-access-(\d+)$/.exec(accessToken ?? '')?.[1];
	assert.ok(number, 'the access token was lost');
	assert.equal(refreshToken, `s3cret-refresh-${number}`);
	return Number(number);
}

describe('A renewed token, in 200 sequences of faults over two windows,', () => {
	it('is never lost, never renewed with a refresh token that is used up, and works in the end', async function () {
		this.timeout(120_000);
		const seen = { renewals: 0, signIns: 0, unanswered: 0 };
		await fc.assert(
			fc.asyncProperty(steps, async (sequence) => {
				const scene = new Scene();
				for (const one of sequence) {
					await scene.run(one);
				}
				await scene.end();
				seen.renewals += scene.server.renewals;
				seen.signIns += scene.signIns;
				seen.unanswered += scene.server.unanswered.size;
			}),
			{ numRuns: 200 },
		);
		// Or the sequences would not be about renewing.
		assert.ok(seen.renewals > 200 && seen.signIns > 50 && seen.unanswered > 80, JSON.stringify(seen));
	});
});
