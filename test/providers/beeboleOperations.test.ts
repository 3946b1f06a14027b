import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { InvalidInput, NotAllowed, OutcomeUnknown, Refused, TooManyRequests } from '../../src/core/errors.ts';
import type { Board, Column, Workspace } from '../../src/core/model.ts';
import type { Operation, OperationId } from '../../src/core/operations.ts';
import type { Session } from '../../src/core/provider.ts';
import { withoutWrites } from '../../src/core/readOnlySession.ts';
import { beebole } from '../../src/providers/beebole/index.ts';
import { signal } from '../support/session.ts';
import { type Desk, openDesk, operation, send } from './beeboleDesk.ts';

describe('operations of Beebole', () => {
	let desk: Desk;
	let session: Session;

	beforeEach(async () => {
		desk = await openDesk();
		({ session } = desk);
	});
	afterEach(async () => {
		mock.timers.reset();
		await desk.server.close();
	});

	async function places() {
		const workspace = await desk.workspace();
		const board = await desk.board();
		const [project, column] = await desk.columns(board);
		return { workspace, board, project: project!, column: column! };
	}

	const ofWorkspace = (id: OperationId): Operation<Workspace> => operation(session.operations?.workspace, id);
	const ofBoard = (id: OperationId): Operation<Board> => operation(session.operations?.board, id);
	const ofColumn = (id: OperationId): Operation<Column> => operation(session.operations?.column, id);
	const titles = <Place>(operations: readonly Operation<Place>[] | undefined) =>
		operations?.map(({ id, title }) => [id, title]);

	it('are those that Beebole has calls for, in its own words', () => {
		assert.deepEqual(titles(session.operations?.workspace), [
			['edit', 'Edit company'],
			['archive', 'Deactivate company'],
			['restore', 'Activate company'],
		]);
		assert.deepEqual(titles(session.operations?.board), [
			['edit', 'Edit project'],
			['archive', 'Deactivate project'],
			['restore', 'Activate project'],
		]);
		assert.deepEqual(titles(session.operations?.column), [
			['archive', 'Deactivate subproject'],
			['restore', 'Activate subproject'],
		]);
	});

	it('are gone while the account is locked', () => {
		const locked = withoutWrites(session);
		assert.equal(locked.operations, undefined);
		assert.equal(locked.columnCreation, undefined);
	});

	describe('edit a company', () => {
		it('begins with the name that Beebole holds now, and sends the new one', async () => {
			const { workspace } = await places();
			const held = desk.entity('company', ({ id }) => String(id) === workspace.id);
			held.name = 'Renamed elsewhere';
			const form = await ofWorkspace('edit').begin(workspace, signal());
			assert.deepEqual(
				form.fields.map(({ id, initial }) => [id, initial]),
				[['name', 'Renamed elsewhere']],
			);
			assert.match((await send(form, { name: ' Kai & Söhne ' })).message, /\.$/);
			assert.equal(held.name, 'Kai & Söhne');
			assert.deepEqual(desk.sent.at(-1), {
				service: 'company.update',
				company: { id: held.id, name: 'Kai & Söhne' },
			});
			const { items } = await session.workspaces(signal());
			assert.equal(items.find(({ id }) => id === workspace.id)?.name, 'Kai & Söhne');
		});

		it('takes no empty name', async () => {
			const form = await ofWorkspace('edit').begin(await desk.workspace(), signal());
			await assert.rejects(send(form, { name: '  ' }), InvalidInput);
			assert.ok(!desk.services().includes('company.update'));
		});
	});

	describe('edit a project', () => {
		async function editing() {
			const board = await desk.board(({ description }) => description !== undefined);
			const held = desk.entity('project', ({ id }) => String(id) === board.id);
			const form = await ofBoard('edit').begin(board, signal());
			return { board, held, form };
		}

		it('begins with what Beebole holds now', async () => {
			const board = await desk.board();
			const held = desk.entity('project', ({ id }) => String(id) === board.id);
			held.name = 'Anders';
			held.fields['startDate'] = '2027-01-31';
			held.fields['description'] = 'Erste Zeile\nzweite';
			const form = await ofBoard('edit').begin(board, signal());
			assert.deepEqual(
				form.fields.map(({ id, initial, required }) => [id, initial, required ?? false]),
				[
					['name', 'Anders', true],
					['startDate', '2027-01-31', true],
					['description', 'Erste Zeile\nzweite', false],
				],
			);
		});

		for (const [field, value] of [
			['name', 'Kai 3'],
			['startDate', '2027-02-28'],
			['description', 'Neu'],
			['description', ''],
		] as const) {
			it(`sends nothing but ${field} where that alone is “${value}” now`, async () => {
				const { held, form } = await editing();
				const before = { name: held.name, ...held.fields };
				await send(form, { [field]: value });
				assert.deepEqual(desk.sent.at(-1), {
					service: 'project.update',
					project: { id: held.id, [field]: value },
				});
				assert.deepEqual({ name: held.name, ...held.fields }, { ...before, [field]: value });
			});
		}

		it('shows the project as it is then', async () => {
			const { board, form } = await editing();
			await send(form, { name: 'Kai 3' });
			assert.equal((await desk.board(({ id }) => id === board.id)).name, 'Kai 3');
		});

		it('sends nothing where nothing was changed', async () => {
			const { form } = await editing();
			assert.equal((await send(form)).message, 'Nothing was changed.');
			assert.ok(!desk.services().includes('project.update'));
		});

		it('refuses an empty name, no start date and one that is no day, each on its field', async () => {
			const { form } = await editing();
			for (const [field, value] of [
				['name', ' '],
				['startDate', ''],
				['startDate', '2026-02-30'],
			] as const) {
				await assert.rejects(send(form, { [field]: value }), (error) => {
					assert.ok(error instanceof InvalidInput);
					assert.deepEqual(
						error.problems.map((problem) => problem.field),
						[field],
					);
					return true;
				});
			}
			assert.ok(!desk.services().includes('project.update'));
		});

		it('says once what another person made of the same field, and then puts ours in its place', async () => {
			const { held, form } = await editing();
			held.name = 'Theirs';
			held.fields['description'] = 'Theirs too';
			await assert.rejects(send(form, { name: 'Ours' }), (error) => {
				assert.ok(error instanceof InvalidInput);
				assert.deepEqual(
					error.problems.map(({ field }) => field),
					['name'],
				);
				assert.match(error.message, /“Theirs”/);
				return true;
			});
			assert.ok(!desk.services().includes('project.update'));
			await send(form, { name: 'Ours' });
			assert.equal(held.name, 'Ours');
			assert.equal(held.fields['description'], 'Theirs too');
		});

		it('takes a date with a time for its day', async () => {
			const board = await desk.board();
			desk.entity('project', ({ id }) => String(id) === board.id).fields['startDate'] = '2026-03-31 00:00:00';
			const form = await ofBoard('edit').begin(board, signal());
			assert.equal(form.fields.find(({ id }) => id === 'startDate')?.initial, '2026-03-31');
		});
	});

	describe('deactivate and activate', () => {
		it('a company, a project and a subproject, and offer what fits', async () => {
			const { workspace, board, column } = await places();
			const tried = [
				['company', ofWorkspace, workspace, async () => (await session.workspaces(signal())).items],
				['project', ofBoard, board, async () => (await session.boards!.list(workspace, signal())).items],
				['subproject', ofColumn, column, async () => await desk.columns(board)],
			] as const;
			for (const [kind, of, place, listed] of tried) {
				const archive = of('archive') as Operation<unknown>;
				const restore = of('restore') as Operation<unknown>;
				const now = async () => (await listed()).find(({ id }) => id === place.id)!;
				assert.equal(archive.whyNot?.(await now()), undefined);
				assert.match(restore.whyNot?.(await now()) ?? '', /active already/);
				const form = await archive.begin(place, signal());
				assert.deepEqual(form.fields, []);
				assert.equal(form.confirmation?.({}), undefined);
				assert.match((await send(form)).message, /is inactive\.$/);
				assert.deepEqual(desk.sent.at(-1), { service: `${kind}.deactivate`, id: Number(place.id) });
				assert.match(archive.whyNot?.(await now()) ?? '', /inactive already/);
				assert.equal(restore.whyNot?.(await now()), undefined);
				await send(await restore.begin(await now(), signal()));
				assert.equal(archive.whyNot?.(await now()), undefined);
				assert.ok(desk.entities(kind).find(({ id }) => String(id) === place.id)?.active);
			}
		});

		it('not the column that stands for the project, and say why', async () => {
			const { project } = await places();
			assert.match(ofColumn('archive').whyNot?.(project) ?? '', /the project itself/);
			assert.match(ofColumn('restore').whyNot?.(project) ?? '', /the project itself/);
		});

		it('entities of another system by their own ids', async () => {
			const workspace = (await session.workspaces(signal())).items.find(({ id }) => id.startsWith('xid:'))!;
			const [board] = (await session.boards!.list(workspace, signal())).items;
			await send(await ofBoard('archive').begin(board!, signal()));
			assert.deepEqual(desk.sent.at(-1), { service: 'project.deactivate', xid: board!.id.slice(4) });
		});
	});

	describe('make a subproject', () => {
		it('that is a column then, in a project that had none too', async () => {
			const board = await desk.board(({ extra }) => extra?.['subprojects'] === 0);
			const form = session.columnCreation!.form(board);
			assert.deepEqual(
				form.fields.map(({ id, required }) => [id, required]),
				[['name', true]],
			);
			const made = await send(form, { name: ' Prototyp ' });
			assert.deepEqual(desk.sent.at(-1), {
				service: 'subproject.create',
				subproject: { name: 'Prototyp', project: { id: Number(board.id) } },
			});
			// The board as it was listed before.
			assert.deepEqual(
				(await desk.columns(board)).find(({ id }) => id === made.id),
				{ ...made, note: undefined },
			);
			session.forget();
			assert.ok((await desk.columns(board)).some(({ id }) => id === made.id));
		});
	});

	describe('are refused', () => {
		type Try = readonly [string, () => Promise<unknown>];

		async function everything(): Promise<readonly Try[]> {
			const { workspace, board, column } = await places();
			const begun = async <Place>(of: Operation<Place>, place: Place, values = {}): Promise<Try> => {
				const form = await of.begin(place, signal());
				return [of.title, () => send(form, values)];
			};
			return [
				await begun(ofWorkspace('edit'), workspace, { name: 'X' }),
				await begun(ofWorkspace('archive'), workspace),
				await begun(ofWorkspace('restore'), workspace),
				await begun(ofBoard('edit'), board, { name: 'X' }),
				await begun(ofBoard('archive'), board),
				await begun(ofBoard('restore'), board),
				await begun(ofColumn('archive'), column),
				await begun(ofColumn('restore'), column),
				['Create subproject', () => send(session.columnCreation!.form(board), { name: 'X' })],
			];
		}

		it('with a token that may only read, under 200, in Beebole’s words', async () => {
			session = desk.sessionOf((desk.server.state['readOnly'] as { token: string }).token);
			for (const [title, run] of await everything()) {
				await assert.rejects(run, (error) => {
					assert.ok(error instanceof Refused, `${title}: ${String(error)}`);
					assert.match(error.message, /not allowed to call (company|project|subproject)\.\w+\.$/);
					return true;
				});
			}
		});

		it('where API calls are switched off', async () => {
			const all = await everything();
			desk.instead = () => Response.json({ status: 'error', message: 'API calls are disabled' }, { status: 403 });
			for (const [, run] of all) {
				await assert.rejects(run, NotAllowed);
			}
		});

		it('where the thing is gone, under 200', async () => {
			for (const [title, run] of await everything()) {
				desk.instead = ({ service }) =>
					/get|list/.test(service)
						? undefined
						: Response.json({ status: 'error', message: `${service} 999 not found` });
				await assert.rejects(run, (error) => {
					assert.ok(error instanceof Refused, `${title}: ${String(error)}`);
					assert.match(error.message, /999 not found\.$/);
					return true;
				});
			}
		});

		it('before anything is sent, where the day’s budget is used up', async () => {
			const all = await everything();
			desk.instead = () => Response.json({ status: 'error', message: 'daily API limit reached' }, { status: 429 });
			await assert.rejects(all[0]![1], TooManyRequests);
			desk.instead = () => undefined;
			const before = desk.sent.length;
			for (const [title, run] of all) {
				await assert.rejects(run, TooManyRequests, title);
			}
			assert.equal(desk.sent.length, before);
		});
	});

	it('are sent once only where the answer was lost, and what was remembered is asked anew', async () => {
		const { workspace, board, column } = await places();
		const writes: readonly (readonly [string, () => Promise<unknown>, () => Promise<unknown>])[] = [
			[
				'company.update',
				async () => send(await ofWorkspace('edit').begin(workspace, signal()), { name: 'X' }),
				() => session.workspaces(signal()),
			],
			[
				'project.update',
				async () => send(await ofBoard('edit').begin(board, signal()), { name: 'X' }),
				() => session.boards!.list(workspace, signal()),
			],
			[
				'project.deactivate',
				async () => send(await ofBoard('archive').begin(board, signal())),
				() => session.boards!.list(workspace, signal()),
			],
			[
				'subproject.deactivate',
				async () => send(await ofColumn('archive').begin(column, signal())),
				() => desk.columns(board),
			],
			[
				'subproject.create',
				async () => send(session.columnCreation!.form(board), { name: 'X' }),
				() => desk.columns(board),
			],
		];
		for (const [service, run, look] of writes) {
			await look();
			desk.after = (sent, answer) => (sent.service === service ? new Response('{"sta', { status: 200 }) : answer);
			await assert.rejects(run, OutcomeUnknown, service);
			assert.equal(desk.services().filter((name) => name === service).length, 1, service);
			const before = desk.sent.length;
			await look();
			assert.ok(desk.sent.length > before, `${service}: nothing was asked anew`);
		}
		assert.equal(desk.entities('subproject').filter(({ name }) => name === 'X').length, 1);
	});

	it('say how much of the day’s budget is used, without asking', async () => {
		await session.workspaces(signal());
		const before = desk.sent.length;
		const [requests, bytes] = session.usage!();
		assert.equal(desk.sent.length, before);
		assert.match(requests ?? '', /^1 of 4,000 requests used today in this window\.$/);
		assert.match(bytes ?? '', /^\d+ of 2,048 KB used today in this window\.$/);
		await desk.board();
		assert.match(session.usage!()[0] ?? '', /^2 of /);
	});

	it('goes on being counted when the account is opened anew, as after a change of its name', async () => {
		await session.workspaces(signal());
		const [before] = session.usage!();
		const again = beebole.open(desk.opened.account, desk.opened.io);
		assert.deepEqual(again.usage!()[0], before);
	});

	it('say that Beebole has stopped for today', async () => {
		desk.instead = () => Response.json({ status: 'error', message: 'daily API limit reached' }, { status: 429 });
		await assert.rejects(session.workspaces(signal()), TooManyRequests);
		assert.match(session.usage!()[0] ?? '', /no more requests today/);
	});
});
