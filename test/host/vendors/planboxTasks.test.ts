import assert from 'node:assert/strict';
import type { Story } from '../../../src/sandbox/planbox/held.ts';
import type { Desk } from './desk.ts';
import { CardDesk, heldBy, openDesk, storyOf, withRight, writesWhile } from './planboxDesk.ts';

const project = ['Harbour renewal', 'Delivery'] as const;

describe('planbox: tasks in progress', () => {
	const many = 'Label every switch';
	const busy = 'Texte für die Startseite schreiben';
	let desk: Desk;
	let page: CardDesk;
	before(async () => {
		desk = await openDesk();
	});
	beforeEach(() => {
		for (const [title, states] of [
			[many, ['pending', 'pending', 'pending', 'pending']],
			[busy, ['inprogress', 'completed', 'pending', 'completed']],
		] as const) {
			storyOf(desk, 'Delivery', title).tasks.forEach((task, at) => {
				Object.assign(task, { status: states[at], timer_start: undefined });
			});
		}
	});
	afterEach(() => page.close());
	after(() => desk.close());

	const ids = (title: string) => storyOf(desk, 'Delivery', title).tasks.map(({ id }) => String(id));
	const states = (title: string) => storyOf(desk, 'Delivery', title).tasks.map(({ status }) => status);
	const open = async (title: string) => {
		await desk.do('refreshNode', []);
		page = await CardDesk.open(desk, ...project, title === many ? 'Backlog' : 'Current', title);
	};
	const update = 'POST /api/update_task';

	it('are announced before they are sent, one by one: each gets a timer', async () => {
		await open(many);
		const [, second = ''] = ids(many);
		const sent = await writesWhile(desk, async () => {
			const { said } = await page.save({ inprogress: [second] }, { press: 'Save' });
			assert.ok(said.some((one) => /starts a time-tracking timer for the task that comes to be in progress/.test(one)));
		});
		assert.deepEqual(sent, [update]);
		assert.deepEqual(states(many), ['pending', 'inprogress', 'pending', 'pending']);
		assert.ok(storyOf(desk, 'Delivery', many).tasks[1]?.['timer_start']);
	});

	it('are counted where several come to be in progress', async () => {
		await open(many);
		const [first = '', , third = ''] = ids(many);
		const sent = await writesWhile(desk, async () => {
			const { said } = await page.save({ inprogress: [first, third] }, { press: 'Save' });
			assert.ok(said.some((one) => /a time-tracking timer for each of the 2 tasks/.test(one)));
		});
		assert.deepEqual(sent, [update, update]);
		assert.deepEqual(states(many), ['inprogress', 'pending', 'inprogress', 'pending']);
	});

	it('are not sent where that is declined', async () => {
		await open(many);
		const sent = await writesWhile(desk, () => page.save({ inprogress: ids(many) }, { press: undefined }));
		assert.deepEqual(sent, []);
		assert.deepEqual(new Set(states(many)), new Set(['pending']));
	});

	it('are announced no more where they are so already, and stop without a question', async () => {
		await open(busy);
		const [first = '', second = ''] = ids(busy);
		assert.deepEqual(page.view.fields.find(({ id }) => id === 'inprogress')?.value, [first]);
		const none = await writesWhile(desk, () => page.save({ inprogress: [first] }));
		assert.deepEqual(none, []);
		await page.save({ inprogress: [] });
		assert.deepEqual(states(busy), ['pending', 'completed', 'pending', 'completed']);
		assert.notEqual(second, '');
	});

	it('ask as well where taking back starts a timer again: declined nothing is sent, agreed it is', async () => {
		await open(busy);
		await page.save({ inprogress: [] });
		const sent = await writesWhile(desk, async () => {
			const { said } = await desk.do('undo', [], { press: undefined });
			assert.match(said.join(), /^Take back: .*\?\nPlanbox starts a time-tracking timer for the task/);
		});
		assert.deepEqual(sent, []);
		assert.equal(states(busy)[0], 'pending');
		await desk.do('undo', [], { press: 'Take Back' });
		assert.equal(states(busy)[0], 'inprogress');
	});

	it('stop without a question where starting them is taken back', async () => {
		await open(many);
		await page.save({ inprogress: ids(many).slice(0, 1) }, { press: 'Save' });
		const { said } = await desk.do('undo', []);
		assert.deepEqual(said, []);
		assert.deepEqual(new Set(states(many)), new Set(['pending']));
	});

	it('are left as somebody else made them meanwhile, where starting them is taken back', async () => {
		await open(many);
		await page.save({ inprogress: ids(many).slice(0, 1) }, { press: 'Save' });
		Object.assign(storyOf(desk, 'Delivery', many).tasks[1] ?? {}, { status: 'inprogress' });
		const sent = await writesWhile(desk, async () => {
			const { said } = await desk.do('undo', []);
			assert.match(said.join(), /was changed again since, so it was left as it is\./);
		});
		assert.deepEqual(sent, []);
	});

	it('are named beside the field where one is gone meanwhile, and nothing is sent', async () => {
		await open(many);
		const { tasks } = storyOf(desk, 'Delivery', many);
		const last = tasks.pop() ?? assert.fail();
		const sent = await writesWhile(desk, async () => {
			const { said } = await page.save({ inprogress: [String(last.id)] }, { press: 'Save' });
			assert.ok(
				said.some((one) => one === `inprogress: This item has no task ${last.id}.`),
				said.join(' | '),
			);
		});
		tasks.push(last);
		assert.deepEqual(sent, []);
	});

	it('are refused in Planbox’s words where the right was taken away meanwhile', async () => {
		await open(many);
		await withRight(desk, project[0], 'read', async () => {
			const { said } = await page.save({ inprogress: ids(many).slice(0, 1) }, { press: 'Save' });
			assert.match(said.join(' | '), /You do not have permission to do this/);
		});
		assert.deepEqual(new Set(states(many)), new Set(['pending']));
	});
});

