import { t } from '@vscode/l10n';
import { type Filter, withoutSecrets } from './redaction.ts';

/** A request that could change something at a vendor and was sent. Holds no secret. */
export interface SentEntry {
	/** What the person calls the account. */
	readonly account: string;
	readonly time: Date;
	readonly method: string;
	/** The path and the query, without the server. */
	readonly path: string;
	/** The fields that were sent as JSON, files as their names and sizes; at most `longestBody` characters. */
	readonly body?: string;
	/** Undefined where no whole answer came. */
	readonly status?: number;
}

export const longestBody = 2000;

/** Names of fields whose values prove a right, whatever they hold. */
const secretNames = /pass(word|phrase)?$|secret|token|signature|credential|authori[sz]ation|api[-_]?key|^policy$/i;

/** A file on its way, of which nothing but this is told. */
export interface SentFile {
	readonly name: string;
	/** Bytes. */
	readonly size: number;
}

/** The fields of a body as one line, without what stands under a name of secrets. */
export function bodyText(fields: unknown, hide: Filter): string | undefined {
	return fields === undefined ? undefined : hide(JSON.stringify(fields, hiddenByName));
}

export function fileText({ name, size }: SentFile): string {
	return t('{0} ({1} bytes)', name, size);
}

function hiddenByName(name: string, value: unknown): unknown {
	const isValue = typeof value === 'string' || typeof value === 'number';
	return isValue && value !== '' && secretNames.test(name) ? t('‹secret›') : value;
}

/** The same entry without any of the secrets, and not longer than it may be. */
export function withoutThese(entry: SentEntry, secrets: Iterable<string>): SentEntry {
	const hide = withoutSecrets([...secrets]);
	const { path, body } = entry;
	return { ...entry, path: hide(path), ...(body !== undefined && { body: cut(hide(body)) }) };
}

function cut(text: string): string {
	return text.length > longestBody ? `${text.slice(0, longestBody - 1)}…` : text;
}

/** An entry as a line of the log, which writes the time itself. */
export function sentText({ account, method, path, body, status }: SentEntry): string {
	const line = `[${account}] ${method} ${path} → ${status ?? t('no answer')}`;
	return body === undefined ? line : `${line} ${body}`;
}

/** Whether the vendor is known to have taken what was sent. Some vendors say no under a good status too. */
export function wasAnsweredWell({ status }: SentEntry): boolean {
	return status !== undefined && status < 400;
}
