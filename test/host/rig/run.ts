import { writeFileSync } from 'node:fs';
import type Mocha from 'mocha';
import { pattern } from '../../../scripts/lib/grep.mjs';

/** The lines with this mark are for the person who runs the tests; the editor logs much besides. */
const mark = '\u200b';

/**
 * Runs mocha inside the extension host. `load` requires the test files, which find mocha's functions as globals.
 * The counts go to the file that BOARDWALK_TEST_RESULTS names.
 */
export async function runTests(load: () => void): Promise<void> {
	process.setSourceMapsEnabled(true);
	// Mocha is not bundled: it looks for its own files.
	const { default: MochaRunner } = await import('mocha');
	const { BOARDWALK_TEST_RESULTS: results, BOARDWALK_TEST_GREP: grep } = process.env;
	const mocha = new MochaRunner({ ui: 'bdd', timeout: 20_000, forbidOnly: true, reporter: reporter(MochaRunner) });
	if (grep) mocha.grep(pattern(grep));
	mocha.suite.emit('pre-require', globalThis, '', mocha);
	load();
	const counts = await new Promise<Counts>((resolve) => {
		const runner = mocha.run((failed) => resolve(countsOf(runner, failed)));
	});
	if (results) writeFileSync(results, JSON.stringify(counts));
	if (counts.failed > 0) throw new Error(`${counts.failed} failed`);
}

interface Counts {
	passed: number;
	failed: number;
	skipped: number;
}

function countsOf(runner: Mocha.Runner, failed: number): Counts {
	return { passed: runner.stats?.passes ?? 0, failed, skipped: runner.stats?.pending ?? 0 };
}

/** Like mocha's own 'spec', through the console alone: standard output of this process reaches nobody. */
function reporter({ reporters, Runner }: typeof Mocha) {
	return class extends reporters.Base {
		constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
			super(runner, options);
			let depth = 0;
			const say = (text: string) => log(`${'  '.repeat(depth)}${text}`);
			const { constants } = Runner;
			runner.on(constants.EVENT_SUITE_BEGIN, ({ title }) => {
				if (title) say(title);
				depth++;
			});
			runner.on(constants.EVENT_SUITE_END, () => depth--);
			runner.on(constants.EVENT_TEST_PASS, (test) => say(`✔ ${test.title}`));
			runner.on(constants.EVENT_TEST_PENDING, (test) => say(`- ${test.title}`));
			runner.on(constants.EVENT_TEST_FAIL, (test, error) => {
				say(`✖ ${test.title}`);
				log(`${error?.stack ?? error}`);
			});
		}
	};
}

function log(text: string): void {
	// oxlint-disable-next-line no-console -- the only way out of the extension host
	console.log(`${mark}${text}`);
}
