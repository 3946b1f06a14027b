import assert from 'node:assert/strict';
import { SignInNeeded, UnexpectedReply, Unreachable } from '../../src/core/errors.ts';
import type { Finding } from '../../src/core/finding.ts';
import { type Check, runChecks } from '../../src/host/checks.ts';
import { signal } from '../support/session.ts';

const fine = (about: string): Finding => ({ about, state: 'good', message: 'Fine.' });
const passing = (about: string): Check => ({ about, run: async () => [fine(about)] });
const failing = (about: string, error: unknown): Check => ({ about, run: () => Promise.reject(error) });
const hanging = (about: string): Check => ({ about, run: () => new Promise(() => undefined) });

const run = (checks: readonly Check[], timeLimit = 5_000) => runChecks(checks, { timeLimit }, signal());

describe('Checks', () => {
	it('give their findings in their order, whichever is done first', async () => {
		const slow: Check = { about: 'a', run: () => new Promise((resolve) => setImmediate(resolve, [fine('a')])) };
		assert.deepEqual(await run([slow, passing('b')]), [fine('a'), fine('b')]);
	});

	it('that fail or hang hide no other', async () => {
		const throwing: Check = {
			about: 'thrown',
			run: () => {
				throw new TypeError('at once');
			},
		};
		const checks = [passing('a'), hanging('hung'), failing('failed', new Error('EBADF')), throwing, passing('b')];
		const findings = await run(checks, 20);
		assert.deepEqual(
			findings.map(({ about, state }) => `${about} ${state}`),
			['a good', 'hung bad', 'failed warning', 'thrown warning', 'b good'],
		);
		assert.equal(findings[1]?.message, 'Nothing came within 20 milliseconds.');
		assert.equal(findings[2]?.message, 'This could not be checked: EBADF');
		assert.ok(findings.filter(({ state }) => state !== 'good').every(({ next }) => next));
	});

	it('are given up when their time is over', async () => {
		let given: AbortSignal | undefined;
		const asking: Check = {
			about: 'a',
			run: (each) => {
				given = each;
				return new Promise(() => undefined);
			},
		};
		await run([asking], 10);
		assert.ok(given?.aborted);
	});

	it('say what a failure says that is written for people, and what to do', async () => {
		const [refused, gone, odd] = await run([
			failing('a', new SignInNeeded('Fakeboard did not accept the token.')),
			failing('b', new Unreachable('Fakeboard could not be reached.')),
			failing('c', new UnexpectedReply('Fakeboard answered oddly.')),
		]);
		assert.equal(refused?.message, 'Fakeboard did not accept the token.');
		assert.match(refused?.next ?? '', /Sign In Again/);
		assert.equal(gone?.message, 'Fakeboard could not be reached.');
		assert.match(gone?.next ?? '', /Wait/);
		assert.match(odd?.next ?? '', /log/);
	});

	it('know such a failure of another bundle, whose classes are others', async () => {
		const error = Object.assign(new Error('Fakeboard did not accept the token.'), { action: { kind: 'signIn' } });
		const [finding] = await run([failing('a', error)]);
		assert.equal(finding?.state, 'bad');
		assert.equal(finding?.message, 'Fakeboard did not accept the token.');
	});

	it('end at once when somebody cancels, which is no finding', async () => {
		const leaving = new AbortController();
		const running = runChecks([hanging('a'), passing('b')], { timeLimit: 60_000 }, leaving.signal);
		leaving.abort();
		await assert.rejects(running, { name: 'AbortError' });
	});

	it('tell how far they are, up to the whole', async () => {
		let done = 0;
		const advance = (part: number) => {
			done += part;
		};
		await runChecks([passing('a'), failing('b', new Error('x')), hanging('c')], { timeLimit: 10, advance }, signal());
		assert.equal(Math.round(done), 100);
	});
});
