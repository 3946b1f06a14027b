import { t } from '@vscode/l10n';
import type { Account } from '../core/accounts.ts';
import type { Workspace } from '../core/model.ts';
import { askText } from '../host/ask.ts';
import { withProgress } from '../host/progress.ts';
import { present } from '../views/format.ts';
import type { Node } from '../views/node.ts';
import type { WorkspaceNode } from '../views/nodes/workspace.ts';
import { unable } from './cardPlace.ts';
import { chooseAccount, chooseWorkspace } from './choose.ts';
import type { Handler, Services } from './services.ts';

/** Deletes a workspace with all that it holds, once its name was typed. */
export const deleteWorkspace: Handler = async (services, node) => {
	const place = isWorkspace(node) ? node : await choose(services);
	if (!place) {
		return;
	}
	const { account, workspace } = place;
	const removal = services.sessions.peek(account).workspaceRemoval;
	if (!removal) {
		throw unable(services, account);
	}
	if (await typed(workspace, removal.effect)) {
		try {
			await withProgress(t('Deleting {0}', workspace.name), async (signal) => {
				const { workspaceRemoval } = await services.sessions.ready(account, signal);
				if (!workspaceRemoval) {
					throw unable(services, account);
				}
				await workspaceRemoval.remove(workspace, signal);
			});
		} finally {
			// Whatever became of it, what is shown of it may be wrong.
			services.sessions.peek(account).forget();
			services.tree.refresh(isWorkspace(node) ? node.parent : services.tree.rootOf(account));
		}
	}
};

function isWorkspace(node: Node | undefined): node is WorkspaceNode {
	return node !== undefined && 'workspace' in node && !('board' in node);
}

async function choose(services: Services): Promise<{ account: Account; workspace: Workspace } | undefined> {
	const title = t('Delete workspace');
	const account = await chooseAccount(services, title, (session) => session.workspaceRemoval !== undefined);
	const workspace = account && (await chooseWorkspace(services, account, title));
	return workspace && { account, workspace };
}

/** Names may begin or end with spaces, which nobody can see. */
async function typed({ name }: Workspace, effect: string): Promise<boolean> {
	const answer = await askText({
		title: t('Delete {0}', name),
		prompt: present(effect, t('Type the name “{0}” to delete it.', name)).join(' '),
		check: (text) => (text.trim() === name.trim() ? undefined : t('Type the name “{0}” to delete it.', name)),
	});
	return answer.kind === 'value';
}
