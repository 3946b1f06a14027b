import assert from 'node:assert/strict';
import type { Thing } from '../../src/core/documentThings.ts';
import { Place } from '../../src/core/documentTree.ts';
import type { EntryContainer } from '../../src/core/model.ts';
import { archive, documentNamed, folder } from '../support/documents.ts';

const file = (fileName: string, id: string, over = {}): Thing => ({
	kind: 'document',
	document: documentNamed(fileName, id, over),
});
const holder = (container: EntryContainer): Thing => ({ kind: 'container', container });
const workspace: Thing = { kind: 'workspace', workspace: { id: 'w', name: 'Harbour / North' } };
const names = (place: Place) => place.beneath.map(({ name }) => name);

describe('the places of documents', () => {
	let place: Place;

	beforeEach(() => {
		place = Place.top().put(workspace).put(holder(archive));
	});

	it('have paths of legal names from the account down', () => {
		assert.equal(place.put(holder(folder)).put(file('../../x', '1')).path, '/Harbour _ North/Documents/Pictures/x');
		assert.equal(Place.top().path, '/');
	});

	it('tell two of one name apart by the id before the ending, case or not', () => {
		place.take([file('Plan.pdf', '1'), file('plan.PDF', '2'), holder({ ...folder, name: 'PLAN.pdf' })]);
		assert.deepEqual(names(place), ['Plan.pdf', 'plan (2).PDF', 'PLAN (f).pdf']);
	});

	it('keep standing for the same thing whatever comes later', () => {
		const second = place.put(file('Plan.pdf', '2'));
		place.take([file('Plan.pdf', '1'), file('Plan.pdf', '2')]);
		assert.equal(place.at('Plan.pdf'), second);
		assert.equal(place.at('Plan (1).pdf')?.document?.id, '1');
	});

	it('find a thing by the name it had in another window', () => {
		place.take([file('Plan.pdf', '2')]);
		assert.equal(place.at('Plan (2).pdf')?.document?.id, '2');
	});

	it('free the name of what is gone', () => {
		const old = place.put(file('Plan.pdf', '1'));
		place.take([file('Plan.pdf', '2')]);
		assert.ok(old.isGone);
		assert.equal(place.at('Plan.pdf')?.document?.id, '2');
	});

	it('follow a document that got another name, and still know the earlier one', () => {
		const before = place.put(file('Draft.md', '1'));
		place.take([file('Final.md', '1')]);
		assert.deepEqual(names(place), ['Final.md']);
		assert.equal(place.at('Draft.md'), before);
	});

	it('free the earlier name of a document that was renamed from here', () => {
		place.put(file('Draft.md', '1')).rename(documentNamed('Final.md', '1'), 'Final.md');
		assert.equal(place.at('Draft.md'), undefined);
		assert.equal(place.at('Final.md')?.document?.fileName, 'Final.md');
	});

	it('keep the exact characters that a person chose', () => {
		place.put(file('con.txt', '1'), 'con.txt');
		place.take([file('con.txt', '1')]);
		assert.deepEqual(names(place), ['con.txt']);
	});

	it('show a page with others beneath it as a file and as a folder', () => {
		const page = documentNamed('Runbook.md', 'p', { name: 'Runbook', hasEntries: true });
		place.take([{ kind: 'document', document: page }, holder(page)]);
		assert.deepEqual(names(place), ['Runbook.md', 'Runbook']);
	});

	it('keep a page that was made to hold others as a folder until it is gone', () => {
		const page = documentNamed('Runbook.md', 'p', { name: 'Runbook' });
		place.put(holder(page), 'Runbook');
		place.take([{ kind: 'document', document: page }]);
		assert.deepEqual(names(place).sort(), ['Runbook', 'Runbook.md']);
		place.take([]);
		assert.deepEqual(names(place), []);
	});

	it('have another time whenever the document was seen changed, even where the vendor tells none', () => {
		const seen = place.put(file('a.txt', '1', { revision: '1' }));
		const { time } = seen;
		seen.see(file('a.txt', '1', { revision: '1' }));
		assert.equal(seen.time, time);
		seen.see(file('a.txt', '1', { revision: '2' }));
		assert.notEqual(seen.time, time);
	});
});
