import { t } from '@vscode/l10n';
import type { Fact, Hit } from '../../core/model.ts';
import { itemsOf } from '../../core/page.ts';
import type { Levels, Provider, Session, SessionIo, SignedIn } from '../../core/provider.ts';
import { Shared } from '../../core/shared.ts';
import { tokenOf, tokenWay, vendor } from './auth.ts';
import { boards, type ColumnsAre, taskListRenaming } from './boards.ts';
import { columnOrdering } from './cardMoving.ts';
import { cards } from './cards.ts';
import { Client, type Listed } from './client.ts';
import { folderCreation, projectCreation } from './creation.ts';
import { docs } from './docs.ts';
import { linkedId } from './document.ts';
import { Files } from './files.ts';
import { findings } from './findings.ts';
import { toHit } from './hits.ts';
import { organization, person, personName, type TaskWire } from './mapping.ts';
import { operations, related } from './operations.ts';
import { workspaceFiltering } from './projectFiltering.ts';
import { projects } from './projects.ts';
import { taskListCreation } from './taskLists.ts';
import { bucketOf } from './unverified.ts';

export const productive: Provider = {
	id: 'productive',
	label: vendor,
	get levels() {
		return levels();
	},
	get signInWays() {
		return [tokenWay()];
	},
	open,
};

function levels(): Levels {
	return {
		workspace: { one: t('project'), many: t('projects') },
		board: { one: t('folder'), many: t('folders'), note: t('Folders are what Productive called boards before.') },
		column: {
			one: t('task list'),
			many: t('task lists'),
			note: t('Columns are task lists with their open tasks, or the workflow’s statuses, as the settings say.'),
		},
		card: { one: t('task'), many: t('tasks') },
		archive: {
			one: t('Docs'),
			many: t('Docs'),
			note: t('Docs are pages, and each page may hold files and further pages. A page is read as Markdown.'),
		},
	};
}

function open(account: SignedIn, io: SessionIo): Session {
	const { organizationId = '', personId, bucket = bucketOf(account.server) } = account.facts;
	const names = { vendor, account: io.accountName };
	const token = () => tokenOf(io.credentials, io.accountName);
	const { server } = account;
	const client = new Client({ server, organization: organizationId, names, io, token });
	const files = new Files({ server, bucket, names, io, token });
	const shared = new Shared();
	const columnsAre = io.setting('columns') === 'statuses' ? 'statuses' : 'taskLists';
	const place = { client, organization: organizationId, person: personId, changed: () => shared.clear() };
	const part = { client, shared, organization: organizationId, columnsAre } as const;
	return {
		workspaces: (signal) => shared.get('projects', (each) => projects(client, {}, organizationId, each), signal),
		accountInfo: (signal) => accountInfo(client, shared, organizationId, signal),
		forget() {
			shared.clear();
			client.changes.forget();
		},
		async accessToken(signal) {
			signal.throwIfAborted();
			return token();
		},
		findings: (signal) => findings({ client, organizationId, account: io.accountName }, signal),
		boards: boards(client, shared, columnsAre, organizationId),
		cards: cards({ ...part, files, send: io.send }),
		...(columnsAre === 'taskLists'
			? {
					columnRenaming: taskListRenaming(client, shared),
					columnOrdering: columnOrdering(part),
					columnCreation: taskListCreation(place),
					related: related(place),
				}
			: {}),
		operations: operations(place, columnsAre),
		workspaceFiltering: workspaceFiltering(client, organizationId),
		archives: docs(client, files, shared, io.send),
		workspaceCreation: projectCreation(place),
		boardCreation: folderCreation(place),
		search: (text, signal) => search(client, text, columnsAre, organizationId, signal),
	};
}

async function accountInfo(
	client: Client,
	shared: Shared,
	organizationId: string,
	signal: AbortSignal,
): Promise<readonly Fact[]> {
	const { data, related } = await shared.get('memberships', (each) => client.memberships(each), signal);
	const mine = data.find((one) => linkedId(one, 'organization') === organizationId);
	const me = related(mine, 'person', person);
	const facts: readonly (readonly [string, string | null | undefined])[] = [
		[t('Organization'), related(mine, 'organization', organization)?.attributes.name],
		[t('Organization ID'), organizationId],
		[t('Name'), me && personName(me)],
		[t('E-mail'), me?.attributes.email],
		[t('Title'), me?.attributes.title],
	];
	return facts.flatMap(([label, value]) => (value ? { label, value } : []));
}

/** Projects by what the vendor searches them for, then tasks that the tree shows. */
async function* search(
	client: Client,
	text: string,
	columnsAre: ColumnsAre,
	organizationId: string,
	signal: AbortSignal,
): AsyncGenerator<Hit, void> {
	for await (const workspace of itemsOf(
		await projects(client, { 'filter[query]': text }, organizationId, signal),
		signal,
	)) {
		yield { workspace };
	}
	const query = { text, open: columnsAre === 'taskLists' };
	for (let at: number | undefined = 1; at !== undefined; ) {
		const found: Listed<TaskWire> = await client.tasks.list(query, at, signal);
		yield* found.data.flatMap((task) => toHit(task, found, columnsAre, organizationId));
		at = found.next;
	}
}
