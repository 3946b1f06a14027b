import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { isTodo } from '../core/todo.ts';

const kind = vscode.CodeActionKind.RefactorExtract.append('card');

/** Offers a card for the line of the cursor where it holds a TODO or a FIXME, beside the editor's own quick fixes. */
export function registerTodoActions(): vscode.Disposable {
	return vscode.languages.registerCodeActionsProvider(
		[{ scheme: 'file' }, { scheme: 'untitled' }, { scheme: 'vscode-vfs' }],
		{ provideCodeActions: (document, { start }) => actionsFor(document, start.line) },
		{ providedCodeActionKinds: [kind] },
	);
}

function actionsFor(document: vscode.TextDocument, line: number): vscode.CodeAction[] {
	if (!isTodo(document.lineAt(line).text)) {
		return [];
	}
	const action = new vscode.CodeAction(t('New card from this TODO…'), kind);
	action.command = { title: action.title, command: 'boardwalk.createCardFromTodo', arguments: [document.uri, line] };
	return [action];
}
