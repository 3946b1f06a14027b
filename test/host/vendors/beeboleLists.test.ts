import assert from 'node:assert/strict';
import { BeeboleDesk, changedBefore, delivery, harbour, operationsIn, relaunch } from './beeboleDesk.ts';

const said = (texts: readonly string[]): string => texts.join('\n');
const doing = [...delivery, 'Doing'] as const;
const places = [
	['company', [harbour], harbour],
	['project', delivery, 'Delivery'],
	['subproject', doing, 'Doing'],
] as const;

describe('beebole: members, managers and groups', function () {
	this.timeout(60_000);
	let beebole: BeeboleDesk;
	before(async () => {
		beebole = await BeeboleDesk.open();
	});
	after(() => beebole.close());

	it('are lines beneath each thing that has them, and managers beneath projects alone', async () => {
		const lists = ['Specific tasks', 'Exclusive members', 'Project managers', 'Groups', 'Custom fields'];
		const shown = async (...path: readonly string[]) =>
			(await beebole.desk.labels(...path)).filter((label) => lists.includes(label));
		const others = lists.filter((name) => name !== 'Project managers');
		assert.deepEqual(await shown(harbour), others);
		assert.deepEqual(await shown(...delivery), lists);
		assert.deepEqual(await shown(...doing), others);
		assert.deepEqual(await shown(...delivery, 'Project'), others);
	});

	it('say in words where there are none', async () => {
		assert.deepEqual(await beebole.desk.labels(harbour, 'Exclusive members'), ['There are no exclusive members.']);
		assert.deepEqual(await beebole.desk.labels(...doing, 'Groups'), ['There are no groups here.']);
	});

	it('of the project are those of the column that stands for it', async () => {
		const members = await beebole.desk.labels(...delivery, 'Exclusive members');
		assert.deepEqual(members, ['Ada Lindqvist', 'Björk Jónsdóttir', 'Nord']);
		assert.deepEqual(await beebole.desk.labels(...delivery, 'Project', 'Exclusive members'), members);
	});

	/** Adds one at its list and removes it there, and holds what was sent, said and shown. */
	async function toAndFro(at: {
		readonly kind: 'company' | 'project' | 'subproject';
		readonly path: readonly string[];
		readonly name: string;
		readonly list: string;
		readonly link: 'members' | 'managers' | 'groups';
		readonly what: 'person' | 'group';
		readonly item: string;
		readonly services: readonly [add: string, remove: string];
		readonly words: readonly [added: string, question: string];
	}): Promise<void> {
		const held = beebole.entity(at.kind, at.name);
		const members = { id: held.id, [at.what]: { id: beebole.entity(at.what, at.item).id } };
		const line = [...at.path, at.list];
		const before = beebole.links(held, at.link);
		assert.deepEqual(operationsIn(await beebole.desk.offered(...line)), ['opAdd']);
		const added = await beebole.sent(async () => {
			const script = await beebole.desk.do('add', line, { pick: at.item });
			assert.deepEqual(script.said, [at.words[0]]);
			assert.deepEqual(
				script.offered.filter((one) => before.includes(one)),
				[],
			);
		});
		assert.deepEqual(added, [{ service: `${at.kind}.${at.services[0]}`, ...members }]);
		assert.deepEqual(beebole.links(held, at.link), [...before, at.item]);
		assert.ok((await beebole.desk.labels(...line)).includes(at.item));

		const item = [...line, at.item];
		assert.deepEqual(operationsIn(await beebole.desk.offered(...item)), ['opRemove']);
		const kept = await beebole.sent(async () => {
			const script = await beebole.desk.do('remove', item, { press: undefined });
			assert.ok(script.said[0]?.startsWith(at.words[1]), said(script.said));
			assert.match(said(script.said), /itself stays in Beebole/);
		});
		assert.deepEqual(kept, []);
		const removed = await beebole.sent(async () => {
			const script = await beebole.desk.do('remove', item, { press: 'Remove' });
			assert.equal(script.said.at(-1), `${at.item} was removed from ${at.name}.`);
		});
		assert.deepEqual(removed, [{ service: `${at.kind}.${at.services[1]}`, ...members }]);
		assert.deepEqual(beebole.links(held, at.link), before);
		assert.ok(!(await beebole.desk.labels(...line)).includes(at.item));
	}

	for (const [kind, path, name] of places) {
		const at = { kind, path, name } as const;
		for (const [what, item] of [
			['person', 'Chidi Okafor'],
			['group', 'Süd'],
		] as const) {
			it(`a ${what} becomes the exclusive member of a ${kind}, and is removed again`, () =>
				toAndFro({
					...at,
					list: 'Exclusive members',
					link: 'members',
					what,
					item,
					services: ['attach_member', 'detach_member'],
					words: [`The member was added to ${name}.`, `Remove ${item} from the exclusive members of ${name}?`],
				}));
		}

		it(`a group is put on a ${kind} as a label, and taken off again`, () =>
			toAndFro({
				...at,
				list: 'Groups',
				link: 'groups',
				what: 'group',
				item: 'Süd',
				services: ['add_group', 'remove_group'],
				words: [`The group was added to ${name}.`, `Remove the group Süd from ${name}?`],
			}));
	}

	it('a person becomes the manager of a project, and is removed again', () =>
		toAndFro({
			kind: 'project',
			path: delivery,
			name: 'Delivery',
			list: 'Project managers',
			link: 'managers',
			what: 'person',
			item: 'Ines Roth',
			services: ['attach_manager', 'detach_manager'],
			words: ['The project manager was added to Delivery.', 'Remove Ines Roth from the managers of Delivery?'],
		}));

	it('of a customer’s project are chosen among the people of one’s own company', async () => {
		const held = beebole.entity('project', 'Permits', relaunch);
		const before = held.links.managers.size;
		const script = await beebole.desk.do('add', [relaunch, 'Permits', 'Project managers'], { pick: 'Ines Roth' });
		assert.deepEqual(script.said, ['The project manager was added to Permits.']);
		assert.equal(held.links.managers.size, before + 1);
	});

	it('are not added where the person leaves the list', async () => {
		const sent = await beebole.sent(() => beebole.desk.do('add', [...delivery, 'Groups'], { leave: true }));
		assert.deepEqual(sent, []);
	});

	it('that stand below another group say how many stand below them', async () => {
		const line = await beebole.desk.line(...delivery, 'Groups', 'Region');
		assert.equal(line.item().description, 'groups below it: 2');
		assert.equal(
			(await beebole.desk.line(...delivery, 'Project managers', 'Ada Lindqvist')).item().description,
			'ada@quayside.example',
		);
	});
});

