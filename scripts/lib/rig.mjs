// What the tests' rig needs of the scripts, in one place with types (rig.d.mts).
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { launchChromium } from './chromium.mjs';
import { node24 } from './node24.mjs';
import { out, root, vsix } from './paths.mjs';
import { removeFolder, temporaryFolder } from './processes.mjs';
import { Stop } from './progress.mjs';
import { runLogged } from './run.mjs';
import { hostAside, startSandbox } from './sandboxProcess.mjs';
import { vscodeServer } from './vscodeInstall.mjs';
import { installExtension, startServer } from './vscodeServer.mjs';
import { runInExtensionHost } from './vscodeTests.mjs';

const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');

export { hostAside, launchChromium, out, removeFolder, startSandbox, temporaryFolder };

/** Starts a fresh VS Code with the packaged extension in it, and beside it the extensions in the folders `others`. */
export async function startPackaged({ data, env, settings, file = vsix, others = [], port }) {
	if (!existsSync(file)) throw new Stop(`${file} is missing. Run 'npm run package' first.`);
	const server = await vscodeServer(await node24());
	for (const each of [file, ...(await Promise.all(others.map(packed)))]) {
		await installExtension({ server, data, file: each });
	}
	return startServer({ server, data, env, settings, port });
}

/** Packs the extension in a folder; returns the package. */
async function packed(folder) {
	const file = join(out, `${basename(folder)}.vsix`);
	const args = [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '-o', file];
	await runLogged(process.execPath, args, { cwd: folder, log: join(out, 'logs', 'package.log') });
	return file;
}

/** Runs the module `tests` in the web worker's extension host, with our browser bundle; see runInExtensionHost. */
export async function runInWebHost({ tests, onLog, inspect }) {
	const server = await vscodeServer(await node24());
	// The payload's extensionDevelopmentKind reaches nobody in this VS Code.
	const settings = { 'remote.extensionKind': { 'boardwalk-tools.boardwalk': ['web'] } };
	return runInExtensionHost({ server, development: root, tests, settings, onLog, inspect });
}
