import { css } from 'lit';

/**
 * What all pages have in common: only the editor's own variables, so that every theme fits. Both high-contrast themes set
 * `--vscode-contrastBorder`, which the others lack; there, and there alone, everything gets an edge.
 */
export const theme = css`
	html,
	body {
		height: 100%;
		margin: 0;
		padding: 0;
	}
	body {
		background: var(--vscode-editor-background);
		color: var(--vscode-foreground, var(--vscode-editor-foreground));
		font-family: var(--vscode-font-family);
		font-size: var(--vscode-font-size);
		font-weight: var(--vscode-font-weight);
	}
	*,
	*::before,
	*::after {
		box-sizing: border-box;
	}
	h1,
	h2,
	h3,
	p,
	ul,
	dl,
	dd {
		margin: 0;
		padding: 0;
		font: inherit;
	}
	.codicon[class*='codicon-'] {
		flex: none;
	}
	.unseen {
		position: absolute;
		width: 1px;
		height: 1px;
		overflow: hidden;
		clip-path: inset(50%);
		white-space: nowrap;
	}
	.quiet {
		color: var(--vscode-descriptionForeground);
	}
	.badge {
		display: inline-block;
		max-width: 100%;
		padding: 0 0.45em;
		/* The dots of an Ü reach above the line: sideways only. */
		overflow-x: clip;
		border: 1px solid var(--vscode-contrastBorder, transparent);
		border-radius: 2px;
		background: var(--vscode-badge-background);
		color: var(--vscode-badge-foreground);
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.notice {
		display: flex;
		gap: 0.5em;
		align-items: center;
		padding: 0.35em 0.7em;
		border: 1px solid var(--vscode-contrastBorder, transparent);
		background: var(--vscode-inputValidation-infoBackground);
		color: var(--vscode-inputValidation-infoForeground, var(--vscode-foreground));
	}
	.notice.warning {
		border-color: var(--vscode-inputValidation-warningBorder);
		background: var(--vscode-inputValidation-warningBackground);
		color: var(--vscode-inputValidation-warningForeground, var(--vscode-foreground));
	}
	.notice.error {
		border-color: var(--vscode-inputValidation-errorBorder);
		background: var(--vscode-inputValidation-errorBackground);
		color: var(--vscode-inputValidation-errorForeground, var(--vscode-foreground));
	}
	.notice > .grow {
		flex: 1;
	}
	:focus-visible {
		outline: 1px solid var(--vscode-focusBorder);
		outline-offset: -1px;
	}
`;
