import { t } from '@vscode/l10n';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../look/icon.ts';
import { cardTemplate } from './cardTemplate.ts';
import type { Desk } from './desk.ts';
import { dragsCard, dragsLane, takesDrops } from './dragging.ts';
import { createButton, failureNotice, type LaneDrawing, laneName, moreButton } from './laneParts.ts';
import { type Range, rangeSeen, scrolledTo } from './windowing.ts';

const spareCards = 4;
/** How many cards a lane that comes near draws in a frame, so that no frame is long. */
const cardsInFrame = 3;

/** A column with its list. Draws the cards that are seen, and the one the keyboard is on. */
export class LaneElement extends LitElement {
	static override properties = { drawing: { attribute: false, hasChanged: differs } };
	declare drawing: LaneDrawing;
	declare desk: Desk;

	#top = 0;
	#height = window.innerHeight;
	#frame = 0;
	#most = Infinity;
	#drawn: Range = { first: 0, end: 0 };
	readonly #draggable = new Map<Element, () => void>();
	#stop: (() => void) | undefined;
	readonly #sizes = new ResizeObserver(() => this.#measure());

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	/** Pixels that the list is scrolled down. */
	get top(): number {
		return this.#top;
	}

	get list(): HTMLElement | null {
		return this.querySelector('.list');
	}

	/** How many cards are seen at once. */
	get cardsSeen(): number {
		return Math.max(1, Math.floor(this.#height / this.drawing.metrics.stride));
	}

	scrollToTop(top: number): void {
		if (this.list) this.list.scrollTop = top;
		this.#look();
		this.requestUpdate();
	}

	/** Scrolls as little as is needed to see this many cards down, and `extra` pixels around it. */
	reveal(index: number, extra = 0): void {
		const { stride, card } = this.drawing.metrics;
		const stretch = { from: Math.max(0, index * stride - extra), size: card + 2 * extra };
		const top = scrolledTo(stretch, this.#top, this.#height);
		if (top !== this.#top) this.scrollToTop(top);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#stop?.();
		this.#stop = undefined;
		this.#sizes.disconnect();
		this.#dropDraggables(() => true);
	}

	protected override willUpdate(changed: Map<PropertyKey, LaneDrawing | undefined>): void {
		if (this.drawing.near && changed.get('drawing')?.near === false) this.#most = cardsInFrame;
	}

	protected override firstUpdated(): void {
		if (this.list) this.#sizes.observe(this.list);
		this.#stop = takesDrops(this, this.desk);
	}

	protected override updated(_changed: PropertyValues): void {
		if (this.drawing.near && this.#most < this.#drawn.end - this.#drawn.first) this.#drawMore();
		this.#dropDraggables((element) => !element.isConnected);
		for (const element of this.querySelector('.space')?.children ?? []) {
			if (element instanceof HTMLElement && element.dataset['card'] && !this.#draggable.has(element))
				this.#draggable.set(element, dragsCard(element, this.desk));
		}
		const handle = this.querySelector<HTMLElement>('.handle');
		if (handle && !this.#draggable.has(handle)) this.#draggable.set(handle, dragsLane(handle, this, this.desk));
	}

	protected override render(): TemplateResult {
		const { lane, gap, edge, isLifted } = this.drawing;
		const marks = [gap === 'whole' && 'target', edge && `edge-${edge}`, isLifted && 'lifted'].filter(Boolean);
		return html`<section
			class="lane ${marks.join(' ')}"
			aria-label=${lane.name}
			data-vscode-context='{"webviewSection":"lane","preventDefaultContextMenuItems":true}'
		>
			<header>
				<h2>${laneName(this.drawing)}</h2>
				<span class="count quiet">${lane.count}</span>
				${lane.loading ? html`<span class="fact quiet">${icon('loading')} ${t('Loading…')}</span>` : nothing}
				<span class="grow"></span>
				${lane.canCreate ? createButton(this.drawing, this.desk) : nothing}
			</header>
			${lane.note ? html`<p class="note quiet">${lane.note}</p>` : nothing}
			${failureNotice(this.drawing, this.desk)} ${this.#list()}
			${lane.hasMore ? moreButton(this.drawing, this.desk) : nothing}
		</section>`;
	}

	#list(): TemplateResult {
		const { lane, metrics, current, card, selected, lifted, gap } = this.drawing;
		const count = lane.cards.length;
		const shown = this.#indices();
		return html`<div
			class="list"
			role="listbox"
			aria-multiselectable="true"
			aria-label=${t('{0}, {1}', lane.name, lane.count)}
			aria-describedby="keys-card"
			tabindex=${current && count === 0 ? 0 : -1}
			@scroll=${() => this.#scrolled()}
		>
			<div class="space" role="presentation" .style=${`--height: ${count * metrics.stride}px`}>
				${repeat(
					shown,
					(index) => lane.cards[index]?.id,
					(index) => {
						const view = lane.cards[index];
						if (!view) return nothing;
						return cardTemplate(view, metrics.shows, {
							index,
							count: lane.hasMore ? -1 : count,
							top: index * metrics.stride,
							selected: selected.has(view.id),
							lifted: lifted.has(view.id),
							reachable: view.id === card,
						});
					},
				)}
				${typeof gap === 'number' ? html`<div class="mark" .style=${`top: ${gap * metrics.stride - 2}px`}></div>` : nothing}
			</div>
		</div>`;
	}

	/** Of which cards there are elements: those seen, and the one that the keyboard or the mouse holds. */
	#indices(): readonly number[] {
		const { lane, metrics, near, card } = this.drawing;
		this.#drawn = this.#range();
		const { first } = this.#drawn;
		const end = near ? Math.min(this.#drawn.end, first + this.#most) : first;
		const current = card === undefined ? -1 : lane.cards.findIndex(({ id }) => id === card);
		const others = current >= 0 && (current < first || current >= end) ? [current] : [];
		const seen = Array.from({ length: end - first }, (_, at) => first + at);
		return metrics.stride > 0 ? [...seen, ...others].sort((a, b) => a - b) : [];
	}

	#drawMore(): void {
		requestAnimationFrame(() => {
			this.#most += cardsInFrame;
			this.requestUpdate();
		});
	}

	#range(): Range {
		const { lane, metrics } = this.drawing;
		return rangeSeen(lane.cards.length, metrics.stride, { from: this.#top, size: this.#height }, spareCards);
	}

	/** All lists are looked at before any draws: a look after a change would have the browser lay out once more for each. */
	#scrolled(): void {
		if (!this.#look() || this.#frame) return;
		this.#frame = requestAnimationFrame(() => {
			this.#frame = 0;
			this.requestUpdate();
		});
	}

	/** Looks how far the list is scrolled; true where other cards are seen than are drawn. */
	#look(): boolean {
		this.#top = this.list?.scrollTop ?? 0;
		this.dispatchEvent(new CustomEvent('kept', { bubbles: true }));
		const { first, end } = this.#range();
		return first !== this.#drawn.first || end !== this.#drawn.end;
	}

	#measure(): void {
		this.#height = this.list?.clientHeight ?? this.#height;
		this.#scrolled();
	}

	#dropDraggables(which: (element: Element) => boolean): void {
		for (const [element, stop] of this.#draggable) {
			if (!which(element)) continue;
			stop();
			this.#draggable.delete(element);
		}
	}
}

/** Drawings are made anew for every change of the board; most lanes have the same as before. */
function differs(next: LaneDrawing, last: LaneDrawing | undefined): boolean {
	return !last || (Object.keys({ ...next, ...last }) as (keyof LaneDrawing)[]).some((key) => next[key] !== last[key]);
}
