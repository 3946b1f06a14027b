import assert from 'node:assert/strict';
import type { Node } from '../../../src/views/node.ts';
import { run } from '../cards/support.ts';
import { kindOf } from '../support.ts';
import { BeeboleDesk, declining, delivery, harbour } from './beeboleDesk.ts';

const said = (texts: readonly string[]): string => texts.join('\n');
const doing = [...delivery, 'Doing'] as const;

describe('beebole: cards, which are specific tasks', function () {
	this.timeout(60_000);
	let beebole: BeeboleDesk;
	beforeEach(async () => {
		beebole = await BeeboleDesk.open();
	});
	afterEach(() => beebole.close());

	const subproject = (name: string) => beebole.entity('subproject', name, 'Delivery');
	const project = () => beebole.entity('project', 'Delivery', harbour);
	const task = (name: string) => beebole.entity('task', name, harbour);
	const tasksOf = (of: ReturnType<typeof project>) => beebole.links(of, 'specificTasks');
	const isCard = (node: Node): boolean => kindOf(node) === 'card';
	const titles = async (...path: readonly string[]): Promise<readonly string[]> => {
		const children = await beebole.desk.own.services.tree.getChildren(await beebole.desk.line(...path));
		return children.filter(isCard).map((child) => child.item().label);
	};

	it('can be opened, renamed, moved and taken away, and nothing else', async () => {
		const words = await beebole.desk.offered(...doing, 'Choose the typeface');
		const expected = ['card', 'openCard', 'editCard', 'renameCard', 'moveCard', 'deleteCard'];
		assert.deepEqual(words.toSorted(), expected.toSorted());
		assert.ok((await beebole.desk.offered(...doing)).includes('newCard'));
		const sent = await beebole.sent(async () => {
			for (const command of ['assignCard', 'setDueDate', 'commentOnCard', 'closeCard', 'attachFiles']) {
				const script = await beebole.desk.do(command, [...doing, 'Choose the typeface']);
				assert.match(said(script.said), /can’t be (done|changed).+\.$/, command);
			}
		});
		assert.deepEqual(sent, []);
	});

	it('are made on the company and put into the column, and never with a blank name', async () => {
		const sent = await beebole.sent(async () => {
			const script = await beebole.desk.do('createCard', doing, { type: ' ' }, { type: 'Brücke prüfen' });
			assert.match(said(script.said), /Name is needed\./);
		});
		const company = { id: beebole.entity('company', harbour).id };
		assert.deepEqual(sent, [
			{ service: 'task.create', task: { name: 'Brücke prüfen', company } },
			{
				service: 'subproject.attach_specific_task',
				id: subproject('Doing').id,
				task: { id: task('Brücke prüfen').id },
			},
		]);
		assert.ok((await titles(...doing)).includes('Brücke prüfen'));
	});

	it('that were made and then declined are said to stay on the company', async () => {
		declining(subproject('Doing'), 'specificTasks', 'not today');
		const script = await beebole.desk.do('createCard', doing, { type: 'Halb gemacht' }, { leave: true });
		const words =
			'The task “Halb gemacht” was made and stays in the company, but was not added to Doing: Beebole declined: not today.';
		assert.ok(script.said.includes(`$(warning) ${words}`), said(script.said));
		assert.equal(beebole.named('task', 'Halb gemacht').length, 1);
		assert.deepEqual(await titles(...doing), ['Choose the typeface']);
	});

	it('get another name in the whole company, which is said and asked before', async () => {
		const { id } = task('Choose the typeface');
		const line = [...doing, 'Choose the typeface'] as const;
		const warning = 'Beebole renames “Choose the typeface” everywhere in the company, not only here.';
		assert.ok((await titles(harbour, 'Risks', 'Project')).includes('Choose the typeface'));
		const kept = await beebole.sent(async () => {
			const script = await beebole.desk.do('renameCard', line, { type: 'Schrift wählen' }, { press: undefined });
			assert.ok(script.said.includes(warning), said(script.said));
		});
		assert.deepEqual(kept, []);
		const sent = await beebole.sent(async () => {
			const steps = [{ type: '' }, { type: 'Schrift wählen' }, { press: 'Save' }] as const;
			const script = await beebole.desk.do('renameCard', line, ...steps);
			assert.match(said(script.said), /Name is needed\./);
			assert.ok(script.said.includes(warning), said(script.said));
		});
		assert.deepEqual(sent, [{ service: 'task.update', task: { id, name: 'Schrift wählen' } }]);
		assert.equal(task('Schrift wählen').id, id);
		assert.deepEqual(await titles(...doing), ['Schrift wählen']);
		await run([], 'refreshNode', await beebole.desk.line(harbour, 'Risks'));
		assert.ok((await titles(harbour, 'Risks', 'Project')).includes('Schrift wählen'));
	});

	it('that keep their name are not sent, and nothing is asked', async () => {
		const sent = await beebole.sent(() =>
			beebole.desk.do('renameCard', [...doing, 'Choose the typeface'], { type: 'Choose the typeface' }),
		);
		assert.deepEqual(sent, []);
	});

	it('are moved by attaching them there before they are detached here', async () => {
		const moved = { task: { id: task('Choose the typeface').id } };
		const line = [...doing, 'Choose the typeface'] as const;
		const sent = await beebole.sent(() => beebole.desk.do('moveCard', line, { pick: 'Review' }));
		assert.deepEqual(sent, [
			{ service: 'subproject.attach_specific_task', id: subproject('Review').id, ...moved },
			{ service: 'subproject.detach_specific_task', id: subproject('Doing').id, ...moved },
		]);
		assert.deepEqual(await titles(...doing), []);
		assert.ok((await titles(...delivery, 'Review')).includes('Choose the typeface'));
	});

	it('are moved onto the project itself', async () => {
		await beebole.desk.do('moveCard', [...doing, 'Choose the typeface'], { pick: 'Project' });
		assert.ok(tasksOf(project()).includes('Choose the typeface'));
		assert.deepEqual(tasksOf(subproject('Doing')), []);
	});

	it('that Beebole declines to detach after a move are said to stand in both', async () => {
		declining(subproject('Doing'), 'specificTasks', 'not today', 'delete');
		const script = await beebole.desk.do('moveCard', [...doing, 'Choose the typeface'], { pick: 'Review' });
		assert.deepEqual(script.said, [
			'“Choose the typeface” is in Review now, and still where it was: Beebole declined: not today.',
		]);
		for (const column of ['Doing', 'Review']) {
			assert.ok(tasksOf(subproject(column)).includes('Choose the typeface'), column);
			const listed = await beebole.desk.labels(...delivery, column, 'Specific tasks');
			assert.ok(listed.includes('Choose the typeface'), column);
		}
	});

	it('that Beebole declines to attach stay where they are', async () => {
		declining(subproject('Review'), 'specificTasks', 'not today');
		const script = await beebole.desk.do('moveCard', [...doing, 'Choose the typeface'], { pick: 'Review' });
		assert.deepEqual(script.said, ['Beebole declined: not today.']);
		assert.deepEqual(await titles(...doing), ['Choose the typeface']);
		assert.deepEqual(tasksOf(subproject('Doing')), ['Choose the typeface']);
	});

	it('that hang in several columns are neither moved nor taken away as cards, which is said', async () => {
		await titles(...delivery, 'Project');
		await titles(...delivery, 'Done');
		// A card stands once on its board: in the column that was looked at last.
		const line = [...delivery, 'Done', 'Budget für das dritte Quartal'] as const;
		assert.ok(!(await beebole.desk.offered(...line)).includes('deleteCard'));
		const sent = await beebole.sent(async () => {
			const script = await beebole.desk.do('moveCard', line, { pick: 'Doing' });
			assert.match(
				said(script.said),
				/is in several columns of this project\. Add or remove it among their specific tasks\./,
			);
		});
		assert.deepEqual(sent, []);
	});

	it('are taken away from here alone, once it was confirmed, and put back when that is undone', async () => {
		const line = [...doing, 'Choose the typeface'] as const;
		const { id } = task('Choose the typeface');
		const kept = await beebole.sent(async () => {
			const script = await beebole.desk.do('removeCard', line, { press: undefined });
			assert.match(said(script.said), /The task is only taken away from here\. It stays in the company/);
		});
		assert.deepEqual(kept, []);
		const members = { id: subproject('Doing').id, task: { id } };
		const sent = await beebole.sent(() => beebole.desk.do('removeCard', line, { press: 'Delete' }));
		assert.deepEqual(sent, [{ service: 'subproject.detach_specific_task', ...members }]);
		assert.deepEqual(await titles(...doing), []);
		assert.equal(task('Choose the typeface').id, id);
		const undone = await beebole.sent(() => run([], 'undo', beebole.desk.root));
		assert.deepEqual(undone, [{ service: 'subproject.attach_specific_task', ...members }]);
		assert.deepEqual(await titles(...doing), ['Choose the typeface']);
	});
});
