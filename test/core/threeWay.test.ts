import assert from 'node:assert/strict';
import type { Field } from '../../src/core/form.ts';
import { sideTexts, threeWay } from '../../src/core/threeWay.ts';

describe('three sides of a card', () => {
	const base = { title: 'Pier', description: 'one\ntwo', due: '', assignee: ['ada', 'jonas'], blocked: false };

	it('sends what the person alone has changed', () => {
		const found = threeWay({ base, mine: { title: 'Quay' }, theirs: { ...base, due: '2026-12-01' } });
		assert.deepEqual(found, { merged: { title: 'Quay' }, conflicts: [] });
	});

	it('finds a conflict where both changed a field, and keeps it out of what is sent', () => {
		const found = threeWay({ base, mine: { title: 'Quay', due: '2026-12-01' }, theirs: { ...base, title: 'Dock' } });
		assert.deepEqual(found, {
			merged: { due: '2026-12-01' },
			conflicts: [{ field: 'title', base: 'Pier', mine: 'Quay', theirs: 'Dock' }],
		});
	});

	it('has nothing to send and no conflict where both made the same of it', () => {
		const found = threeWay({ base, mine: { title: 'Quay' }, theirs: { ...base, title: 'Quay' } });
		assert.deepEqual(found, { merged: {}, conflicts: [] });
	});

	it('takes other line ends, another order of people and another kind of nothing for no change', () => {
		const mine = { description: 'one\r\ntwo', assignee: ['jonas', 'ada'], due: undefined, blocked: undefined };
		assert.deepEqual(threeWay({ base, mine, theirs: base }), { merged: {}, conflicts: [] });
	});

	it('sees that a field was emptied', () => {
		const found = threeWay({ base, mine: { description: '', assignee: [] }, theirs: base });
		assert.deepEqual(found.merged, { description: '', assignee: [] });
	});

	it('sees that others emptied what the person changed', () => {
		const found = threeWay({ base, mine: { description: 'three' }, theirs: { ...base, description: '' } });
		assert.deepEqual(
			found.conflicts.map(({ field }) => field),
			['description'],
		);
	});

	it('takes spaces within a text for a change', () => {
		assert.deepEqual(threeWay({ base, mine: { title: 'Pier ' }, theirs: base }).merged, { title: 'Pier ' });
	});

	it('becomes three texts with a label above each field and every line of a long one', () => {
		const fields: readonly Field[] = [
			{ kind: 'text', id: 'title', label: 'Title' },
			{ kind: 'text', id: 'description', label: 'Description', multiline: true },
			{ kind: 'choice', id: 'assignee', label: 'People', many: true, choices: async () => ({ items: [] }) },
			{ kind: 'flag', id: 'blocked', label: 'Blocked' },
		];
		const nameOf = (_: Field, value: string) => (value === 'ada' ? 'Ada Lovelace' : undefined);
		const texts = sideTexts(
			fields,
			{ base, mine: { blocked: true }, theirs: { ...base, title: 'Dock', description: '' } },
			nameOf,
		);
		assert.equal(
			texts.base,
			'Title:\nPier\n\nDescription:\none\ntwo\n\nPeople:\nAda Lovelace\njonas\n\nBlocked:\nno\n',
		);
		assert.equal(texts.mine, texts.base.replace('no\n', 'yes\n'));
		assert.equal(texts.theirs, 'Title:\nDock\n\nDescription:\n\n\nPeople:\nAda Lovelace\njonas\n\nBlocked:\nno\n');
	});
});
