import assert from 'node:assert/strict';
import { InvalidInput, NotAllowed, NotFound, OutcomeUnknown, Refused } from '../../src/core/errors.ts';
import { problemsOf, type Values } from '../../src/core/form.ts';
import type { Board } from '../../src/core/model.ts';
import type { RelatedItem } from '../../src/core/operations.ts';
import type { Session } from '../../src/core/provider.ts';
import { perform } from '../seed/forms.ts';
import { signal } from '../support/session.ts';
import { begin, choicesOf, fieldsOf, itemsOfList, related, Trial } from './coredataTrials.ts';

let trial: Trial;
let board: Board;
let path: string;

function setUp(): void {
	beforeEach(async () => {
		trial = await Trial.begin();
		board = await trial.board();
		path = `/api/v2/projects/${board.id}/`;
		trial.lines = [];
	});
	afterEach(() => trial.server.close());
}

const put = (body: unknown): string => `PUT ${path} ${JSON.stringify(body)}`;

/** Does something in the name of somebody else right before the first change goes out. */
function meanwhile(run: () => Promise<unknown>): void {
	let done = false;
	trial.before = async (line) => {
		if (!done && line === `GET ${path}`) {
			done = true;
			await run();
		}
	};
}

async function itemIn(list: string, name: string | RegExp, session = trial.session): Promise<RelatedItem> {
	const found = (await itemsOfList(related(session, list), board)).find((item) =>
		typeof name === 'string' ? item.name === name || item.id === name : name.test(item.name),
	);
	assert.ok(found, String(name));
	return found;
}

