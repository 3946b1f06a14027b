import * as vscode from 'vscode';
import type { Node } from '../views/node.ts';
import { moveAccountDown, moveAccountUp, renameAccount, showAccountInfo, signOut } from './accounts.ts';
import {
	addAccount,
	addPracticeAccounts,
	copySignInAddress,
	openSignInPage,
	pasteSignInCode,
	signInAgain,
} from './addAccount.ts';
import { filterBoard, groupBoard, sortBoard } from './arrange.ts';
import { attachFiles } from './attachFiles.ts';
import { boardAsText, openBoard, openCard } from './boardPages.ts';
import { createBranchFromCard } from './cardBranch.ts';
import { createCardFromSelection, createCardFromTodo } from './cardFromCode.ts';
import { openCardById } from './cardOfCode.ts';
import {
	assignCard,
	blockCard,
	closeCard,
	commentOnCard,
	createCard,
	moveCard,
	removeCard,
	renameCard,
	reopenCard,
	setDueDate,
	setStartDate,
	showUndo,
	undo,
} from './cards.ts';
import { checkConnection } from './checkConnection.ts';
import { checkItems } from './checkItems.ts';
import { moveColumnTo } from './columns.ts';
import { putCardIntoCommitMessage } from './commitMessage.ts';
import { compareWithFile, compareWithVersion } from './compare.ts';
import { createColumn } from './createColumn.ts';
import { createProject } from './createProject.ts';
import { deleteSelected } from './deleteSelected.ts';
import { downloadDocument } from './documents.ts';
import { editAsJson } from './editText.ts';
import { downloadFeed } from './feeds.ts';
import { clearFilter, filterWorkspaces } from './filterWorkspaces.ts';
import { findDocument } from './findDocument.ts';
import { createFolder, deleteDocument, openAsFolder, renameDocument } from './folders.ts';
import { copyId, copyLink, openInBrowser } from './links.ts';
import { lockAccount, unlockAccount } from './lock.ts';
import { openDocument } from './openDocument.ts';
import { operate } from './operate.ts';
import { pasteFiles } from './pasteFiles.ts';
import { loadMore, refresh, refreshNode, retry } from './refresh.ts';
import { renameColumn, renameSelected } from './renameColumn.ts';
import { runJob } from './runJob.ts';
import { saveListing } from './saveListing.ts';
import { search } from './search.ts';
import { standsFor } from './selection.ts';
import type { Handler, Services } from './services.ts';
import { cancelTransfer, clearTransfers, openTransferred, retryTransfer, showTransfers } from './transfers.ts';
import { uploadDocuments, uploadFolder } from './uploadDocuments.ts';
import { addWebhook, showWebhooks } from './webhooks.ts';

