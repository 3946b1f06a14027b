import { join } from 'node:path';
import { writeDemoFolder } from './demoFolder.mjs';
import { root } from './paths.mjs';
import { start, temporaryFolder } from './processes.mjs';
import { say } from './progress.mjs';
import { exitCode } from './run.mjs';
import { startSandbox } from './sandboxProcess.mjs';

// VS Code refuses to start for root without it.
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Opens a window with the extension loaded from this folder; resolves when the window is closed. */
export async function openDesktop(editor) {
	const data = temporaryFolder('desktop');
	const sandbox = await startSandbox();
	say(`Opening ${editor}. Close its window, or press Ctrl-C here, to end.`);
	const args = [
		['--wait', '--new-window', '--skip-welcome', '--disable-workspace-trust', `--extensionDevelopmentPath=${root}`],
		['--user-data-dir', join(data, 'user'), '--extensions-dir', join(data, 'extensions')],
		[...asRoot, writeDemoFolder(join(data, 'Demo'))],
	];
	const env = { ...process.env, BOARDWALK_SANDBOX: sandbox.line };
	const child = start(editor, args.flat(), { stdio: 'inherit', shell: process.platform === 'win32', env });
	return exitCode(child);
}
