import assert from 'node:assert/strict';
import type { Desk } from './desk.ts';
import { CardDesk, openDesk, writesWhile } from './planboxDesk.ts';

const reading = 'You may only read this initiative. Its admins can change that.';
const watching = 'You are an observer of this project, who may only read it.';

/** Words by which menus choose entries that change something. */
const changing =
	/^(op[A-Z]|rename|new|move|edit|assign|due|start|block|close|reopen|delete|archive|comment|check|attach)/;

describe('planbox: what its lines offer', () => {
	let desk: Desk;
	before(async () => {
		desk = await openDesk();
	});
	after(() => desk.close());

	const change = async (...path: readonly string[]) =>
		(await desk.offered(...path)).filter((word) => changing.test(word)).sort();

	it('is nothing that renames, archives or deletes an initiative, a project or a timeframe', async () => {
		assert.deepEqual(await change(), []);
		assert.deepEqual(await change('Harbour renewal'), []);
		assert.deepEqual(await change('Harbour renewal', 'Delivery'), []);
		assert.deepEqual(await change('Harbour renewal', 'Delivery', 'Current'), ['newCard']);
		const shown = await desk.labels('Harbour renewal');
		assert.ok(
			shown.some((label) => /no documented call that renames or deletes an initiative or a project/.test(label)),
			shown.join(' | '),
		);
	});

	for (const command of ['edit', 'archive', 'delete', 'copy']) {
		it(`is not “${command}”, which is refused in words where it is asked for all the same`, async () => {
			const paths = [['Harbour renewal'], ['Harbour renewal', 'Delivery']];
			for (const path of paths) {
				const sent = await writesWhile(desk, async () => {
					const { said } = await desk.do(command, path);
					assert.match(said.join(), /This can’t be done in Desk\./);
				});
				assert.deepEqual(sent, []);
			}
		});
	}

	it('is of an item what Planbox has calls for', async () => {
		const words = await change('Harbour renewal', 'Delivery', 'Current', 'Choose the typeface');
		assert.deepEqual(words, ['checklist', 'closeCard', 'dueCard', 'editCard', 'moveCard', 'renameCard']);
	});
});

describe('planbox: an initiative that may only be read, and a project looked on', () => {
	const cases = [
		{
			who: 'a reader of every initiative',
			name: 'bjork',
			number: 2,
			path: ['Harbour renewal', 'Delivery', 'Current'],
			why: reading,
			noProject: 'Harbour renewal',
		},
		{
			who: 'the owner of a finished initiative',
			name: 'ada',
			number: 1,
			path: ['Old library scans', 'Delivery', 'Current'],
			why: reading,
			noProject: 'Old library scans',
		},
		{
			who: 'an observer of a project',
			name: 'ada',
			number: 1,
			path: ['Straßenbahn Linie 7', 'Build', 'Current'],
			why: watching,
			noProject: undefined,
		},
	] as const;
	for (const { who, name, number, path, why, noProject } of cases) {
		describe(`seen by ${who}`, () => {
			let desk: Desk;
			let card: string;
			before(async () => {
				desk = await openDesk(name, number);
				card = (await desk.labels(...path))[0] ?? '';
			});
			after(() => desk.close());

			it('offers no new project where it may only be read, and says why from the palette', async () => {
				const [initiative] = path;
				assert.equal((await desk.offered(initiative)).includes('createProject'), noProject === undefined);
				if (noProject !== undefined) {
					const steps = [{ pick: 'Desk' }, { pick: 'New project in' }, { pick: initiative }] as const;
					const sent = await writesWhile(desk, async () => {
						const { said } = await desk.fromPalette('createProject', ...steps);
						assert.match(said.join(), new RegExp(`You may only read the initiative ${noProject}, so you can’t add`));
					});
					assert.deepEqual(sent, []);
				}
			});

			it('offers nothing that changes a timeframe or an item', async () => {
				assert.ok(card !== '');
				for (const line of [path, [...path, card]]) {
					const words = (await desk.offered(...line)).filter((word) => changing.test(word));
					assert.deepEqual(words, [], line.join(' › '));
				}
			});

			for (const command of ['closeCard', 'reopenCard', 'renameCard', 'moveCard', 'setDueDate']) {
				it(`says why where ${command} is asked for all the same, and sends nothing`, async () => {
					const sent = await writesWhile(desk, async () => {
						const { said } = await desk.do(command, [...path, card]);
						assert.deepEqual(said, [why]);
					});
					assert.deepEqual(sent, []);
				});
			}

			it('says why where a new item is asked for all the same', async () => {
				const { said } = await desk.do('createCard', path);
				assert.deepEqual(said, [why]);
			});

			it('says it on the item’s page, which has no field to fill in', async () => {
				const page = await CardDesk.open(desk, ...path, card);
				assert.equal(page.view.readOnly, why);
				assert.deepEqual(page.view.fields, []);
				assert.equal(page.view.can.move, false);
				page.close();
			});
		});
	}
});

describe('planbox: an account locked against changes', () => {
	let desk: Desk;
	before(async () => {
		desk = await openDesk();
		await desk.do('lockAccount', []);
	});
	after(() => desk.close());

	const card = ['Harbour renewal', 'Delivery', 'Current', 'Choose the typeface'];

	it('offers nothing that changes anything, at no line', async () => {
		for (let depth = 0; depth <= card.length; depth += 1) {
			const words = await desk.offered(...card.slice(0, depth));
			assert.deepEqual(
				words.filter((word) => changing.test(word) || word === 'createProject'),
				[],
				card.slice(0, depth).join(' › '),
			);
		}
		assert.ok((await desk.labels('Harbour renewal', 'Iterations')).length > 0, 'its related lists are read still');
	});

	for (const [command, path] of [
		['createProject', []],
		['createProject', card.slice(0, 1)],
		['createCard', card.slice(0, 3)],
		['renameCard', card],
		['moveCard', card],
		['closeCard', card],
	] as const) {
		it(`is refused ${command} at ${path.at(-1) ?? 'its own line'} with the reason, and nothing is sent`, async () => {
			const sent = await writesWhile(desk, async () => {
				const { said } = await desk.do(command, path);
				assert.deepEqual(said, ['Desk is locked against changes.']);
			});
			assert.deepEqual(sent, []);
		});
	}

	it('is not among the accounts that the palette asks for', async () => {
		const { offered } = await desk.fromPalette('createProject', { leave: true });
		assert.ok(!offered.includes('Desk'), offered.join());
	});
});
