import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { FaultKind } from '../../../src/sandbox/faults.ts';
import type { Node } from '../../../src/views/node.ts';
import { run } from '../cards/support.ts';
import type { Step } from '../support.ts';
import { BeeboleDesk, delivery, harbour, operationsIn, relaunch } from './beeboleDesk.ts';

const said = (texts: readonly string[]): string => texts.join('\n');
const doing = [...delivery, 'Doing'] as const;
const card = [...doing, 'Choose the typeface'] as const;
const leave = { leave: true } as const;

/** Every change a person can begin: the command, at which line, what they answer, and the service it needs. */
const changes: readonly (readonly [
	command: string,
	path: readonly string[],
	steps: readonly Step[],
	service: string,
])[] = [
	['createProject', [], [{ pick: 'New company' }, { type: 'X' }, { pick: 'Create company' }, leave], 'company.create'],
	['createProject', [relaunch], [{ type: 'X' }, { pick: 'Create project' }, leave], 'project.create'],
	['createColumn', delivery, [{ type: 'X' }, leave], 'subproject.create'],
	['edit', [harbour], [{ type: 'X' }, leave], 'company.update'],
	['edit', delivery, [{ type: 'X' }, { type: '2027-01-01' }, { pick: 'Save' }, leave], 'project.update'],
	['renameColumn', doing, [{ type: 'X' }], 'subproject.update'],
	['archive', [harbour], [], 'company.deactivate'],
	['restore', ['Old library scans'], [], 'company.activate'],
	['archive', delivery, [], 'project.deactivate'],
	['archive', doing, [], 'subproject.deactivate'],
	['restore', [harbour, 'Design', 'Final'], [], 'subproject.activate'],
	['add', [...delivery, 'Specific tasks'], [{ pick: 'Order the pump' }, leave], 'project.attach_specific_task'],
	[
		'remove',
		[...delivery, 'Specific tasks', 'Label every switch'],
		[{ press: 'Remove' }],
		'project.detach_specific_task',
	],
	['disable', [...delivery, 'Specific tasks'], [], 'project.disable_specific_tasks'],
	['enable', [...delivery, 'Done', 'Specific tasks'], [], 'subproject.enable_specific_tasks'],
	['add', [...delivery, 'Exclusive members'], [{ pick: 'Süd' }, leave], 'project.attach_member'],
	['remove', [...delivery, 'Exclusive members', 'Nord'], [{ press: 'Remove' }], 'project.detach_member'],
	['add', [...delivery, 'Project managers'], [{ pick: 'Ines Roth' }, leave], 'project.attach_manager'],
	['remove', [...delivery, 'Project managers', 'Ada Lindqvist'], [{ press: 'Remove' }], 'project.detach_manager'],
	['add', [...delivery, 'Groups'], [{ pick: 'Nord' }, leave], 'project.add_group'],
	['remove', [...delivery, 'Groups', 'Region'], [{ press: 'Remove' }], 'project.remove_group'],
	[
		'edit',
		[...delivery, 'Custom fields', 'Location'],
		[{ pick: 'Location' }, { type: 'X' }, { pick: 'Save' }, leave],
		'project.set_custom_field_value',
	],
	['remove', [...delivery, 'Custom fields', 'Location'], [{ press: 'Clear' }], 'project.clear_custom_field_value'],
	['createCard', doing, [{ type: 'X' }, leave], 'task.create'],
	['renameCard', card, [{ type: 'X' }, { press: 'Save' }], 'task.update'],
	['moveCard', card, [{ pick: 'Review' }], 'subproject.attach_specific_task'],
	['removeCard', card, [{ press: 'Delete' }], 'subproject.detach_specific_task'],
];

describe('beebole: what Beebole declines under HTTP 200', function () {
	this.timeout(60_000);
	let beebole: BeeboleDesk;
	before(async () => {
		beebole = await BeeboleDesk.open('reads');
	});
	after(() => beebole.close());

	for (const [command, path, steps, service] of changes) {
		it(`is a sentence with Beebole’s own words: ${service}`, async () => {
			// Known first, so that the lists say what stands there.
			await beebole.desk.labels(...path.slice(0, -1));
			const before = await beebole.desk.labels(...path.slice(0, -1));
			const sent = await beebole.sent(async () => {
				const script = await beebole.desk.do(command, path, ...steps);
				const words = `Beebole declined: you are not allowed to call ${service}.`;
				const told = script.said.filter((text) => text.includes(words));
				assert.ok(told.length === 1 && /(^|\$\(warning\) )Beebole/.test(told[0] ?? ''), said(script.said));
			});
			assert.deepEqual(
				sent.map((one) => (one as { service: string }).service),
				[service],
			);
			assert.deepEqual(await beebole.desk.labels(...path.slice(0, -1)), before);
		});
	}
});

