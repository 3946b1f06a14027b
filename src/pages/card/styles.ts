import { css } from 'lit';

export const cardStyles = css`
	boardwalk-card {
		display: block;
	}
	.key,
	.count,
	.place,
	.none,
	.loading,
	small {
		font-weight: normal;
		color: var(--vscode-descriptionForeground);
	}
	.count,
	small {
		font-size: 0.9em;
	}
	.place,
	.loading {
		margin: 0;
	}
	.actions,
	.saving,
	.byline,
	.new,
	.waiting {
		display: flex;
		flex-wrap: wrap;
		gap: 8px;
		align-items: center;
	}
	.notice {
		flex-wrap: wrap;
		margin: 8px 0;
	}
	.notice > p {
		flex: 1;
	}
	dl {
		display: grid;
		grid-template-columns: repeat(auto-fill, minmax(220px, 1fr));
		gap: 8px 16px;
		margin: 12px 0 0;
	}
	dt {
		color: var(--vscode-descriptionForeground);
	}
	dd {
		margin: 0;
		overflow-wrap: anywhere;
		white-space: pre-line;
	}
	.prose {
		line-height: 1.5;
		overflow-wrap: anywhere;
		margin-bottom: 8px;
	}
	.prose :is(p, ul, ol, dl, blockquote, pre, table, h3, h4, h5, h6):not(:first-child) {
		margin-top: 0.6em;
	}
	.prose :is(ul, ol) {
		padding-left: 1.6em;
	}
	.prose :is(h3, h4, h5, h6) {
		font-weight: 600;
	}
	.prose.plain {
		white-space: pre-wrap;
	}
	.prose img {
		max-width: 100%;
	}
	.prose pre,
	.prose code {
		font-family: var(--vscode-editor-font-family, monospace);
		white-space: pre-wrap;
		color: var(--vscode-textPreformat-foreground, inherit);
		background: var(--vscode-textPreformat-background, transparent);
	}
	.prose blockquote {
		margin: 0;
		padding-left: 10px;
		border-left: 3px solid var(--vscode-textBlockQuote-border, var(--vscode-foreground));
	}
	.prose table {
		border-collapse: collapse;
	}
	.prose td,
	.prose th {
		padding: 2px 6px;
		border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, var(--vscode-foreground)));
	}
	a,
	.link {
		color: var(--vscode-textLink-foreground);
		text-decoration: underline;
	}
	.link {
		padding: 0;
		font: inherit;
		text-align: left;
		background: none;
		border: 0;
		cursor: pointer;
		overflow-wrap: anywhere;
	}
	section > vscode-button {
		margin-top: 8px;
	}
	.items,
	.comments {
		margin: 0 0 8px;
		padding: 0;
		list-style: none;
	}
	.items li {
		display: flex;
		gap: 8px;
		align-items: center;
		padding: 3px 0;
	}
	.items label,
	.items li > span {
		flex: 1;
	}
	.items label {
		display: flex;
		gap: 8px;
		align-items: center;
		font-weight: normal;
	}
	.quiet-button {
		display: inline-flex;
		padding: 3px;
		color: var(--vscode-icon-foreground, inherit);
		background: none;
		border: 1px solid transparent;
		border-radius: 5px;
		cursor: pointer;
	}
	.quiet-button:hover {
		background: var(--vscode-toolbar-hoverBackground, transparent);
		border-color: var(--vscode-contrastActiveBorder, transparent);
	}
	.done {
		text-decoration: line-through;
	}
	.comments li {
		padding: 8px 0;
		border-top: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, var(--vscode-foreground)));
	}
	.byline .quiet-button {
		margin-left: auto;
	}
	.new input {
		flex: 1;
		min-width: 160px;
	}
	.new-comment {
		display: grid;
		gap: 4px;
		justify-items: start;
		margin-top: 8px;
	}
	footer {
		position: sticky;
		bottom: 0;
		box-sizing: border-box;
		max-width: 860px;
		margin: 0 auto;
		padding: 0 24px;
		background: var(--vscode-editor-background);
	}
	.saving {
		padding: 8px 0;
		border-top: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, var(--vscode-foreground)));
	}
	.saving span {
		flex: 1;
	}
	.said:not(.problem) {
		position: absolute;
		width: 1px;
		height: 1px;
		overflow: hidden;
		clip-path: inset(50%);
	}
`;
