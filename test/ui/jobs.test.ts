import assert from 'node:assert/strict';
import { seriousFindings } from '../pages/axe.ts';
import { openWindow, type Window } from './rig/window.ts';

describe('a job over many things in the window', () => {
	let window: Window;

	before(async () => {
		window = await openWindow({ size: { width: 1400, height: 900 } });
		await window.openView();
	});
	after(() => window?.close());

	it('shows what it would do as a table, does what is ticked, and tells what became of each', async () => {
		await window.menu(['ProjectPlace'], 'Give Columns One Name on All Boards…');
		await window.type('1', 'Position of the column');
		await window.type('Thoughts', 'New name');
		await window.pick('Only where it is called');
		await window.type('Ideas', 'Only where it is called');
		await window.pick('Show what it would do');
		const table = window.webview();
		await table.getByRole('row').filter({ hasText: 'Thoughts' }).first().waitFor();
		await window.screenshot('job-preview');
		await table.getByRole('button', { name: /^Start/ }).click();
		assert.match(await window.confirm('Rename columns'), /5 boards/);
		await table.getByText('5 of 5 done').first().waitFor();
		await window.screenshot('job-result');
		const frame = window.page.frames().at(-1) ?? assert.fail();
		assert.deepEqual(await seriousFindings(frame, 'job, result'), []);
	});
});
