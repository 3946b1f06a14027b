import { css } from 'lit';

/** A page that is read from top to bottom, with headings. */
export const sheetOfText = css`
	main {
		max-width: 860px;
		margin: 0 auto;
		padding: 16px 24px 24px;
	}
	h1 {
		margin: 2px 0 8px;
		font-size: 1.6em;
		font-weight: 600;
		overflow-wrap: anywhere;
	}
	h2 {
		margin: 24px 0 8px;
		font-size: 1.15em;
		font-weight: 600;
	}
`;
