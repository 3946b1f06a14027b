import { t } from '@vscode/l10n';
import type { Account } from '../../core/accounts.ts';
import type { Card } from '../../core/model.ts';
import { cardWords } from '../cardAbilities.ts';
import { cardDescription, cardIcon, cardSpoken, cardTooltip } from '../format.ts';
import { type Item, type Node, nodeId, type Tooltip, type TreeContext } from '../node.ts';

/** A card. A class, because boards have thousands and its methods are shared. */
export class CardNode implements Node {
	readonly kind = 'card';
	readonly card: Card;
	readonly parent: Node & { account: Account };
	readonly #context: TreeContext;

	constructor(context: TreeContext, parent: Node & { account: Account }, card: Card) {
		this.#context = context;
		this.parent = parent;
		this.card = card;
	}

	get id(): string {
		return nodeId(this.parent, 'k', this.card.id);
	}

	get account(): Account {
		return this.parent.account;
	}

	get thing(): { id: string; name: string; webUrl?: string } {
		return { id: this.card.id, name: this.card.title, webUrl: this.card.webUrl };
	}

	item(): Item {
		const now = this.#context.now();
		const session = this.#context.sessions.peek(this.account);
		return {
			label: this.card.title,
			description: cardDescription(this.card, now),
			icon: cardIcon(this.card),
			spoken: cardSpoken(this.card, now),
			context: cardWords(session, this.card),
			command: session.cards && { id: 'boardwalk.openCard', title: t('Open card') },
		};
	}

	tooltip(): Promise<Tooltip> {
		return cardTooltip(this.card, this.#context.now());
	}
}

export function cardNode(context: TreeContext, parent: Node & { account: Account }, card: Card): CardNode {
	return new CardNode(context, parent, card);
}
