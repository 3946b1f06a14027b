import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from '../lib/chromium.mjs';
import { packageExtension } from '../lib/package.mjs';
import { root } from '../lib/paths.mjs';
import { temporaryFolder } from '../lib/processes.mjs';
import { runLogged } from '../lib/run.mjs';
import { installExtension, startServer } from '../lib/vscodeServer.mjs';
import { openAndWait } from '../lib/vscodeTests.mjs';

const runs = 10;

/**
 * How long `activate()` takes in a real extension host: ours, one that comes with the editor, and an empty one for the
 * floor. Every run is a fresh host; all three are in each, in turning order.
 */
export async function run({ report, vscode }) {
	const server = await vscode();
	const folder = temporaryFolder('bench');
	const data = join(folder, 'data');
	const { vsix } = await packageExtension({ anySize: true });
	for (const file of [vsix, await emptyExtension(folder)]) await installExtension({ server, data, file });
	const probe = writeProbe(folder);
	const result = join(folder, 'times.json');
	const host = await startServer({
		server,
		data,
		env: { BOARDWALK_SANDBOX: undefined, BENCH_IDS: JSON.stringify(ids()), BENCH_RESULT: result },
		flags: ['--enable-smoke-test-driver'],
	});
	const browser = await launchChromium();
	const times = [];
	for (let at = 0; at < runs; at++) {
		times.push(await measure({ browser, host, probe, at, result }));
		report(`${at + 1} of ${runs}: ${JSON.stringify(times.at(-1))}`);
	}
	return figures(times);
}

function ids() {
	const { publisher, name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	return { ours: `${publisher}.${name}`, builtin: 'vscode.microsoft-authentication', empty: 'bench.empty' };
}

async function measure({ browser, host, probe, at, result }) {
	const context = await browser.newContext();
	const tests = join(probe, 'probe.cjs');
	// The probe learns its turn from the name of the folder that is open.
	const folder = join(probe, String(at));
	mkdirSync(folder, { recursive: true });
	try {
		await openAndWait(await context.newPage(), host, { development: probe, tests, folder });
	} finally {
		await context.close();
	}
	return JSON.parse(readFileSync(result, 'utf8'));
}

function figures(times) {
	const middle = (key) => median(times.map((it) => it[key]));
	const [ours, builtin, empty] = ['ours', 'builtin', 'empty'].map(middle);
	return {
		ours: round(ours),
		builtin: round(builtin),
		empty: round(empty),
		ratio: round(ours / builtin),
		floorRatio: round(ours / empty),
	};
}

function median(values) {
	const sorted = values.toSorted((a, b) => a - b);
	const half = sorted.length / 2;
	return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
}

function round(value) {
	return Math.round(value * 100) / 100;
}

async function emptyExtension(folder) {
	const file = join(folder, 'empty.vsix');
	const source = join(folder, 'empty');
	writeExtension(source, { name: 'empty', main: './main.cjs', code: 'exports.activate = () => {};\n' });
	const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
	const args = ['package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '-o', file];
	await runLogged(process.execPath, [vsce, ...args], { cwd: source, log: join(folder, 'vsce.log') });
	return file;
}

function writeProbe(folder) {
	const probe = join(folder, 'probe');
	writeExtension(probe, { name: 'probe', main: './main.cjs', code: '' });
	writeFileSync(join(probe, 'probe.cjs'), probeCode);
	return probe;
}

function writeExtension(folder, { name, main, code }) {
	mkdirSync(folder, { recursive: true });
	const manifest = {
		name,
		publisher: 'bench',
		version: '0.0.1',
		engines: { vscode: '^1.100.0' },
		main,
		activationEvents: [],
	};
	writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
	writeFileSync(join(folder, 'README.md'), `${name}\n`);
	writeFileSync(join(folder, main), code);
}

const probeCode = `
const { writeFileSync } = require('node:fs');
const { basename } = require('node:path');
const vscode = require('vscode');

exports.run = async () => {
	const ids = Object.entries(JSON.parse(process.env.BENCH_IDS));
	const turn = Number(basename(vscode.workspace.workspaceFolders[0].uri.fsPath)) % ids.length;
	const times = {};
	await quiet();
	for (const [name, id] of [...ids.slice(turn), ...ids.slice(0, turn)]) times[name] = await activate(id);
	writeFileSync(process.env.BENCH_RESULT, JSON.stringify(times));
};

/** Waits until the host has done with its own start: a second in which no timer came late. */
async function quiet() {
	const until = Date.now() + 20_000;
	for (let calm = 0; calm < 20 && Date.now() < until; ) {
		const before = performance.now();
		await new Promise((resolve) => setTimeout(resolve, 50));
		calm = performance.now() - before < 56 ? calm + 1 : 0;
	}
}

async function activate(id) {
	const extension = vscode.extensions.getExtension(id);
	if (!extension) throw new Error(id + ' is not there');
	if (extension.isActive) throw new Error(id + ' was activated by the start of the editor');
	const started = performance.now();
	await extension.activate();
	return performance.now() - started;
}
`;
