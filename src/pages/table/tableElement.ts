import { t } from '@vscode/l10n';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { lineHeightIn } from '../board/metrics.ts';
import type { Editor } from '../editor.ts';
import { icon } from '../look/icon.ts';
import { noticeLines } from '../look/notices.ts';
import type { FromTablePage, TableButton, TableView, ToTablePage } from '../tableProtocol.ts';
import { drawAbout, drawFoot, drawProgress, drawTools } from './bars.ts';
import type { Desk } from './desk.ts';
import type { GridElement } from './gridElement.ts';
import { type Kept, keptOf } from './kept.ts';
import { drawDryRun, drawKeys, drawLeftOut, drawResult } from './lists.ts';
import { Milestones } from './milestones.ts';
import { TableState } from './tableState.ts';
import { shownText } from './words.ts';

/** How long after the last change it is kept where the person is, and how long after typing it is said what is found; milliseconds. */
const keepingPause = 200;
const typingPause = 500;

/** The whole page of a job over many things. */
export class TableElement extends LitElement {
	readonly #editor: Editor<ToTablePage, FromTablePage>;
	/** As it was when the page was last left. */
	readonly #kept: Kept;
	readonly #state: TableState;
	readonly #desk: Desk;
	readonly #milestones = new Milestones();
	#version = 0;
	#line = 0;
	#said = '';
	#failure: string | undefined;
	#keeping = 0;
	#typing = 0;
	#isRestored = false;
	#hadButton = false;

	constructor(editor: Editor<ToTablePage, FromTablePage>) {
		super();
		this.#editor = editor;
		this.#kept = keptOf(editor.kept);
		this.#state = new TableState(this.#kept);
		this.#desk = this.#makeDesk();
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
		window.addEventListener('keydown', (event) => this.#key(event));
		this.#desk.tell({ type: 'ready' });
	}

	protected override willUpdate(): void {
		this.#hadButton = Boolean(document.activeElement?.closest('footer'));
	}

	/** A button that is gone leaves the keyboard beside it, and not on another button that it might press by mistake. */
	protected override updated(): void {
		if (this.#hadButton && !this.contains(document.activeElement)) {
			this.querySelector<HTMLElement>('.status')?.focus({ preventScroll: true });
		}
		if (this.#grid && !this.#isRestored && this.#line > 0) void this.#restore(this.#grid);
	}

	protected override render(): TemplateResult {
		const { view } = this.#state;
		return html`<span class="probe" aria-hidden="true">Åg</span>
			<main aria-busy=${view?.phase === 'gathering' ? 'true' : 'false'}>
				${view && this.#line > 0 ? this.#page(view) : nothing}
				<div class="unseen" role="status" aria-live="polite">${this.#said}</div>
				${this.#failure ? this.#failureLine(this.#failure) : nothing}
			</main>`;
	}

	#page(view: TableView): TemplateResult {
		const desk = this.#desk;
		return html`<header class="head">
				<h1>${view.title}</h1>
				<span class="quiet">${view.place}</span>
			</header>
			${noticeLines(view.notices, (id) => desk.tell({ type: 'notice', id }))} ${drawProgress(view)}
			${drawResult(view, desk)} ${view.phase === 'gathering' ? nothing : this.#table()} ${drawDryRun(desk)}
			${drawLeftOut(view, desk)} ${view.phase === 'gathering' ? nothing : drawKeys(desk)}
			${drawFoot(view, (button) => this.#press(button))}`;
	}

	#table(): TemplateResult {
		return html`${drawTools(this.#desk, (text) => this.#filter(text))}
			<boardwalk-grid
				.desk=${this.#desk}
				.version=${this.#version}
				.row=${Math.max(this.#line + 8, 28)}
				@kept=${() => this.#keepSoon()}
			></boardwalk-grid>
			${drawAbout(this.#state)}`;
	}

