import assert from 'node:assert/strict';
import type { UploadFile } from '../../src/core/archives.ts';
import { metered, TransferMeter, type TransferProgress } from '../../src/core/transferProgress.ts';

describe('The progress of a transfer', () => {
	let now: number;
	let told: TransferProgress[];
	const meter = (total?: number) =>
		new TransferMeter(
			(progress) => told.push(progress),
			total,
			() => now,
		);
	beforeEach(() => {
		now = 1_000;
		told = [];
	});

	it('is told at most four times in any second', () => {
		const one = meter(1_000_000);
		for (let bytes = 0; bytes < 1_000_000; bytes += 1_000) {
			one.reach(bytes);
			now += 3;
		}
		assert.ok(told.length >= 11 && told.length <= 12, String(told.length));
	});

	it('says how fast it is and how long it will take', () => {
		const one = meter(1_000);
		now += 1_000;
		one.reach(100);
		assert.deepEqual(told, [{ bytes: 100, total: 1_000, rate: 100, secondsLeft: 9 }]);
	});

	it('follows a network that gets slower within some seconds', () => {
		const one = meter(1_000_000);
		for (let second = 1; second <= 10; second++) {
			now += 1_000;
			one.reach(second * 10_000);
		}
		assert.equal(told.at(-1)?.rate, 10_000);
		for (let second = 1; second <= 7; second++) {
			now += 1_000;
			one.reach(100_000 + second * 100);
		}
		assert.equal(told.at(-1)?.rate, 100);
	});

	it('does not guess the end where nobody knows the size or nothing comes', () => {
		const one = meter();
		now += 500;
		one.reach(50);
		const stuck = meter(100);
		now += 500;
		stuck.reach(0);
		assert.deepEqual(
			told.map(({ secondsLeft }) => secondsLeft),
			[undefined, undefined],
		);
	});

	it('does not count what an earlier attempt took as speed', () => {
		const one = meter(1_000);
		now += 60_000;
		one.restart(500);
		now += 1_000;
		one.reach(600);
		assert.deepEqual(told, [{ bytes: 600, total: 1_000, rate: 100, secondsLeft: 4 }]);
	});

	it('of a file that goes up counts what has left, and begins at nothing with a second attempt', async () => {
		const file: UploadFile = {
			name: 'a',
			size: 4,
			mediaType: 'text/plain',
			async *content() {
				for (let at = 0; at < 4; at++) {
					yield new Uint8Array(1);
				}
			},
		};
		const watched = metered(
			file,
			(progress) => told.push(progress),
			() => now,
		);
		for (let attempt = 0; attempt < 2; attempt++) {
			for await (const piece of watched.content()) {
				assert.equal(piece.length, 1);
				now += 1_000;
			}
		}
		assert.deepEqual(
			told.map(({ bytes }) => bytes),
			[1, 2, 3, 4, 1, 2, 3, 4],
		);
	});
});
