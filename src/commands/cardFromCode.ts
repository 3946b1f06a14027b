import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import { cardField } from '../core/cards.ts';
import { cardForm } from '../core/cardWrites.ts';
import { LocalFailure } from '../core/errors.ts';
import type { Field, Form } from '../core/form.ts';
import type { Board, Card, Column, Workspace } from '../core/model.ts';
import { type CardText, selectedText, todoText, toHtml } from '../core/todo.ts';
import { codePlace } from '../host/codePlace.ts';
import { chooseAccount, chooseBoard, chooseColumn, chooseWorkspace } from './choose.ts';
import { fillForm } from './fillForm.ts';
import { reveal } from './reveal.ts';
import type { Handler, Services } from './services.ts';

/** A card of what is selected: the first line its title, the rest and where it is its description. */
export const createCardFromSelection: Handler = async (services) => {
	const { document, selection } = activeEditor();
	if (selection.isEmpty) {
		throw new LocalFailure(t('Select the text that the card shall be made of first.'));
	}
	await create(services, selectedText(document.getText(selection)), document, selection);
};

/** A card of the TODO or FIXME on the line of the cursor, or on the line that a quick fix names. */
export const createCardFromTodo: Handler = async (services, _node, [uri, number]) => {
	const { document, line } = await lineOf(uri, number);
	const text = todoText(line.text);
	if (!text) {
		throw new LocalFailure(t('There is no TODO or FIXME on this line.'));
	}
	await create(services, text, document, line.range);
};

function activeEditor(): vscode.TextEditor {
	const editor = vscode.window.activeTextEditor;
	if (!editor) {
		throw new LocalFailure(t('Open a file in the editor first.'));
	}
	return editor;
}

async function lineOf(uri: unknown, number: unknown) {
	if (uri instanceof vscode.Uri && typeof number === 'number') {
		const document = await vscode.workspace.openTextDocument(uri);
		return { document, line: document.lineAt(Math.min(number, document.lineCount - 1)) };
	}
	const { document, selection } = activeEditor();
	return { document, line: document.lineAt(selection.active.line) };
}

interface Target {
	readonly account: Account;
	readonly workspace: Workspace;
	readonly board: Board;
	readonly column: Column;
}

async function create(
	services: Services,
	text: CardText,
	document: vscode.TextDocument,
	range: vscode.Range,
): Promise<void> {
	// Before anything is asked: the file may be another by the time the questions are answered.
	const { text: place, doubts } = await codePlace(document, range);
	const description = [text.description, [place, ...doubts].filter(Boolean).join('\n')].filter(Boolean).join('\n\n');
	const target = await chooseTarget(services);
	if (!target) {
		return;
	}
	const session = await services.sessions.ready(target.account, new AbortController().signal);
	const form = session.cards?.creation?.form(target.column);
	const live = services.boards.of(target.account, target.workspace, target.board);
	const cards = form && cardForm(services, live, target.column, filled(form, text.title, description));
	const made = cards && (await fillForm(services, cards, target.account));
	if (made) {
		tell(services, target, made, takesDescription(form) ? undefined : description);
	}
}

async function chooseTarget(services: Services): Promise<Target | undefined> {
	const title = t('New card');
	const account = await chooseAccount(services, title, ({ boards, cards }) => Boolean(boards && cards?.creation));
	const workspace = account && (await chooseWorkspace(services, account, title));
	const board = workspace && (await chooseBoard(services, account, workspace, title));
	const column = board && (await chooseColumn(services, account, board, title, () => true));
	return column && { account, workspace, board, column };
}

/** The vendor's own form, beginning with what the code says. */
function filled(form: Form<Card>, title: string, description: string): Form<Card> {
	return { ...form, prefilled: true, fields: form.fields.map((field) => filledField(field, title, description)) };
}

function filledField(field: Field, title: string, description: string): Field {
	if (field.kind !== 'text') {
		return field;
	}
	if (field.id === cardField.title && title !== '') {
		return { ...field, initial: fitting(title, field.maxLength) };
	}
	const isDescription = field.id === cardField.description && description !== '';
	return isDescription ? { ...field, initial: field.html ? toHtml(description) : description } : field;
}

/** The person sees what is left of it; all of it stands in the file. */
function fitting(text: string, most = Infinity): string {
	return text.length > most
		? `${text
				.slice(0, most - 1)
				.toWellFormed()
				.trimEnd()}…`
		: text;
}

function takesDescription({ fields }: Form<Card>): boolean {
	return fields.some(({ id }) => id === cardField.description);
}

/** Says that it is there and, where the vendor's form had no place for the description, hands that over. */
function tell(services: Services, { account, ...place }: Target, card: Card, left: string | undefined): void {
	const show = t('Show');
	const copy = t('Copy description');
	const message = t('{0} was created in {1}.', card.title, place.board.name);
	const lost = left ? ` ${t('It has no description: {0} takes none here.', providerOf(services, account))}` : '';
	void vscode.window.showInformationMessage(message + lost, show, ...(left ? [copy] : [])).then(async (chosen) => {
		if (chosen === show) {
			await reveal(services, account, { ...place, card });
		} else if (chosen === copy && left) {
			await vscode.env.clipboard.writeText(left);
		}
	});
}

function providerOf({ sessions }: Services, account: Account): string {
	return sessions.provider(account).label;
}
