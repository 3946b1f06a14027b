import type { Field, Values } from './form.ts';
import type { Board } from './model.ts';

/** Addresses that the vendor tells of what happens on a board. Whatever is told leaves the vendor for that address. */
export interface Webhooks {
	/** The subscriptions of one board. */
	list(board: Board, signal: AbortSignal): Promise<readonly Webhook[]>;
	/** What a new subscription needs, the address among it as `webhookField.address`. */
	fields(board: Board): readonly Field[];
	subscribe(board: Board, values: Values, signal: AbortSignal): Promise<Webhook>;
	/** Sends the same events to another address. */
	changeAddress(webhook: Webhook, address: string, signal: AbortSignal): Promise<Webhook>;
	unsubscribe(webhook: Webhook, signal: AbortSignal): Promise<void>;
	/** What is wrong with an address, as one sentence; undefined where nothing is. */
	checkAddress(address: string): string | undefined;
}

export const webhookField = { address: 'address' } as const;

export interface Webhook {
	readonly id: string;
	readonly address: string;
	/** What is told, in the vendor's words. */
	readonly events: readonly string[];
	readonly boardId: string;
}
