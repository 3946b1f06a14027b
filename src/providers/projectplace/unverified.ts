import { t } from '@vscode/l10n';
import { Refused } from '../../core/errors.ts';
import type { RichText } from '../../core/model.ts';

/**
 * What no public source of ProjectPlace says, each with the reason for doubt. The API reference itself is behind a
 * sign-in; if one of these turns out wrong, this is the only file to change.
 */

/**
 * Boards' descriptions are HTML; that cards' are as well is taken from them. ProjectPlace's help says that people can write
 * Markdown there, so the text may also hold its marks.
 */
export function descriptionOf(description: string | null | undefined): RichText | undefined {
	return description ? { html: description } : undefined;
}

/** One client's code says that a new board's description is HTML, so what was typed goes out as the text of HTML. */
export function htmlOf(typed: string | undefined): string | undefined {
	return typed?.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Archives hold links too, but no reply shows under which `type`: whatever is no folder and no document stands as a leaf. */
export function whyNotDownloadable(type: string): string | undefined {
	return type === 'Document' ? undefined : t('ProjectPlace keeps this as a link, which can be opened on the web only.');
}

/**
 * The version after an upload. Versions start at 0.1, and whether a new document in a folder comes back as 0.1 or without
 * a version is not shown, so 0.1 counts as new.
 */
export function versionOf(number: string | number | null | undefined): string | undefined {
	return !number || ['0', '0.1'].includes(String(number)) ? undefined : String(number);
}

/**
 * Words of failures: only `error_code` is known. Errors of OAuth endpoints are taken to be in OAuth's form, and other
 * members are what servers commonly use.
 */
export const reasonMembers = ['error_code', 'error_description', 'error', 'message'] as const;

/**
 * What clears the reason for a block. The word `remove`, which clears choices, might stay in a text as a text; an empty one
 * is known to clear a description.
 */
export const clearedText = '';

/** The word that clears points, label and assignee; that it clears dates as well is taken from them. */
export const cleared = 'remove';

/**
 * Which card a moved one comes behind. The one client that moves cards always sends null; that an id means right behind
 * that card and null the first place is only what the name `after_card` says.
 */
export function afterCard(id: string | number | undefined): string | number | null {
	return id ?? null;
}

/**
 * Members of a card that are known where it is created or read but that no client was seen to change. Each change is
 * compared with the answer, so that one ProjectPlace ignores is not taken for done.
 */
export const guessed = {
	due: 'due_date',
	start: 'start_date',
	isBlocked: 'is_blocked',
	blockReason: 'block_reason',
} as const;

/** The author of a comment of version 1: a name, or a person with a name in one part or in two. */
export function authorOf(author: unknown): string | undefined {
	if (typeof author === 'string') {
		return author || undefined;
	}
	const { name, first_name, last_name }: Record<string, unknown> =
		typeof author === 'object' && author !== null ? { ...author } : {};
	const parts = (name ? [name] : [first_name, last_name]).filter((part) => typeof part === 'string' && part !== '');
	return parts.length > 0 ? parts.join(' ') : undefined;
}

/**
 * The id of a comment of version 1 is taken to be that of version 3, where alone comments can be removed. It is looked up
 * there by its text as well before anything is removed.
 */
export function isSameComment(
	one: { readonly id: string; readonly text: string },
	other: { readonly id: string; readonly text: string },
): boolean {
	return one.id === other.id && one.text.trim() === other.text.trim();
}

/** Attachments of a card show their names; what reads them is not known, nor whether their ids are those of documents. */
export function whyAttachmentNotReadable(): string {
	return t('How ProjectPlace gives out what is attached to a card is not known, so it can only be opened on the web.');
}

/** What an export that failed says of itself: one of two members that such replies commonly have. */
export function exportProblem(
	{ error, failed }: { readonly error?: unknown; readonly failed?: unknown },
	name: string,
): Refused | undefined {
	if (!error && !failed) {
		return undefined;
	}
	const reason = [error, failed].find((one): one is string => typeof one === 'string' && one !== '');
	return new Refused(
		reason === undefined
			? t('ProjectPlace could not export “{0}”.', name)
			: t('ProjectPlace could not export “{0}”: {1}', name, reason),
	);
}

/**
 * The address of the next part of a table, by OData's own rules (JSON Format 4.01, 4.5.5). The one client of ProjectPlace's
 * tables reads a single reply to its end and does not look for one.
 */
export const nextLink = '@odata.nextLink';

/** The example's code has another word for the root of portfolio data than the text beside it. */
export const portfolioRoots = ['portfolios', 'portfolio'] as const;
