import { readFileSync } from 'node:fs';
import { installDependencies } from './dependencies.mjs';
import { underNode24 } from './node24.mjs';
import { cleanUp } from './processes.mjs';
import { Stop, say } from './progress.mjs';
import { vscodeServer } from './vscodeInstall.mjs';

/**
 * Runs a command of this project from a fresh clone: under Node 24 and with the dependencies in place. `main` receives
 * `vscode()`, which gives the folder of VS Code's server. The process leaves with what `main` returns (0 when nothing),
 * or with what `atEnd` makes of it.
 */
export async function command(main, atEnd = (code) => code) {
	watchParent();
	const code = await run(main);
	await cleanUp();
	process.exit(atEnd(code));
}

async function run(main) {
	try {
		const nodePackage = await underNode24();
		await installDependencies(nodePackage);
		return (await main({ nodePackage, vscode: () => vscodeServer(nodePackage) })) ?? 0;
	} catch (error) {
		say(error instanceof Stop ? `\n${error.message}` : `\n${error?.stack ?? error}`);
		return 1;
	}
}

/**
 * npm does not pass every signal on to the shell and the program it runs, and may be killed outright; so may the process
 * that started us under Node 24. When one of those has gone we leave in good order.
 */
function watchParent() {
	if (!process.env.npm_lifecycle_event && !process.env.BOARDWALK_WATCH_PARENT) return;
	const before = ancestors();
	setInterval(() => ancestors() !== before && process.kill(process.pid, 'SIGTERM'), 1000).unref();
}

/** Our parent and, when that is only a shell and the system tells, its parent too: npm stands behind one. */
function ancestors() {
	try {
		const [, name, above] = /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${process.ppid}/stat`, 'utf8')) ?? [];
		return /^(ba|da)?sh$/.test(name) ? `${process.ppid} ${above}` : `${process.ppid}`;
	} catch {
		return `${process.ppid}`;
	}
}
