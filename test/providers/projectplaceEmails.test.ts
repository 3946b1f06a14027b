import assert from 'node:assert/strict';
import type { BulkJob } from '../../src/core/bulk.ts';
import { InvalidInput, NotAllowed, OutcomeUnknown, Refused, Unreachable } from '../../src/core/errors.ts';
import { problemsOf } from '../../src/core/form.ts';
import type { Session } from '../../src/core/provider.ts';
import { projectplace } from '../../src/providers/projectplace/index.ts';
import type { FaultKind } from '../../src/sandbox/faults.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { openPractice, signal } from '../support/session.ts';
import { jobIo, jobOf, readOnlySession, runRows, writesTo } from './projectplaceJobs.ts';

interface Person {
	readonly id: number;
	name: string;
	email: string;
	account_role: string;
}

describe('ProjectPlace’s change of e-mail addresses', () => {
	let server: TestVendor;
	let session: Session;
	let job: BulkJob;
	const values = { file: 'list' };

	beforeEach(async () => {
		server = await startVendor('projectplace');
		({ session } = await openPractice(projectplace, server.address));
		job = jobOf(session, 'updateEmails');
	});
	afterEach(() => server.close());

	const person = (id: number): Person => (server.state.people as Person[]).find((one) => one.id === id)!;
	const gather = (list: string | Uint8Array, of = job) => of.gather(values, {}, jobIo({ list }), signal());
	const act = (id: number): string => `POST /1/account/people/${id}`;
	async function problemsIn(list: string | Uint8Array): Promise<string[]> {
		const asked = server.requests.length;
		try {
			await gather(list);
		} catch (error) {
			assert.ok(error instanceof InvalidInput, String(error));
			assert.ok(error.problems.every(({ field }) => field === 'file'));
			assert.equal(server.requests.length, asked, 'something was asked although the list is wrong');
			return error.problems.map(({ message }) => message);
		}
		return [];
	}

	it('asks for a file and makes no request for it', () => {
		const asked = server.requests.length;
		const fields = job.fields({});
		assert.deepEqual(problemsOf(fields, {}), [{ field: 'file', message: 'List of addresses is needed.' }]);
		assert.equal(server.requests.length, asked);
		assert.deepEqual([job.on, fields.length], ['account', 1]);
	});

	it('shows whom it would change and leaves out who is not there, with the reason', async () => {
		const { columns, rows, skipped } = await gather(
			'Emile@Quayside.example,EMILE@quay.example\nnobody@quayside.example,x@quay.example\n',
		);
		assert.deepEqual(
			rows.map(({ key, label, cells, warning }) => ({ key, label, cells, warning })),
			[
				{
					key: '505',
					label: 'emile@quayside.example → emile@quay.example',
					cells: {
						name: 'Émile Girard',
						role: 'member',
						existing: 'emile@quayside.example',
						next: 'emile@quay.example',
					},
					warning: undefined,
				},
			],
		);
		assert.deepEqual(
			columns.map(({ id }) => id),
			Object.keys(rows[0]!.cells),
		);
		assert.deepEqual(skipped, [
			{
				label: 'nobody@quayside.example → x@quay.example',
				reason: 'Nobody in the account has the existing address.',
			},
		]);
		assert.deepEqual(writesTo(server), []);
	});

	it('changes only the four roles of full members', async () => {
		const people = [503, 504, 505, 506, 507].map(person);
		['admin', 'co_owner', 'member', 'external', 'something_new'].forEach((role, at) => {
			people[at]!.account_role = `account_role_${role}`;
		});
		const list = people.map(({ email }, at) => `${email},new.${at}@quay.example`).join('\n');
		const { rows, skipped } = await gather(list);
		assert.deepEqual(
			rows.map(({ key }) => key),
			['503', '504', '505'],
		);
		assert.equal(skipped.length, 2);
		assert.match(skipped[0]!.reason, /“external, in some workspaces only”, and only full members/);
	});

	it('unticks what ProjectPlace will hardly do, and says why', async () => {
		const { rows, skipped } = await gather(
			`${person(501).email},ada@quay.example\n${person(505).email},${person(506).email}\ngone@quay.example,${person(507).email}`,
		);
		assert.deepEqual(
			rows.map(({ isOff, warning }) => [isOff, warning]),
			[
				[true, 'ProjectPlace does not change the address of the account’s owner.'],
				[true, 'Fatima El Amrani has the new address now.'],
			],
		);
		assert.match(skipped[0]!.reason, /Giulia Ferraro has the new one already/);
	});

	describe('its list', () => {
		const pair = (separator: string) => `emile@quayside.example${separator}émile@quay.example`;
		const nextOf = async (list: string | Uint8Array) => (await gather(list)).rows.map(({ cells }) => cells.next);
		const utf16 = (text: string) => {
			const bytes = new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));
			return bytes;
		};
		const lists: readonly (readonly [string, string | Uint8Array])[] = [
			['UTF-8 with commas', pair(',')],
			['UTF-8 with a mark and semicolons', `\uFEFF${pair(';')}\r\n`],
			['UTF-8 with tabs', `${pair('\t')}\n\n`],
			['quoted cells', `"emile@quayside.example";" émile@quay.example "\n`],
			['UTF-16, little end first', utf16(pair(';'))],
			['UTF-16, big end first', utf16(pair(',')).map((_, at, all) => all[at ^ 1]!)],
			['UTF-16 with tabs', utf16(pair('\t'))],
			['empty cells behind', `${pair(';')};;\n;;;\n`],
			['Windows-1252', new Uint8Array(Buffer.from(pair(';'), 'latin1'))],
			['old Mac line ends', `${pair(',')}\r`],
		];
		for (const [name, list] of lists) {
			it(`may be in ${name}`, async () => {
				assert.deepEqual(await nextOf(list), ['émile@quay.example']);
			});
		}

		it('is refused with the numbers of all lines that are wrong, before anything is asked', async () => {
			const list = [
				'a@x.example,b@x.example',
				'',
				'c@x.example',
				'd@x.example,e@x.example,f',
				'g@@x.example,no address',
				'h@x.example,',
				'A@x.example,i@x.example',
				'j@x.example,B@X.example',
				'k@x.example,K@x.example',
			].join('\r\n');
			assert.deepEqual(await problemsIn(list), [
				'Line 3 must have 2 columns and has 1.',
				'Line 4 must have 2 columns and has 3.',
				'Line 5: “g@@x.example” is no e-mail address.',
				'Line 5: “no address” is no e-mail address.',
				'Line 6: an address is missing.',
				'Line 7: “a@x.example” stands in line 1 already.',
				'Line 8: “b@x.example” stands in line 1 already.',
				'Line 9: both addresses are the same.',
			]);
		});

		it('is refused where it has a heading, an open quotation mark, or nothing', async () => {
			assert.deepEqual(await problemsIn('Old;New\na@x.example;b@x.example'), [
				'Line 1 looks like a heading; the list must begin with its first two addresses.',
			]);
			assert.deepEqual(await problemsIn('a@x.example,b@x.example\n"c@x.example,d@x.example\n'), [
				'Line 2: a quotation mark is not closed, or stands inside a value without being doubled.',
			]);
			assert.deepEqual(await problemsIn(' \n\n'), ['There is nothing in the file.']);
			assert.deepEqual(await problemsIn(''), ['There is nothing in the file.']);
			assert.match((await problemsIn(new Uint8Array(20_000_001)))[0]!, /larger than 20 MB/);
		});

		it('names twenty problems and counts the others', async () => {
			const problems = await problemsIn(Array.from({ length: 1300 }, (_, at) => `a${at}@x.example`).join('\n'));
			assert.equal(problems.length, 21);
			assert.equal(problems.at(-1), `${new Intl.NumberFormat().format(1280)} more problems are not listed.`);
		});
	});

	it('names the number and the effect before it begins', async () => {
		const { rows } = await gather(`${person(505).email},a@quay.example\n${person(506).email},b@quay.example`);
		assert.equal(job.confirmation(rows, values).question, 'Change the e-mail addresses of 2 people?');
		assert.equal(job.confirmation(rows.slice(1), values).question, 'Change the e-mail address of Fatima El Amrani?');
		assert.match(job.confirmation(rows, values).detail!, /stays as the second/);
	});

	it('changes each address once, and can tell afterwards', async () => {
		const { rows } = await gather(`${person(505).email},A@quay.example\n${person(506).email},b@quay.example`);
		assert.equal(await job.isDone!(rows[0]!, values, jobIo(), signal()), false);
		const { done } = await runRows(job, rows, values);
		assert.deepEqual(done, { 505: 'Has the address a@quay.example now.', 506: 'Has the address b@quay.example now.' });
		assert.deepEqual([person(505).email, person(506).email], ['a@quay.example', 'b@quay.example']);
		assert.deepEqual(writesTo(server), [act(505), act(506)]);
		assert.equal(await job.isDone!(rows[0]!, values, jobIo(), signal()), true);
	});

	it('takes 200 with the person among the failed for a failure', async () => {
		const { rows } = await gather(`${person(505).email},e@elsewhere.example\n${person(506).email},b@quay.example`);
		const { done, failed } = await runRows(job, rows, values);
		assert.ok(failed[505] instanceof Refused);
		assert.match(failed[505].message, /whose domain the account enforces/);
		assert.deepEqual(Object.keys(done), ['506']);
		assert.equal(await job.isDone!(rows[0]!, values, jobIo(), signal()), false);
	});

	it('is refused to a robot that only reads, who still sees the table', async () => {
		const reader = jobOf(await readOnlySession(server), 'updateEmails');
		const { rows } = await gather(`${person(505).email},a@quay.example`, reader);
		const { failed } = await runRows(reader, rows, values);
		assert.ok(failed[505] instanceof NotAllowed);
		assert.equal(person(505).email, 'emile@quayside.example');
	});

	for (const [kind, isDone] of [
		['500', false],
		['cut', true],
		['drop', false],
		['malformed', true],
	] as const satisfies readonly (readonly [FaultKind, boolean])[]) {
		it(`sends a change once where its answer is: ${kind}, and the account tells what became of it`, async () => {
			const { rows } = await gather(`${person(505).email},a@quay.example\n${person(506).email},b@quay.example`);
			server.fault(act(505), kind);
			const { done, failed } = await runRows(job, rows, values);
			assert.ok(failed[505] instanceof OutcomeUnknown, String(failed[505]));
			assert.deepEqual(Object.keys(done), ['506']);
			assert.equal(writesTo(server).filter((line) => line === act(505)).length, 1);
			assert.equal(await job.isDone!(rows[0]!, values, jobIo(), signal()), isDone);
		});
	}

	it('waits where there are too many requests, and sends again what was not taken', async () => {
		const { rows } = await gather(`${person(505).email},a@quay.example`);
		server.fault(act(505), '429', 1);
		const { done } = await runRows(job, rows, values);
		assert.deepEqual(Object.keys(done), ['505']);
		assert.equal(person(505).email, 'a@quay.example');
	}).timeout(10_000);

	it('ends before the table where the people can’t be read', async () => {
		server.fault('GET /1/account/people', '500');
		await assert.rejects(gather('a@x.example,b@x.example'), Unreachable);
	});
});
