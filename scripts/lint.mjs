// Not by name: the Node that starts us may be too old to have globSync.
import fs from 'node:fs';
import { join, sep } from 'node:path';
import { wrongTexts } from './lib/l10n.mjs';
import { root } from './lib/paths.mjs';
import { command } from './lib/prepare.mjs';
import { say } from './lib/progress.mjs';
import { runShown } from './lib/run.mjs';

// A vendor is a folder of src/providers.
const vendors = fs
	.readdirSync(join(root, 'src', 'providers'), { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.map(({ name }) => name);
const mayNameVendors = [
	'src/providers/index.ts',
	'src/sandbox/',
	...vendors.map((vendor) => `src/providers/${vendor}/`),
];

await command(async () => {
	const outcomes = [await oxlint(), await format(), layers(), await texts(), await deadCode()];
	return outcomes.every(Boolean) ? 0 : 1;
});

async function oxlint() {
	return (
		(await runShown(process.execPath, [bin('oxlint/bin/oxlint'), '--type-aware'], {
			cwd: root,
			env: withTsgolint(),
		})) === 0
	);
}

async function format() {
	return (await runShown(process.execPath, [bin('@biomejs/biome/bin/biome'), 'format', '.'], { cwd: root })) === 0;
}

/** Outside its own folder no code names a vendor. */
function layers() {
	const files = fs.globSync('src/**/*.ts', { cwd: root }).map((file) => file.split(sep).join('/'));
	const found = files.filter((file) => !mayNameVendors.some((place) => file.startsWith(place))).flatMap(vendorsNamedIn);
	found.forEach(say);
	return found.length === 0;
}

/** No file, export or dependency that nothing uses. */
async function deadCode() {
	return (await runShown(process.execPath, [bin('knip/bin/knip.js')], { cwd: root })) === 0;
}

/** Every text can be translated, and is. */
async function texts() {
	const wrong = await wrongTexts();
	wrong.forEach(say);
	return wrong.length === 0;
}

function vendorsNamedIn(file) {
	const lines = fs.readFileSync(join(root, file), 'utf8').split('\n');
	return lines.flatMap((line, at) =>
		vendors
			.filter((vendor) => line.toLowerCase().includes(vendor))
			.map((vendor) => `${file}:${at + 1}: names ${vendor}, which only its own folder, the list and the sandbox may`),
	);
}

function bin(path) {
	return join(root, 'node_modules', path);
}

// oxlint looks for its type-aware half on PATH.
function withTsgolint() {
	const separator = process.platform === 'win32' ? ';' : ':';
	return { ...process.env, PATH: `${bin('.bin')}${separator}${process.env.PATH}` };
}
