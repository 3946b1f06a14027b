import assert from 'node:assert/strict';
import { dateText } from '../../src/core/due.ts';
import { cardSpoken, cardTooltip, isOverdue, sizeText } from '../../src/views/format.ts';

const now = new Date('2026-11-16T12:00:00');
const card = { id: '1', boardId: 'b', columnId: 'c', title: 'Order the pump' };

describe('what people read', () => {
	it('gives a day as that day in every time zone', () => {
		assert.match(dateText('2026-03-31'), /31/);
	});

	it('leaves a date alone that is none', () => {
		assert.equal(dateText('soon'), 'soon');
	});

	it('gives sizes in the unit that fits', () => {
		assert.match(sizeText(0), /^0 bytes?$/);
		assert.match(sizeText(999), /^999 bytes$/);
		assert.match(sizeText(1_500), /^1\.5 kB$/);
		assert.match(sizeText(2_000_000_000_000), /^2,000 GB$/);
	});

	it('calls a card overdue from the day after its date, unless it is done', () => {
		assert.equal(isOverdue({ ...card, dueDate: '2026-11-15' }, now), true);
		assert.equal(isOverdue({ ...card, dueDate: '2026-11-16' }, now), false);
		assert.equal(isOverdue({ ...card, dueDate: '2026-11-15', done: true }, now), false);
	});

	it('says everything about a card to a screen reader', () => {
		const spoken = cardSpoken(
			{ ...card, blocked: '', status: 'Review', assignees: ['Ada'], dueDate: '2026-11-20' },
			now,
		);
		assert.match(spoken, /^Order the pump, Review, blocked · .*2026.* · Ada$/);
	});

	it('tells in a tooltip what is known and nothing else', async () => {
		assert.deepEqual(await cardTooltip(card, now), { title: 'Order the pump', facts: [], text: undefined });
		const { facts, text } = await cardTooltip(
			{ ...card, labels: ['Risk'], blocked: 'No budget', description: { html: '<p>Two <b>pumps</b></p>' } },
			now,
		);
		assert.deepEqual(facts, ['Blocked: No budget', 'Labels: Risk']);
		assert.equal(text, 'Two pumps');
	});
});
