import { readFileSync } from 'node:fs';
import { createContext, Script } from 'node:vm';
import type * as vscode from 'vscode';
import type { Inside } from '../../src/extension.ts';

/** What a web worker offers, and nothing of Node: no process, no Buffer, no require but for the editor. */
const webGlobals = [
	'AbortController AbortSignal Blob CompressionStream CustomEvent DOMException DecompressionStream Event EventTarget',
	'File FormData Headers ReadableStream Request Response TextDecoder TextDecoderStream TextEncoder TextEncoderStream',
	'TransformStream URL URLSearchParams WritableStream atob btoa clearInterval clearTimeout console crypto fetch',
	'performance queueMicrotask setInterval setTimeout structuredClone',
].flatMap((names) => names.split(' '));

const file = new URL('../../dist/web.cjs', import.meta.url);
const root = new URL('../../', import.meta.url);

export interface Worker {
	readonly inside: Inside;
	/** The commands that were registered. */
	readonly commands: readonly string[];
	/** The tree as the editor asks for it. */
	readonly lines: vscode.TreeDataProvider<unknown>;
	/** The modules that the bundle asked for. */
	readonly required: readonly string[];
	/** Looks a global up as the bundle sees it. */
	readonly typeOf: (name: string) => string;
}

/** Loads dist/web.cjs as the web extension host does, and activates it. `texts` is the bundle of the display language. */
export async function startWorker(texts?: Record<string, string>): Promise<Worker> {
	const context = createContext(Object.fromEntries(webGlobals.map((name) => [name, Reflect.get(globalThis, name)])), {
		codeGeneration: { strings: false, wasm: false },
	});
	const editor = new Editor(texts);
	const required: string[] = [];
	const load = (name: string) => {
		required.push(name);
		if (name !== 'vscode') throw new Error(`Cannot find module '${name}'`);
		return editor.api;
	};
	const module = { exports: {} as { activate(context: unknown): Promise<Inside> } };
	const source = `(function (module, exports, require) {${readFileSync(file, 'utf8')}\n})`;
	new Script(source, { filename: file.pathname }).runInContext(context)(module, module.exports, load);
	const inside = await module.exports.activate(editor.context);
	return {
		inside,
		commands: editor.commands,
		lines: editor.lines,
		required,
		typeOf: (name) => String(new Script(`typeof ${name}`).runInContext(context)),
	};
}

const nothing = () => undefined;
const disposable = { dispose: nothing };
const thing = class {
	readonly made: readonly unknown[];
	constructor(...from: readonly unknown[]) {
		this.made = from;
	}
};

/** As much of the editor as activation and the tree touch. */
class Editor {
	readonly commands: string[] = [];
	readonly api: Record<string, unknown>;
	lines: vscode.TreeDataProvider<unknown> = { getChildren: () => [], getTreeItem: () => ({}) };

	constructor(texts: Record<string, string> | undefined) {
		this.api = {
			commands: {
				registerCommand: (id: string) => {
					this.commands.push(id);
					return disposable;
				},
				executeCommand: async () => undefined,
			},
			l10n: { bundle: texts, t: (text: string) => texts?.[text] ?? text },
			authentication: { registerAuthenticationProvider: () => disposable },
			env: { sessionId: 'test', uiKind: 2, language: 'en' },
			UIKind: { Desktop: 1, Web: 2 },
			window: {
				registerUriHandler: () => disposable,
				registerTreeDataProvider: () => disposable,
				registerWebviewPanelSerializer: () => disposable,
				registerTerminalLinkProvider: () => disposable,
				onDidChangeActiveTextEditor: () => disposable,
				createOutputChannel: () => ({ ...disposable, debug: nothing, info: nothing, warn: nothing }),
				createTreeView: (id: string, { treeDataProvider }: vscode.TreeViewOptions<unknown>) => {
					this.lines = id === 'boardwalk.tree' ? treeDataProvider : this.lines;
					const heard = () => disposable;
					return { ...disposable, selection: [], onDidExpandElement: heard, onDidCollapseElement: heard };
				},
			},
			languages: {
				registerHoverProvider: () => disposable,
				registerDocumentLinkProvider: () => disposable,
				registerCodeActionsProvider: () => disposable,
			},
			workspace: {
				getConfiguration: () => ({ get: () => undefined }),
				onDidChangeConfiguration: () => disposable,
				onDidChangeTextDocument: () => disposable,
				onDidSaveTextDocument: () => disposable,
				onDidCloseTextDocument: () => disposable,
				registerTextDocumentContentProvider: () => disposable,
				registerFileSystemProvider: () => disposable,
			},
			...classes,
		};
	}

	readonly context = {
		extension: { packageJSON: JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as unknown },
		extensionMode: 3,
		extensionUri: new URL(root),
		globalStorageUri: { scheme: 'vscode-userdata' },
		globalState: memory<unknown>(),
		workspaceState: memory<unknown>(),
		secrets: secretsInMemory(),
		subscriptions: [],
	};
}

const classes = {
	ExtensionMode: { Production: 1, Development: 2, Test: 3 },
	TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
	Uri: {
		joinPath: (base: URL, ...parts: string[]) => new URL(parts.join('/'), base),
		from: ({ scheme, path }: { scheme: string; path: string }) => new URL(`${scheme}:${path}`),
	},
	EventEmitter: class {
		event = () => disposable;
		fire = nothing;
		dispose = nothing;
	},
	Disposable: class {
		static from = () => disposable;
		dispose = nothing;
	},
	CodeActionKind: { RefactorExtract: { append: () => ({}) } },
	MarkdownString: class {
		appendText = () => this;
		appendMarkdown = () => this;
	},
	ThemeIcon: thing,
	ThemeColor: thing,
	TreeItem: thing,
	FileSystemError: Error,
};

function memory<T>() {
	const kept = new Map<string, T>();
	return { get: (key: string) => kept.get(key), update: async (key: string, value: T) => void kept.set(key, value) };
}

function secretsInMemory() {
	const kept = new Map<string, string>();
	return {
		get: async (key: string) => kept.get(key),
		store: async (key: string, value: string) => void kept.set(key, value),
		delete: async (key: string) => void kept.delete(key),
		keys: async () => [...kept.keys()],
		onDidChange: () => disposable,
	};
}
