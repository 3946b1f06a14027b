import * as vscode from 'vscode';
import type { Icon, Node, Tooltip } from './node.ts';

/** A line as the editor draws it; `icons` is where our own pictures are. */
export function toTreeItem(node: Node, icons: vscode.Uri, isOpen: boolean): vscode.TreeItem {
	const item = node.item();
	const shown = new vscode.TreeItem(item.label, collapsible(node, isOpen || item.expanded === true));
	shown.id = node.id;
	shown.description = item.description;
	shown.contextValue = item.context.join(' ');
	shown.accessibilityInformation = { label: item.spoken ?? item.label };
	if (item.command) {
		shown.command = { command: item.command.id, title: item.command.title, arguments: [node] };
	}
	putIcon(shown, item.icon, icons);
	return shown;
}

function collapsible(node: Node, isOpen: boolean): vscode.TreeItemCollapsibleState {
	if (!node.lists) {
		return vscode.TreeItemCollapsibleState.None;
	}
	return isOpen ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

function putIcon(shown: vscode.TreeItem, icon: Icon, icons: vscode.Uri): void {
	if ('codicon' in icon) {
		shown.iconPath = new vscode.ThemeIcon(icon.codicon, icon.color ? new vscode.ThemeColor(icon.color) : undefined);
	} else if ('picture' in icon) {
		shown.iconPath = {
			light: vscode.Uri.joinPath(icons, 'light', `${icon.picture}.svg`),
			dark: vscode.Uri.joinPath(icons, 'dark', `${icon.picture}.svg`),
		};
	} else {
		shown.iconPath = vscode.ThemeIcon.File;
		shown.resourceUri = vscode.Uri.from({ scheme: 'boardwalk-icon', path: `/${icon.fileName.replaceAll('/', '_')}` });
	}
}

/** Everything in a tooltip came from somebody else, so it is text, never markup. */
export function toMarkdown({ title, facts = [], text }: Tooltip): vscode.MarkdownString {
	const markdown = new vscode.MarkdownString();
	markdown.appendMarkdown('**').appendText(title).appendMarkdown('**');
	if (facts.length > 0) {
		markdown.appendMarkdown('\n\n');
		facts.forEach((fact, index) => markdown.appendMarkdown(index === 0 ? '' : '  \n').appendText(fact));
	}
	if (text) {
		markdown.appendMarkdown('\n\n').appendText(text);
	}
	return markdown;
}
