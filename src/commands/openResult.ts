import * as vscode from 'vscode';
import type { Transfer } from '../core/transfer.ts';

/** Opens what came of a transfer: the file that was saved, or the document's page at the vendor. */
export async function openResult({ order, webUrl }: Transfer): Promise<void> {
	if (order.kind === 'download') {
		await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(order.target, true));
	} else if (webUrl !== undefined) {
		await vscode.env.openExternal(vscode.Uri.parse(webUrl, true));
	}
}
