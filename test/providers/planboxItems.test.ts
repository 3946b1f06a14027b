import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { cardField } from '../../src/core/cards.ts';
import { InvalidInput, NotAllowed, NotFound, OutcomeUnknown, Refused, UnexpectedReply } from '../../src/core/errors.ts';
import type { FieldValue, Values } from '../../src/core/form.ts';
import type { Card } from '../../src/core/model.ts';
import type { Session } from '../../src/core/provider.ts';
import { signal } from '../support/session.ts';
import { declined, type HeldStory, type Practice, practise } from './planboxPractice.ts';

describe('iterations, members and items of Planbox', () => {
	let own: Practice;
	let session: Session;

	beforeEach(async () => {
		own = await practise();
		({ session } = own);
	});
	afterEach(() => own.server.close());

	const range = (start: string, end: string) =>
		new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' }).formatRange(
			new Date(start),
			new Date(end),
		);

	describe('timeframes as columns', () => {
		it('are those that the initiative has, what is over last', async () => {
			assert.deepEqual(
				(await own.columns(0)).map(({ name }) => name),
				['Current', 'Next', 'Backlog', 'Last iteration'],
			);
			assert.deepEqual(
				(await own.columns(1)).map(({ id }) => id),
				['current', 'next', 'after_next', 'backlog', 'last', 'before_last'],
			);
		});

		it('say which iteration they are and its days', async () => {
			const { iterations } = own.products[1]!;
			for (const { id, note } of await own.columns(1)) {
				const { num, start, end } = iterations.find(({ timeframe }) => timeframe === id)!;
				const expected =
					id === 'backlog'
						? 'A timeframe shared by all projects of the initiative.'
						: `Iteration ${num}, ${range(start, end)}, shared by all projects of the initiative.`;
				assert.equal(note, expected);
			}
		});

		it('are asked for with those timeframes that the initiative has, and with no others', async () => {
			await own.cardsIn('current', 0);
			await own.cardsIn('current', 1);
			const asked = own.lines.filter((line) => line.startsWith('get_stories'));
			const frames = asked.map((line) => [...line.matchAll(/timeframe\[]=(\w+)/g)].map(([, frame]) => frame));
			assert.deepEqual(frames, [
				['current', 'next', 'backlog', 'last'],
				['current', 'next', 'after_next', 'backlog', 'last', 'before_last'],
			]);
		});

		it('hold every item of every timeframe, once', async () => {
			for (const at of [0, 1]) {
				for (const board of await own.boards(at)) {
					for (const column of await session.boards!.columns(board, signal())) {
						const { items } = await session.boards!.cards(column, signal());
						const held = own.stories.filter(
							({ project_id, timeframe }) => String(project_id) === board.id && timeframe === column.id,
						);
						assert.deepEqual(items.map(({ id }) => id).sort(), held.map(({ id }) => String(id)).sort());
					}
				}
			}
			assert.ok(['after_next', 'before_last'].every((one) => own.stories.some(({ timeframe }) => timeframe === one)));
		});

		it('follow the iterations, which change over night, without being refreshed', async () => {
			const [board] = await own.boards();
			const current = async () => (await session.boards!.columns(board!, signal()))[0]?.note;
			const before = await current();
			const { iterations } = own.products[0]!;
			const [next] = iterations.filter(({ timeframe }) => timeframe === 'next');
			own.products[0]!.iterations = iterations.map((one) =>
				one.timeframe === 'current' ? { ...next!, timeframe: 'current' } : one,
			);
			assert.equal(await current(), before);
			const { now } = Date;
			try {
				const later = now() + 2 * 3_600_000;
				Date.now = () => later;
				assert.match((await current()) ?? '', /^Iteration 13, /);
				const asked = own.lines.length;
				await current();
				assert.equal(own.lines.length, asked);
			} finally {
				Date.now = now;
			}
		});

		it('take items also in the one after next, and from one that is over', async () => {
			const { moving } = session.cards!;
			const [planned] = await own.cardsIn('backlog', 1);
			const moved = await moving!.move(planned!, await own.column('after_next', 1), undefined, signal());
			assert.deepEqual([moved.columnId, own.story(moved.id).timeframe], ['after_next', 'after_next']);
			const [late] = await own.cardsIn('last', 1);
			assert.equal((await moving!.move(late!, await own.column('current', 1), 'any', signal())).columnId, 'current');
		});

		it('take none where the iteration is over, which is said before anything is sent', async () => {
			const card = await own.card();
			const to = await own.column('last');
			own.lines.length = 0;
			const why = session.cards!.moving!.whyNot!(card, to);
			assert.match(why ?? '', /iteration that is over, so Boardwalk moves none there\.$/);
			await assert.rejects(session.cards!.moving!.move(card, to, undefined, signal()), Refused);
			assert.deepEqual(own.lines, []);
		});

		it('take no new items but in the three that every initiative has', async () => {
			for (const { id, ...column } of await own.columns(1)) {
				const form = () => session.cards!.creation!.form({ id, ...column });
				if (['current', 'next', 'backlog'].includes(id)) {
					assert.ok(form());
				} else {
					assert.throws(form, NotAllowed);
				}
			}
		});
	});

	it('lists the iterations of an initiative in their order, with their days, asked for anew', async () => {
		const [list] = session.related?.workspace ?? [];
		assert.deepEqual(
			[list?.id, list?.name, list?.operations, list?.itemOperations],
			['iterations', 'Iterations', undefined, undefined],
		);
		const workspace = await own.workspace(1);
		own.lines.length = 0;
		const { items } = await list!.list(workspace, signal());
		assert.deepEqual(own.lines, ['get_product product_id=1235']);
		const { iterations } = own.products[1]!;
		const words = ['Before last', 'Last iteration', 'Current', 'Next', 'After next'];
		assert.deepEqual(
			items,
			iterations.map(({ id, num, start, end }, at) => ({
				id: String(id),
				name: `Iteration ${num}`,
				description: words[at] ? `${words[at]} · ${range(start, end)}` : 'Backlog',
			})),
		);
		own.products[1]!.iterations = [];
		assert.deepEqual((await list!.list(workspace, signal())).items, []);
		await assert.rejects(list!.list({ id: '4321', name: 'Gone' }, signal()), NotFound);
	});

	describe('members of a project', () => {
		const listed = async (board: { id: string; workspaceId: string }) =>
			(await session.related!.board![0]!.list({ name: '', ...board }, signal())).items;

		it('are workers and observers by their names, and nothing can be done with them', async () => {
			const [list] = session.related?.board ?? [];
			assert.deepEqual([list?.id, list?.operations, list?.itemOperations], ['members', undefined, undefined]);
			const [board] = await own.boards();
			own.lines.length = 0;
			const items = await listed(board!);
			assert.ok(own.lines.includes('get_project product_id=1234&project_id=5678'));
			const people = own.server.state['resources'] as { id: number; name: string; email: string }[];
			const { members } = own.projects[0]!;
			assert.equal(items.length, members.size);
			for (const { id, name, description, detail } of items) {
				const person = people.find((one) => String(one.id) === id);
				const how = members.get(Number(id)) === 'observer' ? 'Observer' : 'Worker';
				assert.deepEqual([name, detail, description], [person?.name, person?.email, how]);
			}
			assert.equal(items.at(-1)?.description, 'Observer', 'who looks on stands last');
			const workers = items.slice(0, -1).map(({ name }) => name);
			assert.deepEqual(
				workers,
				workers.toSorted((a, b) => a.localeCompare(b)),
			);
		});

		it('are listed also where Planbox names nobody, or only their numbers', async () => {
			own.projects[0]!.members.clear();
			own.instead = (line) =>
				line.startsWith('get_project ')
					? Response.json({
							code: 'ok',
							content: { id: 5678, name: 'A', product_id: 1234, resource_ids: [99], resource_associations: [] },
						})
					: undefined;
			assert.deepEqual(await listed({ id: '5678', workspaceId: '1234' }), [
				{ id: '99', name: 'Person 99', description: undefined, detail: undefined, icon: 'person' },
			]);
		});

		it('are no empty list where the answer tells nothing of them', async () => {
			own.instead = (line) =>
				line.startsWith('get_pro')
					? Response.json({ code: 'ok', content: { id: 5678, name: 'A', product_id: 1234 } })
					: undefined;
			await assert.rejects(listed({ id: '5678', workspaceId: '1234' }), UnexpectedReply);
			const iterations = session.related!.workspace![0]!;
			await assert.rejects(iterations.list({ id: '1234', name: 'A' }, signal()), UnexpectedReply);
		});

		it('of a project that is not there are no empty list', async () => {
			await assert.rejects(listed({ id: '1', workspaceId: '1234' }), NotFound);
		});
	});

	describe('tasks in progress', () => {
		const field = 'inprogress';
		const { stringify } = JSON;
		/** An item with a task in progress and one that is pending. */
		const mixed = ({ tasks }: HeldStory) =>
			tasks.some(({ status }) => status === 'inprogress') && tasks.some(({ status }) => status === 'pending');
		const idsOf = (card: Card, status: string) =>
			own
				.story(card.id)
				.tasks.filter((task) => task.status === status)
				.map(({ id }) => String(id));
		const edit = (card: Card, values: Values) => session.cards!.editing!.edit(card, values, signal());
		const warning = (card: Card, values: Values) => session.cards!.editing!.warning!(card, values);

		it('can be chosen among all tasks of the item', async () => {
			const card = await own.card(mixed);
			const found = session.cards!.editing!.fields(card).find(({ id }) => id === field);
			assert.ok(found?.kind === 'choice' && found.many);
			const { items } = await found.choices({}, signal());
			assert.deepEqual(
				items,
				own.story(card.id).tasks.map(({ id, name }) => ({ value: String(id), label: name })),
			);
			assert.deepEqual((await session.cards!.look(card, signal())).values[field], idsOf(card, 'inprogress'));
		});

		it('are warned of exactly where one starts, because of its timer', async () => {
			const card = await own.card(mixed);
			const [running = '', waiting = ''] = [idsOf(card, 'inprogress')[0], idsOf(card, 'pending')[0]];
			const [completed = ''] = idsOf(card, 'completed');
			const one = 'Planbox starts a time-tracking timer for the task that comes to be in progress.';
			assert.equal(warning(card, { [field]: [running, waiting] }), one);
			assert.equal(warning(card, { [field]: [waiting] }), one);
			assert.match(warning(card, { [field]: [waiting, completed] }) ?? '', /each of the 2 tasks/);
			for (const values of [
				{ [field]: [running] },
				{ [field]: [] },
				{ status: 'completed' },
				{ title: 'A', description: 'B', due: '2026-12-01', labels: ['c'] },
				{},
			]) {
				assert.equal(warning(card, values), undefined, stringify(values));
			}
			const looked = (await session.cards!.look(card, signal())).card;
			assert.deepEqual(looked.extra, card.extra);
		});

		it('start, stop and are completed, each by one call, and nothing else changes', async () => {
			const card = await own.card(mixed);
			const [running = '', waiting = ''] = [idsOf(card, 'inprogress')[0], idsOf(card, 'pending')[0]];
			const taskOf = (id: string) => own.story(card.id).tasks.find((task) => String(task.id) === id);
			const others = own.stories.filter(({ id }) => String(id) !== card.id);
			const before = structuredClone(others);
			own.lines.length = 0;
			const started = await edit(card, { [field]: [running, waiting] });
			const sent = () => own.lines.filter((line) => line.startsWith('update'));
			assert.deepEqual(sent(), [`update_task story_id=${card.id}&task_id=${waiting}&status=inprogress`]);
			assert.equal(taskOf(waiting)?.timer_start, '2026-11-20 12:00:00');
			assert.equal(started.extra?.[field], [running, waiting].toSorted().join());
			own.lines.length = 0;
			const stopped = await edit(started, { [field]: [running] });
			assert.deepEqual(sent(), [`update_task story_id=${card.id}&task_id=${waiting}&status=pending`]);
			assert.equal(taskOf(waiting)?.status, 'pending');
			const item = (await session.cards!.look(stopped, signal())).checklist!.find(({ id }) => id === running)!;
			await session.cards!.checklist!.set(stopped, item, { title: item.title, done: true }, signal());
			assert.equal(taskOf(running)?.status, 'completed');
			assert.deepEqual(others, before);
		});

		it('are left as others made them where the person did not touch them', async () => {
			const card = await own.card(mixed);
			const [running = '', waiting = ''] = [idsOf(card, 'inprogress')[0], idsOf(card, 'pending')[0]];
			const { tasks } = own.story(card.id);
			tasks.find(({ id }) => String(id) === running)!.status = 'completed';
			own.lines.length = 0;
			await edit(card, { [field]: [running, waiting] });
			assert.deepEqual(
				own.lines.filter((line) => line.startsWith('update')),
				[`update_task story_id=${card.id}&task_id=${waiting}&status=inprogress`],
			);
			assert.equal(tasks.find(({ id }) => String(id) === running)?.status, 'completed');
		});

		it('are not sent where the item has no such task', async () => {
			const card = await own.card(mixed);
			const before = own.held();
			await assert.rejects(edit(card, { [field]: ['1'], title: 'B' }), (error) => {
				assert.ok(error instanceof InvalidInput);
				assert.deepEqual(error.problems, [{ field, message: 'This item has no task 1.' }]);
				return true;
			});
			assert.deepEqual(own.held(), before);
		});

		it('that Planbox did not start are said beside the field', async () => {
			const card = await own.card(mixed);
			const [waiting = ''] = idsOf(card, 'pending');
			own.instead = (line) => (line.startsWith('update_task') ? Response.json({ code: 'ok', content: [] }) : undefined);
			await assert.rejects(edit(card, { [field]: [...idsOf(card, 'inprogress'), waiting] }), (error) => {
				assert.ok(error instanceof Refused);
				assert.deepEqual(error.problems, [{ field, message: 'Planbox did not take this.' }]);
				return true;
			});
		});

		it('are started once where the answer is lost', async () => {
			const card = await own.card(mixed);
			const [waiting = ''] = idsOf(card, 'pending');
			own.server.fault('update_task', 'cut');
			own.lines.length = 0;
			await assert.rejects(edit(card, { [field]: [...idsOf(card, 'inprogress'), waiting] }), OutcomeUnknown);
			assert.equal(own.calls().filter((call) => call === 'update_task').length, 1);
		});

		it('are nothing that the list to check off ever begins', async () => {
			const card = await own.card(mixed);
			for (const item of (await session.cards!.look(card, signal())).checklist ?? []) {
				await session.cards!.checklist!.set(card, item, { title: item.title, done: !item.done }, signal());
			}
			assert.ok(!own.lines.some((line) => line.includes('status=inprogress')));
			assert.ok(own.story(card.id).tasks.every(({ timer_start }) => timer_start === undefined));
		});
	});

	describe('the status of an item', () => {
		for (const [status, name, done] of [
			['pending', 'Pending', false],
			['inprogress', 'In progress', false],
			['completed', 'Completed', true],
			['delivered', 'Verified', true],
			['accepted', 'Accepted', true],
			['rejected', 'Rejected', false],
			['released', 'Released', true],
			['blocked', 'Blocked', false],
		] as const) {
			it(`“${status}” is called ${name} and is ${done ? '' : 'not '}done, in the list and by itself`, async () => {
				const { id } = await own.card();
				Object.assign(own.story(id), { status, blocked: 0 });
				session.forget();
				const card = await own.card((story) => String(story.id) === id);
				const detail = await session.cards!.look(card, signal());
				for (const one of [card, detail.card]) {
					assert.deepEqual([one.status, one.done, one.blocked], [name, done, status === 'blocked' ? '' : undefined]);
				}
				assert.equal(detail.values['status'], status);
				const values = await session.cards!.editing!.completion!(card, true, signal());
				assert.deepEqual(values, done ? undefined : { status: 'completed' });
				assert.equal(await session.cards!.editing!.completion!(card, false, signal()), undefined);
			});
		}

		it('is completed by what completion says, and that is looked at', async () => {
			const card = await own.card(({ status }) => status === 'inprogress');
			const values = await session.cards!.editing!.completion!(card, true, signal());
			const done = await session.cards!.editing!.edit(card, values!, signal());
			assert.deepEqual([done.done, own.story(card.id).status], [true, 'completed']);
		});

		it('stands beside type, importance, points and value as facts', async () => {
			const card = await own.card();
			Object.assign(own.story(card.id), { type: 'bug', importance: 5, points: '8', value: 3 });
			const { facts } = await session.cards!.look(card, signal());
			const known = new Map(facts?.map(({ label, value }) => [label, value]));
			assert.deepEqual(
				['Type', 'Importance', 'Points', 'Value'].map((label) => known.get(label)),
				['bug', 'Critical', '8', '3'],
			);
		});
	});

	it('finds what is mine by one question for the projects of all initiatives', async () => {
		await session.workspaces(signal());
		own.lines.length = 0;
		const { items } = await session.cards!.mine!(signal());
		const found = [...new Set(items.map(({ workspace }) => workspace.id))];
		assert.ok(found.length > 1);
		const asked = own.lines.filter((line) => line.startsWith('get_projects'));
		assert.equal(asked.length, 1);
		assert.ok(found.every((id) => asked[0]?.includes(`product_id[]=${id}`)));
		assert.ok(!own.lines.some((line) => /timeframe\[]=(before_)?last/.test(line)));
		own.instead = (line) => (line.startsWith('get_projects') ? declined('Product not found') : undefined);
		session.forget();
		await assert.rejects(session.cards!.mine!(signal()), NotFound);
	});

	describe('one property of an item with many', () => {
		/** What each field is at the vendor. */
		const columns = { title: 'name', description: 'description', due: 'due_on', labels: 'tags', status: 'status' };
		const text = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }).map((one) => one.trim() || 'x');
		const values: Record<string, fc.Arbitrary<FieldValue>> = {
			title: text,
			description: text.map((one) => `<p>${one.replaceAll(/[<>&]/g, '')} &amp; more</p>`),
			due: fc
				.date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
				.map((date) => date.toISOString().slice(0, 10)),
			labels: fc.uniqueArray(
				text.map((one) => one.replaceAll(',', '').trim() || 'x'),
				{ maxLength: 5 },
			),
			status: fc.constantFrom('completed', 'delivered', 'accepted', 'rejected', 'released'),
		};
		const edits = fc.oneof(...Object.entries(values).map(([field, value]) => fc.tuple(fc.constant(field), value)));
		const wire = (field: string, value: FieldValue) =>
			Array.isArray(value) ? value.join(',') : field === cardField.due && value === '' ? '0000-00-00' : value;

		/** Tags are in no certain order. */
		const inAnyOrder = ({ tags, ...story }: HeldStory) => ({ ...story, tags: String(tags).split(',').toSorted() });

		it('is the only one that differs at Planbox after it was edited', async () => {
			const { id } = await own.card(({ tasks }) => tasks.length > 1);
			Object.assign(own.story(id), {
				note: 'A note',
				value: 13,
				points: 5,
				ticket: 'T-1',
				source: 'web',
				baseline: 1,
				carried_over_count: 2,
				tags: 'quay,tide',
				due_on: '2026-12-24',
				recurring: 1,
				blocked: '1',
				custom: { deep: ['a'] },
			});
			session.forget();
			let card = await own.card((story) => String(story.id) === id);
			await fc.assert(
				fc.asyncProperty(edits, async ([field, value]) => {
					const before = structuredClone(own.stories);
					card = await session.cards!.editing!.edit(card, { [field]: value }, signal());
					const expected = before.map((story) =>
						String(story.id) === id
							? { ...story, [columns[field as keyof typeof columns]]: wire(field, value) }
							: story,
					);
					assert.deepEqual(own.stories.map(inAnyOrder), expected.map(inAnyOrder));
				}),
				{ numRuns: 150 },
			);
		}).timeout(60_000);
	});
});
