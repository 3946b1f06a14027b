import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import { type ErrorAction, ProviderError } from '../core/errors.ts';
import type { Form } from '../core/form.ts';
import { confirm, openHelp } from '../host/ask.ts';
import { causeText } from '../host/log.ts';
import { type FormContext, FormPanel } from '../views/formPanel.ts';
import { formPageType } from '../views/pageTypes.ts';
import { choosePath } from './choosePath.ts';
import { confirmed } from './confirmed.ts';
import type { Services } from './services.ts';

/** Has a form filled in on a page of its own. Undefined where the person closed it or left. */
export function fillOnPage<T>(services: Services, form: Form<T>, account?: Account): Promise<T | undefined> {
	const panel = vscode.window.createWebviewPanel(formPageType, form.title, vscode.ViewColumn.Active, {
		enableFindWidget: true,
	});
	return new FormPanel(contextOf(services, form, account), form, panel).result;
}

function contextOf(services: Services, { title }: Form<unknown>, account: Account | undefined): FormContext {
	return {
		extension: services.pages.extension,
		place: account?.name,
		agree: (confirmation) => confirmed(title, confirmation),
		agreeToLeave: () => confirm(t('Leave without sending?'), t('What was typed here is lost.'), t('Leave')),
		choosePath: (field, before) => choosePath(`${title}: ${field.label}`, field, before),
		openHelp,
		note: (error) =>
			services.log.error(error instanceof ProviderError || !(error instanceof Error) ? causeText(error) : error),
		act: (action) => act(services, account, action),
	};
}

async function act({ tree, log }: Services, account: Account | undefined, action: ErrorAction): Promise<void> {
	const root = account && tree.rootOf(account);
	switch (action.kind) {
		case 'signIn':
			await vscode.commands.executeCommand('boardwalk.signInAgain', root);
			return;
		case 'refresh':
			tree.refresh(root);
			return;
		case 'openInBrowser':
			await openHelp(action.url);
			return;
		case 'retry':
		case 'showLog':
			log.show();
	}
}
