import { t } from '@vscode/l10n';
import type { Account } from '../../core/accounts.ts';
import {
	type Archive,
	type Document,
	type Entry,
	type EntryContainer,
	type Folder,
	mayTakeDocuments,
} from '../../core/model.ts';
import { documentTooltip, link, present, sizeText } from '../format.ts';
import { nothingHere, pagedList } from '../list.ts';
import { type Item, type List, type Node, nodeId, type TreeContext } from '../node.ts';

export interface ContainerNode extends Node {
	readonly kind: 'archive' | 'folder';
	readonly account: Account;
	readonly container: Archive | Folder;
}

export interface DocumentNode extends Node {
	readonly kind: 'document';
	readonly account: Account;
	readonly document: Document;
}

/** An archive or a folder. */
export function containerNode(
	context: TreeContext,
	parent: Node & { account: Account },
	container: Archive | Folder,
): ContainerNode {
	const isArchive = container.kind === 'archive';
	const node: ContainerNode = {
		kind: container.kind,
		id: nodeId(parent, isArchive ? 'a' : 'f', container.id),
		parent,
		account: parent.account,
		container,
		thing: container,
		lists: [],
		item: () => ({
			label: container.name,
			icon: { codicon: isArchive ? 'library' : 'folder' },
			spoken: isArchive ? t('Documents {0}', container.name) : t('Folder {0}', container.name),
			context: [
				container.kind,
				'documents',
				...link(container),
				...containerAbilities(context, parent.account, container),
				...(container.kind === 'folder' ? entryAbilities(context, parent.account, container) : []),
			],
		}),
	};
	return Object.assign(node, { lists: [entriesList(context, node, container)] });
}

/** A document, which at some vendors has others beneath it. */
export function documentNode(
	context: TreeContext,
	parent: Node & { account: Account },
	document: Document,
): DocumentNode {
	const node: DocumentNode = {
		kind: 'document',
		id: nodeId(parent, 'd', document.id),
		parent,
		account: parent.account,
		document,
		thing: document,
		item: () => documentItem(context, parent.account, document),
		tooltip: () => documentTooltip(document),
	};
	return document.hasEntries ? Object.assign(node, { lists: [entriesList(context, node, document)] }) : node;
}

function documentItem(context: TreeContext, account: Account, document: Document): Item {
	const size = document.size === undefined ? undefined : sizeText(document.size);
	const open = document.notDownloadable === undefined;
	return {
		label: document.name,
		description: size,
		icon: { fileName: document.fileName },
		spoken: present(t('Document {0}', document.name), size).join(', '),
		context: [
			'document',
			...(open ? ['download'] : []),
			...link(document),
			...containerAbilities(context, account, document),
			...entryAbilities(context, account, document),
			...documentAbilities(context, account, document),
		],
		command: open ? { id: 'boardwalk.openDocument', title: t('Open document') } : undefined,
	};
}

/** What can be put into a container. */
function containerAbilities({ sessions }: TreeContext, account: Account, container: EntryContainer): string[] {
	const { uploading, folderCreation } = sessions.peek(account).archives ?? {};
	const mayHold = container.kind !== 'document' || container.writable === true || container.hasEntries === true;
	return present(
		mayTakeDocuments(container) && uploading && 'upload',
		mayHold && folderCreation && folderCreation.whyNot?.(container) === undefined && 'newFolder',
	);
}

function entryAbilities({ sessions }: TreeContext, account: Account, entry: Entry): string[] {
	const { removal } = sessions.peek(account).archives ?? {};
	return removal && removal.whyNot?.(entry) === undefined ? ['delete'] : [];
}

function documentAbilities({ sessions }: TreeContext, account: Account, document: Document): string[] {
	const { documentRenaming, versions } = sessions.peek(account).archives ?? {};
	return present(
		documentRenaming && documentRenaming.whyNot?.(document) === undefined && 'renameDocument',
		versions && versions.has?.(document) !== false && 'versions',
	);
}

function entriesList(context: TreeContext, parent: Node & { account: Account }, container: EntryContainer): List {
	const { account } = parent;
	return pagedList<Entry>({
		parent,
		key: 'entries',
		openPages: context.openPages,
		empty: nothingHere(t('documents')),
		load: async (signal) =>
			(await context.sessions.ready(account, signal)).archives?.entries(container, signal) ?? { items: [] },
		toNode: (entry) =>
			entry.kind === 'folder' ? containerNode(context, parent, entry) : documentNode(context, parent, entry),
	});
}
