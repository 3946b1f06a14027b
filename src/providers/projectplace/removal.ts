import { t } from '@vscode/l10n';
import type { Workspace } from '../../core/model.ts';
import { bareForm, type Operation } from '../../core/operations.ts';
import type { Client } from './client.ts';

/** `removed` is called when the lists of workspaces may be another one, which after a failure is possible as well. */
export function workspaceRemoval(client: Client, removed: () => void): Operation<Workspace> {
	return {
		id: 'delete',
		get title() {
			return t('Delete workspace');
		},
		begin: async ({ id, name }) =>
			bareForm(
				t('Delete {0}', name),
				async (signal) => {
					try {
						await client.ofAccount.removeWorkspace(id, signal);
					} finally {
						removed();
					}
					return { message: t('{0} was deleted.', name) };
				},
				{
					question: t('Delete {0}?', name),
					detail: t(
						'ProjectPlace deletes the workspace at once, with its boards, cards and documents, and without asking. Boardwalk can’t bring it back.',
					),
					button: t('Delete'),
					word: name,
				},
			),
	};
}
