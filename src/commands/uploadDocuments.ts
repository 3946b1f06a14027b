import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import { isCancellation, NotAllowed } from '../core/errors.ts';
import type { EntryContainer, Workspace } from '../core/model.ts';
import { allItems } from '../core/page.ts';
import type { Archives, Uploaded, UploadFile, Uploading } from '../core/provider.ts';
import { localFile } from '../files/localFile.ts';
import { confirm } from '../host/ask.ts';
import { withProgress } from '../host/progress.ts';
import type { Node } from '../views/node.ts';
import { chooseAccount } from './choose.ts';
import { chooseContainer } from './chooseContainer.ts';
import type { Handler, Services } from './services.ts';

/**
 * Puts files into an archive: from the Explorer with the chosen files, then it asks where to; from a folder of the tree,
 * then it asks which files; from the palette it asks both. Everything is checked before the first byte is sent.
 */
export const uploadDocuments: Handler = async (services, node, rest) => {
	const title = t('Upload documents');
	const chosen = filesIn(rest);
	const uris =
		chosen.length > 0
			? chosen
			: await vscode.window.showOpenDialog({ title, canSelectMany: true, openLabel: t('Upload') });
	if (!uris || uris.length === 0) {
		return;
	}
	const files = await Promise.all(uris.map(localFile));
	const target = await targetOf(services, node, title);
	if (target) {
		await upload(services, target, files, node);
	}
};

interface Target {
	readonly account: Account;
	readonly container: EntryContainer;
}

/** The Explorer hands over the file under the pointer and then all that are selected. */
function filesIn(rest: readonly unknown[]): readonly vscode.Uri[] {
	const selected = rest.find((one): one is vscode.Uri[] => Array.isArray(one) && one[0] instanceof vscode.Uri);
	return selected ?? rest.filter((one) => one instanceof vscode.Uri);
}

async function targetOf(services: Services, node: Node | undefined, title: string): Promise<Target | undefined> {
	if (node?.account) {
		const { account } = node;
		if ('container' in node) {
			return { account, container: node.container as EntryContainer };
		}
		if ('document' in node) {
			return { account, container: node.document as EntryContainer };
		}
		if ('workspace' in node) {
			return withProgress(title, async (signal) => {
				const { archives } = await services.sessions.ready(account, signal);
				const container = await archives?.uploading?.target?.(node.workspace as Workspace, signal);
				return container && { account, container };
			});
		}
	}
	const account = await chooseAccount(services, title, ({ archives }) => archives?.uploading !== undefined);
	const container = account && (await chooseContainer(services, account, title));
	return container && { account, container };
}

async function upload(
	services: Services,
	{ account, container }: Target,
	files: readonly UploadFile[],
	node: Node | undefined,
): Promise<void> {
	const title = t('Uploading to {0}', container.name);
	const ready = await withProgress(title, async (signal) => {
		const { archives } = await services.sessions.ready(account, signal);
		if (!archives?.uploading) {
			throw new NotAllowed(t('{0} takes no documents.', account.name));
		}
		const prepared = await archives.uploading.prepare(container, signal);
		return { uploading: archives.uploading, prepared, taken: await takenNames(archives, prepared, files, signal) };
	});
	if (ready.taken.length > 0 && !(await agreed(ready.prepared, ready.taken))) {
		return;
	}
	const sent: { file: UploadFile; uploaded: Uploaded }[] = [];
	try {
		await withProgress(title, (signal, advance) =>
			sendAll(ready.uploading, ready.prepared, files, signal, (file, uploaded) => {
				sent.push({ file, uploaded });
				advance(file.name, 100 / files.length);
			}),
		);
	} catch (error) {
		if (sent.length > 0 || isCancellation(error)) {
			void vscode.window.showWarningMessage(
				t('{0} of {1} files were uploaded to {2}.', sent.length, files.length, container.name),
			);
		}
		throw error;
	} finally {
		refreshTarget(services, account, node);
	}
	tell(container, sent);
}

async function takenNames(
	archives: Archives,
	container: EntryContainer,
	files: readonly UploadFile[],
	signal: AbortSignal,
): Promise<string[]> {
	const entries = await allItems(await archives.entries(container, signal), signal);
	const names = new Set(entries.filter(({ kind }) => kind === 'document').map(({ name }) => name));
	return files.map(({ name }) => name).filter((name) => names.has(name));
}

/** What will become of documents whose names are there already, asked before anything is sent. */
function agreed(container: EntryContainer, names: readonly string[]): Promise<boolean> {
	const sameName = 'sameName' in container ? container.sameName : 'duplicate';
	const list = names.join('\n');
	switch (sameName) {
		case 'version':
			return confirm(
				t('Upload as new versions?'),
				t('These documents are there already. The earlier versions are kept.\n\n{0}', list),
				t('Upload new versions'),
			);
		case 'replace':
			return confirm(
				t('Replace documents?'),
				t('These documents are there already and will be lost.\n\n{0}', list),
				t('Replace'),
			);
		default:
			return confirm(
				t('Keep both?'),
				t('Documents with these names are there already. The new ones will stand beside them.\n\n{0}', list),
				t('Keep both'),
			);
	}
}

async function sendAll(
	uploading: Uploading,
	container: EntryContainer,
	files: readonly UploadFile[],
	signal: AbortSignal,
	done: (file: UploadFile, uploaded: Uploaded) => void,
): Promise<void> {
	for (const file of files) {
		signal.throwIfAborted();
		done(file, await uploading.upload(container, file, signal));
	}
}

function refreshTarget({ tree }: Services, account: Account, node: Node | undefined): void {
	tree.refresh(node ?? tree.rootOf(account));
}

function tell(container: EntryContainer, sent: readonly { file: UploadFile; uploaded: Uploaded }[]): void {
	const [only, ...others] = sent;
	if (!only) {
		return;
	}
	const { file, uploaded } = only;
	const message =
		others.length > 0
			? t('{0} files were uploaded to {1}.', sent.length, container.name)
			: uploaded.version
				? t('{0} is now version {1} in {2}.', file.name, uploaded.version, container.name)
				: t('{0} was uploaded to {1}.', file.name, container.name);
	const open = uploaded.webUrl && others.length === 0 ? [t('Open in browser')] : [];
	void vscode.window.showInformationMessage(message, ...open).then(async (chosen) => {
		if (chosen && uploaded.webUrl) {
			await vscode.env.openExternal(vscode.Uri.parse(uploaded.webUrl, true));
		}
	});
}
