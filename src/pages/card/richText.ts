import { t } from '@vscode/l10n';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { safeHtml } from './safeHtml.ts';

/** A text of the vendor. HTML is made safe; its links are told and never followed, its pictures wait until they are asked for. */
class RichText extends LitElement {
	static override readonly properties = { body: { attribute: false }, pictures: { attribute: false } };

	declare body: { readonly html: string } | { readonly text: string };
	declare pictures: boolean;
	declare onLink: (url: string) => void;
	declare onPictures: () => void;
	#content: DocumentFragment | string = '';
	#waiting = 0;
	#drawn: string | undefined;

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	/** Every message brings the same text anew; it is made safe once. */
	protected override willUpdate(_changed: PropertyValues): void {
		const key = JSON.stringify([this.body, this.pictures]);
		if (key === this.#drawn) {
			return;
		}
		this.#drawn = key;
		const { content, waiting } =
			'html' in this.body ? safeHtml(this.body.html, this.pictures) : { content: this.body.text, waiting: 0 };
		this.#content = content;
		this.#waiting = waiting;
	}

	protected override render(): TemplateResult {
		const isText = typeof this.#content === 'string';
		const onClick = (event: MouseEvent) => this.#onClick(event);
		return html`<div class=${isText ? 'prose plain' : 'prose'} @click=${onClick} @auxclick=${onClick}>${this.#content}</div>
			${this.#waiting > 0 ? this.#drawWaiting() : nothing}`;
	}

	#drawWaiting(): TemplateResult {
		const text =
			this.#waiting === 1
				? t('A picture on the web was not loaded.')
				: t('{0} pictures on the web were not loaded.', this.#waiting);
		return html`<p class="waiting">
			${text}
			<vscode-button secondary @click=${() => this.onPictures()}>${t('Load Pictures')}</vscode-button>
		</p>`;
	}

	#onClick(event: MouseEvent): void {
		const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement);
		if (link) {
			// The editor follows links by itself where the click reaches its listener on the document.
			event.preventDefault();
			event.stopPropagation();
			if (event.button < 2) {
				this.onLink(link.href);
			}
		}
	}
}

customElements.define('boardwalk-rich-text', RichText);
