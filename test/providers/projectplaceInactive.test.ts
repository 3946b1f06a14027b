import assert from 'node:assert/strict';
import type { BulkJob, BulkRow } from '../../src/core/bulk.ts';
import { InvalidInput, NotAllowed, OutcomeUnknown, Refused, Unreachable } from '../../src/core/errors.ts';
import { problemsOf, type Values } from '../../src/core/form.ts';
import { allItems } from '../../src/core/page.ts';
import type { Session, SessionIo } from '../../src/core/provider.ts';
import { projectplace } from '../../src/providers/projectplace/index.ts';
import type { FaultKind } from '../../src/sandbox/faults.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { type Opened, openPractice, signal } from '../support/session.ts';
import { jobIo, jobOf, readOnlySession, runRows, writesTo } from './projectplaceJobs.ts';

interface Person {
	readonly id: number;
	readonly name: string;
	readonly email: string;
	account_role: string;
	last_login: number | null;
}
interface Owned {
	readonly id: number;
	owner_id: number;
}

const day = 86_400_000;

describe('ProjectPlace’s removal of inactive people', () => {
	let server: TestVendor;
	let opened: Opened;
	let session: Session;
	let job: BulkJob;
	/** Björk takes over. */
	const values = { days: '90', replacement: '502' };

	beforeEach(async () => {
		server = await startVendor('projectplace');
		opened = await openPractice(projectplace, server.address);
		({ session } = opened);
		job = jobOf(session, 'removeInactiveUsers');
		people().forEach((one) => (one.last_login = Date.now() - day));
	});
	afterEach(() => server.close());

	const people = () => server.state.people as Person[];
	const person = (id: number): Person => people().find((one) => one.id === id)!;
	/** Days since each of these signed in; everybody else did yesterday. */
	const away = (days: Readonly<Record<number, number>>): void =>
		Object.entries(days).forEach(([id, ago]) => (person(Number(id)).last_login = Date.now() - ago * day));
	const gather = (given: Values = values, of = job, io = jobIo()) => of.gather(given, {}, io, signal());
	const act = (id: number): string => `POST /1/account/people/${id}`;
	const chosen = (row: BulkRow, value: string): BulkRow => ({ ...row, choice: { ...row.choice!, value } });
	const ownedBy = (id: number) =>
		(['projects', 'portfolios', 'templates', 'teams'] as const).map(
			(kind) => (server.state[kind] as Owned[]).filter(({ owner_id }) => owner_id === id).length,
		);
	async function problemsWith(given: Values): Promise<readonly unknown[]> {
		try {
			await gather(given);
		} catch (error) {
			assert.ok(error instanceof InvalidInput, String(error));
			return error.problems;
		}
		return [];
	}
	/** A session whose requests to change people are kept with their bodies. */
	function watched(): { of: BulkJob; sent: unknown[] } {
		const sent: unknown[] = [];
		const watching: typeof fetch = async (input, init) => {
			const request = new Request(input, init);
			if (/people\/\d+$/.test(request.url)) {
				sent.push(await request.clone().json());
			}
			return fetch(request);
		};
		const of = jobOf(
			projectplace.open(opened.account, { ...opened.io, fetch: watching } satisfies SessionIo),
			'removeInactiveUsers',
		);
		return { of, sent };
	}

	it('asks for the days and for a full member who takes over', async () => {
		const fields = job.fields({});
		for (const days of ['0', '-3', '1.5', 'a year', '1825']) {
			assert.match(problemsOf(fields, { ...values, days })[0]!.message, /whole number from 1 to/, days);
		}
		assert.deepEqual(problemsOf(fields, { days: '1824', replacement: '502' }), []);
		const field = fields.find(({ id }) => id === 'replacement')!;
		assert.ok(field.kind === 'choice');
		const choices = await allItems(await field.choices({}, signal()), signal());
		const full = people().filter(({ account_role }) => account_role !== 'account_role_external');
		assert.equal(choices.length, full.length);
		assert.deepEqual(choices[1], { value: '502', label: 'Björk Jónsdóttir', detail: 'bjork@quayside.example' });
	});

	it('lists the inactive with name, role, last sign-in and what they head, those away longest first', async () => {
		away({ 597: 100, 503: 400, 598: 200, 512: 91, 507: 80 });
		const { columns, rows, skipped } = await gather();
		assert.deepEqual(
			rows.map(({ key }) => key),
			['503', '598', '597', '512'],
		);
		assert.deepEqual(
			columns.map(({ id }) => id),
			Object.keys(rows[0]!.cells),
		);
		const [chidi, hiroshi, , outside] = rows;
		assert.deepEqual(chidi!.cells, {
			name: 'Chidi Okafor',
			email: 'chidi@quayside.example',
			role: 'administrator',
			seen: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(Date.now() - 400 * day),
			days: '400',
			effect: 'Deleted',
		});
		assert.match(chidi!.warning!, /^Heads the workspaces: “.+”\. Heads the portfolios: “North”\.$/);
		assert.equal(hiroshi!.warning, 'Heads the templates: “Sprint”. Heads the teams: “Divers”.');
		assert.deepEqual(
			[outside!.cells.role, outside!.cells.effect],
			['external, in some workspaces only', 'Removed from the account'],
		);
		assert.deepEqual(skipped, []);
		assert.deepEqual(writesTo(server), []);
	});

	it('offers a replacement where somebody heads something, and nobody who goes is one', async () => {
		away({ 597: 100, 503: 400, 599: 300 });
		const { rows } = await gather();
		const [chidi, , giulia] = rows;
		assert.equal(chidi!.choice?.value, '502');
		const offered = chidi!.choice.choices.map(({ value }) => value);
		assert.ok(offered.includes('504') && !offered.some((id) => ['503', '597', '599', '512'].includes(id)));
		assert.deepEqual([giulia!.choice, giulia!.warning], [undefined, undefined]);
	});

	it('goes beyond the first page of people', async () => {
		people()
			.slice(10)
			.forEach((one, at) => (one.last_login = Date.now() - (100 + at) * day));
		const io = jobIo();
		const { rows } = await gather(values, job, io);
		assert.equal(rows.length, 90);
		assert.equal(new Set(rows.map(({ key }) => key)).size, 90);
		assert.equal(rows[0]!.key, '600');
		assert.equal(
			server.requests.filter(({ path, method }) => method === 'POST' && path === '/1/account/people').length,
			3,
		);
		assert.equal(io.told.at(-1), 'Looked at what 90 of 90 people head');
	});

	it('refuses a replacement who is not there, external or inactive, before anything is looked at', async () => {
		away({ 503: 400 });
		for (const [replacement, message] of [
			['503', /is among the inactive people/],
			['512', /no full member/],
			['9999', /no full member/],
		] as const) {
			const [problem] = (await problemsWith({ ...values, replacement })) as [{ field: string; message: string }];
			assert.equal(problem.field, 'replacement');
			assert.match(problem.message, message);
		}
		assert.equal(server.requests.filter(({ path }) => path.includes('owned-artifacts')).length, 0);
		assert.equal((await problemsWith({ days: 'x', replacement: '' })).length, 2);
	});

	it('leaves out the person who asks, and whoever can’t be looked at, with the reason', async () => {
		away({ 503: 400, 597: 300 });
		server.fault('GET /1/account/people/597/owned-artifacts', '403');
		const meddling: typeof fetch = async (input, init) => {
			const request = new Request(input, init);
			return request.url.endsWith('/profile') ? Response.json({ id: 503, first_name: 'Chidi' }) : fetch(request);
		};
		const of = projectplace.open(opened.account, { ...opened.io, fetch: meddling } satisfies SessionIo);
		const { rows, skipped } = await gather(values, jobOf(of, 'removeInactiveUsers'));
		assert.deepEqual(rows, []);
		assert.deepEqual(
			skipped.map(({ label }) => label),
			['Chidi Okafor', 'Giulia El Amrani'],
		);
		assert.equal(skipped[0]!.reason, 'This is you.');
		assert.match(skipped[1]!.reason, /does not allow/);
	});

	it('shows nobody as inactive because a server does not heed the days', async () => {
		away({ 503: 400 });
		const careless: typeof fetch = async (input, init) => {
			const request = new Request(input, init);
			if (!request.url.endsWith('/1/account/people') || request.method !== 'POST') {
				return fetch(request);
			}
			const seen = (id: number, last_login: unknown) => ({
				userid: String(id),
				name: 'A',
				last_login,
				account_role: 'account_role_member',
			});
			return Response.json([seen(503, person(503).last_login), seen(504, Date.now()), seen(505, null)]);
		};
		const of = projectplace.open(opened.account, { ...opened.io, fetch: careless } satisfies SessionIo);
		const { rows } = await gather(values, jobOf(of, 'removeInactiveUsers'));
		assert.deepEqual(
			rows.map(({ key }) => key),
			['503'],
		);
	});

	it('names the number and the effect, and wants a word', async () => {
		away({ 503: 400, 597: 300, 512: 200 });
		const { rows } = await gather();
		const { question, detail, word } = job.confirmation(rows, values);
		assert.equal(question, 'Remove 3 people from the account?');
		assert.equal(
			detail,
			'Members who are deleted: 2. External people who are removed: 1. People who head something, which goes to their replacement: 1. ProjectPlace can’t undo it.',
		);
		assert.equal(word, 'remove');
		assert.match(job.confirmation(rows.slice(0, 1), values).question, /^Remove “Chidi Okafor \(chidi@/);
	});

	it('deletes members, removes people from outside, and hands over what they head', async () => {
		away({ 503: 400, 598: 300, 512: 200 });
		const { of, sent } = watched();
		const { rows } = await gather(values, of);
		const projects = (server.state.projects as Owned[]).filter(({ owner_id }) => owner_id === 503);
		const before = ownedBy(502);
		const { done, failed, skipped } = await runRows(of, [rows[0]!, chosen(rows[1]!, '504'), rows[2]!], values);
		assert.deepEqual([failed, skipped], [{}, {}]);
		assert.deepEqual(Object.keys(done), ['503', '512', '598']);
		assert.equal(done[512], 'Removed from the account.');
		assert.ok(![503, 512, 598].some((id) => people().some((one) => one.id === id)));
		assert.deepEqual(ownedBy(502), [before[0]! + projects.length, before[1]! + 1, 0, 0]);
		assert.deepEqual(ownedBy(504).slice(2), [1, 1]);
		assert.deepEqual(sent, [
			{
				action: 'delete_account_user',
				params: [
					{
						503: {
							workspaces: Object.fromEntries(projects.map(({ id }) => [id, 502])),
							portfolios: { 31: 502 },
							templates: {},
							teams: {},
						},
					},
				],
			},
			{
				action: 'delete_account_user',
				params: [{ 598: { workspaces: {}, portfolios: {}, templates: { 41: 504 }, teams: { 51: 504 } } }],
			},
			{
				action: 'remove_account_user',
				params: [{ 512: { workspaces: {}, portfolios: {}, templates: {}, teams: {} } }],
			},
		]);
		assert.equal(await of.isDone!(rows[0]!, values, jobIo(), signal()), true);
	});

	it('reads again what somebody heads right before, and gives that to the replacement too', async () => {
		away({ 597: 100 });
		const { rows } = await gather();
		assert.equal(rows[0]!.choice, undefined);
		(server.state.teams as Owned[])[0]!.owner_id = 597;
		const { done } = await runRows(job, rows, values);
		assert.equal(done[597], 'Deleted; the replacement got what they headed.');
		assert.equal((server.state.teams as Owned[])[0]!.owner_id, 502);
	});

	it('spares whoever signed in after the list was made, and skips who is gone', async () => {
		away({ 503: 400, 597: 100, 507: 200 });
		const { rows } = await gather();
		person(597).last_login = Date.now();
		people().splice(
			people().findIndex(({ id }) => id === 507),
			1,
		);
		const { done, skipped } = await runRows(job, rows.slice(1), values);
		assert.deepEqual(done, {});
		assert.deepEqual(skipped, {
			597: 'Has signed in since the list was made.',
			507: 'Is no longer in the account.',
		});
		assert.deepEqual(writesTo(server), []);
		assert.equal(await job.isDone!(rows[1]!, values, jobIo(), signal()), true);
		assert.equal(await job.isDone!(rows[2]!, values, jobIo(), signal()), false);
	});

	it('takes 200 with the person among the failed for a failure, and one that names nobody for unknown', async () => {
		away({ 503: 400 });
		const { rows } = await gather();
		const { failed } = await runRows(job, [chosen(rows[0]!, '512')], values);
		assert.ok(failed[503] instanceof Refused);
		const naming = (body: unknown): BulkJob => {
			const answering: typeof fetch = async (input, init) => {
				const request = new Request(input, init);
				return request.url.endsWith('/people/503') ? Response.json(body) : fetch(request);
			};
			const of = projectplace.open(opened.account, { ...opened.io, fetch: answering } satisfies SessionIo);
			return jobOf(of, 'removeInactiveUsers');
		};
		for (const body of [{ succeeded: ['7'], failed: [] }, {}, []]) {
			const ended = await runRows(naming(body), rows, values);
			assert.ok(ended.failed[503] instanceof OutcomeUnknown, JSON.stringify(body));
		}
		assert.ok((await runRows(naming({ succeeded: [503] }), rows, values)).done[503], 'ids may be numbers');
		assert.ok(person(503));
	});

	it('sends nothing where nobody could get what is headed', async () => {
		away({ 503: 400 });
		const { rows } = await gather();
		const { choice: _, ...bare } = rows[0]!;
		for (const replacement of [undefined, '503']) {
			const { failed } = await runRows(job, [bare], { ...values, replacement });
			assert.ok(failed[503] instanceof Refused);
		}
		assert.deepEqual(writesTo(server), []);
	});

	it('is refused to a robot that only reads, who still sees the table', async () => {
		away({ 597: 100 });
		const reader = jobOf(await readOnlySession(server), 'removeInactiveUsers');
		const { rows } = await gather(values, reader);
		const { failed } = await runRows(reader, rows, values);
		assert.ok(failed[597] instanceof NotAllowed);
		assert.ok(person(597));
	});

	for (const [kind, isDone] of [
		['500', false],
		['cut', true],
		['drop', false],
		['malformed', true],
	] as const satisfies readonly (readonly [FaultKind, boolean])[]) {
		it(`removes nobody twice where the answer is: ${kind}, and the account tells what became of it`, async () => {
			away({ 503: 400, 597: 100 });
			const { rows } = await gather();
			server.fault(act(503), kind);
			const { done, failed } = await runRows(job, rows, values);
			assert.ok(failed[503] instanceof OutcomeUnknown, String(failed[503]));
			assert.deepEqual(Object.keys(done), ['597']);
			assert.deepEqual(writesTo(server), [act(503), act(597)]);
			assert.equal(await job.isDone!(rows[0]!, values, jobIo(), signal()), isDone);
			server.clearFaults();
			const again = await runRows(job, rows, values);
			assert.deepEqual(Object.keys(again.skipped), isDone ? ['503', '597'] : ['597']);
			assert.equal(writesTo(server).length, isDone ? 2 : 3);
		});
	}

	it('waits where there are too many requests', async () => {
		away({ 597: 100 });
		const { rows } = await gather();
		server.fault(act(597), '429', 1);
		const { done } = await runRows(job, rows, values);
		assert.deepEqual(done, { 597: 'Deleted.' });
	}).timeout(10_000);

	it('sends nothing where what somebody heads can’t be read', async () => {
		away({ 597: 100 });
		const { rows } = await gather();
		server.fault('owned-artifacts', '500');
		const { failed } = await runRows(job, rows, values);
		assert.ok(failed[597] instanceof Unreachable);
		assert.deepEqual(writesTo(server), []);
	}).timeout(10_000);

	it('stops looking when it is cancelled', async () => {
		people()
			.slice(10)
			.forEach((one) => (one.last_login = Date.now() - 100 * day));
		const stop = new AbortController();
		const io = { ...jobIo(), tell: (message: string) => message.includes('5 of') && stop.abort() } as never;
		await assert.rejects(job.gather(values, {}, io, stop.signal), { name: 'AbortError' });
		assert.ok(server.requests.filter(({ path }) => path.includes('owned-artifacts')).length < 20);
	});
});
