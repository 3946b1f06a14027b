import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Account } from '../../../src/core/accounts.ts';
import type { Archives, UploadFile } from '../../../src/core/archives.ts';
import type { Document, EntryContainer } from '../../../src/core/model.ts';
import type { Inside } from '../../../src/extension.ts';
import { nodeUri } from '../../../src/files/nodeUri.ts';
import type { Node } from '../../../src/views/node.ts';
import type { ContainerNode, DocumentNode } from '../../../src/views/nodes/container.ts';
import { findNode, kindOf, rootOf, type Step, scripted, until } from '../support.ts';

export const signal = new AbortController().signal;
export const { fs } = vscode.workspace;

export interface WithFiles extends Inside {
	readonly documents: vscode.FileSystemProvider & { readonly status: { readonly reason: string | undefined } };
}

export const bytesOf = (text: string) => new TextEncoder().encode(text);
export const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
export const read = async (uri: vscode.Uri) => textOf(await fs.readFile(uri));

export function uriOf({ services }: Inside, node: Node): vscode.Uri {
	const uri = nodeUri(services.places, node);
	assert.ok(uri, `${node.item().label} has no address`);
	return uri;
}

/** A folder that takes new documents and lets them be changed. */
export async function writableFolder(own: Inside, vendor: string): Promise<ContainerNode> {
	const found = await findNode(
		own,
		rootOf(own, vendor),
		(node) => kindOf(node) === 'folder' && node.item().context.includes('upload'),
	);
	return found as ContainerNode;
}

export async function documentNode(own: Inside, vendor: string, label?: string): Promise<DocumentNode> {
	const fits = (node: Node) => kindOf(node) === 'document' && (!label || node.item().label === label);
	return (await findNode(own, rootOf(own, vendor), fits)) as DocumentNode;
}

export async function archivesOf({ services }: Inside, account: Account): Promise<Archives> {
	const { archives } = await services.sessions.ready(account, signal);
	assert.ok(archives, `${account.name} has no documents`);
	return archives;
}

export function fileWith(name: string, text: string): UploadFile {
	const bytes = bytesOf(text);
	return {
		name,
		size: bytes.length,
		mediaType: 'text/plain',
		async *content() {
			yield bytes;
		},
	};
}

/** Somebody else saves a document at the vendor, past the editor. */
export async function saveElsewhere(
	own: Inside,
	account: Account,
	container: EntryContainer,
	document: Document,
	text: string,
): Promise<void> {
	const { saving } = await archivesOf(own, account);
	assert.ok(saving);
	await saving.save(document, container, fileWith(document.fileName, text), signal);
}

/** The text of the document of that name, as the vendor has it. */
export async function textAtVendor(own: Inside, { account, container }: ContainerNode, name: string): Promise<string> {
	const archives = await archivesOf(own, account);
	const { items } = await archives.entries(container, signal);
	const found = items.find((entry) => entry.name === name);
	assert.ok(found?.kind === 'document', `${name} is not among ${items.map((entry) => entry.name).join()}`);
	const { stream } = await archives.read(found, signal);
	return new Response(stream).text();
}

/** What was asked, and what was answered with the texts of buttons; `undefined` dismisses the question. */
export async function answering(
	answers: readonly (string | undefined)[],
	run: () => PromiseLike<unknown>,
	steps: readonly Step[] = [],
): Promise<string[]> {
	const asked: string[] = [];
	const left = [...answers];
	await scripted(steps, async () => {
		const window = vscode.window as unknown as Record<string, unknown>;
		window['showErrorMessage'] = async (message: string, ...buttons: string[]) => {
			asked.push(`${message} [${buttons.join(' | ')}]`);
			const answer = left.shift();
			assert.ok(answer === undefined || buttons.includes(answer), `${answer} is not among ${buttons.join()}`);
			return answer;
		};
		await run();
	});
	assert.deepEqual(left, [], `answers nobody asked for; asked was: ${asked.join(' / ')}`);
	return asked;
}

/** Replaces the whole text of an editor, unsaved. */
export async function type(document: vscode.TextDocument, text: string): Promise<void> {
	// The editor takes no edit of a text that it has just loaded anew, as after a save.
	await until('the text is typed', () => {
		const edit = new vscode.WorkspaceEdit();
		edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
		return Promise.resolve(vscode.workspace.applyEdit(edit));
	});
}

/** Lets a vendor's sandbox be in trouble while something runs. */
export async function inTrouble(account: Account, kind: string, run: () => PromiseLike<unknown>): Promise<void> {
	const faults = new URL('/-/faults', account.server);
	await fetch(faults, { method: 'POST', body: JSON.stringify({ pattern: '*', kind }) });
	try {
		await run();
	} finally {
		await fetch(faults, { method: 'DELETE' });
	}
}

export async function closeEditors(): Promise<void> {
	await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
	await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
