import type { FormPageView } from '../../src/pages/formProtocol.ts';
import type { ChoiceView } from '../../src/pages/protocol.ts';

/** A form with a field of every kind. */
export const sampleForm: FormPageView = {
	title: 'Change workflow',
	place: 'Productive · Acme',
	submitLabel: 'Change Workflow',
	helpUrl: 'https://vendor.example/help',
	preview: { label: 'The query it makes', text: '' },
	fields: [
		{ id: 'name', label: 'Name', kind: 'text', required: true, maxLength: 40, value: 'Launch' },
		{ id: 'note', label: 'Note', kind: 'text', multiline: true, help: 'Shown to everybody on the project.', value: '' },
		{ id: 'body', label: 'Description', kind: 'text', multiline: true, html: true, value: '<p>One</p><p>Two</p>' },
		{ id: 'due', label: 'Due', kind: 'date', value: '2026-03-31' },
		{
			id: 'workflow',
			label: 'New workflow',
			kind: 'choice',
			required: true,
			value: 'w1',
			valueLabels: ['Simple'],
		},
		{ id: 'people', label: 'People', kind: 'choice', many: true, value: [], none: 'Nobody works here.' },
		{ id: 'tag', label: 'Tag', kind: 'choice', free: true, value: '' },
		{ id: 'billable', label: 'Billable', kind: 'flag', help: 'Time is charged.', value: false },
		{ id: 'file', label: 'File', kind: 'path', value: '' },
		{
			id: 'map',
			label: 'Statuses',
			kind: 'mapping',
			required: true,
			help: 'Tasks of a status on the left get the one on the right.',
			value: {},
		},
	],
};

export const oldStatuses: readonly ChoiceView[] = [
	{ value: 'o1', label: 'Not started' },
	{ value: 'o2', label: 'Started', detail: '12 tasks' },
	{ value: 'o3', label: 'Closed' },
];

export const newStatuses: readonly ChoiceView[] = [
	{ value: 'n1', label: 'Open' },
	{ value: 'n2', label: 'Done' },
];
