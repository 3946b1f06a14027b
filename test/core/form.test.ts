import assert from 'node:assert/strict';
import {
	type Field,
	initialValues,
	isEmpty,
	listOf,
	problemOf,
	problemsOf,
	textOf,
	type Values,
} from '../../src/core/form.ts';
import { onePage } from '../../src/core/page.ts';

const name: Field = { kind: 'text', id: 'name', label: 'Name', required: true, maxLength: 5 };
const start: Field = { kind: 'date', id: 'start', label: 'Start' };
const template: Field = { kind: 'flag', id: 'template', label: 'Template', initial: true };
const one: Field = { kind: 'choice', id: 'one', label: 'One', choices: async () => onePage([]) };
const many: Field = { ...one, id: 'many', label: 'Many', many: true, initial: ['a'] };

describe('A form', () => {
	it('says what is needed by the name of its field', () => {
		for (const value of [undefined, '', '   ']) {
			assert.equal(problemOf(name, { name: value }), 'Name is needed.');
		}
		assert.equal(problemOf({ ...many, required: true }, { many: [] }), 'Many is needed.');
	});

	it('is content with empty fields that are not required', () => {
		assert.deepEqual(problemsOf([start, template, one, many], {}), []);
		assert.deepEqual(problemsOf([start, one, many], { start: ' ', one: '', many: [] }), []);
	});

	it('counts the characters of a text without the spaces around it', () => {
		assert.equal(problemOf(name, { name: ' fives ' }), undefined);
		assert.equal(problemOf(name, { name: 'sixsix' }), 'Name can have at most 5 characters.');
	});

	it('takes real days only', () => {
		for (const day of ['2026-03-31', ' 2024-02-29 ']) {
			assert.equal(problemOf(start, { start: day }), undefined, day);
		}
		for (const day of [
			'2026-02-29',
			'2026-13-01',
			'2026-00-10',
			'0000-00-00',
			'31.03.2026',
			'2026-3-1',
			'2026-03-31T10:00',
			'soon',
		]) {
			assert.equal(problemOf(start, { start: day }), 'Start must be a date such as 2026-03-31.', day);
		}
	});

	it('asks a field’s own check only about values that are there', () => {
		const asked: unknown[] = [];
		const field: Field = {
			...name,
			required: false,
			check: (value: string, values: Values) => {
				asked.push([value, values['other']]);
				return value === 'bad' ? 'No.' : undefined;
			},
		};
		assert.equal(problemOf(field, { name: '' }), undefined);
		assert.equal(problemOf(field, { name: 'bad', other: 'x' }), 'No.');
		assert.equal(problemOf(field, { name: 'good' }), undefined);
		assert.deepEqual(asked, [
			['bad', 'x'],
			['good', undefined],
		]);
	});

	it('refuses a value of another kind instead of leaving it out in silence', () => {
		for (const [field, value] of [
			[name, ['a']],
			[name, true],
			[start, ['2026-03-31']],
			[one, ['a']],
			[one, true],
			[many, 'a'],
			[template, 'true'],
		] as const) {
			assert.match(
				problemOf(field, { [field.id]: value }) ?? '',
				new RegExp(`^${field.label} .*\\.$`),
				`${field.id} ${String(value)}`,
			);
		}
	});

	it('lists everything that is wrong, field by field', () => {
		assert.deepEqual(problemsOf([name, start, template], { start: 'soon' }), [
			{ field: 'name', message: 'Name is needed.' },
			{ field: 'start', message: 'Start must be a date such as 2026-03-31.' },
		]);
	});

	it('starts with the values that its fields propose', () => {
		assert.deepEqual(initialValues([name, template, many]), { name: undefined, template: true, many: ['a'] });
	});
});

describe('The values of a form', () => {
	it('are empty without a character or a choice; a flag never is', () => {
		assert.ok([undefined, '', ' \t', []].every((value) => isEmpty(value)));
		assert.ok(!['a', ['a'], true, false].some((value) => isEmpty(value)));
	});

	it('are read as trimmed text and as lists', () => {
		const values = { text: ' a b ', blank: ' ', list: ['a', 'b'], flag: true };
		assert.equal(textOf(values, 'text'), 'a b');
		assert.deepEqual(listOf(values, 'list'), ['a', 'b']);
		for (const id of ['blank', 'list', 'flag', 'missing']) {
			assert.equal(textOf(values, id), undefined, id);
		}
		for (const id of ['text', 'flag', 'missing']) {
			assert.deepEqual(listOf(values, id), [], id);
		}
	});
});
