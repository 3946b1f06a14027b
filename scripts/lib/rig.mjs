// What the tests' rig needs of the scripts, in one place with types (rig.d.mts).
import { existsSync } from 'node:fs';
import { launchChromium } from './chromium.mjs';
import { node24 } from './node24.mjs';
import { out, root, vsix } from './paths.mjs';
import { removeFolder, temporaryFolder } from './processes.mjs';
import { Stop } from './progress.mjs';
import { hostAside, startSandbox } from './sandboxProcess.mjs';
import { vscodeServer } from './vscodeInstall.mjs';
import { installExtension, startServer } from './vscodeServer.mjs';
import { runInExtensionHost } from './vscodeTests.mjs';

export { hostAside, launchChromium, out, removeFolder, startSandbox, temporaryFolder };

/** Starts a fresh VS Code with the packaged extension in it. */
export async function startPackaged({ data, env, settings, file = vsix, port }) {
	if (!existsSync(file)) throw new Stop(`${file} is missing. Run 'npm run package' first.`);
	const server = await vscodeServer(await node24());
	await installExtension({ server, data, file });
	return startServer({ server, data, env, settings, port });
}

/** Runs the module `tests` in the web worker's extension host, with our browser bundle; see runInExtensionHost. */
export async function runInWebHost({ tests, onLog, inspect }) {
	const server = await vscodeServer(await node24());
	// The payload's extensionDevelopmentKind reaches nobody in this VS Code.
	const settings = { 'remote.extensionKind': { 'boardwalk-tools.boardwalk': ['web'] } };
	return runInExtensionHost({ server, development: root, tests, settings, onLog, inspect });
}
