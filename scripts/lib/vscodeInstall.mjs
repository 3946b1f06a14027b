import { dirname, join } from 'node:path';
import { cached } from './cache.mjs';
import { npm } from './npm.mjs';
import { step } from './progress.mjs';

const version = '4.139.1';
// Two lots that take about as long, for two cores. The first is SQLite in one file.
const nativeModules = [
	['@vscode/sqlite3'],
	[
		'@vscode/spdlog',
		'node-pty',
		'@vscode/native-watchdog',
		'@parcel/watcher',
		'@vscode/deviceid',
		'@vscode/fs-copyfile',
	],
];

/** The folder of VS Code's server (out/server-main.js), from npm's code-server, installed once a machine. */
export async function vscodeServer(nodePackage) {
	const folder = await cached(`code-server-${version}`, (partial) =>
		step('Getting VS Code (code-server from npm), once on this machine, about two minutes', (show) =>
			install(partial, nodePackage, show),
		),
	);
	return serverIn(folder);
}

async function install(folder, nodePackage, show) {
	const server = serverIn(folder);
	const run = (part, cwd, args, env) => {
		show(part);
		return npm(args, { nodePackage, cwd, env, log: join(dirname(folder), 'code-server-install.log'), advice });
	};
	const flags = ['--no-save', '--ignore-scripts', '--no-package-lock'];
	// Its own install script insists on Kerberos headers, which are needed for nothing we do.
	await run('1 of 4: downloading', folder, ['install', `code-server@${version}`, '--prefix', folder, ...flags]);
	await run('2 of 4: its packages', server, ['install', '--omit=dev', '--ignore-scripts']);
	const compile = (modules) => run('3 of 4: compiling', server, ['rebuild', ...modules], unoptimised);
	await Promise.all(nativeModules.map(compile));
	await run('4 of 4: its extensions', join(server, 'extensions'), ['install', '--omit=dev', '--ignore-scripts']);
}

// Optimising takes longer than all the rest of the installation, and nothing here needs to be fast.
const unoptimised = { CFLAGS: '-O0', CXXFLAGS: '-O0' };

const advice =
	'VS Code needs the npm registry, a C++ compiler, make and Python 3 (on Debian: apt-get install -y g++ make python3). ' +
	'When they are there, run the same command again.';

function serverIn(folder) {
	return join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}
