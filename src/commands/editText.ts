import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import type { Board } from '../core/model.ts';
import type { Session } from '../core/provider.ts';
import { isSameText, propertyPlaceOf, propertyUri } from '../files/propertyUri.ts';
import { pickOne } from '../host/ask.ts';
import { withProgress } from '../host/progress.ts';
import type { Node } from '../views/node.ts';
import { askBoard, liveOf, unable } from './cardPlace.ts';
import type { Handler, Services } from './services.ts';

interface Place {
	readonly account: Account;
	readonly board: Board;
}

type Texts = NonNullable<Session['boardTexts']>;

/** Opens a property of a board that is a text of its own, in an editor that saves it at the vendor. */
export const editAsJson: Handler = async (services, node) => {
	const title = t('Edit as JSON');
	const place = await placeFor(services, node, title);
	const property = place && (await chooseText(await textsOf(services, place, title), place, title));
	if (place && property) {
		await open(propertyUri(place.account.id, place.board, property));
	}
};

async function placeFor(services: Services, node: Node | undefined, title: string): Promise<Place | undefined> {
	const live = node?.account && liveOf(services, node, node.account);
	return live ?? askBoard(services, title, ({ boardTexts = [] }) => boardTexts.length > 0);
}

/** Throws `LocalFailure` where there is none, as in a locked account. */
async function textsOf(services: Services, { account }: Place, title: string): Promise<Texts> {
	const { boardTexts = [] } = await withProgress(title, (signal) => services.sessions.ready(account, signal));
	if (boardTexts.length === 0) {
		throw unable(services, account);
	}
	return boardTexts;
}

/** Asked only where there are several. */
async function chooseText(texts: Texts, { board }: Place, title: string): Promise<Texts[number] | undefined> {
	return texts.length === 1
		? texts[0]
		: pickOne(
				title,
				texts.map((text) => ({ label: text.title, description: text.fileName, value: text })),
				t('Which text of {0}?', board.name),
			);
}

/** One text has one editor, even where its board got another name since that was opened. */
async function open(uri: vscode.Uri): Promise<void> {
	const wanted = propertyPlaceOf(uri);
	const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
	const opened = inputs
		.filter((input) => input instanceof vscode.TabInputText)
		.find(({ uri: shown }) => isSameText(propertyPlaceOf(shown), wanted));
	if (opened) {
		// An open editor without changes takes what is at the vendor by now, once the file system has looked. Where that fails,
		// it shows what it has.
		await vscode.workspace.fs.stat(opened.uri).then(undefined, () => undefined);
	}
	await vscode.commands.executeCommand('vscode.open', opened?.uri ?? uri);
}
