import type { CSSResult } from 'lit';

/** Puts sheets on the document itself: elements that draw without a shadow of their own share them. */
export function adoptSheets(...sheets: readonly CSSResult[]): void {
	const parsed = sheets.flatMap(({ styleSheet }) => (styleSheet ? [styleSheet] : []));
	document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...parsed];
}
