import assert from 'node:assert/strict';
import type { Iteration, Resource } from '../../../src/sandbox/planbox/held.ts';
import type { CardNode } from '../../../src/views/nodes/card.ts';
import type { Desk } from './desk.ts';
import { heldBy, openDesk, productOf, projectOf, storyOf, withRight, writesWhile } from './planboxDesk.ts';

const project = ['Harbour renewal', 'Delivery'] as const;
const wide = ['Website relaunch', 'Redaktion'] as const;
const over = 'Planbox does not say that it takes items into an iteration that is over, so Boardwalk moves none there.';

describe('planbox: timeframes', () => {
	let desk: Desk;
	before(async () => {
		desk = await openDesk();
	});
	afterEach(() => desk.served.faults.clear());
	after(() => desk.close());

	/** The first item there: titles may be those of others too. */
	const firstIn = async (path: readonly string[], timeframe: string) => {
		const [first] = await desk.own.services.tree.getChildren(await desk.line(...path, timeframe));
		const { id, title } = (first as CardNode).card;
		const story = heldBy(desk).stories.find((one) => String(one.id) === id) ?? assert.fail(title);
		const isIn = async (at: string) => {
			const lines = await desk.own.services.tree.getChildren(await desk.line(...path, at));
			return lines.some((line) => (line as Partial<CardNode>).card?.id === id);
		};
		return { title, story, isIn };
	};
	const move = (path: readonly string[], from: string, title: string, to: string, end = 'First') =>
		desk.do('moveCard', [...path, from, title], { pick: to }, { pick: end });

	it('are the columns of every project, what is worked on first and what is over last', async () => {
		assert.deepEqual((await desk.labels(...project)).slice(-4), ['Current', 'Next', 'Backlog', 'Last iteration']);
		const all = ['Current', 'Next', 'After next', 'Backlog', 'Last iteration', 'Before last'];
		assert.deepEqual((await desk.labels(...wide)).slice(-6), all);
		assert.deepEqual((await desk.labels('Website relaunch', 'Permits')).slice(-6), all);
	});

	for (const [timeframe, may] of Object.entries({
		Current: true,
		Next: true,
		Backlog: true,
		'After next': false,
		'Last iteration': false,
		'Before last': false,
	})) {
		it(`${timeframe}: a new item is ${may ? 'offered' : 'not offered, and refused with the reason'}`, async () => {
			assert.equal((await desk.offered(...wide, timeframe)).includes('newCard'), may);
			if (!may) {
				const { said } = await desk.do('createCard', [...wide, timeframe]);
				assert.match(said.join(), /Planbox takes new items .* into the current, next and backlog timeframes only\./);
			}
		});
	}

	for (const [to, id, end] of [
		['Next', 'next', 'First'],
		['After next', 'after_next', 'Last'],
		['Backlog', 'backlog', 'First'],
	] as const) {
		it(`take an item over from the current one into ${to}, ${end.toLowerCase()} of all`, async () => {
			const { title, story, isIn } = await firstIn(wide, 'Current');
			const sent = await writesWhile(desk, () => move(wide, 'Current', title, to, end));
			assert.deepEqual(sent, ['POST /api/move_story_to_iteration']);
			assert.equal(story.timeframe, id);
			const theirs = heldBy(desk).stories.filter(
				(one) => one.timeframe === id && one.product_id === story.product_id && one !== story,
			);
			assert.ok(
				theirs.every(({ priority }) => (end === 'First' ? priority > story.priority : priority < story.priority)),
			);
			assert.equal((await desk.labels(...wide, to)).at(end === 'First' ? 0 : -1), title);
			assert.deepEqual([await isIn(to), await isIn('Current')], [true, false]);
		});
	}

	it('give an item back that was moved, where that is taken back', async () => {
		const { title, story, isIn } = await firstIn(wide, 'Current');
		await move(wide, 'Current', title, 'Next');
		await desk.do('undo', []);
		assert.equal(story.timeframe, 'current');
		assert.ok(await isIn('Current'));
	});

	for (const to of ['Last iteration', 'Before last']) {
		it(`take no item into “${to}”, which is said, and nothing is sent`, async () => {
			const { title, story, isIn } = await firstIn(wide, 'Current');
			const sent = await writesWhile(desk, async () => {
				const { said } = await move(wide, 'Current', title, to);
				assert.ok(said.includes(over), said.join());
			});
			assert.deepEqual(sent, []);
			assert.ok(await isIn('Current'));
			assert.equal(story.timeframe, 'current');
		});
	}

	it('take an item out of one that is over, which may not come back by itself', async () => {
		const { title, story, isIn } = await firstIn(wide, 'Last iteration');
		await move(wide, 'Last iteration', title, 'Current');
		assert.equal(story.timeframe, 'current');
		const { said } = await desk.do('undo', []);
		assert.ok(said.includes(over), said.join());
		assert.equal(story.timeframe, 'current');
		assert.ok(await isIn('Current'));
	});

	it('say in Planbox’s words where one is gone meanwhile, and the item stands where it stood', async () => {
		const { title, story, isIn } = await firstIn(project, 'Current');
		const iterations = productOf(desk, 'Harbour renewal').iterations as Iteration[];
		const kept = iterations.splice(
			iterations.findIndex(({ timeframe }) => timeframe === 'next'),
			1,
		);
		const { said } = await move(project, 'Current', title, 'Next');
		iterations.splice(2, 0, ...kept);
		assert.match(said.join(), /Planbox.*Timeframe or position not found/);
		assert.equal(story.timeframe, 'current');
		assert.ok(await isIn('Current'));
	});

	for (const kind of ['403', '500', 'cut', 'malformed'] as const) {
		it(`show an item where it is where moving it met trouble (${kind}), which is said`, async () => {
			const { title, story, isIn } = await firstIn(project, 'Current');
			desk.served.faults.add({ pattern: '/move_story_to_iteration', kind });
			const { said } = await move(project, 'Current', title, 'Next');
			assert.notDeepEqual(said, []);
			desk.served.faults.clear();
			const isMoved = story.timeframe === 'next';
			await desk.do('refreshNode', []);
			assert.deepEqual([await isIn('Next'), await isIn('Current')], [isMoved, !isMoved]);
			await (isMoved ? move(project, 'Next', title, 'Current') : undefined);
		});
	}
});

