import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { writeDemoFolder } from './demoFolder.mjs';
import { hasDisplay } from './desktopEditor.mjs';
import { packageExtension } from './package.mjs';
import { temporaryFolder } from './processes.mjs';
import { step } from './progress.mjs';
import { hostAside, startSandbox } from './sandboxProcess.mjs';
import { installExtension, startServer } from './vscodeServer.mjs';

/** Serves VS Code with the packaged extension to a browser on this machine, until it is ended. */
export async function openBrowserHost({ server, port }) {
	const { vsix: file } = await packageExtension({ anySize: true });
	const data = temporaryFolder('start');
	// At an address that VS Code opens in the browser as it is; one at 127.0.0.1 it would lead through its own server.
	const sandbox = await startSandbox(['--host', await hostAside()]);
	const vscode = await step('Starting VS Code', async () => {
		await installExtension({ server, data, file });
		return startServer({ server, data, port, env: { BOARDWALK_SANDBOX: sandbox.line } });
	});
	const address = vscode.url({ folder: writeDemoFolder(join(data, 'Demo')) });
	console.log(
		`\nVS Code with Boardwalk and five practice accounts:\n\n  ${address}\n\nCtrl-C ends it and removes what was tried.`,
	);
	if (hasDisplay()) openBrowser(address);
	return vscode.ended;
}

function openBrowser(address) {
	const [program, ...args] = opener();
	// Without such a program the address above is enough.
	spawn(program, [...args, address], { stdio: 'ignore', detached: true })
		.on('error', () => {})
		.unref();
}

function opener() {
	if (process.platform === 'darwin') return ['open'];
	// Not cmd's start, which would cut the address at its '&'.
	if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
	return ['xdg-open'];
}
