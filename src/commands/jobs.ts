import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import type { BulkJob, JobIo } from '../core/bulk.ts';
import { BulkJournal, type KeptJob } from '../core/bulkJournal.ts';
import { countsOf } from '../core/bulkPacking.ts';
import { BulkRun } from '../core/bulkRun.ts';
import { type Field, initialValues, type Values } from '../core/form.ts';
import type { PartRecords } from '../files/disk/partRecords.ts';
import { jobFolders, readChosen } from '../files/jobFolders.ts';
import { type BulkAction, type BulkContext, BulkPanel, isBulkAddress, jobOf } from '../views/bulkPanel.ts';
import { statusText } from '../views/bulkView.ts';
import { present } from '../views/format.ts';
import { pageTypes } from '../views/pageTypes.ts';
import { unable } from './cardPlace.ts';
import { askValue } from './formSteps.ts';
import { agreed, saveJob } from './jobQuestions.ts';
import type { Services } from './services.ts';

const subject = 'job';

interface Open {
	readonly run: BulkRun;
	panel?: BulkPanel;
	/** Gives up what is under way. */
	abort?: AbortController;
}

/** The jobs over many things of this window, with their tabs, and what earlier windows have left of theirs. */
export class Jobs {
	readonly #services: Services;
	readonly #extension: vscode.Uri;
	readonly #records: PartRecords | undefined;
	readonly #journal: BulkJournal;
	readonly #open = new Map<string, Open>();
	readonly #listening: { dispose(): void };

	constructor(services: Services, extension: vscode.Uri, records: PartRecords | undefined) {
		this.#services = services;
		this.#extension = extension;
		this.#records = records;
		this.#journal = new BulkJournal(services.workspace);
		this.#listening = services.windows.onAsked(subject, (id) => this.#answer(String(id)));
	}

