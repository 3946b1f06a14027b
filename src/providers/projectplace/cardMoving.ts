import { t } from '@vscode/l10n';
import type { CardMoving, CardRemoval } from '../../core/cards.ts';
import { NotFound, Refused } from '../../core/errors.ts';
import type { Card, Column } from '../../core/model.ts';
import { afterwards, type CardNeeds, changing, notTaken, toOneCard, workspaceOf } from './cardAccess.ts';

/**
 * `any`: the call names the card to stand behind, and where it puts the card is what the board's list tells at its next
 * loading. What its null means is a guess; see `afterCard`.
 */
export function cardMoving(needs: CardNeeds): CardMoving {
	const { ofCards } = needs.client;
	return {
		places: 'any',
		whyNot: (card, to) => card.readOnly ?? whyNotThere(card, to),
		async move(card, to, after, signal) {
			const reason = whyNotThere(card, to);
			if (reason !== undefined) {
				throw new Refused(reason);
			}
			return changing(needs, card, async () => {
				// Asked for now: the call sets the activity too, and one that was given meanwhile must stay.
				const { planlet_id } = await ofCards.get(card.id, signal);
				const move = { boardId: card.boardId, cardId: card.id, columnId: to.id, after };
				await ofCards.move({ ...move, activity: planlet_id ?? undefined }, signal);
				return moved(needs, card, to, signal);
			});
		},
	};
}

/** The call belongs to one board. */
function whyNotThere({ boardId }: Card, to: Column): string | undefined {
	return to.boardId === boardId ? undefined : t('ProjectPlace moves cards within their board only.');
}

async function moved(needs: CardNeeds, card: Card, { id }: Column, signal: AbortSignal): Promise<Card> {
	const now = await shown(needs, card, signal);
	if (now.columnId !== id) {
		throw notTaken();
	}
	return now;
}

function shown(needs: CardNeeds, { id, boardId }: Card, signal: AbortSignal): Promise<Card> {
	const read = async () => toOneCard(needs, await needs.client.ofCards.get(id, signal), boardId, signal);
	return afterwards(read, signal);
}

export function cardRemoval(needs: CardNeeds): CardRemoval {
	const { ofCards } = needs.client;
	return {
		kind: 'delete',
		effect: t('It goes to the trashcan of its workspace in ProjectPlace, from where it can be restored.'),
		whyNot: ({ readOnly }) => readOnly,
		remove: (card, signal) => changing(needs, card, () => ofCards.remove(card.id, signal)),
		restore: (card, signal) =>
			changing(needs, card, async () => {
				const workspaceId = await workspaceOf(needs, card.boardId, signal);
				await ofCards.restore(workspaceId, card.id, signal);
				// 200 does not mean done, and who else took it out has done it too: only the card itself tells.
				return restored(needs, card, signal);
			}),
	};
}

async function restored(needs: CardNeeds, card: Card, signal: AbortSignal): Promise<Card> {
	try {
		return await shown(needs, card, signal);
	} catch (error) {
		throw error instanceof NotFound ? notRestored(error) : error;
	}
}

function notRestored(cause?: unknown): Refused {
	return new Refused(t('ProjectPlace did not take the card out of the trashcan.'), [], cause);
}
