import * as vscode from 'vscode';
import type { Base } from '../core/documentSave.ts';

/** What an editor holds of one file. */
interface Held {
	/** What was answered last when the editor asked how the file stands. */
	answered?: vscode.FileStat;
	/** What was answered before the editor read the content it holds, so that it compares with this when it saves. */
	shown?: vscode.FileStat;
	/** What was read while the editor held changes: it becomes the editor's base if it drops them. */
	readMeanwhile?: Base;
}

/**
 * What editors were told. An editor with changes is told the same as when it read the file: otherwise the editor's own,
 * poorer question about a conflict would come before ours.
 */
export class EditorStates {
	readonly #held = new Map<string, Held>();
	readonly #listening: vscode.Disposable;

	/** `onDropped` is told where an editor gave its changes up although other content was read meanwhile. */
	constructor(onDropped: (uri: vscode.Uri, base: Base) => void) {
		this.#listening = vscode.workspace.onDidChangeTextDocument(({ document: { uri, isDirty } }) => {
			const held = this.#held.get(uri.toString());
			if (!isDirty && held?.readMeanwhile) {
				const base = held.readMeanwhile;
				held.readMeanwhile = undefined;
				onDropped(uri, base);
			}
		});
	}

	/** What an editor with changes must be told again. */
	frozen(uri: vscode.Uri): vscode.FileStat | undefined {
		return isDirty(uri) ? this.#held.get(uri.toString())?.shown : undefined;
	}

	answer(uri: vscode.Uri, stat: vscode.FileStat): vscode.FileStat {
		const held = this.#of(uri);
		held.answered = stat;
		if (isDirty(uri)) {
			held.shown ??= stat;
		}
		return stat;
	}

	/** The content was read. Returns whether it is what the next save begins with. */
	read(uri: vscode.Uri, base: Base): boolean {
		const held = this.#of(uri);
		if (isDirty(uri)) {
			held.readMeanwhile = base;
			return false;
		}
		held.shown = held.answered;
		return true;
	}

	/** The content was saved: the editor learns anew how the file stands. */
	saved(uri: vscode.Uri): void {
		this.#held.delete(uri.toString());
	}

	/** Files that were opened or asked about in this window. */
	isKnown(uri: vscode.Uri): boolean {
		return this.#held.has(uri.toString());
	}

	dispose(): void {
		this.#listening.dispose();
	}

	#of(uri: vscode.Uri): Held {
		const key = uri.toString();
		const held = this.#held.get(key) ?? {};
		this.#held.set(key, held);
		return held;
	}
}

/** Runs once the editor has finished saving the file; at once where no editor is. */
export function afterSave(uri: vscode.Uri, run: () => void): void {
	if (!isDirty(uri)) {
		run();
		return;
	}
	const listening = vscode.workspace.onDidSaveTextDocument((document) => {
		if (document.uri.toString() === uri.toString()) {
			listening.dispose();
			run();
		}
	});
}

/** Whether an editor holds changes of the file that are not saved. */
export function isDirty(uri: vscode.Uri): boolean {
	const wanted = uri.toString();
	return vscode.workspace.textDocuments.some((document) => document.isDirty && document.uri.toString() === wanted);
}
