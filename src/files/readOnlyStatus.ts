import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { documentScheme } from './uri.ts';

/**
 * Says beside the language of the active editor why its document can't be saved: the editor has room for one reason for a
 * whole file system, and here each document has its own.
 */
export class ReadOnlyStatus {
	readonly #reasonOf: (uri: vscode.Uri) => string | undefined;
	readonly #listening: vscode.Disposable;
	readonly #scheme: string;
	#item: vscode.LanguageStatusItem | undefined;
	#shown = '';

	constructor(reasonOf: (uri: vscode.Uri) => string | undefined, scheme = documentScheme) {
		this.#reasonOf = reasonOf;
		this.#scheme = scheme;
		this.#listening = vscode.window.onDidChangeActiveTextEditor(() => this.update());
		this.update();
	}

	/** What is said now, for reading. */
	get reason(): string | undefined {
		return this.#item?.detail;
	}

	/** Looks again whether there is something to say. */
	update(): void {
		const uri = vscode.window.activeTextEditor?.document.uri;
		const reason = uri?.scheme === this.#scheme ? this.#reasonOf(uri) : undefined;
		if (this.#shown === (reason ?? '')) {
			return;
		}
		this.#shown = reason ?? '';
		this.#item?.dispose();
		this.#item = reason === undefined ? undefined : itemFor(reason, this.#scheme);
	}

	dispose(): void {
		this.#listening.dispose();
		this.#item?.dispose();
	}
}

function itemFor(reason: string, scheme: string): vscode.LanguageStatusItem {
	const item = vscode.languages.createLanguageStatusItem(`${scheme}.readOnly`, { scheme });
	item.name = t('Read-only document');
	item.text = `$(lock) ${t('Read-only')}`;
	item.detail = reason;
	item.severity = vscode.LanguageStatusSeverity.Warning;
	item.accessibilityInformation = { label: t('Read-only: {0}', reason) };
	return item;
}
