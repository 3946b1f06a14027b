import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Conflict } from '../core/documentSave.ts';
import { askText } from '../host/ask.ts';
import { nameProblem } from './nameCheck.ts';

export interface ConflictQuestion {
	readonly name: string;
	readonly conflict: Conflict;
	/** Whether the vendor keeps what is there as an earlier version. */
	readonly keepsEarlier: boolean;
	/** Whether a copy can be put beside. */
	readonly canCopy: boolean;
	/** The document as it is at the vendor now; absent where it is gone. */
	readonly now: vscode.Uri | undefined;
	/** What the editor holds. */
	readonly own: vscode.Uri;
	readonly isTaken: (name: string) => boolean;
}

export type ConflictAnswer =
	| { readonly kind: 'overwrite' }
	| { readonly kind: 'copy'; readonly name: string }
	| { readonly kind: 'left' };

/** Asks what becomes of a save over something else than what the editor read. Asks again after comparing. */
export async function askAboutConflict(question: ConflictQuestion): Promise<ConflictAnswer> {
	const compare = t('Compare');
	const overwrite = question.keepsEarlier ? t('Overwrite as New Version') : t('Overwrite');
	const copy = t('Save a Copy…');
	const buttons = [...(question.now ? [compare, overwrite] : []), ...(question.canCopy ? [copy] : [])];
	for (;;) {
		// As an error it stays until it is answered: the save waits for it.
		const chosen = await vscode.window.showErrorMessage(sentenceFor(question), ...buttons);
		if (chosen === compare && question.now) {
			await showDifference(question.name, question.now, question.own);
		} else if (chosen === overwrite) {
			return { kind: 'overwrite' };
		} else if (chosen === copy) {
			const name = await askCopyName(question);
			if (name !== undefined) {
				return { kind: 'copy', name };
			}
		} else {
			return { kind: 'left' };
		}
	}
}

function sentenceFor({ name, conflict, keepsEarlier, canCopy }: ConflictQuestion): string {
	const what = conflictSentence(name, conflict);
	if (conflict === 'gone') {
		return canCopy ? what : t('{0} Your text stays in the editor.', what);
	}
	return keepsEarlier
		? t('{0} If you overwrite it, what is there stays as an earlier version.', what)
		: t('{0} If you overwrite it, what is there is lost.', what);
}

function conflictSentence(name: string, conflict: Conflict): string {
	switch (conflict) {
		case 'changed':
			return t('“{0}” was changed at the server since you opened it.', name);
		case 'replaced':
			return t('“{0}” is another document at the server than the one you opened.', name);
		case 'unread':
			return t('“{0}” has other content at the server, which was not opened here before.', name);
		case 'gone':
			return t('“{0}” is not at the server any more.', name);
	}
}

async function showDifference(name: string, now: vscode.Uri, own: vscode.Uri): Promise<void> {
	await vscode.commands.executeCommand('vscode.diff', now, own, t('{0} (at the server ↔ yours)', name));
}

async function askCopyName({ name, isTaken }: ConflictQuestion): Promise<string | undefined> {
	const dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length;
	const answer = await askText({
		title: t('Save a copy of {0}', name),
		prompt: t('The copy is put beside the document.'),
		value: `${t('{0} (copy)', name.slice(0, dot))}${name.slice(dot)}`,
		check: (text) => nameProblem(text, isTaken),
	});
	return answer.kind === 'value' ? answer.value.trim() : undefined;
}
