import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '../look/icon.ts';
import type { GridColumn } from './columns.ts';
import type { Desk } from './desk.ts';
import { sortBy, turnShown } from './ticking.ts';
import { numberText } from './words.ts';

/** The heads of the columns: each sorts, and the one above the ticks ticks all that is shown. */
export function drawHead(desk: Desk): TemplateResult {
	const { columns } = desk.state;
	return html`<thead>
		<tr aria-rowindex="1">
			${columns.map((column, at) => (column.kind === 'tick' ? tickHead(desk, column, at) : sortHead(desk, column, at)))}
		</tr>
	</thead>`;
}

function tickHead(desk: Desk, { id }: GridColumn, at: number): TemplateResult {
	const { state } = desk;
	const { shown } = state;
	const ticked = shown.filter((row) => row.ticked).length;
	const label =
		state.count === state.total
			? t('Tick all {0} rows', numberText(state.total))
			: t('Tick all {0} rows that match the filter', numberText(state.count));
	return html`<th scope="col" role="columnheader" data-column=${id} aria-colindex=${at + 1} class="tick">
		<input
			type="checkbox"
			data-spot
			tabindex=${isSpot(desk, id) ? 0 : -1}
			title=${label}
			aria-label=${label}
			.checked=${live(ticked > 0 && ticked === shown.length)}
			.indeterminate=${live(ticked > 0 && ticked < shown.length)}
			@click=${(event: Event) => {
				event.stopPropagation();
				turnShown(desk);
			}}
		/>
	</th>`;
}

function sortHead(desk: Desk, { id, label, isNumber }: GridColumn, at: number): TemplateResult {
	const { sorting } = desk.state;
	const order = sorting?.column !== id ? 'none' : sorting.descending ? 'descending' : 'ascending';
	return html`<th
		scope="col"
		role="columnheader"
		data-column=${id}
		aria-colindex=${at + 1}
		aria-sort=${order}
		class=${isNumber ? 'number' : ''}
	>
		<button
			class="sort"
			type="button"
			data-spot
			tabindex=${isSpot(desk, id) ? 0 : -1}
			title=${t('Sort by {0}', label)}
			@click=${() => sortBy(desk, id, label)}
		>
			<span class="clip">${label}</span>${order === 'none' ? nothing : icon(order === 'ascending' ? 'arrow-up' : 'arrow-down')}
		</button>
	</th>`;
}

function isSpot({ state: { spot } }: Desk, column: string): boolean {
	return spot.row === undefined && spot.column === column;
}
