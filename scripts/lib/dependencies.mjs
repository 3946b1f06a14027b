import { existsSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { locked } from './cache.mjs';
import { npm } from './npm.mjs';
import { out, root } from './paths.mjs';
import { step } from './progress.mjs';

const wanted = join(root, 'package-lock.json');
// npm writes this file last, so an interrupted install has none.
const installed = join(root, 'node_modules', '.package-lock.json');

/** Makes node_modules what package-lock.json says. */
export async function installDependencies(nodePackage) {
	if (isCurrent()) return;
	await locked(join(out, 'npm-ci.lock'), 'Waiting for another run that installs the dependencies', async () => {
		if (!isCurrent()) await step('Installing the dependencies (npm ci)', () => clean(nodePackage));
	});
}

function clean(nodePackage) {
	// No dependency of ours needs its install script, and some of those scripts download.
	return npm(['ci', '--ignore-scripts'], { nodePackage, cwd: root, log: join(out, 'logs', 'npm-ci.log') });
}

function isCurrent() {
	if (!existsSync(installed)) return false;
	if (statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return true;
	if (!sameVersions(packagesOf(wanted), packagesOf(installed))) return false;
	// A checkout may touch the lock without changing it: remember that we have looked.
	utimesSync(installed, new Date(), new Date());
	return true;
}

function sameVersions(locked, present) {
	const needed = Object.entries(locked).filter(([path, entry]) => path !== '' && !entry.optional);
	return (
		needed.every(([path, entry]) => present[path]?.version === entry.version) &&
		Object.keys(present).every((path) => path in locked)
	);
}

function packagesOf(file) {
	return JSON.parse(readFileSync(file, 'utf8')).packages;
}
