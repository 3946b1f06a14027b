import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../look/icon.ts';
import type { CardPageView } from '../protocol.ts';
import type { CardModel } from './cardModel.ts';
import { drawRichText } from './drawRichText.ts';

type Comments = NonNullable<CardPageView['comments']>;

export function drawComments(view: CardPageView, model: CardModel): TemplateResult | typeof nothing {
	const { comments, readOnly } = view;
	if (!comments) {
		return nothing;
	}
	const canAdd = comments.canAdd && readOnly === undefined;
	return html`<section aria-labelledby="comments">
		<h2 id="comments">${t('Comments')} <span class="count">${comments.items.length}${comments.hasMore ? '+' : ''}</span></h2>
		<ul class="comments">
			${repeat(
				comments.items,
				({ id }) => id,
				(comment) => drawComment(comment, view, model),
			)}
		</ul>
		${drawMore(comments, model)} ${canAdd ? drawNew(model) : nothing}
		${!canAdd && model.comment.text ? html`<p class="meanwhile">${t('Typed and not sent: {0}', model.comment.text)}</p>` : nothing}
	</section>`;
}

function drawComment(
	{ id, author, time, body, canRemove }: Comments['items'][number],
	view: CardPageView,
	model: CardModel,
): TemplateResult {
	const who = author ?? t('Someone');
	return html`<li data-item>
		<div class="byline">
			<strong>${who}</strong> ${time ? html`<small>${time}</small>` : nothing}
			${
				canRemove && view.readOnly === undefined
					? html`<button
						type="button"
						class="quiet-button"
						title=${t('Remove')}
						aria-label=${time ? t('Remove the comment of {0}, {1}', who, time) : t('Remove the comment of {0}', who)}
						@click=${() => model.tell({ type: 'removeComment', id })}
					>
						${icon('trash')}
					</button>`
					: nothing
			}
		</div>
		${drawRichText(body, view, model)}
	</li>`;
}

function drawMore({ failure, hasMore }: Comments, model: CardModel): TemplateResult | typeof nothing {
	const label = failure === undefined ? t('More Comments') : t('Try again');
	return failure !== undefined || hasMore
		? html`<div class="more">
				${failure === undefined ? nothing : html`<p class="problem">${failure}</p>`}
				<vscode-button secondary @click=${() => model.tell({ type: 'moreComments' })}>${label}</vscode-button>
			</div>`
		: nothing;
}

function drawNew(model: CardModel): TemplateResult {
	return html`<div class="new-comment">
		<label for="new-comment">${t('New comment')}</label>
		<textarea
			id="new-comment"
			rows="3"
			aria-describedby="new-comment-help"
			.value=${live(model.comment.text)}
			@input=${({ currentTarget }: Event) => {
				model.comment.text = (currentTarget as HTMLTextAreaElement).value;
				model.changed();
			}}
		></textarea>
		<p class="help" id="new-comment-help">${t('{0} sends it.', sendKey())}</p>
		<vscode-button ?disabled=${model.comment.isSending} @click=${() => model.sendComment()}
			>${model.comment.isSending ? t('Sending…') : t('Comment')}</vscode-button
		>
	</div>`;
}

function sendKey(): string {
	return navigator.platform.startsWith('Mac') ? '⌘Enter' : t('Ctrl+Enter');
}
