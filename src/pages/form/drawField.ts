import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '../look/icon.ts';
import type { FieldView } from '../protocol.ts';
import './choiceBox.ts';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { asText, isMapping, type PlainValue } from './drafts.ts';
import { drawMapping } from './drawMapping.ts';
import { drawPath, pathName } from './drawPath.ts';
import { fieldId } from './fieldId.ts';
import type { FormModel } from './formModel.ts';
import type { HowMany } from './offers.ts';
import { htmlOf, plainOf } from './plainHtml.ts';

/**
 * A field with its label, its help, what is wrong with it and what changed meanwhile. Its boxes are the browser's own and
 * stand in the page itself: in a shadow root of vscode-elements no description and no problem would reach them.
 */
export function drawField(field: FieldView, form: FormModel): TemplateResult {
	const notes = notesOf(field, form);
	const describedBy = notes.map(({ id }) => id).join(' ') || undefined;
	if (field.kind === 'mapping') {
		return drawMapping(field, form, describedBy, drawNotes(notes));
	}
	const box = drawBox(field, form, describedBy);
	const label = html`<label for=${fieldId(field.id)}
		>${field.label}${field.required ? html`<span aria-hidden="true"> *</span>` : nothing}${
			form.isUnsaved(field) ? html` <span class="unsaved">${t('not saved')}</span>` : nothing
		}</label
	>`;
	return html`<div class="field ${field.kind} ${field.multiline ? 'wide' : ''}">
		${field.kind === 'flag' ? html`<div class="flag-line">${box}${label}</div>` : html`${label}${box}`}
		${drawNotes(notes)} ${drawWaysOut(field, form)}
	</div>`;
}

function drawNotes(notes: readonly Note[]): readonly TemplateResult[] {
	return notes.map(
		({ id, kind, content }) => html`<div class=${kind} id=${id}>${noteIcon(kind)}<span>${content}</span></div>`,
	);
}

/** A field that can't be changed: its label and what it holds, as an entry of a `dl`. */
export function drawFieldToRead(field: FieldView, form: FormModel): TemplateResult {
	const unsaved = form.isChanged(field) ? shownValue(field, form, form.valueOf(field)) : undefined;
	return html`<div class="fact">
		<dt>${field.label}</dt>
		<dd>
			${shownValue(field, form, field.value) || '–'}
			${unsaved === undefined ? nothing : html`<p class="meanwhile">${t('Typed and not saved: {0}', unsaved)}</p>`}
		</dd>
	</div>`;
}

/** A problem and a warning differ in more than their colour. */
function noteIcon(kind: Note['kind']): TemplateResult | typeof nothing {
	const names = { problem: 'error', meanwhile: 'warning', help: undefined };
	const name = names[kind];
	return name ? icon(name) : nothing;
}

interface Note {
	readonly id: string;
	readonly kind: 'help' | 'problem' | 'meanwhile';
	readonly content: string;
}

function notesOf(field: FieldView, form: FormModel): readonly Note[] {
	const id = fieldId(field.id);
	const notes = [
		{ id: `${id}-problem`, kind: 'problem', content: form.problemOf(field) ?? choicesFailure(field, form) },
		{ id: `${id}-meanwhile`, kind: 'meanwhile', content: meanwhile(field, form) },
		{ id: `${id}-help`, kind: 'help', content: helpOf(field, form) },
	] as const;
	return notes.flatMap(({ content, ...note }) => (content ? [{ ...note, content }] : []));
}

function helpOf(field: FieldView, form: FormModel): string {
	const way = !field.html
		? undefined
		: form.isPlain(field)
			? undefined
			: t('This text has formatting, so it is edited as HTML.');
	const length = asText(form.valueOf(field)).length;
	const tooLong =
		field.maxLength !== undefined && length > field.maxLength
			? t('{0} of at most {1} characters.', length, field.maxLength)
			: undefined;
	return [field.help, way, tooLong].filter(Boolean).join(' ');
}

function meanwhile(field: FieldView, form: FormModel): string | undefined {
	return form.isChangedMeanwhile(field)
		? t('Meanwhile someone changed this to: {0}', shownValue(field, form, field.value) || t('nothing'))
		: undefined;
}

function choicesFailure(field: FieldView, form: FormModel): string | undefined {
	const choices = form.choicesOf(field);
	return typeof choices === 'object' && 'failure' in choices ? choices.failure : undefined;
}

