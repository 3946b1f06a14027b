import assert from 'node:assert/strict';
import { InvalidInput, NotFound, OutcomeUnknown, Refused } from '../../src/core/errors.ts';
import type { Board, Card, Column } from '../../src/core/model.ts';
import type { Session } from '../../src/core/provider.ts';
import type { Entity } from '../../src/sandbox/beebole/store.ts';
import { signal } from '../support/session.ts';
import { type Desk, openDesk, send } from './beeboleDesk.ts';

describe('cards of Beebole', () => {
	let desk: Desk;
	let session: Session;
	let board: Board;
	let own: Column;
	let column: Column;
	let card: Card;
	/** The project and the subproject as Beebole holds them. */
	let project: Entity;
	let subproject: Entity;
	let task: Entity;

	beforeEach(async () => {
		desk = await openDesk();
		({ session } = desk);
		project = desk.entity('project', ({ values }) => values.size > 0);
		board = await desk.board(({ id }) => id === String(project.id));
		[own, column] = (await desk.columns(board)) as [Column, Column];
		subproject = desk.entity('subproject', ({ id }) => String(id) === column.id);
		const { items } = await session.boards!.cards(own, signal());
		await session.boards!.cards(column, signal());
		card = items.find(({ id }) => ![...subproject.links.specificTasks].some((one) => String(one.id) === id))!;
		task = desk.entity('task', ({ id }) => String(id) === card.id);
		desk.sent.length = 0;
	});
	afterEach(() => desk.server.close());

	const has = (place: Entity): boolean => place.links.specificTasks.has(task);
	const detach = 'project.detach_specific_task';
	const attach = 'subproject.attach_specific_task';

	it('have no people, dates, comments or lists', () => {
		const { editing } = session.cards!;
		assert.deepEqual(Object.keys(session.cards!).toSorted(), ['creation', 'editing', 'look', 'moving', 'removal']);
		assert.deepEqual(
			editing?.fields(card).map(({ id }) => id),
			['title'],
		);
		assert.equal(session.columnOrdering, undefined);
	});

	it('are renamed everywhere in the company, which is said before', async () => {
		const { editing } = session.cards!;
		assert.match(editing?.warning?.(card, { title: 'Anders' }) ?? '', /everywhere in the company/);
		assert.equal(editing?.warning?.(card, { title: card.title }), undefined);
		await editing!.edit(card, { title: ' Anders ' }, signal());
		assert.deepEqual(desk.sent[0], { service: 'task.update', task: { id: task.id, name: 'Anders' } });
		assert.equal(task.name, 'Anders');
		const { items } = await session.boards!.cards(own, signal());
		assert.ok(items.some(({ title }) => title === 'Anders'));
	});

	it('take no empty name', async () => {
		await assert.rejects(session.cards!.editing!.edit(card, { title: ' ' }, signal()), InvalidInput);
		assert.deepEqual(desk.sent, []);
	});

	it('are made on the company and attached, and say so where that is half of it', async () => {
		const form = session.cards!.creation!.form(column);
		const made = await send(form, { title: 'Neu' });
		const { id } = desk.entity('task', ({ name }) => name === 'Neu');
		assert.deepEqual(desk.sent, [
			{ service: 'task.create', task: { name: 'Neu', company: { id: project.parent!.id } } },
			{ service: attach, id: subproject.id, task: { id } },
		]);
		assert.equal(made.id, String(id));
		desk.instead = ({ service }) =>
			service === attach ? Response.json({ status: 'error', message: 'no' }) : undefined;
		await assert.rejects(send(form, { title: 'Halb' }), (error) => {
			assert.ok(error instanceof Refused);
			assert.match(error.message, /“Halb” was made and stays in the company/);
			return true;
		});
	});

	it('are taken away from where they are, and nothing else becomes of them', async () => {
		const { removal } = session.cards!;
		assert.match(removal?.effect ?? '', /stays in the company/);
		await removal!.remove(card, signal());
		assert.deepEqual(desk.sent, [{ service: detach, id: project.id, task: { id: task.id } }]);
		assert.ok(!has(project) && task.active);
		await assert.rejects(session.cards!.look(card, signal()), NotFound);
		await removal!.restore!(card, signal());
		assert.ok(has(project));
	});

	it('that stand in several columns of their board are neither moved nor taken away as if they were one', async () => {
		subproject.links.specificTasks.add(task);
		const { moving, removal } = session.cards!;
		const another = { ...column, id: '999', name: 'Anderswo' };
		assert.equal(removal!.whyNot?.(card), undefined);
		session.forget();
		await session.boards!.cards(own, signal());
		await session.boards!.cards(column, signal());
		assert.match(removal!.whyNot?.(card) ?? '', /several columns/);
		assert.match(moving!.whyNot?.(card, another) ?? '', /several columns/);
		subproject.links.specificTasks.delete(task);
		session.forget();
		await session.boards!.cards(own, signal());
		await session.boards!.cards(column, signal());
		assert.equal(removal!.whyNot?.(card), undefined);
		const moved = await moving!.move(card, column, undefined, signal());
		assert.equal(moving!.whyNot?.(moved, own), undefined, 'the way back is free');
		assert.equal(removal!.whyNot?.(moved), undefined);
	});

	describe('move', () => {
		const move = () => session.cards!.moving!.move(card, column, undefined, signal());

		it('by being attached there first and then detached here', async () => {
			assert.equal((await move()).columnId, column.id);
			assert.deepEqual(desk.services(), [attach, detach]);
			assert.ok(!has(project) && has(subproject));
		});

		it('not to a place that is known to have them', async () => {
			subproject.links.specificTasks.add(task);
			session.forget();
			const whyNot = (to: Column) => session.cards!.moving!.whyNot?.(card, to);
			assert.equal(whyNot(column), undefined);
			await session.boards!.cards(column, signal());
			assert.match(whyNot(column) ?? '', /already/);
			assert.equal(whyNot(own), undefined);
		});

		it('nowhere within their column, where no order is kept', async () => {
			assert.equal(session.cards!.moving!.places, 'none');
			await session.cards!.moving!.move(card, own, undefined, signal());
			assert.deepEqual(desk.sent, []);
		});

		it('not at all where attaching is refused', async () => {
			desk.instead = ({ service }) =>
				service === attach ? Response.json({ status: 'error', message: 'no' }) : undefined;
			await assert.rejects(move(), Refused);
			assert.deepEqual(desk.services(), [attach]);
			assert.ok(has(project) && !has(subproject));
		});

		it('back where the answer to attaching was lost', async () => {
			desk.after = ({ service }, answer) => (service === attach ? new Response('{"st') : answer);
			await assert.rejects(move(), OutcomeUnknown);
			assert.deepEqual(desk.services(), [attach, 'subproject.detach_specific_task']);
			assert.ok(has(project) && !has(subproject));
		});

		it('and take nothing back that may have been there before', async () => {
			session.forget();
			subproject.links.specificTasks.add(task);
			desk.after = ({ service }, answer) => (service === attach ? new Response('{"st') : answer);
			await assert.rejects(move(), OutcomeUnknown);
			assert.ok(has(project) && has(subproject));
		});

		it('half, and say so, where detaching is refused or its answer lost', async () => {
			desk.instead = ({ service }) =>
				service === detach ? Response.json({ status: 'error', message: 'no' }) : undefined;
			await assert.rejects(move(), (error) => {
				assert.ok(error instanceof Refused);
				assert.match(error.message, /is in .* now, and still where it was/);
				return true;
			});
			assert.ok(has(project) && has(subproject));
			desk.instead = () => undefined;
			desk.after = ({ service }, answer) => (service === detach ? new Response('{"st') : answer);
			await assert.rejects(move(), OutcomeUnknown);
			assert.equal(desk.services().filter((service) => service === detach).length, 2);
		});
	});

	it('are changed by nobody with a token that may only read', async () => {
		session = desk.sessionOf((desk.server.state['readOnly'] as { token: string }).token);
		const { editing, moving, removal, creation } = session.cards!;
		const tries = [
			() => editing!.edit(card, { title: 'X' }, signal()),
			() => moving!.move(card, column, undefined, signal()),
			() => removal!.remove(card, signal()),
			() => send(creation!.form(column), { title: 'X' }),
		];
		for (const run of tries) {
			await assert.rejects(run, Refused);
		}
	});
});
