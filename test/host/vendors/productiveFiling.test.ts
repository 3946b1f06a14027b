import assert from 'node:assert/strict';
import { readOnlyToken } from '../../../src/sandbox/productive/doorkeeper.ts';
import { Desk } from './desk.ts';
import { drop, project, rowsOf, run, whatVendorsSay } from './productiveDesk.ts';

const name = 'Website relaunch';

describe('productive: archiving, restoring and deleting a project', () => {
	let desk: Desk;
	beforeEach(async () => {
		desk = await Desk.open('productive');
	});
	afterEach(() => desk.close());

	const description = async () => (await desk.line(name)).item().description ?? '';

	it('archives it without a question, and offers to restore it then', async () => {
		const words = await desk.offered(name);
		assert.ok(words.includes('opArchive') && !words.includes('opRestore'));
		const { said } = await desk.do('archive', [name]);
		assert.deepEqual(said, [`${name} is archived now.`]);
		assert.ok(project(desk, name)['archived_at']);
		assert.match(await description(), /^archived/);
		const after = await desk.offered(name);
		assert.ok(!after.includes('opArchive') && after.includes('opRestore'));
		assert.equal((await desk.labels()).at(-1), name);
	});

	it('restores it, and says so', async () => {
		const old = 'Old library scans';
		const { said } = await desk.do('restore', [old]);
		assert.deepEqual(said, [`${old} is in use again.`]);
		assert.equal(project(desk, old)['archived_at'], null);
		assert.ok(!(await desk.line(old)).item().description?.includes('archived'));
	});

	it('says of a line that is what it is asked to become that it is so already', async () => {
		const sent = await desk.sentWhile(async () => {
			assert.deepEqual((await desk.do('restore', [name])).said, [`${name} is not archived.`]);
			assert.deepEqual((await desk.do('archive', ['Old library scans'])).said, [
				'Old library scans is archived already.',
			]);
		});
		assert.deepEqual(sent, []);
	});

	it('says that somebody has deleted it meanwhile', async () => {
		const line = await desk.line(name);
		drop(desk, 'projects', project(desk, name));
		assert.match((await run(line, 'archive')).said.join(), /Productive does not have this any more/);
		assert.match((await run(line, 'edit')).said.join(), /Productive does not have this any more/);
	});

	it('deletes nothing without its name typed exactly, and nothing when the person leaves', async () => {
		const sent = await desk.sentWhile(async () => {
			const { said } = await desk.do('delete', [name], { type: 'website' }, { type: '' }, { leave: true });
			assert.deepEqual(said, [`Type “${name}” to go on.`, `Type “${name}” to go on.`]);
		});
		assert.deepEqual(sent, []);
	});

	it('deletes it with all that it holds, and shows it no longer', async () => {
		const { id } = project(desk, name);
		const { said } = await desk.do('delete', [name], { type: name });
		assert.deepEqual(said, [`${name} was deleted.`]);
		for (const table of ['projects', 'folders', 'task_lists', 'tasks', 'pages']) {
			assert.ok(!rowsOf(desk, table).some((row) => row.id === id || row['project_id'] === id), table);
		}
		assert.ok(!(await desk.labels()).includes(name));
	});

	it('shows it still where Productive refuses, and looks anew where nobody knows', async () => {
		desk.served.faults.add({ pattern: 'DELETE /api/v2/projects/*', kind: '403', times: 1 });
		assert.match((await desk.do('delete', [name], { type: name })).said.join(), whatVendorsSay.noRight);
		assert.ok((await desk.labels()).includes(name));
		desk.served.faults.add({ pattern: 'DELETE /api/v2/projects/*', kind: 'cut', times: 1 });
		const sent = await desk.sentWhile(() => desk.do('delete', [name], { type: name }));
		assert.equal(sent.length, 1, 'it was sent twice');
		assert.ok(!(await desk.labels()).includes(name));
	});

	it('archives from the palette, where one says what and which', async () => {
		await desk.fromPalette('archive', { pick: 'Desk' }, { pick: 'Archive project' }, { pick: name });
		assert.ok(project(desk, name)['archived_at']);
	});
});

describe('productive: what an account may not', () => {
	const all = ['edit', 'archive', 'delete', 'copy', 'changeWorkflow', 'mapToWorkflow'];
	const wordOf = (id: string) => `op${id.charAt(0).toUpperCase()}${id.slice(1)}`;

	it('offers what Productive can do with projects, and nothing it can’t', async () => {
		const desk = await Desk.open('productive');
		try {
			const words = (await desk.offered(name)).filter((word) => word.startsWith('op'));
			assert.deepEqual(words.toSorted(), all.map(wordOf).toSorted());
			for (const id of ['add', 'remove', 'enable', 'disable']) {
				assert.match((await desk.do(id, [name])).said.join(), /This can’t be done in Desk\./);
			}
		} finally {
			await desk.close();
		}
	});

	it('offers nothing while the account is locked, and refuses at lines that are older', async () => {
		const desk = await Desk.open('productive');
		try {
			const line = await desk.line(name);
			await desk.do('lockAccount', []);
			const sent = await desk.sentWhile(async () => {
				for (const id of all) {
					assert.match((await run(line, id)).said.join(), whatVendorsSay.locked, id);
				}
			});
			assert.deepEqual(sent, []);
			const words = [...(await desk.offered(name)), ...(await desk.offered(name, 'Permits'))];
			assert.deepEqual(
				words.filter((word) => word.startsWith('op') || ['createProject', 'newColumn'].includes(word)),
				[],
			);
			await desk.do('unlockAccount', []);
			assert.ok((await desk.offered(name)).includes('opDelete'));
		} finally {
			await desk.close();
		}
	});

	it('says that a token which only reads has no right to it, and nothing is changed', async () => {
		const desk = await Desk.open('productive', (address) => ({ ...address, token: readOnlyToken }));
		try {
			const before = structuredClone(desk.served.state['projects']);
			for (const [id, ...steps] of [
				['edit', { type: 'Mine' }, { leave: true }],
				['archive'],
				['delete', { type: name }],
				['copy', { form: {} }, { cancelForm: true }],
			] as const) {
				assert.match((await desk.do(id, [name], ...steps)).said.join('\n'), whatVendorsSay.noRight, id);
			}
			assert.deepEqual(desk.served.state['projects'], before);
		} finally {
			await desk.close();
		}
	});
});
