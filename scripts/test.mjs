import { parseArgs } from 'node:util';
import { command } from './lib/prepare.mjs';
import { Stop, say } from './lib/progress.mjs';
import { everyDay, runStage, stageNames } from './lib/stages.mjs';

const usage = `npm test                        everything but the desktop
npm test STAGE…                 of: ${stageNames.join(' ')}
npm test [STAGE…] -- --grep T   only the tests whose title holds T`;

const total = { passed: 0, failed: 0, skipped: 0 };

await command(
	async ({ vscode }) => {
		const { stages, grep, help } = readArguments();
		if (help) return say(usage);
		for (const name of stages) await count(name, { vscode, grep });
		if (grep && total.passed + total.failed === 0) throw new Stop(`No test's title holds '${grep}'.`);
	},
	(code) => {
		if (code && total.failed === 0 && total.passed === 0 && !process.argv.some(isGrep)) total.failed = 1;
		console.log(`${total.passed} passed, ${total.failed} failed`);
		return total.failed > 0 ? 1 : code;
	},
);

async function count(name, context) {
	say(`\n── ${name}`);
	const started = Date.now();
	const { passed, failed, skipped = 0 } = await runStage(name, context);
	total.passed += passed;
	total.failed += failed;
	const seconds = Math.round((Date.now() - started) / 1000);
	say(`${name}: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}, ${seconds} s`);
}

function readArguments() {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { grep: { type: 'string', short: 'g' }, help: { type: 'boolean', short: 'h' } },
	});
	const unknown = positionals.filter((name) => !stageNames.includes(name));
	if (unknown.length > 0) throw new Stop(`There is no stage '${unknown.join(' ')}'.\n${usage}`);
	return { ...values, stages: positionals.length > 0 ? positionals : everyDay };
}

function isGrep(argument) {
	return /^(--grep|-g)/.test(argument);
}
