import assert from 'node:assert/strict';
import type { Lane } from '../../src/core/arrangement.ts';
import { boardText, type ReadBoard } from '../../src/core/boardText.ts';
import { dateText } from '../../src/core/due.ts';
import type { Card } from '../../src/core/model.ts';

const now = new Date(2026, 10, 18, 12);

function card(id: string, over: Partial<Card> = {}): Card {
	return { id, boardId: 'b', columnId: 'c', title: `Card ${id}`, ...over };
}

function laneOf(name: string, cards: readonly Card[], total = cards.length): Lane {
	return { id: name, name, cards, total };
}

function textOf(over: Partial<ReadBoard> = {}): string {
	return boardText({ title: 'Delivery', place: 'Harbour · Acme', lanes: [], now, ...over });
}

/** The line of one card. */
function lineOf(one: Partial<Card>): string {
	return (
		textOf({ lanes: [laneOf('Doing', [card('1', one)])] })
			.split('\n')
			.find((line) => line.startsWith('- ')) ?? ''
	);
}

describe('a board as text', () => {
	it('has its name, its place, a heading for each lane with its count, and a line for each card', () => {
		const lanes = [laneOf('Doing', [card('1'), card('2')]), laneOf('Done', [], 0)];
		assert.equal(
			textOf({ lanes }),
			['# Delivery', 'Harbour · Acme', '## Doing (2)', '- **Card 1** (1)\n- **Card 2** (2)', '## Done (0)\n'].join(
				'\n\n',
			),
		);
	});

	it('says all that is known of a card', () => {
		const line = lineOf({
			title: 'Mend the mast',
			key: 'BO-17',
			status: 'In review',
			assignees: ['Ada', 'Bea'],
			dueDate: '2026-11-20',
			labels: ['wood', 'art'],
			blocked: 'No glue',
			progress: { done: 2, total: 5 },
		});
		assert.equal(
			line,
			`- **Mend the mast** (BO-17) · In review · assigned to Ada, Bea · due ${dateText('2026-11-20')} · labels: wood, art · blocked: No glue · checklist 2 of 5`,
		);
	});

	it('says what is overdue, done and blocked without a reason in words', () => {
		assert.ok(lineOf({ dueDate: '2026-11-17' }).endsWith(`· overdue since ${dateText('2026-11-17')}`));
		assert.ok(lineOf({ dueDate: '2026-11-18' }).endsWith(`· due ${dateText('2026-11-18')}`));
		assert.ok(lineOf({ dueDate: '2026-11-17', done: true }).endsWith(`· done · due ${dateText('2026-11-17')}`));
		assert.match(lineOf({ blocked: '' }), /· blocked$/);
	});

	it('does not say done twice where that is the vendor’s own word', () => {
		assert.equal(lineOf({ done: true, status: 'Done' }), '- **Card 1** (1) · Done');
	});

	it('says how much a filter hides, how the board is arranged, and what was not loaded', () => {
		const text = textOf({
			lanes: [laneOf('Doing', [card('1')], 12)],
			arrangement: 'mine, by assignee',
			notes: ['Only the first 50 cards of Doing are loaded.'],
		});
		assert.match(text, /^## Doing \(1 of 12\)$/m);
		assert.match(text, /^Shown: mine, by assignee$/m);
		assert.match(text, /^Only the first 50 cards of Doing are loaded\.$/m);
	});

	it('says that there is nothing', () => {
		assert.match(textOf(), /There are no cards to show\.\n$/);
	});

	it('shows markup as it was typed and lets none of it work', () => {
		const line = lineOf({
			title: '[x](http://evil.example) <img src=x> **b** `c` $m$ ~s~ &lt;',
			labels: ['a_b', '![p](q)'],
			assignees: ['#1 @ada'],
		});
		assert.equal(
			line,
			'- **\\[x\\](http\\:\\/\\/evil.example) \\<img src=x\\> \\*\\*b\\*\\* \\`c\\` \\$m\\$ \\~s\\~ \\&lt;** (1) · assigned to \\#1 \\@ada · labels: a\\_b, !\\[p\\](q)',
		);
	});

	it('keeps each card in its line and each heading in its own, whatever its text holds', () => {
		const evil = 'a\r\n\r\n# b\u2028- c\u0000\u202Ed';
		const text = textOf({
			title: evil,
			place: evil,
			lanes: [laneOf(evil, [card('1', { title: evil, blocked: evil })])],
		});
		assert.equal(text.split('\n').filter((line) => line.startsWith('- ')).length, 1);
		assert.equal(text.split('\n').filter((line) => line.startsWith('#')).length, 2);
		assert.ok(['\u0000', '\u2028', '\u202E', '\r'].every((sign) => !text.includes(sign)));
	});

	it('makes no list, rule or heading of a place that looks like one', () => {
		for (const [place, line] of [
			['- a', '\\- a'],
			['+ a', '\\+ a'],
			['---', '\\---'],
			['1. a', '1\\. a'],
			['12) a', '12\\) a'],
		] as const) {
			assert.equal(textOf({ place }).split('\n')[2], line);
		}
	});

	it('has a name for a card whose title is empty', () => {
		assert.equal(lineOf({ title: ' \n ' }), '- **No title** (1)');
	});

	it('is the same each time', () => {
		const lanes = [laneOf('Doing', [card('1', { labels: ['b', 'a'] }), card('2')])];
		assert.equal(textOf({ lanes }), textOf({ lanes, now: new Date(2026, 10, 18, 23) }));
	});
});
