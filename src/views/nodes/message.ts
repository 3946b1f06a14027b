import { t } from '@vscode/l10n';
import { ProviderError } from '../../core/errors.ts';
import type { Icon, List, Node } from '../node.ts';
import { nodeId } from '../node.ts';

/** A line that belongs to a list: its last word on what is not shown. */
export interface ListNode extends Node {
	readonly list: List;
}

/** A line that tells of a failed load. */
export interface FailureNode extends ListNode {
	readonly failure: unknown;
}

/** A sentence in the tree. */
export function messageNode(parent: Node, key: string, text: string, icon: Icon = { codicon: 'info' }): Node {
	return {
		id: nodeId(parent, 'message', key),
		parent,
		account: parent.account,
		item: () => ({ label: text, icon, context: ['message'], spoken: text }),
		tooltip: () => ({ title: text }),
	};
}

/** "Load more…" under a list that has another page. */
export function moreNode(parent: Node, key: string, list: List): ListNode {
	return {
		id: nodeId(parent, 'more', key),
		parent,
		account: parent.account,
		list,
		item: () => ({
			label: t('Load more…'),
			icon: { codicon: 'ellipsis' },
			context: ['more'],
			command: { id: 'boardwalk.loadMore', title: t('Load more…') },
		}),
	};
}

/** What went wrong while loading, with the action that may help: a click does it. */
export function failureNode(parent: Node, key: string, list: List, failure: unknown): FailureNode {
	const text =
		failure instanceof ProviderError ? failure.message : t('Something in Boardwalk went wrong. The log says more.');
	const signIn = failure instanceof ProviderError && failure.action.kind === 'signIn';
	return {
		id: nodeId(parent, 'failure', key),
		parent,
		account: parent.account,
		list,
		failure,
		item: () => ({
			label: text,
			description: signIn ? t('Sign in again') : t('Try again'),
			icon: { codicon: signIn ? 'key' : 'warning', color: 'list.warningForeground' },
			context: ['failure', signIn ? 'signIn' : 'retry'],
			spoken: t('Failed: {0}', text),
			command: signIn
				? { id: 'boardwalk.signInAgain', title: t('Sign in again') }
				: { id: 'boardwalk.retry', title: t('Try again') },
		}),
		tooltip: () => ({ title: text }),
	};
}
