import * as vscode from 'vscode';
import type { PageStart } from '../pages/protocol.ts';

/** A page of ours in a tab of the editor. Everything it needs comes from `dist/pages`; nothing of the web. */
export interface Page<To> {
	readonly panel: vscode.WebviewPanel;
	tell(message: To): void;
}

interface PageOptions {
	readonly extension: vscode.Uri;
	readonly page: PageStart['page'];
	/** Plain data by which the page is found again after a reload of the window. */
	readonly address: unknown;
	/** Whether pictures of the web may be drawn. */
	readonly pictures?: boolean;
}

/** Fills a panel with a page, anew where it had one. */
export function fillPanel<To>(panel: vscode.WebviewPanel, options: PageOptions): Page<To> {
	const { webview } = panel;
	const folder = vscode.Uri.joinPath(options.extension, 'dist', 'pages');
	webview.options = { enableScripts: true, localResourceRoots: [folder] };
	panel.iconPath = {
		light: vscode.Uri.joinPath(options.extension, 'dist', 'icons', 'light', 'boardwalk.svg'),
		dark: vscode.Uri.joinPath(options.extension, 'dist', 'icons', 'dark', 'boardwalk.svg'),
	};
	webview.html = markup(webview, folder, options);
	return { panel, tell: (message) => void webview.postMessage(message) };
}

function markup(webview: vscode.Webview, folder: vscode.Uri, options: PageOptions): string {
	const { page, address, pictures } = options;
	const nonce = crypto.randomUUID().replaceAll('-', '');
	const start: PageStart = {
		page,
		texts: vscode.l10n.bundle ?? {},
		language: vscode.env.language,
		address,
	};
	const at = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
	const policy = [
		`default-src 'none'`,
		`script-src 'nonce-${nonce}'`,
		`style-src ${webview.cspSource} 'nonce-${nonce}'`,
		`font-src ${webview.cspSource}`,
		`img-src ${webview.cspSource}${pictures ? ' https:' : ''}`,
	];
	return `<!DOCTYPE html>
<html lang="${escaped(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Boardwalk</title>
<link rel="stylesheet" href="${escaped(at('codicon.css'))}" id="vscode-codicon-stylesheet" nonce="${nonce}">
</head>
<body data-start="${escaped(JSON.stringify(start))}" data-vscode-context='{"preventDefaultContextMenuItems": true}'>
<script type="module" nonce="${nonce}" src="${escaped(at(`${page}.js`))}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
