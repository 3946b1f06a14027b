import { css } from 'lit';

export const formPageStyles = css`
	boardwalk-form {
		display: flex;
		flex-direction: column;
		min-height: 100%;
	}
	main {
		flex: 1;
		width: 100%;
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
		justify-content: flex-end;
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
