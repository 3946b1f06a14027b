import type { CardPageView, FieldView } from '../../src/pages/protocol.ts';

/** A card with everything that a page can show of one. */
export const title: FieldView = {
	id: 'title',
	label: 'Title',
	kind: 'text',
	required: true,
	value: 'Repair the crane',
};
export const due: FieldView = { id: 'due', label: 'Due', kind: 'date', value: '2026-03-31' };
export const assignee: FieldView = {
	id: 'assignee',
	label: 'Assignee',
	kind: 'choice',
	value: '7',
	valueLabels: ['Ada'],
};
export const labels: FieldView = {
	id: 'labels',
	label: 'Labels',
	kind: 'choice',
	many: true,
	value: ['1', '2'],
	valueLabels: ['harbour', 'urgent'],
};
export const blocked: FieldView = { id: 'blocked', label: 'Blocked', kind: 'flag', value: false };
export const description: FieldView = {
	id: 'description',
	label: 'Description',
	kind: 'text',
	multiline: true,
	html: true,
	value: '<p>First</p><p>Second<br>line</p>',
};

export const card: CardPageView = {
	title: 'Repair the crane',
	key: '#42',
	place: 'Harbour › Delivery › Review',
	facts: [{ label: 'Created', value: 'March 1, 2026' }],
	description: { html: String(description.value) },
	pictures: false,
	fields: [title, due, assignee, labels, blocked, description],
	checklist: {
		items: [
			{ id: 'a', title: 'Order the rope', done: true },
			{ id: 'b', title: 'Call the crane', done: false },
			{ id: 'c', title: 'Grease it', done: false },
		],
		canSet: true,
		canAdd: true,
		canRemove: true,
		note: 'Checking off tells the team.',
	},
	attachments: {
		items: [
			{ id: 'x', name: 'plan.pdf', detail: '2 MB', canOpen: true },
			{ id: 'y', name: 'lost.pdf', canOpen: false },
		],
		canAdd: true,
	},
	comments: {
		items: [
			{ id: 'm1', author: 'Ada', time: 'yesterday', body: { html: '<p>Looks <b>good</b></p>' }, canRemove: true },
			{ id: 'm2', author: 'Bob', time: 'today', body: { text: 'a <b> is no tag\nhere' }, canRemove: false },
		],
		hasMore: true,
		canAdd: true,
	},
	can: { move: true, remove: 'Archive', openInBrowser: true },
	notices: [{ text: 'The vendor is slow today.', severity: 'warning', action: { label: 'Reload', id: 'reload' } }],
};
export const people = [
	{ value: '7', label: 'Ada', detail: 'ada@example.com' },
	{ value: '8', label: 'Bob' },
	{ value: '9', label: 'Cleo' },
];