describe('planbox: creating an item', () => {
	const path = [...project, 'Next'];
	let desk: Desk;
	before(async () => {
		desk = await openDesk();
	});
	after(() => desk.close());

	it('wants a name, a description and tags without commas, then makes it where it was begun', async () => {
		let said: readonly string[] = [];
		const sent = await writesWhile(desk, async () => {
			({ said } = await desk.do(
				'createCard',
				path,
				{ form: { title: ' ', description: '', labels: ['a,b'] } },
				{ form: { title: 'Paint the quay', description: '<p>Blue</p>', labels: ['paint', 'quay'] } },
			));
		});
		for (const problem of ['title: Name is needed.', 'description: Description is needed.']) {
			assert.ok(said.includes(problem), said.join(' | '));
		}
		assert.ok(said.includes('labels: A tag can’t have a comma in it.'), said.join(' | '));
		assert.deepEqual(sent, ['POST /api/third_party_create_story']);
		const { timeframe, tags, description } = storyOf(desk, 'Delivery', 'Paint the quay');
		assert.deepEqual([timeframe, tags, description], ['next', 'paint,quay', '<p>Blue</p>']);
		assert.ok((await desk.labels(...path)).includes('Paint the quay'));
	});

	it('is begun from the palette too, where the timeframe is asked for', async () => {
		const picks = ['Desk', ...path].map((pick) => ({ pick }));
		await desk.fromPalette('createCard', ...picks, { form: { title: 'By the palette', description: 'Blue' } });
		assert.equal(storyOf(desk, 'Delivery', 'By the palette').timeframe, 'next');
	});

	it('is not sent where another project has the same short name, which alone would tell them apart', async () => {
		const twin = Object.assign(projectOf(desk, 'Design'), { alias: 'delivery' });
		await desk.do('refreshNode', []);
		const sent = await writesWhile(desk, async () => {
			const form = { title: 'Whose?', description: 'Nobody knows' };
			const { said } = await desk.do('createCard', path, { form }, { cancelForm: true });
			assert.match(said.join(), /by its short name, and several projects have “DELIVERY”\./);
		});
		Object.assign(twin, { alias: 'DESIGN' });
		assert.deepEqual(sent, []);
	});
});

describe('planbox: errors that arrive as HTTP 200', () => {
	let desk: Desk;
	before(async () => {
		desk = await openDesk();
	});
	after(() => desk.close());

	it('of a new item where the integration is off are Planbox’s words with the likely reason, and what was typed stays', async () => {
		const values = { title: 'Not taken', description: 'Nor this' };
		const { said, forms } = await desk.do(
			'createCard',
			[...wide, 'Next'],
			{ form: values },
			{ form: { title: 'Not either' } },
			{ cancelForm: true },
		);
		assert.equal(forms.length, 1);
		const words =
			/Planbox declined: Third-party access was refused\. An admin of the initiative must have switched on its third-party/;
		assert.equal(said.filter((one) => words.test(one)).length, 2, said.join(' | '));
		assert.ok(!said.join().includes(productOf(desk, wide[0]).token), 'the initiative’s token was shown');
		assert.ok(!heldBy(desk).stories.some(({ name }) => name === 'Not taken' || name === 'Not either'));
	});

	it('of a renamed item are said, and its line keeps the name it has', async () => {
		const path = [...project, 'Current', 'Choose the typeface'];
		await desk.labels(...project, 'Current');
		await withRight(desk, project[0], 'read', async () => {
			const { said } = await desk.do('renameCard', path, { type: 'Other' });
			assert.match(said.join(), /You do not have permission to do this/);
		});
		assert.equal(storyOf(desk, 'Delivery', 'Choose the typeface')['name'], 'Choose the typeface');
		assert.ok((await desk.labels(...project, 'Current')).includes('Choose the typeface'));
	});

	it('of a token that is good no longer ask to sign in again, in the tree', async () => {
		const [ada] = heldBy(desk).resources as { -readonly [Key in keyof Resource]: Resource[Key] }[];
		assert.ok(ada);
		const { token } = ada;
		ada.token = 'another';
		await desk.do('refreshNode', []);
		const shown = await desk.labels();
		ada.token = token;
		assert.equal(shown.length, 1);
		assert.match(shown[0] ?? '', /Planbox/);
		const line = await desk.line(shown[0] ?? '');
		assert.ok(line.item().context.includes('signIn'), line.item().context.join());
	});
});
