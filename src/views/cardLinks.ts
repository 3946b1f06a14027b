import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { type PossibleId, possibleIds } from '../core/cardIds.ts';
import type { KnownCard, KnownCards } from '../core/knownCards.ts';

/** Files, texts that are none yet, and the message that will be committed. */
const documents: vscode.DocumentSelector = [
	{ scheme: 'file' },
	{ scheme: 'untitled' },
	{ scheme: 'vscode-vfs' },
	{ language: 'scminput' },
];
const command = 'boardwalk.openCardById';
/** Characters of a text that are searched, and links in it: what is longer was written by a machine. */
const mostText = 1_000_000;
const longestLine = 10_000;
const mostLinks = 1_000;
const mostInHover = 10;

/**
 * Makes links of the ids of known cards, in texts and in terminals, and says what card it is to whoever points at one.
 * Anything else that looks like an id stays as it is. Asks nobody.
 */
export function registerCardLinks(known: KnownCards): vscode.Disposable {
	const hover = vscode.languages.registerHoverProvider(documents, {
		provideHover: (document, position) => hoverAt(known, document, position),
	});
	const terminal = vscode.window.registerTerminalLinkProvider({
		provideTerminalLinks: ({ line }) => terminalLinks(known, line),
		handleTerminalLink: ({ text }: TerminalLink) => vscode.commands.executeCommand(command, text),
	});
	const links = new Links(known);
	return vscode.Disposable.from(hover, terminal, links);
}

/** Links in texts. The editor asks for them again only when it gets another provider, so each change makes one. */
class Links {
	readonly #known: KnownCards;
	readonly #listening: { dispose(): void };
	#registered: vscode.Disposable | undefined;

	constructor(known: KnownCards) {
		this.#known = known;
		this.#listening = known.onDidChange(() => this.#register());
		this.#register();
	}

	dispose(): void {
		this.#listening.dispose();
		this.#registered?.dispose();
	}

	#register(): void {
		this.#registered?.dispose();
		this.#registered = vscode.languages.registerDocumentLinkProvider(documents, {
			provideDocumentLinks: (document) => documentLinks(this.#known, document),
		});
	}
}

interface Found extends PossibleId {
	readonly cards: readonly KnownCard[];
}

function findIn(known: KnownCards, text: string): Found[] {
	if (known.isEmpty) {
		return [];
	}
	return possibleIds(text)
		.map((id) => ({ ...id, cards: known.find(id.text) }))
		.filter(({ cards }) => cards.length > 0);
}

function documentLinks(known: KnownCards, document: vscode.TextDocument): vscode.DocumentLink[] {
	return findIn(known, document.getText().slice(0, mostText))
		.slice(0, mostLinks)
		.map(({ start, end, text, cards }) => {
			const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
			// The editor decodes the query of a command once more.
			const query = encodeURIComponent(JSON.stringify([text]));
			const target = vscode.Uri.from({ scheme: 'command', path: command, query });
			const link = new vscode.DocumentLink(range, target);
			link.tooltip = tooltip(cards);
			return link;
		});
}

function hoverAt(
	known: KnownCards,
	document: vscode.TextDocument,
	position: vscode.Position,
): vscode.Hover | undefined {
	const { text } = document.lineAt(position.line);
	if (text.length > longestLine) {
		return undefined;
	}
	const at = findIn(known, text).find(({ start, end }) => start <= position.character && position.character <= end);
	return (
		at &&
		new vscode.Hover(
			at.cards.slice(0, mostInHover).map(described),
			new vscode.Range(position.line, at.start, position.line, at.end),
		)
	);
}

/** Title, where it stands and its state, as plain text: what a vendor says is nothing to be drawn. */
function described({ card, board, workspace }: KnownCard): vscode.MarkdownString {
	const lines = [card.title, `${board.name} · ${workspace.name}`, stateOf(card)];
	return lines
		.filter((line) => line !== '')
		.reduce((text, line, at) => text.appendText(at === 0 ? line : `\n${line}`), new vscode.MarkdownString());
}

function stateOf({ status, done, blocked }: KnownCard['card']): string {
	const words = [status, done && t('done'), blocked !== undefined && t('blocked')];
	return words.filter((word): word is string => typeof word === 'string' && word !== '').join(' · ');
}

interface TerminalLink extends vscode.TerminalLink {
	readonly text: string;
}

function terminalLinks(known: KnownCards, line: string): TerminalLink[] {
	return findIn(known, line.slice(0, longestLine)).map(({ start, end, text, cards }) => ({
		startIndex: start,
		length: end - start,
		tooltip: tooltip(cards),
		text,
	}));
}

function tooltip(cards: readonly KnownCard[]): string {
	const [only] = cards;
	return only && cards.length === 1
		? t('Open card {0}', only.card.title)
		: t('Open one of {0} cards', String(cards.length));
}
