import { t } from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { icon } from '../look/icon.ts';

/** What the keys do: a list that is shown on demand, and two sentences that lists and heads refer to for screen readers. */
export function keysHelp(shown: boolean, close: () => void): TemplateResult {
	return html`<div hidden>
			<span id="keys-card"
				>${t('Arrow keys go from card to card, Enter opens, Space lifts to move, question mark explains the keys.')}</span
			>
			<span id="keys-lane">${t('Space lifts the column to move it with Left and Right.')}</span>
		</div>
		<section class="keys" ?hidden=${!shown} aria-label=${t('Keys')}>
			<button class="plain" title=${t('Close')} aria-label=${t('Close')} @click=${close}>${icon('close')}</button>
			<dl>
				${keys().map(([key, does]) => html`<div><dt>${key}</dt><dd>${does}</dd></div>`)}
			</dl>
		</section>`;
}

function keys(): readonly (readonly [key: string, does: string])[] {
	return [
		[t('Arrow keys'), t('Go from card to card and from column to column')],
		[t('Home, End, Page Up, Page Down'), t('Go further in the column')],
		[t('Shift with them'), t('Selects on the way')],
		[t('Ctrl+A, Ctrl+Space'), t('Select the column, or one more card')],
		[t('Enter'), t('Opens the card')],
		[t('Space'), t('Lifts the selected cards: arrow keys choose the place, Space or Enter drops, Escape puts back')],
		[t('F2, Delete'), t('Rename and remove')],
		[t('N'), t('New card in the column')],
		[t('Up from the first card'), t('Goes to the name of the column, which Space lifts')],
		[t('Shift+F10'), t('Opens the menu of the card')],
		[t('Ctrl+Z'), t('Undoes the last change')],
		[t('?'), t('Shows and hides this list')],
	];
}