describe('contacts of a CoreData project', () => {
	setUp();
	const contacts = () => trial.all('contacts');
	const held = () => trial.project(board.id)['contacts'] as readonly string[];
	const add = (values: Values, session: Session = trial.session) =>
		perform(related(session, 'contacts').operations, 'add', board, values);
	async function remover(item: RelatedItem, session: Session = trial.session) {
		return begin(related(session, 'contacts').itemOperations, 'remove', { place: board, item });
	}

	it('are shown by their names and without the national id number', async () => {
		const items = await itemsOfList(related(trial.session, 'contacts'), board);
		const [contact] = contacts().filter(({ id }) => held().includes(id));
		assert.deepEqual(items, [{ id: contact!.id, name: contact!.title }]);
		assert.match(String(contact!['identifier']), /^540101/);
		await choicesOf(await begin(related(trial.session, 'contacts').operations, 'add', board), 'contacts');
		assert.ok(!JSON.stringify(items).includes('540101'));
	});

	it('come fifty at a time, and stay where this account may not see one', async () => {
		const many: string[] = [];
		for (let at = 0; at < 51; at += 1) {
			const { headers } = await trial.raw('POST', '/api/v2/contacts/', { title: `Contact ${at}` });
			many.push(String(headers.get('location')?.split('/').at(-2)));
		}
		await trial.raw('PUT', path, { contacts: many });
		trial.instead = (line) => (line.includes(`/contacts/${many[1]}/`) ? new Response('', { status: 404 }) : undefined);
		const first = await related(trial.session, 'contacts').list(board, signal());
		assert.equal(first.items.length, 50);
		assert.deepEqual(first.items[1], {
			id: many[1],
			name: 'A contact that this account may not see',
			description: many[1],
		});
		const second = await first.next!(signal());
		assert.deepEqual([second.items.map(({ name }) => name), second.next], [['Contact 50'], undefined]);
	});

	it('are none where there are none, which is said', async () => {
		await trial.raw('PUT', path, { contacts: [] });
		assert.deepEqual(await itemsOfList(related(trial.session, 'contacts'), board), []);
		assert.match(related(trial.session, 'contacts').none, /has no contacts\.$/);
	});

	it('are added by sending the old ones and the new ones', async () => {
		const form = await begin(related(trial.session, 'contacts').operations, 'add', board);
		const offered = await choicesOf(form, 'contacts');
		assert.ok(offered.every(({ value }) => !held().includes(value)));
		const [one, two] = offered;
		const before = held();
		const { message } = await form.submit({ contacts: [one!.value, two!.value] }, signal());
		assert.deepEqual(trial.writes(), [put({ contacts: [...before, one!.value, two!.value] })]);
		assert.equal(message, `Contacts of Delivery now include ${one!.label} and ${two!.label}.`);
	});

	it('keep one that somebody else added meanwhile', async () => {
		const [mine, theirs] = contacts().filter(({ id }) => !held().includes(id));
		const before = held();
		const form = await begin(related(trial.session, 'contacts').operations, 'add', board);
		meanwhile(() => trial.raw('PUT', path, { contacts: [...before, theirs!.id] }));
		await form.submit({ contacts: [mine!.id] }, signal());
		assert.deepEqual(held(), [...before, theirs!.id, mine!.id]);
	});

	it('do not bring back one that somebody else removed meanwhile', async () => {
		const [mine] = contacts().filter(({ id }) => !held().includes(id));
		const form = await begin(related(trial.session, 'contacts').operations, 'add', board);
		meanwhile(() => trial.raw('PUT', path, { contacts: [] }));
		await form.submit({ contacts: [mine!.id] }, signal());
		assert.deepEqual(held(), [mine!.id]);
	});

	it('are said to be there already where somebody else added the same', async () => {
		const [mine] = contacts().filter(({ id }) => !held().includes(id));
		const form = await begin(related(trial.session, 'contacts').operations, 'add', board);
		meanwhile(() => trial.raw('PUT', path, { contacts: [...held(), mine!.id] }));
		const { message } = await form.submit({ contacts: [mine!.id] }, signal());
		assert.match(message, /^Somebody else added .* already\.$/);
		assert.deepEqual(trial.writes(), []);
	});

	it('need at least one to be chosen', async () => {
		await assert.rejects(add({ contacts: [] }), InvalidInput);
		await assert.rejects(
			perform(related(trial.session, 'contacts').operations, 'add', board, { contacts: [] }, 'unchecked'),
			(error) => error instanceof InvalidInput && fieldsOf(error).join() === 'contacts',
		);
		assert.deepEqual(trial.writes(), []);
	});

	it('are removed one by one, the others stay', async () => {
		const [one, two, three] = contacts();
		await trial.raw('PUT', path, { contacts: [one!.id, two!.id, three!.id] });
		const form = await remover(await itemIn('contacts', two!.title));
		assert.equal(form.confirmation?.({})?.question, `Remove ${two!.title} from the contacts of Delivery?`);
		const { message } = await form.submit({}, signal());
		assert.deepEqual(trial.writes(), [put({ contacts: [one!.id, three!.id] })]);
		assert.equal(message, `${two!.title} is no longer a contact of Delivery.`);
	});

	it('keep one that somebody else added while another was removed', async () => {
		const [one, two] = contacts();
		await trial.raw('PUT', path, { contacts: [one!.id] });
		const form = await remover(await itemIn('contacts', one!.title));
		meanwhile(() => trial.raw('PUT', path, { contacts: [one!.id, two!.id] }));
		await form.submit({}, signal());
		assert.deepEqual(held(), [two!.id]);
	});

	it('are said to be gone where somebody else removed the same', async () => {
		const form = await remover(await itemIn('contacts', held()[0]!));
		meanwhile(() => trial.raw('PUT', path, { contacts: [] }));
		const { message } = await form.submit({}, signal());
		assert.match(message, /somebody else had removed it\.$/);
		assert.deepEqual(trial.writes(), []);
	});

	it('show the vendor’s refusals: beside the field, without a right, of a project that is gone, of a call that is missing', async () => {
		await assert.rejects(add({ contacts: ['gone'] }), (error) => {
			assert.ok(error instanceof Refused);
			assert.deepEqual(fieldsOf(error), ['contacts']);
			return true;
		});
		const item = await itemIn('contacts', held()[0]!);
		const before = held();
		await assert.rejects(add({ contacts: [contacts()[3]!.id] }, trial.reader()), NotAllowed);
		await assert.rejects((await remover(item, trial.reader())).submit({}, signal()), NotAllowed);
		trial.instead = (line) => (line.startsWith('PUT ') ? new Response('', { status: 405 }) : undefined);
		await assert.rejects((await remover(item)).submit({}, signal()), /lets no other programs change projects/);
		trial.instead = (line) =>
			line.startsWith('PUT ') ? Response.json({ projects: { contacts: ['Needed.'] } }, { status: 400 }) : undefined;
		await assert.rejects((await remover(item)).submit({}, signal()), (error) => {
			assert.ok(error instanceof Refused);
			assert.deepEqual(error.problems, [{ message: 'Needed.' }]);
			return true;
		});
		trial.instead = () => undefined;
		assert.deepEqual(held(), before);
		const form = await remover(item);
		await trial.raw('DELETE', path);
		await assert.rejects(form.submit({}, signal()), NotFound);
		await assert.rejects(itemsOfList(related(trial.session, 'contacts'), board), NotFound);
	});

	it('are sent once only where the answer is lost, and not again once they are seen', async () => {
		const [mine] = contacts().filter(({ id }) => !held().includes(id));
		const form = await begin(related(trial.session, 'contacts').operations, 'add', board);
		trial.server.fault('PUT /api/v2/projects/', 'cut', 1);
		await assert.rejects(form.submit({ contacts: [mine!.id] }, signal()), OutcomeUnknown);
		const after = held();
		await form.submit({ contacts: [mine!.id] }, signal());
		assert.equal(trial.writes().length, 1);
		assert.deepEqual(held(), after);
		assert.equal(after.filter((id) => id === mine!.id).length, 1);
	});

	it('say so where the vendor answered well and did not take them', async () => {
		trial.instead = (line) => (line.startsWith('PUT ') ? new Response(null, { status: 204 }) : undefined);
		await assert.rejects(add({ contacts: [contacts()[4]!.id] }), (error) => {
			assert.ok(error instanceof Refused);
			assert.deepEqual(fieldsOf(error), ['contacts']);
			return true;
		});
	});
});

