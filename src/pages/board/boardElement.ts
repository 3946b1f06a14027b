import { t } from '@vscode/l10n';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Editor } from '../editor.ts';
import { icon } from '../look/icon.ts';
import { noticeLines } from '../look/notices.ts';
import type { BoardView, FromBoardPage, LaneView, ToBoardPage } from '../protocol.ts';
import type { Desk } from './desk.ts';
import { followDrags } from './dragging.ts';
import { drawingsOf } from './drawings.ts';
import { type Kept, keptOf } from './kept.ts';
import { pressed } from './keyboard.ts';
import { keysHelp } from './keysHelp.ts';
import { putBackAll } from './lifting.ts';
import { lineHeightIn, type Metrics, metricsFor } from './metrics.ts';
import { Pointing } from './pointing.ts';
import { laneOf } from './roving.ts';
import { BoardState } from './state.ts';
import { isSpot, Viewport } from './viewport.ts';

/** How long after the last change it is kept where the person is; milliseconds. */
const keepingPause = 200;

/** The whole page of a board: bars above, lanes side by side, and what is read out. */
export class BoardElement extends LitElement {
	readonly #editor: Editor<ToBoardPage, FromBoardPage>;
	readonly #state = new BoardState();
	readonly #viewport = new Viewport(this, this.#state);
	readonly #desk: Desk = this.#makeDesk();
	readonly #pointing = new Pointing(this.#desk, () => this.#left());
	/** As it was when the page was last left. */
	readonly #kept: Kept;
	#line = 0;
	#metrics = metricsFor(0, []);
	#measuredFor: readonly LaneView[] | undefined;
	#said = '';
	#failure: string | undefined;
	#keysShown = false;
	#keeping = 0;
	#prepared: HTMLElement | undefined;

