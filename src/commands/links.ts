import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { LocalFailure } from '../core/errors.ts';
import type { Node } from '../views/node.ts';
import type { Handler } from './services.ts';

/** What leads out of the editor: a thing's address and its id at the vendor. */

export const openInBrowser: Handler = async (_services, node) => {
	await vscode.env.openExternal(vscode.Uri.parse(linkOf(node), true));
};

export const copyLink: Handler = async (_services, node) => {
	await vscode.env.clipboard.writeText(linkOf(node));
};

export const copyId: Handler = async (_services, node) => {
	if (!node?.thing) {
		throw new LocalFailure(t('Choose something in the Boardwalk view first.'));
	}
	await vscode.env.clipboard.writeText(node.thing.id);
};

function linkOf(node: Node | undefined): string {
	if (!node?.thing?.webUrl) {
		throw new LocalFailure(t('Choose something with an address in the Boardwalk view first.'));
	}
	return node.thing.webUrl;
}
