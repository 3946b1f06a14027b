import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../look/icon.ts';
import type { CardView } from '../protocol.ts';
import type { CardLines } from './metrics.ts';
import { numberText } from './words.ts';

/** How one card stands in its list. */
export interface CardPlacing {
	readonly index: number;
	readonly count: number;
	/** Pixels from the top of the list. */
	readonly top: number;
	readonly selected: boolean;
	readonly lifted: boolean;
	readonly reachable: boolean;
}

/** A card of the board. Nothing within it takes the keyboard; a screen reader hears its sentence instead of its parts. */
export function cardTemplate(card: CardView, lines: CardLines, at: CardPlacing): TemplateResult {
	return html`<div
		class="card ${at.selected ? 'selected' : ''} ${at.lifted ? 'lifted' : ''} ${card.done ? 'done' : ''}"
		role="option"
		id=${`card-${card.id}`}
		data-card=${card.id}
		data-vscode-context=${menuContext(card)}
		tabindex=${at.reachable ? 0 : -1}
		aria-selected=${at.selected}
		aria-setsize=${at.count}
		aria-posinset=${at.index + 1}
		aria-busy=${card.pending ? 'true' : nothing}
		.style=${`top: ${at.top + 2}px`}
	>
		<span class="unseen">${card.spoken}</span>
		<div aria-hidden="true">
			${lines.top ? html`<div class="line quiet"><span class="clip">${topText(card)}</span></div>` : nothing}
			<div class="title">${card.done ? icon('pass') : nothing} ${card.title}</div>
			${lines.labels ? html`<div class="line labels">${(card.labels ?? []).map(labelTemplate)}</div>` : nothing}
			${lines.dates ? html`<div class="line">${dueTemplate(card)}${blockedTemplate(card)}</div>` : nothing}
			${lines.people ? peopleLine(card) : nothing}
			${card.pending ? html`<span class="pending" title=${t('On its way')}>${icon('sync')}</span>` : nothing}
		</div>
	</div>`;
}

function menuContext({ id, context }: CardView): string {
	return JSON.stringify({ webviewSection: context, card: id, preventDefaultContextMenuItems: true });
}

function topText({ key, status }: CardView): string {
	return [key, status].filter(Boolean).join(' · ');
}

const labelTemplate = (label: string) => html`<span class="badge">${label}</span>`;

function dueTemplate({ due }: CardView) {
	if (!due) return nothing;
	return due.overdue
		? html`<span class="fact due bad">${icon('warning')}<span class="clip">${t('Overdue: {0}', due.text)}</span></span>`
		: html`<span class="fact due quiet">${icon('calendar')}<span class="clip">${due.text}</span></span>`;
}

function blockedTemplate({ blocked }: CardView) {
	if (blocked === undefined) return nothing;
	const text = blocked ? t('Blocked: {0}', blocked) : t('Blocked');
	return html`<span class="fact bad" title=${text}>${icon('circle-slash')}<span class="clip">${text}</span></span>`;
}

function peopleLine({ assignees, progress, comments }: CardView): TemplateResult {
	return html`<div class="line quiet">
		${assignees ? html`<span class="fact">${icon('account')}<span class="clip">${assignees}</span></span>` : nothing}
		<span class="grow"></span>
		${
			progress
				? html`<span class="fact" title=${t('Checklist')}
						>${icon('checklist')}${t('{0}/{1}', numberText(progress.done), numberText(progress.total))}</span
					>`
				: nothing
		}
		${
			comments
				? html`<span class="fact" title=${t('Comments')}>${icon('comment')}${numberText(comments)}</span>`
				: nothing
		}
	</div>`;
}
