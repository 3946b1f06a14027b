import assert from 'node:assert/strict';
import { Desk } from './desk.ts';
import { drop, folder, rowsOf, run, taskList, typedAfter, whatVendorsSay } from './productiveDesk.ts';

const name = 'Website relaunch';
const path = [name, 'Permits'] as const;
const archivedLists = 'Archived task lists';

/** What a server calls folders. */
for (const word of ['folders', 'boards']) {
	const write = (rest: string) => `PATCH /api/v2/${word}/${rest}`;

	/** One that knows folders by their old name alone refuses the new one. */
	const open = async () => {
		const desk = await Desk.open('productive');
		if (word === 'boards') {
			desk.served.faults.add({ pattern: '/api/v2/folders', kind: '404' });
		}
		return desk;
	};

	describe(`productive: folders that the server calls ${word}`, () => {
		let desk: Desk;
		beforeEach(async () => {
			desk = await open();
		});
		afterEach(() => desk.close());

		const permits = () => folder(desk, name, 'Permits');
		const fail = (kind: '403' | '500' | 'cut') =>
			desk.served.faults.add({ pattern: `PATCH /api/v2/${word}/`, kind, times: 1 });

		it('get another name, and are hidden in Productive, by what was changed alone', async () => {
			const words = (await desk.offered(...path)).filter((one) => /^(op|newColumn)/.test(one));
			assert.deepEqual(words, ['newColumn', 'opEdit', 'opArchive']);
			const before = { ...permits() };
			const sent = await desk.sentWhile(async () => {
				const { said } = await desk.do(
					'edit',
					path,
					{ type: ' ' },
					{ type: 'Genehmigungen' },
					{ pick: 'Hidden in Productive' },
					{ pick: 'Save' },
				);
				assert.equal(said[0], 'Name is needed.');
				assert.equal(said.at(-1), 'Permits was changed.');
			});
			assert.deepEqual(sent, [write(String(before.id))]);
			assert.deepEqual(folder(desk, name, 'Genehmigungen'), { ...before, name: 'Genehmigungen', hidden: true });
			const shown = await desk.labels(name);
			assert.ok(shown.includes('Genehmigungen') && !shown.includes('Permits'));
		});

		it('are not changed where nothing was, or where the person leaves', async () => {
			const sent = await desk.sentWhile(async () => {
				const { said } = await desk.do('edit', path, { type: 'Permits' }, { pick: 'Save' });
				assert.equal(said.at(-1), 'Nothing of Permits was changed.');
				await desk.do('edit', path, { type: 'Mine' }, { leave: true });
			});
			assert.deepEqual(sent, []);
		});

		it('keep the name that somebody else gave meanwhile, and it is said beside the field', async () => {
			const row = permits();
			const theirs = () => Object.assign(row, { name: 'Theirs' });
			const steps = [typedAfter(theirs, 'Mine'), { pick: 'Save' }, { leave: true }] as const;
			const sent = await desk.sentWhile(async () => {
				const { said } = await desk.do('edit', path, ...steps);
				assert.match(said.join('\n'), /Somebody has changed this to “Theirs” meanwhile\./);
			});
			assert.deepEqual(sent, []);
		});

		it('are archived and restored without a question, and stand last while they are archived', async () => {
			const before = await desk.labels(name);
			const sent = await desk.sentWhile(async () => {
				assert.deepEqual((await desk.do('archive', path)).said, ['Permits is archived now.']);
			});
			const { id } = permits();
			assert.deepEqual(sent, [write(`${id}/archive`)]);
			assert.ok(permits()['archived_at']);
			assert.equal((await desk.labels(name)).at(-1), 'Permits');
			assert.equal((await desk.line(...path)).item().description, 'archived');
			const words = (await desk.offered(...path)).filter((one) => /^(op|newColumn)/.test(one));
			assert.deepEqual(words, ['opEdit', 'opRestore']);
			assert.deepEqual((await desk.do('archive', path)).said, ['Permits is archived already.']);
			assert.deepEqual((await desk.do('restore', path)).said, ['Permits is in use again.']);
			assert.equal(permits()['archived_at'], null);
			assert.deepEqual(await desk.labels(name), before);
			assert.deepEqual((await desk.do('restore', path)).said, ['Permits is not archived.']);
		});

		it('say why Productive refuses; what nobody knows of is sent once and looked at anew', async () => {
			fail('403');
			const refused = await desk.do('edit', path, { type: 'Mine' }, { pick: 'Save' }, { leave: true });
			assert.match(refused.said.join('\n'), whatVendorsSay.noRight);
			assert.ok((await desk.labels(name)).includes('Permits'));
			fail('403');
			assert.match((await desk.do('archive', path)).said.join(), whatVendorsSay.noRight);
			fail('500');
			assert.match((await desk.do('archive', path)).said.join(), whatVendorsSay.failed);
			assert.ok(!permits()['archived_at']);
			fail('cut');
			const sent = await desk.sentWhile(async () => {
				assert.match((await desk.do('archive', path)).said.join(), whatVendorsSay.cut);
			});
			assert.equal(sent.length, 1);
			assert.equal((await desk.line(...path)).item().description, 'archived');
		});

		it('are not there any more where somebody deleted the project', async () => {
			const line = await desk.line(...path);
			drop(desk, 'folders', permits());
			assert.match((await run(line, 'edit')).said.join(), /Productive does not have this any more/);
			assert.match((await run(line, 'archive')).said.join(), /Productive does not have this any more/);
		});

		it('can be edited from the palette', async () => {
			const steps = [{ pick: 'Desk' }, { pick: 'Edit folder' }, { pick: name }, { pick: 'Permits' }] as const;
			await desk.fromPalette('edit', ...steps, { type: 'Mine' }, { pick: 'Save' });
			assert.ok((await desk.labels(name)).includes('Mine'));
		});

		it('can’t be deleted, which no line offers and the command says', async () => {
			assert.ok(!(await desk.offered(...path)).includes('opDelete'));
			assert.match((await desk.do('delete', path)).said.join(), /This can’t be done in Desk\./);
		});
	});

	describe(`productive: task lists in folders that the server calls ${word}`, () => {
		let desk: Desk;
		beforeEach(async () => {
			desk = await open();
		});
		afterEach(() => desk.close());

		const lists = async () => (await desk.labels(...path)).filter((label) => !['Docs', archivedLists].includes(label));
		const archived = () => desk.labels(...path, archivedLists);

		it('are made with a name, last in their folder', async () => {
			const before = await lists();
			const sent = await desk.sentWhile(async () => {
				const { said } = await desk.do('createColumn', path, { type: '' }, { type: 'Abnahme' });
				assert.equal(said[0], 'Name is needed.');
			});
			assert.deepEqual(sent, ['POST /api/v2/task_lists']);
			assert.deepEqual(await lists(), [...before, 'Abnahme']);
			assert.equal(taskList(desk, name, 'Permits', 'Abnahme')['archived_at'] ?? null, null);
		});

		it('are not made where Productive refuses, and the name stays until it is taken', async () => {
			desk.served.faults.add({ pattern: 'POST /api/v2/task_lists', kind: '403', times: 1 });
			const { said } = await desk.do('createColumn', path, { type: 'Abnahme' }, { pick: 'Create task list' });
			assert.match(said.join('\n'), whatVendorsSay.noRight);
			assert.ok((await lists()).includes('Abnahme'));
		});

		it('get another name at Productive and in the tree', async () => {
			assert.ok((await desk.offered(...path, 'Asked')).includes('rename'));
			const { said } = await desk.do('renameColumn', [...path, 'Asked'], { type: ' ' }, { type: 'Gefragt' });
			assert.equal(said[0], 'A name is needed.');
			assert.ok(taskList(desk, name, 'Permits', 'Gefragt'));
			assert.ok((await lists()).includes('Gefragt'));
		});

		it('keep their name where Productive refuses, which is said', async () => {
			desk.served.faults.add({ pattern: 'PATCH /api/v2/task_lists/', kind: '403' });
			const { said } = await desk.do('renameColumn', [...path, 'Asked'], { type: 'Gefragt' });
			assert.match(said.join(), whatVendorsSay.noRight);
			assert.ok((await lists()).includes('Asked'));
		});

		it('are archived at their line, stand among the archived ones then, and are restored there', async () => {
			const before = await lists();
			assert.deepEqual(await archived(), ['No task list of this folder is archived.']);
			const words = (await desk.offered(...path, 'Asked')).filter((one) => one.startsWith('op'));
			assert.deepEqual(words, ['opArchive']);
			assert.deepEqual((await desk.do('archive', [...path, 'Asked'])).said, ['Asked is archived now.']);
			assert.ok(taskList(desk, name, 'Permits', 'Asked')['archived_at']);
			assert.deepEqual(
				await lists(),
				before.filter((one) => one !== 'Asked'),
			);
			assert.deepEqual(await archived(), ['Asked']);
			assert.ok((await desk.offered(...path, archivedLists, 'Asked')).includes('opRestore'));
			const { said } = await desk.do('restore', [...path, archivedLists, 'Asked']);
			assert.deepEqual(said, ['Asked is in use again.']);
			assert.equal(taskList(desk, name, 'Permits', 'Asked')['archived_at'], null);
			assert.deepEqual(await archived(), ['No task list of this folder is archived.']);
			assert.deepEqual(await lists(), before);
		});

		it('stay where they are where Productive refuses, and are looked at anew where nobody knows', async () => {
			desk.served.faults.add({ pattern: 'PATCH /api/v2/task_lists/*/archive', kind: '403', times: 1 });
			assert.match((await desk.do('archive', [...path, 'Asked'])).said.join(), whatVendorsSay.noRight);
			assert.ok((await lists()).includes('Asked'));
			desk.served.faults.add({ pattern: 'PATCH /api/v2/task_lists/*/archive', kind: 'cut', times: 1 });
			assert.match((await desk.do('archive', [...path, 'Asked'])).said.join(), whatVendorsSay.cut);
			assert.ok(!(await lists()).includes('Asked'));
			assert.deepEqual(await archived(), ['Asked']);
		});

		it('can be restored from the palette, out of the archived ones', async () => {
			await desk.do('archive', [...path, 'Asked']);
			const place = [{ pick: 'Desk' }, { pick: 'Restore task list' }, { pick: name }, { pick: 'Permits' }] as const;
			await desk.fromPalette('restore', ...place, { pick: 'Asked' });
			assert.equal(taskList(desk, name, 'Permits', 'Asked')['archived_at'], null);
			assert.equal(rowsOf(desk, 'task_lists').filter((row) => row['archived_at']).length, 0);
		});

		it('are neither made, renamed, archived nor restored while the account is locked', async () => {
			await desk.do('archive', [...path, 'Granted']);
			const lines = [
				['createColumn', await desk.line(...path)],
				['archive', await desk.line(...path, 'Asked')],
				['restore', await desk.line(...path, archivedLists, 'Granted')],
			] as const;
			await desk.do('lockAccount', []);
			const sent = await desk.sentWhile(async () => {
				for (const [command, line] of lines) {
					assert.match((await run(line, command)).said.join(), whatVendorsSay.locked, command);
				}
			});
			assert.deepEqual(sent, []);
			assert.ok(!(await desk.offered(...path)).includes('newColumn'));
			const words = await desk.offered(...path, 'Asked');
			assert.ok(!words.includes('opArchive') && !words.includes('rename'), words.join());
			assert.ok(!(await desk.offered(...path, archivedLists, 'Granted')).includes('opRestore'));
		});
	});
}
