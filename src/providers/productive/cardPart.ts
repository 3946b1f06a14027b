import { t } from '@vscode/l10n';
import { OutcomeUnknown } from '../../core/errors.ts';
import type { Card } from '../../core/model.ts';
import type { Send } from '../../core/provider.ts';
import type { Shared } from '../../core/shared.ts';
import { type ColumnsAre, cardsKey } from './boards.ts';
import type { Client, Single } from './client.ts';
import { linkedId } from './document.ts';
import type { Files } from './files.ts';
import { folder, taskList, toCard } from './mapping.ts';
import type { TaskWholeWire } from './taskShapes.ts';

/** What everything about cards works with. */
export interface CardPart {
	readonly client: Client;
	readonly shared: Shared;
	readonly organization: string;
	readonly columnsAre: ColumnsAre;
}

export interface CardFilesPart extends CardPart {
	readonly files: Files;
	readonly send: Send;
}

export interface FoundTask extends Single<TaskWholeWire> {
	readonly card: Card;
}

type Place = Pick<Card, 'boardId' | 'columnId'>;

/** The task as it is now; `known` says where it stands as far as the vendor does not. */
export async function find(part: CardPart, id: string, known: Place, signal: AbortSignal): Promise<FoundTask> {
	const found = await part.client.tasks.one(id, signal);
	return { ...found, card: cardOf(part, found, known) };
}

function cardOf({ columnsAre, organization }: CardPart, { data, related }: Single<TaskWholeWire>, known: Place): Card {
	const list = related(data, 'task_list', taskList);
	const above = related(list, 'folder', folder) ?? related(list, 'board', folder);
	const column = linkedId(data, columnsAre === 'statuses' ? 'workflow_status' : 'task_list');
	const place = {
		boardId: above?.id ?? known.boardId,
		columnId: column ?? known.columnId,
		extra: { project: linkedId(data, 'project') },
	};
	return toCard(data, related, place, organization);
}

/** The task after a write that was taken. Where it can't be read, nothing offers to write it again. */
export async function findAgain(part: CardPart, id: string, known: Place, signal: AbortSignal): Promise<FoundTask> {
	try {
		return await find(part, id, known, signal);
	} catch (error) {
		signal.throwIfAborted();
		throw new OutcomeUnknown(
			t('Productive took the change, but the task could not be read again. Look at it before you change it again.'),
			error,
		);
	}
}

/** The project of a card: known of every card that a list gave. */
export async function projectOf({ client }: CardPart, { id, extra }: Card, signal: AbortSignal): Promise<string> {
	const known = extra?.['project'];
	if (typeof known === 'string') {
		return known;
	}
	const { data } = await client.tasks.one(id, signal);
	return linkedId(data, 'project') ?? '';
}

/** Runs a write and forgets the lists that it made untrue, also where it failed: a part of it may have been done. */
export async function changing<T>({ shared }: CardPart, places: readonly Place[], run: () => Promise<T>): Promise<T> {
	try {
		return await run();
	} finally {
		for (const { boardId, columnId } of places) {
			shared.delete(cardsKey(boardId, columnId));
		}
	}
}