	#failureLine(text: string): TemplateResult {
		const close = () => {
			this.#failure = undefined;
			this.requestUpdate();
		};
		return html`<div class="notice error said">
			${icon('error')}<span class="grow"><span class="unseen">${t('Error:')}</span> ${text}</span>
			<button class="plain" title=${t('Close')} aria-label=${t('Close')} @click=${close}>${icon('close')}</button>
		</div>`;
	}

	get #grid(): GridElement | null {
		return this.querySelector<GridElement>('boardwalk-grid');
	}

	#makeDesk(): Desk {
		const rowsSeen = () => this.#grid?.rowsSeen ?? 1;
		return {
			state: this.#state,
			tell: (message) => this.#editor.tell(message),
			say: (text) => this.#say(text),
			draw: (focus) => this.#draw(focus),
			get rowsSeen() {
				return rowsSeen();
			},
		};
	}

	#hear(message: ToTablePage): void {
		if (message.type === 'say') {
			if (message.isFailure) this.#failure = message.text;
			return this.#say(message.text);
		}
		this.#state.hear(message);
		const { view } = this.#state;
		if (message.type === 'dryRun') this.#say(message.title);
		else if (view && this.#milestones.passed(view, message.type === 'table')) this.#say(view.status);
		this.#draw();
	}

	#press(button: TableButton): void {
		if (button.disabled) return;
		this.#failure = undefined;
		this.#state.dryRun = undefined;
		this.#desk.tell({ type: 'press', button: button.id });
		this.#draw();
	}

	/**
	 * Enter is the main button's wherever it is nobody else's, before anything has begun: that button asks. Later one too many,
	 * such as in answer to that question, must not have things done again.
	 */
	#key(event: KeyboardEvent): void {
		const { key, target, repeat, defaultPrevented, ctrlKey, altKey, metaKey, shiftKey } = event;
		if (key !== 'Enter' || repeat || defaultPrevented || ctrlKey || altKey || metaKey || shiftKey) return;
		const others = 'button, vscode-button, vscode-textfield, select, summary, a';
		if (!this.#state.canTick || (target instanceof Element && target.closest(others))) return;
		const main = this.#state.view?.buttons.find(({ primary, disabled }) => primary && !disabled);
		if (!main) return;
		event.preventDefault();
		this.#press(main);
	}

	#filter(text: string): void {
		if (text === this.#state.filter) return;
		this.#state.arrange(text, this.#state.sorting);
		clearTimeout(this.#typing);
		this.#typing = window.setTimeout(() => this.#say(shownText(this.#state)), typingPause);
		this.#draw();
	}

	#say(text: string): void {
		// The same words again are heard only if the region changes.
		this.#said = text === this.#said ? `${text}\u00a0` : text;
		this.requestUpdate();
	}

	#draw(focus?: 'focus'): void {
		this.#version += 1;
		this.requestUpdate();
		this.#keepSoon();
		if (focus) void this.updateComplete.then(() => this.#grid?.focusSpot());
	}

	#measure(probe: HTMLElement): void {
		const line = lineHeightIn(probe);
		if (line === this.#line) return;
		this.#line = line;
		this.requestUpdate();
	}

	async #restore(grid: GridElement): Promise<void> {
		this.#isRestored = true;
		await grid.updateComplete;
		grid.scrollToPlace(this.#kept.top, this.#kept.left);
		if (this.#kept.hadFocus && document.hasFocus()) void grid.focusSpot();
	}

	/** Has the editor remember where in the table the person is. */
	#keepSoon(): void {
		if (!this.#isRestored) return;
		clearTimeout(this.#keeping);
		this.#keeping = window.setTimeout(() => this.#editor.keep(this.#keptNow), keepingPause);
	}

	get #keptNow(): Kept {
		const { filter, sorting, spot, folds } = this.#state;
		const grid = this.#grid;
		const scroller = grid?.scroller;
		const hadFocus = grid?.contains(document.activeElement) ?? false;
		return { filter, sorting, spot, folds, hadFocus, top: scroller?.scrollTop ?? 0, left: scroller?.scrollLeft ?? 0 };
	}
}
