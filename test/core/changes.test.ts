import assert from 'node:assert/strict';
import { Changes, type Done } from '../../src/core/changes.ts';
import { LocalFailure, Unreachable } from '../../src/core/errors.ts';
import { account, never } from '../support/fakeBoard.ts';

function done(label: string, over: Partial<Done> = {}): Done {
	return { account, label, undo: async () => undefined, ...over };
}

function labels(changes: Changes): string[] {
	return changes.list().map(({ label }) => label);
}

describe('the last changes', () => {
	it('are the last twenty, the newest last', () => {
		const changes = new Changes();
		Array.from({ length: 25 }, (_, at) => changes.note(done(`Change ${at}`)));
		assert.equal(changes.list().length, 20);
		assert.equal(labels(changes)[0], 'Change 5');
		assert.equal(labels(changes).at(-1), 'Change 24');
	});

	it('are taken back once each', async () => {
		const changes = new Changes();
		let undone = 0;
		const one = done('One', { undo: async () => void (undone += 1) });
		[one, done('Two')].forEach((each) => changes.note(each));
		await changes.undo(one, never);
		assert.equal(undone, 1);
		assert.deepEqual(labels(changes), ['Two']);
	});

	it('are not taken back twice by somebody who asks twice', async () => {
		const changes = new Changes();
		let undone = 0;
		let finish = (): void => undefined;
		const one = done('One', {
			undo: () => {
				undone += 1;
				return new Promise<void>((resolve) => (finish = resolve));
			},
		});
		changes.note(one);
		const both = [changes.undo(one, never), changes.undo(one, never)];
		finish();
		await Promise.all(both);
		assert.equal(undone, 1);
		await changes.undo(one, never);
		assert.equal(undone, 1, 'it was taken back already');
	});

	it('stay where taking them back fails, and can be taken back by another try', async () => {
		const changes = new Changes();
		let fails = true;
		const undo = async (): Promise<void> => {
			if (fails) {
				throw new Unreachable('Not now.');
			}
		};
		const one = done('One', { undo });
		changes.note(one);
		await assert.rejects(changes.undo(one, never), Unreachable);
		assert.deepEqual(labels(changes), ['One']);
		fails = false;
		await changes.undo(one, never);
		assert.deepEqual(labels(changes), []);
	});

	it('say why they can’t be taken back', async () => {
		const changes = new Changes();
		const one = done('One', { undo: undefined, whyNot: 'Fakeboard can’t.' });
		changes.note(one);
		await assert.rejects(changes.undo(one, never), new LocalFailure('Fakeboard can’t.'));
		await assert.rejects(changes.undo(done('Two', { undo: undefined }), never), /Two can’t be taken back\./);
	});

	it('go with their account, and say so', () => {
		const changes = new Changes();
		changes.note(done('One'));
		changes.note(done('Two', { account: { ...account, id: 'other' } }));
		let told = 0;
		changes.onDidChange(() => (told += 1));
		changes.sweep((id) => id === 'other');
		assert.deepEqual(labels(changes), ['One']);
		assert.equal(told, 1);
	});
});
