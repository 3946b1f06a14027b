import assert from 'node:assert/strict';
import { LocalFailure } from '../../src/core/errors.ts';
import type { Transfer, TransferOrder } from '../../src/core/transfer.ts';
import { partText, rateText, timeLeftText } from '../../src/views/format.ts';
import { transferLine } from '../../src/views/transferLine.ts';

const download: TransferOrder = {
	kind: 'download',
	id: '1',
	account: 'acme',
	name: 'boat.png',
	place: 'Desktop',
	document: { kind: 'document', id: 'd', name: 'boat.png', fileName: 'boat.png' },
	target: 'file:///desktop/boat.png',
};
const upload: TransferOrder = {
	kind: 'upload',
	id: '2',
	account: 'acme',
	name: 'boat.png',
	place: 'Pictures',
	source: 'file:///desktop/boat.png',
	container: { kind: 'folder', id: 'f', name: 'Pictures' },
	size: 12_000_000,
};
const progress = { bytes: 3_100_000, total: 12_000_000, rate: 2_000_000, secondsLeft: 4.2 };
const states = ['waiting', 'running', 'done', 'failed', 'unknown', 'interrupted', 'cancelled'] as const;

describe('a line of the Transfers view', () => {
	it('tells where it goes, how far it is, how fast, and how long it will take', () => {
		const { description } = transferLine({ order: upload, state: 'running', progress });
		assert.equal(description, 'to Pictures · 3.1 of 12 MB · 2 MB/s · 5 sec left');
	});

	it('leaves out what is not known', () => {
		assert.equal(transferLine({ order: download, state: 'running' }).description, 'to Desktop');
		const { description } = transferLine({ order: download, state: 'running', progress: { bytes: 5_000, rate: 0 } });
		assert.equal(description, 'to Desktop · 5 kB');
	});

	it('tells at the end how large it was and which version it became', () => {
		assert.equal(transferLine({ order: upload, state: 'done', version: '3' }).description, 'done · 12 MB · version 3');
	});

	it('tells in the failure’s own sentence what went wrong, and nothing of what is no sentence for people', () => {
		const failed = (error: unknown) => transferLine({ order: download, state: 'failed', error }).description;
		assert.equal(failed(new LocalFailure('There is no room left.')), 'There is no room left.');
		assert.doesNotMatch(failed(new TypeError('x is undefined')), /undefined/);
	});

	it('offers exactly what fits the state', () => {
		const words = (transfer: Transfer) => transferLine(transfer).context.slice(1).join(' ');
		assert.deepEqual(
			states.map((state) => words({ order: upload, state })),
			['cancel', 'cancel', '', 'again', 'again', 'again', 'again'],
		);
		assert.equal(words({ order: download, state: 'done' }), 'open');
		assert.equal(words({ order: upload, state: 'done', webUrl: 'https://pp.example/d/1' }), 'open');
	});

	it('looks another way and sounds another way in each state', () => {
		const lines = states.map((state) => transferLine({ order: upload, state, error: new LocalFailure('No room.') }));
		assert.equal(new Set(lines.map(({ icon }) => icon.codicon)).size, states.length);
		assert.equal(new Set(lines.map(({ spoken }) => spoken)).size, states.length);
		assert.ok(lines.every(({ spoken }) => spoken.startsWith('boat.png, Upload, ')));
	});
});

describe('how far a transfer is, in words', () => {
	it('has one unit for the part and the whole', () => {
		assert.equal(partText({ bytes: 900, total: 12_000_000 }), '0 of 12 MB');
		assert.equal(partText({ bytes: 14_200_000, total: 80_000_000 }), '14.2 of 80 MB');
		assert.equal(partText({ bytes: 900 }), '900 bytes');
	});

	it('gives rates in the unit that fits', () => {
		assert.equal(rateText(2_100_000), '2.1 MB/s');
		assert.equal(rateText(0.4), '0.4 byte/s');
	});

	it('gives the time left in the unit that fits', () => {
		assert.equal(timeLeftText(31), '31 sec left');
		assert.equal(timeLeftText(119), '119 sec left');
		assert.equal(timeLeftText(150), '3 min left');
		assert.equal(timeLeftText(7_200), '2 hr left');
	});
});
