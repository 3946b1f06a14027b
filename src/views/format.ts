import { t } from '@vscode/l10n';
import { dateText, dueDay, localDay } from '../core/due.ts';
import { ProviderError } from '../core/errors.ts';
import type { Card, Document, RichText } from '../core/model.ts';
import { plainText } from '../core/plainText.ts';
import type { TransferProgress } from '../core/transferProgress.ts';
import type { Icon, Tooltip } from './node.ts';

/** Words and figures as the tree shows them; pure. */

const longestDescription = 600;

export function numberText(number: number): string {
	return new Intl.NumberFormat().format(number);
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Bytes as people read them. */
export function sizeText(bytes: number): string {
	return unitText(bytes, stepOf(bytes));
}

/** How far something is, such as "3.1 of 12 MB"; as a part of the whole it has the whole's unit. */
export function partText({ bytes, total }: Pick<TransferProgress, 'bytes' | 'total'>): string {
	if (total === undefined) {
		return sizeText(bytes);
	}
	const step = stepOf(total);
	const part = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format(bytes / 1000 ** step);
	return t('{0} of {1}', part, unitText(total, step));
}

/** Bytes a second. */
export function rateText(rate: number): string {
	return unitText(rate, stepOf(rate), '-per-second');
}

/** How long something will still take, in the largest unit of which there are at least two: "31 sec left". */
export function timeLeftText(seconds: number): string {
	const steps = [
		{ unit: 'hour', size: 3600 },
		{ unit: 'minute', size: 60 },
	] as const;
	const { unit, size } = steps.find(({ size: one }) => seconds >= 2 * one) ?? { unit: 'second', size: 1 };
	const amount = new Intl.NumberFormat(undefined, { style: 'unit', unit, unitDisplay: 'short' });
	return t('{0} left', amount.format(Math.ceil(seconds / size)));
}

/** What is known of how far a transfer is, such as "3.1 of 12 MB · 2 MB/s · 4 sec left". */
export function progressText({ bytes, total, rate, secondsLeft }: TransferProgress): string {
	return present(
		partText({ bytes, total }),
		rate > 0 && rateText(rate),
		secondsLeft !== undefined && timeLeftText(secondsLeft),
	).join(' · ');
}

function stepOf(bytes: number): number {
	return Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
}

function unitText(bytes: number, step: number, per: '' | '-per-second' = ''): string {
	return new Intl.NumberFormat(undefined, {
		style: 'unit',
		unit: `${units[step] ?? 'byte'}${per}`,
		unitDisplay: step === 0 && per === '' ? 'long' : 'short',
		maximumFractionDigits: 1,
	}).format(bytes / 1000 ** step);
}

export function isOverdue(card: Card, now: Date): boolean {
	const day = dueDay(card);
	return day !== undefined && !card.done && day < localDay(now);
}

/** `dateOf` may remember what it formatted: boards say the same dates many times over. */
export function cardDescription(card: Card, now: Date, dateOf = dateText): string {
	return present(
		card.blocked !== undefined && t('blocked'),
		card.dueDate && (isOverdue(card, now) ? t('overdue {0}', dateOf(card.dueDate)) : dateOf(card.dueDate)),
		card.assignees?.join(', '),
	).join(' · ');
}

export function cardIcon(card: Card): Icon {
	if (card.done) {
		return { codicon: 'pass' };
	}
	return card.blocked === undefined ? { codicon: 'note' } : { codicon: 'circle-slash' };
}

export function cardSpoken(card: Card, now: Date, dateOf = dateText): string {
	return present(card.title, card.done && t('done'), card.status, cardDescription(card, now, dateOf)).join(', ');
}

export async function cardTooltip(card: Card, now: Date): Promise<Tooltip> {
	return {
		title: card.title,
		facts: present(
			card.status && t('Status: {0}', card.status),
			card.blocked !== undefined && (card.blocked === '' ? t('Blocked') : t('Blocked: {0}', card.blocked)),
			card.assignees?.length && t('Assigned to {0}', card.assignees.join(', ')),
			card.startDate && t('Starts {0}', dateText(card.startDate)),
			card.dueDate &&
				(isOverdue(card, now) ? t('Overdue since {0}', dateText(card.dueDate)) : t('Due {0}', dateText(card.dueDate))),
			card.labels?.length && t('Labels: {0}', card.labels.join(', ')),
		),
		text: await shortText(card.description),
	};
}

export function documentTooltip(document: Document): Tooltip {
	return {
		title: document.name,
		facts: present(
			document.size !== undefined && sizeText(document.size),
			document.version && t('Version {0}', document.version),
			document.modified && t('Changed {0}', dateText(document.modified)),
			document.notDownloadable ?? document.readOnly,
		),
	};
}

/** What there is of some texts that may be missing. */
export function present(...texts: readonly (string | false | 0 | undefined)[]): string[] {
	return texts.filter((text): text is string => typeof text === 'string' && text !== '');
}

/** A description as plain text, cut where it grows too long for a tooltip. */
export async function shortText(rich: RichText | undefined): Promise<string | undefined> {
	const text = rich && (await plainText(rich));
	return text && text.length > longestDescription ? `${text.slice(0, longestDescription)}…` : text;
}

/** The ability word of things that have an address in the browser. */
export function link({ webUrl }: { readonly webUrl?: string }): string[] {
	return webUrl ? ['link'] : [];
}

/** What went wrong, for people: the failure's own sentence, or where to look where it has none for them. */
export function failureText(error: unknown): string {
	return error instanceof ProviderError ? error.message : t('Something in Boardwalk went wrong. The log says more.');
}
