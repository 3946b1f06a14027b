import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Link } from '../../src/core/windows.ts';
import { pipeLink } from '../../src/host/pipeLink.ts';
import type { Order, Report } from './window.ts';

/** Milliseconds; less than the tests have. */
const patience = 4500;

export const never = new AbortController().signal;

/** Resolves when the condition holds. */
export async function until(what: string, holds: () => boolean): Promise<void> {
	for (const end = Date.now() + patience; !holds(); ) {
		if (Date.now() > end) throw new Error(`It never came to this: ${what}.`);
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
}

/** A log that can be read. */
export function keptLog() {
	const warnings: string[] = [];
	return { warnings, debug: () => undefined, warn: (message: string) => void warnings.push(message) };
}

/** A window in this process: what it heard, and what its log says. */
export interface Window {
	readonly link: Link;
	readonly heard: string[];
	readonly warnings: readonly string[];
}

/** Windows of one editor over a folder of their own; all gone when `close` is called. */
export class Editor {
	readonly folder = mkdtempSync(join(tmpdir(), 'boardwalk-link-'));
	readonly #open: Link[] = [];

	get socket(): string {
		const hash = createHash('sha256').update(this.folder).digest('hex').slice(0, 16);
		return join(process.env['XDG_RUNTIME_DIR'] || tmpdir(), `boardwalk-${hash}.sock`);
	}

	window(): Window {
		const log = keptLog();
		const link = pipeLink({ folder: this.folder, log });
		const heard: string[] = [];
		link.onText((text) => heard.push(text));
		this.#open.push(link);
		return { link, heard, warnings: log.warnings };
	}

	close(): void {
		this.#open.forEach((link) => link.dispose());
		rmSync(this.folder, { recursive: true, force: true });
		rmSync(this.socket, { force: true });
	}
}

/** A process that is one window after the other. */
export class WindowProcess {
	readonly reports: Report[] = [];
	readonly #child = fork(new URL('./window.ts', import.meta.url), { execArgv: [], stdio: 'inherit' });

	constructor() {
		this.#child.on('message', (report) => this.reports.push(report as Report));
	}

	order(order: Order): this {
		this.#child.send(order);
		return this;
	}

	/** Resolves when the process has reported this. */
	async reported(is: Report['is'], what?: string): Promise<void> {
		await until(`a report '${is}' ${what ?? ''}`, () => this.said(is, what));
	}

	said(is: Report['is'], what?: string): boolean {
		return this.reports.some((report) => report.is === is && (what === undefined || report.what === what));
	}

	/** What it reported of this kind. */
	all(is: Report['is']): string[] {
		return this.reports.flatMap((report) => (report.is === is ? [report.what] : []));
	}

	get pid(): string {
		return String(this.#child.pid);
	}

	kill(): void {
		this.#child.kill('SIGKILL');
	}

	get killed(): boolean {
		return this.#child.killed;
	}

	/** Resolves when it is gone. */
	async gone(): Promise<void> {
		if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
	}
}

/** Resolves when all of them hear each other. */
export async function meet(...windows: readonly Window[]): Promise<void> {
	windows.forEach(({ link }, at) => link.send(`hello ${at}`));
	await until('all have met', () => windows.every(({ heard }) => heard.length === windows.length - 1));
	windows.forEach(({ heard }) => heard.splice(0));
}

/** Takes a name; resolves to what gives it back. */
export function take(link: Link, name: string): Promise<() => void> {
	return new Promise((resolve, reject) => {
		link.exclusively(name, () => new Promise<void>((release) => resolve(release)), never).catch(reject);
	});
}
