import * as vscode from 'vscode';
import type { DocumentFileSystem } from './documentFileSystem.ts';

/** The documents' file system for the editor, made when the first document is asked for. */
export function lazyFileSystem(load: () => Promise<DocumentFileSystem>): vscode.FileSystemProvider {
	const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
	let following: Promise<DocumentFileSystem> | undefined;
	// Before anything was asked for, nobody shows anything that could change.
	const whole = (): Promise<DocumentFileSystem> =>
		(following ??= load().then((documents) => {
			documents.onDidChangeFile((events) => changed.fire(events));
			return documents;
		}));
	return {
		onDidChangeFile: changed.event,
		watch: () => new vscode.Disposable(() => undefined),
		stat: async (uri) => (await whole()).stat(uri),
		readDirectory: async (uri) => (await whole()).readDirectory(uri),
		readFile: async (uri) => (await whole()).readFile(uri),
		writeFile: async (uri, content, options) => (await whole()).writeFile(uri, content, options),
		createDirectory: async (uri) => (await whole()).createDirectory(uri),
		delete: async (uri, options) => (await whole()).delete(uri, options),
		rename: async (from, to, options) => (await whole()).rename(from, to, options),
	};
}
