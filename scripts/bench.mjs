import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { command } from './lib/prepare.mjs';
import { Stop, say } from './lib/progress.mjs';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'bench');

// `--json` is accepted for clarity's sake: the last line is always one line of JSON.
await command(async ({ vscode }) => {
	const { positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
	const figures = await (await benchNamed(positionals[0])).run({ report: say, vscode });
	console.log(JSON.stringify(figures));
});

function benchNamed(name) {
	const file = join(folder, `${name}.mjs`);
	if (name && /^[\w-]+$/.test(name) && existsSync(file)) return import(`./bench/${name}.mjs`);
	const names = readdirSync(folder).map((it) => it.replace(/\.mjs$/, ''));
	throw new Stop(`npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`);
}
