import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { BulkJob } from '../core/bulk.ts';
import type { SheetRow } from '../core/bulkPacking.ts';
import { previewCsv, reportCsv, reportText } from '../core/bulkReport.ts';
import type { BulkRun } from '../core/bulkRun.ts';
import { saveDocument } from '../files/saveDocument.ts';
import { askText, confirm } from '../host/ask.ts';
import type { BulkAction } from '../views/bulkPanel.ts';
import { present } from '../views/format.ts';
import { nameOf, noteFolder, proposedFile } from './downloadFolder.ts';
import type { Services } from './services.ts';

/** What a job over many things asks of the person. */

/** The number and the effect are named before anything is sent; what can't be taken back wants its word each time. */
export async function agreed(run: BulkRun, job: BulkJob, what: BulkAction): Promise<boolean> {
	const rows = concerned(run, what).map(({ row }) => row);
	const { question, detail, button, word } = job.confirmation(rows, run.values);
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
	if (word !== undefined && (what !== 'settle' || isAnew)) {
		const prompt = present(question, detail, t('Type “{0}” to go on.', word)).join(' ');
		const check = (text: string) => (text.trim() === word ? undefined : t('Type “{0}” to go on.', word));
		return (await askText({ title: job.title, prompt, check })).kind === 'value';
	}
	return what !== 'start' || confirm(question, detail ?? '', button);
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
