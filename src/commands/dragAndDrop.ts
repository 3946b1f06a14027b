import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { LocalFailure } from '../core/errors.ts';
import { uriList } from '../core/fileList.ts';
import { DroppedFiles } from '../files/droppedFiles.ts';
import { fileUri } from '../files/localTree.ts';
import { nodeUri } from '../files/nodeUri.ts';
import type { Node } from '../views/node.ts';
import type { DocumentNode } from '../views/nodes/container.ts';
import { attachTo } from './attachFiles.ts';
import { dragLines, dropLines, droppedLines } from './cardDrag.ts';
import { placedOf } from './cardPlace.ts';
import type { Services } from './services.ts';
import { uploadFiles } from './uploadFiles.ts';
import { targetOfNode } from './uploadTarget.ts';

const uriListType = 'text/uri-list';

/**
 * Files that are dropped on a place of the tree go up there, on a card that takes files they are attached; a document that
 * is dragged into an editor opens there; cards and columns are put where they are dropped.
 */
export class DragAndDrop {
	readonly #services: Services;
	readonly #dropped: DroppedFiles;

	constructor(services: Services) {
		this.#services = services;
		this.#dropped = new DroppedFiles(services.transfers);
	}

	handleDrag(nodes: readonly Node[], transfer: vscode.DataTransfer): void {
		dragLines(nodes, transfer);
		const addresses = nodes.filter(isReadable).flatMap((node) => nodeUri(this.#services.places, node) ?? []);
		if (addresses.length > 0) {
			transfer.set(uriListType, new vscode.DataTransferItem(addresses.map(String).join('\r\n')));
		}
	}

	/** Shows its own failures: nobody else hears of them. */
	async handleDrop(target: Node | undefined, transfer: vscode.DataTransfer): Promise<void> {
		const title = t('Upload documents');
		let kept: readonly vscode.Uri[] = [];
		try {
			const lines = droppedLines(transfer);
			if (lines) {
				await dropLines(this.#services, target, lines);
				return;
			}
			// What was dropped can be asked for only now: any question comes later.
			const { addresses, contents } = await read(transfer);
			kept = contents.map(({ name, bytes }) => this.#dropped.keep(name, bytes));
			const card = target && placedOf(this.#services, target);
			if (card && this.#services.sessions.peek(card.account).cards?.attaching) {
				await attachTo(this.#services, card, [...addresses, ...kept]);
				return;
			}
			const place = await targetOfNode(this.#services, target, title);
			await uploadFiles(this.#services, title, [...addresses, ...kept], place);
		} catch (error) {
			const { report, tree } = this.#services;
			report(error, {
				signIn: () => vscode.commands.executeCommand('boardwalk.signInAgain', target),
				refresh: () => tree.refresh(target?.parent),
			});
		} finally {
			this.#dropped.forget(kept);
		}
	}

	dispose(): void {
		this.#dropped.dispose();
	}
}

function isReadable(node: Node): node is DocumentNode {
	return 'document' in node && (node as DocumentNode).document.notDownloadable === undefined;
}

interface Dropped {
	readonly addresses: readonly vscode.Uri[];
	/** Files without an address. */
	readonly contents: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** The same file may come as an address and as a file. */
async function read(transfer: vscode.DataTransfer): Promise<Dropped> {
	const listed = uriList((await transfer.get(uriListType)?.asString()) ?? '').map(fileUri);
	const files = [...transfer].flatMap(([, item]) => item.asFile() ?? []);
	const addresses = [...listed, ...files.flatMap(({ uri }) => uri ?? [])];
	const names = new Set(listed.map(({ path }) => path.split('/').at(-1)));
	const bare = files.filter(({ uri, name }) => !uri && !names.has(name));
	if (addresses.length + bare.length === 0) {
		throw new LocalFailure(t('Only files and folders can be dropped here.'));
	}
	return { addresses, contents: await Promise.all(bare.map(contentOf)) };
}

async function contentOf(file: vscode.DataTransferFile) {
	try {
		return { name: file.name, bytes: await file.data() };
	} catch (error) {
		throw new LocalFailure(t('{0} could not be read.', file.name), error);
	}
}