	constructor(editor: Editor<ToBoardPage, FromBoardPage>) {
		super();
		this.#editor = editor;
		this.#kept = keptOf(editor.kept);
		this.#state.spot = this.#kept.spot;
		editor.listen((message) => this.#hear(message));
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override firstUpdated(): void {
		const probe = this.querySelector<HTMLElement>('.probe');
		if (!probe) return;
		this.#measure(probe);
		new ResizeObserver(() => this.#measure(probe)).observe(probe);
		window.addEventListener('resize', () => this.#scrolled());
		this.#desk.tell({ type: 'ready' });
	}

	protected override render(): TemplateResult {
		const { view } = this.#state;
		return html`<span class="probe" aria-hidden="true">Åg</span>
			<main>
				${view && this.#line > 0 ? this.#page(view) : nothing}
				<div class="unseen" role="status" aria-live="polite">${this.#said}</div>
				${this.#failure ? this.#failureLine(this.#failure) : nothing}
			</main>`;
	}

	protected override updated(): void {
		const { scroller } = this.#viewport;
		if (!scroller || scroller === this.#prepared) return;
		this.#prepared = scroller;
		followDrags(this.#desk, scroller);
		void this.#restore();
	}

	#makeDesk(): Desk {
		const viewport = this.#viewport;
		return {
			state: this.#state,
			tell: (message) => this.#editor.tell(message),
			say: (text) => this.#say(text),
			draw: (focus) => this.#draw(focus),
			showPlace: () => viewport.revealPlace(this.#metrics),
			get cardsSeen() {
				return viewport.laneElement(this.state.spot?.lane)?.cardsSeen ?? 1;
			},
			toggleKeys: () => {
				this.#keysShown = !this.#keysShown;
				this.requestUpdate();
			},
		};
	}

	#page(view: BoardView): TemplateResult {
		const { tell, toggleKeys } = this.#desk;
		return html`<header class="head">
				<h1 class="clip">${view.title}</h1>
				<span class="quiet clip">${view.place}</span>
				${view.archived ? html`<span class="badge">${t('Archived')}</span>` : nothing}
			</header>
			<boardwalk-toolbar .desk=${this.#desk} .view=${view} .keysShown=${this.#keysShown}></boardwalk-toolbar>
			${noticeLines(view.notices, (id) => tell({ type: 'notice', id }))} ${keysHelp(this.#keysShown, toggleKeys)}
			${this.#lanes()}`;
	}

	#lanes(): TemplateResult {
		const pointing = this.#pointing;
		const metrics = this.#measured();
		const drawings = drawingsOf(this.#state, metrics, this.#viewport.near(metrics));
		return html`<div
			class="lanes"
			.style=${`--line: ${metrics.line}px; --card: ${metrics.card}px; --lane: ${metrics.lane}px`}
			@scroll=${() => this.#scrolled()}
			@kept=${() => this.#keepSoon()}
			@keydown=${(event: KeyboardEvent) => this.#key(event)}
			@focusin=${pointing.entered}
			@focusout=${pointing.exited}
			@mousedown=${pointing.pressed}
			@click=${pointing.clicked}
			@dblclick=${pointing.opened}
			@contextmenu=${pointing.asked}
		>
			${repeat(
				drawings,
				({ lane }) => lane.id,
				(drawing) =>
					html`<boardwalk-lane
						data-lane=${drawing.lane.id}
						.desk=${this.#desk}
						.drawing=${drawing}
					></boardwalk-lane>`,
			)}
		</div>`;
	}

	#failureLine(text: string): TemplateResult {
		const close = () => {
			this.#failure = undefined;
			this.requestUpdate();
		};
		return html`<div class="notice error said">
			${icon('error')}<span class="grow">${text}</span>
			<button class="plain" title=${t('Close')} aria-label=${t('Close')} @click=${close}>${icon('close')}</button>
		</div>`;
	}

	#hear(message: ToBoardPage): void {
		if (message.type === 'say') {
			if (message.isFailure) this.#failure = message.text;
			this.#say(message.text);
		} else if (message.type === 'focus') {
			const lane = laneOf(this.#state.lanes, message.card);
			if (lane) this.#state.goTo({ lane: lane.id, card: message.card });
			this.#draw('focus');
		} else {
			this.#change(() => this.#state.hear(message));
		}
	}

	/** Whatever happens to the card that has the keyboard, the board does not lose it. */
	#change(change: () => void): void {
		const { activeElement } = document;
		const had = this.contains(activeElement) && isSpot(activeElement);
		const { lifted } = this.#state;
		change();
		if (lifted && !this.#state.lifted) this.#say(t('What was lifted is gone.'));
		this.#draw(had ? 'focus' : undefined);
	}

	#say(text: string): void {
		// The same words again are heard only if the region changes.
		this.#said = text === this.#said ? `${text}\u00a0` : text;
		this.requestUpdate();
	}

	#key(event: KeyboardEvent): void {
		if (isSpot(event.target) && pressed(this.#desk, event)) event.preventDefault();
	}

	/** Puts back what was lifted with a key when the keyboard goes elsewhere. */
	#left(): void {
		const { lifted, liftedLane } = this.#state;
		if (lifted?.by === 'keyboard' || liftedLane?.by === 'keyboard') putBackAll(this.#desk);
	}

	#draw(focus?: 'focus'): void {
		this.requestUpdate();
		this.#keepSoon();
		if (focus) void this.#focusSpot();
	}

	async #focusSpot(): Promise<void> {
		await this.#drawn();
		this.#viewport.revealSpot(this.#metrics);
		this.#viewport.look(this.#metrics);
		this.requestUpdate();
		await this.#drawn();
		this.#viewport.focusSpot();
	}

	/** Resolves when all that is to be drawn has been. */
	async #drawn(): Promise<void> {
		await this.updateComplete;
		await Promise.all(this.#viewport.laneElements.map((lane) => lane.updateComplete));
	}

	#scrolled(): void {
		if (this.#viewport.look(this.#metrics)) requestAnimationFrame(() => this.requestUpdate());
		this.#keepSoon();
	}

	#measure(probe: HTMLElement): void {
		const line = lineHeightIn(probe);
		if (line === this.#line) return;
		this.#line = line;
		this.#measuredFor = undefined;
		this.requestUpdate();
	}

	/** As long as the sizes are the same, they are the same object: lanes need not be drawn anew for them. */
	#measured(): Metrics {
		const { lanes } = this.#state;
		if (this.#measuredFor !== lanes) {
			const next = metricsFor(this.#line, lanes);
			if (JSON.stringify(next) !== JSON.stringify(this.#metrics)) this.#metrics = next;
			this.#measuredFor = lanes;
		}
		return this.#metrics;
	}

	async #restore(): Promise<void> {
		await this.#drawn();
		this.#viewport.restore(this.#kept);
		if (this.#kept.hadFocus && document.hasFocus()) this.#draw('focus');
	}

	/** Has the editor remember where on the board the person is. */
	#keepSoon(): void {
		if (!this.#prepared) return;
		clearTimeout(this.#keeping);
		this.#keeping = window.setTimeout(() => this.#editor.keep(this.#viewport.kept), keepingPause);
	}
}
