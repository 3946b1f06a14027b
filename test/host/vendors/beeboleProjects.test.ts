import assert from 'node:assert/strict';
import { BeeboleDesk, changedBefore, delivery, harbour, operationsIn, relaunch } from './beeboleDesk.ts';

const said = (texts: readonly string[]): string => texts.join('\n');

describe('beebole: a project', function () {
	this.timeout(60_000);
	let beebole: BeeboleDesk;
	before(async () => {
		beebole = await BeeboleDesk.open();
	});
	after(() => beebole.close());

	it('is made in its company with start date and description, and a wrong date is refused beside its field', async () => {
		const company = beebole.entity('company', relaunch);
		const sent = await beebole.sent(async () => {
			const script = await beebole.desk.do(
				'createProject',
				[relaunch],
				{ type: ' ' },
				{ type: 'Beacon' },
				{ pick: 'Start date' },
				{ type: '2026-02-30' },
				{ type: '2026-12-01' },
				{ pick: 'Description' },
				{ type: 'Licht über dem Kai' },
				{ pick: 'Create project' },
			);
			assert.match(said(script.said), /Name is needed\./);
			assert.match(said(script.said), /Start date must be a date such as 2026-03-31\./);
		});
		const project = { name: 'Beacon', startDate: '2026-12-01', description: 'Licht über dem Kai' };
		assert.deepEqual(sent, [{ service: 'project.create', project: { ...project, company: { id: company.id } } }]);
		assert.equal(beebole.entity('project', 'Beacon').parent, company);
		assert.ok((await beebole.desk.labels(relaunch)).includes('Beacon'));
	});

	it('made with nothing but a name gets the first day of the month from Beebole', async () => {
		await beebole.desk.do(
			'createProject',
			[],
			{ pick: 'New project in an existing company' },
			{ pick: relaunch },
			{ type: 'Pier' },
			{ pick: 'Create project' },
		);
		assert.match(String(beebole.entity('project', 'Pier', relaunch).fields['startDate']), /-01$/);
		assert.ok((await beebole.desk.labels(relaunch)).includes('Pier'));
	});

	it('can be edited, deactivated and activated, and neither deleted nor copied', async () => {
		assert.deepEqual(operationsIn(await beebole.desk.offered(...delivery)), ['opArchive', 'opEdit']);
		assert.deepEqual(operationsIn(await beebole.desk.offered(relaunch, 'Next year')), ['opEdit', 'opRestore']);
	});

	it('is sent with nothing but what was changed, emptied fields among it', async () => {
		const held = beebole.entity('project', 'Delivery', harbour);
		const { startDate } = held.fields;
		const sent = await beebole.sent(async () => {
			const script = await beebole.desk.do(
				'edit',
				delivery,
				{ type: 'Delivery' },
				{ type: String(startDate) },
				{ pick: 'Description' },
				{ type: '' },
				{ pick: 'Save' },
			);
			assert.match(said(script.said), /The project was changed\./);
		});
		assert.deepEqual(sent, [{ service: 'project.update', project: { id: held.id, description: '' } }]);
		assert.deepEqual(held.fields, { startDate, description: '' });
	});

	it('refuses a blank name, no start date and one that is no day beside their fields, and gets the right ones', async () => {
		const held = beebole.entity('project', 'Risks', harbour);
		const sent = await beebole.sent(async () => {
			const script = await beebole.desk.do(
				'edit',
				[harbour, 'Risks'],
				{ type: '' },
				{ type: 'Risiken' },
				{ type: '' },
				{ type: 'soon' },
				{ type: '2027-02-28' },
				{ pick: 'Save' },
			);
			for (const words of [/Name is needed\./, /Start date is needed\./, /Start date must be a date such as/]) {
				assert.match(said(script.said), words);
			}
		});
		const project = { id: held.id, name: 'Risiken', startDate: '2027-02-28' };
		assert.deepEqual(sent, [{ service: 'project.update', project }]);
		const labels = await beebole.desk.labels(harbour);
		assert.ok(labels.includes('Risiken') && !labels.includes('Risks'));
	});

	it('that others changed meanwhile says so on the field both changed, sends nothing, and then ours alone', async () => {
		const held = beebole.entity('project', 'Design', harbour);
		const theirs = () => {
			held.name = 'Entwurf';
			held.fields['description'] = 'Theirs';
		};
		const sent = await beebole.sent(async () => {
			const script = await beebole.desk.do(
				'edit',
				[harbour, 'Design'],
				{ type: 'Design' },
				{ type: '2026-06-20' },
				{ pick: 'Description' },
				{ type: 'Ours' },
				changedBefore(theirs, { pick: 'Save' }),
				{ pick: 'Save' },
			);
			const problem = 'Description was changed by someone else meanwhile, to “Theirs”.';
			assert.ok(
				script.said.some((text) => text.startsWith(`$(warning) ${problem}`)),
				said(script.said),
			);
			assert.doesNotMatch(said(script.said), /Name was changed/);
		});
		assert.deepEqual(sent, [{ service: 'project.update', project: { id: held.id, description: 'Ours' } }]);
		assert.equal(held.name, 'Entwurf');
		assert.equal(held.fields['description'], 'Ours');
		assert.ok((await beebole.desk.labels(harbour)).includes('Entwurf'));
	});

	it('that others changed meanwhile stays as they made it where the person leaves then', async () => {
		const held = beebole.entity('project', 'Permits', relaunch);
		const theirs = () => {
			held.fields['startDate'] = '2027-05-05';
		};
		const sent = await beebole.sent(() =>
			beebole.desk.do(
				'edit',
				[relaunch, 'Permits'],
				{ type: 'Permits' },
				{ type: '2027-06-06' },
				changedBefore(theirs, { pick: 'Save' }),
				{ leave: true },
			),
		);
		assert.deepEqual(sent, []);
		assert.equal(held.fields['startDate'], '2027-05-05');
	});

	it('is deactivated and activated, and takes no new subproject while it is inactive', async () => {
		const held = beebole.entity('project', 'Delivery', harbour);
		assert.ok((await beebole.desk.offered(...delivery)).includes('newColumn'));
		assert.deepEqual((await beebole.desk.do('archive', delivery)).said, ['Delivery is inactive.']);
		assert.equal(held.active, false);
		const inactive = await beebole.desk.offered(...delivery);
		assert.deepEqual(operationsIn(inactive), ['opEdit', 'opRestore']);
		assert.ok(!inactive.includes('newColumn'));
		assert.deepEqual((await beebole.desk.do('restore', delivery)).said, ['Delivery is active.']);
		assert.equal(held.active, true);
		assert.deepEqual(operationsIn(await beebole.desk.offered(...delivery)), ['opArchive', 'opEdit']);
	});

	it('is deactivated from the palette', async () => {
		const held = beebole.entity('project', 'Beacon', relaunch);
		const steps = [{ pick: 'Desk' }, { pick: 'Deactivate project' }, { pick: relaunch }, { pick: 'Beacon' }] as const;
		assert.deepEqual((await beebole.desk.fromPalette('archive', ...steps)).said, ['Beacon is inactive.']);
		assert.equal(held.active, false);
		assert.deepEqual(operationsIn(await beebole.desk.offered(relaunch, 'Beacon')), ['opEdit', 'opRestore']);
	});
});

