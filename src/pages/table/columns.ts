import { t } from '@vscode/l10n';
import type { TableRow, TableView } from '../tableProtocol.ts';

/** A column as it is drawn: those the job names, and what the page puts around them. */
export interface GridColumn {
	readonly id: string;
	readonly kind: 'tick' | 'state' | 'cell' | 'choice' | 'warning';
	readonly label: string;
	readonly isNumber?: boolean;
	/** In characters. */
	readonly width: number;
	/** What a row says there. */
	readonly text: (row: TableRow) => string;
}

const narrowest = 8;
const widest = 44;
/** Room for a sign, a chevron or the mark of the sorted column, in characters. */
const extra = 4;

export function columnsOf({ columns, phase, rows }: TableView): readonly GridColumn[] {
	const cells = columns.map(({ id, label, isNumber }) => {
		const text = (row: TableRow) => row.cells[id] ?? '';
		return sized({ id: `cell ${id}`, kind: 'cell', label, isNumber, text }, rows);
	});
	const choice = rows.some((row) => row.choice) ? [sized(choiceColumn(rows), rows)] : [];
	const warning = rows.some((row) => row.warning !== undefined) ? [sized(warningColumn(), rows)] : [];
	return [phase === 'preview' ? tickColumn() : { ...stateColumn(), width: 28 }, ...cells, ...choice, ...warning];
}

/** What is chosen for a row, in words. */
export function chosenLabel({ choice }: TableRow): string {
	return choice?.choices.find(({ value }) => value === choice.value)?.label ?? choice?.value ?? '';
}

type Unsized = Omit<GridColumn, 'width'>;

function tickColumn(): GridColumn {
	return { id: 'tick', kind: 'tick', label: t('Ticked'), width: 5, text: () => '' };
}

function stateColumn(): Unsized {
	const text = ({ state, ticked }: TableRow) => {
		if (!state) return ticked ? '' : t('not ticked');
		return state.detail ? t('{0}: {1}', state.label, state.detail) : state.label;
	};
	return { id: 'state', kind: 'state', label: t('State'), text };
}

/** The choice of all rows has one name, or else a general one. */
function choiceColumn(rows: readonly TableRow[]): Unsized {
	const [label, ...others] = new Set(rows.flatMap(({ choice }) => choice?.label ?? []));
	return { id: 'choice', kind: 'choice', label: label && others.length === 0 ? label : t('Choice'), text: chosenLabel };
}

function warningColumn(): Unsized {
	return { id: 'warning', kind: 'warning', label: t('Warning'), text: ({ warning }) => warning ?? '' };
}

function sized(column: Unsized, rows: readonly TableRow[]): GridColumn {
	const longest = rows.reduce((most, row) => Math.max(most, column.text(row).length), column.label.length);
	return { ...column, width: Math.max(narrowest, Math.min(widest, longest)) + extra };
}
