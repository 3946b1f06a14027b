import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { pattern } from './grep.mjs';
import { runMocha } from './mocha.mjs';
import { packageExtension } from './package.mjs';
import { root } from './paths.mjs';
import { Stop, say } from './progress.mjs';
import { runShown } from './run.mjs';

const nothing = { passed: 0, failed: 0 };

const inEditor = ['test/host/**', 'test/ui/**', 'test/web/host/**', 'test/pages/**'];
/** What Chromium drives: the window of the editor, and our pages by themselves. */
const inBrowser = ['test/ui/**/*.test.ts', 'test/pages/**/*.test.ts'];
const webHost = { name: 'host-web', patterns: ['test/web/host/**/*.test.ts'], timeout: 120_000 };

/** A stage that is one test: it passes when `check` resolves to 0. */
const single = (title, check) => ({ title, check });

const stages = {
	types: single('the code type-checks', () => node('node_modules/typescript/bin/tsc', '--noEmit')),
	lint: single('lint, format and layers hold', () => node('scripts/lint.mjs')),
	unit: (context) =>
		runMocha({
			...context,
			name: 'unit',
			patterns: ['test/**/*.test.ts'],
			exclude: inEditor,
			jobs: availableParallelism(),
		}),
	package: single('the bundles and the package stay within their sizes', async () => {
		await packageExtension();
		return 0;
	}),
	host: async (context) => {
		await build();
		await context.vscode();
		const { runHostTests } = await import('./hostTests.mjs');
		return sum([await runHostTests(context), await runMocha({ ...context, ...webHost })]);
	},
	ui: async (context) => {
		await packageExtension({ anySize: true });
		await context.vscode();
		// Two at a time, however many cores there are: much of it is waiting, and each window is a whole editor.
		return runMocha({ ...context, name: 'ui', patterns: inBrowser, timeout: 240_000, jobs: 2 });
	},
	desktop: async (context) => {
		await build();
		return (await import('./desktopTests.mjs')).runDesktopTests(context);
	},
};

export const stageNames = Object.keys(stages);
/** The desktop has to be downloaded, which not every machine can. */
export const everyDay = stageNames.filter((name) => name !== 'desktop');

/** Runs one stage and counts it. A stage that breaks counts as one failure, and the others still run. */
export async function runStage(name, context) {
	const stage = stages[name];
	try {
		return await (typeof stage === 'function' ? stage(context) : runSingle(stage, context));
	} catch (error) {
		say(error instanceof Stop ? error.message : error.stack);
		return { passed: 0, failed: 1 };
	}
}

async function runSingle({ title, check }, { grep }) {
	if (grep && !pattern(grep).test(title)) return nothing;
	const ok = (await check()) === 0;
	say(`${ok ? '✔' : '✖'} ${title}`);
	return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function sum(parts) {
	const count = (key) => parts.reduce((total, part) => total + (part[key] ?? 0), 0);
	return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

function node(program, ...args) {
	return runShown(process.execPath, [join(root, program), ...args], { cwd: root });
}
