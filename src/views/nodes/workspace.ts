import { t } from '@vscode/l10n';
import type { Account } from '../../core/accounts.ts';
import { hasDocuments } from '../../core/documentThings.ts';
import type { Workspace } from '../../core/model.ts';
import { bound } from '../../core/operations.ts';
import type { Session } from '../../core/provider.ts';
import { link, present, shortText } from '../format.ts';
import { jobWords } from '../jobAbilities.ts';
import { fixedList, nothingHere, pagedList } from '../list.ts';
import { type List, type Node, nodeId, type TreeContext } from '../node.ts';
import { operationWords } from '../operationAbilities.ts';
import { boardNode } from './board.ts';
import { containerNode } from './container.ts';
import { messageNode } from './message.ts';
import { relatedLists } from './related.ts';

export interface WorkspaceNode extends Node {
	readonly kind: 'workspace';
	readonly account: Account;
	readonly workspace: Workspace;
}

export function workspaceNode(
	context: TreeContext,
	parent: Node & { account: Account },
	workspace: Workspace,
): WorkspaceNode {
	const session = context.sessions.peek(parent.account);
	const { one } = context.sessions.provider(parent.account).levels.workspace;
	const node: WorkspaceNode = {
		kind: 'workspace',
		id: nodeId(parent, 'w', workspace.id),
		parent,
		account: parent.account,
		workspace,
		thing: workspace,
		operations: (session) => bound(session.operations?.workspace, workspace),
		lists: [],
		item: () => ({
			label: workspace.name,
			description: present(workspace.archived && t('archived'), workspace.group).join(' · '),
			icon: { codicon: workspace.archived ? 'archive' : 'briefcase' },
			spoken: workspace.archived ? t('{0} {1}, archived', one, workspace.name) : `${one} ${workspace.name}`,
			context: [
				'workspace',
				...abilities(session, workspace),
				...operationWords(bound(session.operations?.workspace, workspace)),
			],
		}),
		tooltip: async () => ({ title: workspace.name, facts: [one], text: await shortText(workspace.description) }),
	};
	return Object.assign(node, { lists: listsOf(context, node, session) });
}

function abilities(session: Session, workspace: Workspace): string[] {
	return [
		...link(workspace),
		...(mayCreateBoard(session, workspace) ? ['createProject'] : []),
		...(session.archives?.uploading?.target ? ['upload'] : []),
		...(hasDocuments(session) ? ['documents'] : []),
		...(workspace.archived ? [] : jobWords(session, 'workspace')),
	];
}

function mayCreateBoard({ boardCreation }: Session, workspace: Workspace): boolean {
	return boardCreation !== undefined && !workspace.archived && boardCreation.whyNot?.(workspace) === undefined;
}

function listsOf(context: TreeContext, parent: WorkspaceNode, session: Session): List[] {
	const { account, workspace } = parent;
	const { openPages, sessions } = context;
	const { board, missing = [] } = sessions.provider(account).levels;
	const lists: List[] = [];
	if (session.archives?.ofWorkspace) {
		lists.push(
			pagedList({
				parent,
				key: 'archives',
				openPages,
				load: async (signal) => ({
					items: (await (await sessions.ready(account, signal)).archives?.ofWorkspace?.(workspace, signal)) ?? [],
				}),
				toNode: (archive) => containerNode(context, parent, archive),
			}),
		);
	}
	if (session.boards && board) {
		lists.push(
			pagedList({
				parent,
				key: 'boards',
				openPages,
				empty: nothingHere(board.many),
				load: async (signal) =>
					(await sessions.ready(account, signal)).boards?.list(workspace, signal) ?? { items: [] },
				toNode: (one) => boardNode(context, parent, one, workspace),
			}),
		);
	}
	lists.push(...relatedLists(context, parent, workspace, ({ related }) => related?.workspace));
	lists.push(fixedList(() => missing.map((sentence, index) => messageNode(parent, `missing${index}`, sentence))));
	return lists;
}
