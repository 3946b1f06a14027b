import { html, type TemplateResult } from 'lit';
import type { CardPageView } from '../protocol.ts';
import type { CardModel } from './cardModel.ts';
import './richText.ts';

export function drawRichText(
	body: NonNullable<CardPageView['description']>,
	{ pictures }: CardPageView,
	model: CardModel,
): TemplateResult {
	return html`<boardwalk-rich-text
		.body=${body}
		.pictures=${pictures}
		.onLink=${(url: string) => model.tell({ type: 'openLink', url })}
		.onPictures=${() => model.tell({ type: 'pictures' })}
	></boardwalk-rich-text>`;
}
