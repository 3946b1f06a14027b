import { t } from '@vscode/l10n';
import PQueue from 'p-queue';
import type { BulkColumn, BulkJob, BulkRow, Gathered, JobIo } from '../../core/bulk.ts';
import { NotAllowed, NotFound, ProviderError, SignInNeeded } from '../../core/errors.ts';
import type { Field, Values } from '../../core/form.ts';
import { textOf } from '../../core/form.ts';
import { allItems } from '../../core/page.ts';
import { paged } from '../../http/pages.ts';
import { boardsKey } from './boardCalls.ts';
import type { CardNeeds } from './cardAccess.ts';
import { type Client, mostAtOnce } from './client.ts';
import { vendor } from './host.ts';
import { inOrder } from './mapping.ts';
import type { BoardWire, WorkspaceWire } from './shapes.ts';

const field = { position: 'position', name: 'name', oldName: 'oldName' } as const;

/** Gives the column at one position of every board of the account the same name. */
export function enforceColumnName({ client, shared }: CardNeeds): BulkJob {
	return {
		id: 'enforceColumnName',
		title: t('Give columns one name'),
		on: 'account',
		fields,
		gather: (values, _place, io, signal) => gather(client, wantedOf(values), io, signal),
		confirmation: (rows, values) => ({
			question:
				rows.length === 1
					? t('Name one column “{0}”?', wantedOf(values).name)
					: t('Name the columns of {0} boards “{1}”?', number(rows.length), wantedOf(values).name),
			detail: t('Everybody who works with these boards sees the new name at once. Cards stay where they are.'),
			button: t('Rename columns'),
		}),
		async run({ item }, _values, _io, signal) {
			const { workspaceId, boardId, columnId, name } = item as Readonly<Record<string, string>>;
			try {
				await client.renameColumn(boardId ?? '', columnId ?? '', name ?? '', signal);
			} finally {
				// Of a change that failed nobody knows how far it came.
				shared.delete(boardsKey(workspaceId ?? ''));
			}
			return t('Renamed to “{0}”.', name ?? '');
		},
		async isDone({ item }, _values, _io, signal) {
			const columns = await client.ofBoards.columns(String(item.boardId), signal);
			return columns.some(({ id, name }) => id === item.columnId && name === item.name);
		},
		// Twice what goes out at once, so that none of that stands empty between two rows.
		atOnce: 2 * mostAtOnce,
	};
}

function fields(): readonly Field[] {
	return [
		{
			kind: 'text',
			id: field.position,
			label: t('Position of the column'),
			required: true,
			initial: '1',
			help: t('The first column of a board is 1.'),
			check: (value) =>
				positionIn(value) === undefined ? t('The position must be a whole number from 1.') : undefined,
		},
		{ kind: 'text', id: field.name, label: t('New name'), required: true },
		{
			kind: 'text',
			id: field.oldName,
			label: t('Only where it is called'),
			help: t('Exactly so, with capitals as they are. Left empty, every column at this position gets the new name.'),
		},
	];
}

/** What is asked for; the position counts from 0, as replies do. */
interface Wanted {
	readonly at: number;
	readonly name: string;
	/** Not trimmed: a column may have a name that begins with a space, and be renamed for that. */
	readonly oldName: string | undefined;
}

function wantedOf(values: Values): Wanted {
	const old = values[field.oldName];
	return {
		at: (positionIn(values[field.position]) ?? 0) - 1,
		name: textOf(values, field.name) ?? '',
		oldName: typeof old === 'string' && old.trim() !== '' ? old : undefined,
	};
}

/** From 1; undefined where it is no position. */
function positionIn(value: Values[string]): number | undefined {
	const typed = typeof value === 'string' ? value.trim() : '';
	return /^[1-9]\d{0,3}$/.test(typed) ? Number(typed) : undefined;
}

async function gather(client: Client, wanted: Wanted, io: JobIo, signal: AbortSignal): Promise<Gathered> {
	const { workspaces, unseen } = await workspacesOf(client, signal);
	const queue = new PQueue({ concurrency: mostAtOnce });
	let looked = 0;
	const look = async (workspace: WorkspaceWire): Promise<Looked> => {
		const result = await lookAt(client, workspace, wanted, signal);
		looked += 1;
		io.tell(t('{0} of {1} workspaces looked at', number(looked), number(workspaces.length)));
		return result;
	};
	const all = await Promise.all(workspaces.map((one) => queue.add(() => look(one), { signal })));
	return {
		columns: columns(),
		rows: all.flatMap(({ rows }) => rows),
		skipped: [...unseen, ...all.flatMap(({ skipped }) => skipped)],
	};
}

type Skip = Gathered['skipped'][number];
type Looked = Pick<Gathered, 'rows' | 'skipped'>;

/** People who do not administer the account may only see which workspaces they are in. */
async function workspacesOf(
	client: Client,
	signal: AbortSignal,
): Promise<{ readonly workspaces: readonly WorkspaceWire[]; readonly unseen: readonly Skip[] }> {
	try {
		const first = await paged((row, each) => client.ofBoards.activeWorkspaces(Number(row ?? 0), each), signal);
		return { workspaces: await allItems(first, signal), unseen: [] };
	} catch (error) {
		if (!(error instanceof NotAllowed || error instanceof NotFound)) {
			throw error;
		}
		const label = t('Workspaces you are not in');
		const reason = t('{0} lists them only for robots and for people who administer the account.', vendor);
		return { workspaces: await client.myWorkspaces(signal), unseen: [{ label, reason }] };
	}
}

/** A workspace that can't be looked at is left out and told, as long as asking for others makes sense. */
async function lookAt(client: Client, workspace: WorkspaceWire, wanted: Wanted, signal: AbortSignal): Promise<Looked> {
	try {
		const boards = await client.boards(workspace.id, signal);
		return { rows: boards.flatMap((board) => rowOf(workspace, board, wanted) ?? []), skipped: [] };
	} catch (error) {
		signal.throwIfAborted();
		if (!(error instanceof ProviderError) || error instanceof SignInNeeded) {
			throw error;
		}
		return { rows: [], skipped: [{ label: workspace.name, reason: error.message }] };
	}
}

function rowOf(workspace: WorkspaceWire, board: BoardWire, { at, name, oldName }: Wanted): BulkRow | undefined {
	const all = inOrder(board.progresses);
	const column = all[at];
	if (!column || column.name === name || (oldName !== undefined && column.name !== oldName)) {
		return undefined;
	}
	return {
		key: board.id,
		label: t('{0} in {1}', board.name, workspace.name),
		cells: {
			workspace: workspace.name,
			board: board.name,
			column: String(at + 1),
			old: column.name,
			new: name,
		},
		warning: warningOf(board, name),
		item: { workspaceId: workspace.id, boardId: board.id, columnId: column.id, name },
	};
}

function warningOf({ progresses, is_archived }: BoardWire, name: string): string | undefined {
	if (is_archived) {
		return t('This board is archived.');
	}
	return progresses.some((one) => one.name === name)
		? t('Another column of this board is called “{0}” already.', name)
		: undefined;
}

function columns(): readonly BulkColumn[] {
	return [
		{ id: 'workspace', label: t('Workspace') },
		{ id: 'board', label: t('Board') },
		{ id: 'column', label: t('Column'), isNumber: true },
		{ id: 'old', label: t('Name now') },
		{ id: 'new', label: t('New name') },
	];
}

function number(count: number): string {
	return new Intl.NumberFormat().format(count);
}
