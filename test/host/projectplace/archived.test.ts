import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type * as vscode from 'vscode';
import { hurried } from '../privacy/hurry.ts';
import { Quay, run } from './support.ts';

const command = 'downloadArchivedWorkspaces';

describe('projectplace: archived workspaces', () => {
	let quay: Quay;
	let folder: vscode.Uri;
	before(async () => {
		quay = await Quay.open();
	});
	beforeEach(() => {
		folder = quay.newFolder();
		for (const name of ['Book of recipes', 'Data centre move']) {
			Object.assign(quay.held.projects.find((one) => one.name === name) ?? {}, { archived: true });
		}
	});
	afterEach(() => quay.served.faults.clear());
	after(() => quay.close());

	const names = () => quay.held.projects.filter(({ archived }) => archived).map(({ name }) => name);
	const zips = async () => (await readdir(folder.fsPath)).toSorted();
	const gather = (...more: readonly { readonly pick: string }[]) =>
		hurried(() => quay.gathered(command, quay.root, { files: [folder] }, ...more, { pick: '$(check)' }));
	const purge = { pick: 'Delete each workspace' } as const;
	const file = 'GET /1/projects/*/exports/*/file';

	it('are asked for nowhere without a folder', async () => {
		const { page } = await quay.begun(command, quay.root, { leave: true });
		assert.equal(page, undefined);
	});

	it('are saved as whole zips and stay at ProjectPlace; what is there already is not downloaded again', async () => {
		const before = names();
		assert.equal(before.length, 3);
		const page = await gather();
		const { said } = await hurried(() => page.press('start', { press: 'Download' }));
		assert.match(said.join(), /Download 3 archived workspaces\?/);
		assert.match(said.join(), /Old library scans/);
		assert.equal(page.list('done').length, 3, JSON.stringify(page.table.result));
		page.close();
		assert.deepEqual(names(), before);
		const there = await zips();
		assert.equal(there.length, 3);
		for (const name of there) {
			const whole = unzipSync(await readFile(join(folder.fsPath, name)));
			assert.ok('boards.json' in whole, name);
		}
		const again = await gather();
		assert.deepEqual(again.table.rows, []);
		assert.equal(again.table.leftOut.length, 3);
		assert.match(again.table.leftOut[0]?.reason ?? '', /Its zip is there already: /);
		again.close();
	});

	it('are deleted neither without the typed word nor behind a zip that is not whole, and then behind a whole one', () =>
		hurried(async () => {
			const page = await gather(purge);
			page.untick('Book of recipes');
			const none = await quay.writesWhile(async () => {
				const { said } = await page.press('start', { type: 'delete' }, { leave: true });
				assert.match(said.join('\n'), /Type “DELETE” to go on\./);
			});
			assert.deepEqual(none, []);

			const deleting = (line: string) => line.startsWith('DELETE');
			quay.served.faults.add({ pattern: file, kind: 'malformed' });
			const first = await quay.writesWhile(() => page.press('start', { type: 'DELETE' }));
			assert.deepEqual(first.filter(deleting), []);
			assert.equal(page.list('failed').length, 2, JSON.stringify(page.table.result));
			assert.match(page.list('failed')[0]?.detail ?? '', /no whole zip file\. Nothing was saved\./);

			quay.served.faults.clear();
			quay.served.faults.add({ pattern: file, kind: 'cut' });
			const second = await quay.writesWhile(() => page.press('retry', { type: 'DELETE' }));
			assert.deepEqual(second.filter(deleting), []);
			assert.equal(page.list('failed').length, 2, JSON.stringify(page.table.result));
			assert.deepEqual(await zips(), []);
			assert.equal(names().length, 3);

			quay.served.faults.clear();
			await page.press('retry', { type: 'DELETE' });
			assert.equal(page.list('done').length, 2, JSON.stringify(page.table.result));
			assert.deepEqual(names(), ['Book of recipes']);
			assert.equal((await zips()).length, 2);
			page.close();
		}));
});

describe('projectplace: deleting a workspace', () => {
	let quay: Quay;
	before(async () => {
		quay = await Quay.open();
	});
	afterEach(() => quay.served.faults.clear());
	after(() => quay.close());

	const name = 'Website relaunch';
	const isThere = () => quay.held.projects.some((one) => one.name === name);
	const shown = async () =>
		(await quay.own.services.tree.getChildren(quay.root)).some((node) => node.item().label === name);

	it('is offered at its line', async () => {
		assert.ok((await quay.workspace(name)).item().context.includes('opDelete'));
	});

	it('does nothing where its name is not typed exactly', async () => {
		const steps = [{ type: 'website relaunch' }, { type: 'yes' }, { leave: true }] as const;
		const { said } = await run(steps, 'delete', await quay.workspace(name));
		assert.equal(said.filter((one) => one.includes('Type “Website relaunch” to go on.')).length, 2);
		assert.ok(isThere());
	});

	it('says why where ProjectPlace refuses, and shows it still', async () => {
		quay.served.faults.add({ pattern: 'DELETE /1/projects/*', kind: '403' });
		const { said } = await run([{ type: name }], 'delete', await quay.workspace(name));
		assert.notDeepEqual(said, []);
		assert.ok(isThere() && (await shown()));
	});

	it('is refused while the account is locked', async () => {
		const line = await quay.workspace(name);
		await run([], 'lockAccount', quay.root);
		const { said } = await run([], 'delete', line);
		await run([], 'unlockAccount', quay.root);
		assert.match(said.join(), /locked against changes/);
		assert.ok(isThere());
	});

	it('deletes it with all that it holds, and the tree shows it no longer', async () => {
		const { id } = quay.held.projects.find((one) => one.name === name) ?? assert.fail();
		await run([{ type: name }], 'delete', await quay.workspace(name));
		assert.ok(!isThere());
		assert.ok(!quay.held.boards.some(({ project_id }) => project_id === id));
		assert.ok(!(await shown()));
	});
});
