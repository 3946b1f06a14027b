import { t } from '@vscode/l10n';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Editor } from '../editor.ts';
import { drawField, drawFieldToRead } from '../form/drawField.ts';
import { fieldId } from '../form/fieldId.ts';
import { formStyles } from '../form/styles.ts';
import { icon } from '../look/icon.ts';
import { noticeLines } from '../look/notices.ts';
import { adoptSheets } from '../look/sheet.ts';
import { sheetOfText } from '../look/sheetOfText.ts';
import { theme } from '../look/theme.ts';
import type { CardPageView, FieldView, FromCardPage, ToCardPage } from '../protocol.ts';
import { drawAttachments } from './attachments.ts';
import { CardModel } from './cardModel.ts';
import { drawChecklist } from './checklist.ts';
import { drawComments } from './comments.ts';
import { drawDescription, isDescription } from './description.ts';
import { LostFocus } from './lostFocus.ts';
import { cardStyles } from './styles.ts';
import '@vscode-elements/elements/dist/vscode-button/index.js';

/** All of a card on one page. It stands in the page itself, so that labels, descriptions and styles reach everything. */
export class CardPage extends LitElement {
	readonly #model: CardModel;
	readonly #lostFocus = new LostFocus(this);

	constructor(editor: Editor<ToCardPage, FromCardPage>) {
		super();
		this.#model = new CardModel(editor, () => this.requestUpdate());
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		adoptSheets(theme, sheetOfText, formStyles, cardStyles);
		// Before a button with the focus takes the key for a click.
		this.addEventListener('keydown', (event) => this.#onKey(event), { capture: true });
		this.#model.start();
	}

	#onKey(event: KeyboardEvent): void {
		if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) {
			return;
		}
		event.preventDefault();
		event.stopPropagation();
		const isComment = event.target instanceof Element && event.target.id === 'new-comment';
		if (isComment) {
			this.#model.sendComment();
		} else {
			this.#model.save();
		}
	}

	protected override willUpdate(): void {
		this.#lostFocus.remember();
	}

	protected override updated(): void {
		this.#lostFocus.restore();
		if (this.#model.wantsProblemFocus) {
			this.#model.wantsProblemFocus = false;
			const { firstWrong } = this.#model.form;
			document.getElementById(firstWrong ? fieldId(firstWrong.id) : 'problems')?.focus();
		}
	}

	protected override render(): TemplateResult {
		const { view, isLoading } = this.#model;
		return html`<main aria-busy=${isLoading ? 'true' : 'false'}>
				${this.#drawFailure()} ${view ? this.#drawCard(view) : isLoading ? html`<p class="loading">${t('Loading…')}</p>` : nothing}
			</main>
			${this.#drawFoot()}`;
	}

	#drawFailure(): TemplateResult | typeof nothing {
		const { failure } = this.#model;
		return failure
			? html`<div class="notice error">
					${drawError(failure.message)}
					<vscode-button @click=${() => this.#model.tell({ type: 'retry' })}>${failure.action}</vscode-button>
				</div>`
			: nothing;
	}

	#drawCard(view: CardPageView): TemplateResult {
		const { isLoading } = this.#model;
		return html`<header>
				<p class="place">${view.place}</p>
				<h1>${view.key ? html`<span class="key">${view.key}</span> ` : nothing}${view.title}</h1>
				${isLoading ? html`<p class="loading">${t('Loading…')}</p>` : nothing} ${this.#drawActions(view)}
			</header>
			${this.#drawNotices(view)} ${this.#drawProblems()} ${this.#drawFields(view)} ${drawDescription(view, this.#model)}
			${drawChecklist(view, this.#model)} ${drawAttachments(view, this.#model)} ${drawComments(view, this.#model)}`;
	}

	#drawActions({ can, readOnly }: CardPageView): TemplateResult {
		const actions = [
			can.move && readOnly === undefined ? { label: t('Move…'), type: 'move' as const } : undefined,
			can.remove && readOnly === undefined ? { label: can.remove, type: 'remove' as const } : undefined,
			can.openInBrowser ? { label: t('Open in Browser'), type: 'openInBrowser' as const } : undefined,
			{ label: t('Reload'), type: 'reload' as const },
		].filter((action) => action !== undefined);
		return html`<div class="actions">
			${actions.map(
				({ label, type }) =>
					html`<vscode-button secondary @click=${() => this.#model.tell({ type })}>${label}</vscode-button>`,
			)}
		</div>`;
	}

	#drawNotices({ notices, readOnly }: CardPageView): readonly TemplateResult[] {
		const all = readOnly === undefined ? notices : [{ text: readOnly, severity: 'info' as const }, ...notices];
		return noticeLines(all, (id) => this.#model.tell({ type: 'notice', id }));
	}

	#drawProblems(): TemplateResult | typeof nothing {
		const problems = this.#model.form.otherProblems;
		return problems.length > 0
			? html`<div id="problems" tabindex="-1">
					${problems.map((problem) => html`<div class="notice error">${drawError(problem)}</div>`)}
				</div>`
			: nothing;
	}

	#drawFields({ facts, readOnly }: CardPageView): TemplateResult {
		const { form } = this.#model;
		const fields = form.fields.filter((field) => !isDescription(field));
		const isLocked = readOnly !== undefined;
		return html`<section aria-labelledby="details">
			<h2 id="details">${t('Details')}</h2>
			${isLocked ? nothing : html`<div class="fields">${fields.map((field) => drawField(field, form))}</div>`}
			<dl>
				${isLocked ? fields.map((field: FieldView) => drawFieldToRead(field, form)) : nothing}
				${facts.map(({ label, value }) => html`<div class="fact"><dt>${label}</dt><dd>${value}</dd></div>`)}
			</dl>
		</section>`;
	}

	/** What is said, and what becomes of what was typed: always in sight. */
	#drawFoot(): TemplateResult {
		const { said, view } = this.#model;
		return html`<footer>
			<p class=${said.isFailure ? 'said problem' : 'said'} role="status" aria-live="polite">${said.text}</p>
			${view && view.readOnly === undefined && view.fields.length > 0 ? this.#drawSaving() : nothing}
		</footer>`;
	}

	#drawSaving(): TemplateResult {
		const { form, isSaving } = this.#model;
		const count = form.changedFields.length;
		const state = isSaving
			? t('Saving…')
			: count === 0
				? t('Everything is saved.')
				: count === 1
					? t('One change is not saved.')
					: t('{0} changes are not saved.', count);
		return html`<div class="saving">
			<span>${state}</span>
			<vscode-button ?disabled=${count === 0 || isSaving} @click=${() => this.#model.save()}>${t('Save')}</vscode-button>
			<vscode-button secondary ?disabled=${count === 0 || isSaving} @click=${() => this.#model.discard()}
				>${t('Discard')}</vscode-button
			>
		</div>`;
	}
}

function drawError(text: string): TemplateResult {
	return html`${icon('error')}<span class="grow"><span class="unseen">${t('Error:')}</span> ${text}</span>`;
}

customElements.define('boardwalk-card', CardPage);
