import { css } from 'lit';

export const formPageStyles = css`
	boardwalk-form {
		display: flex;
		flex-direction: column;
		min-height: 100%;
	}
	main {
		flex: 1;
		box-sizing: border-box;
		width: 100%;
	}
	header {
		margin-bottom: 16px;
	}
	.place,
	small {
		font-weight: normal;
		color: var(--vscode-descriptionForeground);
	}
	a {
		color: var(--vscode-textLink-foreground);
		text-decoration: underline;
	}
	fieldset {
		min-width: 0;
		margin: 0;
		padding: 0;
		border: none;
	}
	fieldset:disabled :is(input, textarea, label) {
		opacity: 0.6;
	}
	.notice {
		flex-wrap: wrap;
		margin: 0 0 12px;
	}
	#preview {
		display: block;
		padding: 8px;
		font-family: var(--vscode-editor-font-family, monospace);
		font-size: var(--vscode-editor-font-size, inherit);
		white-space: pre-wrap;
		overflow-wrap: anywhere;
		color: var(--vscode-foreground);
		border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, var(--vscode-widget-border, transparent)));
		background: var(--vscode-input-background);
	}
	footer {
		position: sticky;
		bottom: 0;
		display: flex;
		flex-wrap: wrap;
		gap: 8px 16px;
		align-items: center;
		padding: 10px 24px;
		background: var(--vscode-editor-background);
		border-top: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, var(--vscode-input-border, transparent)));
	}
	.said {
		flex: 1;
		min-width: 12em;
	}
	.actions {
		display: flex;
		gap: 8px;
	}
`;
