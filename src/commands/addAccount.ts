import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import { LocalFailure } from '../core/errors.ts';
import type { Form } from '../core/form.ts';
import type { Provider, SignedIn, SignInIo, SignInWay } from '../core/provider.ts';
import { askChoice, pickOne } from '../host/ask.ts';
import { logOf } from '../host/log.ts';
import { withProgress } from '../host/progress.ts';
import { chooseAccount } from './choose.ts';
import { fillForm } from './fillForm.ts';
import type { Handler, Services } from './services.ts';

/** Signs in at a vendor and keeps the account, or several where the credentials open several. */
export const addAccount: Handler = async (services) => {
	const provider = await pickOne(
		t('Add account'),
		services.providers.map((value) => ({ label: value.label, value })),
		t('Where is it?'),
	);
	const way = provider && (await pickWay(provider));
	const signedIn = way && (await fillForm(signInForm(services, provider, way)));
	if (!signedIn || signedIn.length === 0) {
		return;
	}
	for (const one of await pickAccounts(provider, signedIn)) {
		await services.accounts.add(provider.id, one);
	}
	await vscode.commands.executeCommand('boardwalk.tree.focus');
};

/** Fresh credentials for an account that is here: it keeps its name and place. */
export const signInAgain: Handler = async (services, node) => {
	const account = node?.account ?? (await chooseAccount(services, t('Sign in again'), () => true));
	if (account) {
		await renew(services, account);
		services.tree.refresh(services.tree.rootOf(account));
	}
};

/** A practice account for every vendor, at the sandbox on this machine; each is called what its vendor is called. */
export const addPracticeAccounts: Handler = async ({ providers, practice, accounts }) => {
	await withProgress(t('Preparing the practice accounts'), async (signal) => {
		const signedIn = await Promise.all(providers.map((provider) => practice.signIn(provider, signal)));
		for (const [index, provider] of providers.entries()) {
			const one = signedIn[index];
			if (one) {
				await accounts.add(provider.id, { ...one, label: provider.label }, true);
			}
		}
	});
	await vscode.commands.executeCommand('boardwalk.tree.focus');
};

async function renew(services: Services, account: Account): Promise<void> {
	const provider = services.sessions.provider(account);
	const way = await pickWay(provider);
	const signedIn = way && (await fillForm(signInForm(services, provider, way)));
	const same = signedIn?.find(({ identity }) => identity === account.identity);
	if (signedIn && !same) {
		throw new LocalFailure(
			t('These credentials belong to another account than {0}. Add it as a new account.', account.name),
		);
	}
	if (same) {
		await services.accounts.renew(account.id, same);
	}
}

function pickWay(provider: Provider): Promise<SignInWay | undefined> {
	const [only, ...others] = provider.signInWays;
	return others.length === 0
		? Promise.resolve(only)
		: pickOne(
				t('Sign in to {0}', provider.label),
				provider.signInWays.map((value) => ({ label: value.label, detail: value.detail, value })),
			);
}

function signInForm({ log }: Services, provider: Provider, way: SignInWay): Form<readonly SignedIn[]> {
	const io: SignInIo = { fetch: globalThis.fetch, log: logOf(log, provider.label) };
	return {
		title: t('Sign in to {0}', provider.label),
		submitLabel: t('Sign in'),
		fields: way.fields,
		submit: (values, signal) => way.signIn(values, io, signal),
	};
}

/** Asks which accounts to keep where the credentials open more than one. */
async function pickAccounts(provider: Provider, signedIn: readonly SignedIn[]): Promise<readonly SignedIn[]> {
	if (signedIn.length === 1) {
		return signedIn;
	}
	const answer = await askChoice({
		title: t('Sign in to {0}', provider.label),
		prompt: t('Which of these do you want to see?'),
		many: true,
		chosen: signedIn.map(({ identity }) => identity),
		choices: async () => ({ items: signedIn.map(({ identity, label }) => ({ value: identity, label })) }),
	});
	const wanted = answer.kind === 'value' ? answer.value.map(({ value }) => value) : [];
	return signedIn.filter(({ identity }) => wanted.includes(identity));
}
