import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { InvalidInput, NotAllowed, NotFound, OutcomeUnknown, Refused, UnexpectedReply } from '../../src/core/errors.ts';
import { initialValues, problemsOf, type Values } from '../../src/core/form.ts';
import type { Board } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import { perform } from '../seed/forms.ts';
import { signal } from '../support/session.ts';
import { begin, choicesOf, fieldsOf, Trial } from './coredataTrials.ts';

describe('projects of CoreData', () => {
	let trial: Trial;
	let board: Board;

	beforeEach(async () => {
		trial = await Trial.begin();
		board = await trial.board();
		trial.lines = [];
	});
	afterEach(() => trial.server.close());

	const put = (body: unknown): string => `PUT /api/v2/projects/${board.id}/ ${JSON.stringify(body)}`;
	const edit = () => begin(trial.session.operations?.board, 'edit', board);
	const doEdit = (values: Values) => perform(trial.session.operations?.board, 'edit', board, values);
	const refusal = (body: unknown) => (line: string) =>
		line.startsWith('GET ') ? undefined : Response.json(body, { status: 400 });
	const methodMissing = (method: string) => (line: string) =>
		line.startsWith(`${method} `) ? new Response('', { status: 405, headers: { allow: 'GET' } }) : undefined;

	describe('edited', () => {
		it('begin with what the vendor holds now, chosen ones with their names', async () => {
			const [contact] = trial.all('contacts');
			await trial.raw('PUT', `/api/v2/projects/${board.id}/`, {
				description: 'Lights',
				tags: ['quay', 'a, b'],
				associated_users: ['ada', 'chidi'],
				fileplan: 'plan-7',
				status_message: 'soon',
				contacts: [contact!.id],
			});
			const form = await edit();
			assert.equal(form.title, 'Edit Delivery');
			const held = trial.project(board.id);
			assert.deepEqual(initialValues(form.fields), {
				title: 'Delivery',
				description: 'Lights',
				due_date: held['due_date'],
				responsible_users: (held['responsible_users'] as { username: string }[]).map(({ username }) => username),
				associated_users: ['ada', 'chidi'],
				template: held['template'],
				status: 'project_status:In_progress:',
				status_message: 'soon',
				fileplan: 'plan-7',
				tags: ['quay', 'a, b'],
			});
			const labels = Object.fromEntries(
				form.fields.flatMap((field) => (field.kind === 'choice' ? [[field.id, field.initialLabel]] : [])),
			);
			assert.equal(labels['status'], 'In progress');
			assert.equal(labels['template'], 'Standard project');
			assert.ok(form.fields.every(({ id }) => id !== 'space' && id !== 'sub_project_of'));
		});

		it('send only what was changed, and with several the several', async () => {
			const outcome = await doEdit({ title: 'Updated project' });
			assert.deepEqual(trial.writes(), [put({ title: 'Updated project' })]);
			assert.deepEqual(outcome, { message: 'Delivery was saved and is now called Updated project.' });
			trial.lines = [];
			await doEdit({ status: 'project_status:Closed:', fileplan: 'plan-9', status_message: 'done' });
			assert.deepEqual(trial.writes(), [
				put({ status: 'project_status:Closed:', status_message: 'done', fileplan: 'plan-9' }),
			]);
			assert.equal((await trial.board('Updated project')).status, 'Closed');
		});

		it('write ids where reads give objects', async () => {
			await doEdit({ responsible_users: ['ada', 'emile'] });
			const people = trial.project(board.id)['responsible_users'] as { username: string }[];
			assert.deepEqual(people.map(({ username }) => username).sort(), ['ada', 'emile']);
		});

		it('send nothing where nothing was changed', async () => {
			assert.match(JSON.stringify(await doEdit({})), /nothing was sent/);
			assert.deepEqual(trial.writes(), []);
		});

		it('empty what was emptied, also where the form then holds nothing at all', async () => {
			await doEdit({ due_date: '', description: undefined, responsible_users: undefined });
			const { due_date, responsible_users } = trial.project(board.id);
			assert.deepEqual([due_date, responsible_users], [null, []]);
		});

		it('keep what others put into a list meanwhile and leave away what they took away', async () => {
			const path = `/api/v2/projects/${board.id}/`;
			await trial.raw('PUT', path, { tags: ['one', 'two', 'three'] });
			const form = await edit();
			await trial.raw('PUT', path, { tags: ['two', 'three', 'theirs'] });
			await form.submit({ ...initialValues(form.fields), tags: ['one', 'three', 'mine'] }, signal());
			assert.deepEqual([...(trial.project(board.id)['tags'] as string[])].sort(), ['mine', 'theirs', 'three']);
		});

		it('say what somebody else made of the same value, and replace it when it is saved again', async () => {
			const form = await edit();
			await trial.raw('PUT', `/api/v2/projects/${board.id}/`, {
				title: 'Theirs',
				status: 'project_status:On_hold:',
				description: 'Theirs too',
			});
			const values = { ...initialValues(form.fields), title: 'Mine', status: 'project_status:Closed:' };
			await assert.rejects(form.submit(values, signal()), (error) => {
				assert.ok(error instanceof InvalidInput);
				assert.deepEqual(fieldsOf(error), ['status', 'title']);
				assert.match(error.message, /“Theirs”.*“On hold”/s);
				return true;
			});
			assert.deepEqual(trial.writes(), []);
			await form.submit(values, signal());
			assert.deepEqual(trial.writes(), [put({ title: 'Mine', status: 'project_status:Closed:' })]);
			assert.equal(trial.project(board.id)['description'], 'Theirs too');
		});

		it('put back the old value where that is typed after the warning', async () => {
			const form = await edit();
			await trial.raw('PUT', `/api/v2/projects/${board.id}/`, { title: 'Theirs' });
			const all = initialValues(form.fields);
			await assert.rejects(form.submit({ ...all, title: 'Mine' }, signal()), InvalidInput);
			await form.submit(all, signal());
			assert.equal(trial.project(board.id).title, 'Delivery');
		});

		it('send nothing where somebody else has made it as wanted already', async () => {
			const form = await edit();
			await trial.raw('PUT', `/api/v2/projects/${board.id}/`, { title: 'Same' });
			await form.submit({ ...initialValues(form.fields), title: 'Same' }, signal());
			assert.deepEqual(trial.writes(), []);
		});

		it('check the title, the date and what must stay chosen before anything is sent', async () => {
			const form = await edit();
			const values = { ...initialValues(form.fields), title: ' ', due_date: '2027-02-30', status: '', template: '' };
			assert.deepEqual(
				problemsOf(form.fields, values)
					.map(({ field }) => field)
					.sort(),
				['due_date', 'status', 'template', 'title'],
			);
		});

		it('show every refusal of the vendor beside its field, several at once', async () => {
			trial.instead = refusal({
				projects: { title: ['Too long.', 'Odd.'], tags: ['No.'], space: ['Not here.'], status: ['Gone.'] },
			});
			await assert.rejects(doEdit({ title: 'x' }), (error) => {
				assert.ok(error instanceof Refused);
				assert.deepEqual(fieldsOf(error), ['', 'status', 'tags', 'title', 'title']);
				return true;
			});
		});

		it('are refused by the sandbox itself by field', async () => {
			const wrong = doEdit({ responsible_users: ['nobody'], status: 'project_status:Gone:' });
			await assert.rejects(wrong, (error) => {
				assert.ok(error instanceof Refused);
				assert.deepEqual(fieldsOf(error), ['responsible_users', 'status']);
				return true;
			});
		});

		it('say one sentence of a refusal without fields', async () => {
			trial.instead = refusal({ error: 'The space is closed.' });
			await assert.rejects(doEdit({ title: 'x' }), (error) => {
				assert.ok(error instanceof Refused);
				assert.match(error.message, /The space is closed\.$/);
				return true;
			});
		});

		it('are not allowed where a right is missing, which does not take the sign-in away', async () => {
			const own = trial.reader();
			const form = await begin(own.operations?.board, 'edit', board);
			await assert.rejects(form.submit({ ...initialValues(form.fields), title: 'x' }, signal()), NotAllowed);
			assert.equal(trial.project(board.id).title, 'Delivery');
		});

		it('are not found where somebody else has deleted them', async () => {
			const form = await edit();
			await trial.raw('DELETE', `/api/v2/projects/${board.id}/`);
			await assert.rejects(form.submit({ ...initialValues(form.fields), title: 'x' }, signal()), NotFound);
			await assert.rejects(edit(), NotFound);
			assert.deepEqual(trial.writes(), []);
		});

		it('say so where this CoreData changes none', async () => {
			trial.instead = methodMissing('PUT');
			await assert.rejects(doEdit({ title: 'x' }), (error) => {
				assert.ok(error instanceof Refused);
				assert.match(error.message, /lets no other programs change projects/);
				return true;
			});
		});

		it('say which value was answered well and not taken', async () => {
			trial.instead = (line) => (line.startsWith('PUT ') ? new Response(null, { status: 204 }) : undefined);
			await assert.rejects(doEdit({ title: 'x', tags: ['y'] }), (error) => {
				assert.ok(error instanceof Refused);
				assert.deepEqual(fieldsOf(error), ['tags', 'title']);
				return true;
			});
		});

		for (const kind of ['500', 'cut'] as const) {
			it(`are sent once only where the answer is lost (${kind}), and not again once they are seen`, async () => {
				const form = await edit();
				const values = { ...initialValues(form.fields), title: 'Once', tags: ['once'] };
				trial.server.fault('PUT /api/v2/projects/', kind);
				await assert.rejects(form.submit(values, signal()), OutcomeUnknown);
				assert.equal(trial.writes().length, 1);
				trial.server.clearFaults();
				await form.submit(values, signal());
				assert.equal(trial.writes().length, kind === 'cut' ? 1 : 2);
				assert.deepEqual(trial.project(board.id)['tags'], ['once']);
			});
		}

		it('are saved even if they cannot be read afterwards', async () => {
			let written = false;
			trial.instead = (line) => {
				written ||= line.startsWith('PUT ');
				return written && line.startsWith('GET ') ? new Response('', { status: 403 }) : undefined;
			};
			await doEdit({ title: 'Kept' });
			assert.equal(trial.project(board.id).title, 'Kept');
		});

		it('are read anew by the lists of the tree', async () => {
			await doEdit({ title: 'Anew' });
			assert.equal((await trial.board('Anew')).id, board.id);
		});

		it('offer what is chosen first, also what the vendor does not offer any more', async () => {
			trial.instead = (line) =>
				line.includes('/valuelists/project_status/')
					? Response.json({ entries: [{ name: 'project_status:New:', ordering: 1 }] })
					: undefined;
			trial.session.forget();
			const form = await edit();
			assert.deepEqual(await choicesOf(form, 'status'), [
				{ value: 'project_status:In_progress:', label: 'In progress' },
				{ value: 'project_status:New:', label: 'New' },
			]);
			const [first, ...others] = await choicesOf(form, 'responsible_users');
			const [held] = trial.project(board.id)['responsible_users'] as { username: string }[];
			assert.equal(first?.value, held?.username);
			assert.ok(others.length > 0 && others.every(({ value }) => value !== held?.username));
		});

		it('offer the tags of the space’s projects, each once and the own first', async () => {
			await trial.raw('PUT', `/api/v2/projects/${board.id}/`, { tags: ['own', 'Höfn'] });
			assert.deepEqual(
				(await choicesOf(await edit(), 'tags')).map(({ value }) => value),
				['own', 'Höfn'],
			);
			const other = await begin(trial.session.operations?.board, 'edit', await trial.board('Suggestions – Ábendingar'));
			assert.deepEqual(
				(await choicesOf(other, 'tags')).map(({ value }) => value),
				['Höfn', 'own'],
			);
		});
	});

	describe('deleted', () => {
		const remove = () => begin(trial.session.operations?.board, 'delete', board);

		it('ask first, name the project as it is called now and want its name typed', async () => {
			await trial.raw('PUT', `/api/v2/projects/${board.id}/`, { title: 'Renamed' });
			const form = await remove();
			const { question, word, detail, button } = form.confirmation?.({}) ?? {};
			assert.deepEqual([form.fields, question, word, button], [[], 'Delete Renamed?', 'Renamed', 'Delete']);
			assert.match(detail ?? '', /no way to get a deleted project back/);
			assert.deepEqual(trial.writes(), []);
		});

		it('are gone, with one request and from every list', async () => {
			assert.deepEqual(await (await remove()).submit({}, signal()), { message: 'Delivery was deleted.' });
			assert.deepEqual(trial.writes(), [`DELETE /api/v2/projects/${board.id}/`]);
			await assert.rejects(trial.board());
			assert.ok(!trial.all('projects').some(({ id }) => id === board.id));
		});

		it('stay where a right is missing', async () => {
			const form = await begin(trial.reader().operations?.board, 'delete', board);
			await assert.rejects(form.submit({}, signal()), NotAllowed);
			assert.equal(trial.project(board.id).title, 'Delivery');
		});

		it('are not found where somebody else was faster, and said to stay where this CoreData deletes none', async () => {
			const form = await remove();
			trial.instead = methodMissing('DELETE');
			await assert.rejects(form.submit({}, signal()), (error) => {
				assert.ok(error instanceof Refused);
				assert.match(error.message, /lets no other programs delete projects/);
				return true;
			});
			trial.instead = () => undefined;
			await trial.raw('DELETE', `/api/v2/projects/${board.id}/`);
			await assert.rejects(form.submit({}, signal()), NotFound);
		});

		it('say the vendor’s refusal without a field', async () => {
			trial.instead = refusal({ projects: { status: ['Close it first.'] } });
			await assert.rejects((await remove()).submit({}, signal()), (error) => {
				assert.ok(error instanceof Refused);
				assert.deepEqual(error.problems, [{ message: 'Close it first.' }]);
				return true;
			});
		});

		it('are asked for once only where the answer is lost', async () => {
			const form = await remove();
			trial.server.fault('DELETE /api/v2/projects/', 'cut');
			await assert.rejects(form.submit({}, signal()), OutcomeUnknown);
			assert.equal(trial.writes().length, 1);
			await assert.rejects(trial.board(), /Delivery/);
		});
	});

	describe('created', () => {
		async function form() {
			const spaces = await allItems(await trial.session.workspaces(signal()), signal());
			return trial.session.boardCreation!.form(spaces.find(({ name }) => name === 'Harbour renewal')!);
		}

		it('take every documented property', async () => {
			const made = await form();
			assert.deepEqual(made.fields.map(({ id }) => id).sort(), [
				'aspects',
				'associated_users',
				'contacts',
				'description',
				'due_date',
				'fileplan',
				'responsible_users',
				'status',
				'status_message',
				'sub_project_of',
				'tags',
				'template',
				'title',
			]);
			const [programme] = await choicesOf(made, 'sub_project_of');
			const [contact] = await choicesOf(made, 'contacts');
			const [template] = await choicesOf(made, 'template');
			const values = {
				title: 'Ljós á bryggju',
				description: 'Lights',
				due_date: '2027-02-28',
				responsible_users: ['bjork'],
				associated_users: ['ada', 'chidi'],
				contacts: [contact!.value],
				template: template!.value,
				status: 'project_status:Pending:',
				status_message: 'soon',
				tags: 'quay, ljós',
				aspects: '{"kkscode": {"kks_code": ["COD____"]}}',
				fileplan: 'plan-7',
				sub_project_of: [programme!.value],
			};
			assert.deepEqual(problemsOf(made.fields, values), []);
			trial.lines = [];
			const { id } = await made.submit(values, signal());
			const [line = ''] = trial.writes();
			const sent = JSON.parse(line.slice(line.indexOf('{'))) as Record<string, unknown>;
			assert.deepEqual(sent, {
				...values,
				space: board.workspaceId,
				tags: ['quay', 'ljós'],
				aspects: { kkscode: { kks_code: ['COD____'] } },
			});
			assert.deepEqual(trial.project(id)['aspects'], sent['aspects']);
		});

		it('are parts only of projects of the type Programme, found beyond the first hundred', async () => {
			const programmes = await choicesOf(await form(), 'sub_project_of');
			assert.deepEqual(
				programmes.map(({ label }) => label),
				['All cases of 2026'],
			);
		});

		it('check the aspects before anything is sent', async () => {
			const { fields } = await form();
			for (const aspects of ['{', '[]', '"text"', 'null', '3']) {
				assert.deepEqual(
					problemsOf(fields, { title: 'x', aspects }).map(({ field }) => field),
					['aspects'],
					aspects,
				);
			}
			assert.deepEqual(problemsOf(fields, { title: 'x', aspects: '{}' }), []);
		});

		it('show the vendor’s refusals beside all their fields', async () => {
			const made = await form();
			const wrong = { title: 'x', sub_project_of: [board.id], contacts: ['gone'], template: 'gone', status: 'gone' };
			await assert.rejects(made.submit(wrong, signal()), (error) => {
				assert.ok(error instanceof Refused);
				assert.deepEqual(fieldsOf(error), ['contacts', 'status', 'sub_project_of', 'template']);
				return true;
			});
		});

		it('are sent once only where the answer is lost, and there is one more at most', async () => {
			const made = await form();
			const before = trial.all('projects').length;
			trial.server.fault('POST /api/v2/projects/', 'cut');
			await assert.rejects(made.submit({ title: 'Once' }, signal()), OutcomeUnknown);
			assert.equal(trial.writes().length, 1);
			assert.equal(trial.all('projects').length, before + 1);
			assert.equal((await trial.board('Once')).name, 'Once');
		});
	});

	describe('listed in a space', () => {
		interface Listed {
			meta: { limit: number; offset: number; total_count: number; next: string | null };
			objects: unknown[];
		}

		/** Every project of the long register, by a server that answers in its own manner. */
		async function listed(answer: (asked: URLSearchParams) => string, change: (list: Listed) => void) {
			const spaces = await allItems(await trial.session.workspaces(signal()), signal());
			const register = spaces.find(({ name }) => name === 'Málaskrá')!;
			trial.lines = [];
			trial.instead = async (line) => {
				const url = new URL(line.replace(/^GET /, ''), 'http://x');
				const path = url.pathname.endsWith('/projects/') ? `${url.pathname}?${answer(url.searchParams)}` : url.pathname;
				const list = (await (await trial.raw('GET', path)).json()) as Listed;
				if (url.pathname.endsWith('/projects/')) {
					change(list);
				}
				return Response.json(list);
			};
			const boards = await allItems(await trial.session.boards!.list(register, signal()), signal());
			assert.equal(boards.length, 206);
			assert.equal(new Set(boards.map(({ id }) => id)).size, 206);
			return trial.lines.filter((line) => line.includes('/projects/')).length;
		}

		it('come whole where a full page names no next one', async () => {
			const pages = await listed(
				(asked) => asked.toString(),
				({ meta }) => void (meta.next = null),
			);
			assert.equal(pages, 3);
		});

		it('come whole and once where pages are shorter than was asked for', async () => {
			const pages = await listed(
				(asked) => `limit=20&offset=${asked.get('offset')}`,
				() => undefined,
			);
			assert.equal(pages, 11);
		});

		it('end with an empty page where the last one still names a next', async () => {
			const pages = await listed(
				(asked) => asked.toString(),
				({ meta }) => void (meta.next ??= `/api/v2/projects/?limit=100&offset=${meta.offset + 100}`),
			);
			assert.equal(pages, 4);
		});

		it('never leave some out in silence where a page is not what it should be', async () => {
			const project = `GET /api/v2/projects/${board.id}/`;
			for (const wrong of [{ aspects: ['url'] }, { tags: 'quay' }, { contacts: [4] }, { responsible_users: [{}] }]) {
				trial.instead = (line) =>
					line === project ? Response.json({ ...trial.project(board.id), ...wrong }) : undefined;
				await assert.rejects(edit(), UnexpectedReply, JSON.stringify(wrong));
				for (const list of trial.session.related!.board!.filter(({ id }) => id !== 'comments')) {
					await assert.rejects(list.list(board, signal()), UnexpectedReply);
				}
				await assert.rejects(trial.session.boardTexts![0]!.read(board, signal()), UnexpectedReply);
			}
		});
	});

	describe('of the person', () => {
		const shortlist = (id: string, session = trial.session) => session.shortlists!.find((list) => list.id === id)!;

		it('are listed with the way to each', async () => {
			const favourites = await allItems(await shortlist('favourites').list(signal()), signal());
			assert.ok(favourites.length > 0);
			assert.ok(
				favourites.every(({ workspace, board }) => workspace.id === board.workspaceId && workspace.name !== ''),
			);
			const recent = await allItems(await shortlist('recent').list(signal()), signal());
			assert.equal(recent.length, 10);
			assert.ok(recent.every(({ board }) => board.status !== undefined));
			assert.deepEqual(
				trial.session.shortlists!.map(({ name }) => name),
				['Favourites', 'Recent projects'],
			);
		});

		for (const status of [404, 405]) {
			it(`are said not to be shown where the call is missing (${status})`, async () => {
				trial.instead = (line) =>
					line.includes('/projects/favourites/') || line.includes('/projects/recent/')
						? new Response('', { status })
						: undefined;
				await assert.rejects(shortlist('favourites').list(signal()), (error) => {
					assert.ok(error instanceof NotFound);
					assert.equal(error.message, 'This CoreData does not show favourite projects.');
					return true;
				});
				await assert.rejects(shortlist('recent').list(signal()), /does not show recent projects\.$/);
			});
		}

		it('are not taken for missing where only the right is', async () => {
			trial.instead = (line) => (line.includes('/favourites/') ? new Response('', { status: 401 }) : undefined);
			await assert.rejects(shortlist('favourites').list(signal()), NotAllowed);
		});

		it('are asked for again after a change', async () => {
			const [first] = await allItems(await shortlist('favourites').list(signal()), signal());
			await perform(trial.session.operations?.board, 'edit', first!.board, { title: 'Favourite' });
			const [now] = await allItems(await shortlist('favourites').list(signal()), signal());
			assert.equal(now?.board.name, 'Favourite');
		});
	});
});

