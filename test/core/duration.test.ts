import assert from 'node:assert/strict';
import { durationText } from '../../src/core/duration.ts';

describe('A duration', () => {
	for (const [milliseconds, text] of [
		[0, '0 milliseconds'],
		[1, '1 millisecond'],
		[120.4, '120 milliseconds'],
		[1_000, '1 second'],
		[1_500, '1,500 milliseconds'],
		[90_000, '90 seconds'],
		[300_000, '5 minutes'],
		[600_000, '10 minutes'],
		[5_400_000, '90 minutes'],
		[86_400_000, '1 day'],
		[100 * 86_400_000, '100 days'],
	] as const) {
		it(`of ${milliseconds} ms is ${text}`, () => {
			assert.equal(durationText(milliseconds), text);
		});
	}
});
