import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { type ErrorAction, isCancellation, LocalFailure, ProviderError } from '../core/errors.ts';
import { causeText } from './log.ts';

/** What the actions of errors need to be carried out. */
export interface ReportActions {
	readonly signIn?: () => unknown;
	readonly retry?: () => unknown;
	readonly refresh?: () => unknown;
}

export type Report = (error: unknown, actions?: ReportActions) => void;

/** The one place where failures are shown: a sentence, one action, and the cause in the log. */
export function reporter(log: vscode.LogOutputChannel): Report {
	return (error, actions = {}) => {
		if (isCancellation(error)) {
			return;
		}
		log.error(error instanceof ProviderError ? causeText(error) : stackOf(error));
		const { message, button } = sentenceFor(toProviderError(error), actions, log);
		void vscode.window.showErrorMessage(message, button.title).then((chosen) => (chosen ? button.run() : undefined));
	};
}

function sentenceFor(error: unknown, actions: ReportActions, log: vscode.LogOutputChannel) {
	const showLog = { title: t('Show log'), run: (): unknown => log.show() };
	return error instanceof ProviderError
		? { message: error.message, button: buttonFor(error.action, actions) ?? showLog }
		: { message: t('Something in Boardwalk went wrong. The log says more.'), button: showLog };
}

function buttonFor(action: ErrorAction, { signIn, retry, refresh }: ReportActions) {
	switch (action.kind) {
		case 'signIn':
			return signIn && { title: t('Sign in again'), run: signIn };
		case 'retry':
			return retry && { title: t('Try again'), run: retry };
		case 'refresh':
			return refresh && { title: t('Refresh'), run: refresh };
		case 'openInBrowser':
			return { title: t('Open in browser'), run: () => vscode.env.openExternal(vscode.Uri.parse(action.url, true)) };
		case 'showLog':
			return undefined;
	}
}

/** Failures of the editor's file system as sentences of ours. */
function toProviderError(error: unknown): unknown {
	return error instanceof vscode.FileSystemError ? new LocalFailure(fileSentence(error), error) : error;
}

function fileSentence(error: vscode.FileSystemError): string {
	switch (error.code) {
		case 'FileNotFound':
			return t('The file is not there any more.');
		case 'FileIsADirectory':
			return t('This is a folder; a file was meant.');
		case 'NoPermissions':
			return t('This computer does not let VS Code read or write the file.');
		default:
			return t('The file could not be read or written.');
	}
}

function stackOf(error: unknown): string {
	return error instanceof Error ? `${error.stack ?? error.message}\n${causeText(error.cause ?? '')}` : String(error);
}
