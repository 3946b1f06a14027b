import { t } from '@vscode/l10n';
import type { Account } from '../../core/accounts.ts';
import type { Session } from '../../core/provider.ts';
import { present } from '../format.ts';
import { jobWords } from '../jobAbilities.ts';
import { fixedList, nothingHere, pagedList } from '../list.ts';
import { type List, type Node, nodeId, type TreeContext } from '../node.ts';
import { containerNode } from './container.ts';
import { shortlistNode } from './shortlist.ts';
import { workspaceNode } from './workspace.ts';

export interface AccountNode extends Node {
	readonly account: Account;
	readonly kind: 'account';
}

/** An account; drawn without the network. */
export function accountNode(context: TreeContext, account: Account): AccountNode {
	const provider = context.sessions.provider(account);
	const session = context.sessions.peek(account);
	const isRefused = () => context.accounts.isRefused(account.id);
	const node: AccountNode = {
		kind: 'account',
		id: nodeId(undefined, provider.id, account.id),
		parent: undefined,
		account,
		lists: [],
		item: () => ({
			label: account.name,
			description: present(
				isRefused() && t('sign in again'),
				account.name !== provider.label && provider.label,
				account.practice && t('practice'),
				account.locked && t('locked'),
				isFiltered(context, account) && t('filtered'),
			).join(' · '),
			icon: { picture: provider.id },
			spoken: present(
				account.practice
					? t('{0}, practice account at {1}', account.name, provider.label)
					: t('{0}, account at {1}', account.name, provider.label),
				isRefused() && t('sign in again'),
				account.locked && t('locked against changes'),
				isFiltered(context, account) && t('filtered'),
			).join(', '),
			context: [
				'account',
				account.locked ? 'locked' : 'unlocked',
				...abilities(session),
				...(isFiltered(context, account) ? ['filtered'] : []),
				...(isRefused() ? ['signIn'] : []),
			],
		}),
		tooltip: () => ({
			title: account.name,
			facts: [provider.label, new URL(account.server).host, ...(session.usage?.() ?? [])],
		}),
	};
	return Object.assign(node, { lists: listsOf(context, node, session) });
}

function abilities(session: Session): string[] {
	return [
		...(session.workspaceCreation || session.boardCreation ? ['createProject'] : []),
		...jobWords(session, 'account'),
		...(session.feeds ? ['feeds'] : []),
		...(session.workspaceFiltering ? ['filter'] : []),
	];
}

function listsOf(context: TreeContext, parent: AccountNode, session: Session): List[] {
	const { account } = parent;
	const { filters, openPages, sessions } = context;
	const { many } = sessions.provider(account).levels.workspace;
	const workspaces = pagedList({
		parent,
		key: 'workspaces',
		openPages,
		// Drawn anew when the filter has changed.
		get empty() {
			return isFiltered(context, account) ? t('No {0} fit the filter', many) : nothingHere(many);
		},
		load: async (signal) => {
			const session = await sessions.ready(account, signal);
			const filter = filters.get(account.id);
			return filter && session.workspaceFiltering
				? session.workspaceFiltering.list(filter, signal)
				: session.workspaces(signal);
		},
		toNode: (workspace) => workspaceNode(context, parent, workspace),
	});
	const own = session.shortlists ?? [];
	const shortlists = own.length === 0 ? [] : [fixedList(() => own.map((one) => shortlistNode(context, parent, one)))];
	if (!session.archives?.ofAccount) {
		return [...shortlists, workspaces];
	}
	const archives = pagedList({
		parent,
		key: 'archives',
		openPages,
		load: async (signal) => ({
			items: (await (await sessions.ready(account, signal)).archives?.ofAccount?.(signal)) ?? [],
		}),
		toNode: (archive) => containerNode(context, parent, archive),
	});
	return [...shortlists, archives, workspaces];
}

function isFiltered({ filters, sessions }: TreeContext, account: Account): boolean {
	return filters.get(account.id) !== undefined && sessions.peek(account).workspaceFiltering !== undefined;
}
