import { t } from '@vscode/l10n';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '../look/icon.ts';
import type { ChoiceView, FieldView } from '../protocol.ts';
import { asList, type PlainValue } from './drafts.ts';
import { fieldId } from './fieldId.ts';
import type { Choices, HowMany } from './offers.ts';

/** A line of the list: a choice, or the way to further ones. */
type Line = ChoiceView & { readonly isMore?: true };

/**
 * A box to choose in: one of several, or any number of them, found by typing. The select elements of vscode-elements say
 * their own parts in English and can't be described from outside, so this follows the combobox pattern of WAI-ARIA itself.
 */
class ChoiceBox extends LitElement {
	static override readonly properties = {
		field: { attribute: false },
		value: { attribute: false },
		labels: { attribute: false },
		choices: { attribute: false },
		describedBy: { attribute: false },
		invalid: { attribute: false },
		hasMore: { attribute: false },
	};

	declare field: FieldView;
	declare value: PlainValue;
	/** What the chosen ones are called. */
	declare labels: readonly string[];
	declare choices: Choices;
	declare describedBy: string | undefined;
	declare invalid: boolean;
	/** Whether there are choices that were not loaded yet. */
	declare hasMore: boolean;
	declare onAsk: () => void;
	declare onMore: (how: HowMany) => void;
	declare onPick: (value: PlainValue) => void;
	#open = false;
	#filter = '';
	#active = 0;

