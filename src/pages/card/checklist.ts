import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../look/icon.ts';
import type { CardPageView } from '../protocol.ts';
import type { CardModel } from './cardModel.ts';

type Checklist = NonNullable<CardPageView['checklist']>;
type Item = Checklist['items'][number];

export function drawChecklist(
	{ checklist, readOnly }: CardPageView,
	model: CardModel,
): TemplateResult | typeof nothing {
	if (!checklist) {
		return nothing;
	}
	const { items, note } = checklist;
	const can = readOnly === undefined ? checklist : { canSet: false, canAdd: false, canRemove: false };
	const done = items.filter((item) => isDone(item, model)).length;
	return html`<section aria-labelledby="checklist">
		<h2 id="checklist">${t('Checklist')} <span class="count">${t('{0} of {1} done', done, items.length)}</span></h2>
		${note ? html`<p class="help" id="checklist-note">${note}</p>` : nothing}
		<ul class="items">
			${repeat(
				items,
				({ id }) => id,
				(item) => drawItem(item, can, model, note ? 'checklist-note' : undefined),
			)}
		</ul>
		${can.canAdd ? drawNew(model) : nothing}
		${!can.canAdd && model.item.text ? html`<p class="meanwhile">${t('Typed and not added: {0}', model.item.text)}</p>` : nothing}
	</section>`;
}

function isDone(item: Item, model: CardModel): boolean {
	return model.checking.get(item.id) ?? item.done;
}

function drawItem(
	item: Item,
	can: Pick<Checklist, 'canSet' | 'canRemove'>,
	model: CardModel,
	describedBy: string | undefined,
): TemplateResult {
	const done = isDone(item, model);
	const remove = can.canRemove ? () => model.tell({ type: 'removeItem', id: item.id }) : undefined;
	const title = html`<span class=${done ? 'done' : ''}>${item.title}</span>`;
	return html`<li data-item @keydown=${(event: KeyboardEvent) => removeByKey(event, remove)}>
		${
			can.canSet
				? html`<label
					><input
						type="checkbox"
						aria-describedby=${describedBy ?? nothing}
						.checked=${live(done)}
						@change=${({ currentTarget }: Event) => model.check(item, (currentTarget as HTMLInputElement).checked)}
					/>${title}</label
				>`
				: html`<span>${title} <small>${done ? t('done') : t('open')}</small></span>`
		}
		${
			remove
				? html`<button
					type="button"
					class="quiet-button"
					title=${t('Remove')}
					aria-label=${t('Remove {0}', item.title)}
					@click=${remove}
				>
					${icon('trash')}
				</button>`
				: nothing
		}
	</li>`;
}

function removeByKey(event: KeyboardEvent, remove: (() => void) | undefined): void {
	if (event.key === 'Delete' && remove) {
		event.preventDefault();
		remove();
	}
}

function drawNew(model: CardModel): TemplateResult {
	return html`<div class="new">
		<label for="new-item">${t('New item')}</label>
		<input
			id="new-item"
			type="text"
			.value=${live(model.item.text)}
			@input=${({ currentTarget }: Event) => {
				model.item.text = (currentTarget as HTMLInputElement).value;
				model.changed();
			}}
			@keydown=${({ key, isComposing }: KeyboardEvent) => {
				if (key === 'Enter' && !isComposing) {
					model.sendItem();
				}
			}}
		/>
		<vscode-button secondary ?disabled=${model.item.isSending} @click=${() => model.sendItem()}>${t('Add')}</vscode-button>
	</div>`;
}
