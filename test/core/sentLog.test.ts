import assert from 'node:assert/strict';
import {
	bodyText,
	longestBody,
	type SentEntry,
	sentText,
	wasAnsweredWell,
	withoutThese,
} from '../../src/core/sentLog.ts';

const entry: SentEntry = {
	account: 'Acme',
	time: new Date('2026-11-22T16:00:00Z'),
	method: 'POST',
	path: '/1/cards/12',
	body: '{"title":"Höfn"}',
	status: 200,
};

const asIs = (text: string): string => text;

describe('the log of changes', () => {
	it('says whose change was sent where, what came of it, and with which fields', () => {
		assert.equal(sentText(entry), '[Acme] POST /1/cards/12 → 200 {"title":"Höfn"}');
	});

	it('says where no answer came', () => {
		assert.equal(sentText({ ...entry, body: undefined, status: undefined }), '[Acme] POST /1/cards/12 → no answer');
	});

	it('tells what went well from what did not', () => {
		const statuses = [200, 204, 302, 401, 500, undefined];
		assert.deepEqual(
			statuses.map((status) => wasAnsweredWell({ ...entry, status })),
			[true, true, true, false, false, false],
		);
	});

	it('hides what stands under the name of a secret, however deep', () => {
		const text = bodyText({ title: 'a', auth: { access_token: 'abc', password: 12 }, Signature: 'x' }, asIs);
		assert.equal(text, '{"title":"a","auth":{"access_token":"‹secret›","password":"‹secret›"},"Signature":"‹secret›"}');
	});

	it('keeps the flags and lists of a field with such a name readable', () => {
		assert.equal(bodyText({ tokens: [1, 2], needs_password: true }, asIs), '{"tokens":[1,2],"needs_password":true}');
	});

	it('has no body where none was sent', () => {
		assert.equal(bodyText(undefined, asIs), undefined);
	});

	it('holds none of the secrets, in whichever spelling', () => {
		const secret = 'p+ss "word"/12';
		const body = JSON.stringify({ title: `mine: ${secret}` });
		const hidden = withoutThese({ ...entry, path: `/x?a=${encodeURIComponent(secret)}`, body }, [secret]);
		assert.equal(hidden.path, '/x?a=‹secret›');
		assert.equal(hidden.body, '{"title":"mine: ‹secret›"}');
	});

	it('cuts a long body, and never in the middle of a secret that would then be missed', () => {
		const secret = 'abcdefgh12';
		const body = `${'x'.repeat(longestBody - 6)}${secret}`;
		const cut = withoutThese({ ...entry, body }, [secret]).body ?? '';
		assert.equal(cut.length, longestBody);
		assert.ok(cut.endsWith('…'));
		assert.ok(!cut.includes('abc'));
	});
});
