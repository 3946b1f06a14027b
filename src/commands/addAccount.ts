import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { pickOne } from '../host/ask.ts';
import { withProgress } from '../host/progress.ts';
import { chooseAccount } from './choose.ts';
import type { Handler } from './services.ts';
import { signInAnew, signInNew } from './signIn.ts';

/** Signs in at a vendor that the person chooses. */
export const addAccount: Handler = async (services) => {
	const provider = await pickOne(
		t('Add account'),
		services.providers.map((value) => ({ label: value.label, value })),
		t('Where is it?'),
	);
	const added = provider ? await signInNew(services, provider) : [];
	if (added.length > 0) {
		await vscode.commands.executeCommand('boardwalk.tree.focus');
	}
};

/** Fresh credentials for an account that is here. */
export const signInAgain: Handler = async (services, node) => {
	const account = node?.account ?? (await chooseAccount(services, t('Sign in again'), () => true));
	if (account && (await signInAnew(services, account))) {
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

/** While a sign-in waits for the browser. The links of its notification name it; from the palette it is the last one. */
export const openSignInPage: Handler = ({ browserSignIns }, _node, [id]) => browserSignIns.openAgain(id);
export const pasteSignInCode: Handler = ({ browserSignIns }, _node, [id]) => browserSignIns.paste(id);
export const copySignInAddress: Handler = ({ browserSignIns }, _node, [id]) => browserSignIns.copyRedirect(id);
