import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { readResults, resultsFile, testFiles } from './mocha.mjs';
import { out, root } from './paths.mjs';
import { Stop, say } from './progress.mjs';
import { startSandbox } from './sandboxProcess.mjs';
import { runInExtensionHost } from './vscodeTests.mjs';

// Set by test/host/rig/run.ts on the lines that are meant to be read.
const mark = '\u200b';

/**
 * The tests in test/host see the practice accounts (BOARDWALK_SANDBOX); those in test/host/bare run in an extension
 * host of their own without them. Both find the sandbox's announcement in BOARDWALK_TEST_SANDBOX.
 */
export async function runHostTests({ vscode, grep }) {
	const bare = testFiles(['test/host/bare/**/*.test.ts']);
	const withAccounts = testFiles(['test/host/**/*.test.ts'], ['test/host/bare/**']);
	const total = { passed: 0, failed: 0, skipped: 0 };
	for (const [name, files, accounts] of [
		['host', withAccounts, true],
		['host-bare', bare, false],
	]) {
		if (files.length > 0) add(total, await runIn({ vscode, name, files, grep, accounts }));
	}
	if (bare.length + withAccounts.length === 0) throw new Stop('There are no test files in test/host.');
	return total;
}

async function runIn({ vscode, name, files, grep, accounts }) {
	const tests = await bundleTests(name, files);
	const results = resultsFile(name);
	const sandbox = await startSandbox();
	try {
		await runInExtensionHost({
			server: await vscode(),
			development: root,
			tests,
			env: hostEnvironment({ sandbox: sandbox.line, accounts, results, grep }),
			timeout: 900_000,
			onLog: logTo(name),
		});
	} finally {
		await sandbox.stop();
	}
	return readResults(results) ?? endedEarly(name);
}

export function hostEnvironment({ sandbox, accounts, results, grep }) {
	return {
		BOARDWALK_SANDBOX: accounts ? sandbox : undefined,
		BOARDWALK_TEST_SANDBOX: sandbox,
		BOARDWALK_TEST_RESULTS: results,
		BOARDWALK_TEST_GREP: grep,
		BOARDWALK_FAULTS: process.env.BOARDWALK_FAULTS,
	};
}

/** Bundles the test files with what runs them into out/NAME.cjs, which exports `run()`. */
export async function bundleTests(name, files) {
	const { build } = await import('esbuild');
	const entry = join(out, `${name}.entry.ts`);
	mkdirSync(out, { recursive: true });
	writeFileSync(entry, entryFor(files));
	const outfile = join(out, `${name}.cjs`);
	await build({
		entryPoints: [entry],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node22',
		sourcemap: 'inline',
		external: ['vscode', 'mocha'],
		define: { IS_WEB: 'false' },
		logLevel: 'warning',
	});
	return outfile;
}

function entryFor(files) {
	const from = (file) => JSON.stringify(relative(out, file).split(sep).join('/'));
	const requires = files.map((file) => `\trequire(${from(file)});`).join('\n');
	const rig = from(join(root, 'test', 'host', 'rig', 'run.ts'));
	return `import { runTests } from ${rig};\nexport const run = () => runTests(() => {\n${requires}\n});\n`;
}

function logTo(name) {
	const file = join(out, 'logs', `${name}.log`);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, '');
	return (kind, args) => {
		const text = args.map(String).join(' ');
		if (text.startsWith(mark)) say(text.slice(mark.length));
		else appendFileSync(file, `[${kind}] ${text}\n`);
	};
}

function endedEarly(name) {
	throw new Stop(`The extension host ended before its tests were counted. Its log is out/logs/${name}.log`);
}

function add(total, counts) {
	for (const key of Object.keys(total)) total[key] += counts[key];
}
