import { t } from '@vscode/l10n';
import type { CardDetail, Cards } from '../../core/cards.ts';
import type { Card, Document, Fact } from '../../core/model.ts';
import { type CardNeeds, toOneCard } from './cardAccess.ts';
import { cardCreation, cardEditing, valuesOf } from './cardEditing.ts';
import { cardMoving, cardRemoval } from './cardMoving.ts';
import { checklist, toChecklist } from './checklist.ts';
import { comments } from './comments.ts';
import type { OneCardWire } from './shapes.ts';
import { timeOf } from './times.ts';
import { whyAttachmentNotReadable } from './unverified.ts';

export function cards({
	me,
	...needs
}: CardNeeds & { readonly me: (signal: AbortSignal) => Promise<string | undefined> }): Cards {
	return {
		look: (card, signal) => look(needs, card, signal),
		me,
		creation: cardCreation(needs),
		editing: cardEditing(needs),
		moving: cardMoving(needs),
		removal: cardRemoval(needs),
		comments: comments(needs),
		checklist: checklist(needs),
	};
}

async function look(needs: CardNeeds, { id, boardId }: Card, signal: AbortSignal): Promise<CardDetail> {
	const wire = await needs.client.ofCards.get(id, signal);
	const card = await toOneCard(needs, wire, boardId, signal);
	return {
		card,
		values: valuesOf(needs, card.boardId, wire),
		checklist: toChecklist(wire),
		attachments: toAttachments(wire, card),
		facts: factsOf(wire),
	};
}

/** An attachment without an id has its place for one; none can be read by it. */
function toAttachments({ all_attachments }: OneCardWire, card: Card): Document[] {
	const reason = whyAttachmentNotReadable();
	return (all_attachments ?? []).map(({ id, name }, place) => ({
		kind: 'document',
		id: id ?? `${card.id} at ${place}`,
		name: name || t('Attachment'),
		fileName: name || t('Attachment'),
		boardId: card.boardId,
		notDownloadable: reason,
		readOnly: reason,
		webUrl: card.webUrl,
	}));
}

function factsOf({ planlet, creator, created_time }: OneCardWire): Fact[] {
	const created = timeOf(created_time);
	const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
	return [
		{ label: t('Activity'), value: planlet?.name ?? '' },
		{ label: t('Created by'), value: creator?.name ?? '' },
		{ label: t('Created'), value: created === undefined ? '' : format.format(new Date(created)) },
	].filter(({ value }) => value !== '');
}
