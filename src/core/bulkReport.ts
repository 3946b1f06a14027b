import { t } from '@vscode/l10n';
import Papa from 'papaparse';
import type { BulkColumn } from './bulk.ts';
import type { KeptJob } from './bulkJournal.ts';
import type { BulkState, SheetRow } from './bulkPacking.ts';

/** What became of a job over many things, to be kept: as a table and as a text. */

/** What a report is made of. */
export type Reported = Pick<KeptJob, 'title' | 'columns' | 'rows' | 'skipped'>;

/** One of the lists at the end. */
export interface OutcomeList {
	readonly kind: Exclude<BulkState, 'running'>;
	/** With the number, such as “Failed (2)”. */
	readonly title: string;
	readonly items: readonly { readonly label: string; readonly detail?: string; readonly row?: SheetRow }[];
}

/** What became of the rows, list by list; empty ones are left out. What was never gathered or unticked counts as skipped. */
export function outcomeLists({ rows, skipped }: Reported): readonly OutcomeList[] {
	const of = (...states: readonly BulkState[]): OutcomeList['items'] =>
		rows.filter(({ state }) => state && states.includes(state)).map((row) => ({ ...listed(row), row }));
	const unticked = rows.filter(({ state }) => !state).map((row) => ({ ...listed(row), detail: t('Unticked.'), row }));
	const left = skipped.map(({ label, reason }) => ({ label, detail: reason }));
	const lists = [
		{ kind: 'done', items: of('done') },
		{ kind: 'failed', items: of('failed') },
		{ kind: 'unknown', items: of('unknown') },
		{ kind: 'waiting', items: of('waiting', 'running') },
		{ kind: 'skipped', items: [...of('skipped'), ...unticked, ...left] },
	] as const;
	return lists
		.filter(({ items }) => items.length > 0)
		.map((list) => ({ ...list, title: t('{0} ({1})', listName(list.kind), figure(list.items.length)) }));
}

/** The lists as one table, a line for each thing; Excel opens it as it is, and takes no text in it for a formula. */
export function reportCsv(reported: Reported): string {
	const { columns } = reported;
	const lines = outcomeLists(reported).flatMap(({ kind, items }) =>
		items.map(({ label, detail, row }) => [listName(kind), label, ...cellsOf(columns, row), detail ?? '']),
	);
	return csv([[t('Result'), t('Name'), ...headsOf(reported), t('Remark')], ...lines]);
}

/** What would be done, a line for each row; `skipped` is left out. */
export function previewCsv(reported: Reported): string {
	const lines = reported.rows.map((row) => [
		row.ticked ? t('yes') : t('no'),
		row.row.label,
		...cellsOf(reported.columns, row),
		row.row.warning ?? '',
	]);
	return csv([[t('Ticked'), t('Name'), ...headsOf(reported), t('Remark')], ...lines]);
}

/** The lists as a text to be read. `now` stands at its head. */
export function reportText(reported: Reported, now: Date): string {
	const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' }).format(now);
	const lists = outcomeLists(reported).map(({ title, items }) =>
		[title, ...items.map(({ label, detail }) => `  ${oneLine([label, detail].filter(Boolean).join(' – '))}`)].join(
			'\n',
		),
	);
	return `${[`${reported.title}\n${time}`, ...lists].join('\n\n')}\n`;
}

/** What would be done, a line for each ticked row. */
export function dryRunLines({ columns, rows }: Reported): readonly string[] {
	return rows
		.filter(({ ticked }) => ticked)
		.map(({ row }) => {
			const cells = columns.flatMap(({ id, label }) => (row.cells[id] ? [t('{0}: {1}', label, row.cells[id])] : []));
			const choice = row.choice ? [t('{0}: {1}', row.choice.label, chosenLabel(row.choice))] : [];
			return oneLine([row.label, ...cells, ...choice, row.warning].filter(Boolean).join(' · '));
		});
}

export function listName(kind: OutcomeList['kind']): string {
	switch (kind) {
		case 'done':
			return t('Done');
		case 'failed':
			return t('Failed');
		case 'skipped':
			return t('Skipped');
		case 'unknown':
			return t('Outcome unknown');
		case 'waiting':
			return t('Not begun');
	}
}

function listed({ row, detail }: SheetRow): { readonly label: string; readonly detail?: string } {
	return { label: row.label, detail };
}

/** The columns, and what the choices of rows are called where there are any. */
function headsOf({ columns, rows }: Reported): readonly string[] {
	const choice = rows.find(({ row }) => row.choice)?.row.choice;
	return [...columns.map(({ label }) => label), choice?.label ?? t('Choice')];
}

function cellsOf(columns: readonly BulkColumn[], row: SheetRow | undefined): readonly string[] {
	const choice = row?.row.choice;
	return [...columns.map(({ id }) => row?.row.cells[id] ?? ''), choice ? chosenLabel(choice) : ''];
}

function chosenLabel({ choices, value }: NonNullable<SheetRow['row']['choice']>): string {
	return choices.find((one) => one.value === value)?.label ?? value;
}

/** The mark at its beginning tells Excel that it is UTF-8. */
function csv(lines: readonly (readonly string[])[]): string {
	const text = Papa.unparse(
		lines.map((line) => [...line]),
		{ escapeFormulae: true, newline: '\r\n' },
	);
	return `\uFEFF${text}\r\n`;
}

function oneLine(text: string): string {
	return text.replaceAll(/\s*\n\s*/g, ' ');
}

function figure(number: number): string {
	return new Intl.NumberFormat().format(number);
}
