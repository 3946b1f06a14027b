import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Refused } from '../../src/core/errors.ts';
import { problemsOf, type Values } from '../../src/core/form.ts';
import { allItems } from '../../src/core/page.ts';
import { signal } from '../support/session.ts';
import { allWorkspaces } from './conformanceWalks.ts';
import { begin, choicesOf, Desk, problemsIn, send } from './productivePractice.ts';

describe('Productive’s filters of projects', () => {
	let desk: Desk;

	beforeEach(async () => {
		desk = await Desk.open();
	});
	afterEach(() => desk.server.close());

	const filtering = () => desk.session.workspaceFiltering!;
	const found = async (values: Values) => allItems(await filtering().list(values, signal()), signal());
	const namesOf = async (values: Values) => (await found(values)).map(({ name }) => name);
	const filtersSince = (start: number) =>
		desk.server.requests.slice(start).map(({ path }) =>
			[...new URL(path, 'http://a').searchParams]
				.filter(([name]) => name.startsWith('filter'))
				.map((pair) => pair.join('='))
				.join('&'),
		);

	it('are the seven that are documented, each with comparisons, and templates', () => {
		assert.deepEqual(
			filtering().fields.map(({ id }) => id),
			[
				...['query', 'status', 'project_type', 'company_id', 'responsible_id', 'person_id', 'id'].flatMap((id) => [
					id,
					`${id}.op`,
				]),
				'with_templates',
			],
		);
		assert.ok(filtering().fields.every(({ required }) => !required));
	});

	it('filter nothing where nothing is given: active projects, then archived ones', async () => {
		assert.equal(filtering().query({}), '');
		assert.equal(filtering().query({ query: ' ', 'query.op': 'contains', company_id: [], with_templates: false }), '');
		assert.deepEqual(await found({}), await allWorkspaces(desk.session));
	});

	it('say the question they send', async () => {
		const values = {
			query: 'a&b',
			'query.op': 'not_contain',
			status: '1',
			project_type: '2',
			company_id: ['3001', '3002'],
			'company_id.op': 'not_eq',
			responsible_id: ['2001'],
			person_id: ['2002'],
			id: '6001, 6002',
			'id.op': 'gt_eq',
		};
		const start = desk.server.requests.length;
		await filtering()
			.list(values, signal())
			.catch(() => undefined);
		const [sent, ...more] = filtersSince(start);
		assert.equal(filtering().query(values), sent);
		assert.deepEqual(more, []);
		assert.equal(
			sent,
			'filter[query][not_contain]=a&b&filter[status]=1&filter[project_type]=2&filter[company_id][not_eq]=3001,3002' +
				'&filter[responsible_id]=2001&filter[person_id]=2002&filter[id][gt_eq]=6001,6002',
		);
	});

	it('find by each of them', async () => {
		const [, { label, value: company }] = (await choicesOf(filtering(), 'company_id')) as [
			unknown,
			{ label: string; value: string },
		];
		const ofCompany = await found({ company_id: [company] });
		assert.ok(ofCompany.length > 0 && ofCompany.every(({ group }) => group === label));
		const others = await found({ company_id: [company], 'company_id.op': 'not_eq' });
		assert.equal(others.length, 12 - ofCompany.length);
		assert.deepEqual(await namesOf({ query: 'harbour' }), ['Harbour renewal']);
		assert.equal((await namesOf({ query: 'harbour', 'query.op': 'not_contain' })).length, 11);
		assert.deepEqual(await namesOf({ status: '2' }), ['Old library scans']);
		assert.deepEqual(await namesOf({ status: '1', 'status.op': 'not_eq' }), ['Old library scans']);
		const internal = await found({ project_type: '1' });
		assert.ok(internal.length > 0 && internal.every(({ group }) => group === undefined));
		const [first] = await found({});
		assert.deepEqual(await namesOf({ id: first!.id }), [first!.name]);
		assert.equal((await found({ id: first!.id, 'id.op': 'not_eq' })).length, 11);
		const [manager] = await choicesOf(filtering(), 'responsible_id');
		const theirs = desk.rows('projects').filter((row) => String(row['project_manager_id']) === manager!.value);
		const names = theirs.filter((row) => row['organization_id'] === 4410).map(({ name }) => String(name));
		assert.deepEqual((await namesOf({ responsible_id: [manager!.value] })).toSorted(), names.toSorted());
	});

	it('show templates where they are asked for, told apart', async () => {
		const form = await begin(desk.session.operations?.workspace, 'copy', await desk.project());
		await send(form, { name: 'Muster', copy_as_template: true });
		assert.deepEqual(await namesOf({ query: 'Muster' }), []);
		const [template] = await found({ query: 'Muster', with_templates: true });
		assert.deepEqual([template?.name, template?.group], ['Muster', 'Project template']);
		assert.match(filtering().query({ with_templates: true }), /^filter\[with_templates\]=/);
	});

	it('take ids of digits alone, before anything is asked', () => {
		const problems = (id: string) => problemsOf(filtering().fields, { id }).map(({ field }) => field);
		assert.deepEqual(problems('11, 12'), []);
		assert.deepEqual(problems('11,'), ['id']);
		assert.deepEqual(problems('Harbour'), ['id']);
	});

	it('show what the vendor does not take at the field', async () => {
		for (const [values, field] of [
			[{ 'query.op': 'between', query: 'a' }, 'query.op'],
			[{ status: '3' }, 'status'],
			[{ company_id: ['3001', 'x'] }, 'company_id'],
			[{ person_id: ['x'] }, 'person_id'],
		] as const) {
			const problems = await problemsIn(filtering().list(values, signal()), Refused);
			assert.deepEqual(
				problems.map((one) => one.field),
				[field],
			);
		}
		const errors = [
			{ status: 400, title: 'Unsupported Filter', detail: "Filter 'with_templates' is not supported on this endpoint" },
		];
		desk.answer(() => Response.json({ errors }, { status: 400 }));
		const [problem] = await problemsIn(filtering().list({ with_templates: true }, signal()), Refused);
		assert.equal(problem?.field, 'with_templates');
	});

	it('page, and keep the question on every page', async () => {
		const [base] = desk.rows('projects');
		for (let at = 0; at < 450; at++) {
			desk.rows('projects').push({ ...base!, id: 20_000 + at, name: `Serial ${at}` });
		}
		const start = desk.server.requests.length;
		assert.equal((await found({ query: 'Serial', status: '1' })).length, 450);
		assert.deepEqual(filtersSince(start), Array(3).fill('filter[query]=Serial&filter[status]=1'));
	});

	it('ask the very question they say, whatever is typed', async () => {
		const ops = (id: string) => choicesOf(filtering(), `${id}.op`);
		const [queryOps, idOps] = [await ops('query'), await ops('id')];
		const asked: string[] = [];
		desk.answer(({ url }) => {
			const parameters = [...new URL(url).searchParams].filter(([name]) => name.startsWith('filter'));
			asked.push(parameters.map((pair) => pair.join('=')).join('&'));
			return Response.json({ data: [], links: {}, meta: {} });
		});
		const one = (choices: typeof queryOps) =>
			fc.option(fc.constantFrom(...choices.map(({ value }) => value)), { nil: '' });
		const values = fc.record({
			query: fc.string(),
			'query.op': one(queryOps),
			id: fc.array(fc.nat(), { maxLength: 4 }).map((ids) => ids.join(', ')),
			'id.op': one(idOps),
			company_id: fc.array(fc.nat().map(String), { maxLength: 3 }),
			status: fc.constantFrom('1', '2'),
		});
		await fc.assert(
			fc.asyncProperty(values, async (given) => {
				desk.open();
				asked.length = 0;
				await filtering().list(given, signal());
				assert.deepEqual(asked, [filtering().query(given)]);
			}),
			{ numRuns: 200 },
		);
	});
});
