import { t } from '@vscode/l10n';
import type { Account } from '../core/accounts.ts';
import { type DueGroup, dueDay, dueGrouping, dueName } from '../core/due.ts';
import { Emitter } from '../core/event.ts';
import { numberText } from './format.ts';
import { fixedList } from './list.ts';
import { MyCardList, type MyCardNode } from './myCardList.ts';
import { type Node, nodeId, type TreeContext } from './node.ts';
import { messageNode } from './nodes/message.ts';

/** What the number beside the view says, and the same in words. */
export interface Badge {
	readonly value: number;
	readonly tooltip: string;
}

/** In the order in which they are shown; what is done is nobody's to do. */
const groups: readonly DueGroup[] = ['overdue', 'thisWeek', 'later', 'noDate'];

const whole: Node = {
	id: 'myCards',
	parent: undefined,
	account: undefined,
	item: () => ({ label: t('My Cards'), icon: { codicon: 'account' }, context: [] }),
};

/**
 * The lines of the view of one's own cards, over all accounts that can tell them. Nothing is asked before the lines are
 * first asked for. Each account loads alone: its lines come when they are there, and its failure is one of them.
 */
export class MyCardLines {
	readonly #context: TreeContext;
	readonly #language: string | undefined;
	readonly #changed = new Emitter<void>();
	readonly #following: { dispose(): void };
	/** By the account as it is, so that a changed one is asked anew. */
	#lists: ReadonlyMap<string, MyCardList> = new Map();
	/** The ids of the accounts that were refused when they were last seen. */
	#refused: ReadonlySet<string> = new Set();
	readonly onDidChange = this.#changed.event;

	/** `language` decides where a week ends. */
	constructor(context: TreeContext, language?: string) {
		this.#context = { ...context, openPages: new Map() };
		this.#language = language;
		this.#following = context.accounts.onDidChange(() => this.#followAccounts());
		this.#followAccounts();
	}

	/** The lines as they stand; begins to load what was never loaded. */
	roots(): readonly Node[] {
		const lists = [...this.#lists.values()];
		lists.forEach((list) => list.begin());
		return [
			...this.#groups(),
			...lists.flatMap((list) => list.lastLines()),
			...this.#nothing(lists),
			...this.#unable(),
		];
	}

	/** Asks the vendors again, or that of one account; what is shown stays until the answer is there. */
	refresh(account?: Account): void {
		this.#followAccounts();
		for (const list of this.#lists.values()) {
			if (!account || list.account.id === account.id) {
				list.refresh();
			}
		}
		this.#changed.fire();
	}

	/** How many of the loaded cards are overdue; undefined where none is. */
	badge(): Badge | undefined {
		const value = this.#cards().filter(({ group }) => group === 'overdue').length;
		if (value === 0) {
			return undefined;
		}
		const hasMore = [...this.#lists.values()].some((list) => list.hasMore);
		return { value, tooltip: overdueText(value, hasMore) };
	}

	dispose(): void {
		this.#following.dispose();
		this.#lists.forEach((list) => list.dispose());
		this.#changed.dispose();
	}

	#groups(): readonly Node[] {
		const cards = this.#cards();
		return groups.flatMap((group) => {
			const own = cards.filter((one) => one.group === group).map(({ node }) => node);
			return own.length === 0 ? [] : [groupNode(group, own)];
		});
	}

	/** What is due first stands first; beyond that in the order of the accounts and of what each vendor says. */
	#cards(): readonly { readonly node: MyCardNode; readonly group: DueGroup }[] {
		const groupOf = dueGrouping(this.#context.now(), this.#language);
		const noDay = '~';
		return [...this.#lists.values()]
			.flatMap((list) => list.cards)
			.map((node) => ({ node, group: groupOf(node.card), day: dueDay(node.card) ?? noDay }))
			.sort((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)));
	}

	/** Said only where every account has answered. */
	#nothing(lists: readonly MyCardList[]): readonly Node[] {
		const isNothing = lists.length > 0 && lists.every((list) => list.isEmpty);
		return isNothing ? [messageNode(whole, 'nothing', t('Nothing is yours to do.'), { codicon: 'pass' })] : [];
	}

	#unable(): readonly Node[] {
		const names = this.#context.accounts
			.list()
			.filter((account) => !this.#listsMine(account))
			.map(({ name }) => name);
		const named = new Intl.ListFormat(this.#language, { type: 'conjunction' }).format(names);
		const text = t('{0} can’t tell which cards are yours.', named);
		return names.length === 0 ? [] : [messageNode(whole, 'unable', text)];
	}

	#listsMine(account: Account): boolean {
		return this.#context.sessions.peek(account).cards?.mine !== undefined;
	}

	/** Accounts that stay the same keep what is loaded; one that was signed in again is asked anew. */
	#followAccounts(): void {
		const { accounts } = this.#context;
		const able = accounts.list().filter((account) => this.#listsMine(account));
		const before = this.#lists;
		this.#lists = new Map(
			able.map((account) => {
				const key = JSON.stringify(account);
				return [key, before.get(key) ?? this.#listOf(account)];
			}),
		);
		before.forEach((list, key) => !this.#lists.has(key) && list.dispose());
		const refused = new Set(able.map(({ id }) => id).filter((id) => accounts.isRefused(id)));
		[...this.#lists.values()]
			.filter(({ account: { id } }) => this.#refused.has(id) && !refused.has(id))
			.forEach((list) => list.refresh());
		this.#refused = refused;
		this.#changed.fire();
	}

	#listOf(account: Account): MyCardList {
		return new MyCardList(this.#context, account, () => this.#changed.fire());
	}
}

function groupNode(group: DueGroup, cards: readonly MyCardNode[]): Node {
	const name = dueName(group);
	const count = numberText(cards.length);
	return {
		id: nodeId(whole, 'due', group),
		parent: undefined,
		account: undefined,
		lists: [fixedList(() => cards)],
		item: () => ({
			label: name,
			description: count,
			icon: group === 'overdue' ? { codicon: 'warning', color: 'list.warningForeground' } : { codicon: 'calendar' },
			spoken: `${name}, ${count}`,
			context: ['dueGroup'],
			expanded: true,
		}),
	};
}

function overdueText(value: number, hasMore: boolean): string {
	if (hasMore) {
		return t('At least {0} of your cards are overdue; not all are loaded.', numberText(value));
	}
	return value === 1 ? t('One of your cards is overdue.') : t('{0} of your cards are overdue.', numberText(value));
}
