import { t } from '@vscode/l10n';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Editor } from '../editor.ts';
import { drawField } from '../form/drawField.ts';
import { rowId } from '../form/drawMapping.ts';
import { fieldId } from '../form/fieldId.ts';
import { formStyles } from '../form/styles.ts';
import type { FormPageView, FromFormPage, ToFormPage } from '../formProtocol.ts';
import { icon } from '../look/icon.ts';
import { adoptSheets } from '../look/sheet.ts';
import { sheetOfText } from '../look/sheetOfText.ts';
import { theme } from '../look/theme.ts';
import type { FieldView } from '../protocol.ts';
import { FormPageModel } from './formPageModel.ts';
import { formPageStyles } from './styles.ts';
import '@vscode-elements/elements/dist/vscode-button/index.js';

/** A form on one page. It stands in the page itself, so that labels, descriptions and styles reach everything. */
export class FormPage extends LitElement {
	readonly #model: FormPageModel;
	/** What had the focus before it was sent. */
	#before: HTMLElement | undefined;
	#wasSending = false;
	#isDrawn = false;

	constructor(editor: Editor<ToFormPage, FromFormPage>) {
		super();
		this.#model = new FormPageModel(editor, () => this.requestUpdate());
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		adoptSheets(theme, sheetOfText, formStyles, formPageStyles);
		// Before a button with the focus takes the key for a click.
		this.addEventListener('keydown', (event) => this.#onKey(event), { capture: true });
		this.#model.start();
	}

	#onKey(event: KeyboardEvent): void {
		if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
			event.preventDefault();
			event.stopPropagation();
			this.#model.submit();
		}
	}

	protected override willUpdate(): void {
		const isSending = this.#model.sending !== undefined;
		if (isSending && !this.#wasSending && document.activeElement instanceof HTMLElement) {
			this.#before = document.activeElement;
		}
	}

	protected override updated(): void {
		const { sending, wantsFocus, view } = this.#model;
		this.#model.wantsFocus = undefined;
		const isSending = sending !== undefined;
		if (isSending && !this.#wasSending) {
			focusOn(document.getElementById('leave'));
		} else if (wantsFocus === 'problem') {
			focusOn(document.getElementById(this.#wrongId() ?? 'refusal'));
		} else if (wantsFocus === 'before') {
			focusOn(this.#before);
		} else if (view && !this.#isDrawn) {
			this.#isDrawn = true;
			this.#focusFirst();
		}
		this.#wasSending = isSending;
	}

	/** Where typing begins, unless the person is elsewhere already. */
	#focusFirst(): void {
		if (document.activeElement === document.body || document.activeElement === null) {
			focusOn(this.querySelector<HTMLElement>('.field input, .field textarea'));
		}
	}

	/** The box of what is wrong first; of a mapping, its first open line. */
	#wrongId(): string | undefined {
		const { form } = this.#model;
		const field = form.firstWrong;
		const rows = field?.kind === 'mapping' ? form.rowsOf(field) : [];
		const open = field && Array.isArray(rows) ? rows.find(({ value }) => form.isOpen(field, value)) : undefined;
		return field && (open ? rowId(field, open.value) : fieldId(field.id));
	}

	protected override render(): TemplateResult {
		const { view, sending } = this.#model;
		return html`<main aria-busy=${view && sending === undefined ? 'false' : 'true'}>
				${view ? this.#drawForm(view) : html`<p class="quiet">${t('Loading…')}</p>`}
			</main>
			${view ? this.#drawFoot(view) : nothing}`;
	}

	#drawForm(view: FormPageView): TemplateResult {
		const { form, sending } = this.#model;
		const needsAny = form.fields.some(({ required }) => required);
		return html`<header>
				${view.place ? html`<p class="place">${view.place}</p>` : nothing}
				<h1>${view.title}</h1>
				${needsAny ? html`<p class="quiet">${t('What is marked with * is needed.')}</p>` : nothing} ${this.#drawHelp(view)}
			</header>
			${this.#drawRefusal()}
			<fieldset ?disabled=${sending !== undefined} aria-label=${view.title}>
				<div class="fields">${form.fields.map((field: FieldView) => drawField(field, form))}</div>
			</fieldset>
			${this.#drawPreview(view)}`;
	}

	#drawHelp({ helpUrl }: FormPageView): TemplateResult | typeof nothing {
		const open = (event: Event) => {
			event.preventDefault();
			this.#model.tell({ type: 'help' });
		};
		return helpUrl ? html`<p><a href=${helpUrl} @click=${open}>${t('Where do I find these?')}</a></p>` : nothing;
	}

	#drawRefusal(): TemplateResult | typeof nothing {
		const { refusal, others } = this.#model;
		if (!refusal) {
			return nothing;
		}
		const { message, action } = refusal;
		return html`<div id="refusal" tabindex="-1">
			<div class="notice error">
				${drawError(message)}
				${action ? html`<vscode-button @click=${() => this.#model.act()}>${action.label}</vscode-button>` : nothing}
			</div>
			${others.map((problem) => html`<div class="notice error">${drawError(problem)}</div>`)}
		</div>`;
	}

	#drawPreview({ preview }: FormPageView): TemplateResult | typeof nothing {
		return preview
			? html`<section aria-labelledby="preview-label">
					<h2 id="preview-label">${preview.label}</h2>
					<p id="preview">${this.#model.preview || '–'}</p>
				</section>`
			: nothing;
	}

	/** What becomes of what was typed, and what is said: always in sight, away from the corner that the editor’s messages cover. */
	#drawFoot({ submitLabel }: FormPageView): TemplateResult {
		const { said, sending } = this.#model;
		const isSending = sending !== undefined;
		return html`<footer>
			<div class="actions">
				<vscode-button id="submit" ?disabled=${isSending} @click=${() => this.#model.submit()}>${submitLabel}</vscode-button>
				<vscode-button id="leave" secondary @click=${() => (isSending ? this.#model.stop() : this.#model.leave())}
					>${isSending ? t('Stop') : t('Cancel')}</vscode-button
				>
			</div>
			<p class="said" role="status" aria-live="polite">${said}</p>
		</footer>`;
	}
}

function drawError(text: string): TemplateResult {
	return html`${icon('error')}<span class="grow"><span class="unseen">${t('Error:')}</span> ${text}</span>`;
}

interface Waiting extends HTMLElement {
	readonly updateComplete?: Promise<unknown>;
}

/** A new element of vscode-elements takes the focus only once it has drawn itself. */
function focusOn(element: Waiting | null | undefined): void {
	void Promise.resolve(element?.updateComplete).then(() => element?.focus());
}

customElements.define('boardwalk-form', FormPage);
