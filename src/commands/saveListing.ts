import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import { type Branch, walkDocuments } from '../core/documentWalk.ts';
import { lackOf, listingName, listingText } from '../core/listing.ts';
import type { EntryContainer } from '../core/model.ts';
import { archivesOf } from '../core/sessions.ts';
import { saveDocument } from '../files/saveDocument.ts';
import { pickOne } from '../host/ask.ts';
import { withProgress } from '../host/progress.ts';
import { failureText, numberText, present } from '../views/format.ts';
import type { Node } from '../views/node.ts';
import type { ContainerNode } from '../views/nodes/container.ts';
import { chooseAccount } from './choose.ts';
import { chooseArchive } from './chooseContainer.ts';
import { nameOf, noteFolder, proposedFile } from './downloadFolder.ts';
import type { Handler, Services } from './services.ts';

/** Saves what stands in an archive or a folder as a JSON file. */
export const saveListing: Handler = async (services, node) => {
	const title = t('Save archive listing');
	const place = isContainer(node) ? node : await choose(services, title);
	const isDeep = place && (await askDepth(title));
	const target = place && isDeep !== undefined && (await askTarget(services, title, place.container));
	if (place && target) {
		const branch = await withProgress(title, async (signal, advance) => {
			const read = await walk(services, place, isDeep, signal, advance);
			await save(listingText(read), target, signal);
			return read;
		});
		tellEnd(target, branch);
	}
};

interface Place {
	readonly account: Account;
	readonly container: EntryContainer;
}

function isContainer(node: Node | undefined): node is ContainerNode {
	return node !== undefined && 'container' in node;
}

async function choose(services: Services, title: string): Promise<Place | undefined> {
	const account = await chooseAccount(services, title, ({ archives }) => archives !== undefined);
	const chosen = account && (await chooseArchive(services, account, title));
	return chosen && account && { account, container: chosen.archive };
}

function askDepth(title: string): Promise<boolean | undefined> {
	return pickOne(title, [
		{ label: t('Root only'), detail: t('What stands directly in it.'), value: false },
		{
			label: t('Whole tree'),
			detail: t('With all that stands in its folders; a list is asked for each.'),
			value: true,
		},
	]);
}

async function askTarget(
	services: Services,
	title: string,
	container: EntryContainer,
): Promise<vscode.Uri | undefined> {
	const target = await vscode.window.showSaveDialog({
		title,
		saveLabel: t('Save'),
		filters: { JSON: ['json'] },
		defaultUri: await proposedFile(services, listingName(container, new Date())),
	});
	await noteFolder(services, target && vscode.Uri.joinPath(target, '..'));
	return target;
}

async function walk(
	{ sessions }: Services,
	{ account, container }: Place,
	deep: boolean,
	signal: AbortSignal,
	advance: (message: string) => void,
): Promise<Branch> {
	const archives = await archivesOf(sessions, account, signal);
	const onFound = (count: number) => advance(t('{0} found', numberText(count)));
	return walkDocuments(archives, container, { deep, onFound }, signal);
}

async function save(text: string, target: vscode.Uri, signal: AbortSignal): Promise<void> {
	const bytes = new Blob([text]);
	await saveDocument({ stream: bytes.stream(), size: bytes.size }, target, signal);
}

function tellEnd(target: vscode.Uri, branch: Branch): void {
	const { count, first } = lackOf(branch);
	const saved = t('{0} was saved.', nameOf(target));
	const lack = count > 0 && t('It lacks what could not be read ({0}): {1}', numberText(count), failureText(first));
	const open = t('Open');
	const say = count > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
	void say(present(saved, lack).join(' '), open).then(async (chosen) => {
		if (chosen === open) {
			await vscode.commands.executeCommand('vscode.open', target);
		}
	});
}
