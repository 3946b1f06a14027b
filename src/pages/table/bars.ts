import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '../look/icon.ts';
import type { Progress, TableButton, TableView } from '../tableProtocol.ts';
import type { Desk } from './desk.ts';
import { chooseForTicked, tickShown } from './ticking.ts';
import { countText, numberText, shownText } from './words.ts';

/** What stands around the table: the filter and what concerns many rows above it, how things stand and the buttons below. */

export function drawTools(desk: Desk, filter: (text: string) => void): TemplateResult {
	const { state } = desk;
	const many = numberText(state.count);
	const isAll = state.count === state.total;
	const clear = ({ key }: KeyboardEvent) => {
		if (key === 'Escape') filter('');
	};
	return html`<div class="tools" role="group" aria-label=${t('Rows')}>
		<vscode-textfield
			class="search"
			label=${t('Filter rows')}
			placeholder=${t('Filter rows')}
			.value=${state.filter}
			@keydown=${clear}
			@input=${({ target }: Event) => filter((target as HTMLInputElement).value)}
		></vscode-textfield>
		${
			state.canTick
				? html`${tool(isAll ? t('Tick All {0}', many) : t('Tick the {0} Shown', many), 'check-all', () => tickShown(desk, true))}
					${tool(isAll ? t('Untick All') : t('Untick the {0} Shown', many), 'clear-all', () => tickShown(desk, false))}
					${state.choices.size > 0 ? commonChoice(desk) : nothing}`
				: nothing
		}
		<span class="counts">${state.canTick ? countText(state) : shownText(state)}</span>
	</div>`;
}

function tool(label: string, picture: string, act: () => void): TemplateResult {
	return html`<button class="plain" type="button" @click=${act}>${icon(picture)} ${label}</button>`;
}

/** One choice for many rows; only the button does it, for the arrow keys choose at once. */
function commonChoice(desk: Desk): TemplateResult {
	const { state } = desk;
	const label = state.columns.find(({ kind }) => kind === 'choice')?.label ?? t('Choice');
	const isChosen = state.choices.has(state.commonChoice);
	return html`<span class="common">
		<label for="common-choice">${t('{0} for all that are ticked and shown', label)}</label>
		<select
			id="common-choice"
			@change=${({ target }: Event) => {
				state.commonChoice = (target as HTMLSelectElement).value;
				desk.draw();
			}}
		>
			<option value="" .selected=${live(!isChosen)}>${t('Choose…')}</option>
			${[...state.choices].map(
				([value, name]) =>
					html`<option value=${value} .selected=${live(isChosen && value === state.commonChoice)}>${name}</option>`,
			)}
		</select>
		<button class="plain" type="button" aria-disabled=${!isChosen} @click=${() => isChosen && chooseForTicked(desk)}>
			${t('Set')}
		</button>
	</span>`;
}

/** How far it is, as a bar and in numbers; a bar without numbers while it is not known how much there is. */
export function drawProgress({ progress, phase, status }: TableView): TemplateResult | typeof nothing {
	if (phase === 'gathering') {
		return html`<div class="bar endless" role="progressbar" aria-label=${t('Gathering')} aria-valuetext=${status}><div></div></div>`;
	}
	if (phase !== 'running' || !progress) return nothing;
	return html`<div class="progress">
		<div
			class="bar"
			role="progressbar"
			aria-label=${t('Progress')}
			aria-valuemin="0"
			aria-valuemax=${progress.total}
			aria-valuenow=${progress.settled}
			aria-valuetext=${progressText(progress)}
		>
			<div .style=${`width: ${percent(progress)}%`}></div>
		</div>
		<span aria-hidden="true">${progressText(progress)}</span>
	</div>`;
}

function progressText(progress: Progress): string {
	const share = new Intl.NumberFormat(document.documentElement.lang || undefined, { style: 'percent' });
	return t(
		'{0} of {1} ({2})',
		numberText(progress.settled),
		numberText(progress.total),
		share.format(percent(progress) / 100),
	);
}

function percent({ settled, total }: Progress): number {
	return total > 0 ? Math.floor((100 * settled) / total) : 0;
}

/** What the row that the keyboard is on has to say, in full: its cells may be too narrow for it. */
export function drawAbout({ current }: Desk['state']): TemplateResult {
	const parts = [current?.label, current?.state?.label, current?.state?.detail, current?.warning];
	const text = parts.filter((part) => part !== undefined && part !== '').join(' – ');
	return html`<p class="about quiet">${text}</p>`;
}

export function drawFoot({ status, buttons }: TableView, press: (button: TableButton) => void): TemplateResult {
	return html`<footer>
		<p class="status" tabindex="-1">${status}</p>
		${buttons.map(
			(button) =>
				html`<vscode-button
					data-button=${button.id}
					?secondary=${!button.primary}
					?disabled=${button.disabled ?? false}
					aria-disabled=${button.disabled ? 'true' : 'false'}
					@click=${() => press(button)}
					>${button.label}</vscode-button
				>`,
		)}
	</footer>`;
}