describe('people of a CoreData project', () => {
	setUp();
	const names = (property: string): readonly string[] =>
		(trial.project(board.id)[property] as readonly (string | { username: string })[]).map((one) =>
			typeof one === 'string' ? one : one.username,
		);
	const remove = async (item: RelatedItem) =>
		(await begin(related(trial.session, 'people').itemOperations, 'remove', { place: board, item })).submit(
			{},
			signal(),
		);

	it('are listed with their names and what they are to the project', async () => {
		await trial.raw('PUT', path, { responsible_users: ['bjork'], associated_users: ['ada', 'bjork'] });
		trial.lines = [];
		assert.deepEqual(
			(await itemsOfList(related(trial.session, 'people'), board)).map(({ id, name, description }) => [
				id,
				name,
				description,
			]),
			[
				['responsible_users/bjork', 'Björk Jónsdóttir', 'Responsible'],
				[
					'associated_users/ada',
					(trial.all('users') as unknown as { username: string; first_name: string; last_name: string }[])
						.filter(({ username }) => username === 'ada')
						.map(({ first_name, last_name }) => `${first_name} ${last_name}`)[0],
					'Associated',
				],
				['associated_users/bjork', 'Björk Jónsdóttir', 'Associated'],
			],
		);
	});

	it('include those whom the vendor calls connected, who can’t be removed', async () => {
		trial.instead = (line) =>
			line === `GET ${path}`
				? Response.json({ ...trial.project(board.id), responsible_users: [], connected_users: ['Administrator'] })
				: undefined;
		const item = await itemIn('people', 'Administrator');
		assert.equal(item.description, 'Connected');
		const operation = related(trial.session, 'people').itemOperations?.find(({ id }) => id === 'remove');
		assert.match(operation?.whyNot?.({ place: board, item }) ?? '', /connected\.$/);
		assert.equal(
			operation?.whyNot?.({ place: board, item: { ...item, extra: { role: 'associated_users' } } }),
			undefined,
		);
	});

	it('are added to either list with only the changed one sent', async () => {
		await trial.raw('PUT', path, { responsible_users: ['bjork'], associated_users: ['ada'] });
		const form = await begin(related(trial.session, 'people').operations, 'add', board);
		assert.ok((await choicesOf(form, 'responsible_users')).every(({ value }) => value !== 'bjork'));
		assert.ok((await choicesOf(form, 'associated_users')).some(({ value }) => value === 'bjork'));
		await form.submit({ responsible_users: ['emile'], associated_users: [] }, signal());
		assert.deepEqual(trial.writes(), [put({ responsible_users: ['bjork', 'emile'] })]);
		assert.deepEqual(names('associated_users'), ['ada']);
		await assert.rejects(form.submit({ responsible_users: [], associated_users: [] }, signal()), InvalidInput);
	});

	it('keep those whom somebody else added meanwhile, on adding and on removing', async () => {
		await trial.raw('PUT', path, { responsible_users: ['bjork'], associated_users: ['ada'] });
		const form = await begin(related(trial.session, 'people').operations, 'add', board);
		meanwhile(() => trial.raw('PUT', path, { responsible_users: ['bjork', 'chidi'] }));
		await form.submit({ responsible_users: ['emile'] }, signal());
		assert.deepEqual(names('responsible_users'), ['bjork', 'chidi', 'emile']);
		const bjork = await itemIn('people', 'responsible_users/bjork');
		meanwhile(() => trial.raw('PUT', path, { responsible_users: ['bjork', 'chidi', 'emile', 'ada'] }));
		assert.match((await remove(bjork)).message, /^Björk Jónsdóttir was removed from Delivery\.$/);
		assert.deepEqual(names('responsible_users'), ['chidi', 'emile', 'ada']);
		trial.before = () => undefined;
		trial.lines = [];
		assert.match((await remove(bjork)).message, /somebody else had removed them/);
		assert.deepEqual(trial.writes(), []);
	});

	it('are refused beside their field, and without a right', async () => {
		const operations = related(trial.session, 'people').operations;
		await assert.rejects(perform(operations, 'add', board, { associated_users: ['nobody'] }), (error) => {
			assert.ok(error instanceof Refused);
			assert.deepEqual(fieldsOf(error), ['associated_users']);
			return true;
		});
		const own = related(trial.reader(), 'people').operations;
		await assert.rejects(perform(own, 'add', board, { associated_users: ['ada'] }), NotAllowed);
	});
});

