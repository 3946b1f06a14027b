import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Place } from '../core/documentTree.ts';
import { isCancellation } from '../core/errors.ts';
import { placeUri } from '../files/uri.ts';
import { type ChosenPlace, chooseFolderPlace } from './choosePlace.ts';
import { checkReadable } from './openDocument.ts';
import type { Handler, Services } from './services.ts';

interface DocumentItem extends vscode.QuickPickItem {
	readonly place?: Place;
}

/** Folders that are read at the same time. */
const readers = 3;

/**
 * Finds a document of an archive or a folder by its name, while the folders beneath are read one after the other: the
 * editor's own search for files does not reach file systems of extensions.
 */
export const findDocument: Handler = async (services, node) => {
	const title = t('Find document by name');
	const chosen = await chooseFolderPlace(services, node, title, true);
	const place = chosen && (await pick(services, chosen, title));
	if (chosen && place?.document) {
		checkReadable(place.document);
		await vscode.commands.executeCommand('vscode.open', placeUri(chosen.account.id, place));
	}
};

/** Leaving the list ends the reading. */
async function pick(services: Services, chosen: ChosenPlace, title: string): Promise<Place | undefined> {
	const list = vscode.window.createQuickPick<DocumentItem>();
	const leaving = new AbortController();
	Object.assign(list, {
		title,
		placeholder: t('Name of a document in {0}', chosen.place.name || chosen.account.name),
		matchOnDescription: true,
		ignoreFocusOut: true,
		busy: true,
	});
	const found = new Promise<Place | undefined>((resolve) => {
		list.onDidAccept(() => {
			const [item] = list.selectedItems;
			if (item?.place) {
				resolve(item.place);
			}
		});
		list.onDidHide(() => resolve(undefined));
	});
	list.show();
	void fill(services, chosen, list, title, leaving.signal);
	try {
		return await found;
	} finally {
		leaving.abort();
		list.dispose();
	}
}

async function fill(
	{ places }: Services,
	{ account, place: top }: ChosenPlace,
	list: vscode.QuickPick<DocumentItem>,
	title: string,
	signal: AbortSignal,
): Promise<void> {
	const waiting = [top];
	const items: DocumentItem[] = [];
	let folders = 0;
	const read = async (): Promise<void> => {
		for (let at = waiting.shift(); at; at = waiting.shift()) {
			const beneath = await places
				.list(account, at, signal)
				.catch((error: unknown) => failed(error, items, at, signal));
			signal.throwIfAborted();
			items.push(...beneath.filter(({ document }) => document).map((place) => itemFor(place, top)));
			waiting.push(...beneath.filter(({ document }) => !document));
			folders += 1;
			list.title = t('{0} – {1} documents in {2} folders, reading on', title, items.length, folders);
			show(list, items);
		}
	};
	try {
		while (waiting.length > 0) {
			await Promise.all(Array.from({ length: readers }, read));
		}
		list.title = t('{0} – {1} documents in {2} folders', title, items.length, folders);
		show(list, items.length > 0 ? items : [{ label: t('There are no documents here.'), alwaysShow: true }]);
		list.busy = false;
	} catch {
		// The person has left.
	}
}

/** What could not be read is a line of its own, so that nobody takes the list for whole. */
function failed(error: unknown, items: DocumentItem[], { name }: Place, signal: AbortSignal): readonly Place[] {
	if (!signal.aborted && !isCancellation(error)) {
		const label = error instanceof Error ? error.message : String(error);
		items.push({ label: `$(warning) ${label}`, description: name, alwaysShow: true });
	}
	return [];
}

/** The line that was active stays so while others come. */
function show(list: vscode.QuickPick<DocumentItem>, items: readonly DocumentItem[]): void {
	const { activeItems } = list;
	list.keepScrollPosition = true;
	list.items = [...items];
	list.activeItems = activeItems.filter((item) => items.includes(item));
}

function itemFor(place: Place, top: Place): DocumentItem {
	const folder = place.above?.path.slice(top.path.length).replace(/^\//, '');
	return { label: `$(file) ${place.name}`, description: folder, place };
}
