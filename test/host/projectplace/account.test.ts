import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { wayOf } from '../privacy/signIns.ts';
import { type Place, stepsOf } from '../privacy/ways.ts';
import { Quay, run } from './support.ts';

const scheme = 'boardwalk-report';

describe('projectplace: the account', () => {
	let quay: Quay;
	before(async () => {
		quay = await Quay.open();
	});
	afterEach(() => quay.served.faults.clear());
	after(() => quay.close());

	const accountsHere = () => quay.own.services.accounts.list();

	describe('its information', () => {
		it('is shown with its name, its number and its heads, and a line of it is copied', async () => {
			const { offered } = await run([{ pick: '4100' }], 'showAccountInfo', quay.root);
			assert.deepEqual(offered.slice(0, 3), ['Quayside', '4100', 'Ada Lindqvist, Björk Jónsdóttir']);
			assert.equal(await vscode.env.clipboard.readText(), '4100');
		});

		it('is not made up where ProjectPlace refuses: the reason is said', async () => {
			quay.own.services.sessions.peek(quay.account).forget();
			quay.served.faults.add({ pattern: 'GET /1/account', kind: '403' });
			const { said } = await run([], 'showAccountInfo', quay.root);
			assert.match(said.join(), /ProjectPlace/);
		});
	});

	describe('a robot’s connection', () => {
		/** What is said beneath the report, which tells whether all is fine. */
		const verdict = async (): Promise<string> => (await run([], 'checkConnection', quay.root)).said.join();
		afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

		it('is tested by asking for its account, and what it may do is said', async () => {
			assert.match(await verdict(), /Quayside: Everything that could be checked is fine\./);
			const { id, name } = quay.account;
			const uri = vscode.Uri.from({ scheme, path: `/${id}/Connection of ${name}.md` });
			const text = (await vscode.workspace.openTextDocument(uri)).getText().replaceAll('\\', '');
			assert.match(text, /Requests are made as Robot 1, .*Quayside\./);
		});

		it('is not called fine where ProjectPlace refuses the robot, and is again once it does not', async () => {
			quay.served.faults.add({ pattern: '*', kind: '401' });
			quay.own.services.sessions.reopen(quay.account.id);
			assert.match(await verdict(), /Quayside: One thing needs attention\./);
			quay.served.faults.clear();
			quay.own.services.sessions.reopen(quay.account.id);
			await run([{ leave: true }], 'showAccountInfo', quay.root);
			assert.match(await verdict(), /Quayside: Everything that could be checked is fine\./);
		});
	});

	describe('signing in', () => {
		const place = () => quay.served.address as Place;

		it('is offered in three ways: two for robots, and the browser', async () => {
			const { offered } = await run([{ pick: 'ProjectPlace' }, { leave: true }], 'addAccount');
			for (const way of ['Robot (OAuth 2)', 'Robot (OAuth 1)', 'In the browser']) {
				assert.ok(
					offered.some((label) => label.includes(way)),
					`${way} is not among ${offered.join(', ')}`,
				);
			}
		});

		for (const id of ['clientCredentials', 'oauth1']) {
			it(`is done with a robot’s keys (${id})`, async () => {
				const before = accountsHere().map((one) => one.id);
				await run(stepsOf(wayOf(id), place()), 'addAccount');
				const added = accountsHere().filter((one) => one.way === id && one.server === place().url);
				assert.equal(added.length, 1);
				for (const one of added.filter((account) => !before.includes(account.id))) {
					const { offered } = await run([{ leave: true }], 'showAccountInfo', quay.own.services.tree.rootOf(one));
					assert.ok(offered.includes('Quayside'));
					await quay.own.services.accounts.remove(one.id);
				}
			});
		}

		it('is refused with a wrong secret, and no account is added', async () => {
			const before = accountsHere().length;
			const steps = stepsOf(wayOf('oauth1'), place(), () => 'no secret of anybody');
			const { said } = await run([...steps, { leave: true }], 'addAccount');
			assert.match(said.join('\n'), /ProjectPlace/);
			assert.equal(accountsHere().length, before);
		});
	});
});