describe('a project of CoreData with thirty properties', () => {
	let trial: Trial;
	let space: string;
	let others: { contacts: string[]; templates: string[] };
	const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).map((one) => one.trim());
	const filled = text.filter((one) => one !== '');
	const people = fc.uniqueArray(fc.constantFrom('ada', 'bjork', 'chidi', 'emile'), { minLength: 1 });
	const day = fc.integer({ min: 0, max: 9_000 }).map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
	const status = fc.constantFrom('Pending', 'In_progress', 'On_hold', 'Closed').map((key) => `project_status:${key}:`);
	const values = fc.record({
		title: filled,
		description: text,
		due_date: day,
		responsible_users: people,
		associated_users: people,
		status,
		status_message: text,
		fileplan: text,
		tags: fc.uniqueArray(filled, { maxLength: 25 }),
	});

	before(async () => {
		trial = await Trial.begin();
		const board = await trial.board();
		space = board.workspaceId;
		others = {
			contacts: trial.all('contacts').map(({ id }) => id),
			templates: (trial.all('templates') as unknown as { id: string }[]).slice(0, 2).map(({ id }) => id),
		};
	});
	after(() => trial.server.close());

	const everything = (): string =>
		JSON.stringify(
			Object.fromEntries(['projects', 'tasks', 'contacts', 'comments'].map((kind) => [kind, trial.all(kind)])),
		);

	it('differs at the server in the one property that was edited, and nothing else does', async function () {
		this.timeout(60_000);
		const name = fc.constantFrom<keyof Values>(
			'title',
			'description',
			'due_date',
			'responsible_users',
			'associated_users',
			'status',
			'status_message',
			'fileplan',
			'tags',
		);
		const aspects = fc.dictionary(filled, fc.dictionary(filled, fc.oneof(text, fc.integer(), fc.array(text))), {
			minKeys: 5,
			maxKeys: 12,
		});
		const made = fc.record({ had: values, edited: values, name, aspects });
		const rest = everything();
		await fc.assert(
			fc.asyncProperty(made, async ({ had, edited, name, aspects }) => {
				const body = { ...had, aspects, space, contacts: others.contacts, template: others.templates[0] };
				const { headers } = await trial.raw('POST', '/api/v2/projects/', body);
				const id = String(headers.get('location')?.split('/').at(-2));
				const held = trial.project(id);
				const place: Board = { id, workspaceId: space, name: held.title };
				await perform(trial.session.operations?.board, 'edit', place, { [name]: edited[name as keyof typeof edited] });
				const now = trial.project(id);
				const wanted = edited[name as keyof typeof edited];
				const shownNow =
					name === 'responsible_users'
						? (now[name] as { username: string }[]).map(({ username }) => username)
						: now[name];
				const sortedNow = Array.isArray(shownNow) ? shownNow.toSorted() : shownNow;
				assert.deepEqual(sortedNow, Array.isArray(wanted) ? wanted.toSorted() : wanted);
				// Whoever is responsible is connected too: the vendor's own doing.
				const follows = name === 'responsible_users' ? { connected_users: now['connected_users'] } : {};
				const expected = { ...held, ...follows, [name]: now[name], modified: now['modified'] };
				assert.deepEqual(now, expected);
				await trial.raw('DELETE', `/api/v2/projects/${id}/`);
			}),
			{ numRuns: 120 },
		);
		assert.equal(everything(), rest);
	});
});
