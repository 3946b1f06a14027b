import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Transfer, TransferOrder } from '../core/transfer.ts';
import type { Transfers } from '../core/transfers.ts';
import { type TransferLine, transferLine } from './transferLine.ts';

/** The lines of the Transfers view, the newest first. */
export class TransferList implements vscode.TreeDataProvider<Transfer> {
	readonly #transfers: Transfers;
	readonly #changed = new vscode.EventEmitter<Transfer[] | undefined>();
	readonly #following: { dispose(): void };
	readonly onDidChangeTreeData = this.#changed.event;

	constructor(transfers: Transfers) {
		this.#transfers = transfers;
		this.#following = transfers.onDidChange((changed) => this.#changed.fire(changed && [...changed]));
	}

	getTreeItem(transfer: Transfer): vscode.TreeItem {
		const line = transferLine(transfer);
		const { order } = transfer;
		const item = new vscode.TreeItem(order.name);
		item.id = order.id;
		item.description = line.description;
		item.iconPath = iconOf(line);
		item.contextValue = line.context.join(' ');
		item.tooltip = tooltipOf(order, line);
		item.accessibilityInformation = { label: line.spoken };
		item.command = line.context.includes('open')
			? { command: 'boardwalk.openTransferred', title: t('Open'), arguments: [transfer] }
			: undefined;
		return item;
	}

	getChildren(parent?: Transfer): Transfer[] {
		return parent ? [] : [...this.#transfers.list()].reverse();
	}

	dispose(): void {
		this.#following.dispose();
		this.#changed.dispose();
	}
}

function iconOf({ icon }: TransferLine): vscode.ThemeIcon {
	return new vscode.ThemeIcon(icon.codicon, icon.color === undefined ? undefined : new vscode.ThemeColor(icon.color));
}

/** Plain text: whatever a vendor calls a document, it is shown as it is. */
function tooltipOf(order: TransferOrder, { description }: TransferLine): string {
	return `${order.name}\n${description}`;
}
