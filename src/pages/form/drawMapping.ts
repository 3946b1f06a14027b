import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { Mapping } from '../../core/form.ts';
import { icon } from '../look/icon.ts';
import type { ChoiceView, FieldView } from '../protocol.ts';
import { asText, isMapping, type PlainValue } from './drafts.ts';
import { fieldId } from './fieldId.ts';
import type { FormModel } from './formModel.ts';

/** A table: what is there on the left, a box to choose in on the right of each. */
export function drawMapping(
	field: FieldView,
	form: FormModel,
	describedBy: string | undefined,
	notes: readonly TemplateResult[],
): TemplateResult {
	const id = fieldId(field.id);
	return html`<div
		class="field wide mapping"
		role="group"
		id=${id}
		tabindex="-1"
		aria-labelledby="${id}-label"
		aria-describedby=${describedBy ?? nothing}
	>
		<span class="label" id="${id}-label"
			>${field.label}${field.required ? html`<span aria-hidden="true"> *</span>` : nothing}${
				form.isUnsaved(field) ? html` <span class="unsaved">${t('not saved')}</span>` : nothing
			}</span
		>
		${drawRows(field, form, describedBy)} ${notes}
	</div>`;
}

/** The box of a line of a mapping in the page. */
export function rowId(field: FieldView, row: string): string {
	return fieldId(`${field.id} ${row}`);
}

function drawRows(field: FieldView, form: FormModel, describedBy: string | undefined): TemplateResult {
	const rows = form.rowsOf(field);
	if (typeof rows === 'string') {
		return html`<p class="help">${t('Loading…')}</p>`;
	}
	if ('failure' in rows) {
		return html`<div class="problem">${icon('error')}<span>${rows.failure}</span></div>
			${drawAgain(field, form)}`;
	}
	if (rows.length === 0) {
		return html`<p class="help">${field.none ?? t('There is nothing to fill in.')}</p>`;
	}
	const choices = form.choicesOf(field);
	const hasFailed = typeof choices === 'object' && 'failure' in choices;
	return html`<table>
			${rows.map((row) => drawRow(field, row, form, describedBy))}
		</table>
		${hasFailed ? drawAgain(field, form) : nothing}`;
}

function drawAgain(field: FieldView, form: FormModel): TemplateResult {
	return html`<vscode-button secondary @click=${() => form.askMapping(field)}>${t('Try again')}</vscode-button>`;
}

function drawRow(field: FieldView, row: ChoiceView, form: FormModel, describedBy: string | undefined): TemplateResult {
	const own = rowField(field, row, form);
	const id = rowId(field, row.value);
	const isOpen = form.isOpen(field, row.value);
	const described = [isOpen ? `${id}-open` : undefined, isOpen ? describedBy : undefined].filter(Boolean).join(' ');
	return html`<tr class=${isOpen ? 'open' : ''}>
		<th scope="row">
			<label for=${id}>${row.label}</label>${row.detail ? html` <small>${row.detail}</small>` : nothing}
		</th>
		<td class="arrow" aria-hidden="true">${icon('arrow-right')}</td>
		<td>
			<boardwalk-choice
				.field=${own}
				.value=${own.value}
				.labels=${form.labelsOf(field, own.value)}
				.choices=${form.choicesOf(field)}
				.hasMore=${false}
				.describedBy=${described || undefined}
				.invalid=${isOpen}
				.onAsk=${() => form.askChoices(field)}
				.onPick=${(value: PlainValue) => form.type(field, { ...mappingOf(field, form), [row.value]: asText(value) })}
			></boardwalk-choice>
			${isOpen ? html`<span class="open-mark" id="${id}-open">${icon('error')} ${t('Still open')}</span>` : nothing}
		</td>
	</tr>`;
}

/** A line is a choice of its own, with the choices of all. Nothing on its right hangs on what the others say. */
function rowField(field: FieldView, row: ChoiceView, form: FormModel): FieldView {
	const value = mappingOf(field, form)[row.value] ?? '';
	const { required, none } = field;
	return { id: `${field.id} ${row.value}`, label: row.label, kind: 'choice', required, none, value };
}

function mappingOf(field: FieldView, form: FormModel): Mapping {
	const value = form.valueOf(field);
	return isMapping(value) ? value : {};
}
