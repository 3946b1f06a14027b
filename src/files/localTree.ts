import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { LocalFailure } from '../core/errors.ts';
import type { Source, SourceFile } from '../core/uploadPlan.ts';

/** What is to go up, as it stands on this computer or in any file system that the editor reads. */
export interface LocalTree {
	readonly sources: readonly Source[];
	/** Links to folders, and what is neither a file nor a folder: they do not go up. */
	readonly leftOut: readonly string[];
}

/**
 * Looks at files and at folders with everything in them; reads no content. Throws `LocalFailure` where something is gone
 * or may not be read.
 */
export async function localTree(uris: readonly vscode.Uri[], signal: AbortSignal): Promise<LocalTree> {
	const leftOut: string[] = [];
	const sources: Source[] = [];
	for (const uri of outermost(uris)) {
		const name = nameOf(uri);
		const source = await look(uri, name, await statOf(uri, name), leftOut, signal);
		sources.push(...source);
	}
	return { sources, leftOut };
}

/** An address as somebody else wrote it. Throws `LocalFailure` where it is none. */
export function fileUri(address: string): vscode.Uri {
	try {
		return vscode.Uri.parse(address, true);
	} catch (error) {
		throw new LocalFailure(t('{0} is no address of a file.', address), error);
	}
}

/** Each once, and nothing that goes up with a folder that is chosen too. */
function outermost(uris: readonly vscode.Uri[]): readonly vscode.Uri[] {
	const chosen = [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
	return chosen.filter(
		(uri) => !chosen.some((other) => other !== uri && uri.toString().startsWith(`${withoutSlash(other.toString())}/`)),
	);
}

function withoutSlash(text: string): string {
	return text.replace(/\/+$/, '');
}

/** The root of a file system has the name of its workspace folder. */
function nameOf(uri: vscode.Uri): string {
	const last = withoutSlash(uri.path).split('/').at(-1);
	return last || vscode.workspace.getWorkspaceFolder(uri)?.name || uri.authority || uri.scheme;
}

async function statOf(uri: vscode.Uri, name: string): Promise<vscode.FileStat> {
	try {
		return await vscode.workspace.fs.stat(uri);
	} catch (error) {
		throw failureOf(error, name);
	}
}

function failureOf(error: unknown, name: string): LocalFailure {
	const isGone = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
	return new LocalFailure(isGone ? t('{0} is not there any more.', name) : t('{0} could not be read.', name), error);
}

async function look(
	uri: vscode.Uri,
	name: string,
	{ type, size }: Pick<vscode.FileStat, 'type' | 'size'>,
	leftOut: string[],
	signal: AbortSignal,
): Promise<readonly Source[]> {
	signal.throwIfAborted();
	if ((type & vscode.FileType.Directory) !== 0) {
		return [{ kind: 'folder', name, contents: await contentsOf(uri, name, leftOut, signal) }];
	}
	if ((type & vscode.FileType.File) !== 0) {
		await checkReadable(uri, name);
		const file: SourceFile = { kind: 'file', name, address: uri.toString(), size };
		return [file];
	}
	leftOut.push(name);
	return [];
}

async function contentsOf(
	folder: vscode.Uri,
	name: string,
	leftOut: string[],
	signal: AbortSignal,
): Promise<readonly Source[]> {
	const sources: Source[] = [];
	for (const [inner, type] of await childrenOf(folder, name)) {
		const uri = folder.with({ path: `${withoutSlash(folder.path)}/${inner}` });
		if (type === vscode.FileType.Directory) {
			sources.push(...(await look(uri, inner, { type, size: 0 }, leftOut, signal)));
		} else if ((type & vscode.FileType.File) !== 0) {
			sources.push(...(await look(uri, inner, await statOf(uri, inner), leftOut, signal)));
		} else {
			// A link to a folder may lead in circles, or out of what was chosen.
			leftOut.push(inner);
		}
	}
	return sources;
}

/** In the order of their names, so that the same folder always goes up the same way. */
async function childrenOf(folder: vscode.Uri, name: string): Promise<readonly [string, vscode.FileType][]> {
	try {
		const children = await vscode.workspace.fs.readDirectory(folder);
		return children.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
	} catch (error) {
		throw failureOf(error, name);
	}
}

/** What may not be read is said before anything is sent, where the disk tells. */
async function checkReadable({ scheme, fsPath }: vscode.Uri, name: string): Promise<void> {
	if (scheme === 'file' && !IS_WEB) {
		const { access, constants } = await import('node:fs/promises');
		try {
			await access(fsPath, constants.R_OK);
		} catch (error) {
			throw failureOf(error, name);
		}
	}
}