	/** What jobs read and write with on this computer. */
	io(tell: JobIo['tell']): JobIo {
		return { tell, read: readChosen, folders: jobFolders(this.#records) };
	}

	/** Shows what a job has gathered. `values`: with the secrets that are not kept. */
	async show(kept: KeptJob, values: Values): Promise<void> {
		const run = this.#runOf(kept, values);
		run.noteIn(await this.#journal.keep(kept, () => run.standing()));
		this.#show({ run }, newPanel(kept.title));
	}

	/** Jobs that earlier windows began and did not end, and that no other window goes on with. Asks the other windows. */
	async left(signal: AbortSignal): Promise<readonly KeptJob[]> {
		const left = this.#journal.left().filter(isUnfinished);
		const elsewhere = await Promise.all(left.map(({ id }) => this.#services.windows.ask(subject, id, signal)));
		return left.filter((kept, index) => elsewhere[index] !== true && !this.#open.has(kept.id));
	}

	/** Shows a job that an earlier window has left, as far as it got. */
	takeUp(kept: KeptJob): BulkRun {
		const open = this.#open.get(kept.id);
		if (open) {
			this.#reveal(open);
			return open.run;
		}
		const run = this.#runAgain(kept);
		this.#show({ run }, newPanel(kept.title));
		return run;
	}

	/** Forgets a job that an earlier window has left. */
	forget(id: string): Promise<void> {
		return this.#journal.drop(id);
	}

	/** Brings a tab back that was open before the window was loaded anew; it is closed where nothing is known of its job. */
	restore(panel: vscode.WebviewPanel, address: unknown): void {
		const id = isBulkAddress(address) ? address.run : '';
		const kept = this.#open.has(id) ? undefined : this.#journal.read(id);
		if (kept && this.#services.accounts.get(kept.account)) {
			this.#show({ run: this.#runAgain(kept) }, panel);
		} else {
			panel.dispose();
		}
	}

	/** Asks what must be asked, and does what a button says. Done when nothing more is under way. */
	async act(run: BulkRun, what: BulkAction): Promise<void> {
		const open = this.#open.get(run.id);
		const { account, job } = jobOf(this.#services, run);
		if (!open || !account || isUnderWay(run)) {
			return;
		}
		if (!job) {
			throw unable(this.#services, account);
		}
		const isWanted = (await agreed(run, job, what)) && (await this.#secretsGiven(run, job));
		// Its tab may have been closed meanwhile, or the same button been pressed twice.
		if (!isWanted || this.#open.get(run.id) !== open || isUnderWay(run)) {
			return;
		}
		const abort = new AbortController();
		open.abort = abort;
		await this.#do(open, account, what, abort.signal);
		this.#showChanges(account);
		if (!open.panel) {
			this.#tellEnd(open);
		}
	}

	/** Stops a job: the first time nothing more begins, the second time what is under way is given up. */
	cancel(run: BulkRun): void {
		if (run.isStopping) {
			this.#open.get(run.id)?.abort?.abort();
		} else {
			run.stop();
		}
	}

	/** Stops and closes the jobs of accounts that are gone, and forgets what was kept of them. */
	sweep(isGone: (account: string) => boolean): void {
		for (const { run, panel, abort } of [...this.#open.values()].filter((one) => isGone(one.run.account))) {
			run.stop();
			abort?.abort();
			panel?.panel.dispose();
		}
		this.#journal.forget(isGone);
	}

	/** What is under way stays noted for the next window. */
	dispose(): void {
		this.#journal.dispose();
		this.#listening.dispose();
		this.#open.forEach(({ abort, run }) => {
			abort?.abort();
			run.dispose();
		});
	}

	#runOf(kept: KeptJob, values: Values): BulkRun {
		return new BulkRun(kept, values, { onUnexpected: (error) => this.#services.log.error(String(error)) });
	}

	#runAgain(kept: KeptJob): BulkRun {
		const run = this.#runOf(kept, kept.values);
		run.noteIn(this.#journal.takeUp(kept.id, () => run.standing()));
		return run;
	}

	async #do({ run }: Open, account: Account, what: BulkAction, signal: AbortSignal): Promise<void> {
		const session = await this.#services.sessions.ready(account, signal);
		const job = session.jobs?.find(({ id }) => id === run.job);
		if (!job) {
			throw unable(this.#services, account);
		}
		const io = this.io(() => undefined);
		switch (what) {
			case 'start':
			case 'goOn':
				return run.goOn(job, io, signal);
			case 'retry':
				return run.retry(job, io, signal);
			case 'settle':
				return job.isDone ? run.settle(job, io, signal) : run.sendAgain(job, io, signal);
		}
	}

	/** What was never written down is asked for again in another window. */
	async #secretsGiven(run: BulkRun, job: BulkJob): Promise<boolean> {
		for (const field of job.fields(run.place).filter(isSecret)) {
			if (field.required && run.values[field.id] === undefined) {
				const value = await askValue(job.title, field, { ...initialValues([field]), ...run.values });
				if (value === undefined) {
					return false;
				}
				run.giveSecret(field.id, value);
			}
		}
		return true;
	}

	#show(open: Open, panel: vscode.WebviewPanel): void {
		const { id } = open.run;
		open.panel = new BulkPanel(this.#context, open.run, panel);
		this.#open.set(id, open);
		panel.onDidDispose(() => {
			open.panel = undefined;
			if (open.run.phase === 'running') {
				void this.#showProgress(open);
			} else {
				this.#end(open);
			}
		});
	}

	/** Whatever is shown of the account may have been changed by the job. */
	#showChanges(account: Account): void {
		const { sessions, boards, tree } = this.#services;
		sessions.peek(account).forget();
		boards
			.list()
			.filter((live) => live.account.id === account.id)
			.forEach((live) => live.reset());
		tree.refresh(tree.rootOf(account));
	}

	#reveal(open: Open): void {
		if (open.panel) {
			open.panel.panel.reveal();
		} else {
			this.#show(open, newPanel(open.run.title));
		}
	}

	/** Once nobody looks at it any more, nothing of it is kept. */
	#end({ run }: Open): void {
		this.#open.delete(run.id);
		run.dispose();
		void this.#journal.drop(run.id).then(undefined, () => undefined);
	}

	/** A job whose tab was closed goes on in sight. */
	async #showProgress({ run }: Open): Promise<void> {
		await vscode.window.withProgress(
			{ location: vscode.ProgressLocation.Notification, title: run.title, cancellable: true },
			(progress, token) =>
				new Promise<void>((resolve) => {
					token.onCancellationRequested(() => this.cancel(run));
					const listening = run.onDidChange(() => {
						progress.report({ message: statusText(run) });
						if (run.phase !== 'running') {
							listening.dispose();
							resolve();
						}
					});
				}),
		);
	}

	#tellEnd(open: Open): void {
		const show = t('Show');
		const { run } = open;
		void vscode.window
			.showInformationMessage(present(`${run.title}:`, statusText(run)).join(' '), show)
			.then((chosen) => {
				if (chosen === show) {
					this.#reveal(open);
				} else if (!open.panel) {
					this.#end(open);
				}
			});
	}

	/** A window that was loaded anew leaves its old self running for hours, which must not answer for it. */
	async #answer(id: string): Promise<true | undefined> {
		if (this.#open.get(id)?.run.phase !== 'running') {
			return undefined;
		}
		await vscode.commands.executeCommand('setContext', 'boardwalk.alive', true);
		return true;
	}

	get #context(): BulkContext {
		const { accounts, sessions, report, tree } = this.#services;
		return {
			accounts,
			sessions,
			extension: this.#extension,
			act: (run, what) => this.act(run, what),
			save: (run) => saveJob(this.#services, run),
			cancel: (run) => this.cancel(run),
			report: (error, account) =>
				report(error, {
					signIn: () => account && vscode.commands.executeCommand('boardwalk.signInAgain', tree.rootOf(account)),
				}),
		};
	}
}

/** Whether an earlier window began a job and something is left to do. */
function isUnfinished({ begun, rows }: KeptJob): boolean {
	const { waiting, running, unknown } = countsOf(rows);
	return begun && waiting + running + unknown > 0;
}

function isUnderWay({ phase }: BulkRun): boolean {
	return phase === 'running';
}

function isSecret(field: Field): boolean {
	return field.kind === 'text' && field.secret === true;
}

function newPanel(title: string): vscode.WebviewPanel {
	return vscode.window.createWebviewPanel(pageTypes.job, title, vscode.ViewColumn.Active);
}
