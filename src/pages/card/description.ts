import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { cardField } from '../../core/cards.ts';
import { asText } from '../form/drafts.ts';
import { drawField } from '../form/drawField.ts';
import { fieldId } from '../form/fieldId.ts';
import type { CardPageView, FieldView } from '../protocol.ts';
import type { CardModel } from './cardModel.ts';
import { drawRichText } from './drawRichText.ts';

/** The description has a place of its own: read as a text, changed on request. */
export function isDescription({ id }: FieldView): boolean {
	return id === cardField.description;
}

export function drawDescription(view: CardPageView, model: CardModel): TemplateResult | typeof nothing {
	const field = model.form.fields.find(isDescription);
	if (!field && !view.description) {
		return nothing;
	}
	const isEditing = field && view.readOnly === undefined && (model.isDescribing || model.form.isChanged(field));
	return html`<section aria-labelledby="description">
		<h2 id="description">${t('Description')}</h2>
		${isEditing ? drawEditing(field, model) : drawReading(view, field, model)}
	</section>`;
}

function drawEditing(field: FieldView, model: CardModel): TemplateResult {
	return html`${drawField(field, model.form)}
	${
		model.form.isChanged(field)
			? nothing
			: html`<vscode-button secondary @click=${() => leave(model)}>${t('Close')}</vscode-button>`
	}`;
}

function drawReading(view: CardPageView, field: FieldView | undefined, model: CardModel): TemplateResult {
	const unsaved = field && model.form.isChanged(field) ? asText(model.form.valueOf(field)) : undefined;
	return html`${
		view.description ? drawRichText(view.description, view, model) : html`<p class="none">${t('There is none.')}</p>`
	}
	${unsaved === undefined ? nothing : html`<p class="meanwhile">${t('Typed and not saved: {0}', unsaved)}</p>`}
	${
		field && view.readOnly === undefined
			? html`<vscode-button secondary id="describe" @click=${() => enter(field, model)}
				>${t('Edit Description')}</vscode-button
			>`
			: nothing
	}`;
}

function enter(field: FieldView, model: CardModel): void {
	model.describe(true);
	focusSoon(fieldId(field.id));
}

function leave(model: CardModel): void {
	model.describe(false);
	focusSoon('describe');
}

/** What is to have the focus is there after the next drawing. */
function focusSoon(id: string): void {
	requestAnimationFrame(() => document.getElementById(id)?.focus());
}
