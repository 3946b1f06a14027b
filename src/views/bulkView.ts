import { t } from '@vscode/l10n';
import { type BulkState, type Counts, countsOf, type SheetRow } from '../core/bulkPacking.ts';
import { outcomeLists } from '../core/bulkReport.ts';
import type { BulkRun } from '../core/bulkRun.ts';
import { SignInNeeded } from '../core/errors.ts';
import type { Notice } from '../pages/protocol.ts';
import type { ResultList, RowChange, RowState, TableButton, TableRow, TableView } from '../pages/tableProtocol.ts';
import { failureText, numberText, present } from './format.ts';

/** What the page of a job is drawn from. */
export interface BulkFacts {
	readonly run: BulkRun;
	/** Absent where the account is gone. */
	readonly accountName: string | undefined;
	/** Whether the account may be changed, and its vendor can do the job. */
	readonly canRun: boolean;
	readonly isLocked: boolean;
	/** Whether the vendor can tell what became of a row. */
	readonly canAsk: boolean;
}

/** Rows from which on it is said that there are many. */
export const many = 50;

/** A job as its page draws it. Pure. */
export function toTableView(facts: BulkFacts): TableView {
	const { run, accountName } = facts;
	const { phase } = run;
	return {
		title: run.title,
		place: present(run.place.board?.name, run.place.workspace?.name, accountName).join(' · '),
		phase,
		status: statusText(run),
		columns: run.columns,
		rows: run.rows.map(toTableRow),
		leftOut: run.skipped,
		notices: noticesOf(facts),
		progress: toProgress(run),
		...(phase === 'result' && { result: resultOf(run) }),
		buttons: buttonsOf(facts),
	};
}

/** What is told of rows that have changed. */
export function toRowsMessage(facts: BulkFacts, rows: readonly SheetRow[]) {
	const { run } = facts;
	return {
		type: 'rows',
		rows: rows.map(toRowChange),
		status: statusText(run),
		progress: toProgress(run),
		buttons: buttonsOf(facts),
	} as const;
}

function toTableRow({ row, ticked, state, detail }: SheetRow): TableRow {
	const { key, label, cells, warning, choice } = row;
	return { key, label, cells, warning, choice, ticked, state: state && toRowState(state, detail) };
}

function toRowChange({ row, ticked, state, detail }: SheetRow): RowChange {
	return { key: row.key, ticked, choice: row.choice?.value, state: state && toRowState(state, detail) };
}

function toRowState(kind: BulkState, detail: string | undefined): RowState {
	return { kind, label: stateName(kind), detail };
}

function stateName(state: BulkState): string {
	switch (state) {
		case 'waiting':
			return t('waiting');
		case 'running':
			return t('under way');
		case 'done':
			return t('done');
		case 'failed':
			return t('failed');
		case 'skipped':
			return t('skipped');
		case 'unknown':
			return t('outcome unknown');
	}
}

/** How things stand, as one sentence. */
export function statusText(run: BulkRun): string {
	if (run.phase === 'preview') {
		const ticked = run.rows.filter((row) => row.ticked).length;
		return run.rows.length === 0
			? t('There is nothing to do.')
			: t('{0} of {1} are ticked. Nothing has been changed yet.', numberText(ticked), numberText(run.rows.length));
	}
	const counts = countsOf(run.rows);
	const { done, failed, skipped, unknown, waiting, running, total } = counts;
	const parts = present(
		t('{0} of {1} done', numberText(done), numberText(total)),
		failed > 0 && t('{0} failed', numberText(failed)),
		skipped > 0 && t('{0} skipped', numberText(skipped)),
		unknown > 0 && t('{0} with an unknown outcome', numberText(unknown)),
		run.phase === 'result' && waiting > 0 && t('{0} not begun', numberText(waiting)),
		run.isStopping && t('stopping, {0} under way', numberText(running)),
	);
	return `${parts.join(', ')}.`;
}

function toProgress(run: BulkRun): TableView['progress'] {
	const counts = countsOf(run.rows);
	return run.phase === 'running' ? { settled: settledOf(counts), total: counts.total } : undefined;
}

export function settledOf({ total, waiting, running }: Counts): number {
	return total - waiting - running;
}

function noticesOf({ run, accountName, canRun, isLocked }: BulkFacts): readonly Notice[] {
	const notices: Notice[] = [];
	const { stoppedBy } = run;
	if (accountName === undefined) {
		notices.push({ severity: 'error', text: t('The account is no longer here.') });
	} else if (isLocked) {
		const unlock = { id: 'unlock', label: t('Unlock') } as const;
		notices.push({ severity: 'warning', text: t('{0} is locked against changes.', accountName), action: unlock });
	} else if (!canRun) {
		notices.push({ severity: 'error', text: t('This can’t be done in {0}.', accountName) });
	}
	if (stoppedBy !== undefined) {
		const signIn = { id: 'signIn', label: t('Sign in again') } as const;
		const showLog = { id: 'showLog', label: t('Show log') } as const;
		const action = stoppedBy instanceof SignInNeeded ? signIn : showLog;
		notices.push({ severity: 'error', text: t('It stopped: {0}', failureText(stoppedBy)), action });
	}
	if (run.phase === 'preview' && run.rows.length > many) {
		const text = t('This can touch {0} things. Untick what it should leave alone.', numberText(run.rows.length));
		notices.push({ severity: 'warning', text });
	}
	return notices;
}

function resultOf(run: BulkRun): readonly ResultList[] {
	return outcomeLists(run).flatMap(({ kind, title, items }) =>
		kind === 'waiting' ? [] : [{ kind, title, items: items.map(({ label, detail }) => ({ label, detail })) }],
	);
}

function buttonsOf(facts: BulkFacts): readonly TableButton[] {
	switch (facts.run.phase) {
		case 'preview':
			return previewButtons(facts);
		case 'running':
			return [{ id: 'cancel', label: facts.run.isStopping ? t('Stop what is under way') : t('Cancel') }];
		case 'result':
			return resultButtons(facts);
	}
}

function previewButtons({ run, canRun }: BulkFacts): readonly TableButton[] {
	const ticked = run.rows.filter((row) => row.ticked).length;
	return [
		{ id: 'start', label: t('Start ({0})…', numberText(ticked)), primary: true, disabled: !canRun || ticked === 0 },
		{ id: 'dryRun', label: t('Dry run'), disabled: ticked === 0 },
		{ id: 'savePreview', label: t('Save as CSV…'), disabled: run.rows.length === 0 },
		{ id: 'close', label: t('Close') },
	];
}

/** Whatever is left to do comes first. */
function resultButtons({ run, canRun, canAsk }: BulkFacts): readonly TableButton[] {
	const { waiting, failed, unknown } = countsOf(run.rows);
	const disabled = !canRun;
	const left: readonly (TableButton | false)[] = [
		waiting > 0 && { id: 'goOn', label: t('Go on ({0})', numberText(waiting)), disabled },
		failed > 0 && { id: 'retry', label: t('Try the failed again ({0})', numberText(failed)), disabled },
		unknown > 0 &&
			canAsk && { id: 'settle', label: t('Ask what became of the others ({0})', numberText(unknown)), disabled },
		unknown > 0 &&
			!canAsk && { id: 'settle', label: t('Send the unknown again ({0})…', numberText(unknown)), disabled },
		{ id: 'saveReport', label: t('Save report…') },
		{ id: 'close', label: t('Close') },
	];
	const buttons = left.filter((button) => button !== false);
	return buttons.map((button, index) => (index === 0 ? { ...button, primary: true } : button));
}
