import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './scripts/lib/prepare.mjs';
import { root } from './scripts/lib/paths.mjs';
import { say, Stop } from './scripts/lib/progress.mjs';

const kilobyte = 1000;

const forbidden = [
	[/node_modules\/undici\//, 'it replaces the dispatcher of the whole host and goes around the proxy'],
	[/node_modules\/keytar\/|\.node$/, 'native code does not run in the web host'],
	[/node_modules\/(exceljs|xlsx|node-xlsx)\//, 'read-excel-file does it in a fraction'],
	[/node_modules\/zod\//, 'valibot does it in 8 KB'],
];

const nodeHost = { platform: 'node', target: 'node22', define: { IS_WEB: 'false' } };
const webHost = {
	platform: 'browser',
	target: 'es2024',
	define: { IS_WEB: 'true' },
	mainFields: ['browser', 'module', 'main'],
};

const bundles = [
	// What few people need at first, or ever, is a bundle of its own that is loaded on use.
	{
		name: 'extension.cjs',
		entry: 'src/extension.ts',
		limit: 320,
		...nodeHost,
		beside: { 'files/upload.ts': './upload.cjs', 'sandbox/index.ts': './sandbox.cjs' },
	},
	{ name: 'web.cjs', entry: 'src/extension.ts', limit: 320, ...webHost },
	{ name: 'upload.cjs', entry: 'src/files/upload.ts', limit: 100, ...nodeHost },
	{ name: 'sandbox.cjs', entry: 'src/sandbox/index.ts', limit: 60, ...nodeHost },
	// The program finds the library beside it, so that nothing is built twice.
	{
		name: 'sandbox.mjs',
		entry: 'src/sandbox/main.ts',
		limit: 5,
		...nodeHost,
		format: 'esm',
		beside: { './index.ts': './sandbox.cjs' },
	},
];

await command(async () => {
	const { build, context } = await import('esbuild');
	bundles.forEach(requireEntry);
	if (process.argv.includes('--watch')) await watch(context);
	const results = await Promise.all(bundles.map((bundle) => build(options(bundle))));
	results.forEach((result, at) => check(bundles[at], result.metafile));
	paintIcons();
});

function options({ name, entry, format = 'cjs', beside, platform, target, define, mainFields }) {
	return {
		entryPoints: [entry],
		absWorkingDir: root,
		outfile: join('dist', name),
		bundle: true,
		minify: true,
		metafile: true,
		format,
		external: ['vscode'],
		plugins: beside ? [leaveBeside(beside)] : [],
		logLevel: 'warning',
		legalComments: 'none',
		platform,
		target,
		define,
		mainFields,
	};
}

/** The editor draws a picture in a tree as it is, so that one in the text's colour needs a light and a dark print. */
function paintIcons() {
	for (const [theme, colour] of Object.entries({ light: '#424242', dark: '#c5c5c5' })) {
		const folder = join(root, 'dist', 'icons', theme);
		mkdirSync(folder, { recursive: true });
		for (const name of readdirSync(join(root, 'media')).filter((file) => file.endsWith('.svg'))) {
			writeFileSync(join(folder, name), readFileSync(join(root, 'media', name), 'utf8').replaceAll('currentColor', colour));
		}
	}
}

/** Imports that end like a key stay imports, of the bundle in dist that the key names. */
function leaveBeside(bundles) {
	const nameOf = (path) => Object.entries(bundles).find(([ending]) => path.endsWith(ending))?.[1];
	return {
		name: 'beside',
		setup: ({ onResolve }) =>
			onResolve({ filter: /\.ts$/ }, ({ path, kind }) => {
				const beside = kind === 'entry-point' ? undefined : nameOf(path);
				return beside && { path: beside, external: true };
			}),
	};
}

function requireEntry({ entry }) {
	if (!existsSync(join(root, entry))) throw new Stop(`${entry} is missing, and a bundle starts there.`);
}

function check({ name, limit }, { inputs, outputs }) {
	for (const input of Object.keys(inputs)) refuseForbidden(name, input);
	const size = Object.values(outputs)[0].bytes / kilobyte;
	say(`dist/${name} ${size.toFixed(1)} KB of ${limit}`);
	if (size > limit) throw new Stop(`dist/${name} has ${size.toFixed(1)} KB; the limit is ${limit} KB.`);
}

function refuseForbidden(name, input) {
	const found = forbidden.find(([pattern]) => pattern.test(input));
	if (found) throw new Stop(`dist/${name} contains ${input}, which must not be bundled: ${found[1]}.`);
}

async function watch(context) {
	await Promise.all(bundles.map(async (bundle) => (await context(options(bundle))).watch()));
	say('Watching; Ctrl-C ends it.');
	return new Promise(() => {});
}