describe('beebole: custom fields', function () {
	this.timeout(60_000);
	let beebole: BeeboleDesk;
	before(async () => {
		beebole = await BeeboleDesk.open();
	});
	after(() => beebole.close());

	const location = () => beebole.entity('customField', 'Location');
	const described = async (...path: readonly string[]) => (await beebole.desk.line(...path)).item().description;

	it('are those that Beebole has for the thing, with what they hold or that they are not set', async () => {
		assert.deepEqual(await beebole.desk.labels(harbour, 'Custom fields'), ['Location', 'Industry']);
		assert.deepEqual(await beebole.desk.labels(...delivery, 'Custom fields'), ['Location']);
		assert.equal(await described(harbour, 'Custom fields', 'Location'), 'Höfn');
		assert.equal(await described(harbour, 'Custom fields', 'Industry'), 'not set');
		assert.equal(await described(...doing, 'Custom fields', 'Location'), 'not set');
		assert.deepEqual(operationsIn(await beebole.desk.offered(...delivery, 'Custom fields')), []);
	});

	for (const [kind, path, name] of places) {
		it(`of a ${kind} are set, and cleared once that is confirmed`, async () => {
			const held = beebole.entity(kind, name);
			const line = [...path, 'Custom fields', 'Location'] as const;
			const set = await beebole.sent(async () => {
				const steps = [{ pick: 'Location' }, { type: 'Bremerhaven' }, { pick: 'Save' }] as const;
				const script = await beebole.desk.do('edit', line, ...steps);
				assert.equal(script.said.at(-1), 'Location was changed.');
			});
			const { id } = location();
			const service = (verb: string) => `${kind}.${verb}_custom_field_value`;
			assert.deepEqual(set, [{ service: service('set'), id: held.id, customField: { id, value: 'Bremerhaven' } }]);
			assert.equal(held.values.get(location()), 'Bremerhaven');
			assert.equal(await described(...line), 'Bremerhaven');
			assert.deepEqual(operationsIn(await beebole.desk.offered(...line)), ['opEdit', 'opRemove']);

			const kept = await beebole.sent(async () => {
				const script = await beebole.desk.do('remove', line, { press: undefined });
				assert.deepEqual(script.said, [`Clear Location of ${name}?\nIt holds “Bremerhaven” now.`]);
			});
			assert.deepEqual(kept, []);
			const cleared = await beebole.sent(() => beebole.desk.do('remove', line, { press: 'Clear' }));
			assert.deepEqual(cleared, [{ service: service('clear'), id: held.id, customField: { id } }]);
			assert.ok(!held.values.has(location()));
			assert.equal(await described(...line), 'not set');
		});
	}

	it('that are not set are offered to be set alone, and an older line is told why', async () => {
		const line = [harbour, 'Custom fields', 'Industry'] as const;
		assert.deepEqual(operationsIn(await beebole.desk.offered(...line)), ['opEdit']);
		const sent = await beebole.sent(async () => {
			assert.deepEqual((await beebole.desk.do('remove', line)).said, ['Industry has no value.']);
		});
		assert.deepEqual(sent, []);
	});

	it('that are emptied are cleared', async () => {
		const held = beebole.entity('company', relaunch);
		const line = [relaunch, 'Custom fields', 'Location'] as const;
		const sent = await beebole.sent(() =>
			beebole.desk.do('edit', line, { pick: 'Location' }, { type: '' }, { pick: 'Save' }),
		);
		assert.deepEqual(sent, [
			{ service: 'company.clear_custom_field_value', id: held.id, customField: { id: location().id } },
		]);
		assert.equal(await described(...line), 'not set');
	});

	it('that others set meanwhile say so on the field, and are ours once they are saved again', async () => {
		const held = beebole.entity('project', 'Design', harbour);
		const theirs = () => held.values.set(location(), 'Theirs');
		const sent = await beebole.sent(async () => {
			const script = await beebole.desk.do(
				'edit',
				[harbour, 'Design', 'Custom fields', 'Location'],
				{ pick: 'Location' },
				{ type: 'Ours' },
				changedBefore(theirs, { pick: 'Save' }),
				{ pick: 'Save' },
			);
			assert.match(said(script.said), /Location was changed by someone else meanwhile, to “Theirs”\./);
		});
		assert.equal(sent.length, 1);
		assert.equal(held.values.get(location()), 'Ours');
	});

	it('that are gone meanwhile say so', async () => {
		const line = await beebole.desk.line(harbour, 'Custom fields', 'Industry');
		const held = beebole.entity('customField', 'Industry');
		(beebole.desk.served.state['entities'] as Map<number, unknown>).delete(held.id);
		assert.equal(line.item().label, 'Industry');
		const sent = await beebole.sent(async () => {
			const script = await beebole.desk.do('edit', [harbour, 'Custom fields', 'Industry']);
			assert.deepEqual(script.said, ['The custom field Industry is not there any more.']);
		});
		assert.deepEqual(sent, []);
	});
});
