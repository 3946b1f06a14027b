import { t } from '@vscode/l10n';
import type { Levels, Provider, Session, SessionIo, SignedIn } from '../../core/provider.ts';
import { Shared } from '../../core/shared.ts';
import { archives } from './archives.ts';
import { Areas } from './areas.ts';
import { aspects } from './aspects.ts';
import { keyOf, signInWays, vendor } from './auth.ts';
import { cards } from './cards.ts';
import { Client } from './client.ts';
import { contacts } from './contacts.ts';
import { projectForm } from './creation.ts';
import { Data } from './data.ts';
import { findings } from './findings.ts';
import { toFacts } from './mapping.ts';
import { projectOperations } from './operations.ts';
import { people } from './people.ts';
import { projectComments } from './projectComments.ts';
import { search } from './search.ts';
import { shortlists } from './shortlists.ts';
import { columnNote } from './statuses.ts';

export const coredata: Provider = {
	id: 'coredata',
	label: vendor,
	// Asked for each time: the user's language is not yet known while this module loads.
	get levels() {
		return levels();
	},
	get signInWays() {
		return signInWays();
	},
	open,
};

function levels(): Levels {
	return {
		workspace: { one: t('space'), many: t('spaces') },
		board: { one: t('project'), many: t('projects') },
		column: { one: t('status'), many: t('statuses'), note: columnNote() },
		card: { one: t('task'), many: t('tasks') },
		archive: {
			one: t('file area'),
			many: t('file areas'),
			note: t('What CoreData itself calls a workspace: the files and folders of a project or a space.'),
		},
	};
}

function open(account: SignedIn, io: SessionIo): Session {
	const { server } = account;
	const names = { vendor, account: io.accountName };
	const key = keyOf(account, io.credentials, io.accountName);
	const client = new Client({ server, names, io, key });
	const shared = new Shared();
	const data = new Data(client, shared);
	const both = { client, data };
	return {
		workspaces: (signal) => data.workspaces(signal),
		accountInfo: async (signal) => toFacts(await client.user(signal), server),
		forget() {
			data.forget();
			client.changes.forget();
		},
		async accessToken(signal) {
			signal.throwIfAborted();
			return (await key()).key;
		},
		findings: (signal) => findings({ client, server, account: io.accountName }, signal),
		boards: {
			list: (workspace, signal) => data.list(workspace, signal),
			columns: (board, signal) => data.columns(board, signal),
			cards: (column, signal) => data.cards(column, signal),
		},
		cards: cards(both),
		archives: archives(client, new Areas(client, shared), io.send),
		boardCreation: { form: (space) => projectForm(space, both) },
		operations: { board: projectOperations(both) },
		related: { board: [people(both), contacts(both), projectComments(both)] },
		shortlists: shortlists(data),
		boardTexts: [aspects(client, data)],
		search: search(client, data),
	};
}
