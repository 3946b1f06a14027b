import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { out, runInWebHost } from '../../../scripts/lib/rig.mjs';
import type { Seen } from './inside.ts';

describe('the web extension host', () => {
	it('activates the extension, knows its commands and draws the welcome', async () => {
		const tests = join(out, 'web-host.cjs');
		const inside = fileURLToPath(new URL('inside.ts', import.meta.url));
		await build({
			entryPoints: [inside],
			outfile: tests,
			bundle: true,
			platform: 'browser',
			format: 'cjs',
			external: ['vscode'],
		});
		const log: string[] = [];
		let welcome = '';
		await runInWebHost({
			tests,
			onLog: (_kind, args) => log.push(args.map(String).join(' ')),
			inspect: async (page) => {
				const shown = page.locator('.part.sidebar .welcome-view-content:visible');
				await shown.getByText('No project tool is connected yet.').waitFor();
				welcome = await shown.innerText();
			},
		});
		const line = log.find((one) => one.includes('seen {'));
		assert.ok(line, log.join('\n'));
		assert.deepEqual(JSON.parse(line.slice(line.indexOf('{'))) as Seen, { node: false, missing: [] });
		assert.match(welcome, /Add account/);
	});
});
