import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { dateText } from '../core/due.ts';
import { LocalFailure } from '../core/errors.ts';
import type { Document } from '../core/model.ts';
import { itemsOf } from '../core/page.ts';
import { isOver, mayHaveArrived, type Transfer, type UploadOrder } from '../core/transfer.ts';
import { confirm, pickOne } from '../host/ask.ts';
import { withProgress } from '../host/progress.ts';
import { present, sizeText } from '../views/format.ts';
import { openResult } from './openResult.ts';
import { retryTransfers } from './runTransfers.ts';
import type { Handler, Services } from './services.ts';

/** What can be done with a line of the Transfers view. */

export const cancelTransfer: Handler = async (services, _node, rest) => {
	const transfer = await lineOf(services, rest, t('Cancel Transfer'), (one) => !isOver(one));
	if (transfer) {
		services.transfers.cancel(transfer.order.id);
	}
};

export const openTransferred: Handler = async (services, _node, rest) => {
	const isOpen = ({ state, order, webUrl }: Transfer) =>
		state === 'done' && (order.kind === 'download' || webUrl !== undefined);
	const transfer = await lineOf(services, rest, t('Open'), isOpen);
	if (transfer) {
		await openResult(transfer);
	}
};

export const clearTransfers: Handler = async ({ transfers }) => transfers.clear();

export const showTransfers: Handler = async () => {
	await vscode.commands.executeCommand('boardwalk.transfers.focus');
};

/** Once more. What may have arrived is sent again only where the person says so, who can look first. */
export const retryTransfer: Handler = async (services, _node, rest) => {
	const isLeft = (one: Transfer) => isOver(one) && one.state !== 'done';
	const transfer = await lineOf(services, rest, t('Try Transfer Again'), isLeft);
	if (!transfer || !isLeft(transfer)) {
		return;
	}
	const { order } = transfer;
	const agreed =
		order.kind === 'download'
			? await mayReplace(order.name, vscode.Uri.parse(order.target, true))
			: !mayHaveArrived(transfer) || (await maySendAgain(services, order));
	if (agreed) {
		const title = order.kind === 'download' ? t('Downloading {0}', order.name) : t('Uploading {0}', order.name);
		await retryTransfers(services, title, [order.id], { sendAgain: true });
	}
};

/** The line that a menu hands over; without one it asks. */
async function lineOf(
	{ transfers }: Services,
	[given]: readonly unknown[],
	title: string,
	fits: (transfer: Transfer) => boolean,
): Promise<Transfer | undefined> {
	const list = transfers.list();
	const known = list.find((one) => one === given);
	if (known || given !== undefined) {
		return known;
	}
	const fitting = list.filter(fits);
	return fitting.length === 0
		? undefined
		: pickOne(
				title,
				fitting.map((value) => ({ label: value.order.name, description: value.order.place, value })),
			);
}

/** What stands there now may be another file than the one that was to be replaced then. */
async function mayReplace(name: string, target: vscode.Uri): Promise<boolean> {
	const isThere = await Promise.resolve(vscode.workspace.fs.stat(target)).then(
		() => true,
		() => false,
	);
	return (
		!isThere ||
		confirm(t('Replace {0}?', name), t('A file of that name is there already and will be lost.'), t('Replace'))
	);
}

async function maySendAgain(services: Services, order: UploadOrder): Promise<boolean> {
	const look = t('Look first');
	const send = t('Send again');
	const message = t('{0} may have arrived already.', order.name);
	const detail = t('Sent once more, it could be there twice or become another version.');
	const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, look, send);
	if (chosen !== look) {
		return chosen === send;
	}
	const found = await withProgress(t('Looking for {0}', order.name), (signal) => findUploaded(services, order, signal));
	return confirm(
		found ? t('{0} is there.', order.name) : t('{0} is not there.', order.name),
		present(found && factsOf(found), detailOf(order)).join('\n'),
		send,
	);
}

/** The document of that name as it stands there now. */
async function findUploaded(
	{ accounts, sessions, places }: Services,
	{ account: id, container, name }: UploadOrder,
	signal: AbortSignal,
): Promise<Document | undefined> {
	const account = accounts.get(id);
	const archives = account && (await sessions.ready(account, signal)).archives;
	if (!archives) {
		throw new LocalFailure(t('The account was signed out.'));
	}
	places.changed(account, container);
	for await (const entry of itemsOf(await archives.entries(container, signal), signal)) {
		if (entry.kind === 'document' && (entry.name === name || entry.fileName === name)) {
			return entry;
		}
	}
	return undefined;
}

function factsOf({ size, modified, version }: Document): string {
	return present(
		size !== undefined && sizeText(size),
		modified && t('Changed {0}', dateText(modified)),
		version && t('Version {0}', version),
	).join(' · ');
}

function detailOf({ size, place }: UploadOrder): string {
	return size === undefined
		? t('It was to go to {0}.', place)
		: t('It was to go to {0} with {1}.', place, sizeText(size));
}
