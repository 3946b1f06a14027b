import {
	closeSync,
	existsSync,
	mkdirSync,
	openSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cacheFolder } from './paths.mjs';
import { isAlive, onInterrupt, ownFolder, removeFolder } from './processes.mjs';
import { step } from './progress.mjs';

/**
 * The folder `name` of the cache, filled by `install(folder)` when it is not there. It is filled under another name and
 * renamed when whole, so that what an interrupted run left is never taken for an installation.
 */
export async function cached(name, install) {
	const folder = join(cacheFolder(), name);
	if (existsSync(folder)) return folder;
	await locked(`${folder}.lock`, `Waiting for another run that installs ${name}`, async () => {
		if (!existsSync(folder)) await fill(folder, install);
	});
	return folder;
}

async function fill(folder, install) {
	removeLeftOvers(folder);
	const partial = ownFolder(`${folder}.partial-${process.pid}`);
	mkdirSync(partial, { recursive: true });
	try {
		await install(partial);
		renameSync(partial, folder);
	} finally {
		removeFolder(partial);
	}
}

function removeLeftOvers(folder) {
	for (const name of readdirSync(dirname(folder))) {
		const pid = name.startsWith(`${basename(folder)}.partial-`) && Number(name.split('-').at(-1));
		if (pid && !isAlive(pid)) removeFolder(join(dirname(folder), name));
	}
}

/** Runs `work` while no other run on this machine holds the lock `file`. */
export async function locked(file, waiting, work) {
	mkdirSync(dirname(file), { recursive: true });
	if (!take(file)) await step(waiting, () => until(() => take(file)));
	const release = () => rmSync(file, { force: true });
	const forget = onInterrupt(release);
	try {
		return await work();
	} finally {
		forget();
		release();
	}
}

function take(file) {
	try {
		const handle = openSync(file, 'wx');
		writeSync(handle, String(process.pid));
		closeSync(handle);
		return true;
	} catch (error) {
		if (error.code !== 'EEXIST') throw error;
		if (isAbandoned(file)) rmSync(file, { force: true });
		return false;
	}
}

function isAbandoned(file) {
	try {
		const pid = Number(readFileSync(file, 'utf8'));
		return pid > 0 && !isAlive(pid);
	} catch {
		return false;
	}
}

async function until(condition) {
	while (!condition()) await delay(500);
}