	/** In the page itself, where labels and descriptions reach it. */
	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.addEventListener('focusout', ({ relatedTarget }) => {
			if (!(relatedTarget instanceof Node && this.contains(relatedTarget))) {
				this.#close();
			}
		});
	}

	protected override updated(): void {
		if (this.#open && this.#filter.trim() !== '' && this.hasMore) {
			// What is sought may be among those that are not here yet.
			this.onMore('all');
		}
		this.querySelector('.active')?.scrollIntoView({ block: 'nearest' });
	}

	protected override render(): TemplateResult {
		const names = this.labels.join(', ');
		const active = this.#open && this.#shown[this.#active] ? this.#optionId(this.#active) : nothing;
		return html`<input
				id=${fieldId(this.field.id)}
				type="text"
				role="combobox"
				autocomplete="off"
				spellcheck="false"
				aria-autocomplete="list"
				aria-expanded=${this.#open ? 'true' : 'false'}
				aria-controls=${this.#listId}
				aria-activedescendant=${active}
				aria-describedby=${this.describedBy ?? nothing}
				aria-invalid=${this.invalid ? 'true' : nothing}
				aria-required=${this.field.required ? 'true' : nothing}
				placeholder=${this.#open ? names || t('Type to find') : (this.field.placeholder ?? (this.field.required ? t('Choose…') : t('None')))}
				.value=${live(this.#open ? this.#filter : names)}
				@click=${() => this.#show()}
				@input=${(event: InputEvent) => this.#onInput(event)}
				@keydown=${(event: KeyboardEvent) => this.#onKey(event)}
			/>${icon('chevron-down')}${this.#open ? this.#drawPopup() : nothing}`;
	}

	#drawPopup(): TemplateResult {
		const shown = this.#shown;
		if (shown.length === 0) {
			return html`<p class="popup" id=${this.#listId}>${this.#whyEmpty()}</p>`;
		}
		return html`<ul
			class="popup"
			role="listbox"
			id=${this.#listId}
			aria-label=${this.field.label}
			aria-multiselectable=${this.field.many ? 'true' : nothing}
			@mousedown=${(event: Event) => event.preventDefault()}
		>
			${shown.map((choice, at) => this.#drawOption(choice, at))}
		</ul>`;
	}

	#drawOption(choice: Line, at: number): TemplateResult {
		const chosen = asList(this.value);
		const isChosen = !choice.isMore && (choice.value === '' ? chosen.length === 0 : chosen.includes(choice.value));
		return html`<li
			role="option"
			id=${this.#optionId(at)}
			class=${at === this.#active ? 'active' : ''}
			aria-selected=${isChosen ? 'true' : 'false'}
			@click=${() => this.#pick(choice)}
		>
			<span class="check" aria-hidden="true">${isChosen ? '✓' : ''}</span>
			<span>${choice.label}${choice.detail ? html` <small>${choice.detail}</small>` : nothing}</span>
		</li>`;
	}

	#whyEmpty(): string {
		if (typeof this.choices === 'string') {
			return t('Loading the choices…');
		}
		if ('failure' in this.choices) {
			return this.choices.failure;
		}
		if (this.hasMore) {
			return t('Loading the choices…');
		}
		return this.choices.length === 0
			? (this.field.none ?? t('There is nothing to choose from.'))
			: t('Nothing matches “{0}”.', this.#filter);
	}

	/** What the filter leaves, with a way to choose nothing where that is possible. */
	get #shown(): readonly Line[] {
		if (typeof this.choices === 'string' || 'failure' in this.choices) {
			return [];
		}
		const sought = this.#filter.trim().toLocaleLowerCase();
		const found = this.choices.filter(({ label, detail }) =>
			`${label} ${detail ?? ''}`.toLocaleLowerCase().includes(sought),
		);
		const canBeNone = sought === '' && !this.field.many && !this.field.required && this.choices.length > 0;
		const offered =
			this.field.free && sought !== '' && !found.some(({ label }) => label.toLocaleLowerCase() === sought);
		const typed = this.#filter.trim();
		const more: readonly Line[] =
			this.hasMore && sought === '' ? [{ value: '', label: t('Load more…'), isMore: true }] : [];
		const all = [...found, ...(offered ? [{ value: typed, label: t('Use “{0}”', typed) }] : []), ...more];
		return canBeNone && !found.some(({ value }) => value === '') ? [{ value: '', label: t('None') }, ...all] : all;
	}

	get #listId(): string {
		return `${fieldId(this.field.id)}-list`;
	}

	#optionId(at: number): string {
		return `${fieldId(this.field.id)}-option-${at}`;
	}

	#show(): void {
		if (!this.#open) {
			this.#open = true;
			this.#active = 0;
			this.onAsk();
		}
		this.requestUpdate();
	}

	#close(): void {
		this.#open = false;
		this.#filter = '';
		this.requestUpdate();
	}

	#onInput({ currentTarget }: InputEvent): void {
		this.#filter = this.#open ? (currentTarget as HTMLInputElement).value : this.#typedBehindNames(currentTarget);
		this.#show();
		this.#active = 0;
	}

	/** Before it opens, the box holds the names of what is chosen: only what was typed seeks. */
	#typedBehindNames(box: EventTarget | null): string {
		const { value } = box as HTMLInputElement;
		const names = this.labels.join(', ');
		return value.startsWith(names) ? value.slice(names.length) : '';
	}

	#onKey(event: KeyboardEvent): void {
		const { key } = event;
		if (!this.#open && ['ArrowDown', 'ArrowUp', 'Enter', ' '].includes(key) && !event.ctrlKey && !event.metaKey) {
			event.preventDefault();
			this.#show();
		} else if (this.#open && this.#keys[key]) {
			event.preventDefault();
			event.stopPropagation();
			this.#keys[key]();
			this.requestUpdate();
		}
	}

	readonly #keys: Readonly<Record<string, (() => void) | undefined>> = {
		ArrowDown: () => this.#go(this.#active + 1),
		ArrowUp: () => this.#go(this.#active - 1),
		Escape: () => this.#close(),
		Enter: () => this.#pickActive(),
	};

	#go(to: number): void {
		const { length } = this.#shown;
		this.#active = length === 0 ? 0 : (to + length) % length;
	}

	#pickActive(): void {
		const choice = this.#shown[this.#active];
		if (choice) {
			this.#pick(choice);
		}
	}

	#pick({ value, isMore }: Line): void {
		if (isMore) {
			this.onMore('more');
			return;
		}
		if (!this.field.many) {
			this.onPick(value);
			this.#close();
			return;
		}
		const chosen = asList(this.value);
		this.onPick(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
	}
}

customElements.define('boardwalk-choice', ChoiceBox);
