import assert from 'node:assert/strict';
import { constantFrom, assert as forAll, nat, property, string } from 'fast-check';
import { jsonOf, jsonPlaceAt } from '../../src/files/jsonPlace.ts';

/** The place at the `|` of a text, and the text it stands in. */
function at(marked: string) {
	const offset = marked.indexOf('|');
	const text = marked.replace('|', '');
	const place = jsonPlaceAt(text, offset);
	return place && { ...place, replaced: text.slice(place.start, place.end) };
}

describe('a place in a text in JSON', () => {
	const keys: readonly (readonly [marked: string, path: readonly (string | number)[], replaced: string])[] = [
		['{|}', [], ''],
		['{ "u|" }', [], '"u"'],
		['{ "|', [], '"'],
		['{ ur|', [], 'ur'],
		['{ "a": 1, | }', [], ''],
		['{ "url": { | } }', ['url'], ''],
		['{ "url": { "u|rl": "x" } }', ['url'], '"url"'],
		['{ "list": [ {}, { "|" } ] }', ['list', 1], '""'],
	];
	for (const [marked, path, replaced] of keys) {
		it(`is a key’s in ${marked}`, () => {
			const place = at(marked);
			assert.deepEqual([place?.kind, place?.path, place?.replaced], ['key', path, replaced]);
		});
	}

	const values: readonly (readonly [marked: string, path: readonly (string | number)[], replaced: string])[] = [
		['{ "url": | }', ['url'], ''],
		['{ "url": "ht|tp" }', ['url'], '"http"'],
		['{ "url": tr| }', ['url'], 'tr'],
		['{ "url": 1|2 }', ['url'], '12'],
		['{ "kks": { "code": ["A", "|"] } }', ['kks', 'code', 1], '""'],
		['{ "kks": { "code": [|] } }', ['kks', 'code', 0], ''],
		['|', [], ''],
	];
	for (const [marked, path, replaced] of values) {
		it(`is a value’s in ${marked}`, () => {
			const place = at(marked);
			assert.deepEqual([place?.kind, place?.path, place?.replaced], ['value', path, replaced]);
		});
	}

	for (const marked of ['{ "url" | }', '{ "url": "x" | }', '{ "url": {} | }', '{ "url": [] |, "a": 1 }', '{} |']) {
		it(`is none where nothing can begin: ${marked}`, () => assert.equal(at(marked), undefined));
	}

	it('knows the other keys of its object, but not the one that is written', () => {
		assert.deepEqual(at('{ "a": 1, "|b": 2, "c": { "d": 3 } }')?.taken, ['a', 'c']);
		assert.deepEqual(at('{ "a": 1, "c": { "d": 3, "|" } }')?.taken, ['d']);
	});

	it('knows whether a key has its colon', () => {
		assert.equal(at('{ "a|" : 1 }')?.hasColon, true);
		assert.equal(at('{ "a|" }')?.hasColon, false);
	});

	it('comes to an end in every text, and stays within it', () => {
		const text = string({
			unit: constantFrom('{', '}', '[', ']', '"', ':', ',', ' ', '\n', 'a', '1', '\\', '/', '*'),
		});
		forAll(
			property(text, nat({ max: 20 }), (some, where) => {
				const offset = Math.min(where, some.length);
				const place = jsonPlaceAt(some, offset);
				assert.ok(!place || (place.start <= offset && offset <= place.end && place.end <= some.length));
			}),
			{ numRuns: 2000 },
		);
	});
});

describe('a choice in JSON', () => {
	it('is quoted as a key, whatever it is', () => {
		assert.deepEqual(
			['url', 'a "b"', 'true', '1'].map((value) => jsonOf(value, 'key')),
			['"url"', '"a \\"b\\""', '"true"', '"1"'],
		);
	});

	it('stands as it is as a value that is JSON already, and is quoted otherwise', () => {
		assert.deepEqual(
			['url', 'true', '12', '{"url": ""}', '[]', '"x"'].map((value) => jsonOf(value, 'value')),
			['"url"', 'true', '12', '{"url": ""}', '[]', '"x"'],
		);
	});
});
