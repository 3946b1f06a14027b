import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { out } from './paths.mjs';
import { onInterrupt } from './processes.mjs';
import { Stop, step } from './progress.mjs';
import { runLogged } from './run.mjs';

const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'];
const usualPlaces = {
	linux: ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'],
	darwin: [
		'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
		'/Applications/Chromium.app/Contents/MacOS/Chromium',
		'/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
	],
	win32: ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'],
};

// Without these Chromium looks up its maker's hosts at every start.
const quiet = [
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

export async function launchChromium(options = {}) {
	const executablePath = await chromiumPath();
	const { chromium } = await import('playwright-core');
	const args = runsAsRoot() ? ['--no-sandbox', ...quiet] : quiet;
	const browser = await chromium.launch({
		executablePath,
		args,
		handleSIGINT: false,
		handleSIGTERM: false,
		...options,
	});
	const forget = onInterrupt(() => browser.close());
	browser.once('disconnected', forget);
	return browser;
}

/** The browser to test with; on Debian as root it is installed when there is none. */
async function chromiumPath() {
	const found = findChromium();
	if (found) return found;
	if (isDebian() && runsAsRoot()) await installFromDebian();
	return findChromium() ?? refuse();
}

function findChromium() {
	const asked = process.env.CHROME_PATH;
	if (asked && !existsSync(asked)) throw new Stop(`CHROME_PATH is ${asked}, and there is no such file.`);
	return asked || candidates().find((path) => existsSync(path));
}

function candidates() {
	const places = usualPlaces[process.platform] ?? usualPlaces.linux;
	if (process.platform === 'darwin') return places;
	if (process.platform === 'win32') return windowsRoots().flatMap((root) => places.map((place) => join(root, place)));
	const folders = [...(process.env.PATH ?? '').split(delimiter), ...places];
	return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function windowsRoots() {
	return [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].filter(Boolean);
}

function installFromDebian() {
	const log = join(out, 'logs', 'chromium-install.log');
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const advice = 'Install Chromium yourself (apt-get install chromium) and run the same command again.';
	return step('Installing Chromium from Debian, once on this machine', async (show) => {
		await runLogged('apt-get', ['update'], { log, env, advice, show });
		await runLogged('apt-get', ['install', '-y', 'chromium'], { log, env, advice, show });
	});
}

function refuse() {
	throw new Stop(
		'These tests drive a browser, and there is none. Install Chrome, Edge or Chromium' +
			`${isDebian() ? ' (sudo apt-get install chromium)' : ''}, or set CHROME_PATH to its program file.`,
	);
}

function isDebian() {
	return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function runsAsRoot() {
	return process.getuid?.() === 0;
}
