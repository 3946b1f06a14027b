import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { branchName, branchProblem, takenProblem } from '../core/branchName.ts';
import { askText } from '../host/ask.ts';
import { chooseRepository, gitFailure, type Repository } from '../host/git.ts';
import { withProgress } from '../host/progress.ts';
import { cardOf, wordsOf } from './cardOfCode.ts';
import type { Handler } from './services.ts';

/** Makes a branch for a card, from what is checked out, and checks it out. Changes that are not committed stay. */
export const createBranchFromCard: Handler = async (services, node, rest) => {
	const title = t('Create branch');
	const chosen = await cardOf(services, node, rest, title);
	const repository = chosen && (await chooseRepository(title));
	if (!repository) {
		return;
	}
	const template = vscode.workspace.getConfiguration('boardwalk', repository.rootUri).get<string>('branchName');
	const name = await askName(repository, branchName(template || '{id}-{title}', wordsOf(chosen)), chosen.card.title);
	if (name !== undefined) {
		await create(repository, name);
	}
};

async function askName(repository: Repository, value: string, card: string): Promise<string | undefined> {
	const branches = await repository.getBranches({ remote: false });
	const names = branches.flatMap(({ name }) => name ?? []);
	const answer = await askText({
		title: t('Create branch for {0}', card),
		prompt: t('It begins at {0} in {1} and is checked out.', baseOf(repository), repository.rootUri.fsPath),
		value,
		check: (name) => branchProblem(name.trim()) ?? takenProblem(name.trim(), names),
	});
	return answer.kind === 'value' ? answer.value.trim() : undefined;
}

/** What is checked out: a branch, or else a commit. */
function baseOf({ state: { HEAD } }: Repository): string {
	return HEAD?.name ?? HEAD?.commit?.slice(0, 8) ?? 'HEAD';
}

async function create(repository: Repository, name: string): Promise<void> {
	try {
		await withProgress(t('Creating branch {0}', name), () => repository.createBranch(name, true));
	} catch (error) {
		throw gitFailure((words) => t('Git did not create the branch: {0}', words), error);
	}
	void vscode.window.showInformationMessage(
		t('Branch {0} was created in {1} and checked out.', name, repository.rootUri.fsPath),
	);
}
