import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import type { Workspace } from '../core/model.ts';
import type { Session } from '../core/provider.ts';
import { pickOne } from '../host/ask.ts';
import type { Node } from '../views/node.ts';
import type { WorkspaceNode } from '../views/nodes/workspace.ts';
import { chooseAccount, chooseWorkspace } from './choose.ts';
import { fillForm } from './fillForm.ts';
import { reveal } from './reveal.ts';
import type { Handler, Services } from './services.ts';

/** A new workspace or a new board, whichever the vendor calls a project; each with the vendor's own fields. */
export const createProject: Handler = async (services, node) => {
	const title = t('Create project');
	const account = node?.account ?? (await chooseAccount(services, title, canCreate));
	const where = account && (isWorkspace(node) ? node.workspace : await pickLevel(services, account));
	if (!account || where === undefined) {
		return;
	}
	if (where === 'account') {
		await createWorkspace(services, account);
	} else {
		await createBoard(
			services,
			account,
			where === 'workspace' ? await chooseWorkspace(services, account, title) : where,
		);
	}
};

function canCreate({ workspaceCreation, boardCreation }: Session): boolean {
	return Boolean(workspaceCreation ?? boardCreation);
}

function isWorkspace(node: Node | undefined): node is WorkspaceNode {
	return node !== undefined && 'workspace' in node;
}

/** In the account or in one of its workspaces: asked only where the vendor has both. */
async function pickLevel({ sessions }: Services, account: Account): Promise<'account' | 'workspace' | undefined> {
	const { workspaceCreation, boardCreation } = sessions.peek(account);
	if (!workspaceCreation || !boardCreation) {
		return workspaceCreation ? 'account' : 'workspace';
	}
	const { workspace, board } = sessions.provider(account).levels;
	return pickOne(t('Create project'), [
		{ label: t('New {0}', workspace.one), value: 'account' as const },
		{ label: t('New {0} in a {1}', board?.one ?? '', workspace.one), value: 'workspace' as const },
	]);
}

async function createWorkspace(services: Services, account: Account): Promise<void> {
	const session = await services.sessions.ready(account, new AbortController().signal);
	const made = session.workspaceCreation && (await fillForm(session.workspaceCreation.form()));
	if (made) {
		refreshAccount(services, account);
		tell(services, account, { workspace: made }, made.name);
	}
}

async function createBoard(services: Services, account: Account, workspace: Workspace | undefined): Promise<void> {
	const session = await services.sessions.ready(account, new AbortController().signal);
	const made = workspace && session.boardCreation && (await fillForm(session.boardCreation.form(workspace)));
	if (made) {
		refreshAccount(services, account);
		tell(services, account, { workspace, board: made }, made.name);
	}
}

function refreshAccount({ tree }: Services, account: Account): void {
	tree.refresh(tree.rootOf(account));
}

function tell(services: Services, account: Account, hit: Parameters<typeof reveal>[2], name: string): void {
	const show = t('Show');
	void vscode.window
		.showInformationMessage(t('{0} was created in {1}.', name, account.name), show)
		.then(async (chosen) => {
			if (chosen === show) {
				await reveal(services, account, hit);
			}
		});
}
