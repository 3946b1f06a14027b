import { t } from '@vscode/l10n';
import type { Account } from '../core/accounts.ts';
import type { Field, Values } from '../core/form.ts';
import type { Session } from '../core/provider.ts';
import type { Node } from '../views/node.ts';
import { unable } from './cardPlace.ts';
import { chooseAccount } from './choose.ts';
import { fillForm } from './fillForm.ts';
import type { Handler, Services } from './services.ts';

/** Asks by what the workspaces of an account are filtered, and shows those that fit. */
export const filterWorkspaces: Handler = async (services, node) => {
	const account = await accountFor(services, node, canFilter);
	if (!account) {
		return;
	}
	const { many } = services.sessions.provider(account).levels.workspace;
	const filtering = (await services.sessions.ready(account, new AbortController().signal)).workspaceFiltering;
	if (!filtering) {
		throw unable(services, account);
	}
	const kept = services.filters.get(account.id) ?? {};
	const values = await fillForm<Values>(
		services,
		{
			title: t('Filter {0} of {1}', many, account.name),
			submitLabel: t('Filter'),
			fields: filtering.fields.map((field) => beginningWith(field, kept)),
			preview: { label: t('Query'), of: (typed) => filtering.query(typed) || t('None: all are shown.') },
			// Asked once here, so that a filter the vendor refuses is said beside its field.
			submit: async (typed, signal) => {
				await filtering.list(typed, signal);
				return typed;
			},
		},
		account,
	);
	if (values) {
		// Such as a comparison with nothing, which the account must not call a filter.
		const isIdle = filtering.query(values) === '';
		await services.filters.set(account.id, isIdle ? undefined : values);
	}
};

/** Shows all workspaces of an account again. */
export const clearFilter: Handler = async (services, node) => {
	const account = await accountFor(services, node, canFilter);
	if (account) {
		await services.filters.set(account.id, undefined);
	}
};

function canFilter({ workspaceFiltering }: Session): boolean {
	return workspaceFiltering !== undefined;
}

async function accountFor(
	services: Services,
	node: Node | undefined,
	fits: (session: Session) => boolean,
): Promise<Account | undefined> {
	return node?.account ?? chooseAccount(services, t('Filter'), fits);
}

/** The field with what was filtered by last. */
function beginningWith(field: Field, kept: Values): Field {
	const initial = kept[field.id];
	return initial === undefined ? field : ({ ...field, initial } as Field);
}
