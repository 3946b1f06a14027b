import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { ProviderError } from '../core/errors.ts';
import { type BatchProgress, batchProgress, type Transfer, type TransferOrder } from '../core/transfer.ts';
import { causeText } from '../host/log.ts';
import { type Advance, withProgress } from '../host/progress.ts';
import { failureText, numberText, present, progressText } from '../views/format.ts';
import { openResult } from './openResult.ts';
import type { Services } from './services.ts';

/** Milliseconds between two reports; a little less than between two of progress, which are not to be missed. */
const pause = 240;

/**
 * Carries transfers out with one progress for all of them, which can be cancelled, and tells the end once. Gives what
 * became of each; never rejects.
 */
export function runTransfers(
	services: Services,
	title: string,
	orders: readonly TransferOrder[],
): Promise<readonly Transfer[]> {
	return orders.length === 0
		? Promise.resolve([])
		: follow(
				services,
				title,
				(signal) => services.transfers.run(orders, signal),
				orders.map(({ id }) => id),
			);
}

/** Carries these out once more; with `sendAgain` also those that may have arrived. Never rejects. */
export function retryTransfers(
	services: Services,
	title: string,
	ids: readonly string[],
	again: { readonly sendAgain: boolean },
): Promise<readonly Transfer[]> {
	return follow(services, title, (signal) => services.transfers.retry(ids, signal, again), ids);
}

async function follow(
	services: Services,
	title: string,
	start: (signal: AbortSignal) => Promise<readonly Transfer[]>,
	ids: readonly string[],
): Promise<readonly Transfer[]> {
	const { transfers } = services;
	const ended = await withProgress(title, async (signal, advance) => {
		const running = start(signal);
		const wanted = new Set(ids);
		const batch = transfers.list().filter(({ order }) => wanted.has(order.id));
		const telling = transfers.onDidChange(tellerOf(batch, advance));
		try {
			return await running;
		} finally {
			telling.dispose();
		}
	});
	tellEnd(services, ended);
	return ended;
}

/** Tells how far a batch is, four times a second at most: a thousand small documents end faster than anybody reads. */
function tellerOf(batch: readonly Transfer[], advance: Advance): () => void {
	let told = 0;
	let toldAt = Number.NEGATIVE_INFINITY;
	return () => {
		const now = performance.now();
		if (now - toldAt >= pause) {
			const progress = batchProgress(batch);
			const percent = Math.max(told, percentOf(progress));
			advance(batchText(progress), percent - told);
			told = percent;
			toldAt = now;
		}
	};
}

/** Such as "3 of 12 · 14.2 of 80 MB · 2.1 MB/s · 31 sec left". */
function batchText(progress: BatchProgress): string {
	const { count, over, bytes } = progress;
	return present(
		count > 1 && t('{0} of {1}', numberText(over), numberText(count)),
		bytes > 0 && progressText(progress),
	).join(' · ');
}

function percentOf({ bytes, total, over, count }: BatchProgress): number {
	return total ? (bytes / total) * 100 : (over / count) * 100;
}

function tellEnd(services: Services, ended: readonly Transfer[]): void {
	const failed = ended.filter(({ state }) => state === 'failed' || state === 'unknown');
	for (const { order, error } of failed) {
		services.log.error(`[${order.name}] ${textForLog(error)}`);
	}
	const done = ended.filter(({ state }) => state === 'done');
	const [first] = failed;
	if (first) {
		tellFailure(services, first, failed.length, done.length, ended.length);
	} else if (done.length > 0) {
		tellDone(done, ended.length);
	}
}

function textForLog(error: unknown): string {
	return error instanceof Error && !(error instanceof ProviderError)
		? `${error.stack ?? error.message}\n${causeText(error.cause ?? '')}`
		: causeText(error);
}

function tellFailure(services: Services, first: Transfer, failed: number, done: number, count: number): void {
	const sentence = t('{0}: {1}', first.order.name, failureText(first.error));
	const more = failed > 1 && t('Others that failed: {0}.', numberText(failed - 1));
	const rest = count > 1 && t('Done: {0} of {1}.', numberText(done), numberText(count));
	const show = t('Show Transfers');
	const say = done > 0 ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
	void say(present(sentence, more, rest).join(' '), show, ...signInFor(first)).then(async (chosen) => {
		if (chosen === show) {
			await vscode.commands.executeCommand('boardwalk.transfers.focus');
		} else if (chosen !== undefined) {
			const account = services.accounts.get(first.order.account);
			await vscode.commands.executeCommand('boardwalk.signInAgain', account && services.tree.rootOf(account));
		}
	});
}

function signInFor({ error }: Transfer): string[] {
	return error instanceof ProviderError && error.action.kind === 'signIn' ? [t('Sign in again')] : [];
}

function tellDone(done: readonly Transfer[], count: number): void {
	const [first] = done;
	if (!first) {
		return;
	}
	const isOne = done.length === 1;
	const message = isOne ? oneText(first) : manyText(done);
	const rest = count > done.length ? t('Cancelled: {0}.', numberText(count - done.length)) : '';
	const open = first.order.kind === 'download' ? t('Open') : t('Open in browser');
	const buttons = isOne && (first.order.kind === 'download' || first.webUrl) ? [open] : [];
	void vscode.window.showInformationMessage(present(message, rest).join(' '), ...buttons).then(async (chosen) => {
		if (chosen !== undefined) {
			await openResult(first);
		}
	});
}

function oneText({ order, version }: Transfer): string {
	if (order.kind === 'download') {
		return t('{0} was saved.', order.name);
	}
	return version
		? t('{0} is now version {1} in {2}.', order.name, version, order.place)
		: t('{0} was uploaded to {1}.', order.name, order.place);
}

function manyText(done: readonly Transfer[]): string {
	const count = numberText(done.length);
	const [place, ...others] = new Set(done.map(({ order }) => order.place));
	if (done.some(({ order }) => order.kind === 'upload')) {
		return place !== undefined && others.length === 0
			? t('{0} files were uploaded to {1}.', count, place)
			: t('{0} files were uploaded.', count);
	}
	return place !== undefined && others.length === 0
		? t('{0} documents were saved in {1}.', count, place)
		: t('{0} documents were saved.', count);
}
