import { css } from 'lit';

/** The list of a lane and its cards. Every card has the same height, so that what is not seen need not be drawn. */
export const cardSheet = css`
	.list {
		flex: 1;
		min-height: 0;
		padding: 0;
		overflow: hidden auto;
		overflow-anchor: none;
		contain: strict;
	}
	.list .space {
		position: relative;
		height: var(--height);
	}
	.card {
		position: absolute;
		right: 6px;
		left: 6px;
		height: var(--card);
		padding: 6px 9px;
		border: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, var(--vscode-editorWidget-border)));
		border-radius: 4px;
		background: var(--vscode-editor-background);
		color: var(--vscode-editor-foreground);
		cursor: default;
		contain: size layout style;
		user-select: none;
	}
	.card:hover {
		outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
		outline-offset: -1px;
	}
	.card .title {
		display: -webkit-box;
		height: calc(2 * var(--line));
		overflow: hidden;
		-webkit-box-orient: vertical;
		-webkit-line-clamp: 2;
		overflow-wrap: anywhere;
	}
	.card .title .codicon {
		vertical-align: text-bottom;
	}
	.card .line {
		display: flex;
		gap: 0.6em;
		align-items: center;
		height: var(--line);
		white-space: nowrap;
	}
	.card .labels {
		overflow: hidden;
		gap: 4px;
	}
	.card .badge {
		line-height: calc(var(--line) - 4px);
	}
	.fact {
		display: inline-flex;
		gap: 0.25em;
		align-items: center;
		min-width: 0;
	}
	.due {
		flex: none;
		max-width: 100%;
	}
	/* The colour is too weak for words in some themes. */
	.bad .codicon {
		color: var(--vscode-errorForeground);
	}
	.card .pending {
		position: absolute;
		top: 5px;
		right: 6px;
	}
	.card.done .title {
		text-decoration: line-through;
	}
	.card.selected {
		border-color: var(--vscode-contrastActiveBorder, var(--vscode-focusBorder));
		background: var(--vscode-list-inactiveSelectionBackground, var(--vscode-editor-background));
		color: var(--vscode-list-inactiveSelectionForeground, var(--vscode-editor-foreground));
	}
	.lanes:focus-within .card.selected {
		background: var(--vscode-list-activeSelectionBackground, var(--vscode-editor-background));
		color: var(--vscode-list-activeSelectionForeground, var(--vscode-editor-foreground));
	}
	.card.selected .quiet,
	.card.selected .bad .codicon {
		color: inherit;
	}
	.card.lifted {
		border: 2px dashed var(--vscode-focusBorder);
		padding: 5px 8px;
	}
	.card:focus,
	.list:focus-visible {
		outline: 2px solid var(--vscode-focusBorder);
		outline-offset: -2px;
	}
	.mark {
		position: absolute;
		top: 0;
		right: 4px;
		left: 4px;
		z-index: 1;
		height: 3px;
		border-radius: 2px;
		background: var(--vscode-focusBorder);
		pointer-events: none;
	}
`;
