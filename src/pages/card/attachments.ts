import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CardPageView } from '../protocol.ts';
import type { CardModel } from './cardModel.ts';

type Attachment = NonNullable<CardPageView['attachments']>['items'][number];

export function drawAttachments(
	{ attachments, readOnly }: CardPageView,
	model: CardModel,
): TemplateResult | typeof nothing {
	if (!attachments) {
		return nothing;
	}
	const { items, canAdd } = attachments;
	return html`<section aria-labelledby="attachments">
		<h2 id="attachments">${t('Attachments')} <span class="count">${items.length}</span></h2>
		<ul class="items">
			${repeat(
				items,
				({ id }) => id,
				(item) => drawAttachment(item, model),
			)}
		</ul>
		${
			canAdd && readOnly === undefined
				? html`<vscode-button secondary @click=${() => model.tell({ type: 'attach' })}>${t('Attach Files…')}</vscode-button>`
				: nothing
		}
	</section>`;
}

function drawAttachment({ id, name, detail, canOpen }: Attachment, model: CardModel): TemplateResult {
	return html`<li>
		${
			canOpen
				? html`<button class="link" type="button" @click=${() => model.tell({ type: 'openAttachment', id })}>${name}</button>`
				: html`<span>${name}</span>`
		}
		${detail ? html`<small>${detail}</small>` : nothing}
	</li>`;
}
