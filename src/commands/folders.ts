import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import type { Place } from '../core/documentTree.ts';
import { LocalFailure } from '../core/errors.ts';
import { FolderChanges } from '../files/folderChanges.ts';
import { nameProblem } from '../files/nameCheck.ts';
import { placeOfNode } from '../files/nodeUri.ts';
import { placeUri } from '../files/uri.ts';
import { askText, confirm } from '../host/ask.ts';
import { withProgress } from '../host/progress.ts';
import type { Node } from '../views/node.ts';
import { unable } from './cardPlace.ts';
import { chooseDocumentPlace, chooseFolderPlace } from './choosePlace.ts';
import { selectedOf } from './selection.ts';
import type { Handler, Services } from './services.ts';

/** Makes a folder, or what stands for one at the vendor. */
export const createFolder: Handler = async (services, node) => {
	const at = atNode(services, node) ?? (await chooseFolderPlace(services, node, t('New folder'), false));
	const container = at?.place.container ?? at?.place.document;
	if (!at || !container) {
		return;
	}
	const { folderCreation } = services.sessions.peek(at.account).archives ?? {};
	if (!folderCreation) {
		throw unable(services, at.account);
	}
	const why = folderCreation.whyNot?.(container);
	if (why !== undefined) {
		throw new LocalFailure(why);
	}
	if (!at.place.document) {
		// Not every vendor minds a second one of the same name, so what is there must be known.
		await withProgress(t('New folder'), (signal) => services.places.list(at.account, at.place, signal));
	}
	// A document that is to hold others is a folder from now on.
	const place = at.place.document ? at.place.above?.put({ kind: 'container', container }) : at.place;
	const name = place && (await askName(t('New folder in {0}', container.name), '', place));
	if (name !== undefined && place) {
		await withProgress(t('Making the folder {0}', name), (signal) =>
			new FolderChanges(services).create({ account: at.account, place }, name, signal),
		);
	}
};

/** Removes what is selected, after saying what becomes of it. */
export const deleteDocument: Handler = async (services, node, rest) => {
	const nodes = selectedOf(services, node, rest).filter((one) => one.item().context.includes('delete'));
	const [first] = nodes;
	if (!first) {
		throw new LocalFailure(node ? t('“{0}” can’t be deleted.', node.item().label) : t('Choose what to delete first.'));
	}
	const name = first.item().label;
	const question =
		nodes.length === 1 ? t('Delete “{0}”?', name) : t('Delete “{0}” and {1} more?', name, nodes.length - 1);
	const others = nodes.length === 1 ? '' : `\n\n${nodes.map((one) => one.item().label).join('\n')}`;
	if (!(await confirm(question, `${effectsOf(services, nodes)}${others}`, t('Delete')))) {
		return;
	}
	await withProgress(t('Deleting {0}', name), (signal, advance) =>
		removeAll(services, nodes, signal, (one) => advance(one.item().label, 100 / nodes.length)),
	);
};

/** Gives a document another name at the vendor. */
export const renameDocument: Handler = async (services, node) => {
	const at = await chooseDocumentPlace(
		services,
		node,
		t('Rename document'),
		({ archives }) => archives?.documentRenaming !== undefined,
	);
	const document = at?.place.document;
	if (!at || !document) {
		return;
	}
	const why = services.sessions.peek(at.account).archives?.documentRenaming?.whyNot?.(document);
	if (why !== undefined) {
		throw new LocalFailure(why);
	}
	const name = await askName(t('Rename {0}', document.name), document.fileName, at.place.above, at.place);
	if (name !== undefined && name !== document.fileName) {
		await withProgress(t('Renaming {0}', document.name), (signal) =>
			new FolderChanges(services).rename(at, name, undefined, signal),
		);
	}
};

/** Puts a workspace's documents, an archive or a folder into the Explorer. */
export const openAsFolder: Handler = async (services, node) => {
	const chosen = await chooseFolderPlace(services, node, t('Open as workspace folder'), true);
	if (!chosen) {
		return;
	}
	const { account, place } = chosen;
	services.places.remember(account, place);
	const uri = placeUri(account.id, place);
	const folders = vscode.workspace.workspaceFolders ?? [];
	if (!folders.some((folder) => folder.uri.toString() === uri.toString())) {
		vscode.workspace.updateWorkspaceFolders(folders.length, 0, { uri, name: folderName(account, place) });
	}
	await vscode.commands.executeCommand('workbench.view.explorer');
};

/** What a workspace folder is called among others: `Documents – Harbour renewal`. */
function folderName(account: Account, { name, above }: Place): string {
	return [name, above?.name || account.name].join(' – ');
}

async function askName(
	title: string,
	value: string,
	folder: Place | undefined,
	own?: Place,
): Promise<string | undefined> {
	const isTaken = (name: string): boolean => {
		const there = folder?.at(name);
		return there !== undefined && there !== own;
	};
	const answer = await askText({ title, value, check: (name) => nameProblem(name, isTaken) });
	return answer.kind === 'value' ? answer.value.trim() : undefined;
}

function effectsOf({ sessions }: Services, nodes: readonly Node[]): string {
	const effects = nodes.flatMap(({ account }) =>
		account ? (sessions.peek(account).archives?.removal?.effect ?? []) : [],
	);
	return [...new Set(effects)].join('\n');
}

/** One after the other, so that a failure stops what would come after it. What stands in a folder that goes goes with it. */
async function removeAll(
	services: Services,
	nodes: readonly Node[],
	signal: AbortSignal,
	onRemoved: (node: Node) => void,
): Promise<void> {
	const changes = new FolderChanges(services);
	const isBeneath = (node: Node) => nodes.some(({ id }) => node.id.startsWith(`${id}/`));
	for (const node of nodes) {
		signal.throwIfAborted();
		const at = atNode(services, node);
		if (at && !isBeneath(node)) {
			await changes.remove(at, signal);
		}
		onRemoved(node);
	}
}

function atNode({ places }: Services, node: Node | undefined) {
	const { account } = node ?? {};
	return node && account && { account, place: placeOfNode(places, node, account) };
}
