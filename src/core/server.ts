import { t } from '@vscode/l10n';
import type { TextField } from './form.ts';

/**
 * A typed server address as requests use it: without trailing slash, query or fragment. Undefined where it is no address,
 * or not https; plain http is taken on loopback alone, where the sandbox lives.
 */
export function normaliseServer(typed: string): string | undefined {
	const text = typed.trim();
	const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`);
	if (!url || url.username || url.password || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)))) {
		return undefined;
	}
	return (url.origin + url.pathname).replace(/\/+$/, '');
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
		check: (value) => checkServer(String(value)),
	};
}
