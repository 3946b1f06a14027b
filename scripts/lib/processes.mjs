import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const windows = process.platform === 'win32';
/** For Node's --import: a program that ends when the process that started it has gone. */
export const dieWithParent = new URL('./dieWithParent.mjs', import.meta.url).href;
const patienceBeforeKill = 4000;

const children = new Set();
const folders = new Set();
const cleanUps = [];
let watching = false;

/** Starts a long-lived child in a process group of its own, which ends with this process on every path. */
export function start(command, args, options = {}) {
	cleanUpOnExit();
	const child = spawn(command, args, { ...options, detached: !windows });
	children.add(child);
	child.once('exit', () => children.delete(child));
	child.once('error', () => children.delete(child));
	return child;
}

/** Like `start`, for a Node program: it also ends when this process is killed outright. */
export function startNode(args, options = {}) {
	return start(process.execPath, ['--import', dieWithParent, ...args], options);
}

export async function stop(child) {
	if (!children.has(child)) return;
	const gone = new Promise((resolve) => child.once('exit', resolve));
	signal(child, 'SIGTERM');
	const timer = setTimeout(() => signal(child, 'SIGKILL'), patienceBeforeKill);
	await gone;
	clearTimeout(timer);
	signal(child, 'SIGKILL');
}

/** A folder that is removed when this process ends. Its name carries our pid, so that the next run can sweep. */
export function temporaryFolder(name) {
	return ownFolder(mkdtempSync(join(tmpdir(), `boardwalk-${process.pid}-${name}-`)));
}

/** Has the folder removed when this process ends, unless `removeFolder` does it before. */
export function ownFolder(folder) {
	cleanUpOnExit();
	folders.add(folder);
	return folder;
}

/** Removes what can be removed: a process that is just ending may still write there. */
export function removeFolder(folder) {
	folders.delete(folder);
	try {
		rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	} catch {
		// Its name carries a pid, so it is in nobody's way, and the next run sweeps it.
	}
}

/** Registers what is to be closed in good order when a signal ends this process; returns the way to take it back. */
export function onInterrupt(cleanUp) {
	cleanUpOnExit();
	cleanUps.push(cleanUp);
	return () => {
		const at = cleanUps.indexOf(cleanUp);
		if (at >= 0) cleanUps.splice(at, 1);
	};
}

export async function cleanUp() {
	for (const close of cleanUps.splice(0).reverse()) await Promise.resolve(close()).catch(() => {});
	await Promise.all([...children].map(stop));
	folders.forEach(removeFolder);
}

export function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

function signal(child, name) {
	if (!child.pid) return;
	try {
		if (windows) spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
		else process.kill(-child.pid, name);
	} catch {
		// The group is already gone.
	}
}

function cleanUpOnExit() {
	if (watching) return;
	watching = true;
	sweepLeftFolders();
	for (const [name, code] of [
		['SIGINT', 130],
		['SIGTERM', 143],
		['SIGHUP', 129],
	]) {
		process.on(name, () => void cleanUp().finally(() => process.exit(code)));
	}
	process.on('exit', () => {
		for (const child of children) signal(child, 'SIGKILL');
		for (const folder of folders) removeFolder(folder);
	});
}

/** A run that was killed outright could not remove its folders. */
function sweepLeftFolders() {
	for (const name of readdirSync(tmpdir())) {
		const pid = /^boardwalk-(\d+)-/.exec(name)?.[1];
		if (pid && !isAlive(Number(pid))) removeFolder(join(tmpdir(), name));
	}
}
