import { t } from '@vscode/l10n';
import type { RichText } from '../../core/model.ts';

/**
 * What no public source of ProjectPlace says, each with the reason for doubt. The API reference itself is behind a
 * sign-in; if one of these turns out wrong, this is the only file to change.
 */

/** Boards' descriptions are HTML; that cards' are as well is taken from them. */
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
