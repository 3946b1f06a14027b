// Not by name: the Node that starts us may be too old to have globSync.
import fs from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { out, root } from './paths.mjs';
import { startNode } from './processes.mjs';
import { Stop } from './progress.mjs';
import { exitCode } from './run.mjs';

const child = fileURLToPath(new URL('./mochaChild.mjs', import.meta.url));

/** Runs mocha on the files that `patterns` name, `jobs` at once, and counts: {passed, failed, skipped}. */
export async function runMocha({ name, patterns, exclude = [], grep, timeout = 5000, jobs = 1, env = {} }) {
	const files = testFiles(patterns, exclude);
	if (files.length === 0) throw new Stop(`There are no test files (${patterns.join(', ')}).`);
	const results = resultsFile(name);
	const options = [`--timeout=${timeout}`, `--jobs=${jobs}`];
	const args = [child, results, ...options, ...(grep ? [`--grep=${grep}`] : []), ...files];
	const code = await exitCode(startNode(args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }));
	return readResults(results) ?? endedEarly(code);
}

export function testFiles(patterns, exclude = []) {
	return fs
		.globSync(patterns, { cwd: root, exclude })
		.sort()
		.map((file) => join(root, file));
}

export function resultsFile(name) {
	fs.mkdirSync(out, { recursive: true });
	const file = join(out, `results-${name}.json`);
	fs.rmSync(file, { force: true });
	return file;
}

export function readResults(file) {
	try {
		return JSON.parse(fs.readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
}

function endedEarly(code) {
	throw new Stop(`The tests ended before mocha had counted them (${code}).`);
}
