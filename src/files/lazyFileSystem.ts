import * as vscode from 'vscode';

/** A file system for the editor, made when the first of its files is asked for. */
export function lazyFileSystem(load: () => Promise<vscode.FileSystemProvider>): vscode.FileSystemProvider {
	const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
	let following: Promise<vscode.FileSystemProvider> | undefined;
	// Before anything was asked for, nobody shows anything that could change.
	const whole = (): Promise<vscode.FileSystemProvider> =>
		(following ??= load().then((files) => {
			files.onDidChangeFile((events) => changed.fire(events));
			return files;
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
