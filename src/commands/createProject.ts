import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import type { Form } from '../core/form.ts';
import type { Workspace } from '../core/model.ts';
import type { Session } from '../core/provider.ts';
import { pickOne } from '../host/ask.ts';
import type { Node } from '../views/node.ts';
import type { WorkspaceNode } from '../views/nodes/workspace.ts';
import { unable } from './cardPlace.ts';
import { chooseAccount, chooseWorkspace } from './choose.ts';
import { fillForm } from './fillForm.ts';
import { reveal } from './reveal.ts';
import type { Handler, Services } from './services.ts';
import { showingAnew } from './showingAnew.ts';

/** A new workspace or a new board, whichever the vendor calls a project; each with the vendor's own fields. */
export const createProject: Handler = async (services, node) => {
	const title = t('Create project');
	const account = node?.account ?? (await chooseAccount(services, title, canCreate));
	// A line may be older than a lock of its account.
	if (account && !canCreate(services.sessions.peek(account))) {
		throw unable(services, account);
	}
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
		{ label: t('New {0} in an existing {1}', board?.one ?? '', workspace.one), value: 'workspace' as const },
	]);
}

async function createWorkspace(services: Services, account: Account): Promise<void> {
	const session = await services.sessions.ready(account, new AbortController().signal);
	const form = session.workspaceCreation?.form();
	const made = form && (await filled(services, account, form));
	if (made) {
		tell(services, account, { workspace: made }, made.name);
	}
}

async function createBoard(services: Services, account: Account, workspace: Workspace | undefined): Promise<void> {
	const session = await services.sessions.ready(account, new AbortController().signal);
	const form = workspace && session.boardCreation?.form(workspace);
	const made = form && (await filled(services, account, form));
	if (made) {
		tell(services, account, { workspace, board: made }, made.name);
	}
}

function filled<Made>(services: Services, account: Account, form: Form<Made>): Promise<Made | undefined> {
	const { tree } = services;
	return fillForm(
		services,
		showingAnew(form, () => tree.refresh(tree.rootOf(account))),
		account,
	);
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
