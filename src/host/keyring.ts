import { t } from '@vscode/l10n';
import * as vscode from 'vscode';

const help = 'https://code.visualstudio.com/docs/configure/settings-sync#_troubleshooting-keychain-issues';

/** Asks whether to keep credentials in this window alone, because the system has nowhere to keep them. */
export async function mayKeepHere(): Promise<boolean> {
	const keep = t('Keep in This Window Only');
	const explain = t('How to Set One Up');
	const chosen = await vscode.window.showWarningMessage(
		t('This system has no keyring that VS Code can keep credentials in.'),
		{
			modal: true,
			detail: t('Kept in this window only, they are gone when it closes, and you sign in again next time.'),
		},
		keep,
		explain,
	);
	if (chosen === explain) {
		await vscode.env.openExternal(vscode.Uri.parse(help));
	}
	return chosen === keep;
}

/** Says that credentials do not outlive the window here. */
export async function sayLost(): Promise<void> {
	const explain = t('How to Set One Up');
	const chosen = await vscode.window.showWarningMessage(
		t(
			'Your credentials were kept in one window only, because VS Code found no keyring on this system. Sign in again to work; they are gone once more when the window closes.',
		),
		explain,
	);
	if (chosen === explain) {
		await vscode.env.openExternal(vscode.Uri.parse(help));
	}
}
