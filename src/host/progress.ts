import * as vscode from 'vscode';
import { signalOf } from './cancellation.ts';

/** Tells how far a job is: a few words, and the part done since the last call, of 100. */
export type Advance = (message: string, increment?: number) => void;

const patience = 500;

/**
 * Runs a job that can be cancelled. Progress appears only when the job takes longer than half a second, so that quick
 * ones do not flicker; it begins with what was told last until then.
 */
export async function withProgress<T>(
	title: string,
	run: (signal: AbortSignal, advance: Advance) => Promise<T>,
): Promise<T> {
	const abort = new AbortController();
	const early: { message?: string; increment: number } = { increment: 0 };
	let show: Advance = (message, increment = 0) => {
		early.message = message;
		early.increment += increment;
	};
	const job = run(abort.signal, (message, increment) => show(message, increment));
	const settled = job.then(
		() => undefined,
		() => undefined,
	);
	const quick = await Promise.race([settled.then(() => true), delay(patience).then(() => false)]);
	if (!quick) {
		await vscode.window.withProgress(
			{ location: vscode.ProgressLocation.Notification, title, cancellable: true },
			async (progress, token) => {
				signalOf(token).addEventListener('abort', () => abort.abort(), { once: true });
				show = (message, increment) => progress.report({ message, increment });
				if (early.message !== undefined) {
					progress.report(early);
				}
				await settled;
			},
		);
	}
	return job;
}

function delay(milliseconds: number): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, milliseconds);
	});
}
