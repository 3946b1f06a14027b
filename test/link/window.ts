// Windows in a process of their own, one after the other. It does what its parent orders and reports what happens.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Link } from '../../src/core/windows.ts';
import { pipeLink } from '../../src/host/pipeLink.ts';

export type Order =
	| { readonly open: string }
	| { readonly send: readonly string[] }
	| { readonly hold: string }
	/** Does nothing else until this file is there. */
	| { readonly freeze: string }
	| { readonly release: string }
	| { readonly count: number }
	| { readonly close: true };

export interface Report {
	readonly is: 'frozen' | 'opened' | 'heard' | 'started' | 'ended' | 'counted' | 'closed' | 'beside' | 'wrong';
	readonly what: string;
}

const never = new AbortController().signal;
const report = (is: Report['is'], what = ''): unknown => process.send?.({ is, what } satisfies Report);
/** What lets go of each name that is held or waited for. */
const releases = new Map<string, () => void>();
const holding = new Set<Promise<void>>();
let link: Link;
let counter: string;
let running: string;
/** The highest number another window told. */
let told = 0;

process.on('message', (order: Order) => {
	if ('open' in order) open(order.open);
	if ('send' in order) order.send.forEach((text) => link.send(text));
	if ('hold' in order) holding.add(hold(order.hold));
	if ('freeze' in order) freeze(order.freeze);
	if ('release' in order) releases.get(order.release)?.();
	if ('count' in order) void count(order.count);
	if ('close' in order) void close();
});

function open(folder: string): void {
	counter = join(folder, 'counter');
	running = join(folder, 'running');
	link = pipeLink({ folder, log: { debug: () => undefined, warn: (message) => void report('wrong', message) } });
	link.onText((text) => {
		told = Math.max(told, Number(text) || 0);
		report('heard', text);
	});
	report('opened');
}

function freeze(file: string): void {
	report('frozen');
	while (!existsSync(file)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}

async function hold(name: string): Promise<void> {
	const { promise, resolve } = Promise.withResolvers<void>();
	releases.set(name, resolve);
	const run = async (): Promise<void> => {
		report('started', name);
		await promise;
	};
	// Ends in an AbortError where the window is closed first.
	await link.exclusively(name, run, never).then(
		() => report('ended', name),
		() => undefined,
	);
}

/** Whatever still waits is sent away; what runs ends first. */
async function close(): Promise<void> {
	link.dispose();
	releases.forEach((release) => release());
	await Promise.allSettled(holding);
	holding.clear();
	releases.clear();
	told = 0;
	report('closed');
}

/** Counts one up, `times` times: no count may be lost, no two may count at once, each must know of the one before. */
async function count(times: number): Promise<void> {
	let own = 0;
	for (let at = 0; at < times; at++) {
		await link.exclusively(
			'counter',
			async () => {
				enter();
				const now = Number(readFileSync(counter, 'utf8'));
				if (Math.max(told, own) !== now) report('wrong', `heard of ${told}, counted to ${own}, but it is ${now}`);
				await new Promise((resolve) => setImmediate(resolve));
				own = now + 1;
				// Whole even if the process is killed.
				writeFileSync(`${counter}.new`, String(own));
				renameSync(`${counter}.new`, counter);
				link.send(String(own));
				rmSync(running);
			},
			never,
		);
	}
	report('counted', String(times));
}

/** Leaves a mark while it runs. That of a process that was killed stays behind, and only the parent knows that it was. */
function enter(): void {
	try {
		writeFileSync(running, String(process.pid), { flag: 'wx' });
	} catch {
		report('beside', readFileSync(running, 'utf8'));
		writeFileSync(running, String(process.pid));
	}
}
