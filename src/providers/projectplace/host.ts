import { t } from '@vscode/l10n';
import { type TextField, textOf, type Values } from '../../core/form.ts';
import { serverField, serverOf } from '../../core/server.ts';

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
