import { css } from 'lit';

/** How a form and what stands around it look: the editor's own variables and nothing else. */
export const formStyles = css`
	body.vscode-dark,
	body.vscode-high-contrast:not(.vscode-high-contrast-light) {
		color-scheme: dark;
	}
	body.vscode-light,
	body.vscode-high-contrast-light {
		color-scheme: light;
	}
	input[type='text'],
	input[type='date'],
	textarea {
		box-sizing: border-box;
		width: 100%;
		padding: 4px 6px;
		font: inherit;
		color: var(--vscode-input-foreground);
		background: var(--vscode-input-background);
		border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, var(--vscode-widget-border, transparent)));
		border-radius: 2px;
	}
	textarea {
		resize: vertical;
	}
	textarea.source {
		font-family: var(--vscode-editor-font-family, monospace);
		font-size: var(--vscode-editor-font-size, inherit);
	}
	::placeholder {
		color: var(--vscode-input-placeholderForeground);
		opacity: 1;
	}
	:focus-visible {
		outline: 1px solid var(--vscode-focusBorder);
		outline-offset: -1px;
	}
	[aria-invalid='true'] {
		border-color: var(--vscode-inputValidation-errorBorder);
	}
	input[type='checkbox'] {
		appearance: none;
		flex: none;
		width: 18px;
		height: 18px;
		margin: 0;
		display: inline-grid;
		place-content: center;
		color: var(--vscode-checkbox-foreground, var(--vscode-foreground));
		background: var(--vscode-checkbox-background, var(--vscode-input-background));
		border: 1px solid var(--vscode-checkbox-border, var(--vscode-contrastBorder, var(--vscode-foreground)));
		border-radius: 3px;
	}
	input[type='checkbox']:checked::before {
		content: '';
		width: 10px;
		height: 10px;
		background: currentColor;
		clip-path: polygon(14% 44%, 0 65%, 45% 100%, 100% 16%, 80% 0, 41% 68%);
	}
	.fields {
		display: grid;
		grid-template-columns: repeat(auto-fill, minmax(220px, 1fr));
		gap: 12px 16px;
	}
	.field {
		display: flex;
		flex-direction: column;
		align-items: stretch;
		gap: 4px;
	}
	.field > vscode-button {
		align-self: flex-start;
	}
	.field.wide {
		grid-column: 1 / -1;
	}
	.flag-line {
		display: flex;
		gap: 8px;
		align-items: center;
	}
	label {
		font-weight: 600;
	}
	.label {
		font-weight: 600;
	}
	.path-line {
		display: flex;
		gap: 8px;
	}
	.path-line > vscode-button {
		flex: none;
	}
	.mapping table {
		width: 100%;
		border-collapse: collapse;
		table-layout: fixed;
	}
	.mapping th {
		padding: 4px 8px 4px 0;
		font-weight: normal;
		text-align: left;
		overflow-wrap: anywhere;
	}
	.mapping th label {
		font-weight: normal;
	}
	.mapping td {
		padding: 4px 0;
	}
	.mapping .arrow {
		width: 32px;
		text-align: center;
	}
	.open-mark {
		display: flex;
		gap: 6px;
		align-items: center;
		margin-top: 2px;
		font-weight: 600;
	}
	.unsaved {
		font-weight: normal;
		font-style: italic;
	}
	.help {
		margin: 0;
		color: var(--vscode-descriptionForeground);
	}
	.problem,
	.meanwhile {
		display: flex;
		gap: 6px;
		align-items: center;
	}
	.problem {
		margin: 0;
		padding: 4px 6px;
		color: var(--vscode-inputValidation-errorForeground, var(--vscode-foreground));
		background: var(--vscode-inputValidation-errorBackground, transparent);
		border: 1px solid var(--vscode-inputValidation-errorBorder);
	}
	.meanwhile {
		margin: 0;
		padding: 4px 6px;
		white-space: pre-wrap;
		color: var(--vscode-inputValidation-warningForeground, var(--vscode-foreground));
		background: var(--vscode-inputValidation-warningBackground, transparent);
		border: 1px solid var(--vscode-inputValidation-warningBorder);
	}
	boardwalk-choice {
		display: block;
		position: relative;
	}
	boardwalk-choice > input {
		padding-right: 24px;
		text-overflow: ellipsis;
	}
	boardwalk-choice > .codicon {
		position: absolute;
		top: 5px;
		right: 5px;
		pointer-events: none;
	}
	.popup {
		position: absolute;
		z-index: 2;
		left: 0;
		right: 0;
		max-height: 240px;
		overflow: auto;
		margin: 1px 0 0;
		padding: 2px 0;
		list-style: none;
		color: var(--vscode-dropdown-foreground, var(--vscode-foreground));
		background: var(--vscode-dropdown-listBackground, var(--vscode-dropdown-background, var(--vscode-editor-background)));
		border: 1px solid var(--vscode-dropdown-border, var(--vscode-contrastBorder, var(--vscode-foreground)));
	}
	p.popup {
		padding: 4px 6px;
	}
	.popup li {
		display: flex;
		gap: 4px;
		padding: 3px 6px;
		cursor: pointer;
	}
	.popup li:hover {
		color: var(--vscode-list-hoverForeground, inherit);
		background: var(--vscode-list-hoverBackground);
	}
	.popup li.active {
		color: var(--vscode-list-activeSelectionForeground, inherit);
		background: var(--vscode-list-activeSelectionBackground);
		outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
		outline-offset: -1px;
	}
	.popup small {
		color: inherit;
	}
	.check {
		width: 1.2em;
	}
`;