describe('planbox: closing an item', () => {
	const title = 'Talk to the fire brigade';
	const path = [...project, 'Current', title];
	let desk: Desk;
	before(async () => {
		desk = await openDesk();
	});
	beforeEach(async () => {
		Object.assign(storyOf(desk, 'Delivery', title), { status: 'inprogress' });
		await desk.do('refreshNode', []);
	});
	afterEach(() => desk.served.faults.clear());
	after(() => desk.close());

	it('is offered at its line, completes it, and is offered no more', async () => {
		assert.ok((await desk.offered(...path)).includes('closeCard'));
		const sent = await writesWhile(desk, () => desk.do('closeCard', path));
		assert.deepEqual(sent, ['POST /api/update_story_status']);
		assert.equal(storyOf(desk, 'Delivery', title)['status'], 'completed');
		assert.ok(!(await desk.offered(...path)).includes('closeCard'));
	});

	it('is begun from the palette too, where the item is asked for', async () => {
		const picks = ['Desk', ...path].map((pick) => ({ pick }));
		await desk.fromPalette('closeCard', ...picks);
		assert.equal(storyOf(desk, 'Delivery', title)['status'], 'completed');
	});

	it('is refused in the palette for an item that may only be read', async () => {
		const picks = ['Desk', 'Straßenbahn Linie 7', 'Build', 'Current'].map((pick) => ({ pick }));
		const [card = ''] = await desk.labels('Straßenbahn Linie 7', 'Build', 'Current');
		const sent = await writesWhile(desk, async () => {
			const { said } = await desk.fromPalette('closeCard', ...picks, { pick: card });
			assert.ok(said.includes('You are an observer of this project, who may only read it.'), said.join());
		});
		assert.deepEqual(sent, []);
	});

	it('leaves one alone that somebody completed or accepted meanwhile, and says so', async () => {
		Object.assign(storyOf(desk, 'Delivery', title), { status: 'accepted' });
		const sent = await writesWhile(desk, async () => {
			const { said } = await desk.do('closeCard', path);
			assert.deepEqual(said, [`“${title}” can’t be closed.`]);
		});
		assert.deepEqual(sent, []);
		assert.equal(storyOf(desk, 'Delivery', title)['status'], 'accepted');
	});

	it('has no way back: reopening and taking back are refused in words, and nothing is sent', async () => {
		await desk.do('closeCard', path);
		const sent = await writesWhile(desk, async () => {
			const { said } = await desk.do('reopenCard', path);
			assert.deepEqual(said, [`“${title}” can’t be reopened.`]);
			const back = await desk.fromPalette('showUndo', { pick: title });
			assert.match(back.said.join(), /Planbox has no call that leads an item into this status\./);
		});
		assert.deepEqual(sent, []);
		assert.equal(storyOf(desk, 'Delivery', title)['status'], 'completed');
	});

	it('says in Planbox’s words that the right was taken away or the item is gone meanwhile', async () => {
		await withRight(desk, project[0], 'read', async () => {
			const { said } = await desk.do('closeCard', path);
			assert.match(said.join(), /You do not have permission to do this/);
		});
		const { stories } = heldBy(desk);
		await desk.labels(...project, 'Current');
		const place = stories.indexOf(storyOf(desk, 'Delivery', title));
		const [gone] = stories.splice(place, 1) as [Story];
		const { said } = await desk.do('closeCard', path);
		stories.splice(place, 0, gone);
		assert.match(said.join(), /Planbox.*Story not found/);
		assert.equal(gone['status'], 'inprogress');
	});

	for (const kind of ['403', '500', 'cut', 'malformed'] as const) {
		it(`shows it as it is where closing it met trouble (${kind}), which is said`, async () => {
			desk.served.faults.add({ pattern: '/update_story_status', kind });
			const { said } = await desk.do('closeCard', path);
			assert.notDeepEqual(said, []);
			desk.served.faults.clear();
			await desk.do('refreshNode', []);
			const isDone = storyOf(desk, 'Delivery', title)['status'] === 'completed';
			assert.equal((await desk.offered(...path)).includes('closeCard'), !isDone);
		});
	}
});
