import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { Notice } from '../protocol.ts';
import { icon } from './icon.ts';

type NoticeAction = NonNullable<Notice['action']>['id'];

/** What is said above a page, each with what can be done about it. */
export function noticeLines(notices: readonly Notice[], act: (id: NoticeAction) => void): readonly TemplateResult[] {
	return notices.map(
		({ text, severity, action }) => html`<div class="notice ${severity}">
			${icon(severity)}<span class="grow"><span class="unseen">${severityWord(severity)}</span> ${text}</span>
			${action ? html`<vscode-button secondary @click=${() => act(action.id)}>${action.label}</vscode-button>` : nothing}
		</div>`,
	);
}

function severityWord(severity: Notice['severity']): string {
	const words = { info: t('Note:'), warning: t('Warning:'), error: t('Error:') };
	return words[severity];
}
