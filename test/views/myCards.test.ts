import assert from 'node:assert/strict';
import type { Account } from '../../src/core/accounts.ts';
import type { Cards } from '../../src/core/cards.ts';
import { SignInNeeded, Unreachable } from '../../src/core/errors.ts';
import type { Card, Hit } from '../../src/core/model.ts';
import type { Page } from '../../src/core/page.ts';
import type { Session } from '../../src/core/provider.ts';
import { MyCardLines } from '../../src/views/myCardLines.ts';
import type { List, Node } from '../../src/views/node.ts';
import { cardNode } from '../../src/views/nodes/card.ts';
import { fakeProvider, fakeTree, signedIn } from '../support/fakeProvider.ts';

/** The fake tree's clock stands on Monday, 2026-11-16. */
const late = '2026-11-15';
const soon = '2026-11-18';
const far = '2026-12-24';

type Mine = NonNullable<Cards['mine']>;

function hit(id: string, dueDate?: string, over: Partial<Card> = {}): Hit {
	return {
		workspace: { id: 'w', name: 'Harbour' },
		board: { id: 'b', workspaceId: 'w', name: 'Delivery' },
		card: { id, boardId: 'b', columnId: 'c', title: `Card ${id}`, dueDate, ...over },
	};
}

function lists(...hits: readonly Hit[]): Mine {
	return async () => ({ items: hits });
}

/** Accounts by their names, each with its own way to tell one's cards, or none. */
async function linesOf(
	accounts: Readonly<Record<string, Mine | undefined>>,
	over: Partial<Session> = {},
	cards: Partial<Cards> = {},
) {
	const [first = '', ...others] = Object.keys(accounts);
	const base = fakeProvider({});
	const provider = {
		...base,
		open: ({ identity }: { readonly identity: string }): Session => {
			const mine = accounts[identity];
			const look = async () => assert.fail('it looked');
			return { ...fakeProvider(over).open(signedIn(), {} as never), ...(mine && { cards: { look, ...cards, mine } }) };
		},
	};
	const { context, account } = await fakeTree(provider);
	await context.accounts.remove(account.id);
	const made: Account[] = [];
	for (const name of [first, ...others]) {
		made.push(await context.accounts.add(provider.id, signedIn({ identity: name, label: name })));
	}
	const lines = new MyCardLines(context, 'de-DE');
	let changes = 0;
	lines.onDidChange(() => (changes += 1));
	return { lines, context, accounts: made, changes: () => changes };
}

/** Lets everything that is answered already arrive. */
async function settled(): Promise<void> {
	for (let turn = 0; turn < 5; turn += 1) {
		await new Promise((resolve) => setImmediate(resolve));
	}
}

async function shown(lines: MyCardLines): Promise<unknown[]> {
	lines.roots();
	await settled();
	return Promise.all(lines.roots().map(drawn));
}

async function drawn(node: Node): Promise<unknown> {
	const { label } = node.item();
	return node.lists ? [label, ...(await childrenOf(node)).map((child) => child.item().label)] : label;
}

async function childrenOf(node: Node): Promise<Node[]> {
	return (await Promise.all((node.lists ?? []).map((list) => list.nodes()))).flat();
}

async function cardsIn(lines: MyCardLines): Promise<Node[]> {
	await shown(lines);
	return (await Promise.all(lines.roots().map(childrenOf))).flat();
}

async function lineNamed(lines: MyCardLines, label: string): Promise<Node & { readonly list: List }> {
	await shown(lines);
	const found = lines.roots().find((node) => node.item().label === label);
	assert.ok(found && 'list' in found, `no line says ${label}`);
	return found as Node & { readonly list: List };
}

