import { css } from 'lit';

/** The board around its cards. */
export const boardSheet = css`
	boardwalk-board {
		display: block;
		height: 100%;
	}
	boardwalk-board main {
		display: flex;
		flex-direction: column;
		height: 100%;
		overflow: hidden;
	}
	boardwalk-board .head {
		display: flex;
		gap: 0.8em;
		align-items: baseline;
		padding: 0.6em 1em 0.2em;
	}
	boardwalk-board h1 {
		flex: none;
		max-width: 60%;
		font-size: 1.25em;
		font-weight: 600;
	}
	.probe {
		position: absolute;
		visibility: hidden;
	}
	.clip {
		min-width: 0;
		overflow: hidden;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.grow {
		flex: 1;
	}
	boardwalk-toolbar {
		display: flex;
		flex-wrap: wrap;
		gap: 0.4em 1em;
		justify-content: space-between;
		padding: 0.3em 1em 0.6em;
	}
	.toolbar {
		display: flex;
		flex-wrap: wrap;
		gap: 0.5em;
		align-items: center;
	}
	.choice {
		display: inline-flex;
		gap: 0.35em;
		align-items: center;
	}
	select {
		max-width: 14em;
		height: 26px;
		padding: 0 0.2em;
		border: 1px solid var(--vscode-settings-dropdownBorder, var(--vscode-dropdown-border));
		border-radius: 4px;
		background: var(--vscode-settings-dropdownBackground, var(--vscode-dropdown-background));
		color: var(--vscode-settings-dropdownForeground, var(--vscode-dropdown-foreground));
		font: inherit;
	}
	.search {
		width: 12em;
	}
	.plain {
		display: inline-flex;
		gap: 0.3em;
		align-items: center;
		min-width: 24px;
		min-height: 24px;
		padding: 0 4px;
		border: 1px solid transparent;
		border-radius: 4px;
		background: none;
		color: var(--vscode-icon-foreground, inherit);
		font: inherit;
		cursor: pointer;
	}
	.plain:hover {
		outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
		background: var(--vscode-toolbar-hoverBackground);
	}
	.plain:focus-visible {
		outline: 1px solid var(--vscode-focusBorder);
	}
	.plain[aria-disabled='true'] {
		color: var(--vscode-disabledForeground);
		cursor: default;
	}
	.plain.toggle {
		border-color: var(--vscode-contrastBorder, var(--vscode-widget-border, transparent));
		color: var(--vscode-foreground);
	}
	.plain.toggle[aria-pressed='true'] {
		border-color: var(--vscode-inputOption-activeBorder);
		background: var(--vscode-inputOption-activeBackground);
		color: var(--vscode-inputOption-activeForeground);
	}
	.keys {
		position: relative;
		flex: none;
		padding: 0.5em 1em;
		border-block: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, transparent));
	}
	.keys > .plain {
		position: absolute;
		top: 0.3em;
		right: 0.6em;
	}
	.keys dl {
		columns: 24em;
	}
	.keys dl > div {
		display: flex;
		gap: 0.8em;
		break-inside: avoid;
		padding: 0.1em 0;
	}
	.keys dt {
		flex: 0 0 11em;
		font-weight: 600;
	}
	[hidden] {
		display: none;
	}
	.lanes {
		display: flex;
		flex: 1;
		gap: 10px;
		min-height: 0;
		padding: 0 10px 6px;
		overflow: auto hidden;
		line-height: var(--line);
	}
	boardwalk-lane {
		position: relative;
		flex: none;
		width: var(--lane);
		min-height: 0;
		contain: size layout style;
	}
	.lane {
		display: flex;
		flex-direction: column;
		height: 100%;
		border: 1px solid var(--vscode-contrastBorder, transparent);
		border-radius: 6px;
		background: var(--vscode-sideBar-background);
		color: var(--vscode-sideBar-foreground, var(--vscode-foreground));
	}
	.lane > header {
		display: flex;
		gap: 0.5em;
		align-items: center;
		min-height: 32px;
		padding: 2px 6px 2px 10px;
	}
	.lane h2 {
		display: flex;
		min-width: 0;
		font-weight: 600;
	}
	.lane .count {
		flex: none;
	}
	.lane .handle {
		cursor: grab;
	}
	.lane > .note {
		padding: 0 10px 4px;
	}
	.lane > .notice {
		flex-wrap: wrap;
		margin: 0 6px 6px;
	}
	.lane > .more {
		margin: 4px 6px 6px;
	}
	.lane.target {
		outline: 2px solid var(--vscode-focusBorder);
		outline-offset: -2px;
		background: var(--vscode-list-dropBackground, var(--vscode-sideBar-background));
	}
	.lane.lifted {
		outline: 2px dashed var(--vscode-focusBorder);
		outline-offset: -2px;
	}
	.edge-left::before,
	.edge-right::before {
		position: absolute;
		top: 0;
		bottom: 0;
		left: -7px;
		width: 3px;
		background: var(--vscode-focusBorder);
		content: '';
	}
	.edge-right::before {
		right: -7px;
		left: auto;
	}
	.said {
		position: fixed;
		right: 1em;
		bottom: 1em;
		left: 1em;
		max-width: 50em;
		margin: auto;
		border-color: var(--vscode-inputValidation-errorBorder);
		box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
	}
	.preview {
		max-width: 20em;
		padding: 0.4em 0.8em;
		overflow: hidden;
		border: 1px solid var(--vscode-focusBorder);
		border-radius: 4px;
		background: var(--vscode-editorWidget-background);
		color: var(--vscode-editorWidget-foreground);
		font-weight: 600;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
`;
