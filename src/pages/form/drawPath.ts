import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { FieldView } from '../protocol.ts';
import { asText } from './drafts.ts';
import { fieldId } from './fieldId.ts';
import type { FormModel } from './formModel.ts';

/** A file or a folder: what it is called, and a button for the editor's own dialogue. */
export function drawPath(field: FieldView, form: FormModel, describedBy: string | undefined): TemplateResult {
	const value = asText(form.valueOf(field));
	const id = fieldId(field.id);
	return html`<div class="path-line">
		<input
			id=${id}
			type="text"
			readonly
			title=${value || nothing}
			placeholder=${t('None')}
			aria-describedby=${describedBy ?? nothing}
			aria-invalid=${form.problemOf(field) === undefined ? nothing : 'true'}
			aria-required=${field.required ? 'true' : nothing}
			.value=${pathName(value)}
		/>
		<vscode-button secondary aria-label=${t('Choose… ({0})', field.label)} @click=${() => form.pick(field)}
			>${t('Choose…')}</vscode-button
		>
		${
			value === '' || field.required
				? nothing
				: html`<vscode-button secondary aria-label=${t('Remove ({0})', field.label)} @click=${() => form.type(field, '')}
						>${t('Remove')}</vscode-button
					>`
		}
	</div>`;
}

/** The last part of an address, for reading. */
export function pathName(address: string): string {
	const last =
		address
			.split(/[?#]/)[0]
			?.split('/')
			.findLast((part) => part !== '') ?? '';
	try {
		return decodeURIComponent(last);
	} catch {
		return last;
	}
}
