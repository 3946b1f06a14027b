import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { BulkJob } from '../core/bulk.ts';
import type { SheetRow } from '../core/bulkPacking.ts';
import { previewCsv, reportCsv, reportText } from '../core/bulkReport.ts';
import type { BulkRun } from '../core/bulkRun.ts';
import { saveDocument } from '../files/saveDocument.ts';
import { confirm } from '../host/ask.ts';
import type { BulkAction } from '../views/bulkPanel.ts';
import { confirmed } from './confirmed.ts';
import { nameOf, noteFolder, proposedFile } from './downloadFolder.ts';
import type { Services } from './services.ts';

/** What a job over many things asks of the person. */

/** The number and the effect are named before anything is sent; what can't be taken back wants its word each time. */
export async function agreed(run: BulkRun, job: BulkJob, what: BulkAction): Promise<boolean> {
	const rows = concerned(run, what).map(({ row }) => row);
	const confirmation = job.confirmation(rows, run.values);
	const isAnew = what === 'settle' && !job.isDone;
	if (
		isAnew &&
		!(await confirm(
			t('Send them once more?'),
			t('They may have been done already, and then are done twice.'),
			t('Send Again'),
		))
	) {
		return false;
	}
	// A word guards against being sent unread, whatever the button; without one, going on needs no second question.
	const isAsked = confirmation.word === undefined ? what === 'start' : what !== 'settle' || isAnew;
	return !isAsked || confirmed(job.title, confirmation);
}

function concerned({ rows }: BulkRun, what: BulkAction): readonly SheetRow[] {
	switch (what) {
		case 'start':
			return rows.filter(({ ticked }) => ticked);
		case 'goOn':
			return rows.filter(({ state }) => state === 'waiting');
		case 'retry':
			return rows.filter(({ state }) => state === 'failed');
		case 'settle':
			return rows.filter(({ state }) => state === 'unknown');
	}
}

/** Saves the rows before a job begins, and its report afterwards. */
export async function saveJob(services: Services, run: BulkRun): Promise<void> {
	const isPreview = run.phase === 'preview';
	const target = await vscode.window.showSaveDialog({
		title: run.title,
		saveLabel: t('Save'),
		filters: { [t('CSV for spreadsheets')]: ['csv'], ...(!isPreview && { [t('Text')]: ['txt'] }) },
		defaultUri: await proposedFile(services, `${run.title.replaceAll(/[/\\:]/g, ' ')}.csv`),
	});
	await noteFolder(services, target && vscode.Uri.joinPath(target, '..'));
	if (target) {
		const isText = target.path.toLowerCase().endsWith('.txt');
		const text = isPreview ? previewCsv(run) : isText ? reportText(run, new Date()) : reportCsv(run);
		const bytes = new Blob([text]);
		await saveDocument({ stream: bytes.stream(), size: bytes.size }, target, new AbortController().signal);
		void vscode.window.showInformationMessage(t('{0} was saved.', nameOf(target)));
	}
}
