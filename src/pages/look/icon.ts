import { html, type TemplateResult } from 'lit';

/** A picture of the editor's own icon font, which the page's markup links. It says nothing by itself: words stand beside it. */
export function icon(name: string): TemplateResult {
	return html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;
}
