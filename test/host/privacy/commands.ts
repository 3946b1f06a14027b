import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Node } from '../../../src/views/node.ts';
import type { Step } from '../support.ts';
import { answering, answeringSome, type Lines, type Rig, run } from './rounds.ts';

/** What commands are tried on. */
export interface Things {
	readonly root: () => Node;
	readonly lines: Lines;
	/** A line under a list that goes on, as long as it is used, and one that has failed. */
	readonly more: (use: (node: Node) => unknown) => Promise<void>;
	readonly failed: () => Promise<Node>;
	/** Signs in anew at an account, and in the browser, using there what waits for it. */
	readonly add: () => Promise<void>;
	readonly again: () => Promise<void>;
	readonly inBrowser: () => Promise<void>;
}

type Drive = (rig: Rig, things: Things) => unknown;

/** What a person does with each command, on something that fits it. A test holds it against the manifest. */
export const drives: Readonly<Record<string, Drive>> = {
	addAccount: (_rig, { add }) => add(),
	addPracticeAccounts: (rig) => answering(rig, [], () => run('addPracticeAccounts')),
	signInAgain: (_rig, { again }) => again(),
	openSignInPage: (_rig, { inBrowser }) => inBrowser(),
	pasteSignInCode: (_rig, { inBrowser }) => inBrowser(),
	copySignInAddress: (_rig, { inBrowser }) => inBrowser(),
	renameAccount: (rig, { root }) => on(rig, 'renameAccount', root(), { type: 'Quay robot' }),
	moveAccountUp: (rig, { root }) => on(rig, 'moveAccountUp', root()),
	moveAccountDown: (rig, { root }) => on(rig, 'moveAccountDown', root()),
	showAccountInfo: (rig, { root }) => on(rig, 'showAccountInfo', root(), { pick: 'ProjectPlace' }),
	checkConnection: (rig, { root }) => on(rig, 'checkConnection', root()),
	refresh: (rig) => answering(rig, [], () => run('refresh')),
	refreshNode: (rig, { root }) => on(rig, 'refreshNode', root()),
	loadMore: (rig, { more }) => more((node) => on(rig, 'loadMore', node)),
	retry: async (rig, { failed }) => on(rig, 'retry', await failed()),
	search: (rig) => answering(rig, [{ type: 'ferry timetable' }, { pick: 'Plan the ferry' }], () => run('search')),
	createProject: (rig, { lines }) => on(rig, 'createProject', lines.workspace, { type: 'Tides' }, { pick: 'Create' }),
	renameColumn: (rig, { lines }) => on(rig, 'renameColumn', lines.renamable, { type: 'By name' }),
	renameSelected: (rig, { lines }) => on(rig, 'renameSelected', lines.renamable, { type: 'By key' }),
	uploadDocuments: (rig, { lines }) => on(rig, 'uploadDocuments', lines.container, { files: [newFile(rig)] }),
	uploadFiles: uploadFromExplorer,
	downloadDocument: (rig, { lines }) =>
		on(rig, 'downloadDocument', lines.documents[0], { save: vscode.Uri.file(join(rig.folder, `${randomUUID()}.bin`)) }),
	saveListing: (rig, { lines }) =>
		some(
			rig,
			'saveListing',
			lines.container,
			{ pick: 'tree' },
			{ save: vscode.Uri.file(join(rig.folder, 'list.json')) },
		),
	uploadFolder: (rig, { lines }) =>
		some(rig, 'uploadFolder', lines.container, { files: [newFolder(rig)] }, { press: 'Upload' }),
	pasteFiles: async (rig, { lines }) => {
		await vscode.env.clipboard.writeText(newFile(rig).fsPath);
		await on(rig, 'pasteFiles', lines.container);
	},
	createFolder: (rig, { lines }) => some(rig, 'createFolder', lines.container, { type: 'Tides' }),
	renameDocument: (rig, { lines }) => some(rig, 'renameDocument', lines.documents[0], { type: 'Tides.md' }),
	deleteDocument: (rig, { lines }) => some(rig, 'deleteDocument', lines.documents[0], { press: 'Delete' }),
	// Opened for good, it would start the extension host anew.
	openAsFolder: (rig) => some(rig, 'openAsFolder', undefined, { leave: true }),
	findDocument: (rig, { lines }) => some(rig, 'findDocument', lines.container, { leave: true }),
	compareWithFile: async (rig, { lines }) => {
		await on(rig, 'compareWithFile', lines.documents[0], { files: [newFile(rig)] });
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
	},
	compareWithVersion: (rig, { lines }) => some(rig, 'compareWithVersion', lines.documents[0], { leave: true }),
	cancelTransfer: (rig) => some(rig, 'cancelTransfer', undefined, { leave: true }),
	retryTransfer: (rig) => some(rig, 'retryTransfer', undefined, { leave: true }),
	openTransferred: (rig) => some(rig, 'openTransferred', undefined, { leave: true }),
	openBoard: inTab('openBoard', ({ board }) => board),
	openCard: inTab('openCard', ({ card }) => card),
	boardAsText: inTab('boardAsText', ({ board }) => board),
	groupBoard: async (rig, { lines }) => {
		await on(rig, 'groupBoard', lines.board, { pick: 'By label' });
		await on(rig, 'groupBoard', lines.board, { pick: 'As at the vendor' });
	},
	sortBoard: async (rig, { lines }) => {
		await on(rig, 'sortBoard', lines.board, { pick: 'By title' });
		await on(rig, 'sortBoard', lines.board, { pick: 'As at the vendor' });
	},
	filterBoard: async (rig, { lines }) => {
		await on(rig, 'filterBoard', lines.board, { pick: 'With words' }, { type: 'ferry' });
		await on(rig, 'filterBoard', lines.board, { pick: 'Show all' });
	},
	createCard: (rig, { lines }) => on(rig, 'createCard', lines.column, { form: { title: 'Tides' } }),
	renameCard: (rig, { lines }) => on(rig, 'renameCard', lines.card, { type: 'Tides' }),
	assignCard: (rig, { lines }) => some(rig, 'assignCard', lines.card, { leave: true }),
	setDueDate: (rig, { lines }) => on(rig, 'setDueDate', lines.card, { type: '2026-12-24' }),
	setStartDate: (rig, { lines }) => on(rig, 'setStartDate', lines.card, { type: '2026-12-20' }),
	checkItems: (rig, { lines }) => some(rig, 'checkItems', lines.card, { tick: [] }),
	blockCard: (rig, { lines }) => some(rig, 'blockCard', lines.card, { type: 'No crane' }),
	closeCard: (rig, { lines }) => some(rig, 'closeCard', lines.card, { leave: true }),
	reopenCard: (rig, { lines }) => some(rig, 'reopenCard', lines.card, { leave: true }),
	commentOnCard: (rig, { lines }) => on(rig, 'commentOnCard', lines.card, { type: 'At high tide' }),
	moveCard: (rig, { lines }) => some(rig, 'moveCard', lines.card, { pick: '' }, { pick: 'First' }),
	moveColumn: (rig, { lines }) => some(rig, 'moveColumn', lines.column, { leave: true }),
	attachFiles: (rig, { lines }) => some(rig, 'attachFiles', lines.card, { files: [newFile(rig)] }),
	showUndo: (rig) => some(rig, 'showUndo', undefined, { pick: 'changed' }),
	undo: (rig) => answering(rig, [], () => run('undo')),
	removeCard: (rig, { lines }) => on(rig, 'removeCard', lines.card, { press: undefined }),
	deleteSelected: (rig, { lines }) => on(rig, 'deleteSelected', lines.card, { press: undefined }),
	enforceColumnName: inTable(
		'enforceColumnName',
		({ root }) => root(),
		() => [{ type: '1' }, { type: 'Tides' }, { pick: 'Show what it would do' }],
	),
	updateEmails: inTable(
		'updateEmails',
		({ root }) => root(),
		(rig) => [{ files: [newFile(rig, 'ada@quayside.example,tides@quay.example')] }],
	),
	removeInactiveUsers: inTable(
		'removeInactiveUsers',
		({ root }) => root(),
		() => [{ type: '365' }, { pick: 'Björk Jónsdóttir' }],
	),
	downloadArchivedWorkspaces: inTable(
		'downloadArchivedWorkspaces',
		({ root }) => root(),
		(rig) => [{ files: [newFolder(rig)] }, { pick: 'Show what it would do' }],
	),
	importCards: inTable(
		'importCards',
		({ lines }) => lines.board,
		(rig) => [{ files: [newFile(rig, 'Title,Points\nTides,2', 'csv')] }, { pick: 'Show what it would do' }],
	),
	addWebhook: (rig, { lines }) =>
		on(
			rig,
			'addWebhook',
			lines.board,
			{ type: 'https://quay.example/hook' },
			{ tick: ['A card changes'] },
			{ press: 'Subscribe' },
		),
	showWebhooks: (rig, { lines }) => on(rig, 'showWebhooks', lines.board, { leave: true }),
	downloadFeed: (rig, { root }) =>
		on(
			rig,
			'downloadFeed',
			root(),
			{ pick: 'Workspace data' },
			{ pick: 'Cards' },
			{ pick: 'Compressed' },
			{ save: vscode.Uri.file(join(rig.folder, `${randomUUID()}.json.gz`)) },
		),
	// ProjectPlace has none of these: they are begun in the palette, where they ask for an account.
	add: (rig) => some(rig, 'add', undefined, { leave: true }),
	archive: (rig) => some(rig, 'archive', undefined, { leave: true }),
	changeWorkflow: (rig) => some(rig, 'changeWorkflow', undefined, { leave: true }),
	clearFilter: (rig) => some(rig, 'clearFilter', undefined, { leave: true }),
	copy: (rig) => some(rig, 'copy', undefined, { leave: true }),
	createColumn: (rig) => some(rig, 'createColumn', undefined, { leave: true }),
	disable: (rig) => some(rig, 'disable', undefined, { leave: true }),
	edit: (rig) => some(rig, 'edit', undefined, { leave: true }),
	editAsJson: (rig) => some(rig, 'editAsJson', undefined, { leave: true }),
	enable: (rig) => some(rig, 'enable', undefined, { leave: true }),
	filterWorkspaces: (rig) => some(rig, 'filterWorkspaces', undefined, { leave: true }),
	mapToWorkflow: (rig) => some(rig, 'mapToWorkflow', undefined, { leave: true }),
	remove: (rig) => some(rig, 'remove', undefined, { leave: true }),
	restore: (rig) => some(rig, 'restore', undefined, { leave: true }),
	// What stands below is needed by others.
	delete: (rig, { lines }) => on(rig, 'delete', lines.workspace, { type: 'Not its name' }, { leave: true }),
	refreshMyCards: (rig) => answering(rig, [], () => run('refreshMyCards')),
	lockAccount: (rig, { root }) => on(rig, 'lockAccount', root()),
	unlockAccount: (rig, { root }) => on(rig, 'unlockAccount', root()),
	showChanges: (rig) => answering(rig, [], () => run('showChanges')),
	createBranchFromCard: (rig, { lines }) => some(rig, 'createBranchFromCard', lines.card, { leave: true }),
	putCardIntoCommitMessage: (rig, { lines }) => some(rig, 'putCardIntoCommitMessage', lines.card, { leave: true }),
	createCardFromSelection: (rig) => some(rig, 'createCardFromSelection', undefined, { leave: true }),
	createCardFromTodo: (rig) => some(rig, 'createCardFromTodo', undefined, { leave: true }),
	openCardById: (rig) => some(rig, 'openCardById', undefined, { leave: true }),
	clearTransfers: (rig) => answering(rig, [], () => run('clearTransfers')),
	showTransfers: (rig) => answering(rig, [], () => run('showTransfers')),
	openDocument: async (rig, { lines }) => {
		await on(rig, 'openDocument', lines.documents[0]);
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
	},
	openInBrowser: (rig, { lines }) => on(rig, 'openInBrowser', lines.workspace),
	copyLink: (rig, { lines }) => on(rig, 'copyLink', lines.workspace),
	copyId: (rig, { lines }) => on(rig, 'copyId', lines.workspace),
	showLog: (rig) => answering(rig, [], () => run('showLog')),
	signOut: (rig, { root }) => on(rig, 'signOut', root(), { press: 'Sign out' }),
};

