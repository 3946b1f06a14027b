import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account, Accounts } from '../core/accounts.ts';
import type { Archives, UploadFile } from '../core/archives.ts';
import { LocalFailure, NotAllowed, OutcomeUnknown } from '../core/errors.ts';
import type { EntryContainer } from '../core/model.ts';
import { archivesOf, type Sessions } from '../core/sessions.ts';
import type { DownloadOrder, UploadOrder } from '../core/transfer.ts';
import { metered, type OnProgress } from '../core/transferProgress.ts';
import type { Perform, Performed } from '../core/transfers.ts';
import type { PartRecords } from './disk/partRecords.ts';
import { localFile } from './localFile.ts';
import { saveDocument } from './saveDocument.ts';

export interface Performing {
	readonly accounts: Accounts;
	readonly sessions: Sessions;
	/** Where parts are remembered; undefined where there is no disk of this computer. */
	readonly records: PartRecords | undefined;
	/** Told when something went up into a container, or may have. */
	readonly onUploaded?: (account: Account, container: EntryContainer) => void;
}

/** Carries transfers out with the sessions of their accounts. */
export function performer(performing: Performing): Perform {
	return async (order, signal, onProgress) => {
		const account = performing.accounts.get(order.account);
		if (!account) {
			throw new LocalFailure(t('The account was signed out.'));
		}
		const archives = await archivesOf(performing.sessions, account, signal);
		return order.kind === 'download'
			? download(archives, order, signal, { onProgress, records: performing.records })
			: uploadAndTell(performing, account, archives, order, signal, onProgress);
	};
}

async function download(
	archives: Archives,
	{ document, target }: DownloadOrder,
	signal: AbortSignal,
	options: { readonly onProgress: OnProgress; readonly records: PartRecords | undefined },
): Promise<Performed> {
	const uri = vscode.Uri.parse(target, true);
	await makeFolder(vscode.Uri.joinPath(uri, '..'));
	await saveDocument(await archives.read(document, signal), uri, signal, options);
	return {};
}

/** A folder that was removed since it was chosen is made again. */
async function makeFolder(uri: vscode.Uri): Promise<void> {
	try {
		await vscode.workspace.fs.createDirectory(uri);
	} catch (error) {
		throw new LocalFailure(t('The folder {0} could not be made. Nothing was saved.', uri.path), error);
	}
}

async function uploadAndTell(
	{ onUploaded }: Performing,
	account: Account,
	archives: Archives,
	order: UploadOrder,
	signal: AbortSignal,
	onProgress: OnProgress,
): Promise<Performed> {
	try {
		const performed = await upload(archives, account, order, signal, onProgress);
		onUploaded?.(account, order.container);
		return performed;
	} catch (error) {
		if (error instanceof OutcomeUnknown) {
			onUploaded?.(account, order.container);
		}
		throw error;
	}
}

async function upload(
	archives: Archives,
	account: Account,
	order: UploadOrder,
	signal: AbortSignal,
	onProgress: OnProgress,
): Promise<Performed> {
	const source = await localFile(vscode.Uri.parse(order.source, true));
	const { file, isOut } = watched({ ...source, name: order.name });
	try {
		return await put(archives, account, order, metered(file, onProgress), signal);
	} catch (error) {
		throw signal.aborted && isOut() ? cancelledLate(order, error) : error;
	}
}

async function put(
	{ saving, uploading }: Archives,
	account: Account,
	{ replaces, container }: UploadOrder,
	file: UploadFile,
	signal: AbortSignal,
): Promise<Performed> {
	if (replaces && saving) {
		const { webUrl, version } = await saving.save(replaces, container, file, signal);
		return { webUrl, version };
	}
	if (replaces || !uploading) {
		throw new NotAllowed(
			replaces ? t('{0} can’t be replaced.', replaces.name) : t('{0} takes no documents.', account.name),
		);
	}
	const { webUrl, version } = await uploading.upload(container, file, signal);
	return { webUrl, version };
}

/** A file, and whether its last piece has gone out: from then on, giving up does not undo it. */
function watched(file: UploadFile): { readonly file: UploadFile; readonly isOut: () => boolean } {
	let isOut = false;
	return {
		file: {
			...file,
			async *content() {
				yield* file.content();
				isOut = true;
			},
		},
		isOut: () => isOut,
	};
}

function cancelledLate({ name }: UploadOrder, cause: unknown): OutcomeUnknown {
	return new OutcomeUnknown(
		t('It was cancelled when all of {0} had gone out. Look whether it has arrived.', name),
		cause,
	);
}
