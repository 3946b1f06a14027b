import { t } from '@vscode/l10n';
import type { Workspace } from '../../core/model.ts';
import { onePage } from '../../core/page.ts';
import type { Boards, Provider, Session, SessionIo, SignedIn } from '../../core/provider.ts';
import { attachments } from './attachments.ts';
import { signInWays, tokenOf, vendor } from './auth.ts';
import { cards } from './cards.ts';
import { Client } from './client.ts';
import { initiativeForm, projectForm } from './creation.ts';
import { Data } from './data.ts';
import { findings } from './findings.ts';
import { toBoard, toColumns, toFacts, toWorkspace, whyReadOnly } from './mapping.ts';
import { NewApi } from './newApi.ts';
import type { ProductWire } from './replies.ts';

export const planbox: Provider = {
	id: 'planbox',
	label: vendor,
	levels: {
		workspace: { one: t('initiative'), many: t('initiatives') },
		board: { one: t('project'), many: t('projects') },
		column: {
			one: t('timeframe'),
			many: t('timeframes'),
			note: t('Timeframes are the same for all projects of an initiative. Planbox cannot rename them.'),
		},
		card: { one: t('item'), many: t('items') },
		archive: {
			one: t('attachments'),
			many: t('attachments'),
			note: t('These are the files of the items in the current, next and backlog timeframes, for reading.'),
		},
		missing: [t('Planbox has no document archive of its own; files hang on its items.')],
	},
	signInWays,
	open,
};

function open({ server, facts: { newServer } }: SignedIn, io: SessionIo): Session {
	const names = { vendor, account: io.accountName };
	const options = { server, names, io, token: () => tokenOf(io.credentials, io.accountName) };
	const client = new Client(options);
	const data = new Data(client, server, io.log);
	const making = { client, data, server, names };
	const newApi = newServer === undefined ? undefined : new NewApi(client, { ...options, server: newServer });
	return {
		workspaces: async (signal) => onePage(toWorkspaces(await data.products(signal), server)),
		accountInfo: async (signal) => toFacts(await client.loggedResource(signal)),
		forget: () => data.forget(),
		async accessToken(signal) {
			signal.throwIfAborted();
			return options.token();
		},
		findings: (signal) => findings(client, io.accountName, signal),
		boards: boards(data, server),
		cards: cards(making),
		archives: attachments(making),
		boardCreation: { form: (workspace) => projectForm(workspace, making) },
		workspaceCreation: newApi && { form: () => initiativeForm(newApi, making) },
	};
}

/** Templates are patterns for initiatives and hold no work. */
function toWorkspaces(products: readonly ProductWire[], server: string): readonly Workspace[] {
	return products.filter(({ template }) => !template).map((product) => toWorkspace(product, server));
}

function boards(data: Data, server: string): Boards {
	return {
		list: async (workspace, signal) =>
			onePage((await data.projects(workspace.id, signal)).map((project) => toBoard(project, workspace, server))),
		columns: async (board) => toColumns(board),
		async cards({ id, boardId, workspaceId, extra }, signal) {
			const { cards } = await data.items(workspaceId, signal);
			const its = (cards.get(boardId) ?? []).filter(({ columnId }) => columnId === id);
			const readOnly = whyReadOnly(extra);
			return onePage(readOnly === undefined ? its : its.map((card) => ({ ...card, readOnly })));
		},
	};
}
