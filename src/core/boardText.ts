import { t } from '@vscode/l10n';
import type { Lane } from './arrangement.ts';
import { dateText, dueDay, localDay } from './due.ts';
import { markdownText } from './markdownText.ts';
import type { Card } from './model.ts';
import { foldText } from './search.ts';

/** A board to be read. Every text is as its author wrote it. */
export interface ReadBoard {
	readonly title: string;
	/** Where it stands, such as its workspace and its account. */
	readonly place: string;
	/** What of it is shown and how, as `arrangementText` says it; empty or absent where that is the vendor's own order. */
	readonly arrangement?: string;
	/** Sentences about what is not as it looks, such as cards that were not loaded. */
	readonly notes?: readonly string[];
	readonly lanes: readonly Lane[];
	readonly now: Date;
}

/**
 * A board as Markdown: a heading for each lane with how many cards it has, a list item for each card. What others wrote
 * stands in it as text, never as markup. Always the same for the same board on the same day.
 */
export function boardText({ title, place, arrangement, notes = [], lanes, now }: ReadBoard): string {
	const today = localDay(now);
	const blocks = [
		`# ${markdownText(title)}`,
		markdownText(place),
		arrangement && t('Shown: {0}', markdownText(arrangement)),
		...notes.map(markdownText),
		...(lanes.length === 0 ? [t('There are no cards to show.')] : []),
		...lanes.flatMap((lane) => laneBlocks(lane, today)),
	];
	return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

function laneBlocks({ name, cards, total }: Lane, today: string): string[] {
	const heading = `## ${markdownText(name)} (${countText(cards.length, total)})`;
	return cards.length === 0 ? [heading] : [heading, cards.map((card) => `- ${cardText(card, today)}`).join('\n')];
}

function countText(shown: number, total: number): string {
	return shown === total ? numberText(total) : t('{0} of {1}', numberText(shown), numberText(total));
}

/** The title comes first and in bold, so that the eye and a screen reader's user can go from card to card. */
function cardText(card: Card, today: string): string {
	const { title, key, id } = card;
	const name = `**${markdownText(title) || t('No title')}** (${markdownText(key ?? id)})`;
	return [name, ...factsOf(card, today)].join(' · ');
}

function factsOf(card: Card, today: string): string[] {
	const { status, done, assignees = [], labels = [], blocked, progress } = card;
	return [
		status && markdownText(status),
		done && foldText(status ?? '') !== foldText(t('done')) && t('done'),
		assignees.length > 0 && t('assigned to {0}', listText(assignees)),
		dueText(card, today),
		labels.length > 0 && t('labels: {0}', listText(labels)),
		blocked !== undefined && (blocked.trim() === '' ? t('blocked') : t('blocked: {0}', markdownText(blocked))),
		progress && t('checklist {0}', t('{0} of {1}', numberText(progress.done), numberText(progress.total))),
	].filter((fact) => typeof fact === 'string' && fact !== '') as string[];
}

function dueText(card: Card, today: string): string | undefined {
	const { dueDate, done } = card;
	if (dueDate === undefined) {
		return undefined;
	}
	const day = dueDay(card);
	const date = markdownText(dateText(dueDate));
	return day !== undefined && day < today && !done ? t('overdue since {0}', date) : t('due {0}', date);
}

function numberText(number: number): string {
	return new Intl.NumberFormat().format(number);
}

function listText(texts: readonly string[]): string {
	return texts.map(markdownText).join(', ');
}
