// What the tests' rig needs of the scripts, in one place with types (rig.d.mts).
import { existsSync } from 'node:fs';
import { launchChromium } from './chromium.mjs';
import { node24 } from './node24.mjs';
import { out, vsix } from './paths.mjs';
import { onInterrupt, removeFolder, temporaryFolder } from './processes.mjs';
import { Stop } from './progress.mjs';
import { startSandbox } from './sandboxProcess.mjs';
import { vscodeServer } from './vscodeInstall.mjs';
import { installExtension, startServer } from './vscodeServer.mjs';

export { launchChromium, onInterrupt, out, removeFolder, startSandbox, temporaryFolder };

/** Starts a fresh VS Code with the packaged extension in it. */
export async function startPackaged({ data, env, settings, file = vsix, port }) {
	if (!existsSync(file)) throw new Stop(`${file} is missing. Run 'npm run package' first.`);
	const server = await vscodeServer(await node24());
	await installExtension({ server, data, file });
	return startServer({ server, data, env, settings, port });
}
