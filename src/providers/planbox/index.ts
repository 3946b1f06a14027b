import { t } from '@vscode/l10n';
import type { Workspace } from '../../core/model.ts';
import { onePage } from '../../core/page.ts';
import type { Boards, Provider, Session, SessionIo, SignedIn } from '../../core/provider.ts';
import { attachments } from './attachments.ts';
import { signInWays, tokenOf, vendor } from './auth.ts';
import { cards } from './cards.ts';
import { Client } from './client.ts';
import { projectForm, whyNoProject } from './creation.ts';
import { Data } from './data.ts';
import { findings } from './findings.ts';
import { initiativeForm } from './initiative.ts';
import { iterationList } from './iterations.ts';
import { toBoard, toColumns, toFacts, toWorkspace, whyReadOnly } from './mapping.ts';
import { memberList } from './members.ts';
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
			note: t('These are the files of the items in the timeframes that are shown, for reading.'),
		},
		missing: [
			t('Planbox has no document archive of its own; files hang on its items.'),
			t(
				'Planbox has no documented call that renames or deletes an initiative or a project, so that is done on the web.',
			),
		],
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
		related: { workspace: [iterationList(making)], board: [memberList(making)] },
		boardCreation: { whyNot: whyNoProject, form: (workspace) => projectForm(workspace, making) },
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
		columns: async (board, signal) => toColumns(board, await data.product(board.workspaceId, signal)),
		async cards({ id, boardId, workspaceId, extra }, signal) {
			const { cards } = await data.items(workspaceId, signal);
			const its = (cards.get(boardId) ?? []).filter(({ columnId }) => columnId === id);
			const readOnly = whyReadOnly(extra);
			return onePage(readOnly === undefined ? its : its.map((card) => ({ ...card, readOnly })));
		},
	};
}
