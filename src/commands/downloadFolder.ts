import * as vscode from 'vscode';
import { homeFolder } from '../files/homeFolder.ts';
import type { Services } from './services.ts';

/** Where dialogues for saving begin: where something was saved last, else the open folder, else the person's own. */

const storeKey = 'downloadFolder';

export async function proposedFolder({ workspace }: Services): Promise<vscode.Uri | undefined> {
	const last = workspace.get(storeKey);
	return typeof last === 'string'
		? vscode.Uri.parse(last, true)
		: (vscode.workspace.workspaceFolders?.[0]?.uri ?? (await homeFolder()));
}

/** Where there is no folder to propose, the name at least. */
export async function proposedFile(services: Services, name: string): Promise<vscode.Uri> {
	const folder = await proposedFolder(services);
	return folder ? vscode.Uri.joinPath(folder, name) : vscode.Uri.file(`/${name}`);
}

export async function noteFolder({ workspace }: Services, folder: vscode.Uri | undefined): Promise<void> {
	if (folder) {
		await workspace.set(storeKey, folder.toString());
	}
}

/** The last part of an address, for reading. */
export function nameOf({ path }: vscode.Uri): string {
	return path.split('/').findLast((part) => part !== '') ?? '/';
}
