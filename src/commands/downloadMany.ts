import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import { type Branch, failedBranches, walkDocuments } from '../core/documentWalk.ts';
import {
	type DownloadPlan,
	decideDownload,
	type PlannedDocument,
	planDownload,
	type There,
} from '../core/downloadPlan.ts';
import { nameKey } from '../core/fileName.ts';
import type { Document, EntryContainer } from '../core/model.ts';
import { archivesOf } from '../core/sessions.ts';
import type { DownloadOrder } from '../core/transfer.ts';
import { confirm } from '../host/ask.ts';
import { type Advance, withProgress } from '../host/progress.ts';
import { failureText, numberText, present, sizeText } from '../views/format.ts';
import { askConflicts } from './askConflicts.ts';
import { nameOf, noteFolder, proposedFolder } from './downloadFolder.ts';
import { runTransfers } from './runTransfers.ts';
import type { Services } from './services.ts';

/** Something that was picked to come down: a document, or a container with all that stands below it. */
export interface DownloadPick {
	readonly account: Account;
	readonly document?: Document;
	readonly container?: EntryContainer;
}

/** What comes down and into which folder. */
interface Survey {
	readonly plan: DownloadPlan;
	readonly accountOf: ReadonlyMap<Document, Account>;
	readonly unread: readonly Branch[];
}

/** Downloads several documents, and folders with their structure, into a folder that is asked for. */
export async function downloadMany(services: Services, picks: readonly DownloadPick[]): Promise<void> {
	const title = t('Download documents');
	const folder = await askFolder(services, title);
	if (!folder) {
		return;
	}
	const survey = await withProgress(t('Looking through the documents'), (signal, advance) =>
		surveyAll(services, picks, folder, signal, advance),
	);
	const isKnown = picks.every(({ container }) => container === undefined) && survey.plan.left.length === 0;
	const chosen = (isKnown || (await agreed(survey, folder))) && (await withoutConflicts(title, survey.plan));
	if (chosen) {
		await makeFolders(survey.plan, folder);
		const orders = chosen.map((planned) => toOrder(planned, survey, folder));
		await runTransfers(services, t('Downloading to {0}', nameOf(folder)), orders);
	}
}

async function askFolder(services: Services, title: string): Promise<vscode.Uri | undefined> {
	const [folder] =
		(await vscode.window.showOpenDialog({
			title,
			canSelectFiles: false,
			canSelectFolders: true,
			openLabel: t('Download here'),
			defaultUri: await proposedFolder(services),
		})) ?? [];
	await noteFolder(services, folder);
	return folder;
}

async function surveyAll(
	{ sessions }: Services,
	picks: readonly DownloadPick[],
	folder: vscode.Uri,
	signal: AbortSignal,
	advance: Advance,
): Promise<Survey> {
	const accountOf = new Map<Document, Account>();
	const branches: Branch[] = [];
	const counts = new Map<EntryContainer, number>();
	for (const { account, document, container } of picks) {
		if (document) {
			accountOf.set(document, account);
		} else if (container) {
			const archives = await archivesOf(sessions, account, signal);
			const onFound = (count: number): void => {
				counts.set(container, count);
				advance(t('{0} found', numberText([...counts.values()].reduce((all, one) => all + one, 0))));
			};
			const branch = await walkDocuments(archives, container, { deep: true, onFound }, signal);
			branches.push(branch);
			documentsIn(branch).forEach((one) => accountOf.set(one, account));
		}
	}
	const documents = picks.flatMap(({ document }) => document ?? []);
	const plan = await planDownload({ documents, branches }, (path) => look(folder, path, signal));
	return { plan, accountOf, unread: branches.flatMap(failedBranches) };
}

function documentsIn({ entries, below }: Branch): readonly Document[] {
	const own = entries.filter((entry) => entry.kind === 'document');
	return [...own, ...[...below.values()].flatMap(documentsIn)];
}

async function look(folder: vscode.Uri, path: readonly string[], signal: AbortSignal): Promise<There> {
	signal.throwIfAborted();
	try {
		const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(folder, ...path));
		return new Map(entries.map(([name, type]) => [nameKey(name), isFolder(type) ? 'folder' : 'file']));
	} catch (error) {
		if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') {
			return new Map();
		}
		throw error;
	}
}

function isFolder(type: vscode.FileType): boolean {
	return (type & vscode.FileType.Directory) !== 0;
}

/** Says what will come down, and what will not, before anything is written. */
async function agreed({ plan, unread }: Survey, folder: vscode.Uri): Promise<boolean> {
	const { documents, left, folders } = plan;
	const lack = lackTexts(left, unread);
	if (documents.length === 0 && folders.length <= 1) {
		void vscode.window.showInformationMessage(present(t('There is nothing to download here.'), ...lack).join(' '));
		return false;
	}
	const sizes = documents.map(({ document }) => document.size);
	const bytes = sizes.reduce<number>((all, size) => all + (size ?? 0), 0);
	const isWhole = sizes.every((size) => size !== undefined);
	const amount = isWhole ? sizeText(bytes) : t('{0} or more', sizeText(bytes));
	return confirm(
		t('Download {0} documents to {1}?', numberText(documents.length), nameOf(folder)),
		present(amount, ...lack).join('\n'),
		t('Download'),
	);
}

function lackTexts(left: readonly Document[], unread: readonly Branch[]): string[] {
	const [document] = left;
	const [branch] = unread;
	return present(
		document &&
			t('{0} can’t be downloaded, such as {1}: {2}', numberText(left.length), document.name, reasonOf(document)),
		branch &&
			t(
				'{0} folders could not be read whole, such as {1}: {2}',
				numberText(unread.length),
				branch.container.name,
				failureText(branch.failure),
			),
	);
}

function reasonOf({ notDownloadable = '' }: Document): string {
	return notDownloadable;
}

/** What comes down once it is clear what becomes of the files that are there already. Undefined where the person left. */
async function withoutConflicts(
	title: string,
	plan: DownloadPlan,
): Promise<ReturnType<typeof decideDownload> | undefined> {
	const names = plan.documents.filter(({ isThere }) => isThere).map(({ label }) => label);
	const answers =
		names.length === 0
			? new Map<string, string>()
			: await askConflicts({
					title,
					names,
					choices: [
						{ id: 'keepBoth', label: t('Keep both'), detail: t('The new one gets a number behind its name.') },
						{ id: 'replace', label: t('Replace'), detail: t('The file that is there is lost.') },
						{ id: 'skip', label: t('Skip'), detail: t('The file stays as it is.') },
					],
				});
	return answers && decideDownload(plan, answers);
}

/** Folders that hold no document are there too. */
async function makeFolders({ folders }: DownloadPlan, folder: vscode.Uri): Promise<void> {
	for (const path of folders) {
		await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(folder, ...path));
	}
}

function toOrder(
	{ document, directory, name }: Pick<PlannedDocument, 'document' | 'directory' | 'name'>,
	{ accountOf }: Survey,
	folder: vscode.Uri,
): DownloadOrder {
	return {
		kind: 'download',
		id: crypto.randomUUID(),
		account: accountOf.get(document)?.id ?? '',
		name,
		place: [nameOf(folder), ...directory.path].join('/'),
		...(document.size !== undefined && { size: document.size }),
		document,
		target: vscode.Uri.joinPath(folder, ...directory.path, name).toString(),
	};
}
