import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { start } from './processes.mjs';
import { Stop } from './progress.mjs';

const tailLines = 25;

/** Runs a command to its end with all of its output in `log`; `show` receives the latest line. */
export async function runLogged(command, args, { log, advice, show = () => {}, ...options }) {
	mkdirSync(dirname(log), { recursive: true });
	const file = openSync(log, 'a');
	writeSync(file, `$ ${command} ${args.join(' ')}\n`);
	try {
		const code = await exitCode(start(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] }), (text) => {
			writeSync(file, text);
			show(lastLine(text));
		});
		if (code !== 0) throw new Stop(failure(command, args, code, log, advice));
	} finally {
		closeSync(file);
	}
}

/** Runs a command with our own stdin, stdout and stderr; resolves to its exit code. */
export function runShown(command, args, options = {}) {
	return exitCode(start(command, args, { ...options, stdio: 'inherit' }));
}

export function exitCode(child, onOutput) {
	return new Promise((resolve, reject) => {
		child.stdout?.on('data', (data) => onOutput?.(String(data)));
		child.stderr?.on('data', (data) => onOutput?.(String(data)));
		child.once('error', reject);
		child.once('close', (code, signal) => resolve(code ?? `stopped by ${signal}`));
	});
}

function failure(command, args, code, log, advice) {
	const tail = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-tailLines).join('\n');
	return `${tail}\n\n'${command} ${args.join(' ')}' failed (${code}). ${advice ?? ''} The whole output is in ${log}`;
}

function lastLine(text) {
	return text.trimEnd().split('\n').at(-1) ?? '';
}
