import assert from 'node:assert/strict';
import type { Account, Store } from '../../src/core/accounts.ts';
import type { Thing } from '../../src/core/documentThings.ts';
import type { Session } from '../../src/core/provider.ts';
import { Places } from '../../src/files/places.ts';
import type { TreeContext } from '../../src/views/node.ts';
import { archive, FakeArchives, folder } from '../support/documents.ts';
import { fakeProvider, fakeTree } from '../support/fakeProvider.ts';
import { signal } from '../support/session.ts';

const workspace = { id: 'w', name: 'Harbour', description: { text: 'long'.repeat(100) } };
const down: readonly Thing[] = [
	{ kind: 'workspace', workspace },
	{ kind: 'container', container: archive },
];

function memoryStore(): Store & { readonly kept: Map<string, unknown> } {
	const kept = new Map<string, unknown>();
	return {
		kept,
		get: (key) => kept.get(key),
		set: async (key, value) => void kept.set(key, JSON.parse(JSON.stringify(value))),
	};
}

describe('paths and what they stand for', () => {
	let archives: FakeArchives;
	let context: TreeContext;
	let account: Account;
	let store: ReturnType<typeof memoryStore>;
	let now: number;
	let forgotten: number;

	const open = () => new Places(context.accounts, context.sessions, store, () => now);

	beforeEach(async () => {
		archives = new FakeArchives();
		archives.entriesOf.set('a', [folder]);
		archives.put(folder, 'Plan.pdf', '1', 'one');
		archives.put(folder, 'plan.pdf', '2', 'two');
		now = 0;
		forgotten = 0;
		store = memoryStore();
		const session: Partial<Session> = {
			archives,
			workspaces: async () => ({ items: [], next: async () => ({ items: [workspace] }) }),
			forget: () => (forgotten += 1),
		};
		({ context, account } = await fakeTree(fakeProvider(session)));
	});

	it('are found by walking from the account, page after page', async () => {
		const places = open();
		const found = await places.find(account, '/Harbour/Documents/Pictures/plan (2).pdf', signal());
		assert.equal(found?.document?.id, '2');
	});

	it('need no question where the tree has told the way', async () => {
		const places = open();
		const place = places.place(account, [
			...down,
			{ kind: 'container', container: folder },
			{ kind: 'document', document: archives.contents.get('2')!.document },
		]);
		assert.equal(await places.find(account, place.path, signal()), place);
		assert.deepEqual(archives.asked, []);
	});

	it('say that nothing is there without asking for each name', async () => {
		const places = open();
		for (const name of ['.git', '.vscode', 'package.json']) {
			assert.equal(await places.find(account, `/Harbour/Documents/${name}`, signal()), undefined);
		}
		assert.deepEqual(archives.asked, ['entries a']);
		now = 60_000;
		await places.find(account, '/Harbour/Documents/.git', signal());
		assert.deepEqual(archives.asked, ['entries a', 'entries a']);
		assert.equal(forgotten, 1);
	});

	it('ask anew at once where something was changed from here', async () => {
		const places = open();
		const told: string[] = [];
		places.onDidChange(({ container }) => told.push(container.id));
		await places.find(account, '/Harbour/Documents/New.txt', signal());
		archives.put(archive, 'New.txt', '3', '');
		places.changed(account, archive);
		assert.equal((await places.find(account, '/Harbour/Documents/New.txt', signal()))?.document?.id, '3');
		assert.deepEqual(told, ['a']);
	});

	it('stand for the same after the window was loaded anew, without a walk', async () => {
		const place = await open().find(account, '/Harbour/Documents/Pictures/plan (2).pdf', signal());
		const before = open();
		before.remember(account, place!, { id: '2', revision: '1', digest: 'd' });
		archives.asked.length = 0;
		const after = open();
		const found = await after.find(account, place!.path, signal());
		assert.equal(found?.document?.id, '2');
		assert.deepEqual(after.base(account, found), { id: '2', revision: '1', digest: 'd' });
		assert.deepEqual(archives.asked, []);
		assert.doesNotMatch(JSON.stringify([...store.kept]), /longlong/);
	});

	it('are kept for the 200 that were opened last', () => {
		const places = open();
		const at = (name: string) =>
			places.place(account, [...down, { kind: 'document', document: archives.put(archive, name, name, '') }]);
		const first = at('first');
		places.remember(account, first, { id: 'first', digest: 'd' });
		for (let count = 0; count < 200; count += 1) {
			places.remember(account, at(`other ${count}`));
		}
		assert.equal((store.kept.get('places') as unknown[]).length, 200);
		assert.equal(places.base(account, first), undefined);
	});

	it('are forgotten with their account', async () => {
		const places = open();
		places.remember(account, places.place(account, down));
		await context.accounts.remove(account.id);
		assert.deepEqual(store.kept.get('places'), []);
	});

	it('share one question among all who ask at the same time', async () => {
		const places = open();
		const place = places.place(account, down);
		const leaving = new AbortController();
		const [left, stayed] = [places.list(account, place, leaving.signal), places.list(account, place, signal())];
		leaving.abort();
		await assert.rejects(left, { name: 'AbortError' });
		assert.equal((await stayed).length, 1);
		assert.deepEqual(archives.asked, ['entries a']);
	});
});
