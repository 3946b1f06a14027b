import type { RowState, TableButton, TableRow, TableView } from '../../src/pages/tableProtocol.ts';

const teams = ['Harbour', 'Quay', 'Crane', 'Dredger', 'Tide'];

export const owners = Array.from({ length: 12 }, (_, at) => ({ value: `p${at}`, label: `Person ${at}` }));

/** The preview of a job with so many rows, always the same for the same number. */
export function tableOf(count: number, of: Partial<TableView> = {}): TableView {
	return {
		title: 'Remove inactive people',
		place: 'Harbour renewal · Demo account',
		phase: 'preview',
		status: `${count} people would be removed.`,
		columns: [
			{ id: 'name', label: 'Name' },
			{ id: 'team', label: 'Team' },
			{ id: 'days', label: 'Days away', isNumber: true },
		],
		rows: Array.from({ length: count }, (_, at) => rowOf(at)),
		leftOut: [],
		notices: [],
		buttons: previewButtons,
		...of,
	};
}

export function rowOf(at: number, of: Partial<TableRow> = {}): TableRow {
	const name = `Ann Chandler ${at}`;
	return {
		key: `row-${at}`,
		label: name,
		cells: { name, team: teams[at % teams.length] ?? '', days: new Intl.NumberFormat('en').format((at * 797) % 3001) },
		ticked: true,
		...of,
	};
}

/** A person who owns things that somebody has to take over. */
export function ownerOf(at: number, of: Partial<TableRow> = {}): TableRow {
	return rowOf(at, {
		warning: 'Owns three workspaces, which somebody else has to take over before anything can be removed.',
		choice: { label: 'New owner', choices: owners, value: 'p0' },
		...of,
	});
}

export const previewButtons: readonly TableButton[] = [
	{ id: 'dryRun', label: 'Dry Run' },
	{ id: 'start', label: 'Start…', primary: true },
	{ id: 'savePreview', label: 'Save as CSV' },
];

export const states: Readonly<Record<RowState['kind'], RowState>> = {
	waiting: { kind: 'waiting', label: 'waiting' },
	running: { kind: 'running', label: 'running' },
	done: { kind: 'done', label: 'done', detail: 'removed' },
	failed: { kind: 'failed', label: 'failed', detail: 'The server had a problem.' },
	skipped: { kind: 'skipped', label: 'skipped', detail: 'Is gone already.' },
	unknown: { kind: 'unknown', label: 'unknown', detail: 'The answer was lost.' },
};

/** The same while it runs. */
export function runningOf(count: number, of: Partial<TableView> = {}): TableView {
	const rows = Array.from({ length: count }, (_, at) => rowOf(at, { state: states.waiting }));
	return tableOf(count, {
		phase: 'running',
		status: `0 of ${count} done.`,
		rows,
		progress: { settled: 0, total: count },
		buttons: [{ id: 'cancel', label: 'Cancel' }],
		...of,
	});
}

/** And at its end: one row for each way it may go, in turns. */
export function resultOf(count: number, of: Partial<TableView> = {}): TableView {
	const kinds = ['done', 'failed', 'skipped', 'unknown'] as const;
	const titles = { done: 'Done', failed: 'Failed', skipped: 'Skipped', unknown: 'Nobody knows' };
	const rows = Array.from({ length: count }, (_, at) => rowOf(at, { state: states[kinds[at % 4] ?? 'done'] }));
	const result = kinds.map((kind) => {
		const items = rows.filter(({ state }) => state?.kind === kind);
		return {
			kind,
			title: `${titles[kind]} (${items.length})`,
			items: items.map(({ label, state }) => ({ label, detail: state?.detail })),
		};
	});
	return tableOf(count, {
		phase: 'result',
		status: 'Finished: some failed.',
		rows,
		result,
		buttons: [
			{ id: 'retry', label: 'Retry Failed', primary: true },
			{ id: 'saveReport', label: 'Save Report' },
		],
		...of,
	});
}
