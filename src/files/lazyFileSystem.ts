import * as vscode from 'vscode';
import type { DocumentFileSystem } from './documentFileSystem.ts';

/** The documents' file system for the editor, made when the first document is asked for. */
export function lazyFileSystem(load: () => Promise<DocumentFileSystem>): vscode.FileSystemProvider {
	const refuse = (uri: vscode.Uri): never => {
		throw vscode.FileSystemError.NoPermissions(uri);
	};
	return {
		stat: async (uri) => (await load()).stat(uri),
		readFile: async (uri) => (await load()).readFile(uri),
		readDirectory: (uri) => {
			throw vscode.FileSystemError.FileNotADirectory(uri);
		},
		// Nothing changes here but by our own commands.
		watch: () => new vscode.Disposable(() => undefined),
		onDidChangeFile: () => new vscode.Disposable(() => undefined),
		createDirectory: refuse,
		writeFile: refuse,
		delete: refuse,
		rename: refuse,
	};
}
