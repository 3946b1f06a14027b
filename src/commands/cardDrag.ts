import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { atTheEnd } from '../core/boardChange.ts';
import { moveCards, moveColumn } from '../core/cardMoves.ts';
import { LocalFailure } from '../core/errors.ts';
import type { LiveBoard } from '../core/liveBoard.ts';
import type { Column } from '../core/model.ts';
import { withProgress } from '../host/progress.ts';
import { linesType } from '../views/lazyDragAndDrop.ts';
import type { Node } from '../views/node.ts';
import { liveOf, placedOf } from './cardPlace.ts';
import type { Services } from './services.ts';

/** Cards, or one column, on their way within the tree. */
export function dragLines(nodes: readonly Node[], transfer: vscode.DataTransfer): void {
	const lines = nodes.filter((node) => 'card' in node || 'column' in node);
	if (lines.length > 0) {
		transfer.set(linesType, new vscode.DataTransferItem(lines));
	}
}

/** The lines that were dragged here from within the tree; undefined where something else was. */
export function droppedLines(transfer: vscode.DataTransfer): readonly Node[] | undefined {
	const lines: unknown = transfer.get(linesType)?.value;
	return Array.isArray(lines) && lines.length > 0 ? (lines as readonly Node[]) : undefined;
}

/** Cards that are dropped on a column go to its end, on a card right behind it; a column goes behind the other. */
export async function dropLines(services: Services, target: Node | undefined, lines: readonly Node[]): Promise<void> {
	const place = target && (await placeFor(services, target));
	if (!place) {
		throw new LocalFailure(t('Cards can be dropped on a column or on another card.'));
	}
	const { live, column, after } = place;
	const cards = lines.flatMap((line) => placedOf(services, line) ?? []);
	if (cards.length === 0) {
		await dropColumn(services, live, lines[0], column);
		return;
	}
	if (cards.some((one) => one.live !== live)) {
		throw new LocalFailure(t('Cards stay on their board: no vendor moves them to another one.'));
	}
	const moved = cards.map(({ card }) => card);
	if (!moved.some(({ id }) => id === after)) {
		await withProgress(t('Moving cards'), (signal) => moveCards(services, live, moved, column, after, signal));
	}
}

async function dropColumn(services: Services, live: LiveBoard, line: Node | undefined, after: Column): Promise<void> {
	const { column, live: from } = (line ?? {}) as Partial<{ column: Column; live: LiveBoard }>;
	if (column && from === live && column.id !== after.id) {
		await withProgress(t('Moving {0}', column.name), (signal) => moveColumn(services, live, column, after, signal));
	}
}

interface Place {
	readonly live: LiveBoard;
	readonly column: Column;
	readonly after: string;
}

async function placeFor(services: Services, target: Node): Promise<Place | undefined> {
	const live = target.account && liveOf(services, target, target.account);
	const { column } = target as Partial<{ column: Column }>;
	const card = placedOf(services, target)?.card;
	if (live && column) {
		return { live, column, after: atTheEnd };
	}
	const columns = live && card ? await live.columns(new AbortController().signal) : [];
	const own = columns.find(({ id }) => id === card?.columnId);
	return live && card && own && { live, column: own, after: card.id };
}
