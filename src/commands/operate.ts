import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import { LocalFailure } from '../core/errors.ts';
import type { OperationId, Outcome } from '../core/operations.ts';
import { withProgress } from '../host/progress.ts';
import type { Node } from '../views/node.ts';
import { unable } from './cardPlace.ts';
import { fillForm } from './fillForm.ts';
import { askTarget, type Target, titleOf } from './operationTarget.ts';
import { reveal } from './reveal.ts';
import type { Handler, Services } from './services.ts';
import { showingAnew } from './showingAnew.ts';

/** Does something with one thing as a whole: from its line, or with a thing that is asked for. */
export function operate(id: OperationId): Handler {
	return async (services, node) => {
		const target = targetOf(node) ?? (await askTarget(services, id));
		if (target) {
			await run(services, target, id);
		}
	};
}

function targetOf(node: Node | undefined): Target | undefined {
	const { account, operations } = node ?? {};
	return account && operations && { account, node, operations };
}

async function run(services: Services, { account, node, operations }: Target, id: OperationId): Promise<void> {
	const known = operations(services.sessions.peek(account)).find((one) => one.id === id);
	const form = await withProgress(known?.title ?? titleOf(services, id), async (signal) => {
		const session = await services.sessions.ready(account, signal);
		const operation = operations(session).find((one) => one.id === id);
		if (!operation) {
			throw unable(services, account);
		}
		if (operation.whyNot !== undefined) {
			throw new LocalFailure(operation.whyNot);
		}
		return operation.begin(signal);
	});
	const outcome = await fillForm(
		services,
		showingAnew(form, () => showAnew(services, account, node)),
		account,
	);
	if (outcome) {
		tellOutcome(services, account, outcome);
	}
}

/** What stands beside the thing may have changed with it: it may be gone, or there may be one more. */
function showAnew({ tree }: Services, account: Account, node: Node | undefined): void {
	const isList = node && 'kind' in node && node.kind === 'related';
	tree.refresh((isList ? node : node?.parent) ?? tree.rootOf(account));
}

function tellOutcome(services: Services, account: Account, { message, made }: Outcome): void {
	const show = t('Show');
	void vscode.window.showInformationMessage(message, ...(made ? [show] : [])).then(async (chosen) => {
		if (made && chosen === show) {
			await reveal(services, account, made);
		}
	});
}
