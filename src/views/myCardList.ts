import { t } from '@vscode/l10n';
import type { Account } from '../core/accounts.ts';
import type { Card, Hit } from '../core/model.ts';
import { type Page, without } from '../core/page.ts';
import { cardDescription, cardSpoken, present } from './format.ts';
import { pagedList } from './list.ts';
import { type Item, type List, type Node, nodeId, type Tooltip, type TreeContext } from './node.ts';
import { cardNode } from './nodes/card.ts';
import { messageNode } from './nodes/message.ts';

/** A card that is one's own, outside its board. Has what commands ask of a card of the tree. */
export interface MyCardNode extends Node {
	readonly kind: 'card';
	readonly account: Account;
	readonly card: Card;
	/** The way to it. */
	readonly hit: Hit;
}

type Place = Node & { readonly account: Account };

/** One account's share of one's own cards. */
export class MyCardList {
	readonly account: Account;
	readonly #context: TreeContext;
	readonly #onChange: () => void;
	readonly #place: Place;
	readonly #list: List;
	/** What is shown: while something is asked anew, what was there before. */
	#lines: readonly Node[] = [];
	#state: 'new' | 'loading' | 'loaded' = 'new';
	/** Grows whenever what is under way is no longer wanted. */
	#age = 0;

	constructor(context: TreeContext, account: Account, onChange: () => void) {
		this.#context = context;
		this.account = account;
		this.#onChange = onChange;
		this.#place = placeOf(account);
		this.#list = this.#newList();
	}

	/** Each card once, though a page may repeat what the one before it had. */
	get cards(): readonly MyCardNode[] {
		return [...new Map(this.#lines.filter(isCard).map((line) => [line.id, line])).values()];
	}

	get hasMore(): boolean {
		return this.#state === 'loaded' && this.#list.hasMore;
	}

	/** Whether the vendor has said that there are none. */
	get isEmpty(): boolean {
		return this.#state === 'loaded' && this.#lines.length === 0;
	}

	/** Loads what was never loaded; tells when it is there. */
	begin(): void {
		if (this.#state === 'new') {
			this.#state = 'loading';
			void this.#take();
		}
	}

	/** Asks anew the next time lines are wanted. */
	refresh(): void {
		if (this.#state === 'new') {
			return;
		}
		this.#context.sessions.peek(this.account).forget();
		this.dispose();
		this.#state = 'new';
	}

	/** What is to be said of this account besides its cards: that it loads, that it failed, that there is more. */
	lastLines(): readonly Node[] {
		if (this.#state !== 'loaded' && this.#lines.length === 0) {
			const text = t('Loading the cards of {0}…', this.account.name);
			return [messageNode(this.#place, 'loading', text, { codicon: 'loading~spin' })];
		}
		return this.#lines.filter((line) => !isCard(line));
	}

	/** Gives up what is under way. */
	dispose(): void {
		this.#age += 1;
		this.#list.reset();
	}

	#newList(): List {
		const { sessions, openPages } = this.#context;
		return pagedList<Hit>({
			parent: this.#place,
			key: 'mine',
			openPages,
			load: async (signal) => {
				const page: Page<Hit> = (await (await sessions.ready(this.account, signal)).cards?.mine?.(signal)) ?? {
					items: [],
				};
				return without(page, ({ card }) => card === undefined || card.done === true);
			},
			toNode: (hit) => (hit.card ? myCardNode(this.#context, this.#place, hit, hit.card) : this.#place),
		});
	}

	async #take(): Promise<void> {
		const age = this.#age;
		const loaded = await this.#list.nodes();
		// Asked anew meanwhile, or given up: another load tells then.
		if (age === this.#age) {
			this.#state = 'loaded';
			this.#lines = loaded.map((line) => ('list' in line ? this.#ending(line) : line));
			this.#onChange();
		}
	}

	/** "Load more…" or what went wrong, with the account it belongs to, telling this view of what it does. */
	#ending(line: Node): Node {
		const { name } = this.account;
		const item = (): Item => {
			const own = line.item();
			return {
				...own,
				description: present(name, own.description).join(' · '),
				spoken: `${own.spoken ?? own.label}, ${name}`,
			};
		};
		return Object.assign({ ...line, item }, { list: this.#telling() });
	}

	#telling(): List {
		const inner = this.#list;
		return {
			nodes: () => inner.nodes(),
			get loaded() {
				return inner.loaded;
			},
			get hasMore() {
				return inner.hasMore;
			},
			more: async () => {
				await inner.more();
				await this.#take();
			},
			reset: () => {
				this.refresh();
				this.#lines = this.cards;
				this.#onChange();
			},
		};
	}
}

function isCard(line: Node): line is MyCardNode {
	return 'kind' in line && line.kind === 'card';
}

/** Looks and does as the card's line in the tree, and says besides where the card is. */
function myCardNode(context: TreeContext, place: Place, hit: Hit, card: Card): MyCardNode {
	const own = cardNode(context, place, card);
	const where = present(place.account.name, hit.board?.name ?? hit.workspace.name).join(' · ');
	const id = [hit.workspace.id, card.boardId].reduce(
		(path, key) => nodeId({ ...place, id: path }, 'in', key),
		place.id,
	);
	return {
		kind: 'card',
		id: nodeId({ ...place, id }, 'k', card.id),
		parent: undefined,
		account: place.account,
		card,
		hit,
		thing: own.thing,
		item: () => {
			const now = context.now();
			const alone = { ...card, assignees: undefined };
			const description = present(cardDescription(alone, now), where).join(' · ');
			return { ...own.item(), description, spoken: present(cardSpoken(alone, now), where).join(', ') };
		},
		tooltip: async (): Promise<Tooltip> => {
			const { facts = [], ...tooltip } = await own.tooltip();
			return { ...tooltip, facts: [where, ...facts] };
		},
	};
}

function placeOf(account: Account): Place {
	return {
		id: nodeId(undefined, 'mine', account.id),
		parent: undefined,
		account,
		item: () => ({ label: account.name, icon: { codicon: 'account' }, context: [] }),
	};
}
