import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { out } from './paths.mjs';
import { startNode, stop } from './processes.mjs';
import { Stop } from './progress.mjs';
import { exitCode, runLogged } from './run.mjs';

const readyWithin = 60_000;

// What would come up by itself and get in the way, or ask the network.
const quietSettings = {
	'chat.disableAIFeatures': true,
	'extensions.autoCheckUpdates': false,
	'extensions.ignoreRecommendations': true,
	'security.workspace.trust.enabled': false,
	'workbench.enableExperiments': false,
	'workbench.startupEditor': 'none',
	'workbench.tips.enabled': false,
	// Rows that stick hide those that the tests point at.
	'workbench.tree.enableStickyScroll': false,
};

/**
 * Starts VS Code's server on 127.0.0.1 with a connection token. `data` receives everything it writes. A variable that
 * is undefined in `env` is taken out of the environment.
 */
export async function startServer({ server, data, env = {}, settings = {}, port = 0, flags = [] }) {
	const token = randomBytes(20).toString('hex');
	writeSettings(data, settings);
	const tokenFile = join(data, 'token');
	writeFileSync(tokenFile, token, { mode: 0o600 });
	const args = [
		[join(server, 'out', 'server-main.js'), '--accept-server-license-terms', '--telemetry-level', 'off'],
		['--host', '127.0.0.1', '--port', String(port), '--connection-token-file', tokenFile],
		['--server-data-dir', data, '--extensions-dir', extensionsIn(data), '--disable-workspace-trust', ...flags],
	];
	const child = startNode(args.flat(), { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
	const ended = exitCode(child);
	const listening = await portOf(child);
	return { port: listening, token, url: urlOf(listening, token), ended, stop: () => stop(child) };
}

export function installExtension({ server, data, file }) {
	const args = [
		[join(server, 'out', 'server-main.js'), '--accept-server-license-terms'],
		['--server-data-dir', data, '--extensions-dir', extensionsIn(data), '--install-extension', file, '--force'],
	];
	const log = join(out, 'logs', 'install-extension.log');
	return runLogged(process.execPath, args.flat(), { log, advice: 'VS Code did not accept the package.' });
}

function extensionsIn(data) {
	return join(data, 'extensions');
}

/** The address of the workbench, with `query` added. */
function urlOf(port, token) {
	return (query = {}) => `http://127.0.0.1:${port}/?${new URLSearchParams({ tkn: token, ...query })}`;
}

function writeSettings(data, settings) {
	const folder = join(data, 'data', 'User');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }));
}

async function portOf(child) {
	let output = '';
	let late;
	const listening = new Promise((resolve) => {
		const look = (data) => {
			output += data;
			const port = /agent listening on (\d+)/.exec(output)?.[1];
			if (port) resolve(Number(port));
		};
		child.stdout.on('data', look);
		child.stderr.on('data', look);
		child.once('close', () => resolve(undefined));
		late = setTimeout(resolve, readyWithin);
	});
	const port = await listening;
	clearTimeout(late);
	if (port) return port;
	await stop(child);
	throw new Stop(`VS Code's server did not start. It said:\n${output}`);
}
