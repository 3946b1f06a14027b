import { t } from '@vscode/l10n';
import type { DocumentContent } from '../../core/archives.ts';
import type { JobFolders, JobIo } from '../../core/bulk.ts';
import { LocalFailure, UnexpectedReply } from '../../core/errors.ts';
import { safeFolderName } from '../../core/fileName.ts';
import { isWholeZip } from '../../core/zipCheck.ts';
import { readContent } from '../../http/content.ts';
import { type Clock, type ExportCalls, systemClock, untilExported } from './exports.ts';

/** How exports are asked for. */
export interface Exporting {
	readonly calls: ExportCalls;
	/** The person's setting: hours that an export may take at ProjectPlace. */
	readonly hours: string | undefined;
	readonly clock?: Clock;
}

const usualHours = 6;

/** The name of a workspace's zip among the files of a folder, where one is there and whole. */
export async function wholeZipOf(
	workspaceId: string,
	{
		folders,
		folder,
		names,
	}: { readonly folders: JobFolders; readonly folder: string; readonly names: readonly string[] },
	signal: AbortSignal,
): Promise<string | undefined> {
	for (const name of names) {
		const isIts = name.startsWith(`${workspaceId}-`) && /\.zip$/i.test(name);
		const end = isIts ? await folders.tail(folder, name, signal) : undefined;
		if (end && isWholeZip(end)) {
			return name;
		}
	}
	return undefined;
}

/**
 * Exports a workspace and saves what comes under the name that ProjectPlace proposes, behind the workspace's id. The name is
 * given, and returned, only where a whole zip came.
 */
export async function saveZip(
	{ calls, hours, clock = systemClock }: Exporting,
	workspace: { readonly id: string; readonly name: string },
	folder: string,
	io: JobIo,
	signal: AbortSignal,
): Promise<string> {
	io.tell(t('ProjectPlace is exporting “{0}”…', workspace.name));
	const patience = { clock, longest: (Number(hours) || usualHours) * 3_600_000 };
	const { link, name = workspace.name } = await untilExported(calls, workspace, patience, signal);
	io.tell(t('Downloading “{0}”…', workspace.name));
	const content = await readContent(async (part, each) => ({ response: await calls.file(link, part, each) }), signal);
	const zip = safeFolderName(`${workspace.id}-${/\.zip$/i.test(name) ? name : `${name}.zip`}`);
	await saveChecked(io.folders, folder, zip, content, signal);
	return zip;
}

async function saveChecked(
	folders: JobFolders,
	folder: string,
	name: string,
	content: DocumentContent,
	signal: AbortSignal,
): Promise<void> {
	let isChecked = false;
	const check = (tail: Uint8Array): void => {
		if (!isWholeZip({ tail, size: content.size })) {
			throw new UnexpectedReply(t('What ProjectPlace sent is no whole zip file. Nothing was saved.'));
		}
		isChecked = true;
	};
	await folders.save(folder, name, content, check, signal);
	// What comes next may delete the only other copy.
	if (!isChecked) {
		throw new LocalFailure(t('“{0}” was saved, but not looked at whether it is whole.', name));
	}
}
