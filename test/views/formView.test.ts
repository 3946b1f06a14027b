import assert from 'node:assert/strict';
import { type Field, problemsOf } from '../../src/core/form.ts';
import { completed, toFormView, toValues, unnamed, withoutBare } from '../../src/views/formView.ts';

const choices = async () => ({ items: [] });
const name: Field = { kind: 'text', id: 'name', label: 'Name', required: true, initial: 'Pier' };
const note: Field = { kind: 'text', id: 'note', label: 'Note', multiline: true, html: true, help: 'For all.' };
const state: Field = { kind: 'choice', id: 'state', label: 'State', initial: 's1', initialLabel: 'Open', choices };
const people: Field = { kind: 'choice', many: true, id: 'people', label: 'People', initial: ['p1', 'p2'], choices };
const map: Field = {
	kind: 'mapping',
	id: 'map',
	label: 'Map',
	required: true,
	rows: async () => [],
	choices,
	none: 'Bare.',
};
const flag: Field = { kind: 'flag', id: 'flag', label: 'Flag' };
const fields = [name, note, state, people, map, flag];
const form = { title: 'Edit', submitLabel: 'Save', fields, submit: async () => undefined };

describe('what the page of a form shows', () => {
	it('holds every field with what it begins with, and empty ones as empty', () => {
		const view = toFormView(form, 'Acme', new Map());
		assert.equal(view.place, 'Acme');
		assert.deepEqual(
			view.fields.map(({ id, value }) => [id, value]),
			[
				['name', 'Pier'],
				['note', ''],
				['state', 's1'],
				['people', ['p1', 'p2']],
				['map', {}],
				['flag', false],
			],
		);
		assert.deepEqual(
			view.fields.filter(({ required }) => required).map(({ id }) => id),
			['name', 'map'],
		);
		assert.equal(view.fields.find(({ id }) => id === 'map')?.none, 'Bare.');
	});

	it('calls what was chosen by the name that the form gives, or by those that were asked for', () => {
		assert.deepEqual(
			unnamed(fields).map(({ id }) => id),
			['people'],
		);
		const view = toFormView(form, undefined, new Map([['people', ['Ada', 'Bob']]]));
		const labels = (id: string) => view.fields.find((field) => field.id === id)?.valueLabels;
		assert.deepEqual(labels('state'), ['Open']);
		assert.deepEqual(labels('people'), ['Ada', 'Bob']);
	});

	it('gives back as values what was typed, without what holds nothing and began with nothing', () => {
		const told = { name: '', note: '', state: 's1', people: [], map: {}, flag: false };
		assert.deepEqual(toValues(fields, told), {
			name: '',
			note: undefined,
			state: 's1',
			people: [],
			map: undefined,
			flag: undefined,
		});
		assert.deepEqual(toValues([name, flag], { flag: true }), { name: 'Pier', flag: true });
	});

	it('completes a mapping with a place for every line, and for no line that is gone', () => {
		const rows = [
			{ value: 'a', label: 'A' },
			{ value: 'b', label: 'B' },
		];
		const value = completed(rows, { b: 'x', gone: 'y' });
		assert.deepEqual(value, { a: '', b: 'x' });
		assert.equal(problemsOf(withoutBare([map], { map: value }), { map: value }).length, 1);
	});

	it('needs nothing in a mapping without lines', () => {
		assert.deepEqual(problemsOf(withoutBare([map], { map: {} }), { map: {} }), []);
	});
});
