import { t } from '@vscode/l10n';
import { NotFound, OutcomeUnknown, ProviderError, Refused } from '../../core/errors.ts';
import type { Card, Choice } from '../../core/model.ts';
import { onePage, type Page } from '../../core/page.ts';
import type { Shared } from '../../core/shared.ts';
import type { Client } from './client.ts';
import { vendor } from './host.ts';
import { cardsOf, inOrder } from './mapping.ts';
import type { OneCardWire } from './shapes.ts';

export interface CardNeeds {
	readonly client: Client;
	/** What the session remembers. */
	readonly shared: Shared;
}

export const cardsKey = (boardId: string): string => `cards of ${boardId}`;

/**
 * Runs a change of a card. Whatever becomes of it, the cards of its board are asked for anew afterwards: of a change that
 * failed nobody knows how far it came.
 */
export async function changing<T>({ shared }: CardNeeds, card: Card, run: () => Promise<T>): Promise<T> {
	refuseReadOnly(card);
	try {
		return await run();
	} finally {
		shared.delete(cardsKey(card.boardId));
	}
}

export function refuseReadOnly({ readOnly }: Card): void {
	if (readOnly !== undefined) {
		throw new Refused(readOnly);
	}
}

/** Reads what a change has made, which must not look as if the change could be done again where the reading fails. */
export async function afterwards<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T> {
	try {
		return await read();
	} catch (error) {
		signal.throwIfAborted();
		if (error instanceof ProviderError && !(error instanceof Refused) && !(error instanceof NotFound)) {
			throw new OutcomeUnknown(
				t('{0} took the change but did not show what came of it. Look before you repeat it.', vendor),
				error,
			);
		}
		throw error;
	}
}

/** What ProjectPlace answered well to and did not do. */
export function notTaken(): Refused {
	return new Refused(t('{0} did not take this.', vendor));
}

/** One card as others are, with the name of its label, which only some replies bear. */
export async function toOneCard(
	{ client, shared }: CardNeeds,
	wire: OneCardWire,
	boardId: string,
	signal: AbortSignal,
): Promise<Card> {
	const of = wire.board_id ?? boardId;
	const isNamed = wire.label_name || wire.label_id === null || wire.label_id === undefined;
	return cardsOf(of, isNamed ? [] : await labelsOf({ client, shared }, of, signal))(wire);
}

export function labelsOf({ client, shared }: CardNeeds, boardId: string, signal: AbortSignal) {
	return shared.get(`labels of ${boardId}`, (each) => client.labels(boardId, each), signal);
}

export async function labelChoices(needs: CardNeeds, boardId: string, signal: AbortSignal): Promise<Page<Choice>> {
	const labels = await labelsOf(needs, boardId, signal);
	return onePage(inOrder(labels).map(({ id, name }) => ({ value: id, label: name })));
}

/** The people of the workspace who may see the board. */
export async function peopleChoices(
	needs: CardNeeds,
	boardId: string,
	workspaceId: string | undefined,
	signal: AbortSignal,
): Promise<Page<Choice>> {
	const { client, shared } = needs;
	const ask = async (each: AbortSignal) => {
		const [members, access] = await Promise.all([
			client.members(workspaceId ?? (await workspaceOf(needs, boardId, each)), each),
			client.peopleWithAccess(boardId, each),
		]);
		const allowed = new Set(access);
		return members
			.filter(({ id }) => allowed.has(id))
			.map(({ id, name, email }): Choice => ({ value: id, label: name, detail: email || undefined }));
	};
	return onePage(await shared.get(`people of ${boardId}`, ask, signal));
}

/** The workspace that a board is in. */
export async function workspaceOf(
	{ client, shared }: CardNeeds,
	boardId: string,
	signal: AbortSignal,
): Promise<string> {
	return (await shared.get(`board ${boardId}`, (each) => client.board(boardId, each), signal)).project_id;
}
