import { asTheVendor } from '../../src/core/arrangement.ts';
import type { BoardView, CardView, LaneView } from '../../src/pages/protocol.ts';

/** A board with cards of every kind, always the same for the same numbers. */
export function boardOf(lanes: number, cards: number, of: Partial<BoardView> = {}): BoardView {
	return {
		title: 'Delivery',
		place: 'Harbour renewal, Acme',
		lanes: Array.from({ length: lanes }, (_, at) => laneOf(at, cards)),
		arrangement: asTheVendor,
		labels: ['Quay', 'Crane', 'Paint'],
		can: { mine: true, undo: 'Undo: move Order the pump' },
		notices: [],
		words: { card: 'card', cards: 'cards', column: 'column' },
		...of,
	};
}

export function laneOf(at: number, count: number, of: Partial<LaneView> = {}): LaneView {
	return {
		id: `lane-${at}`,
		name: laneNames[at % laneNames.length] ?? '',
		count: String(count),
		cards: Array.from({ length: count }, (_, index) => cardOf(at, index)),
		canCreate: true,
		drop: 'any',
		movable: true,
		...of,
	};
}

export function cardOf(lane: number, index: number, of: Partial<CardView> = {}): CardView {
	const number = lane * 1000 + index;
	const title = `${titles[number % titles.length]} ${lane + 1}.${index + 1}`;
	return {
		id: `${lane}-${index}`,
		key: `#${number}`,
		title,
		movable: true,
		spoken: `${title}, ${laneNames[lane % laneNames.length]}.`,
		context: 'card canMove canRename',
		...(number % 2 === 0 && { assignees: 'Ann Chandler, Bo Rigger' }),
		...(number % 3 === 0 && { due: { text: '12 Mar 2026', overdue: number % 6 === 0 } }),
		...(number % 4 === 0 && { labels: ['Quay', 'Crane'] }),
		...(number % 5 === 0 && { progress: { done: number % 4, total: 4 } }),
		...(number % 7 === 0 && { blocked: 'Waits for the tide' }),
		...(number % 9 === 0 && { comments: number % 5 }),
		...(number % 11 === 0 && { done: true }),
		...(number % 13 === 0 && { pending: true }),
		status: number % 2 === 0 ? 'Started' : 'Planned',
		...of,
	};
}

const laneNames = ['Backlog', 'Ready', 'Doing', 'Review', 'Test', 'Ship', 'Invoice', 'Done'];
const titles = [
	'Order the pump',
	'Paint the quay wall and the bollards with the colour that the harbour master has chosen',
	'Inspect crane',
	'Call the diver',
	'Write down what the tide gauge said in the night before the storm',
];
