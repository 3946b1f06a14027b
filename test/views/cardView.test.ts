import assert from 'node:assert/strict';
import type { CardDetail, Cards } from '../../src/core/cards.ts';
import { Unreachable } from '../../src/core/errors.ts';
import type { Field } from '../../src/core/form.ts';
import { type CardFacts, labelKey, toCardPageView } from '../../src/views/cardView.ts';
import { account, cardOf, FakeBoard } from '../support/fakeBoard.ts';

const choice = (id: string, many: boolean): Field => ({
	kind: 'choice',
	id,
	label: id,
	many,
	choices: () => assert.fail('it asked'),
});

const fields: readonly Field[] = [
	{ kind: 'text', id: 'title', label: 'Title', required: true, maxLength: 80 },
	{ kind: 'flag', id: 'blocked', label: 'Blocked' },
	choice('assignee', true),
	choice('status', false),
];

function page(detail: Partial<CardDetail> = {}, over: Partial<CardFacts> = {}, parts: Partial<Cards> = {}) {
	const cards = new FakeBoard({}).session.cards ?? assert.fail();
	const editing = { fields: () => fields, edit: async () => assert.fail() };
	return toCardPageView({
		account,
		cards: { ...cards, editing, ...parts },
		detail: { card: cardOf('a', 'A'), values: { title: 'a' }, ...detail },
		place: 'Harbour › Delivery › Doing',
		comments: undefined,
		labels: new Map(),
		pictures: false,
		...over,
	});
}

describe('what a card’s page shows', () => {
	it('holds each field with what the vendor has, and empty ones as empty', () => {
		assert.deepEqual(
			page({ values: { title: 'Oil', assignee: ['1'] } }).fields.map(({ id, kind, value }) => [id, kind, value]),
			[
				['title', 'text', 'Oil'],
				['blocked', 'flag', false],
				['assignee', 'choice', ['1']],
				['status', 'choice', ''],
			],
		);
	});

	it('calls chosen people by the names of the card, or by those that were asked for', () => {
		const card = { ...cardOf('a', 'A'), assignees: ['Ada'] };
		const names = (ids: readonly string[], labels = new Map<string, string>()) =>
			page({ card, values: { assignee: ids } }, { labels }).fields.find(({ id }) => id === 'assignee')?.valueLabels;
		assert.deepEqual(names(['1']), ['Ada']);
		assert.equal(names(['1', '2']), undefined, 'which of them is Ada is not known');
		const asked = new Map([
			[labelKey('assignee', '1'), 'Ada L.'],
			[labelKey('assignee', '2'), 'Grace'],
		]);
		assert.deepEqual(names(['2', '1'], asked), ['Grace', 'Ada L.']);
		assert.deepEqual(names([]), []);
	});

	it('of a card that can’t be changed shows facts and offers nothing', () => {
		const card = { ...cardOf('a', 'A'), readOnly: 'Closed.', status: 'Done', blocked: '', assignees: ['Ada'] };
		const item = { id: '1', title: 'Oil', done: false };
		const view = page({ card, checklist: [item], attachments: [] }, { comments: { items: [], hasMore: false } });
		assert.deepEqual(view.fields, []);
		assert.deepEqual(
			view.facts.map(({ label, value }) => `${label}: ${value}`),
			['Status: Done', 'Blocked: yes', 'Assigned to: Ada'],
		);
		assert.deepEqual(view.can, { move: false, remove: undefined, openInBrowser: false });
		assert.deepEqual(
			[view.checklist?.canSet, view.checklist?.canAdd, view.checklist?.canRemove, view.comments?.canAdd],
			[false, false, false, false],
		);
		assert.equal(view.attachments?.canAdd, false);
		assert.equal(view.readOnly, 'Closed.');
	});

	it('shows as a fact only what no field shows', () => {
		const card = { ...cardOf('a', 'A'), status: 'Doing', labels: ['red'] };
		assert.deepEqual(page({ card }).facts, [{ label: 'Labels', value: 'red' }]);
	});

	it('has only the parts that the vendor has', () => {
		const without = { comments: undefined, checklist: undefined, moving: undefined, removal: undefined };
		const view = page({}, {}, without);
		assert.deepEqual([view.checklist, view.attachments, view.comments], [undefined, undefined, undefined]);
		assert.deepEqual([view.can.move, view.can.remove], [false, undefined]);
		assert.equal(page().can.remove, 'Delete…');
	});

	it('keeps the comments that came where more of them fail', () => {
		const items = [{ id: '1', text: { text: 'First' }, author: 'Ada', created: 'yesterday' }];
		const { comments } = page({}, { comments: { items, hasMore: true, failure: new Unreachable('Not now.') } });
		assert.equal(comments?.failure, 'Not now.');
		assert.deepEqual(comments?.items, [
			{ id: '1', author: 'Ada', time: 'yesterday', body: { text: 'First' }, canRemove: true },
		]);
	});

	it('says that its account is locked, and how to unlock it', () => {
		assert.deepEqual(page().notices, []);
		assert.equal(page({}, { account: { ...account, locked: true } }).notices[0]?.action?.id, 'unlock');
	});
});
