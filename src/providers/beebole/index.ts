import { t } from '@vscode/l10n';
import { onePage } from '../../core/page.ts';
import type { Levels, Provider, Session, SessionIo, SignedIn } from '../../core/provider.ts';
import { byToken, connect, tokenIn, vendor } from './auth.ts';
import { boards, columnRenaming } from './boards.ts';
import { Budget } from './budget.ts';
import { cards } from './cards.ts';
import { companyForm, projectForm, subprojectForm } from './creation.ts';
import { Data } from './data.ts';
import { findings } from './findings.ts';
import { inOrder, toFacts, toWorkspace } from './mapping.ts';
import { operations } from './operations.ts';
import { related } from './related.ts';
import { usage } from './usage.ts';

/** The legacy API, https://beebole.com/help/legacy/api: accounts of the older product with companies and projects. */
export const beebole: Provider = {
	id: 'beebole',
	label: vendor,
	get levels() {
		return levels();
	},
	get signInWays() {
		return [byToken()];
	},
	open,
};

function open({ server, identity }: SignedIn, io: SessionIo): Session {
	const budget = Budget.of(server, identity, io.accountName);
	const client = connect({ server, account: io.accountName, io, secrets: () => io.credentials.read(), budget });
	const data = new Data(client);
	const writing = { client, data };
	return {
		workspaces: async (signal) => onePage(inOrder(await data.companies(signal)).map(toWorkspace)),
		accountInfo: async (signal) => toFacts(server, await data.companies(signal), budget.used()),
		forget() {
			data.forget();
			budget.resume();
			client.changes.forget();
		},
		async accessToken(signal) {
			signal.throwIfAborted();
			return tokenIn(await io.credentials.read(), io.accountName);
		},
		findings: (signal) => findings({ client, budget, account: io.accountName }, signal),
		boards: boards(data),
		cards: cards(writing),
		columnRenaming: columnRenaming(writing),
		workspaceCreation: { form: () => companyForm(writing) },
		boardCreation: { form: (workspace) => projectForm(writing, workspace) },
		columnCreation: { form: (board) => subprojectForm(writing, board) },
		operations: operations(writing),
		related: related(writing),
		usage: () => usage(budget),
		// The daily limits forbid walking every company down to its tasks.
		walkTo: 'board',
	};
}

function levels(): Levels {
	return {
		workspace: { one: t('company'), many: t('companies') },
		board: { one: t('project'), many: t('projects') },
		column: {
			one: t('subproject'),
			many: t('subprojects'),
			note: t('Beebole has no columns; these are the subprojects of the project.'),
		},
		card: {
			one: t('task'),
			many: t('tasks'),
			note: t(
				'Beebole has no cards; these are its specific tasks, activities that other projects of the company share.',
			),
		},
		missing: [t('Beebole keeps no documents.')],
	};
}
