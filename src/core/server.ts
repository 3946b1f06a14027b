import { t } from '@vscode/l10n';
import { InvalidInput } from './errors.ts';
import { type TextField, textOf, type Values } from './form.ts';

/**
 * A typed server address as requests use it: without trailing slash, query or fragment. Undefined where it is no address,
 * or not https; plain http is taken on loopback alone, where the sandbox lives.
 */
export function normaliseServer(typed: string): string | undefined {
	const url = asUrl(typed.trim());
	if (!url || url.username || url.password) {
		return undefined;
	}
	const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
	return isSafe ? (url.origin + url.pathname).replace(/\/+$/, '') : undefined;
}

/** Without a scheme it is https; a scheme whose slashes were forgotten is a slip, not the name of a host. */
function asUrl(text: string): URL | null {
	if (/^https?:(?!\/\/)/i.test(text)) {
		return null;
	}
	return URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`);
}

export function isLoopback({ hostname }: URL): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/** What is wrong with a typed address, as one sentence. */
export function checkServer(typed: string): string | undefined {
	return normaliseServer(typed) === undefined ? t('The address must be complete and start with https://.') : undefined;
}

/** The field for a vendor whose address is known but may differ. */
export function serverField(initial: string): TextField {
	return {
		kind: 'text',
		id: 'server',
		label: t('Server address'),
		help: t('Leave it as it is unless your organisation uses another address.'),
		initial,
		check: (value) => checkServer(value),
	};
}

/** The address in a form's field `server`, or the vendor's own where it is empty. Throws `InvalidInput` where it is none. */
export function serverOf(values: Values, own: string): string {
	const typed = textOf(values, 'server') ?? own;
	const server = normaliseServer(typed);
	if (server === undefined) {
		throw new InvalidInput([{ field: 'server', message: checkServer(typed) ?? '' }]);
	}
	return server;
}
