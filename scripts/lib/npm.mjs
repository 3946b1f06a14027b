import { realpathSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { onPath } from './onPath.mjs';
import { dieWithParent } from './processes.mjs';
import { runLogged } from './run.mjs';

const networkAdvice = 'Check that the npm registry can be reached (npm ping), then run the same command again.';

/** Runs npm under the Node that runs us. */
export function npm(args, { nodePackage, ...options }) {
	const { command, first } = npmCommand();
	return runLogged(command, [...first, ...args], {
		advice: networkAdvice,
		shell: command === 'npm.cmd',
		...options,
		env: { ...process.env, ...npmEnvironment(nodePackage), ...options.env },
	});
}

// Native modules are built against the headers of the Node that will load them.
function npmEnvironment(nodePackage) {
	const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
	return { PATH: path, ...(nodePackage && { npm_config_nodedir: nodePackage }), npm_config_engine_strict: 'false' };
}

/** npm is a Node program: as such it ends with us. Only where it is not found does its own starter have to do. */
function npmCommand() {
	const found = process.env.npm_execpath ?? onPath('npm');
	const program = found && realpathSync(found);
	if (program?.endsWith('npm-cli.js'))
		return { command: process.execPath, first: ['--import', dieWithParent, program] };
	return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', first: [] };
}