describe('beebole: trouble on the way', function () {
	this.timeout(60_000);
	let beebole: BeeboleDesk;
	beforeEach(async () => {
		beebole = await BeeboleDesk.open();
		await beebole.desk.labels(harbour);
	});
	afterEach(() => beebole.close());

	const strike = (kind: FaultKind) => beebole.desk.served.faults.add({ pattern: 'POST /api/v2', kind, times: 1 });

	for (const [kind, words, isDone] of [
		['403', /^Beebole does not allow Desk to do this\.$/, false],
		['404', /\.$/, false],
		['500', /\.$/, false],
		['html', /\.$/, false],
		['cut', /\.$/, true],
		['malformed', /\.$/, true],
	] as const) {
		it(`${kind} is one sentence, and the tree shows what Beebole holds then`, async () => {
			const held = beebole.entity('company', harbour);
			const line = await beebole.desk.line(harbour);
			strike(kind);
			const { said: texts } = await run([], 'archive', line);
			assert.equal(texts.length, 1, said(texts));
			assert.match(said(texts), words);
			assert.equal(held.active, !isDone);
			const offered = operationsIn(await beebole.desk.offered(harbour));
			assert.ok(offered.includes(isDone ? 'opRestore' : 'opArchive'), offered.join());
		});
	}

	it('keeps what was typed: it is sent once the trouble is over', async () => {
		const held = beebole.entity('company', harbour);
		const sent = await beebole.sent(async () => {
			const renamed: Step = {
				get type() {
					// The form has been read; what is asked next is what the name is now.
					strike('403');
					return 'Hafen';
				},
			};
			const script = await beebole.desk.do('edit', [harbour], renamed, { pick: 'Save' });
			assert.match(said(script.said), /\$\(warning\) Beebole does not allow Desk to do this\./);
		});
		assert.deepEqual(sent, [{ service: 'company.update', company: { id: held.id, name: 'Hafen' } }]);
		assert.equal(held.name, 'Hafen');
	});

	it('is said where a list is opened, and the list is there once it is tried again', async () => {
		const groups = await beebole.desk.line(harbour, 'Groups');
		strike('403');
		const { tree } = beebole.desk.own.services;
		const [message] = await tree.getChildren(groups);
		assert.match(message?.item().label ?? '', /Beebole does not allow Desk to do this/);
		await run([], 'refreshNode', groups);
		assert.deepEqual(await beebole.desk.labels(harbour, 'Groups'), ['Nord']);
	});
});

describe('beebole: a locked account', function () {
	this.timeout(60_000);
	let beebole: BeeboleDesk;
	before(async () => {
		beebole = await BeeboleDesk.open();
	});
	after(() => beebole.close());

	const writing = /^(op[A-Z]|new|rename$|renameCard|moveCard|deleteCard|editCard|createProject)/;

	it('keeps its lists to be read, offers no change anywhere, and refuses those of older lines in words', async () => {
		const lines = new Map<string, Node>();
		for (const [, path] of changes) {
			lines.set(path.join(), await beebole.desk.line(...path));
		}
		await run([], 'lockAccount', beebole.desk.root);
		for (const [, path] of changes) {
			const offered = await beebole.desk.offered(...path);
			assert.deepEqual(
				offered.filter((word) => writing.test(word)),
				[],
				path.join(' › '),
			);
		}
		assert.deepEqual(await beebole.desk.labels(harbour, 'Groups'), ['Nord']);
		const sent = await beebole.sent(async () => {
			for (const [command, path] of changes) {
				const { said: texts } = await run([], command, lines.get(path.join()));
				assert.match(
					said(texts),
					/is locked against changes|can’t be (done|renamed)/,
					`${command} ${path.join(' › ')}`,
				);
			}
		});
		assert.deepEqual(sent, []);
		await run([], 'unlockAccount', beebole.desk.root);
		assert.deepEqual(operationsIn(await beebole.desk.offered(harbour)), ['opArchive', 'opEdit']);
	});
});

describe('beebole: the daily budget', function () {
	this.timeout(60_000);
	let beebole: BeeboleDesk;
	beforeEach(async () => {
		beebole = await BeeboleDesk.open();
		await beebole.desk.labels();
	});
	afterEach(() => beebole.close());

	const facts = async (): Promise<readonly string[]> => (await beebole.desk.root.tooltip?.())?.facts ?? [];
	const usedUp = 'Beebole takes no more requests from Desk today. Its daily limit begins anew tomorrow.';

	it('is told where somebody points at the account, as Beebole counts it', async () => {
		const count = async () => {
			const text = (await facts()).find((one) => one.includes(' of 4,000 requests used today in this window.'));
			return Number(text?.split(' ')[0]);
		};
		const before = await count();
		const { requests } = beebole.used;
		assert.ok(before > 0 && before <= requests);
		await beebole.desk.labels(harbour, 'Groups');
		await beebole.desk.do('archive', [harbour]);
		assert.ok(beebole.used.requests >= requests + 3);
		assert.equal((await count()) - before, beebole.used.requests - requests);
		assert.match(said(await facts()), /^\d+ of 2,048 KB used today in this window\.$/m);
	});

	it('that is used up is one sentence, after which nothing is sent until the account is refreshed', async () => {
		const line = await beebole.desk.line(harbour);
		beebole.used.requests = 4_000;
		assert.match(said((await run([], 'archive', line)).said), /no more requests|limit/);
		const held = beebole.entity('company', harbour);
		const arrived = await beebole.arrived(async () => {
			assert.deepEqual((await run([], 'archive', line)).said, [usedUp]);
			const script = await run([{ type: 'X' }, { leave: true }], 'createProject', line);
			assert.ok(script.said.length > 0);
		});
		assert.equal(arrived, 0);
		assert.ok(held.active);
		assert.ok((await facts()).includes('Beebole takes no more requests today.'));

		beebole.used.requests = 0;
		await vscode.commands.executeCommand('boardwalk.refresh');
		assert.deepEqual((await beebole.desk.do('archive', [harbour])).said, [`${harbour} is inactive.`]);
		assert.ok(!(await facts()).includes('Beebole takes no more requests today.'));
	});
});
