import { t } from '@vscode/l10n';
import * as vscode from 'vscode';

const scheme = 'boardwalk-report';

/** Reports that can be read and not changed, one for each subject; kept as long as the window. */
export class Reports implements vscode.TextDocumentContentProvider {
	readonly #texts = new Map<string, string>();
	readonly #changed = new vscode.EventEmitter<vscode.Uri>();
	// Before the provider is registered: VS Code listens at once, or never.
	readonly onDidChange = this.#changed.event;
	readonly #registered = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

	provideTextDocumentContent(uri: vscode.Uri): string {
		return this.#texts.get(uri.toString()) ?? t('This report is gone. Check the connection again.');
	}

	/** Shows a Markdown text under a title, drawn where VS Code can draw it. */
	async show(subject: string, title: string, text: string): Promise<void> {
		const name = `${title.replaceAll(/[\p{Cc}/\\]/gu, ' ')}.md`;
		const uri = vscode.Uri.from({ scheme, path: `/${encodeURIComponent(subject)}/${name}` });
		this.#texts.set(uri.toString(), text);
		this.#changed.fire(uri);
		try {
			await vscode.commands.executeCommand('markdown.showPreview', uri);
		} catch {
			// Its extension is switched off, or this is a VS Code without it.
			await vscode.window.showTextDocument(uri, { preview: true });
		}
	}

	dispose(): void {
		this.#registered.dispose();
		this.#changed.dispose();
		this.#texts.clear();
	}
}