/** The same from the palette: whatever it asks is left. A search has nothing to leave before something is typed. */
export async function fromPalette(rig: Rig, command: string): Promise<void> {
	const typed: Step[] = command === 'search' ? [{ type: 'nothing is called this' }] : [];
	await answeringSome(rig, [...typed, { leave: true }], () => run(command));
}

function on(rig: Rig, command: string, node: Node | undefined, ...steps: Step[]): Promise<unknown> {
	assert.ok(node, `there is nothing to try ${command} on`);
	return answering(rig, steps, () => run(command, node));
}

/** The same where the vendor decides how far it goes. */
function some(rig: Rig, command: string, node: Node | undefined, ...steps: Step[]): Promise<void> {
	return answeringSome(rig, steps, () => run(command, ...(node ? [node] : [])));
}

/** Something that opens in a tab, which is closed again. */
function inTab(command: string, lineOf: (lines: Lines) => Node | undefined): Drive {
	return async (rig, { lines }) => {
		await on(rig, command, lineOf(lines));
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
	};
}

/** The table of a job, which is closed again before anything was done. */
function inTable(
	command: string,
	lineOf: (things: Things) => Node | undefined,
	stepsFor: (rig: Rig) => readonly Step[],
): Drive {
	return async (rig, things) => {
		await on(rig, command, lineOf(things), ...stepsFor(rig));
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
	};
}

async function uploadFromExplorer(rig: Rig, { root }: Things): Promise<void> {
	const file = newFile(rig);
	const steps = [root().item().label, 'Harbour renewal', 'Document', 'Pictures', 'Put it here'].map((pick) => ({
		pick,
	}));
	await answering(rig, steps, () => run('uploadFiles', file, [file]));
}

function newFile({ folder }: Rig, content = 'A file.', ending = 'txt'): vscode.Uri {
	const file = join(folder, `${randomUUID()}.${ending}`);
	writeFileSync(file, content);
	return vscode.Uri.file(file);
}

function newFolder(rig: Rig): vscode.Uri {
	const folder = join(rig.folder, randomUUID());
	mkdirSync(folder);
	writeFileSync(join(folder, 'inside.txt'), 'A file.');
	return vscode.Uri.file(folder);
}
