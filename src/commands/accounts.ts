import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import { askText, confirm, pickOne } from '../host/ask.ts';
import { withProgress } from '../host/progress.ts';
import type { Node } from '../views/node.ts';
import { chooseAccount } from './choose.ts';
import type { Handler, Services } from './services.ts';

/** What is done with an account as a whole. */

export const renameAccount: Handler = async (services, node) => {
	const title = t('Rename account');
	const account = await accountOf(services, node, title);
	const answer =
		account &&
		(await askText({
			title,
			prompt: t('The name is yours alone; nothing changes at {0}.', services.sessions.provider(account).label),
			value: account.name,
			check: (name) => (name.trim() === '' ? t('A name is needed.') : undefined),
		}));
	if (answer?.kind === 'value') {
		await services.accounts.rename(account?.id ?? '', answer.value);
	}
};

export const signOut: Handler = async (services, node) => {
	const account = await accountOf(services, node, t('Sign out'));
	if (!account) {
		return;
	}
	const agreed = await confirm(
		t('Sign out of {0}?', account.name),
		t(
			'Its credentials are removed from this computer. Nothing changes at {0}.',
			services.sessions.provider(account).label,
		),
		t('Sign out'),
	);
	if (agreed) {
		await services.accounts.remove(account.id);
	}
};

export const moveAccountUp: Handler = (services, node) => moved(services, node, -1);
export const moveAccountDown: Handler = (services, node) => moved(services, node, 1);

async function moved(services: Services, node: Node | undefined, by: -1 | 1): Promise<void> {
	const account = await accountOf(services, node, by < 0 ? t('Move account up') : t('Move account down'));
	if (account) {
		await services.accounts.move(account.id, by);
	}
}

/** What the vendor says about the account, as a list; choosing a line copies it. */
export const showAccountInfo: Handler = async (services, node) => {
	const title = t('Account information');
	const account = await accountOf(services, node, title);
	if (!account) {
		return;
	}
	const facts = await withProgress(title, async (signal) =>
		(await services.sessions.ready(account, signal)).accountInfo(signal),
	);
	const { label } = services.sessions.provider(account);
	const own = [
		{ label: t('Vendor'), value: label },
		{ label: t('Server'), value: account.server },
	];
	const copied = await pickOne(
		`${account.name}: ${title}`,
		[...facts, ...own].map((fact) => ({ label: fact.value, description: fact.label, value: fact.value })),
		t('Choose a line to copy it'),
	);
	if (copied !== undefined) {
		await vscode.env.clipboard.writeText(copied);
	}
};

async function accountOf(services: Services, node: Node | undefined, title: string): Promise<Account | undefined> {
	return node?.account ?? chooseAccount(services, title, () => true);
}
