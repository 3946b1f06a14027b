import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { asyncProperty, assert as check, infiniteStream, nat } from 'fast-check';
import type { Provider, SignedIn } from '../../src/core/provider.ts';
import type { Draw } from './damage.ts';
import { replayingFetch, sessionOver } from './recording.ts';
import { type Open, plain, tryOne, type Walked, walkThrough } from './trying.ts';

const runs = 1000;

/**
 * Asks a vendor's sandbox everything that a session reads, and then asks again with one of the replies spoilt. Either people get
 * the same as before, or `UnexpectedReply` names the place. A shape may do without a member: then people get the rest, and no
 * list is shorter for it.
 */
export function malformedReplies(provider: Provider, open: readonly Open[] = []): void {
	describe(`${provider.label}’s malformed replies`, function () {
		// Far more than it takes: whatever hangs ends here.
		this.timeout(180_000);
		let account: SignedIn;
		let walked: readonly Walked[] = [];

		before(async () => {
			({ account, walked } = await walkThrough(provider));
		});

		it('the same replies give the same answers', async () => {
			assert.ok(walked.length > 5, `only ${walked.length} questions were asked`);
			for (const { question, recorded, result } of walked) {
				const again = await question.ask(
					sessionOver(
						provider,
						account,
						replayingFetch(recorded, () => undefined),
					),
				);
				assert.deepEqual(plain(again), result, question.name);
			}
		});

		it(`${runs} of them are noticed with the place, or do no harm`, async () => {
			const numbers = infiniteStream(nat());
			const seen = { same: 0, noticed: 0, partial: 0 };
			await check(
				asyncProperty(numbers, async (stream) => {
					const draw: Draw = (bound) => (stream.next().value ?? 0) % bound;
					seen[await tryOne(provider, account, walked, draw, open)] += 1;
				}),
				{ numRuns: runs, endOnFailure: true, includeErrorInReport: true },
			);
			assert.ok(seen.noticed > runs / 10, inspect(seen));
			assert.equal(({} as { polluted?: unknown }).polluted, undefined);
		});
	});
}
