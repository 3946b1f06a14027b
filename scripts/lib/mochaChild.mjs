// Runs mocha on files in a process of its own: node mochaChild.mjs RESULTS [--grep TEXT] FILE…
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import Mocha from 'mocha';
import { pattern } from './grep.mjs';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		grep: { type: 'string' },
		timeout: { type: 'string', default: '5000' },
		jobs: { type: 'string', default: '1' },
	},
});
const [results, ...files] = positionals;

const jobs = Number(values.jobs);
const mocha = new Mocha({
	reporter: 'spec',
	forbidOnly: true,
	timeout: Number(values.timeout),
	...(jobs > 1 && { parallel: true, jobs }),
	...(values.grep && { grep: pattern(values.grep) }),
});
for (const file of files) mocha.addFile(file);
// Whoever runs several at once loads them where they run.
if (jobs > 1) mocha.lazyLoadFiles(true);
else await mocha.loadFilesAsync();

const runner = mocha.run((failures) => {
	const { passes, pending } = runner.stats;
	writeFileSync(results, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
	process.exit(failures > 0 ? 1 : 0);
});
