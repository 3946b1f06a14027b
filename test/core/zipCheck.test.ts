import assert from 'node:assert/strict';
import { isWholeZip } from '../../src/core/zipCheck.ts';
import { bytes, zip } from '../../src/sandbox/samples.ts';

/** Bytes of the end that are looked at. */
const seen = 65_536;

/** The same zip with the records of those over 4 GB, as some writers always make them. */
function as64(plain: Uint8Array, after = new Uint8Array()): Uint8Array {
	const end = new DataView(plain.buffer, plain.byteOffset + plain.length - 22, 22);
	const [entries, length, offset] = [end.getUint16(10, true), end.getUint32(12, true), end.getUint32(16, true)];
	const record = new DataView(new ArrayBuffer(56));
	record.setUint32(0, 0x06064b50, true);
	record.setBigUint64(4, BigInt(44 + after.length), true);
	[24, 32].forEach((at) => record.setBigUint64(at, BigInt(entries), true));
	record.setBigUint64(40, BigInt(length), true);
	record.setBigUint64(48, BigInt(offset), true);
	const locator = new DataView(new ArrayBuffer(20));
	locator.setUint32(0, 0x07064b50, true);
	locator.setBigUint64(8, BigInt(plain.length - 22), true);
	locator.setUint32(16, 1, true);
	const last = plain.slice(-22);
	last.fill(0xff, 8, 20);
	return bytes(plain.subarray(0, -22), new Uint8Array(record.buffer), after, new Uint8Array(locator.buffer), last);
}

describe('a zip', () => {
	const small = zip([
		['boards.json', '[]'],
		['documents/1 ä.txt', 'content'],
	]);
	/** Longer than what is looked at, also its directory. */
	const many = zip(Array.from({ length: 3000 }, (_, at) => [`${at}.txt`, `content ${at}`] as const));
	const large = zip([['large.bin', new Uint8Array(200_000).fill(7)]]);
	const isWhole = (file: Uint8Array): boolean => isWholeZip({ tail: file.subarray(-seen), size: file.length });
	const looksWhole = (file: Uint8Array): boolean => isWholeZip({ tail: file.subarray(-seen) });

	it('is whole at its end, whatever its size, and whether that is known', () => {
		for (const file of [small, many, large, as64(small), as64(many), as64(large)]) {
			assert.ok(isWhole(file));
			assert.ok(looksWhole(file));
		}
	});

	it('is whole with a comment behind its end', () => {
		const comment = new TextEncoder().encode('made by an export');
		const commented = bytes(small, comment);
		commented[small.length - 2] = comment.length;
		assert.ok(isWhole(commented));
	});

	it('is found in a piece of a larger memory', () => {
		assert.ok(isWhole(bytes(new Uint8Array(13), small, new Uint8Array(5)).subarray(13, -5)));
	});

	it('is not whole wherever it is cut', () => {
		for (let length = 0; length < small.length; length += 1) {
			assert.ok(!isWhole(small.subarray(0, length)), `${length} bytes`);
			assert.ok(!looksWhole(small.subarray(0, length)), `${length} bytes`);
		}
		const wide = as64(small);
		for (let length = 0; length < wide.length; length += 1) {
			assert.ok(!isWhole(wide.subarray(0, length)), `${length} bytes`);
		}
	});

	it('is not whole with a gap, or with more in it than there should be', () => {
		for (const file of [small, many, large, as64(large)]) {
			assert.ok(!isWhole(bytes(file.subarray(0, 20), file.subarray(30))));
			assert.ok(!isWhole(bytes(file.subarray(0, 20), new Uint8Array(4), file.subarray(20))));
		}
		assert.ok(!looksWhole(bytes(small.subarray(0, -60), small.subarray(-50))));
	});

	it('is not whole with anything behind it, without entries, or as one of several parts', () => {
		assert.ok(!isWhole(bytes(small, Uint8Array.of(0))));
		assert.ok(!isWhole(zip([])));
		const part = small.slice();
		part[part.length - 18] = 1;
		assert.ok(!isWhole(part));
	});

	it('is nothing else: a page, a text, an empty file', () => {
		for (const text of ['', '<!doctype html><h1>Sign in</h1>', '{"error_code": "SERVER_ERROR"}', 'PK']) {
			assert.ok(!isWhole(new TextEncoder().encode(text)));
		}
	});

	it('over 4 GB is found by the size that its end speaks of', () => {
		const far = as64(large);
		const offset = 5_000_000_000n;
		const view = new DataView(far.buffer, far.byteOffset, far.length);
		const record = far.length - 98;
		view.setBigUint64(record + 48, view.getBigUint64(record + 48, true) + offset, true);
		view.setBigUint64(far.length - 34, view.getBigUint64(far.length - 34, true) + offset, true);
		const size = far.length + Number(offset);
		assert.ok(isWholeZip({ tail: far.subarray(-seen), size }));
		assert.ok(!isWholeZip({ tail: far.subarray(-seen), size: size - 1 }));
		assert.ok(isWholeZip({ tail: far.subarray(-seen) }));
	});

	it('may carry data of other programs in its end where the size is known', () => {
		assert.ok(isWhole(as64(small, new Uint8Array(12))));
	});
});
