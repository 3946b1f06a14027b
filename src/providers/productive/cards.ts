import { t } from '@vscode/l10n';
import type { CardDetail, CardRemoval, Cards } from '../../core/cards.ts';
import type { Card, Document, Hit } from '../../core/model.ts';
import { onePage, type Page } from '../../core/page.ts';
import { paged } from '../../http/pages.ts';
import { putFile } from './attaching.ts';
import { checklist, subtasksOf } from './cardChecklist.ts';
import { cardComments, me } from './cardComments.ts';
import { cardCreation } from './cardCreation.ts';
import { cardEditing, valuesOf } from './cardEditing.ts';
import { cardMoving } from './cardMoving.ts';
import { type CardFilesPart, type CardPart, changing, find } from './cardPart.ts';
import { linkedId } from './document.ts';
import { toHit } from './hits.ts';
import { type AttachmentWire, toAttachment } from './mapping.ts';
import { factsOf } from './taskShapes.ts';
import { all } from './workflow.ts';

/** Tasks. */
export function cards(part: CardFilesPart): Cards {
	return {
		look: (card, signal) => look(part, card, signal),
		me: async (signal) => (await me(part, signal)).id,
		mine: (signal) => mine(part, signal),
		creation: cardCreation(part),
		editing: cardEditing(part),
		moving: cardMoving(part),
		removal: removal(part),
		comments: cardComments(part),
		checklist: checklist(part),
		attaching: {
			async attach(card, file, signal) {
				return toFile(await putFile(part, { kind: 'task', id: card.id }, file, signal), card);
			},
		},
	};
}

async function look(part: CardPart, card: Card, signal: AbortSignal): Promise<CardDetail> {
	const [found, items, files] = await Promise.all([
		find(part, card.id, card, signal),
		subtasksOf(part, card, signal),
		all((at) => part.client.attachments({ kind: 'task', id: card.id }, at, signal)),
	]);
	return {
		card: found.card,
		values: valuesOf(found.data),
		checklist: items,
		attachments: files.map((file) => toFile(file, found.card)),
		facts: factsOf(found.data, found.related),
	};
}

function toFile(file: AttachmentWire, { boardId, extra }: Card): Document {
	const project = extra?.['project'];
	const readOnly = t('Productive can’t replace a file that is on a task. Upload the new one under another name.');
	return { ...toAttachment(file, typeof project === 'string' ? project : undefined, readOnly), boardId };
}

/** The filter finds tasks with to-dos of the person too, and what is archived with its project is nobody's to do. */
async function mine(part: CardPart, signal: AbortSignal): Promise<Page<Hit>> {
	const { id } = await me(part, signal);
	if (id === undefined) {
		return onePage([]);
	}
	return paged(async (at, each) => {
		const found = await part.client.tasks.assigned(id, Number(at ?? 1), each);
		const own = found.data.filter((task) => linkedId(task, 'assignee') === id);
		const hits = own.flatMap((task) => toHit(task, found, part.columnsAre, part.organization));
		return { items: hits.filter(({ workspace, board }) => !workspace.archived && !board?.archived), next: found.next };
	}, signal);
}

/** Restoring is left to the vendor's own page: its call wants the id of a deletion, and nothing tells which is this task's. */
function removal(part: CardPart): CardRemoval {
	return {
		kind: 'delete',
		get effect() {
			return t('Productive deletes the task with everything on it. It can’t be brought back from here.');
		},
		remove: (card, signal) => changing(part, [card], () => part.client.tasks.remove(card.id, signal)),
	};
}
