import assert from 'node:assert/strict';
import type { Iteration } from '../../../src/sandbox/planbox/held.ts';
import type { Desk } from './desk.ts';
import { heldBy, openDesk, productOf, projectOf } from './planboxDesk.ts';

describe('planbox: related lists', () => {
	let desk: Desk;
	before(async () => {
		desk = await openDesk();
	});
	afterEach(() => desk.served.faults.clear());
	after(() => desk.close());

	const refreshed = async (...path: readonly string[]) => {
		await desk.do('refreshNode', path);
		return desk.labels(...path);
	};
	const descriptions = async (...path: readonly string[]) => {
		const { tree } = desk.own.services;
		const lines = await tree.getChildren(await desk.line(...path));
		return lines.map((line) => line.item().description);
	};

	it('show an initiative’s iterations in their order, with timeframe and days, to be read', async () => {
		const path = ['Website relaunch', 'Iterations'];
		const names = [10, 11, 12, 13, 14, 99].map((num) => `Iteration ${num}`);
		assert.deepEqual(await desk.labels(...path), names);
		const said = await descriptions(...path);
		const timeframes = ['Before last', 'Last iteration', 'Current', 'Next', 'After next', 'Backlog'];
		assert.deepEqual(
			said.map((one) => one?.split(' · ')[0]),
			timeframes,
		);
		assert.ok(said.slice(0, 5).every((one) => /\d/.test(one?.split(' · ')[1] ?? '')));
		assert.equal(said[5], 'Backlog', 'the backlog ends on no day');
		assert.deepEqual(await desk.offered(...path), ['related']);
	});

	it('show the iterations as they are now, and say in words that there is none', async () => {
		const iterations = productOf(desk, 'Café Ångström').iterations as Iteration[];
		const path = ['Café Ångström', 'Iterations'];
		assert.equal((await desk.labels(...path)).length, 4);
		const kept = iterations.splice(0);
		assert.deepEqual(await refreshed(...path), ['Planbox names no iteration of this initiative.']);
		iterations.push(...kept);
		assert.equal((await refreshed(...path)).length, 4);
	});

	it('show a project’s members, workers before observers, to be read', async () => {
		const path = ['Harbour renewal', 'Delivery', 'Members'];
		const names = await desk.labels(...path);
		assert.equal(names.length, heldBy(desk).resources.length);
		assert.deepEqual([names[0], names.at(-1)], ['Ada Lindqvist', 'Björk Jónsdóttir']);
		const said = await descriptions(...path);
		assert.deepEqual(new Set(said.slice(0, -1)), new Set(['Worker']));
		assert.equal(said.at(-1), 'Observer');
		assert.deepEqual(await desk.offered(...path), ['related']);
		assert.deepEqual(await desk.offered(...path, 'Ada Lindqvist'), ['relatedItem']);
	});

	it('show a member without a name as a number where Planbox names nobody of the initiative', async () => {
		desk.served.faults.add({ pattern: '/get_resources', kind: '403' });
		await desk.do('refreshNode', []);
		const names = await desk.labels('Book of recipes', 'Permits', 'Members');
		assert.ok(names.length > 1 && names.every((name) => /^Person \d+$/.test(name)), names.join());
		desk.served.faults.clear();
		await desk.do('refreshNode', []);
		assert.ok((await desk.labels('Book of recipes', 'Permits', 'Members')).includes('Ada Lindqvist'));
	});

	it('say in Planbox’s words that a project is gone meanwhile, and show it once it is back', async () => {
		const path = ['Harbour renewal', 'Risks', 'Members'];
		await desk.labels('Harbour renewal', 'Risks');
		const members = projectOf(desk, 'Risks').members as Map<number, string>;
		members.delete(7);
		const [failure = '', ...more] = await desk.labels(...path);
		members.set(7, 'worker');
		assert.match(failure, /Planbox.*Project not found/);
		assert.deepEqual(more, []);
		assert.ok((await refreshed(...path)).includes('Ada Lindqvist'));
	});
});