describe('comments on a CoreData project', () => {
	setUp();
	const add = (text: string, session: Session = trial.session) =>
		perform(related(session, 'comments').operations, 'add', board, { text });
	const held = () => trial.all('comments').filter((comment) => comment['doc_id'] === board.id);

	it('are read with who wrote them and when, the newest last', async () => {
		await trial.raw('POST', '/api/v2/comments/', { text: 'First line\nSecond line', doc_id: board.id });
		const [old, made] = await itemsOfList(related(trial.session, 'comments'), board);
		assert.equal(old?.name, 'Gætið að sjávarföllum.');
		assert.match(old?.description ?? '', /^Björk Jónsdóttir, .*2024/);
		assert.deepEqual([made?.name, made?.detail], ['First line', 'First line\nSecond line']);
		assert.equal(related(trial.session, 'comments').itemOperations, undefined);
	});

	it('are added with the project’s id and nothing else', async () => {
		assert.deepEqual(await add('Gott'), { message: 'The comment was added to Delivery.' });
		assert.deepEqual(trial.writes(), [`POST /api/v2/comments/ {"text":"Gott","doc_id":"${board.id}"}`]);
		assert.equal((await itemsOfList(related(trial.session, 'comments'), board)).at(-1)?.name, 'Gott');
	});

	it('need a text, and are refused beside it', async () => {
		const { fields } = await begin(related(trial.session, 'comments').operations, 'add', board);
		assert.deepEqual(
			problemsOf(fields, { text: ' \n' }).map(({ field }) => field),
			['text'],
		);
		trial.instead = (line) =>
			line.startsWith('POST ')
				? Response.json({ comments: { text: ['Rude.'], doc_id: ['Closed.'] } }, { status: 400 })
				: undefined;
		await assert.rejects(add('x'), (error) => {
			assert.ok(error instanceof Refused);
			assert.deepEqual(error.problems, [{ field: 'text', message: 'Rude.' }, { message: 'Closed.' }]);
			return true;
		});
	});

	it('are not made without a right, nor twice where the answer is lost', async () => {
		const before = held().length;
		await assert.rejects(add('x', trial.reader()), NotAllowed);
		trial.lines = [];
		trial.server.fault('POST /api/v2/comments/', 'cut');
		await assert.rejects(add('Once'), OutcomeUnknown);
		assert.equal(trial.writes().length, 1);
		assert.equal(held().length, before + 1);
	});
});

