import type { Changes } from '../../core/findings.ts';
import type { Batch } from '../../http/pages.ts';
import type { Call, Http } from '../../http/request.ts';
import type { CommentWire, ConversationWire, OneCardWire } from './shapes.ts';
import * as shapes from './shapes.ts';
import { afterCard } from './unverified.ts';

const commentsPerPage = 100;

/** The calls on single cards, one method an endpoint. Ids that are numbers in replies go out as numbers. */
export class CardCalls {
	readonly #http: Http;
	readonly #changes: Changes;

	constructor(http: Http, changes: Changes) {
		this.#http = http;
		this.#changes = changes;
	}

	get(cardId: string, signal: AbortSignal): Promise<OneCardWire> {
		return this.#http.json({ path: `/1/cards/${cardId}` }, shapes.cardShape, signal);
	}

	create(workspaceId: string, json: CardBody, signal: AbortSignal): Promise<OneCardWire> {
		const call = { method: 'POST', path: `/1/projects/${workspaceId}/cards/create-new`, json } as const;
		return this.#changes.watch(() => this.#http.json(call, shapes.cardShape, signal));
	}

	update(cardId: string, json: CardBody, signal: AbortSignal): Promise<OneCardWire> {
		const call = { method: 'PUT', path: `/1/cards/${cardId}`, json } as const;
		return this.#changes.watch(() => this.#http.json(call, shapes.cardShape, signal));
	}

	/** `activity` is the card's own: the call always sets it. */
	async move({ boardId, cardId, columnId, after, activity }: Move, signal: AbortSignal): Promise<void> {
		const json = {
			card_ids: [sent(cardId)],
			column_id: sent(columnId),
			after_card: afterCard(after === undefined ? undefined : sent(after)),
			swimlane: { type: 'planlet_id', value: activity === undefined ? null : sent(activity) },
		};
		await this.#write({ method: 'POST', path: `/1/boards/${boardId}/move-cards`, json }, signal);
	}

	/** Into the trashcan of its workspace. */
	async remove(cardId: string, signal: AbortSignal): Promise<void> {
		await this.#write({ method: 'DELETE', path: `/1/cards/${cardId}` }, signal);
	}

	async restore(workspaceId: string, cardId: string, signal: AbortSignal): Promise<void> {
		const json = { action: 'restore', items: [{ id: sent(cardId), type: 'card' }] };
		await this.#write({ method: 'POST', path: `/1/projects/${workspaceId}/trashcan`, json }, signal);
	}

	/** Without a slash at the end. */
	addItem(cardId: string, title: string, signal: AbortSignal): Promise<OneCardWire> {
		const call = { method: 'POST', path: `/1/cards/${cardId}/checklist`, json: { title } } as const;
		return this.#changes.watch(() => this.#http.json(call, shapes.cardShape, signal));
	}

	async setItem(
		cardId: string,
		itemId: string,
		json: { readonly title: string; readonly done: boolean },
		signal: AbortSignal,
	): Promise<void> {
		await this.#write({ method: 'PUT', path: itemPath(cardId, itemId), json }, signal);
	}

	async removeItem(cardId: string, itemId: string, signal: AbortSignal): Promise<void> {
		await this.#write({ method: 'DELETE', path: itemPath(cardId, itemId) }, signal);
	}

	comments(cardId: string, signal: AbortSignal): Promise<CommentWire[]> {
		return this.#http.json({ path: `/1/cards/${cardId}/comments` }, shapes.commentsShape, signal);
	}

	async addComment(cardId: string, text: string, signal: AbortSignal): Promise<void> {
		await this.#write({ method: 'POST', path: `/1/cards/${cardId}/comments/create-new`, json: { text } }, signal);
	}

	/** The comments of a card as the conversations of version 3 have them. */
	async conversation(cardId: string, offset: number, signal: AbortSignal): Promise<Batch<ConversationWire>> {
		const query = { item_id: cardId, item_name: 'card', count: commentsPerPage, offset };
		const call = { path: '/3/conversations/comments', query };
		const { data } = await this.#http.json(call, shapes.conversationShape, signal);
		return { items: data, next: data.length < commentsPerPage ? undefined : offset + commentsPerPage };
	}

	/** `encoded_text` is the text with mentions as `@[id]`, of which there are none. */
	async addToConversation(cardId: string, text: string, signal: AbortSignal): Promise<void> {
		const form = {
			text,
			encoded_text: text,
			attachments: '[]',
			send_to_external: 'False',
			sent_from: 'web',
			item_name: 'card',
			item_id: cardId,
		};
		await this.#write({ method: 'POST', path: '/3/conversations/comment', form }, signal);
	}

	async removeFromConversation(cardId: string, commentId: string, signal: AbortSignal): Promise<void> {
		const query = { item_id: cardId, item_name: 'card' };
		await this.#write({ method: 'DELETE', path: `/3/conversations/comment/${commentId}`, query }, signal);
	}

	async #write(call: Call, signal: AbortSignal): Promise<void> {
		await this.#changes.watch(() => this.#http.reply(call, signal));
	}
}

/** Members of a card as they are sent. */
export type CardBody = Readonly<Record<string, unknown>>;

export interface Move {
	readonly boardId: string;
	readonly cardId: string;
	readonly columnId: string;
	/** The card to stand behind. */
	readonly after: string | undefined;
	readonly activity: string | undefined;
}

/** An id in the form in which replies have it. */
export function sent(id: string): string | number {
	return /^\d{1,15}$/.test(id) ? Number(id) : id;
}

/** The slash at the end belongs to it. */
function itemPath(cardId: string, itemId: string): string {
	return `/1/cards/${cardId}/checklist/${itemId}/`;
}
