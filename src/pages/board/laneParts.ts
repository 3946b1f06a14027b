import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../look/icon.ts';
import type { LaneView } from '../protocol.ts';
import type { Desk } from './desk.ts';
import type { Metrics } from './metrics.ts';

/** What of the board's state one lane is drawn from. */
export interface LaneDrawing {
	readonly lane: LaneView;
	readonly metrics: Metrics;
	/** Whether the lane is in or near the seen part of the board; elsewhere it draws no cards. */
	readonly near: boolean;
	/** Whether the keyboard is in this lane. */
	readonly current: boolean;
	/** The card that the keyboard is on. */
	readonly card?: string;
	/** Whether it is on the lane's own name. */
	readonly head?: boolean;
	readonly selected: ReadonlySet<string>;
	readonly lifted: ReadonlySet<string>;
	/** The gap where lifted cards would go; `whole` where the lane has no places. */
	readonly gap?: number | 'whole';
	/** The side where a lifted lane would go. */
	readonly edge?: 'left' | 'right';
	readonly isLifted: boolean;
}

/** Arrows lead to it and not Tab: that would leave the card the keyboard was on, and go past all cards. */
export function laneName({ lane, head }: LaneDrawing): TemplateResult {
	if (!lane.movable) return html`<span class="name clip" title=${lane.name}>${lane.name}</span>`;
	return html`<span
		class="name clip handle"
		role="button"
		tabindex=${head ? 0 : -1}
		title=${lane.name}
		aria-describedby="keys-lane"
		data-head
		>${lane.name}</span
	>`;
}

export function createButton({ lane, current }: LaneDrawing, desk: Desk): TemplateResult {
	const { card } = desk.state.view?.words ?? { card: '' };
	return html`<button
		class="plain"
		tabindex=${current ? 0 : -1}
		title=${t('New {0}', card)}
		aria-label=${t('New {0} in {1}', card, lane.name)}
		@click=${() => desk.tell({ type: 'create', lane: lane.id })}
	>
		${icon('add')}
	</button>`;
}

export function failureNotice({ lane, current }: LaneDrawing, desk: Desk): TemplateResult | typeof nothing {
	if (!lane.failure) return nothing;
	const { message, action } = lane.failure;
	return html`<div class="notice error">
		${icon('error')}<span class="grow">${message}</span>
		<vscode-button
			.tabIndex=${current ? 0 : -1}
			@click=${() => desk.tell({ type: 'retry', lane: lane.id })}
			>${action}</vscode-button
		>
	</div>`;
}

export function moreButton({ lane, current }: LaneDrawing, desk: Desk): TemplateResult {
	return html`<vscode-button
		class="more"
		secondary
		.tabIndex=${current ? 0 : -1}
		?disabled=${lane.loading}
		@click=${() => desk.tell({ type: 'more', lane: lane.id })}
		>${t('Load more')}</vscode-button
	>`;
}
