import assert from 'node:assert/strict';
import type { Store } from '../../src/core/accounts.ts';
import { standingOfText, TextBases, textDigest } from '../../src/files/textBases.ts';

const base = { digest: 'd', mtime: 1, size: 2 };

/** A store whose content outlives what uses it. */
function store(): Store {
	const kept = new Map<string, unknown>();
	return {
		get: (key) => kept.get(key),
		set: async (key, value) => void kept.set(key, JSON.parse(JSON.stringify(value))),
	};
}

describe('how a text stands', () => {
	it('is unchanged where it says what the editor began with', () => {
		assert.equal(standingOfText('a', 'a', 'b'), 'unchanged');
	});
	it('is changed where it says anything else', () => {
		assert.equal(standingOfText('a', 'b', 'c'), 'changed');
	});
	it('is unread where nobody knows what the editor began with', () => {
		assert.equal(standingOfText(undefined, 'a', 'b'), 'unread');
	});
	it('is the same where the new one is there already, whatever the editor began with', () => {
		assert.deepEqual([standingOfText('a', 'b', 'b'), standingOfText(undefined, 'b', 'b')], ['same', 'same']);
	});
});

describe('what a text says', () => {
	it('does not depend on its layout in JSON', async () => {
		assert.equal(await textDigest('a.json', '{"a":[1,2]}'), await textDigest('a.json', '{\n\t"a": [1, 2]\n}\n'));
		assert.notEqual(await textDigest('a.json', '{"a":[1,2]}'), await textDigest('a.json', '{"a":[2,1]}'));
	});
	it('is every sign of it elsewhere, and in what is no JSON', async () => {
		assert.notEqual(await textDigest('a.md', '{"a":1}'), await textDigest('a.md', '{ "a": 1 }'));
		assert.notEqual(await textDigest('a.json', '{"a"'), await textDigest('a.json', '{ "a"'));
	});
});

describe('what editors of texts began with', () => {
	it('is known still after the window was loaded anew', () => {
		const kept = store();
		new TextBases(kept).put('one', 'uri:1', base);
		assert.deepEqual(new TextBases(kept).get('uri:1'), { uri: 'uri:1', account: 'one', ...base });
	});
	it('is what was put last', () => {
		const bases = new TextBases(store());
		bases.put('one', 'uri:1', base);
		bases.put('one', 'uri:1', { ...base, digest: 'e' });
		assert.equal(bases.get('uri:1')?.digest, 'e');
	});
	it('goes with its account', () => {
		const kept = store();
		const bases = new TextBases(kept);
		bases.put('one', 'uri:1', base);
		bases.put('two', 'uri:2', base);
		bases.dropAccounts((id) => id === 'one');
		assert.equal(new TextBases(kept).get('uri:1'), undefined);
		assert.equal(new TextBases(kept).get('uri:2')?.digest, 'd');
	});
	it('is kept of the newest hundred alone', () => {
		const bases = new TextBases(store());
		for (let at = 0; at <= 100; at += 1) {
			bases.put('one', `uri:${at}`, base);
		}
		assert.equal(bases.get('uri:0'), undefined);
		assert.ok(bases.get('uri:1') && bases.get('uri:100'));
	});
});
