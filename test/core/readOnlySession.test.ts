import assert from 'node:assert/strict';
import type { Cards } from '../../src/core/cards.ts';
import type { Session } from '../../src/core/provider.ts';
import { withoutWrites } from '../../src/core/readOnlySession.ts';
import { FakeArchives } from '../support/documents.ts';
import { fakeProvider, signedIn } from '../support/fakeProvider.ts';
import { signal } from '../support/session.ts';

const never = (): never => assert.fail('nothing is written');

const cards = {
	look: async (card) => ({ card, values: {} }),
	me: async () => 'ada',
	mine: async () => ({ items: [] }),
	creation: { form: never },
	editing: { fields: () => [], edit: never },
	moving: { places: 'any', move: never },
	removal: { kind: 'delete', effect: 'It is gone.', remove: never },
	comments: { list: async () => ({ items: [] }), add: never, remove: never },
	checklist: { set: never, add: never, remove: never },
	attaching: { attach: never },
} as const satisfies Cards;

function locked(parts: Partial<Session>): Session {
	return withoutWrites(fakeProvider(parts).open(signedIn(), {} as never));
}

describe('a session that only reads', () => {
	it('keeps of cards what asks and nothing that changes them', () => {
		const kept = locked({ cards, columnOrdering: { move: never } });
		assert.deepEqual(Object.keys(kept.cards ?? {}).toSorted(), ['comments', 'look', 'me', 'mine']);
		assert.deepEqual(Object.keys(kept.cards?.comments ?? {}), ['list']);
		assert.equal(kept.columnOrdering, undefined);
	});

	it('has no forms and no renaming', () => {
		const kept = locked({
			workspaceCreation: { form: never },
			boardCreation: { form: never },
			columnRenaming: { rename: never },
			walkTo: 'board',
		});
		assert.deepEqual(Object.keys(kept).toSorted(), [
			'accessToken',
			'accountInfo',
			'findings',
			'forget',
			'walkTo',
			'workspaces',
		]);
	});

	it('reads documents and cannot save them', async () => {
		const archives = new FakeArchives();
		const { archives: kept } = locked({ archives });
		assert.equal(kept?.saving, undefined);
		const [archive] = (await kept?.ofWorkspace?.({ id: 'w', name: 'W' }, signal())) ?? [];
		assert.ok(archive);
		await kept?.entries(archive, signal());
		assert.deepEqual(archives.asked, ['entries a']);
	});

	it('lacks what the vendor lacks', () => {
		assert.ok(!('cards' in locked({})));
		assert.ok(!('archives' in locked({})));
	});

	it('leaves a part the object it is', async () => {
		class Counting {
			#times = 0;
			async list() {
				this.#times += 1;
				return { items: [], total: this.#times };
			}
		}
		const kept = locked({ cards: { look: cards.look, comments: new Counting() } });
		await kept.cards?.comments?.list({} as never, signal());
		assert.equal((await kept.cards?.comments?.list({} as never, signal()))?.total, 2);
	});
});
