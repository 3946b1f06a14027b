import { t } from '@vscode/l10n';
import { type TextField, textOf, type Values } from '../../core/form.ts';
import { isLoopback, serverField, serverOf } from '../../core/server.ts';

export const vendor = 'ProjectPlace';
const address = 'https://api.projectplace.com';

/** The host that all organisations share. */
export function sharedHost(): TextField {
	const help = t('Leave it as it is, or type the subdomain of your organisation, such as mycompany.');
	return { ...serverField(address), help };
}

/** Since 2025 a person has a user of their own in each organisation, which only that organisation's host signs in. */
export function ownHost(): TextField {
	return {
		...serverField(address),
		label: t('Subdomain of your organisation'),
		help: t(
			'The first part of the address that your browser shows in ProjectPlace, such as mycompany, or the whole address.',
		),
		placeholder: 'mycompany',
		initial: undefined,
		required: true,
	};
}

/** The address that was typed; a single word is the subdomain of an organisation. */
export function hostOf(values: Values): string {
	const typed = textOf(values, 'server') ?? '';
	return /^[a-z\d-]+$/i.test(typed) && typed.toLowerCase() !== 'localhost'
		? `https://${typed.toLowerCase()}.projectplace.com`
		: serverOf(values, address);
}

export function plain(id: string, label: string, help?: string): TextField {
	return { kind: 'text', id, label, help, required: true };
}

export function secret(id: string, label: string, help?: string): TextField {
	return { ...plain(id, label, help), secret: true };
}

/** Whether credentials may be shown there: at a host of the vendor's, or at the account's own server. */
export function isTrusted(url: URL, server: string): boolean {
	const isVendors = url.protocol === 'https:' && url.hostname.endsWith('.projectplace.com');
	return isVendors || url.origin === new URL(server).origin;
}

/**
 * A link of the vendor's as an address that may be asked; undefined where there is none, or one that anybody could read.
 * Only what is on this computer itself leads to this computer.
 */
export function addressAt(link: string, from: string): URL | undefined {
	const url = URL.parse(link, from);
	const isHere = url !== null && isLoopback(url);
	const isSafe = isHere ? isLoopback(new URL(from)) : url?.protocol === 'https:';
	return url && isSafe && /^https?:$/.test(url.protocol) && !url.username && !url.password ? url : undefined;
}
