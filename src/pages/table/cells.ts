import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '../look/icon.ts';
import type { RowState, TableRow } from '../tableProtocol.ts';
import { chosenLabel, type GridColumn } from './columns.ts';
import type { Desk } from './desk.ts';
import { choose } from './ticking.ts';

interface Cell {
	readonly row: TableRow;
	/** Among the rows that are shown. */
	readonly place: number;
	readonly column: GridColumn;
	/** Among the columns. */
	readonly at: number;
}

/** More choices than this are drawn only in the row that the keyboard or the mouse is on. */
const fewChoices = 10;

export function drawCell(desk: Desk, cell: Cell): TemplateResult {
	const { row, column, at } = cell;
	if (column.kind === 'tick') return tickCell(desk, cell);
	if (column.kind === 'choice' && row.choice && desk.state.canTick) return choiceCell(desk, cell);
	const text = column.text(row);
	// The first column that the job names tells which row it is.
	if (at === 1) {
		return html`<th
			scope="row"
			role="rowheader"
			class=${classOf(column)}
			data-spot
			data-column=${column.id}
			aria-colindex=${at + 1}
			tabindex=${tabindex(desk, cell)}
			title=${text}
		>${text}</th>`;
	}
	return html`<td
		role="gridcell"
		class=${classOf(column)}
		id=${column.kind === 'warning' ? warningId(cell) : nothing}
		data-spot
		data-column=${column.id}
		aria-colindex=${at + 1}
		tabindex=${tabindex(desk, cell)}
		title=${text}
	>${signOf(cell)}${text}</td>`;
}

function tickCell(desk: Desk, cell: Cell): TemplateResult {
	const { row, column } = cell;
	return html`<td role="gridcell" class="tick" data-column=${column.id} aria-colindex="1">
		<input
			type="checkbox"
			data-spot
			tabindex=${tabindex(desk, cell)}
			aria-label=${row.label}
			aria-describedby=${row.warning === undefined ? nothing : warningId(cell)}
			.checked=${live(row.ticked)}
		/>
	</td>`;
}

function choiceCell(desk: Desk, cell: Cell): TemplateResult {
	const { row, column, at } = cell;
	const { choice } = row;
	const chosen = chosenLabel(row);
	const draw = () => {
		desk.state.spot = { row: row.key, column: column.id };
		desk.draw();
	};
	const isNear = desk.state.spot.row === row.key || (choice?.choices.length ?? 0) <= fewChoices;
	const offered = choice?.choices.filter(({ value }) => isNear || value === choice.value) ?? [];
	return html`<td
		role="gridcell"
		class="choice"
		data-spot
		data-column=${column.id}
		aria-colindex=${at + 1}
		tabindex=${tabindex(desk, cell)}
		aria-label=${t('{0}, Enter to change', chosen || t('Nothing chosen'))}
	>
		<select
			tabindex="-1"
			aria-label=${t('{0} for {1}', choice?.label ?? '', row.label)}
			title=${chosen}
			@pointerdown=${draw}
			@focus=${draw}
			@change=${({ target }: Event) => choose(desk, row.key, (target as HTMLSelectElement).value)}
		>
			${offered.some(({ value }) => value === choice?.value) ? nothing : html`<option value="" .selected=${live(true)}>${chosen}</option>`}
			${offered.map(
				({ value, label, detail }) =>
					html`<option value=${value} .selected=${live(value === choice?.value)}>${detail ? `${label} – ${detail}` : label}</option>`,
			)}
		</select>
	</td>`;
}

/** What the state of a row looks like; the words beside it say the same. */
export const stateIcons: Readonly<Record<RowState['kind'], string>> = {
	waiting: 'circle-large',
	running: 'sync',
	done: 'pass',
	failed: 'error',
	skipped: 'circle-slash',
	unknown: 'question',
};

function signOf({ row, column }: Cell): TemplateResult | typeof nothing {
	if (column.kind === 'warning' && row.warning !== undefined) return sign('warning', 'warning');
	return column.kind === 'state' && row.state ? sign(stateIcons[row.state.kind], row.state.kind) : nothing;
}

export function sign(picture: string, kind: string): TemplateResult {
	return html`<span class="sign ${kind}">${icon(picture)}</span> `;
}

function classOf({ kind, isNumber }: GridColumn): string {
	return isNumber ? 'number' : kind;
}

function warningId({ place }: Cell): string {
	return `warning-${place}`;
}

function tabindex({ state: { spot } }: Desk, { row, column }: Cell): number {
	return spot.row === row.key && spot.column === column.id ? 0 : -1;
}
