// Not by name: the Node that starts us may be too old to have globSync.
import fs from 'node:fs';
import { join } from 'node:path';
import { out, root } from './paths.mjs';
import { step } from './progress.mjs';
import { runLogged } from './run.mjs';

const sources = ['src/**/*.ts', 'media/*.svg', 'esbuild.js', 'package.json', 'package-lock.json'];
const built = [
	'extension.cjs',
	'parts.cjs',
	'web.cjs',
	'doctor.cjs',
	'htmlText.cjs',
	'mediaType.cjs',
	'upload.cjs',
	'sandbox.cjs',
	'sandbox.mjs',
	'pages/board.js',
	'pages/card.js',
	'pages/table.js',
	'pages/codicon.css',
];

/** Builds; with `anySize` even what is too large to ship. */
export function build({ anySize = true } = {}) {
	return step('Building', () =>
		runLogged(process.execPath, ['esbuild.js', ...(anySize ? ['--any-size'] : [])], {
			cwd: root,
			log: join(out, 'logs', 'build.log'),
		}),
	);
}

/** Builds when a source is newer than one of the built `files`. */
export async function buildWhenStale(files = built) {
	const oldest = Math.min(...files.map((file) => changed(join('dist', file))));
	const newest = Math.max(...fs.globSync(sources, { cwd: root }).map(changed));
	if (newest > oldest) await build();
}

function changed(file) {
	return fs.statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