function drawWaysOut(field: FieldView, form: FormModel): TemplateResult | typeof nothing {
	if (choicesFailure(field, form) !== undefined) {
		return html`<vscode-button secondary @click=${() => form.askChoices(field)}>${t('Try again')}</vscode-button>`;
	}
	return form.isChangedMeanwhile(field)
		? html`<vscode-button secondary @click=${() => form.discard([field])}>${t('Take the other')}</vscode-button>`
		: nothing;
}

function drawBox(field: FieldView, form: FormModel, describedBy: string | undefined): TemplateResult {
	switch (field.kind) {
		case 'path':
			return drawPath(field, form, describedBy);
		case 'choice':
			return html`<boardwalk-choice
				.field=${field}
				.value=${form.valueOf(field)}
				.labels=${form.labelsOf(field, form.valueOf(field))}
				.choices=${form.choicesOf(field)}
				.describedBy=${describedBy}
				.invalid=${form.problemOf(field) !== undefined}
				.hasMore=${form.hasMore(field)}
				.onAsk=${() => form.askChoices(field)}
				.onMore=${(how: HowMany) => form.askMore(field, how)}
				.onPick=${(value: PlainValue) => form.type(field, value)}
			></boardwalk-choice>`;
		case 'text':
			return field.multiline || field.html ? drawArea(field, form, describedBy) : drawInput(field, form, describedBy);
		case 'date':
		case 'flag':
		case 'mapping':
			return drawInput(field, form, describedBy);
	}
}

const inputTypes = {
	text: 'text',
	date: 'date',
	flag: 'checkbox',
	choice: 'text',
	path: 'text',
	mapping: 'text',
} as const;

function drawInput(field: FieldView, form: FormModel, describedBy: string | undefined): TemplateResult {
	const value = form.valueOf(field);
	const isFlag = field.kind === 'flag';
	return html`<input
		id=${fieldId(field.id)}
		type=${inputTypes[field.kind]}
		placeholder=${field.placeholder ?? nothing}
		aria-describedby=${describedBy ?? nothing}
		aria-invalid=${form.problemOf(field) === undefined ? nothing : 'true'}
		aria-required=${field.required ? 'true' : nothing}
		.checked=${live(value === true)}
		.value=${live(isFlag ? 'on' : asText(value))}
		@input=${({ currentTarget }: Event) => {
			const box = currentTarget as HTMLInputElement;
			// A date of which a part is missing reads as none, and would clear the field when saved.
			if (!box.validity.badInput) {
				form.type(field, isFlag ? box.checked : box.value);
			}
		}}
	/>`;
}

function drawArea(field: FieldView, form: FormModel, describedBy: string | undefined): TemplateResult {
	const value = asText(form.valueOf(field));
	const isPlain = field.html === true && form.isPlain(field);
	const text = isPlain ? (plainOf(value) ?? value) : value;
	return html`<textarea
		id=${fieldId(field.id)}
		class=${field.html && !isPlain ? 'source' : ''}
		rows=${Math.min(20, Math.max(field.multiline ? 4 : 2, text.split('\n').length + 1))}
		placeholder=${field.placeholder ?? nothing}
		aria-describedby=${describedBy ?? nothing}
		aria-invalid=${form.problemOf(field) === undefined ? nothing : 'true'}
		aria-required=${field.required ? 'true' : nothing}
		.value=${live(text)}
		@input=${({ currentTarget }: Event) => {
			const typed = (currentTarget as HTMLTextAreaElement).value;
			form.type(field, isPlain ? asHtml(typed, field) : typed);
		}}
	></textarea>`;
}

/** The vendor's own way to write it, where it says the same. */
function asHtml(typed: string, field: FieldView): string {
	const held = asText(field.value);
	return plainOf(held) === typed ? held : htmlOf(typed);
}

function shownValue(field: FieldView, form: FormModel, value: PlainValue): string {
	switch (field.kind) {
		case 'flag':
			return value === true ? t('Yes') : t('No');
		case 'choice':
			return form.labelsOf(field, value).join(', ');
		case 'text':
			return field.html ? (plainOf(asText(value)) ?? asText(value)) : asText(value);
		case 'date':
			return shownDate(asText(value));
		case 'path':
			return pathName(asText(value));
		case 'mapping':
			return isMapping(value) ? Object.values(value).filter(Boolean).join(', ') : '';
	}
}

function shownDate(value: string): string {
	const date = new Date(`${value}T00:00:00Z`);
	const format = { dateStyle: 'medium', timeZone: 'UTC' } as const;
	return Number.isNaN(date.getTime())
		? value
		: new Intl.DateTimeFormat(document.documentElement.lang || undefined, format).format(date);
}
