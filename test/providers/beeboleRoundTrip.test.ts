import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Board } from '../../src/core/model.ts';
import type { OperationId } from '../../src/core/operations.ts';
import type { Entity, Kind } from '../../src/sandbox/beebole/store.ts';
import { signal } from '../support/session.ts';
import { choicesOf, type Desk, itemsOf, list, openDesk, operation, send } from './beeboleDesk.ts';

const linkNames = ['specificTasks', 'members', 'managers', 'groups'] as const;

describe('a project of Beebole with more than thirty things set', function () {
	this.timeout(60_000);
	let desk: Desk;
	let project: Entity;
	let board: Board;

	before(async () => {
		desk = await openDesk();
		project = desk.entity('project', ({ values }) => values.size > 0);
		fill(project);
		board = await desk.board(({ id }) => id === String(project.id));
	});
	after(() => desk.server.close());

	/** Ids that nothing else in the practice account has. */
	let last = 90_000;

	function another(kind: Kind, name: string): Entity {
		last += 1;
		const [specificTasks, members, managers, groups, leaders] = Array.from({ length: 5 }, () => new Set<Entity>());
		const like = desk.entity(kind);
		const links = { specificTasks, members, managers, groups, leaders } as Entity['links'];
		const made = { ...like, id: last, name, children: [], links, values: new Map<Entity, string>() };
		(desk.server.state['entities'] as Map<number, Entity>).set(made.id, made);
		made.parent?.children.push(made);
		return made;
	}

	function fill({ fields, links, values }: Entity): void {
		Object.assign(fields, { startDate: '2026-05-04', description: 'Erste Zeile\nzweite “Zeile”' });
		for (let at = 0; at < 9; at += 1) {
			const person = another('person', `Person ${at}`);
			(at % 2 === 0 ? links.members : links.managers).add(person);
			(at % 2 === 0 ? links.groups : links.members).add(another('group', `Gruppe ${at}`));
			links.specificTasks.add(another('task', `Tätigkeit ${at}`));
			values.set(another('customField', `Feld ${at}`), `Wert ${at}`);
		}
		// Some that are on nothing, to be added.
		for (const kind of ['person', 'group', 'task'] as const) {
			another(kind, `Frei ${kind}`);
		}
	}

	type Facts = Readonly<Record<string, unknown>>;

	/** All that Beebole holds of the project, each thing by a name of its own. */
	function facts(): Facts {
		const { name, active, tasksDisabled, fields, links, values, children } = project;
		return {
			name,
			active,
			tasksDisabled,
			...fields,
			children: children.map(({ id }) => id).join(),
			...Object.fromEntries(linkNames.flatMap((link) => [...links[link]].map(({ id }) => [`${link} ${id}`, true]))),
			...Object.fromEntries([...values].map(([{ id }, value]) => [`field ${id}`, value])),
		};
	}

	/** Everything of the account but the project, as far as writing to the project could touch it. */
	function rest(): string {
		const entities = [...(desk.server.state['entities'] as Map<number, Entity>).values()];
		return JSON.stringify(
			entities
				.filter((one) => one !== project)
				.map(({ id, name, active, fields, links, values }) => [
					id,
					name,
					active,
					fields,
					linkNames.map((link) => [...links[link]].map((each) => each.id)),
					[...values].map(([field, value]) => [field.id, value]),
				]),
		);
	}

	function differing(before: Facts, after: Facts): string[] {
		const names = new Set([...Object.keys(before), ...Object.keys(after)]);
		return [...names].filter((name) => before[name] !== after[name]);
	}

	/** Does something, and gives what differs then. */
	async function differences(run: () => Promise<unknown>): Promise<string[]> {
		const [before, others] = [facts(), rest()];
		await run();
		assert.equal(rest(), others, 'something else was changed');
		return differing(before, facts());
	}

	const someText = fc
		.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
		.map((text) => text.trim())
		.filter((text) => text !== '');
	const someDay = fc
		.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
		.map((date) => date.toISOString().slice(0, 10));
	const someEdit = fc.oneof(
		fc.record({ field: fc.constant('name'), value: someText }),
		fc.record({ field: fc.constant('startDate'), value: someDay }),
		fc.record({ field: fc.constant('description'), value: fc.oneof(someText, fc.constant('')) }),
	);

	it('holds more than thirty', () => {
		assert.ok(Object.keys(facts()).length > 30, String(Object.keys(facts()).length));
	});

	it('differs in one property alone where that was edited', async () => {
		await fc.assert(
			fc.asyncProperty(someEdit, async ({ field, value }) => {
				const now = String((project as unknown as Facts)[field] ?? project.fields[field]);
				const found = await differences(async () => {
					const form = await operation(desk.session.operations?.board, 'edit').begin(board, signal());
					return send(form, { [field]: value });
				});
				assert.deepEqual(found, now === value ? [] : [field]);
				assert.equal(field === 'name' ? project.name : project.fields[field], value);
			}),
			{ numRuns: 100 },
		);
	});

	it('differs in one custom field alone where that was set or cleared', async () => {
		const of = list(desk.session.related?.board, 'customFields');
		await fc.assert(
			fc.asyncProperty(fc.nat(), fc.option(someText), async (at, value) => {
				const items = await itemsOf(of, board);
				const item = items[at % items.length]!;
				const field = [...project.values.keys()].find(({ id }) => String(id) === item.id);
				const now = field && project.values.get(field);
				const id: OperationId = value === null ? 'remove' : 'edit';
				const found = await differences(async () => {
					const form = await operation(of.itemOperations, id).begin({ place: board, item }, signal());
					return send(form, value === null ? {} : { value });
				});
				assert.deepEqual(found, now === (value ?? undefined) ? [] : [`field ${item.id}`]);
			}),
			{ numRuns: 100 },
		);
	});

	it('differs in one person, group or task alone where that was added or removed', async () => {
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...linkNames), fc.nat(), fc.boolean(), async (link, at, adds) => {
				const of = list(desk.session.related?.board, link);
				const items = await itemsOf(of, board);
				const adding = await operation(of.operations, 'add').begin(board, signal());
				const choices = await choicesOf(adding);
				const choice = choices[at % Math.max(1, choices.length)];
				const item = items[at % Math.max(1, items.length)];
				const found = await differences(async () => {
					if (adds && choice) {
						await send(adding, { [adding.fields[0]!.id]: choice.value });
					} else if (!adds && item) {
						await send(await operation(of.itemOperations, 'remove').begin({ place: board, item }, signal()));
					}
				});
				const touched = adds ? choice?.value : item?.id;
				assert.deepEqual(found, touched ? [`${link} ${touched.split('/')[1]}`] : []);
			}),
			{ numRuns: 100 },
		);
	});
});
