import assert from 'node:assert/strict';
import { BeeboleDesk, harbour, operationsIn, relaunch } from './beeboleDesk.ts';

const said = (texts: readonly string[]): string => texts.join('\n');

describe('beebole: a company', function () {
	this.timeout(60_000);
	let beebole: BeeboleDesk;
	before(async () => {
		beebole = await BeeboleDesk.open();
	});
	after(() => beebole.close());

	it('is made with a name, as one of your own where that is switched on, and never with a blank name', async () => {
		const sent = await beebole.sent(async () => {
			const script = await beebole.desk.do(
				'createProject',
				[],
				{ pick: 'New company' },
				{ type: '  ' },
				{ type: 'Kai & Söhne' },
				{ pick: 'Own company or branch' },
				{ pick: 'Create company' },
			);
			assert.match(said(script.said), /Name is needed\./);
			assert.match(said(script.said), /Beebole lets nobody change this afterwards\./);
			assert.match(said(script.said), /Kai & Söhne was created in Desk\./);
		});
		assert.deepEqual(sent, [{ service: 'company.create', company: { name: 'Kai & Söhne', corporate: true } }]);
		assert.equal(beebole.entity('company', 'Kai & Söhne').fields['corporate'], true);
		assert.ok((await beebole.desk.labels()).includes('Kai & Söhne'));
	});

	it('is not made where the person leaves', async () => {
		const sent = await beebole.sent(() =>
			beebole.desk.do('createProject', [], { pick: 'New company' }, { type: 'Never' }, { leave: true }),
		);
		assert.deepEqual(sent, []);
		assert.deepEqual(beebole.named('company', 'Never'), []);
	});

	it('can be edited, deactivated and activated, and neither deleted nor copied', async () => {
		assert.deepEqual(operationsIn(await beebole.desk.offered(harbour)), ['opArchive', 'opEdit']);
		assert.deepEqual(operationsIn(await beebole.desk.offered('Old library scans')), ['opEdit', 'opRestore']);
		const sent = await beebole.sent(async () => {
			for (const command of ['delete', 'copy']) {
				assert.match(said((await beebole.desk.do(command, [harbour])).said), /can’t be done in Desk\.$/, command);
			}
		});
		assert.deepEqual(sent, []);
	});

	it('gets another name, which is all that is sent, and a blank one is refused beside it', async () => {
		const held = beebole.entity('company', 'Onboarding 2027');
		const sent = await beebole.sent(async () => {
			const script = await beebole.desk.do('edit', ['Onboarding 2027'], { type: ' ' }, { type: ' Onboarding 2028 ' });
			assert.match(said(script.said), /Name is needed\./);
			assert.match(said(script.said), /The company was changed\./);
		});
		assert.deepEqual(sent, [{ service: 'company.update', company: { id: held.id, name: 'Onboarding 2028' } }]);
		assert.equal(held.name, 'Onboarding 2028');
		const labels = await beebole.desk.labels();
		assert.ok(labels.includes('Onboarding 2028') && !labels.includes('Onboarding 2027'));
	});

	it('is not sent where nothing was changed', async () => {
		const sent = await beebole.sent(async () => {
			const script = await beebole.desk.do('edit', [harbour], { type: harbour });
			assert.match(said(script.said), /Nothing was changed\./);
		});
		assert.deepEqual(sent, []);
	});

	it('that another system made goes by that system’s own id', async () => {
		const sent = await beebole.sent(() => beebole.desk.do('edit', ['Wind farm north'], { type: 'Wind farm' }));
		assert.deepEqual(sent, [{ service: 'company.update', company: { xid: 'ERP-4', name: 'Wind farm' } }]);
		assert.equal(beebole.named('company', 'Wind farm').length, 1);
	});

	it('is edited from the palette, where account and company are asked for', async () => {
		const script = await beebole.desk.fromPalette(
			'edit',
			{ pick: 'Desk' },
			{ pick: 'Edit company' },
			{ pick: 'Café Ångström' },
			{ type: 'Café Ångström II' },
		);
		assert.match(said(script.said), /The company was changed\./);
		assert.equal(beebole.named('company', 'Café Ångström II').length, 1);
		assert.ok((await beebole.desk.labels()).includes('Café Ångström II'));
	});

	it('is deactivated and activated without a question, and its line says which it is', async () => {
		const held = beebole.entity('company', relaunch);
		for (const [command, words, isActive, verb] of [
			['archive', `${relaunch} is inactive.`, false, 'deactivate'],
			['restore', `${relaunch} is active.`, true, 'activate'],
		] as const) {
			const sent = await beebole.sent(async () => {
				assert.deepEqual((await beebole.desk.do(command, [relaunch])).said, [words]);
			});
			assert.deepEqual(sent, [{ service: `company.${verb}`, id: held.id }]);
			assert.equal(held.active, isActive);
			const offered = await beebole.desk.offered(relaunch);
			assert.deepEqual(operationsIn(offered), [isActive ? 'opArchive' : 'opRestore', 'opEdit'].toSorted());
			assert.equal(offered.includes('createProject'), isActive);
		}
	});

	it('that is active already is not activated again by an older line', async () => {
		const sent = await beebole.sent(async () => {
			assert.deepEqual((await beebole.desk.do('restore', [harbour])).said, [`${harbour} is active already.`]);
			const old = await beebole.desk.do('archive', ['Old library scans']);
			assert.deepEqual(old.said, ['Old library scans is inactive already.']);
		});
		assert.deepEqual(sent, []);
	});
});
