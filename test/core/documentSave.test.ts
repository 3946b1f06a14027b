import assert from 'node:assert/strict';
import { type Base, standingOf, whyReadOnly } from '../../src/core/documentSave.ts';
import { NotFound, Unreachable } from '../../src/core/errors.ts';
import type { Document } from '../../src/core/model.ts';
import { digestOf, wholeContent } from '../../src/core/wholeContent.ts';
import { archive, documentNamed, FakeArchives } from '../support/documents.ts';
import { signal } from '../support/session.ts';

const digest = (text: string) => digestOf(new TextEncoder().encode(text));

describe('a document before it is saved over', () => {
	let archives: FakeArchives;
	let document: Document;
	let base: Base;

	beforeEach(async () => {
		archives = new FakeArchives();
		document = archives.put(archive, 'Plan.txt', '7', 'as opened');
		base = { id: '7', revision: '1', digest: await digest('as opened') };
	});

	const kind = async (from: Base | undefined = base, text = 'as typed') =>
		(await standingOf(archives, document, from, await digest(text), signal())).kind;

	it('is unchanged where its revision is, which costs one question', async () => {
		assert.equal(await kind(), 'unchanged');
		assert.deepEqual(archives.asked, ['look 7']);
	});

	it('is changed where somebody else saved it meanwhile', async () => {
		archives.change('7', 'as somebody typed');
		assert.equal(await kind(), 'changed');
	});

	it('is unchanged where only its revision is another, as after a move', async () => {
		archives.change('7', 'as opened');
		assert.equal(await kind(), 'unchanged');
	});

	it('is compared by its content where the vendor gives no revision', async () => {
		archives.revisions = false;
		assert.equal(await kind({ ...base, revision: undefined }), 'unchanged');
		archives.change('7', 'as somebody typed');
		assert.equal(await kind({ ...base, revision: undefined }), 'changed');
	});

	it('is the same where the answer to an earlier save was lost', async () => {
		archives.change('7', 'as typed');
		assert.equal(await kind(), 'same');
	});

	it('is unread where nobody knows what the editor began with', async () => {
		const standing = await standingOf(archives, document, undefined, await digest('as typed'), signal());
		assert.equal(standing.kind, 'unread');
	});

	it('is replaced where the editor began with another document, even with the same revision', async () => {
		assert.equal(await kind({ ...base, id: '6' }), 'replaced');
	});

	it('tells the state it was found in, so that what changes once more is noticed', async () => {
		archives.change('7', 'as somebody typed');
		const first = await standingOf(archives, document, base, await digest('as typed'), signal());
		assert.ok('there' in first);
		assert.equal(await kind(first.there), 'unchanged');
		archives.change('7', 'as somebody typed once more');
		assert.equal(await kind(first.there), 'changed');
	});

	it('is gone where the vendor does not have it any more', async () => {
		archives.contents.clear();
		assert.equal(await kind(), 'gone');
	});

	it('is read-only where it has become so', async () => {
		archives.look = async () => ({ ...document, readOnly: 'It is locked.' });
		assert.equal(await kind(), 'readOnly');
		archives.look = async () => document;
		const { read } = archives;
		archives.read = async (one) => ({ ...(await read(one)), readOnly: 'It has a table.' });
		assert.equal(await kind(), 'readOnly');
	});

	it('lets a failure through as what it is', async () => {
		archives.look = async () => {
			throw new Unreachable('No network.');
		};
		await assert.rejects(kind(), Unreachable);
	});
});

describe('the reason why a document is read-only', () => {
	it('is the document’s own, then the account’s', () => {
		const archives = new FakeArchives();
		assert.equal(whyReadOnly(archives, documentNamed('a', '1'), 'none'), undefined);
		assert.equal(whyReadOnly(archives, documentNamed('a', '1', { readOnly: 'locked' }), 'none'), 'locked');
		assert.equal(whyReadOnly(undefined, documentNamed('a', '1'), 'none'), 'none');
	});
});

describe('a document read whole', () => {
	const stream = (text: string, breaks = false) =>
		new ReadableStream<Uint8Array>({
			start(controller) {
				controller.enqueue(new TextEncoder().encode(text));
				if (breaks) {
					controller.error(new Error('reset'));
				} else {
					controller.close();
				}
			},
		});

	it('is asked for once more where it was cut off', async () => {
		const content = { stream: stream('abc', true), again: async () => ({ stream: stream('abcdef'), size: 6 }) };
		assert.equal(new TextDecoder().decode((await wholeContent(content, signal())).bytes), 'abcdef');
	});

	it('is not taken where it is shorter than was promised', async () => {
		await assert.rejects(wholeContent({ stream: stream('abc'), size: 6 }, signal()), Unreachable);
	});

	it('fails as a broken connection where it is cut off for good', async () => {
		const again = async () => ({ stream: stream('ab', true) });
		await assert.rejects(wholeContent({ stream: stream('abc', true), again }, signal()), Unreachable);
		const gone = async (): Promise<never> => {
			throw new NotFound('It is gone.');
		};
		await assert.rejects(wholeContent({ stream: stream('abc', true), again: gone }, signal()), NotFound);
	});
});
