import assert from 'node:assert/strict';
import { seriousFindings } from '../pages/axe.ts';
import { openWindow, type Window } from './rig/window.ts';

describe('changing the workflow of a project in the window', () => {
	let window: Window;

	before(async () => {
		window = await openWindow({ size: { width: 1400, height: 900 } });
		await window.openView();
	});
	after(() => window?.close());

	const form = () => window.webview();
	const choose = async (name: string, choice: string) => {
		await form().getByRole('combobox', { name }).click();
		await form().getByRole('option', { name: choice }).first().click();
	};
	const submit = () => form().getByRole('button', { name: 'Change workflow' }).click();

	it('is refused with the field while a status has no new one, and done once every one has', async () => {
		await window.expand('Productive');
		await window.menu(['Productive', 'Harbour renewal'], 'Change Workflow…');
		await form().getByRole('heading', { name: 'Change the workflow of Harbour renewal' }).waitFor();

		await choose('New workflow', 'Redaktion');
		await choose('Not started', 'Offen');
		await submit();
		await form().getByText('New statuses: something must be chosen on every line.').first().waitFor();
		const open = await form().locator('tr.open label').allInnerTexts();
		assert.ok(open.length > 0);
		await window.screenshot('workflow-incomplete');
		const frame = window.page.frames().at(-1) ?? assert.fail();
		assert.deepEqual(await seriousFindings(frame, 'form, incomplete mapping'), []);
		assert.equal(await window.page.locator('.monaco-dialog-box').count(), 0);

		for (const status of open) {
			await choose(status, 'Veröffentlicht');
		}
		assert.equal(await form().getByText('Something is missing or wrong.').count(), 0);
		await window.screenshot('workflow-complete');
		await submit();
		assert.match(await window.confirm('Change workflow'), /Change the workflow of Harbour renewal\?/);
		await window.notification('The workflow of Harbour renewal was changed.');
		await window.screenshot('workflow-changed');
	});
});
