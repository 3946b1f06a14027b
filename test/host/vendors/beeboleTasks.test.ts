import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { scripted } from '../support.ts';
import { BeeboleDesk, declining, delivery, harbour, operationsIn, relaunch } from './beeboleDesk.ts';

const said = (texts: readonly string[]): string => texts.join('\n');
const list = [...delivery, 'Specific tasks'] as const;
/** Where tasks hang, and the kind of service each place has. */
const places = [
	['company', [harbour], harbour],
	['project', delivery, 'Delivery'],
	['subproject', [...delivery, 'Doing'], 'Doing'],
] as const;

describe('beebole: specific tasks', function () {
	this.timeout(60_000);
	let beebole: BeeboleDesk;
	beforeEach(async () => {
		beebole = await BeeboleDesk.open();
	});
	afterEach(() => beebole.close());

	const project = () => beebole.entity('project', 'Delivery', harbour);
	const tasks = () => beebole.links(project(), 'specificTasks');

	it('are a line beneath company, project and subproject, which says where there are none', async () => {
		assert.deepEqual(await beebole.desk.labels(harbour, 'Specific tasks'), ['There are no specific tasks here.']);
		const expected = ['Budget für das dritte Quartal', 'Label every switch'];
		assert.deepEqual(await beebole.desk.labels(...list), expected);
		assert.deepEqual(await beebole.desk.labels(...delivery, 'Project', 'Specific tasks'), expected);
		assert.deepEqual(await beebole.desk.labels(...delivery, 'Doing', 'Specific tasks'), ['Choose the typeface']);
	});

	for (const [kind, path, name] of places) {
		it(`are attached to a ${kind} from the active ones of its company and detached once that is confirmed`, async () => {
			const held = beebole.entity(kind, name);
			const task = beebole.entity('task', 'Order the pump', harbour);
			const line = [...path, 'Specific tasks'] as const;
			const before = beebole.links(held, 'specificTasks');
			const attached = await beebole.sent(async () => {
				const script = await beebole.desk.do('add', line, { pick: 'Order the pump' });
				assert.deepEqual(
					script.offered.filter((one) => before.includes(one) || one === 'Smag på tre slags rugbrød'),
					[],
				);
				assert.match(said(script.said), new RegExp(`^Order the pump was added to ${name}\\.$`, 'm'));
			});
			const members = { id: held.id, task: { id: task.id } };
			assert.deepEqual(attached, [{ service: `${kind}.attach_specific_task`, ...members }]);
			assert.deepEqual(beebole.links(held, 'specificTasks'), [...before, 'Order the pump']);
			assert.ok((await beebole.desk.labels(...line)).includes('Order the pump'));

			const item = [...line, 'Order the pump'] as const;
			const kept = await beebole.sent(async () => {
				const script = await beebole.desk.do('remove', item, { press: undefined });
				assert.match(said(script.said), new RegExp(`^Remove the task Order the pump from ${name}\\?$`, 'm'));
				assert.match(said(script.said), /The task itself stays in the company/);
			});
			assert.deepEqual(kept, []);
			const detached = await beebole.sent(() => beebole.desk.do('remove', item, { press: 'Remove' }));
			assert.deepEqual(detached, [{ service: `${kind}.detach_specific_task`, ...members }]);
			assert.deepEqual(beebole.links(held, 'specificTasks'), before);
			assert.ok(!(await beebole.desk.labels(...line)).includes('Order the pump'));
			assert.equal(beebole.named('task', 'Order the pump').includes(task), true);
		});
	}

	it('that hang on the project are cards of its own column, as soon as they do', async () => {
		await beebole.desk.labels(...delivery, 'Project');
		await beebole.desk.do('add', list, { pick: 'Order the pump' });
		assert.ok((await beebole.desk.labels(...delivery, 'Project')).includes('Order the pump'));
		await beebole.desk.do('remove', [...list, 'Order the pump'], { press: 'Remove' });
		assert.ok(!(await beebole.desk.labels(...delivery, 'Project')).includes('Order the pump'));
	});

	it('that are typed are made on the company and attached, once it was confirmed', async () => {
		const company = beebole.entity('company', harbour);
		const sent = await beebole.sent(async () => {
			const script = await beebole.desk.do(
				'add',
				list,
				{ type: 'Neue Tätigkeit' },
				{ pick: 'Neue Tätigkeit' },
				{ press: 'Make task' },
			);
			assert.match(said(script.said), /Make a new task “Neue Tätigkeit” and add it to Delivery\?/);
			assert.match(said(script.said), /Tasks belong to the company: .+ Beebole deletes no tasks\./);
			assert.match(said(script.said), /Neue Tätigkeit was made and added to Delivery\./);
		});
		const made = beebole.entity('task', 'Neue Tätigkeit', harbour);
		assert.deepEqual(sent, [
			{ service: 'task.create', task: { name: 'Neue Tätigkeit', company: { id: company.id } } },
			{ service: 'project.attach_specific_task', id: project().id, task: { id: made.id } },
		]);
		assert.ok((await beebole.desk.labels(...list)).includes('Neue Tätigkeit'));
	});

	it('that are typed are not made where that is declined', async () => {
		const sent = await beebole.sent(() =>
			beebole.desk.do('add', list, { type: 'Never' }, { pick: 'Never' }, { press: undefined }, { leave: true }),
		);
		assert.deepEqual(sent, []);
		assert.deepEqual(beebole.named('task', 'Never'), []);
	});

	it('that were made and then declined are said to stay on the company, and are not made twice', async () => {
		const accept = declining(project(), 'specificTasks', 'not today');
		const typed = [{ type: 'Halb gemacht' }, { pick: 'Halb gemacht' }] as const;
		const script = await beebole.desk.do('add', list, ...typed, { press: 'Make task' }, { leave: true });
		const words =
			'The task “Halb gemacht” was made and stays in the company, but was not added to Delivery: Beebole declined: not today.';
		assert.ok(script.said.includes(`$(warning) ${words}`), said(script.said));
		assert.equal(beebole.named('task', 'Halb gemacht').length, 1);
		assert.ok(!tasks().includes('Halb gemacht'));

		accept();
		await beebole.desk.do('add', list, ...typed);
		assert.equal(beebole.named('task', 'Halb gemacht').length, 1);
		assert.ok(tasks().includes('Halb gemacht'));
	});

	it('that are there already are refused beside the field where their name is typed', async () => {
		const typed = [{ type: 'Label every switch' }, { pick: 'Label every switch' }, { press: 'Make task' }] as const;
		const sent = await beebole.sent(async () => {
			const script = await beebole.desk.do('add', list, ...typed, { leave: true });
			assert.ok(script.said.includes('$(warning) Label every switch is there already.'), said(script.said));
		});
		assert.deepEqual(sent, []);
	});

	for (const [kind, path, name] of places) {
		it(`are switched off for a ${kind} and on again, which its lines say`, async () => {
			const held = beebole.entity(kind, name);
			held.links.specificTasks.add(beebole.entity('task', 'Order the pump', harbour));
			const line = [...path, 'Specific tasks'] as const;
			await beebole.desk.labels(...line);
			assert.deepEqual(operationsIn(await beebole.desk.offered(...line)), ['opAdd', 'opDisable']);
			const sent = await beebole.sent(async () => {
				const off = await beebole.desk.do('disable', line);
				assert.deepEqual(off.said, [`Specific tasks are off for ${name}; the list is kept.`]);
				assert.equal(held.tasksDisabled, true);
				const item = await beebole.desk.line(...line, 'Order the pump');
				assert.equal(item.item().description, 'not in force');
				assert.deepEqual(operationsIn(await beebole.desk.offered(...line)), ['opAdd', 'opEnable']);
				const on = await beebole.desk.do('enable', line);
				assert.deepEqual(on.said, [`Specific tasks are on for ${name}.`]);
			});
			assert.deepEqual(sent, [
				{ service: `${kind}.disable_specific_tasks`, id: held.id },
				{ service: `${kind}.enable_specific_tasks`, id: held.id },
			]);
			assert.equal(held.tasksDisabled, false);
			assert.equal((await beebole.desk.line(...line, 'Order the pump')).item().description, undefined);
		});
	}

	it('are attached from the palette, where the company is asked for', async () => {
		const { children, links } = beebole.entity('company', relaunch);
		const task = children.find(({ kind, active }) => kind === 'task' && active);
		assert.ok(task);
		const steps = [{ pick: 'Desk' }, { pick: 'Add specific task' }, { pick: relaunch }, { pick: task.name }] as const;
		const script = await beebole.desk.fromPalette('add', ...steps);
		assert.match(said(script.said), /was added to Website relaunch\.$/m);
		assert.ok(links.specificTasks.has(task));
	});

	it('are attached to a project from the palette, which says of each level what it is called', async () => {
		const steps = [{ pick: 'Desk' }, { pick: harbour }, { pick: 'Delivery' }, { pick: 'Order the pump' }] as const;
		const seen: (string | undefined)[] = [];
		await scripted(steps, () => {
			const choose = async (items: readonly vscode.QuickPickItem[]) => {
				const alike = items.filter(({ label }) => label === 'Add specific task');
				seen.push(...alike.map(({ description }) => description));
				return alike.find(({ description }) => description === 'project');
			};
			Object.assign(vscode.window, { showQuickPick: choose });
			return vscode.commands.executeCommand('boardwalk.add');
		});
		assert.deepEqual(seen, ['company', 'project', 'subproject']);
		assert.ok(tasks().includes('Order the pump'));
	});
});
