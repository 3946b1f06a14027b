import { t } from '@vscode/l10n';
import { type BulkJob, type BulkRow, type Gathered, type JobIo, Skipped } from '../../core/bulk.ts';
import { type Confirmation, type Field, textOf, type Values } from '../../core/form.ts';
import { allItems } from '../../core/page.ts';
import { paged } from '../../http/pages.ts';
import type { AccountCalls } from './accountCalls.ts';
import { type Exporting, saveZip, wholeZipOf } from './archivedZip.ts';
import type { UsedWire } from './exports.ts';

export interface ArchivedNeeds extends Exporting {
	readonly account: Pick<AccountCalls, 'removeWorkspace'>;
	/** Called when workspaces may have gone. */
	readonly removed: () => void;
}

const inForm = { folder: 'folder', purge: 'purge' } as const;
/** Each may be of many gigabytes, and makes ProjectPlace work for a long time. */
const atOnce = 2;

/** Saves everything of the account's archived workspaces as zips, and deletes those at ProjectPlace if that is wanted. */
export function downloadArchivedWorkspaces(needs: ArchivedNeeds): BulkJob {
	return {
		id: 'downloadArchivedWorkspaces',
		get title() {
			return t('Download archived workspaces');
		},
		on: 'account',
		atOnce,
		fields,
		gather: (values, _place, io, signal) => gather(needs, values, io, signal),
		confirmation,
		run: (row, values, io, signal) => run(needs, row, values, io, signal),
		async isDone(row, values, io, signal) {
			const { id } = workspaceOf(row);
			const zip = await wholeZipOf(id, await filesIn(values, io), signal);
			return zip !== undefined && (!isPurge(values) || (await stateOf(needs, id, signal)) === 'gone');
		},
	};
}

function fields(): readonly Field[] {
	return [
		{
			kind: 'path',
			id: inForm.folder,
			label: t('Folder for the zip files'),
			what: 'folder',
			required: true,
			help: t('A workspace whose zip is there already is not downloaded again.'),
		},
		{
			kind: 'flag',
			id: inForm.purge,
			label: t('Delete each workspace at ProjectPlace when its zip is whole'),
			initial: false,
		},
	];
}

const folderOf = (values: Values): string => textOf(values, inForm.folder) ?? '';
const isPurge = (values: Values): boolean => values[inForm.purge] === true;

const workspaceOf = ({ item }: BulkRow) => ({ id: String(item['id']), name: String(item['name']) });

async function filesIn(values: Values, { folders }: JobIo) {
	const folder = folderOf(values);
	return { folders, folder, names: await folders.names(folder) };
}

async function gather(needs: ArchivedNeeds, values: Values, io: JobIo, signal: AbortSignal): Promise<Gathered> {
	const files = await filesIn(values, io);
	io.tell(t('Asking ProjectPlace for the archived workspaces…'));
	const rows: BulkRow[] = [];
	const skipped: Gathered['skipped'][number][] = [];
	for (const wire of await listed(needs, 'archived', signal)) {
		const zip = await wholeZipOf(wire.id, files, signal);
		if (zip !== undefined && !isPurge(values)) {
			skipped.push({ label: wire.name, reason: isThere(files.folder, zip) });
		} else {
			rows.push(toRow(wire, zip));
		}
	}
	const columns = [
		{ id: 'name', label: t('Workspace') },
		{ id: 'size', label: t('Size'), isNumber: true },
		{ id: 'zip', label: t('Zip that is there') },
	];
	return { columns, rows, skipped };
}

async function listed(
	{ calls }: ArchivedNeeds,
	state: 'active' | 'archived',
	signal: AbortSignal,
): Promise<readonly UsedWire[]> {
	return allItems(await paged((row, each) => calls.workspaces(state, Number(row ?? 0), each), signal), signal);
}

function toRow({ id, name, space_used: bytes }: UsedWire, zip: string | undefined): BulkRow {
	return {
		key: id,
		label: name,
		cells: { name, size: bytes == null ? '' : inUnit(bytes, megabytes), zip: zip ?? '' },
		item: { id, name, bytes: bytes ?? undefined },
	};
}

