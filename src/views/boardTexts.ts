import * as vscode from 'vscode';
import type { LiveBoard } from '../core/liveBoard.ts';

const scheme = 'boardwalk-board';

/** Boards as documents to be read, which follow what happens on them. */
export class BoardTexts implements vscode.TextDocumentContentProvider {
	readonly #textOf: (live: LiveBoard, signal: AbortSignal) => Promise<string>;
	readonly #changed = new vscode.EventEmitter<vscode.Uri>();
	readonly #shown = new Map<string, { readonly live: LiveBoard; readonly following: { dispose(): void } }>();
	readonly #leaving = new AbortController();
	// Before the provider is registered: VS Code listens at once, or never.
	readonly onDidChange = this.#changed.event;
	readonly #registered = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
	readonly #closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri.toString()));

	constructor(textOf: (live: LiveBoard, signal: AbortSignal) => Promise<string>) {
		this.#textOf = textOf;
	}

	async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
		const shown = this.#shown.get(uri.toString());
		return shown ? this.#textOf(shown.live, this.#leaving.signal) : '';
	}

	/** Draws the documents of a board anew, as when it is shown in another order. */
	redraw(isIt: (live: LiveBoard) => boolean): void {
		for (const [uri, { live }] of this.#shown) {
			if (isIt(live)) {
				this.#changed.fire(vscode.Uri.parse(uri, true));
			}
		}
	}

	async show(live: LiveBoard): Promise<void> {
		const { account, board } = live;
		const name = `${board.name.replaceAll(/[\p{Cc}/\\]/gu, ' ')}.md`;
		const uri = vscode.Uri.from({ scheme, path: `/${account.id}/${encodeURIComponent(board.id)}/${name}` });
		if (!this.#shown.has(uri.toString())) {
			const following = live.onDidChange(() => this.#changed.fire(uri));
			this.#shown.set(uri.toString(), { live, following });
		}
		await vscode.window.showTextDocument(uri, { preview: true });
	}

	dispose(): void {
		this.#leaving.abort();
		[...this.#shown.keys()].forEach((uri) => this.#forget(uri));
		[this.#registered, this.#closing, this.#changed].forEach((one) => one.dispose());
	}

	#forget(uri: string): void {
		this.#shown.get(uri)?.following.dispose();
		this.#shown.delete(uri);
	}
}
