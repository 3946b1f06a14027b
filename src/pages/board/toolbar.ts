import { t } from '@vscode/l10n';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Arrangement, Filter, Grouping, Sorting } from '../../core/arrangement.ts';
import { icon } from '../look/icon.ts';
import type { BoardView } from '../protocol.ts';
import type { Desk } from './desk.ts';

/** How long after the last key the text of the filter is told; milliseconds. */
const typingPause = 250;

interface Choice {
	readonly value: string;
	readonly label: string;
}

/** Group, sort, filter and what else concerns the whole board. */
export class ToolbarElement extends LitElement {
	static override properties = { view: { attribute: false }, keysShown: { attribute: false } };
	declare view: BoardView;
	declare keysShown: boolean;
	declare desk: Desk;

	#typing: ReturnType<typeof setTimeout> | undefined;
	/** As it is chosen, which the editor may not have heard yet. */
	#arrangement: Arrangement | undefined;

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
		if (changed.has('view') && this.#typing === undefined) this.#arrangement = this.view.arrangement;
	}

	protected override render(): TemplateResult {
		const { can } = this.view;
		const { group, sort, filter } = this.#now;
		return html`<div class="toolbar" role="group" aria-label=${t('Arrangement')}>
				${select(t('Group by'), groupings(this.view), group, (value) => this.#arrange({ group: value as Grouping }))}
				${select(t('Sort by'), sortings(), sort, (value) => this.#arrange({ sort: value as Sorting }))}
				<vscode-textfield
					class="search"
					label=${t('Filter by text')}
					placeholder=${t('Filter by text')}
					.value=${filter.text ?? ''}
					@input=${({ target }: Event) => this.#typed((target as HTMLInputElement).value)}
					@change=${() => this.#tellTyped()}
				></vscode-textfield>
				${this.view.labels.length > 0 ? this.#labels() : nothing}
				${can.mine ? this.#toggle('mine', t('Mine'), 'person') : nothing}
				${this.#toggle('dueThisWeek', t('Due this week'), 'calendar')}
			</div>
			<div class="toolbar" role="group" aria-label=${t('Board')}>
				${this.#button('undo', can.undo ?? t('Nothing to undo'), 'discard', !can.undo)}
				${this.#button('reload', t('Reload'), 'refresh')} ${this.#button('asText', t('Board as Text'), 'list-flat')}
				<button
					class="plain"
					title=${t('Keys')}
					aria-label=${t('Keys')}
					aria-expanded=${this.keysShown}
					@click=${() => this.desk.toggleKeys()}
				>
					${icon('keyboard')}
				</button>
			</div>`;
	}

	get #now(): Arrangement {
		return this.#arrangement ?? this.view.arrangement;
	}

	#labels(): TemplateResult {
		const choices = [{ value: '', label: t('Any') }, ...this.view.labels.map((label) => ({ value: label, label }))];
		return select(t('Label'), choices, this.#now.filter.label ?? '', (label) =>
			this.#filter({ label: label || undefined }),
		);
	}

	#toggle(which: 'mine' | 'dueThisWeek', label: string, picture: string): TemplateResult {
		const on = this.#now.filter[which] === true;
		return html`<button
			class="plain toggle"
			aria-pressed=${on}
			@click=${() => this.#filter({ [which]: !on || undefined })}
		>
			${icon(on ? 'check' : picture)} ${label}
		</button>`;
	}

	#button(id: 'undo' | 'reload' | 'asText', label: string, picture: string, disabled = false): TemplateResult {
		return html`<button
			class="plain"
			title=${label}
			aria-label=${label}
			aria-disabled=${disabled}
			@click=${() => !disabled && this.desk.tell({ type: 'command', id, cards: [] })}
		>
			${icon(picture)}
		</button>`;
	}

	#typed(text: string): void {
		clearTimeout(this.#typing);
		this.#arrangement = { ...this.#now, filter: withoutGaps({ ...this.#now.filter, text: text || undefined }) };
		this.#typing = setTimeout(() => this.#tellTyped(), typingPause);
	}

	#tellTyped(): void {
		if (this.#typing === undefined) return;
		clearTimeout(this.#typing);
		this.#typing = undefined;
		this.desk.tell({ type: 'arrange', arrangement: this.#now });
	}

	#filter(change: Filter): void {
		this.#arrange({ filter: withoutGaps({ ...this.#now.filter, ...change }) });
	}

	#arrange(change: Partial<Arrangement>): void {
		clearTimeout(this.#typing);
		this.#typing = undefined;
		this.#arrangement = { ...this.#now, ...change };
		this.desk.tell({ type: 'arrange', arrangement: this.#arrangement });
		this.requestUpdate();
	}
}

function select(
	label: string,
	choices: readonly Choice[],
	value: string,
	choose: (value: string) => void,
): TemplateResult {
	const changed = ({ target }: Event) => choose((target as HTMLSelectElement).value);
	return html`<label class="choice"
		><span class="quiet">${label}</span
		><select @change=${changed}>
			${choices.map((choice) => html`<option value=${choice.value} .selected=${choice.value === value}>${choice.label}</option>`)}
		</select></label
	>`;
}

function groupings({ words }: BoardView): readonly Choice[] {
	return [
		{ value: 'column', label: words.column.charAt(0).toLocaleUpperCase() + words.column.slice(1) },
		{ value: 'assignee', label: t('Assignee') },
		{ value: 'label', label: t('Label') },
		{ value: 'due', label: t('Due date') },
	];
}

function sortings(): readonly Choice[] {
	return [
		{ value: 'vendor', label: t('As on the server') },
		{ value: 'due', label: t('Due date') },
		{ value: 'title', label: t('Title') },
		{ value: 'assignee', label: t('Assignee') },
	];
}

/** Without what is not set, so that equal filters look alike. */
function withoutGaps(filter: Filter): Filter {
	return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
