import assert from 'node:assert/strict';
import { NotAllowed, NotFound, OutcomeUnknown } from '../../src/core/errors.ts';
import type { Workspace } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import type { Session } from '../../src/core/provider.ts';
import { projectplace } from '../../src/providers/projectplace/index.ts';
import type { FaultKind } from '../../src/sandbox/faults.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { openPractice, signal } from '../support/session.ts';
import { readOnlySession } from './projectplaceJobs.ts';

describe('ProjectPlace’s removal of workspaces', () => {
	let server: TestVendor;
	let session: Session;
	let workspace: Workspace;

	beforeEach(async () => {
		server = await startVendor('projectplace');
		({ session } = await openPractice(projectplace, server.address));
		[workspace] = (await workspaces()) as [Workspace];
	});
	afterEach(() => server.close());

	const workspaces = async (of = session) => allItems(await of.workspaces(signal()), signal());
	const begun = (one: Workspace, of: Session) => of.operations!.workspace![0]!.begin(one, signal());
	const remove = async (one = workspace, of = session) => (await begun(one, of)).submit({}, signal());
	const isThere = async () => (await workspaces()).some(({ id }) => id === workspace.id);
	const deletions = () => server.requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path);

	it('says in one sentence what becomes of a workspace, and wants its name typed', async () => {
		const asked = (await begun(workspace, session)).confirmation?.({});
		assert.match(asked?.detail ?? '', /^ProjectPlace deletes .+\.$/);
		assert.equal(asked?.word, workspace.name);
	});

	it('deletes a workspace, which is not listed any more', async () => {
		const before = (await workspaces()).length;
		await remove();
		assert.deepEqual(deletions(), [`/1/projects/${workspace.id}`]);
		assert.equal(await isThere(), false);
		assert.equal((await workspaces()).length, before - 1);
	});

	it('deletes an archived workspace as well', async () => {
		const old = (await workspaces()).find(({ archived }) => archived)!;
		await remove(old);
		assert.ok(!(await workspaces()).some(({ archived }) => archived));
	});

	it('says so when it is gone already', async () => {
		await remove();
		await assert.rejects(remove(), NotFound);
	});

	it('is refused to a robot that only reads', async () => {
		await assert.rejects(remove(workspace, await readOnlySession(server)), NotAllowed);
		assert.equal(await isThere(), true);
	});

	for (const [kind, stays] of [
		['500', true],
		['cut', false],
		['drop', true],
	] as const satisfies readonly (readonly [FaultKind, boolean])[]) {
		it(`is sent once where the answer is: ${kind}, and the next list tells what became of it`, async () => {
			server.fault('DELETE', kind, 1);
			await assert.rejects(remove(), OutcomeUnknown);
			assert.equal(deletions().length, 1);
			assert.equal(await isThere(), stays);
		});
	}

	it('is sent again with new credentials, because a refusal of the old ones comes before any work', async () => {
		server.fault('DELETE', '401', 1);
		await remove();
		assert.equal(await isThere(), false);
	});

	it('waits where there are too many requests', async () => {
		server.fault('DELETE', '429', 1);
		await remove();
		assert.equal(await isThere(), false);
	}).timeout(10_000);
});