describe('aspects of a CoreData project', () => {
	setUp();
	const aspects = () => trial.session.boardTexts![0]!;
	const held = () => trial.project(board.id)['aspects'];

	it('are read laid out as a JSON document', async () => {
		assert.deepEqual([aspects().id, aspects().title, aspects().fileName], ['aspects', 'Aspects', 'aspects.json']);
		assert.equal(await aspects().read(board, signal()), '{\n  "url": {\n    "url": "https://example.net/höfn"\n  }\n}');
		await trial.raw('PUT', path, { aspects: {} });
		assert.equal(await aspects().read(board, signal()), '{}');
	});

	it('must be a JSON object', () => {
		assert.equal(aspects().check('{"url": {"url": "x"}}'), undefined);
		for (const text of ['', '{', '[]', 'null', '"a"', '1', '{"a": }']) {
			assert.match(aspects().check(text) ?? '', /\.$/, text);
		}
	});

	it('are saved alone, and are then what was written', async () => {
		const before = trial.project(board.id);
		const wanted = { kkscode: { kks_code: ['COD____'] }, constructor: { toString: '' } };
		await aspects().save(board, JSON.stringify(wanted), signal());
		assert.deepEqual(trial.writes(), [put({ aspects: wanted })]);
		assert.deepEqual({ ...trial.project(board.id), modified: '' }, { ...before, aspects: wanted, modified: '' });
		assert.deepEqual(JSON.parse(await aspects().read(board, signal())), wanted);
	});

	it('are not sent where they are the same or no JSON', async () => {
		await aspects().save(board, '{"url":{"url":"https://example.net/höfn"}}', signal());
		await assert.rejects(aspects().save(board, '[', signal()), InvalidInput);
		assert.deepEqual(trial.writes(), []);
	});

	it('are said not to be taken where the vendor kept what was to go', async () => {
		trial.instead = (line) => (line.startsWith('PUT ') ? new Response(null, { status: 204 }) : undefined);
		await assert.rejects(aspects().save(board, '{"kkscode": {}}', signal()), (error) => {
			assert.ok(error instanceof Refused);
			assert.match(error.message, /did not take the change of these aspects: url, kkscode\.$/);
			return true;
		});
	});

	it('show the vendor’s refusals and what is not known', async () => {
		trial.instead = (line) =>
			line.startsWith('PUT ')
				? Response.json({ projects: { aspects: ['Unknown aspect: x'] } }, { status: 400 })
				: undefined;
		await assert.rejects(aspects().save(board, '{"x": 1}', signal()), (error) => {
			assert.ok(error instanceof Refused);
			assert.match(error.message, /Unknown aspect: x/);
			return true;
		});
		trial.instead = () => undefined;
		await assert.rejects(trial.reader().boardTexts![0]!.save(board, '{}', signal()), NotAllowed);
		trial.lines = [];
		trial.server.fault('PUT /api/v2/projects/', '500');
		await assert.rejects(aspects().save(board, '{}', signal()), OutcomeUnknown);
		assert.equal(trial.writes().length, 1);
		assert.notDeepEqual(held(), {});
		trial.server.clearFaults();
		await trial.raw('DELETE', path);
		await assert.rejects(aspects().save(board, '{}', signal()), NotFound);
		await assert.rejects(aspects().read(board, signal()), NotFound);
	});

	it('are completed from the template and the type, and what stands in an aspect from the template', async () => {
		const complete = async (...at: readonly (string | number)[]) =>
			(await aspects().completions!(board, at, 'key', signal())).map(({ value, detail }) => [value, detail]);
		assert.deepEqual(await complete(), [
			['url', 'From the template “Standard project”'],
			['kkscode', 'From the template “Standard project”'],
		]);
		assert.deepEqual(await complete('kkscode'), [['kks_code', 'From the template “Standard project”']]);
		assert.deepEqual(await aspects().completions!(board, ['kkscode'], 'value', signal()), []);
		for (const nowhere of [['none'], ['kkscode', 'kks_code', 0, 'deep'], ['constructor'], ['url', 'url']]) {
			assert.deepEqual(await complete(...nowhere), [], nowhere.join());
		}
	});

	it('are completed from the type alone where there is no template, with what it requires first', async () => {
		const type = (trial.project(board.id)['dynatype'] as { id: string }).id;
		const types = (objects: unknown) => ({
			meta: { limit: 100, offset: 0, total_count: 1, next: null, previous: null },
			objects,
		});
		trial.instead = (line) => {
			if (line.includes('/dynatypes/')) {
				return Response.json(
					types([{ id: type, required_aspects: ['timespan'], optional_aspects: ['url', 'timespan', 3] }]),
				);
			}
			return line === `GET ${path}` ? Response.json({ ...trial.project(board.id), template: null }) : undefined;
		};
		trial.session.forget();
		assert.deepEqual(await aspects().completions!(board, [], 'key', signal()), [
			{ value: 'timespan', label: 'timespan', detail: 'Required' },
			{ value: 'url', label: 'url', detail: 'Optional' },
		]);
	});

	it('are completed in whatever form the template tells them, and not where nothing is told', async () => {
		const { template } = trial.project(board.id);
		let told: unknown;
		trial.instead = (line) => {
			if (line.includes('/dynatypes/')) {
				return new Response('', { status: 404 });
			}
			return line.includes('/templates/')
				? Response.json({
						meta: { limit: 100, offset: 0, total_count: 1, next: null },
						objects: [{ id: template, title: 'T', aspects: told }],
					})
				: undefined;
		};
		trial.session.forget();
		const names = async () => (await aspects().completions!(board, [], 'key', signal())).map(({ value }) => value);
		for (const [given, expected] of [
			[
				['a', 'b', 4],
				['a', 'b'],
			],
			[{ a: { b: 1 } }, ['a']],
			[null, []],
			['text', []],
			[undefined, []],
		] as const) {
			told = given;
			assert.deepEqual(await names(), expected, JSON.stringify(given));
		}
	});
});

describe('tasks of CoreData that are done', () => {
	setUp();

	it('get the closed status of the list that their type follows, and open again its first open one', async () => {
		const columns = await trial.session.boards!.columns(board, signal());
		const completed = async (column: string, isDone: boolean) => {
			const { items } = await trial.session.boards!.cards(columns.find(({ name }) => name === column)!, signal());
			return trial.session.cards!.editing!.completion!(items[0]!, isDone, signal());
		};
		assert.deepEqual(await completed('Pending', true), { status: 'task_status:Closed:' });
		assert.deepEqual(await completed('Closed', false), { status: 'task_status:Pending:' });
		assert.deepEqual(await completed('Active', true), { status: 'space_status:closed:' });
	});

	it('have no such status where the list is not shown', async () => {
		trial.server.fault('/valuelists/', '404');
		const [column] = await trial.session.boards!.columns(board, signal());
		const { items } = await trial.session.boards!.cards(column!, signal());
		assert.equal(await trial.session.cards!.editing!.completion!(items[0]!, true, signal()), undefined);
	});
});
