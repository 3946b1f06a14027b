import { t } from '@vscode/l10n';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { rangeSeen, scrolledTo } from '../board/windowing.ts';
import { drawCell } from './cells.ts';
import type { Desk } from './desk.ts';
import { pressed } from './gridKeys.ts';
import { drawHead } from './head.ts';
import type { Spot } from './kept.ts';
import { turn } from './ticking.ts';

const spareRows = 6;

/** The table. Draws the rows that are seen, and the one that the keyboard is on. */
export class GridElement extends LitElement {
	static override properties = { version: { attribute: false }, row: { attribute: false } };
	/** Another with every change that is to be drawn. */
	declare version: number;
	/** Height of a row, in pixels. */
	declare row: number;
	declare desk: Desk;
	#top = 0;
	#height = window.innerHeight;
	#frame = 0;
	#hadFocus = false;
	readonly #sizes = new ResizeObserver(() => this.#measure());

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	get scroller(): HTMLElement | null {
		return this.querySelector('.scroller');
	}

	get rowsSeen(): number {
		return Math.max(1, Math.floor(this.#height / this.row) - 2);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#sizes.disconnect();
	}

	scrollToPlace(top: number, left: number): void {
		this.scroller?.scrollTo({ top, left });
		this.#look();
	}

	/** Scrolls to the cell that the keyboard is to be on, and goes there. */
	async focusSpot(): Promise<void> {
		const { state } = this.desk;
		const place = state.position(state.spot.row);
		// The head stays above and covers one row.
		const size = this.#height - this.row;
		if (place >= 0) this.#scrollTo(scrolledTo({ from: place * this.row, size: this.row }, this.#top, size));
		this.requestUpdate();
		await this.updateComplete;
		this.#focus();
		this.querySelector(':focus')?.closest('td, th')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
	}

	protected override firstUpdated(): void {
		if (this.scroller) this.#sizes.observe(this.scroller);
	}

	protected override willUpdate(): void {
		this.#hadFocus = this.contains(document.activeElement);
	}

	/** Rows that change places or lose their boxes let go of the keyboard: it is given back. */
	protected override updated(): void {
		if (this.#hadFocus && !this.contains(document.activeElement)) this.#focus();
	}

	protected override render(): TemplateResult {
		const { state } = this.desk;
		const { columns, count } = state;
		const width = columns.reduce((sum, column) => sum + column.width, 0);
		return html`<div class="scroller" @scroll=${() => this.#scrolled()}>
			<table
				role="grid"
				aria-label=${state.view?.title ?? nothing}
				aria-describedby="keys-grid"
				aria-rowcount=${count + 1}
				aria-colcount=${columns.length}
				.style=${`--row: ${this.row}px; --width: ${width}ch`}
				@focusin=${(event: FocusEvent) => this.#entered(event)}
				@keydown=${(event: KeyboardEvent) => this.#key(event)}
				@mousedown=${(event: MouseEvent) => this.#mouse(event)}
				@click=${(event: MouseEvent) => this.#clicked(event)}
			>
				<colgroup>
					${columns.map((column) => html`<col .style=${`width: ${column.width}ch`} />`)}
				</colgroup>
				${drawHead(this.desk)} ${this.#body()}
			</table>
			${count === 0 ? html`<p class="none quiet">${this.#whyEmpty()}</p>` : nothing}
		</div>`;
	}

	#body(): TemplateResult {
		return html`<tbody>
			${repeat(
				this.#pieces(),
				(piece) => ('row' in piece ? `row ${piece.row.key}` : `gap ${piece.after}`),
				(piece) => {
					if ('rows' in piece) {
						return html`<tr class="gap" aria-hidden="true" .style=${`height: ${piece.rows * this.row}px`}></tr>`;
					}
					const { row, place } = piece;
					return html`<tr data-row=${row.key} aria-rowindex=${place + 2}>
						${this.desk.state.columns.map((column, at) => drawCell(this.desk, { row, place, column, at }))}
					</tr>`;
				},
			)}
		</tbody>`;
	}

	/** The rows that are drawn, and the room that those between them take. */
	#pieces(): readonly Piece[] {
		const { state } = this.desk;
		const { first, end } = this.#range();
		const current = state.position(state.spot.row);
		const seen = Array.from({ length: end - first }, (_, at) => first + at);
		const apart = current >= 0 && (current < first || current >= end);
		const places = apart ? [...seen, current].sort((a, b) => a - b) : seen;
		const pieces = [...places, state.count].flatMap((place, at): readonly Piece[] => {
			const after = places[at - 1] ?? -1;
			const row = state.at(place);
			const gap = place - after - 1;
			return [...(gap > 0 ? [{ rows: gap, after }] : []), ...(row ? [{ row, place }] : [])];
		});
		return pieces;
	}

	#range(): { readonly first: number; readonly end: number } {
		return rangeSeen(this.desk.state.count, this.row, { from: this.#top, size: this.#height }, spareRows);
	}

	#whyEmpty(): string {
		const { state } = this.desk;
		return state.total === 0 ? t('There is nothing to do.') : t('No row matches “{0}”.', state.filter);
	}

	#key(event: KeyboardEvent): void {
		const spot = spotOf(event.target);
		if (spot && pressed(this.desk, spot, event)) event.preventDefault();
	}

	/** Text is not marked on the way where a range of rows is ticked. */
	#mouse(event: MouseEvent): void {
		const { target, shiftKey } = event;
		if (shiftKey && target instanceof Element && target.closest('td')) event.preventDefault();
	}

	/** The whole cell of a tick counts, and with Shift the whole row. */
	#clicked(event: MouseEvent): void {
		const spot = spotOf(event.target);
		if (!spot?.row || !(event.target instanceof Element) || event.target.matches('select, option')) return;
		if (!this.desk.state.canTick || (spot.column !== 'tick' && !event.shiftKey)) return;
		this.desk.state.spot = spot;
		turn(this.desk, spot.row, event.shiftKey);
		this.desk.draw('focus');
	}

	#entered({ target }: FocusEvent): void {
		const spot = spotOf(target);
		const { state } = this.desk;
		if (!spot || (spot.row === state.spot.row && spot.column === state.spot.column)) return;
		state.spot = spot;
		this.desk.draw();
	}

	#focus(): void {
		this.querySelector<HTMLElement>('[data-spot][tabindex="0"]')?.focus({ preventScroll: true });
	}

	#scrollTo(top: number): void {
		if (top === this.#top) return;
		if (this.scroller) this.scroller.scrollTop = top;
		this.#look();
	}

	#scrolled(): void {
		const { first, end } = this.#range();
		this.#look();
		const { first: nextFirst, end: nextEnd } = this.#range();
		this.dispatchEvent(new CustomEvent('kept'));
		if (this.#frame || (first === nextFirst && end === nextEnd)) return;
		this.#frame = requestAnimationFrame(() => {
			this.#frame = 0;
			this.requestUpdate();
		});
	}

	#look(): void {
		this.#top = this.scroller?.scrollTop ?? 0;
	}

	#measure(): void {
		this.#height = this.scroller?.clientHeight ?? this.#height;
		this.requestUpdate();
	}
}

type Piece =
	| { readonly row: NonNullable<ReturnType<Desk['state']['at']>>; readonly place: number }
	| { readonly rows: number; readonly after: number };

/** The cell that something stands in. */
function spotOf(target: EventTarget | null): Spot | undefined {
	if (!(target instanceof Element)) return undefined;
	const column = target.closest<HTMLElement>('[data-column]')?.dataset['column'];
	const row = target.closest<HTMLElement>('[data-row]')?.dataset['row'];
	return column === undefined ? undefined : { column, ...(row !== undefined && { row }) };
}
