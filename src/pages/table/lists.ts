import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { icon } from '../look/icon.ts';
import type { ResultList, TableView } from '../tableProtocol.ts';
import { sign, stateIcons } from './cells.ts';
import type { Desk } from './desk.ts';
import { numberText } from './words.ts';

/**
 * The lists around the table. Their lines may be of any height, so they all stand in the page; the browser lays out and paints
 * those alone that are seen (`content-visibility`).
 */

type Item = ResultList['items'][number];

/** Done, failed, skipped, and what became of nobody knows. What was done is folded up: it needs no one. */
export function drawResult({ result }: TableView, desk: Desk): TemplateResult | typeof nothing {
	if (!result || result.length === 0) return nothing;
	return html`<div class="results">
		${result.map(({ kind, title, items }) =>
			fold(desk, {
				id: kind,
				open: kind !== 'done' || result.length === 1,
				summary: html`${sign(stateIcons[kind], kind)}<h2>${title}</h2>`,
				items,
			}),
		)}
	</div>`;
}

export function drawLeftOut({ leftOut }: TableView, desk: Desk): TemplateResult | typeof nothing {
	if (leftOut.length === 0) return nothing;
	const items = leftOut.map(({ label, reason }) => ({ label, detail: reason }));
	const count = numberText(leftOut.length);
	return fold(desk, {
		id: 'leftOut',
		open: false,
		summary: html`<h2>${leftOut.length === 1 ? t('One left out') : t('{0} left out', count)}</h2>`,
		items,
		source: leftOut,
	});
}

/** What a dry run has found, until something else is done. */
export function drawDryRun(desk: Desk): TemplateResult | typeof nothing {
	const { dryRun } = desk.state;
	if (!dryRun) return nothing;
	const close = () => {
		desk.state.dryRun = undefined;
		desk.draw('focus');
	};
	return html`<section class="dry-run" aria-labelledby="dry-run">
		<header>
			<h2 id="dry-run">${dryRun.title}</h2>
			<button class="plain" type="button" title=${t('Close')} aria-label=${t('Close')} @click=${close}>${icon('close')}</button>
		</header>
		<ul class="long" tabindex="0" aria-labelledby="dry-run">
			${guard([dryRun.lines], () => dryRun.lines.map((line) => html`<li>${line}</li>`))}
		</ul>
	</section>`;
}

export function drawKeys(desk: Desk): TemplateResult {
	return html`<details class="keys" ?open=${desk.state.folds['keys'] ?? false} @toggle=${(event: Event) => remember(desk, 'keys', event)}>
			<summary>${t('Keys')}</summary>
			<dl>
				${keys().map(([key, does]) => html`<div><dt>${key}</dt><dd>${does}</dd></div>`)}
			</dl>
		</details>
		<span hidden id="keys-grid"
			>${t('Arrow keys go from cell to cell, Space ticks the row, Shift+Space all rows from the one ticked last.')}</span
		>`;
}

function keys(): readonly (readonly [key: string, does: string])[] {
	return [
		[t('Arrow keys'), t('Go from cell to cell; up from the first row to the heads, where Enter sorts')],
		[t('Home, End, Page Up, Page Down'), t('Go further; with Ctrl to the first and the last row')],
		[t('Space'), t('Ticks the row or takes its tick away')],
		[t('Shift+Space, Shift+Click'), t('Does the same for all rows from the one ticked last')],
		[t('Shift+Up, Shift+Down'), t('Gives the next row the same tick')],
		[t('Ctrl+A'), t('Ticks all rows that are shown')],
		[t('Enter or F2 on a choice'), t('Opens it; Escape goes back to the table')],
		[t('Enter'), t('Presses the main button')],
	];
}

interface Fold {
	readonly id: string;
	/** Whether it begins open. */
	readonly open: boolean;
	readonly summary: TemplateResult;
	readonly items: readonly Item[];
	/** As long as this is the same, so are the items. */
	readonly source?: unknown;
}

function fold(desk: Desk, { id, open, summary, items, source = items }: Fold): TemplateResult {
	const isOpen = desk.state.folds[id] ?? open;
	return html`<details data-fold=${id} ?open=${isOpen} @toggle=${(event: Event) => remember(desk, id, event)}>
		<summary>${summary}</summary>
		${guard([source, isOpen], () => (isOpen ? html`<ul class="long">${items.map(line)}</ul>` : nothing))}
	</details>`;
}

function line({ label, detail }: Item): TemplateResult {
	return html`<li><span>${label}</span>${detail === undefined ? nothing : html` <span class="quiet">${detail}</span>`}</li>`;
}

function remember(desk: Desk, id: string, { target }: Event): void {
	const { open } = target as HTMLDetailsElement;
	if (desk.state.folds[id] === open) return;
	desk.state.folds = { ...desk.state.folds, [id]: open };
	desk.draw();
}
