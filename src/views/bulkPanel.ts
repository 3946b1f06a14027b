import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account, Accounts } from '../core/accounts.ts';
import type { BulkJob } from '../core/bulk.ts';
import type { SheetRow } from '../core/bulkPacking.ts';
import { dryRunLines } from '../core/bulkReport.ts';
import type { BulkRun } from '../core/bulkRun.ts';
import type { Sessions } from '../core/sessions.ts';
import type { FromTablePage, TableButton, ToTablePage } from '../pages/tableProtocol.ts';
import { type BulkFacts, statusText, toRowsMessage, toTableView } from './bulkView.ts';
import { numberText } from './format.ts';
import { fillPanel, type Page } from './page.ts';

/** What the page of a job needs of the commands. */
export interface BulkContext {
	readonly extension: vscode.Uri;
	readonly accounts: Accounts;
	readonly sessions: Sessions;
	/** Asks what must be asked and does it. Done when nothing more is under way. */
	readonly act: (run: BulkRun, what: BulkAction) => Promise<void>;
	/** Saves what is shown: the rows before it begins, the report afterwards. */
	readonly save: (run: BulkRun) => Promise<void>;
	/** Called once for each press on the button; the second gives up what is under way. */
	readonly cancel: (run: BulkRun) => void;
	readonly report: (error: unknown, account: Account | undefined) => void;
}

export type BulkAction = 'start' | 'goOn' | 'retry' | 'settle';

/** Where a job is found again. */
export interface BulkAddress {
	readonly account: string;
	/** The id of the job's run. */
	readonly run: string;
}

/** Milliseconds between two drawings of rows that change by themselves. */
const pause = 200;

/** The job that a session offers now: none where the account is gone, locked, or its vendor has none. */
export function jobOf({ accounts, sessions }: Pick<BulkContext, 'accounts' | 'sessions'>, run: BulkRun) {
	const account = accounts.get(run.account);
	const job: BulkJob | undefined = account && sessions.peek(account).jobs?.find(({ id }) => id === run.job);
	return { account, job };
}

/** A job over many things in a tab of the editor. Closing it stops nothing. */
export class BulkPanel {
	readonly run: BulkRun;
	readonly #context: BulkContext;
	readonly #page: Page<ToTablePage>;
	readonly #listening: readonly { dispose(): void }[];
	readonly #changed = new Set<SheetRow>();
	#phase: BulkRun['phase'] | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#isReady = false;

	constructor(context: BulkContext, run: BulkRun, panel: vscode.WebviewPanel) {
		this.#context = context;
		this.run = run;
		panel.title = run.title;
		const address: BulkAddress = { account: run.account, run: run.id };
		const hear = (message: FromTablePage): void => void this.#hear(message);
		this.#page = fillPanel<ToTablePage>(panel, {
			extension: context.extension,
			page: 'table',
			address,
		});
		this.#listening = [
			panel.webview.onDidReceiveMessage(hear),
			run.onDidChange((rows) => this.#note(rows)),
			context.accounts.onDidChange(() => this.#draw()),
		];
		panel.onDidDispose(() => this.#dispose());
	}

	get panel(): vscode.WebviewPanel {
		return this.#page.panel;
	}

	get #facts(): BulkFacts {
		const { account, job } = jobOf(this.#context, this.run);
		return {
			run: this.run,
			accountName: account?.name,
			isLocked: account?.locked ?? false,
			canRun: job !== undefined,
			canAsk: job?.isDone !== undefined,
		};
	}

	async #hear(message: FromTablePage): Promise<void> {
		try {
			await this.#obey(message);
		} catch (error) {
			this.#context.report(error, this.#context.accounts.get(this.run.account));
		}
	}

	async #obey(message: FromTablePage): Promise<void> {
		switch (message.type) {
			case 'ready':
				this.#isReady = true;
				return this.#draw();
			case 'tick':
				return this.run.tick(message.keys, message.ticked);
			case 'choose':
				return this.run.choose(message.keys, message.value);
			case 'press':
				return this.#press(message.button);
			case 'notice':
				return this.#act(message.id);
		}
	}

	async #press(button: TableButton['id']): Promise<void> {
		switch (button) {
			case 'dryRun':
				return this.#dryRun();
			case 'savePreview':
			case 'saveReport':
				return this.#context.save(this.run);
			case 'cancel':
				return this.#context.cancel(this.run);
			case 'close':
				return this.panel.dispose();
			case 'start':
			case 'goOn':
			case 'retry':
			case 'settle':
				return this.#context.act(this.run, button);
		}
	}

	#dryRun(): void {
		const lines = dryRunLines(this.run);
		const title = t('Dry run: {0} would be done, in this way. Nothing was sent.', numberText(lines.length));
		this.#page.tell({ type: 'dryRun', title, lines });
	}

	#act(id: Extract<FromTablePage, { type: 'notice' }>['id']): void {
		const account = this.#context.accounts.get(this.run.account);
		const place = account && { id: `account:${account.id}`, account, item: () => ({ context: ['account'] }) };
		if (id === 'unlock') {
			void vscode.commands.executeCommand('boardwalk.unlockAccount', place);
		} else if (id === 'signIn') {
			void vscode.commands.executeCommand('boardwalk.signInAgain', place);
		} else if (id === 'showLog') {
			void vscode.commands.executeCommand('boardwalk.showLog');
		}
	}

	/** A few times a second, however many rows change; at once where the person changed them or another phase began. */
	#note(rows: readonly SheetRow[]): void {
		if (this.run.phase !== this.#phase || rows.length === 0) {
			this.#draw();
			return;
		}
		rows.forEach((row) => this.#changed.add(row));
		if (this.run.phase === 'preview') {
			this.#drawChanged();
		} else {
			this.#timer ??= setTimeout(() => this.#drawChanged(), pause);
		}
	}

	#drawChanged(): void {
		this.#timer = undefined;
		if (this.#isReady && this.#changed.size > 0) {
			this.#page.tell(toRowsMessage(this.#facts, [...this.#changed]));
		}
		this.#changed.clear();
	}

	#draw(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#changed.clear();
		const { phase } = this.run;
		const hasEnded = this.#phase === 'running' && phase === 'result';
		this.#phase = phase;
		if (this.#isReady) {
			this.#page.tell({ type: 'table', table: toTableView(this.#facts) });
			if (hasEnded) {
				this.#page.tell({ type: 'say', text: statusText(this.run) });
			}
		}
	}

	#dispose(): void {
		clearTimeout(this.#timer);
		this.#listening.forEach((one) => one.dispose());
	}
}

/** Reads an address back that the editor kept. */
export function isBulkAddress(address: unknown): address is BulkAddress {
	return typeof address === 'object' && address !== null && 'account' in address && 'run' in address;
}
