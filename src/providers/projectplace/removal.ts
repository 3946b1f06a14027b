import { t } from '@vscode/l10n';
import type { WorkspaceRemoval } from '../../core/provider.ts';
import type { Client } from './client.ts';

/** `removed` is called when the lists of workspaces may be another one, which after a failure is possible as well. */
export function workspaceRemoval(client: Client, removed: () => void): WorkspaceRemoval {
	return {
		get effect() {
			return t(
				'ProjectPlace deletes the workspace at once, with its boards, cards and documents, and without asking. Boardwalk can’t bring it back.',
			);
		},
		async remove({ id }, signal) {
			try {
				await client.ofAccount.removeWorkspace(id, signal);
			} finally {
				removed();
			}
		},
	};
}