function isThere(folder: string, name: string): string {
	const path = shownPath(folder);
	const separator = path.includes('/') ? '/' : '\\';
	return t('Its zip is there already: {0}', path.replace(/[/\\]$/, '') + separator + name);
}

/** A folder as people know it: its address is a URI where the editor chose it. */
function shownPath(folder: string): string {
	const url = URL.parse(folder);
	try {
		return url?.protocol === 'file:' ? decodeURIComponent(url.pathname).replace(/^\/(?=[a-z]:)/i, '') : folder;
	} catch {
		return folder;
	}
}

/** Names said in the question; more are only in the table. */
const mostNamed = 10;

function confirmation(rows: readonly BulkRow[], values: Values): Confirmation {
	const bytes = rows.reduce((sum, { item, cells }) => sum + (cells['zip'] ? 0 : Number(item['bytes'] ?? 0)), 0);
	const names = new Intl.ListFormat(undefined, { type: 'unit' }).format(
		rows.slice(0, mostNamed).map(({ label }) => `“${label}”`),
	);
	const more = rows.length - mostNamed;
	const named = more > 0 ? t('{0} and {1} more.', names, number(more)) : t('{0}.', names);
	const size = t('They take {0} at ProjectPlace.', sizeText(bytes));
	if (!isPurge(values)) {
		return {
			question: t('Download {0} archived workspaces?', number(rows.length)),
			detail: `${named} ${size}`,
			button: t('Download'),
		};
	}
	return {
		question: t('Download {0} archived workspaces and delete them at ProjectPlace?', number(rows.length)),
		detail: `${named} ${size} ${t('Each is deleted when its zip is whole on this computer. Nobody can bring it back.')}`,
		button: t('Download and delete'),
		word: t('DELETE'),
	};
}

/** Saves the zip unless a whole one is there; only behind such a one may the workspace be deleted. */
async function run(
	needs: ArchivedNeeds,
	row: BulkRow,
	values: Values,
	io: JobIo,
	signal: AbortSignal,
): Promise<string> {
	const workspace = workspaceOf(row);
	const files = await filesIn(values, io);
	const found = await wholeZipOf(workspace.id, files, signal);
	if (found !== undefined && !isPurge(values)) {
		throw new Skipped(isThere(files.folder, found));
	}
	const zip = found ?? (await saveZip(needs, workspace, files.folder, io, signal));
	if (!isPurge(values)) {
		return t('Saved as “{0}”.', zip);
	}
	await purge(needs, workspace, zip, signal);
	return found === undefined
		? t('Saved as “{0}” and deleted at ProjectPlace.', zip)
		: t('Deleted at ProjectPlace; its zip was there as “{0}”.', zip);
}

async function purge(
	needs: ArchivedNeeds,
	{ id, name }: { readonly id: string; readonly name: string },
	zip: string,
	signal: AbortSignal,
): Promise<void> {
	// An export takes hours, in which somebody may have taken the workspace out of the archive.
	const state = await stateOf(needs, id, signal);
	if (state === 'active') {
		throw new Skipped(t('“{0}” is no longer archived, so it was not deleted. What was in it is in “{1}”.', name, zip));
	}
	if (state === 'gone') {
		throw new Skipped(t('“{0}” is no longer at ProjectPlace. What was in it is in “{1}”.', name, zip));
	}
	try {
		await needs.account.removeWorkspace(id, signal);
	} finally {
		needs.removed();
	}
}

async function stateOf(
	needs: ArchivedNeeds,
	workspaceId: string,
	signal: AbortSignal,
): Promise<'active' | 'archived' | 'gone'> {
	for (const state of ['archived', 'active'] as const) {
		if ((await listed(needs, state, signal)).some(({ id }) => id === workspaceId)) {
			return state;
		}
	}
	return 'gone';
}

const number = (value: number): string => new Intl.NumberFormat().format(value);

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
/** One unit for a whole column, so that it can be compared and sorted. */
const megabytes = 2;

function sizeText(bytes: number): string {
	return inUnit(bytes, Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3)));
}

/** `step` counts thousands. */
function inUnit(bytes: number, step: number): string {
	const unit = units[step] ?? 'byte';
	return new Intl.NumberFormat(undefined, { style: 'unit', unit, maximumSignificantDigits: 3 }).format(
		bytes / 1000 ** step,
	);
}