describe('my cards', () => {
	it('asks nobody before somebody looks', async () => {
		const { lines } = await linesOf({ Acme: () => assert.fail('it asked') });
		assert.equal(lines.badge(), undefined);
	});

	it('stand in groups by when they are due, over all accounts, the earliest first', async () => {
		const { lines } = await linesOf({
			Acme: lists(hit('1', far), hit('2'), hit('3', late)),
			Beta: lists(hit('4', soon), hit('5', '2026-11-01')),
		});
		assert.deepEqual(await shown(lines), [
			['Overdue', 'Card 5', 'Card 3'],
			['This week', 'Card 4'],
			['Later', 'Card 1'],
			['No date', 'Card 2'],
		]);
	});

	it('say their account, their board and when they are due, and the same to a screen reader', async () => {
		const { lines } = await linesOf({ Acme: lists(hit('3', late, { assignees: ['Ada'] })) });
		const [card] = await cardsIn(lines);
		assert.match(card?.item().description ?? '', /^overdue .*2026.* · Acme · Delivery$/);
		assert.match(card?.item().spoken ?? '', /^Card 3, overdue .*2026.*, Acme · Delivery$/);
		assert.equal((await card?.tooltip?.())?.facts?.[0], 'Acme · Delivery');
	});

	it('can do what the same card can do in the tree', async () => {
		const removal = { kind: 'delete' as const, effect: 'It is lost.', remove: async () => undefined };
		const { lines, context, accounts } = await linesOf(
			{ Acme: lists(hit('3', late, { webUrl: 'https://fake.example/3' })) },
			{},
			{ removal },
		);
		const [card] = await cardsIn(lines);
		const [account] = accounts;
		assert.ok(card && account && 'card' in card && 'kind' in card);
		const place = { id: 'x', parent: undefined, account, item: () => assert.fail() };
		const inTree = cardNode(context, place, card.card as Card);
		assert.deepEqual(card.item().context, inTree.item().context);
		assert.deepEqual(card.item().command, inTree.item().command);
		assert.deepEqual(card.thing, inTree.thing);
		assert.equal(card.kind, 'card');
		assert.equal(card.account?.id, account.id);
		assert.equal(card.parent, undefined);
	});

	it('show each account as soon as it answers', async () => {
		let answer: (page: Page<Hit>) => void = () => undefined;
		const { lines, changes } = await linesOf({
			Acme: () => new Promise((resolve) => (answer = resolve)),
			Beta: lists(hit('4', soon)),
		});
		assert.deepEqual(await shown(lines), [['This week', 'Card 4'], 'Loading the cards of Acme…']);
		const before = changes();
		answer({ items: [hit('1', soon)] });
		await settled();
		assert.ok(changes() > before);
		assert.deepEqual(await shown(lines), [['This week', 'Card 1', 'Card 4']]);
	});

	it('keep the others where one account fails, which says so and can be tried again', async () => {
		let broken = true;
		const { lines } = await linesOf({
			Acme: async () => {
				if (broken) {
					throw new Unreachable('Fakeboard could not be reached for Acme.');
				}
				return { items: [hit('1', soon)] };
			},
			Beta: lists(hit('4', soon)),
		});
		const failure = 'Fakeboard could not be reached for Acme.';
		assert.deepEqual(await shown(lines), [['This week', 'Card 4'], failure]);
		const line = await lineNamed(lines, failure);
		assert.equal(line.item().command?.id, 'boardwalk.retry');
		assert.match(line.item().description ?? '', /Acme/);
		broken = false;
		line.list.reset();
		assert.ok(lines.roots().some((node) => node.item().label === 'Loading the cards of Acme…'));
		assert.deepEqual(await shown(lines), [['This week', 'Card 1', 'Card 4']]);
	});

	it('offer to sign in again, and are asked anew once that was done', async () => {
		let refused = true;
		const { lines, context, accounts } = await linesOf({
			Acme: async () => {
				if (refused) {
					throw new SignInNeeded('Fakeboard did not accept the token of Acme.');
				}
				return { items: [hit('1', soon)] };
			},
		});
		const [account] = accounts;
		assert.ok(account);
		context.accounts.judge(account.id, false);
		const line = await lineNamed(lines, 'Fakeboard did not accept the token of Acme.');
		assert.equal(line.item().command?.id, 'boardwalk.signInAgain');
		assert.equal(line.account?.id, account.id);
		refused = false;
		await context.accounts.renew(account.id, signedIn({ identity: 'Acme', label: 'Acme' }));
		assert.deepEqual(await shown(lines), [['This week', 'Card 1']]);
	});

	it('come page by page, each card once', async () => {
		const second = async (): Promise<Page<Hit>> => ({ items: [hit('1', late), hit('2', late)] });
		const { lines } = await linesOf({ Acme: async () => ({ items: [hit('1', late)], next: second }) });
		assert.deepEqual(await shown(lines), [['Overdue', 'Card 1'], 'Load more…']);
		const more = await lineNamed(lines, 'Load more…');
		assert.equal(more.item().description, 'Acme');
		await more.list.more();
		assert.deepEqual(await shown(lines), [['Overdue', 'Card 1', 'Card 2']]);
	});

	it('open as many pages after a refresh as were open before', async () => {
		const second = async (): Promise<Page<Hit>> => ({ items: [hit('2', late)] });
		const { lines } = await linesOf({ Acme: async () => ({ items: [hit('1', late)], next: second }) });
		await (await lineNamed(lines, 'Load more…')).list.more();
		lines.refresh();
		assert.deepEqual(await shown(lines), [['Overdue', 'Card 1', 'Card 2']]);
	});

	it('keep the cards that came when a further page fails', async () => {
		const next = async (): Promise<Page<Hit>> => Promise.reject(new Unreachable('Not now.'));
		const { lines } = await linesOf({ Acme: async () => ({ items: [hit('1', late)], next }) });
		await (await lineNamed(lines, 'Load more…')).list.more();
		assert.deepEqual(await shown(lines), [['Overdue', 'Card 1'], 'Not now.']);
	});

	it('are asked of the vendor anew by a refresh, and stay shown until it has answered', async () => {
		const answers: ((page: Page<Hit>) => void)[] = [];
		let forgotten = 0;
		const forget = () => void (forgotten += 1);
		const mine: Mine = () => new Promise((resolve) => answers.push(resolve));
		const { lines } = await linesOf({ Acme: mine }, { forget });
		await shown(lines);
		answers[0]?.({ items: [hit('1', late)] });
		await settled();
		forgotten = 0;
		lines.refresh();
		assert.equal(forgotten, 1);
		assert.deepEqual(await shown(lines), [['Overdue', 'Card 1']]);
		answers[1]?.({ items: [hit('2', far)] });
		await settled();
		assert.deepEqual(await shown(lines), [['Later', 'Card 2']]);
	});

	it('drop an answer that a refresh has overtaken', async () => {
		const answers: ((page: Page<Hit>) => void)[] = [];
		const { lines } = await linesOf({ Acme: () => new Promise((resolve) => answers.push(resolve)) });
		await shown(lines);
		lines.refresh();
		await shown(lines);
		answers[0]?.({ items: [hit('old', late)] });
		await settled();
		assert.deepEqual(await shown(lines), ['Loading the cards of Acme…']);
		answers[1]?.({ items: [hit('new', late)] });
		await settled();
		assert.deepEqual(await shown(lines), [['Overdue', 'Card new']]);
	});

	it('refresh one account and leave the others in peace', async () => {
		let asked = 0;
		const { lines, accounts } = await linesOf({
			Acme: lists(hit('1', late)),
			Beta: async () => {
				asked += 1;
				return { items: [hit('2', late)] };
			},
		});
		await shown(lines);
		lines.refresh(accounts[0]);
		await shown(lines);
		assert.equal(asked, 1);
	});

	it('name once the accounts that can’t tell', async () => {
		const { lines } = await linesOf({ Acme: lists(hit('1', late)), Beta: undefined, Gamma: undefined });
		const [, message, ...rest] = (await shown(lines)) as string[];
		assert.match(message ?? '', /Beta .* Gamma can’t tell which cards are yours\.$/);
		assert.deepEqual(rest, []);
	});

	it('leave out what is done, and say so where nothing is left', async () => {
		const { lines } = await linesOf({ Acme: lists(hit('1', late, { done: true })) });
		assert.deepEqual(await shown(lines), ['Nothing is yours to do.']);
	});

	it('do not say that nothing is to be done while an account has not answered, or has failed', async () => {
		const { lines } = await linesOf({ Acme: lists(), Beta: () => Promise.reject(new Unreachable('Not now.')) });
		assert.ok(!lines.roots().some((node) => node.item().label === 'Nothing is yours to do.'));
		assert.deepEqual(await shown(lines), ['Not now.']);
	});

	it('come and go with their account', async () => {
		const { lines, context, accounts } = await linesOf({ Acme: lists(hit('1', late)), Beta: lists(hit('2', late)) });
		await shown(lines);
		await context.accounts.remove(accounts[0]?.id ?? '');
		assert.deepEqual(await shown(lines), [['Overdue', 'Card 2']]);
		assert.equal(lines.badge()?.value, 1);
	});

	it('have ids of which no two are alike, though two accounts see the same card', async () => {
		const { lines } = await linesOf({
			Acme: lists(hit('1', late), hit('2')),
			Beta: lists(hit('1', late)),
			Gamma: undefined,
		});
		const ids = [...(await cardsIn(lines)), ...lines.roots()].map(({ id }) => id);
		assert.equal(new Set(ids).size, 6);
	});
});

describe('the badge of my cards', () => {
	it('counts what is overdue in all accounts, and says it in words', async () => {
		const { lines } = await linesOf({ Acme: lists(hit('1', late), hit('2', soon)), Beta: lists(hit('3', late)) });
		await shown(lines);
		assert.deepEqual(lines.badge(), { value: 2, tooltip: '2 of your cards are overdue.' });
	});

	it('has words for one', async () => {
		const { lines } = await linesOf({ Acme: lists(hit('1', late)) });
		await shown(lines);
		assert.deepEqual(lines.badge(), { value: 1, tooltip: 'One of your cards is overdue.' });
	});

	it('is absent where nothing is overdue', async () => {
		const { lines } = await linesOf({ Acme: lists(hit('1', '2026-11-16'), hit('2')) });
		await shown(lines);
		assert.equal(lines.badge(), undefined);
	});

	it('does not claim to count what was not loaded', async () => {
		const { lines } = await linesOf({ Acme: async () => ({ items: [hit('1', late)], next: lists() }) });
		await shown(lines);
		assert.match(lines.badge()?.tooltip ?? '', /^At least 1 /);
	});
});
