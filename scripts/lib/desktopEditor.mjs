import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onPath } from './onPath.mjs';
import { root } from './paths.mjs';
import { say } from './progress.mjs';

const windows = process.platform === 'win32';
const editors = ['code', 'code-insiders', 'codium', 'vscodium', 'code-oss', 'cursor', 'windsurf'];

/** The program file of an installed VS Code, or a fork of it, that is new enough, where there is a display for it. */
export function desktopEditor() {
	return hasDisplay()
		? editors
				.map((name) => onPath(windows ? `${name}.cmd` : name))
				.filter(Boolean)
				.find(isNewEnough)
		: undefined;
}

export function hasDisplay() {
	const { DISPLAY, WAYLAND_DISPLAY } = process.env;
	return windows || process.platform === 'darwin' || Boolean(DISPLAY || WAYLAND_DISPLAY);
}

/** A fork with a version of its own does not say which VS Code it is, and is left out. */
function isNewEnough(editor) {
	const [major, minor] = versionOf(editor);
	const [neededMajor, neededMinor] = neededVersion();
	const enough = major === neededMajor && minor >= neededMinor;
	if (!enough) say(`${editor} is left out: it does not say that it is VS Code ${neededMajor}.${neededMinor} or newer.`);
	return enough;
}

function versionOf(editor) {
	const { stdout } = spawnSync(editor, ['--version'], { encoding: 'utf8', shell: windows, timeout: 20_000 });
	return numbers(stdout ?? '');
}

function neededVersion() {
	return numbers(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.vscode);
}

function numbers(text) {
	return (/(\d+)\.(\d+)/.exec(text)?.slice(1) ?? []).map(Number);
}
