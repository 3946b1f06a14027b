import assert from 'node:assert/strict';
import { secretsService } from '../../../src/core/credentialStore.ts';
import type { Inside } from '../../../src/extension.ts';
import type { Node } from '../../../src/views/node.ts';
import { practiceAccounts, rootOf, type Step } from '../support.ts';
import { type Desk, deskAt, lineOf, run, sentWhile, vendors, wordsOf } from './support.ts';

const reading = [
	'account',
	'locked',
	'board',
	'column',
	'card',
	'link',
	'openCard',
	'documents',
	'download',
	'versions',
	'feeds',
	'filter',
	'shortlist',
	'related',
	'relatedItem',
];

/** Each command that writes to cards, with what a person would answer if it asked. */
const writes: Readonly<Record<string, readonly Step[]>> = {
	renameCard: [{ type: 'New title' }],
	renameSelected: [{ type: 'New title' }],
	assignCard: [],
	setDueDate: [{ type: '2026-12-24' }],
	setStartDate: [{ type: '2026-12-20' }],
	checkItems: [],
	blockCard: [{ type: 'No crane' }],
	closeCard: [],
	reopenCard: [],
	commentOnCard: [{ type: 'Done' }],
	moveCard: [],
	removeCard: [{ press: 'Delete' }],
	deleteSelected: [{ press: 'Delete' }],
	attachFiles: [],
};

describe('board: an account that is locked against changes', function () {
	this.timeout(60_000);
	let own: Inside;

	before(async () => {
		own = await practiceAccounts();
	});

	for (const vendor of vendors) {
		describe(`at ${vendor}`, () => {
			let desk: Desk;
			let card: Node;
			let column: Node;
			let words: readonly string[];

			before(async () => {
				desk = await deskAt(own, vendor);
				card = (await desk.put(`Under lock at ${vendor}`))[0]!;
				column = card.parent!;
				words = wordsOf(card);
				await run([], 'lockAccount', rootOf(own, vendor));
			});
			after(() => own.services.accounts.lock(desk.account.id, false));

			it('says so on its line, and its menus lose every word of writing', async () => {
				const root = rootOf(own, vendor);
				assert.match(String(root.item().description), /locked/);
				const lines = [root, ...(await own.services.tree.getChildren(root)), await desk.line()];
				lines.push(...(await desk.columns()), await desk.card(card.item().label));
				const all = new Set(lines.flatMap(wordsOf));
				assert.deepEqual(
					[...all].filter((word) => !reading.includes(word) && !/^(workspace|archive|folder|document)$/.test(word)),
					[],
				);
			});

			it('refuses in words what the menu of an older line still offers, and sends nothing', async () => {
				const sent = await sentWhile(own, async () => {
					for (const command of Object.keys(writes)) {
						const { said } = await run([], command, card);
						assert.equal(said.length, 1, `${command} said: ${said.join(' | ')}`);
						assert.match(
							said.join(),
							/(is locked against changes|can’t be (done|changed|renamed|deleted)).*\.$/,
							command,
						);
					}
					for (const command of ['createCard', 'moveColumn']) {
						const { said } = await run([], command, column);
						assert.match(said.join(), /is locked against changes\.$/, command);
					}
				});
				assert.deepEqual(sent.map(lineOf), []);
				await desk.assertAgrees();
			});

			it('does not take back a change while it is locked', async () => {
				await own.services.accounts.lock(desk.account.id, false);
				const line = await desk.card(card.item().label);
				await run([{ type: `Renamed at ${vendor}` }], 'renameCard', line);
				await own.services.accounts.lock(desk.account.id, true);
				const sent = await sentWhile(own, async () => {
					const { said } = await run([], 'undo', await desk.line());
					assert.equal(said.length, 1, said.join(' | '));
				});
				assert.deepEqual(sent, []);
				assert.ok(await desk.atServer(`Renamed at ${vendor}`));
			});

			it('writes again once it is unlocked', async () => {
				await run([], 'unlockAccount', rootOf(own, vendor));
				const line = await desk.card(`Renamed at ${vendor}`);
				assert.deepEqual(wordsOf(line), words);
				await run([], 'undo', await desk.line());
				assert.ok(await desk.atServer(card.item().label));
				await desk.assertAgrees();
			});
		});
	}

	it('is asked for where no line tells it, and says where there is none', async () => {
		await run([{ pick: 'Planbox' }], 'lockAccount');
		assert.equal(rootOf(own, 'planbox').account?.locked, true);
		await run([{ pick: 'Planbox' }], 'unlockAccount');
		assert.ok(!rootOf(own, 'planbox').account?.locked);
		const { said } = await run([], 'unlockAccount');
		assert.deepEqual(said, ['No account is locked.']);
	});
});

describe('board: the log of changes', function () {
	this.timeout(60_000);

	for (const vendor of vendors) {
		it(`has every request of ${vendor} that wrote, as it was answered, and no secret`, async () => {
			const own = await practiceAccounts();
			const desk = await deskAt(own, vendor);
			const [line] = await desk.put(`Noted at ${vendor}`);
			const { server } = own.services.accounts.get(desk.account.id)!;
			const asked = async () =>
				(await (await fetch(new URL('/-/requests', server))).json()) as { method: string; path: string }[];
			const before = (await asked()).length;
			const sent = await sentWhile(own, () => run([{ type: `Written at ${vendor}` }], 'renameCard', line));
			const requests = (await asked()).slice(before).map(({ method, path }) => `${method} ${path.split('?')[0]}`);
			assert.ok(sent.length > 0);
			assert.deepEqual(
				requests.filter((one) => /^(PUT|PATCH|DELETE)/.test(one)),
				sent.map(lineOf).filter((one) => /^(PUT|PATCH|DELETE)/.test(one)),
			);
			assert.ok(
				sent.every((one) => requests.includes(lineOf(one))),
				'something was noted that was never sent',
			);
			assert.ok(sent.every(({ status }) => status === 200 || status === 204));
			assert.match(JSON.stringify(sent), new RegExp(`Written at ${vendor}`));
			const kept = await own.secrets.findCredentials(secretsService);
			const secrets = kept.flatMap(({ password }) => Object.values(JSON.parse(password) as Record<string, string>));
			assert.ok(secrets.length > 0);
			for (const secret of secrets.filter(({ length }) => length > 5)) {
				assert.ok(!JSON.stringify(sent).includes(secret) && !JSON.stringify(sent).includes(encodeURIComponent(secret)));
			}
		});
	}
});
