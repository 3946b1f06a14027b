import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { feedContent } from '../../src/core/feedContent.ts';
import { RowCounter } from '../../src/core/rowCount.ts';

function count(text: string, piece = 7): number | undefined {
	const counter = new RowCounter();
	const bytes = new TextEncoder().encode(text);
	for (let at = 0; at < bytes.length; at += piece) {
		counter.add(bytes.subarray(at, at + piece));
	}
	return counter.end();
}

describe('the rows of a feed', () => {
	it('are counted like a parser would, wherever the pieces are cut', () => {
		const rows = fc.array(fc.oneof(fc.jsonValue(), fc.record({ value: fc.array(fc.string()) })));
		fc.assert(
			fc.property(
				rows,
				fc.jsonValue(),
				fc.integer({ min: 1, max: 9 }),
				fc.boolean(),
				(value, other, piece, isPretty) => {
					const feed = { '@context': other, value, 'value"': [1, 2], z: { value: [3] } };
					assert.equal(count(JSON.stringify(feed, undefined, isPretty ? 2 : 0), piece), value.length);
				},
			),
		);
	});

	it('are none where the feed is not whole', () => {
		const whole = JSON.stringify({ value: [{ a: '1' }, { a: 'ü' }] });
		for (let length = 0; length < whole.length; length += 1) {
			assert.equal(count(whole.slice(0, length)), undefined, whole.slice(0, length));
		}
		assert.equal(count('{"other":[1]}'), undefined);
		assert.equal(count('<html></html>'), undefined);
		assert.equal(count('{"value":[1]}{"value":[2]}'), undefined);
		assert.equal(count('{"value":[1}]'), undefined);
	});

	for (const form of ['gzip', 'plain'] as const) {
		it(`come through ${form} as they are and are counted on the way`, async () => {
			const text = JSON.stringify({ value: Array.from({ length: 500 }, (_, id) => ({ id })) });
			const { content, seen } = feedContent({ stream: new Blob([text]).stream() }, form, () => undefined);
			const pair = new DecompressionStream('gzip') as ReadableWritablePair<Uint8Array, Uint8Array>;
			const plain = form === 'gzip' ? content.stream.pipeThrough(pair) : content.stream;
			assert.equal(await new Response(plain).text(), text);
			assert.deepEqual(seen(), { rows: 500, bytes: text.length });
		});
	}

	it('are refused where what came is no table', async () => {
		const { content } = feedContent({ stream: new Blob(['<html>']).stream() }, 'gzip', () => undefined);
		await assert.rejects(new Response(content.stream).text(), /not a whole table/);
	});
});
