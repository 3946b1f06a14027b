import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import { LocalFailure } from '../core/errors.ts';
import { type FeedForm, feedContent } from '../core/feedContent.ts';
import type { FeedGroup, Feeds, FeedTable } from '../core/feeds.ts';
import { safeFileName } from '../core/fileName.ts';
import { RowCounter } from '../core/rowCount.ts';
import { readBack } from '../files/readBack.ts';
import { saveDocument } from '../files/saveDocument.ts';
import { pickOne } from '../host/ask.ts';
import { type Advance, withProgress } from '../host/progress.ts';
import { numberText, sizeText } from '../views/format.ts';
import { unable } from './cardPlace.ts';
import { chooseAccount, chooseFrom } from './choose.ts';
import { nameOf, noteFolder, proposedFile } from './downloadFolder.ts';
import type { Handler, Services } from './services.ts';

/** Saves a table of an account for reports as a file, and says how many rows were read back from it. */
export const downloadFeed: Handler = async (services, node) => {
	const title = t('Download table');
	const account = node?.account ?? (await chooseAccount(services, title, ({ feeds }) => feeds !== undefined));
	const group = account && (await chooseGroup(feedsOf(services, account), title));
	const table = group && (await chooseTable(services, account, group, title));
	const form = table && (await askForm(title));
	const target = form && (await askTarget(services, title, table, form));
	if (account && table && form && target) {
		const saved = await withProgress(t('Downloading {0}', table.name), (signal, advance) =>
			save(services, account, table, form, target, signal, advance),
		);
		tellEnd(target, saved);
	}
};

interface Saved {
	readonly rows: number;
	/** Bytes that came, and bytes of the file. */
	readonly came: number;
	readonly size: number;
}

function feedsOf(services: Services, account: Account): Feeds {
	const { feeds } = services.sessions.peek(account);
	if (!feeds) {
		throw unable(services, account);
	}
	return feeds;
}

function chooseGroup({ groups }: Feeds, title: string): Promise<FeedGroup | undefined> {
	return chooseFrom(
		title,
		t('From which group?'),
		async () => ({ items: groups }),
		({ id, label }) => ({ value: id, label }),
	);
}

function chooseTable(
	services: Services,
	account: Account,
	group: FeedGroup,
	title: string,
): Promise<FeedTable | undefined> {
	return chooseFrom(
		title,
		t('Which table of {0}?', group.label),
		async (signal) => {
			await services.sessions.ready(account, signal);
			return { items: await feedsOf(services, account).tables(group, signal) };
		},
		({ name }) => ({ value: name, label: name }),
		t('There are no tables here.'),
	);
}

function askForm(title: string): Promise<FeedForm | undefined> {
	return pickOne<FeedForm>(title, [
		{ label: t('Compressed'), description: '.json.gz', detail: t('Takes a fraction of the room.'), value: 'gzip' },
		{ label: t('Plain'), description: '.json', detail: t('Any program reads it as it is.'), value: 'plain' },
	]);
}

async function askTarget(
	services: Services,
	title: string,
	{ group, name }: FeedTable,
	form: FeedForm,
): Promise<vscode.Uri | undefined> {
	const now = new Date();
	const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0'));
	const ending = form === 'gzip' ? 'json.gz' : 'json';
	const target = await vscode.window.showSaveDialog({
		title,
		saveLabel: t('Save'),
		filters: form === 'gzip' ? { [t('Compressed JSON')]: ['gz'] } : { JSON: ['json'] },
		defaultUri: await proposedFile(services, safeFileName(`${group}_${name}_${day.join('-')}.${ending}`)),
	});
	await noteFolder(services, target && vscode.Uri.joinPath(target, '..'));
	return target;
}

async function save(
	services: Services,
	account: Account,
	table: FeedTable,
	form: FeedForm,
	target: vscode.Uri,
	signal: AbortSignal,
	advance: Advance,
): Promise<Saved> {
	await services.sessions.ready(account, signal);
	const content = await feedsOf(services, account).read(table, signal);
	const passed = feedContent(content, form, (bytes) => advance(sizeText(bytes)));
	await saveDocument(passed.content, target, signal);
	advance(t('Counting the rows in the file'));
	const { rows, size } = await countIn(target, form, signal);
	const { rows: sent, bytes: came } = passed.seen();
	if (rows === undefined || rows !== sent) {
		throw new LocalFailure(t('{0} was saved, but what it holds is not what came. Download it again.', nameOf(target)));
	}
	return { rows, came, size };
}

/** From the file itself, piece by piece. */
async function countIn(
	target: vscode.Uri,
	form: FeedForm,
	signal: AbortSignal,
): Promise<{ readonly rows: number | undefined; readonly size: number }> {
	const counter = new RowCounter();
	const size = await readBack(target, form === 'gzip', (piece) => counter.add(piece), signal);
	return { rows: counter.end(), size };
}

function tellEnd(target: vscode.Uri, { rows, came, size }: Saved): void {
	const text =
		came === size
			? t('{0} was saved: {1} rows, {2}.', nameOf(target), numberText(rows), sizeText(size))
			: t('{0} was saved: {1} rows, {2} in {3}.', nameOf(target), numberText(rows), sizeText(came), sizeText(size));
	const reveal = t('Show in folder');
	void vscode.window.showInformationMessage(text, reveal).then(async (chosen) => {
		if (chosen === reveal) {
			await vscode.commands.executeCommand('revealFileInOS', target);
		}
	});
}
