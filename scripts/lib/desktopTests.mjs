import { existsSync } from 'node:fs';
import { bundleTests, hostEnvironment } from './hostTests.mjs';
import { readResults, resultsFile, testFiles } from './mocha.mjs';
import { root } from './paths.mjs';
import { Stop } from './progress.mjs';
import { startSandbox } from './sandboxProcess.mjs';

/** The tests of the extension host in a desktop VS Code, which is downloaded. */
export async function runDesktopTests({ grep }) {
	const { downloadAndUnzipVSCode, runTests } = await import('@vscode/test-electron');
	const vscodeExecutablePath = process.env.VSCODE_PATH || (await download(downloadAndUnzipVSCode));
	if (!existsSync(vscodeExecutablePath)) throw new Stop(`There is no VS Code at ${vscodeExecutablePath}.`);
	const extensionTestsPath = await bundleTests('desktop', testFiles(['test/host/**/*.test.ts'], ['test/host/bare/**']));
	const results = resultsFile('desktop');
	const sandbox = await startSandbox();
	const extensionTestsEnv = hostEnvironment({ sandbox: sandbox.line, accounts: true, results, grep });
	try {
		await runTests({ vscodeExecutablePath, extensionDevelopmentPath: root, extensionTestsPath, extensionTestsEnv });
	} catch (error) {
		if (!readResults(results)) throw error;
	} finally {
		await sandbox.stop();
	}
	return readResults(results);
}

async function download(downloadAndUnzipVSCode) {
	try {
		return await downloadAndUnzipVSCode();
	} catch (error) {
		throw new Stop(
			`VS Code for the desktop could not be downloaded (${error.message}). Run this where update.code.visualstudio.com ` +
				"can be reached, or set VSCODE_PATH to an installed one. 'npm run test:host' needs no download.",
		);
	}
}
