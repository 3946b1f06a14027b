import { pathToFileURL } from 'node:url';
import { launchChromium } from './chromium.mjs';
import { removeFolder, temporaryFolder } from './processes.mjs';
import { Stop } from './progress.mjs';
import { startServer } from './vscodeServer.mjs';

/**
 * Runs the test module `tests` (it exports `run(): Promise<void>`) in the extension host of a fresh VS Code, with the
 * extension in the folder `development` loaded from source. What is logged there goes to `onLog`; `inspect` receives the
 * page once the module has ended.
 */
export async function runInExtensionHost({
	server,
	development,
	tests,
	folder,
	env,
	settings,
	timeout,
	onLog,
	prepare,
	inspect,
}) {
	const data = temporaryFolder('host');
	await prepare?.(data);
	const vscode = await startServer({ server, data, env, settings, flags: ['--enable-smoke-test-driver'] });
	const browser = await launchChromium();
	try {
		const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
		const code = await openAndWait(page, vscode, { development, tests, folder: folder ?? data, timeout, onLog });
		await inspect?.(page);
		return code;
	} finally {
		await browser.close();
		await vscode.stop();
		removeFolder(data);
	}
}

/** Opens the workbench on `page` with the test module; resolves when the module has ended well. */
export async function openAndWait(page, vscode, { development, tests, folder, timeout = 120_000, onLog = () => {} }) {
	const exit = Promise.withResolvers();
	await page.exposeFunction('codeAutomationExit', exit.resolve);
	await page.exposeFunction('codeAutomationLog', (kind, args) => onLog(kind, args));
	const remote = (path) => `vscode-remote://127.0.0.1:${vscode.port}${pathToFileURL(path).pathname}`;
	const payload = [
		['extensionDevelopmentPath', remote(development)],
		['extensionTestsPath', remote(tests)],
		['skipWelcome', 'true'],
	];
	await page.goto(vscode.url({ folder, payload: JSON.stringify(payload) }));
	const late = setTimeout(
		() => exit.reject(new Stop(`No verdict from the extension host in ${timeout / 1000} s.`)),
		timeout,
	);
	try {
		return await exit.promise;
	} finally {
		clearTimeout(late);
	}
}