describe('beebole: a subproject', function () {
	this.timeout(60_000);
	let beebole: BeeboleDesk;
	before(async () => {
		beebole = await BeeboleDesk.open();
	});
	after(() => beebole.close());

	it('is a new column of its project, and never one with a blank name', async () => {
		const project = beebole.entity('project', 'Delivery', harbour);
		const sent = await beebole.sent(async () => {
			const script = await beebole.desk.do('createColumn', delivery, { type: ' ' }, { type: 'Prototyp' });
			assert.match(said(script.said), /Name is needed\./);
		});
		assert.deepEqual(sent, [
			{ service: 'subproject.create', subproject: { name: 'Prototyp', project: { id: project.id } } },
		]);
		assert.equal(beebole.entity('subproject', 'Prototyp').parent, project);
		assert.ok((await beebole.desk.labels(...delivery)).includes('Prototyp'));
	});

	it('is the first one of a project that had none', async () => {
		const empty = ['Onboarding 2027', 'Next year'] as const;
		await beebole.desk.labels(...empty);
		await beebole.desk.do('createColumn', empty, { type: 'First' });
		assert.equal(beebole.entity('subproject', 'First').parent?.name, 'Next year');
		assert.ok((await beebole.desk.labels(...empty)).includes('First'));
	});

	it('gets another name, and never a blank one', async () => {
		const held = beebole.entity('subproject', 'Doing', 'Delivery');
		const sent = await beebole.sent(async () => {
			const script = await beebole.desk.do(
				'renameColumn',
				[...delivery, 'Doing'],
				{ type: ' ' },
				{ type: 'In Arbeit' },
			);
			assert.match(said(script.said), /A name is needed\./);
		});
		assert.deepEqual(sent, [{ service: 'subproject.update', subproject: { id: held.id, name: 'In Arbeit' } }]);
		assert.equal(held.name, 'In Arbeit');
		assert.ok((await beebole.desk.labels(...delivery)).includes('In Arbeit'));
	});

	it('is deactivated and activated, whichever it is not', async () => {
		const held = beebole.entity('subproject', 'Review', 'Delivery');
		const line = [...delivery, 'Review'] as const;
		assert.deepEqual(operationsIn(await beebole.desk.offered(...line)), ['opArchive']);
		const sent = await beebole.sent(async () => {
			assert.deepEqual((await beebole.desk.do('archive', line)).said, ['Review is inactive.']);
		});
		assert.deepEqual(sent, [{ service: 'subproject.deactivate', id: held.id }]);
		assert.equal(held.active, false);
		assert.deepEqual(operationsIn(await beebole.desk.offered(...line)), ['opRestore']);
		assert.deepEqual((await beebole.desk.do('restore', line)).said, ['Review is active.']);
		assert.equal(held.active, true);
		assert.deepEqual(operationsIn(await beebole.desk.offered(...line)), ['opArchive']);
	});

	it('that only stands for the project is offered neither, nor a new name, and an older line is told why', async () => {
		const line = [...delivery, 'Project'] as const;
		const offered = await beebole.desk.offered(...line);
		assert.deepEqual(operationsIn(offered), []);
		assert.ok(!offered.includes('rename') && offered.includes('newCard'), offered.join());
		const sent = await beebole.sent(async () => {
			for (const command of ['archive', 'restore']) {
				const { said: texts } = await beebole.desk.do(command, line);
				const why = 'This column stands for the project itself. Deactivate or activate the project instead.';
				assert.deepEqual(texts, [why]);
			}
			const { said: texts } = await beebole.desk.do('renameColumn', line, { type: 'Other' });
			assert.match(said(texts), /stands for the project itself and cannot be renamed\./);
		});
		assert.deepEqual(sent, []);
	});
});
