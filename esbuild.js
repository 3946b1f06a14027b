import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeNotices } from './scripts/lib/notices.mjs';
import { root } from './scripts/lib/paths.mjs';
import { command } from './scripts/lib/prepare.mjs';
import { Stop, say } from './scripts/lib/progress.mjs';

const kilobyte = 1000;
// The foreground of the editor's own icons.
const iconColours = { light: '#424242', dark: '#C5C5C5' };

const forbidden = [
	[/node_modules\/undici\//, 'it replaces the dispatcher of the whole host and goes around the proxy'],
	[/node_modules\/keytar\/|\.node$/, 'native code does not run in the web host'],
	[/node_modules\/(exceljs|xlsx|node-xlsx)\//, 'read-excel-file does it in a fraction'],
	[/node_modules\/zod\//, 'valibot does it in 8 KB'],
];

const nodeHost = { platform: 'node', target: 'node22', format: 'cjs', define: { IS_WEB: 'false' } };
const webHost = {
	platform: 'browser',
	target: 'es2024',
	format: 'cjs',
	define: { IS_WEB: 'true' },
	mainFields: ['browser', 'module', 'main'],
};

// A webview of the editor, which is the browser the editor itself runs in.
const page = {
	platform: 'browser',
	target: 'es2024',
	format: 'iife',
	mainFields: ['module:es2019', 'browser', 'module', 'main'],
};

// By what they are loaded for; the web host loads one file alone, without what only Node can do.
const nodeOnly = { 'src/files/upload.ts': './upload.cjs', 'src/sandbox/index.ts': './sandbox.cjs' };
const loadedLater = {
	...nodeOnly,
	'src/core/csvSheet.ts': './csvSheet.cjs',
	'src/core/htmlText.ts': './htmlText.cjs',
	'src/core/workbook.ts': './workbook.cjs',
	'src/files/jsonPlace.ts': './jsonPlace.cjs',
	'src/files/mediaType.ts': './mediaType.cjs',
	'src/host/diagnosis.ts': './doctor.cjs',
	'src/providers/productive/markdownTree.ts': './markdownTree.cjs',
};

// Kilobytes, minified.
const bundles = [
	// What runs in the desktop's host. The first is all that activation costs; the second is loaded when it is first used: five
	// vendors, documents as folders, boards and their cards. No bundle of its own can hold these: whoever shows a failure must
	// know the vendors' errors by their classes.
	{
		name: 'extension.cjs',
		entry: 'src/extension.ts',
		limit: 10,
		plugins: [apart({ dynamic: true, files: { ...loadedLater, 'src/parts.ts': './parts.cjs' } })],
		...nodeHost,
	},
	{
		name: 'parts.cjs',
		entry: 'src/parts.ts',
		limit: 780,
		plugins: [apart({ dynamic: true, files: loadedLater })],
		...nodeHost,
	},
	// All in one file, for the web host loads no second one: both of above and what is loaded later there.
	{
		name: 'web.cjs',
		entry: 'src/extension.ts',
		limit: 1_020,
		plugins: [apart({ dynamic: true, files: nodeOnly }), officeTypesAlone(), noNode()],
		...webHost,
	},
	// The connection doctor: few ask for it, and seldom.
	{ name: 'doctor.cjs', entry: 'src/host/diagnosis.ts', limit: 35, ...nodeHost },
	// The tables of every name that HTML has for a sign.
	{ name: 'htmlText.cjs', entry: 'src/core/htmlText.ts', limit: 60, ...nodeHost },
	// A reader of Excel's workbooks, and one of CSV.
	{ name: 'workbook.cjs', entry: 'src/core/workbook.ts', limit: 65, ...nodeHost },
	{ name: 'csvSheet.cjs', entry: 'src/core/csvSheet.ts', limit: 26, ...nodeHost },
	// The tables of every media type there is.
	{ name: 'mediaType.cjs', entry: 'src/files/mediaType.ts', limit: 42, ...nodeHost },
	// A parser of half-written JSON; its other form loads its files by names that no bundler sees.
	{ name: 'jsonPlace.cjs', entry: 'src/files/jsonPlace.ts', limit: 15, ...nodeHost, mainFields: ['module', 'main'] },
	// A parser of Markdown with its table of names for signs.
	{ name: 'markdownTree.cjs', entry: 'src/providers/productive/markdownTree.ts', limit: 115, ...nodeHost },
	// How content goes up and comes down.
	{ name: 'upload.cjs', entry: 'src/files/upload.ts', limit: 100, ...nodeHost },
	// 43 KB of it is hono and its server; the rest is five vendors' words and refusals.
	{ name: 'sandbox.cjs', entry: 'src/sandbox/index.ts', limit: 190, ...nodeHost },
	// The program around the sandbox above.
	{
		name: 'sandbox.mjs',
		entry: 'src/sandbox/main.ts',
		limit: 5,
		plugins: [apart({ files: nodeOnly })],
		...nodeHost,
		format: 'esm',
	},
	// Half of it is lit with the editor-like elements and what drags; the rest is ours.
	{ name: 'pages/board.js', entry: 'src/pages/board/main.ts', limit: 140, ...page },
	{ name: 'pages/table.js', entry: 'src/pages/table/main.ts', limit: 140, ...page },
	{ name: 'pages/card.js', entry: 'src/pages/card/main.ts', limit: 140, ...page },
	{ name: 'pages/form.js', entry: 'src/pages/formPage/main.ts', limit: 140, ...page },
	// The pictures of both pages.
	{
		name: 'pages/codicon.css',
		entry: 'node_modules/@vscode/codicons/dist/codicon.css',
		limit: 160,
		loader: { '.ttf': 'file' },
		assetNames: '[name]',
	},
];

await command(async () => {
	const { build, context } = await import('esbuild');
	bundles.forEach(requireEntry);
	writeIcons();
	if (process.argv.includes('--watch')) await watch(context);
	const results = await Promise.all(bundles.map((bundle) => build(options(bundle)).catch(stopShortly)));
	bundles.forEach((bundle, at) => refuseForbidden(bundle, results[at].metafile));
	writeNotices(results.map(({ metafile }) => metafile));
	const tooLarge = bundles.filter((bundle, at) => !fits(bundle, results[at].metafile));
	// Trying and testing the extension need not wait until it is small enough; packaging it does.
	if (tooLarge.length > 0 && !process.argv.includes('--any-size')) {
		throw new Stop(`Too large: ${tooLarge.map(({ name }) => name).join(', ')}.`);
	}
});

function options({ name, entry, limit: _limit, ...own }) {
	return {
		entryPoints: [entry],
		absWorkingDir: root,
		outfile: join('dist', name),
		bundle: true,
		minify: true,
		metafile: true,
		external: ['vscode'],
		logLevel: 'warning',
		legalComments: 'none',
		...own,
	};
}

/** Imports of a file that has a bundle of its own load that bundle: all imports, or with `dynamic` only `import()`. */
function apart({ dynamic = false, files }) {
	const resolve = ({ path, resolveDir, kind }) => {
		if (dynamic && kind !== 'dynamic-import') return undefined;
		const bundle = files[relative(root, join(resolveDir, path)).split(sep).join('/')];
		return bundle && { path: bundle, external: true };
	};
	return { name: 'apart', setup: ({ onResolve }) => onResolve({ filter: /^\./ }, resolve) };
}

/** Of the table of rare media types, which is large, only what offices and planners write. */
function officeTypesAlone() {
	const office = /^application\/(msword|vnd\.(ms-|oasis|openxmlformats|visio))/;
	const load = async ({ path }) => {
		const { default: types } = await import(pathToFileURL(path));
		const kept = Object.entries(types).filter(([type]) => office.test(type));
		return { contents: `export default ${JSON.stringify(Object.fromEntries(kept))}` };
	};
	return {
		name: 'office-types',
		setup: ({ onLoad }) => onLoad({ filter: /mime[\\/]dist[\\/]types[\\/]other\.js$/ }, load),
	};
}

/** The web host has no Node. What is loaded only where IS_WEB is false may stand there; anything else fails to build. */
function noNode() {
	const resolve = ({ kind }) => (kind === 'dynamic-import' ? { external: true } : undefined);
	return { name: 'no-node', setup: ({ onResolve }) => onResolve({ filter: /^node:/ }, resolve) };
}

/** The editor does not colour the pictures of tree items: each needs one for light themes and one for dark ones. */
function writeIcons() {
	const pictures = readdirSync(join(root, 'media')).filter((name) => name.endsWith('.svg'));
	for (const [theme, colour] of Object.entries(iconColours)) {
		const folder = join(root, 'dist', 'icons', theme);
		mkdirSync(folder, { recursive: true });
		for (const name of pictures) {
			const picture = readFileSync(join(root, 'media', name), 'utf8');
			writeFileSync(join(folder, name), picture.replaceAll('currentColor', colour));
		}
	}
}

/** esbuild has shown what is wrong. */
function stopShortly(error) {
	throw error.errors ? new Stop('The build failed.') : error;
}

function requireEntry({ entry }) {
	if (!existsSync(join(root, entry))) throw new Stop(`${entry} is missing, and a bundle starts there.`);
}

function refuseForbidden({ name }, { inputs }) {
	for (const input of Object.keys(inputs)) {
		const found = forbidden.find(([pattern]) => pattern.test(input));
		if (found) throw new Stop(`dist/${name} contains ${input}, which must not be bundled: ${found[1]}.`);
	}
}

function fits({ name, limit }, { outputs }) {
	const size = Object.values(outputs).reduce((sum, { bytes }) => sum + bytes, 0) / kilobyte;
	say(`dist/${name} ${size.toFixed(1)} KB of ${limit}`);
	return size <= limit;
}

async function watch(context) {
	await Promise.all(bundles.map(async (bundle) => (await context(options(bundle))).watch()));
	say('Watching; Ctrl-C ends it.');
	return new Promise(() => {});
}
