import { css } from 'lit';

/** The table itself. All its rows are of one height: where each stands is known without drawing it. */
export const gridSheet = css`
	boardwalk-table main > boardwalk-grid {
		flex: 1 0 12em;
		min-height: 12em;
		border: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, transparent));
		contain: size;
	}
	.scroller {
		height: 100%;
		overflow: auto;
		overflow-anchor: none;
	}
	.scroller > .none {
		padding: 0.8em;
	}
	table {
		width: 100%;
		min-width: var(--width);
		border-spacing: 0;
		table-layout: fixed;
	}
	table tr {
		height: var(--row);
	}
	table :is(th, td) {
		height: var(--row);
		padding: 0 8px;
		overflow: hidden;
		border-bottom: 1px solid var(--vscode-tree-tableColumnsBorder, var(--vscode-widget-border, transparent));
		font-weight: inherit;
		line-height: 1.2;
		text-align: start;
		text-overflow: ellipsis;
		vertical-align: middle;
		white-space: nowrap;
	}
	table .gap {
		height: auto;
	}
	thead th {
		position: sticky;
		z-index: 1;
		top: 0;
		background: var(--vscode-editor-background);
		font-weight: 600;
	}
	tbody tr:hover :is(th, td) {
		background: var(--vscode-list-hoverBackground);
	}
	table .number {
		font-variant-numeric: tabular-nums;
		text-align: end;
	}
	table .tick {
		padding: 0;
		text-align: center;
	}
	table .choice {
		padding: 0 4px;
	}
	.choice > select {
		width: 100%;
		max-width: none;
	}
	.sort {
		display: inline-flex;
		gap: 0.3em;
		align-items: center;
		max-width: 100%;
		height: 24px;
		margin: 0 -4px;
		padding: 0 4px;
		border: 0;
		border-radius: 4px;
		background: none;
		color: inherit;
		font: inherit;
		cursor: pointer;
	}
	.sort:hover {
		outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
		background: var(--vscode-toolbar-hoverBackground);
	}
	table :is(th, td, .sort):focus-visible,
	table td:focus {
		outline: 1px solid var(--vscode-focusBorder);
		outline-offset: -1px;
	}
	table input {
		appearance: none;
		display: inline-grid;
		place-content: center;
		width: 18px;
		height: 18px;
		margin: 0;
		border: 1px solid var(--vscode-checkbox-border, var(--vscode-contrastBorder, var(--vscode-foreground)));
		border-radius: 3px;
		background: var(--vscode-checkbox-background, var(--vscode-input-background));
		color: var(--vscode-checkbox-foreground, var(--vscode-foreground));
		vertical-align: middle;
	}
	table input:focus-visible {
		outline: 2px solid var(--vscode-focusBorder);
		outline-offset: 1px;
	}
	table input:checked::before {
		width: 10px;
		height: 10px;
		background: currentColor;
		clip-path: polygon(14% 44%, 0 65%, 45% 100%, 100% 16%, 80% 0, 41% 68%);
		content: '';
	}
	table input:indeterminate::before {
		width: 10px;
		height: 2px;
		background: currentColor;
		content: '';
	}
	@media (forced-colors: active) {
		table input::before {
			background: CanvasText;
		}
	}
	.sign {
		display: inline-flex;
		vertical-align: text-bottom;
	}
	.sign.warning,
	.sign.unknown {
		color: var(--vscode-list-warningForeground, inherit);
	}
	.sign.failed {
		color: var(--vscode-list-errorForeground, var(--vscode-errorForeground, inherit));
	}
	.sign.done {
		color: var(--vscode-testing-iconPassed, inherit);
	}
`;