/** Every command: its id and what it does. `package.json` declares the same ids, which a test holds. */
const commands: Readonly<Record<string, Handler>> = {
	'boardwalk.addAccount': addAccount,
	'boardwalk.addPracticeAccounts': addPracticeAccounts,
	'boardwalk.signInAgain': signInAgain,
	'boardwalk.openSignInPage': openSignInPage,
	'boardwalk.pasteSignInCode': pasteSignInCode,
	'boardwalk.copySignInAddress': copySignInAddress,
	'boardwalk.renameAccount': renameAccount,
	'boardwalk.signOut': signOut,
	'boardwalk.moveAccountUp': moveAccountUp,
	'boardwalk.moveAccountDown': moveAccountDown,
	'boardwalk.showAccountInfo': showAccountInfo,
	'boardwalk.checkConnection': checkConnection,
	'boardwalk.refresh': refresh,
	'boardwalk.refreshNode': refreshNode,
	'boardwalk.loadMore': loadMore,
	'boardwalk.retry': retry,
	'boardwalk.search': search,
	'boardwalk.createProject': createProject,
	'boardwalk.createColumn': createColumn,
	'boardwalk.filterWorkspaces': filterWorkspaces,
	'boardwalk.clearFilter': clearFilter,
	'boardwalk.edit': operate('edit'),
	'boardwalk.archive': operate('archive'),
	'boardwalk.restore': operate('restore'),
	'boardwalk.delete': operate('delete'),
	'boardwalk.copy': operate('copy'),
	'boardwalk.changeWorkflow': operate('changeWorkflow'),
	'boardwalk.mapToWorkflow': operate('mapToWorkflow'),
	'boardwalk.add': operate('add'),
	'boardwalk.remove': operate('remove'),
	'boardwalk.editAsJson': editAsJson,
	'boardwalk.enable': operate('enable'),
	'boardwalk.disable': operate('disable'),
	'boardwalk.renameColumn': renameColumn,
	'boardwalk.renameSelected': renameSelected,
	'boardwalk.openBoard': openBoard,
	'boardwalk.openCard': openCard,
	'boardwalk.openCardById': openCardById,
	'boardwalk.boardAsText': boardAsText,
	'boardwalk.groupBoard': groupBoard,
	'boardwalk.sortBoard': sortBoard,
	'boardwalk.filterBoard': filterBoard,
	'boardwalk.moveColumn': moveColumnTo,
	'boardwalk.createCard': createCard,
	'boardwalk.renameCard': renameCard,
	'boardwalk.assignCard': assignCard,
	'boardwalk.setDueDate': setDueDate,
	'boardwalk.setStartDate': setStartDate,
	'boardwalk.checkItems': checkItems,
	'boardwalk.blockCard': blockCard,
	'boardwalk.closeCard': closeCard,
	'boardwalk.reopenCard': reopenCard,
	'boardwalk.commentOnCard': commentOnCard,
	'boardwalk.moveCard': moveCard,
	'boardwalk.removeCard': removeCard,
	'boardwalk.attachFiles': attachFiles,
	'boardwalk.deleteSelected': deleteSelected,
	'boardwalk.undo': undo,
	'boardwalk.showUndo': showUndo,
	'boardwalk.refreshMyCards': async ({ myCards }) => myCards.refresh(),
	'boardwalk.lockAccount': lockAccount,
	'boardwalk.unlockAccount': unlockAccount,
	'boardwalk.showChanges': async ({ changesLog }) => changesLog.show(),
	'boardwalk.createBranchFromCard': createBranchFromCard,
	'boardwalk.putCardIntoCommitMessage': putCardIntoCommitMessage,
	'boardwalk.createCardFromSelection': createCardFromSelection,
	'boardwalk.createCardFromTodo': createCardFromTodo,
	'boardwalk.enforceColumnName': runJob('enforceColumnName'),
	'boardwalk.updateEmails': runJob('updateEmails'),
	'boardwalk.removeInactiveUsers': runJob('removeInactiveUsers'),
	'boardwalk.downloadArchivedWorkspaces': runJob('downloadArchivedWorkspaces'),
	'boardwalk.importCards': runJob('importCards'),
	'boardwalk.showWebhooks': showWebhooks,
	'boardwalk.addWebhook': addWebhook,
	'boardwalk.downloadFeed': downloadFeed,
	'boardwalk.uploadDocuments': uploadDocuments,
	// The same under the name it has in the Explorer's menu.
	'boardwalk.uploadFiles': uploadDocuments,
	'boardwalk.uploadFolder': uploadFolder,
	'boardwalk.pasteFiles': pasteFiles,
	'boardwalk.downloadDocument': downloadDocument,
	'boardwalk.saveListing': saveListing,
	'boardwalk.cancelTransfer': cancelTransfer,
	'boardwalk.retryTransfer': retryTransfer,
	'boardwalk.openTransferred': openTransferred,
	'boardwalk.clearTransfers': clearTransfers,
	'boardwalk.showTransfers': showTransfers,
	'boardwalk.openDocument': openDocument,
	'boardwalk.openAsFolder': openAsFolder,
	'boardwalk.findDocument': findDocument,
	'boardwalk.compareWithFile': compareWithFile,
	'boardwalk.compareWithVersion': compareWithVersion,
	'boardwalk.createFolder': createFolder,
	'boardwalk.deleteDocument': deleteDocument,
	'boardwalk.renameDocument': renameDocument,
	'boardwalk.openInBrowser': openInBrowser,
	'boardwalk.copyLink': copyLink,
	'boardwalk.copyId': copyId,
	'boardwalk.showLog': async ({ log }) => log.show(),
};

/** Runs a command; its failure is shown with the action that fits, once. */
export async function runCommand(services: Services, id: string, args: readonly unknown[]): Promise<void> {
	const node = nodeOf(services, args[0]);
	try {
		await commands[id]?.(services, node, args);
	} catch (error) {
		services.report(error, {
			signIn: () => vscode.commands.executeCommand('boardwalk.signInAgain', node),
			retry: () => vscode.commands.executeCommand(id, ...args),
			refresh: () => services.tree.refresh(node?.parent),
		});
	}
}

/** The node a menu hands over; for a key, which hands over `{ selection: true }`, the selected line. */
function nodeOf(services: Services, argument: unknown): Node | undefined {
	if (typeof argument !== 'object' || argument === null) {
		return undefined;
	}
	const isLine = 'item' in argument && 'id' in argument;
	return isLine ? (argument as Node) : standsFor(services, argument)?.[0];
}
