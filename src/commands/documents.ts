import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { safeFileName } from '../core/fileName.ts';
import type { Node } from '../views/node.ts';
import type { ContainerNode, DocumentNode } from '../views/nodes/container.ts';
import { chooseAccount } from './choose.ts';
import { chooseDocument } from './chooseContainer.ts';
import { nameOf, noteFolder, proposedFile } from './downloadFolder.ts';
import { downloadMany } from './downloadMany.ts';
import { checkReadable } from './openDocument.ts';
import { runTransfers } from './runTransfers.ts';
import { selectedOf } from './selection.ts';
import type { Handler, Services } from './services.ts';

/** Downloads a document to a file, or all that is selected, folders with their structure, into a folder. */
export const downloadDocument: Handler = async (services, node, rest) => {
	const picked = pickedIn(selectedOf(services, node, rest));
	const [first, ...others] = picked;
	if (first && (others.length > 0 || 'container' in first)) {
		await downloadMany(services, picked);
	} else {
		const place = first ?? (await choose(services, t('Download document')));
		if (place && 'document' in place) {
			await downloadOne(services, place);
		}
	}
};

type Picked = DocumentNode | ContainerNode;
type DocumentPlace = Pick<DocumentNode, 'account' | 'document'>;

/** What stands below one of them comes with it. */
function pickedIn(nodes: readonly Node[]): readonly Picked[] {
	const picked = nodes.filter(isPicked);
	const containers = new Set<Node>(picked.filter((one) => 'container' in one));
	return picked.filter((one) => !isBelow(one, containers));
}

function isBelow({ parent }: Node, containers: ReadonlySet<Node>): boolean {
	return parent !== undefined && (containers.has(parent) || isBelow(parent, containers));
}

function isPicked(node: Node): node is Picked {
	return isDocument(node) || 'container' in node;
}

function isDocument(node: Node | undefined): node is DocumentNode {
	return node !== undefined && 'document' in node;
}

/** The dialogue asks before it replaces a file. */
async function downloadOne(services: Services, { account, document }: DocumentPlace): Promise<void> {
	checkReadable(document);
	const target = await vscode.window.showSaveDialog({
		title: t('Download document'),
		defaultUri: await proposedFile(services, safeFileName(document.fileName)),
		saveLabel: t('Download'),
	});
	if (target) {
		await noteFolder(services, vscode.Uri.joinPath(target, '..'));
		await runTransfers(services, t('Downloading {0}', document.name), [
			{
				kind: 'download',
				id: crypto.randomUUID(),
				account: account.id,
				name: nameOf(target),
				place: nameOf(vscode.Uri.joinPath(target, '..')),
				...(document.size !== undefined && { size: document.size }),
				document,
				target: target.toString(),
			},
		]);
	}
}

async function choose(services: Services, title: string): Promise<DocumentPlace | undefined> {
	const account = await chooseAccount(services, title, ({ archives }) => archives !== undefined);
	const document = account && (await chooseDocument(services, account, title));
	return document && { account, document };
}
