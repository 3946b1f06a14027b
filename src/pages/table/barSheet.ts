import { css } from 'lit';

/** What stands around the table. */
export const barSheet = css`
	body.vscode-dark,
	body.vscode-high-contrast:not(.vscode-high-contrast-light) {
		color-scheme: dark;
	}
	body.vscode-light,
	body.vscode-high-contrast-light {
		color-scheme: light;
	}
	boardwalk-table {
		display: block;
		height: 100%;
	}
	boardwalk-table main {
		display: flex;
		flex-direction: column;
		gap: 0.5em;
		height: 100%;
		padding: 0.6em 1em 0;
		overflow: auto;
		scroll-padding-bottom: 4em;
	}
	boardwalk-table main > * {
		flex: none;
	}
	.head {
		display: flex;
		flex-wrap: wrap;
		gap: 0.2em 0.8em;
		align-items: baseline;
	}
	h1 {
		font-size: 1.25em;
		font-weight: 600;
	}
	h2 {
		display: inline;
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
	.tools,
	.common,
	.progress,
	footer {
		display: flex;
		flex-wrap: wrap;
		gap: 0.5em;
		align-items: center;
	}
	.search {
		width: 16em;
	}
	.counts {
		margin-left: auto;
	}
	.plain {
		display: inline-flex;
		gap: 0.3em;
		align-items: center;
		min-width: 24px;
		min-height: 26px;
		padding: 0 6px;
		border: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, transparent));
		border-radius: 4px;
		background: none;
		color: var(--vscode-foreground);
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
	select {
		max-width: 18em;
		height: 24px;
		padding: 0 0.2em;
		border: 1px solid var(--vscode-settings-dropdownBorder, var(--vscode-dropdown-border));
		border-radius: 4px;
		background: var(--vscode-settings-dropdownBackground, var(--vscode-dropdown-background));
		color: var(--vscode-settings-dropdownForeground, var(--vscode-dropdown-foreground));
		font: inherit;
	}
	.bar {
		flex: 1;
		height: 6px;
		overflow: hidden;
		border: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, transparent));
		border-radius: 3px;
	}
	.bar > div {
		height: 100%;
		background: var(--vscode-progressBar-background);
	}
	.bar.endless {
		flex: none;
	}
	.bar.endless > div {
		width: 30%;
	}
	@media (prefers-reduced-motion: no-preference) {
		.bar.endless > div {
			animation: to-and-fro 3s ease-in-out infinite alternate;
		}
	}
	@keyframes to-and-fro {
		to {
			transform: translateX(233%);
		}
	}
	.about {
		min-height: 1.5em;
		max-height: 6em;
		overflow: auto;
		overflow-wrap: anywhere;
	}
	footer {
		position: sticky;
		bottom: 0;
		padding: 0.5em 0;
		border-top: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, transparent));
		background: var(--vscode-editor-background);
	}
	.status {
		flex: 1;
		min-width: 12em;
	}
	summary {
		padding: 2px 4px;
		cursor: pointer;
	}
	.results {
		max-height: 45%;
		overflow: auto;
	}
	.long {
		padding: 0.2em 0.4em;
		list-style: none;
	}
	.long li {
		padding: 2px 0 2px 1.2em;
		content-visibility: auto;
		contain-intrinsic-size: auto 1.6em;
		overflow-wrap: anywhere;
	}
	.long li > .quiet {
		margin-left: 0.6em;
	}
	[data-fold='leftOut'] > .long,
	.dry-run > .long {
		max-height: 25vh;
		overflow: auto;
	}
	.dry-run {
		border: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, transparent));
	}
	.dry-run > header {
		display: flex;
		align-items: center;
		justify-content: space-between;
		padding: 2px 4px;
	}
	.dry-run > header .plain {
		border-color: transparent;
	}
	.keys dl {
		columns: 26em;
		padding: 0.3em 1.2em;
	}
	.keys dl > div {
		display: flex;
		gap: 0.8em;
		break-inside: avoid;
		padding: 0.1em 0;
	}
	.keys dt {
		flex: 0 0 12em;
		font-weight: 600;
	}
	[hidden] {
		display: none;
	}
	.said {
		position: fixed;
		right: 1em;
		bottom: 4em;
		left: 1em;
		max-width: 50em;
		margin: auto;
		border-color: var(--vscode-inputValidation-errorBorder);
		box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
	}
`;
