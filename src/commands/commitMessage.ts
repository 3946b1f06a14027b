import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { withCard } from '../core/commitMessage.ts';
import { chooseRepository, type Repository, repositoryAt } from '../host/git.ts';
import { cardOf, wordsOf } from './cardOfCode.ts';
import type { Handler } from './services.ts';

/** Names a card in the message that will be committed. Keeps what is typed there; names no card twice. */
export const putCardIntoCommitMessage: Handler = async (services, node, rest) => {
	const title = t('Put card id into commit message');
	const chosen = await cardOf(services, node, rest, title);
	const repository = chosen && (await repositoryFor(rest[0], title));
	if (!repository) {
		return;
	}
	const { inputBox, rootUri } = repository;
	const template = vscode.workspace.getConfiguration('boardwalk', rootUri).get<string>('commitMessage');
	const before = inputBox.value;
	const after = withCard(template || '#{key} {title}', wordsOf(chosen), before);
	if (after === before) {
		void vscode.window.showInformationMessage(t('The commit message names {0} already.', chosen.card.title));
		return;
	}
	inputBox.value = after;
	await vscode.commands.executeCommand('workbench.view.scm');
};

/** From the title of a repository it is that one; from anywhere else the person says which. */
async function repositoryFor(argument: unknown, title: string): Promise<Repository | undefined> {
	const root =
		typeof argument === 'object' && argument !== null && 'rootUri' in argument && argument.rootUri instanceof vscode.Uri
			? await repositoryAt(argument.rootUri)
			: undefined;
	return root ?? chooseRepository(title);
}
