import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { InvalidInput, NotAllowed, NotFound, OutcomeUnknown, Refused, SignInNeeded } from '../../src/core/errors.ts';
import { problemsOf } from '../../src/core/form.ts';
import type { Card, Workspace } from '../../src/core/model.ts';
import type { Session } from '../../src/core/provider.ts';
import { planbox } from '../../src/providers/planbox/index.ts';
import { projectsOf, whyNoProjects } from '../../src/providers/planbox/projectLines.ts';
import { signal } from '../support/session.ts';
import { declined, type Practice, practise } from './planboxPractice.ts';

describe('initiatives and projects of Planbox', () => {
	let own: Practice;
	let session: Session;

	beforeEach(async () => {
		own = await practise();
		({ session } = own);
	});
	afterEach(() => own.server.close());

	const create = (values: Record<string, string | boolean>, by = session): Promise<Workspace> =>
		by.workspaceCreation!.form().submit(values, signal());

	async function add(values: Record<string, string>, at = 0, by = session) {
		const workspace = await own.workspace(at, by);
		own.lines.length = 0;
		return by.boardCreation!.form(workspace).submit(values, signal());
	}

	it('says in words what Planbox has no call for, and offers no such thing', () => {
		assert.ok(planbox.levels.missing?.some((words) => /renames or deletes an initiative or a project/.test(words)));
		assert.equal(session.operations, undefined);
	});

	describe('a new initiative', () => {
		const projects = 'Ticket gates, GATES\n\n Lights, north and south ,LIGHTS \r\nBuoys, B';

		it('comes with its projects, and both are read through the other API afterwards', async () => {
			await session.workspaces(signal());
			own.lines.length = 0;
			const made = await create({ name: ' Harbour ', projects });
			assert.deepEqual(own.calls(), ['/b/organizations/1/initiatives', 'get_product', 'get_projects']);
			const [, json = ''] = /^\S+ (.*)$/.exec(own.lines[0] ?? '') ?? [];
			assert.deepEqual(JSON.parse(json), {
				name: 'Harbour',
				template: false,
				projects: [
					{ name: 'Ticket gates', alias: 'GATES' },
					{ name: 'Lights, north and south', alias: 'LIGHTS' },
					{ name: 'Buoys', alias: 'B' },
				],
			});
			assert.deepEqual([made.name, made.extra?.['permission']], ['Harbour', 'admin']);
			const { items } = await session.boards!.list(made, signal());
			assert.deepEqual(
				items.map(({ name }) => name),
				['Ticket gates', 'Lights, north and south', 'Buoys'],
			);
			assert.ok((await session.workspaces(signal())).items.some(({ id }) => id === made.id));
			assert.equal((await session.boardCreation!.form(made).submit({ name: 'More' }, signal())).name, 'More');
		});

		it('can be a template, which is not listed, and can be without projects', async () => {
			const made = await create({ name: 'Pattern', template: true });
			assert.ok(own.lines.some((line) => line.endsWith('{"name":"Pattern","template":true}')));
			const held = own.products.find(({ id }) => String(id) === made.id);
			assert.equal(held?.template, 1);
			assert.ok(!(await session.workspaces(signal())).items.some(({ id }) => id === made.id));
		});

		it('is not sent where a line of its projects is wrong, and every such line is named', async () => {
			await session.workspaces(signal());
			const bad = ['Gates, GATES', 'No comma', '', ', ONLY', 'Only,', 'Long, ELEVENCHARS', 'Ten, TENLETTERS', ' , '];
			const values = { name: 'A', projects: bad.join('\n') };
			const form = session.workspaceCreation!.form();
			const expected = [
				'Line 2: “No comma” needs a comma and a short name after it.',
				'Line 4: the name is missing.',
				'Line 5: the short name is missing.',
				'Line 6: the short name “ELEVENCHARS” has more than 10 characters.',
				'Line 8: the name is missing.',
				'Line 8: the short name is missing.',
			].join(' ');
			assert.deepEqual(problemsOf(form.fields, values), [{ field: 'projects', message: expected }]);
			own.lines.length = 0;
			await assert.rejects(form.submit(values, signal()), (error) => {
				assert.ok(error instanceof InvalidInput);
				assert.deepEqual(error.problems, [{ field: 'projects', message: expected }]);
				return true;
			});
			await assert.rejects(form.submit({ name: ' ' }, signal()), InvalidInput);
			assert.deepEqual(own.lines, []);
		});

		it('is made of whatever names and short names its lines hold', () => {
			const word = fc.string({ minLength: 1 }).map((text) => text.replaceAll(/[\r\n]/g, '').trim() || 'x');
			const short = fc
				.string({ minLength: 1, maxLength: 10 })
				.map((text) => text.replaceAll(/[\r\n,]/g, '').trim() || 'X');
			const space = fc.constantFrom('', ' ', '\t');
			const line = fc.tuple(
				fc.record({ name: word, alias: short }, { noNullPrototype: true }),
				space,
				fc.constantFrom('\n', '\r\n', '\n\n'),
			);
			fc.assert(
				fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
					const text = lines.map(([{ name, alias }, gap, end]) => `${gap}${name}${gap},${gap}${alias}${end}`).join('');
					assert.equal(whyNoProjects(text), undefined);
					assert.deepEqual(
						projectsOf(text),
						lines.map(([project]) => project),
					);
				}),
				{ numRuns: 200 },
			);
		});

		it('is for owners and admins of the organization alone', async () => {
			const made = await create({ name: 'By an admin' }, own.sessionOfPerson(2));
			assert.equal(made.name, 'By an admin');
			const before = own.held();
			await assert.rejects(create({ name: 'By a member' }, own.sessionOfPerson(3)), (error) => {
				assert.ok(error instanceof NotAllowed);
				assert.match(error.message, /Only owners and admins of the organization can create initiatives\.$/);
				return true;
			});
			assert.deepEqual(own.held(), before);
		});

		it('is refused with the words of the newer API where the organization is not there', async () => {
			await assert.rejects(create({ name: 'A', organization_id: '2' }), (error) => {
				assert.ok(error instanceof Refused);
				assert.equal(error.message, 'Planbox declined: Organization not found.');
				return true;
			});
		});

		it('asks for a new sign-in where both APIs refuse the token, and says otherwise where one does', async () => {
			await assert.rejects(create({ name: 'A', organization_id: '1' }, own.sessionOf('old')), SignInNeeded);
			own.instead = (line) =>
				line.startsWith('/b/') ? Response.json({ message: 'Bad credentials' }, { status: 401 }) : undefined;
			await assert.rejects(create({ name: 'A' }), (error) => {
				assert.ok(error instanceof NotAllowed);
				assert.match(error.message, /does not accept the access token of Ada Lindqvist/);
				return true;
			});
		});

		for (const kind of ['cut', 'drop', '500', 'malformed'] as const) {
			it(`is made once where its answer is lost (${kind}), which is said, and the next list is a new one`, async () => {
				await session.workspaces(signal());
				own.server.fault('POST /b/', kind);
				await assert.rejects(create({ name: 'Perhaps', projects: 'A, A' }), OutcomeUnknown);
				assert.equal(own.calls().filter((call) => call.startsWith('/b/')).length, 1);
				const isThere = own.products.some(({ name }) => name === 'Perhaps');
				const { items } = await session.workspaces(signal());
				assert.equal(
					items.some(({ name }) => name === 'Perhaps'),
					isThere,
				);
				assert.ok(own.products.filter(({ name }) => name === 'Perhaps').length <= 1);
			});
		}

		it('says which of its projects are not there where Planbox does not list them all', async () => {
			own.instead = (line) =>
				line.startsWith('get_projects') ? Response.json({ code: 'ok', content: [] }) : undefined;
			await assert.rejects(create({ name: 'Half', projects: 'One, ONE\nTwo, TWO' }), (error) => {
				assert.ok(error instanceof OutcomeUnknown);
				assert.match(error.message, /created the initiative “Half” and does not list these projects in it: One, Two\./);
				return true;
			});
		});

		it('is made also where it can’t be read afterwards', async () => {
			own.instead = (line) => (line.startsWith('get_product ') ? declined('Product not found') : undefined);
			const made = await create({ name: 'Unseen', projects: 'One, ONE' });
			assert.deepEqual([made.name, made.extra?.['organization']], ['Unseen', '1']);
		});
	});

	describe('a new project', () => {
		it('sends what was filled in, by the names of the call', async () => {
			const made = await add({ name: 'Gate app', alias: 'TENLETTERS', from_project_id: '5678' });
			assert.equal(own.lines[0], 'add_project product_id=1234&name=Gate app&alias=TENLETTERS&from_project_id=5678');
			assert.equal(own.lines.length, 1);
			const held = own.projects.find(({ id }) => String(id) === made.id);
			assert.deepEqual(new Set(held?.members.keys()), new Set(own.projects[0]?.members.keys()));
			assert.deepEqual(made.extra, { association: 'worker', permission: 'admin' });
			assert.ok((await own.boards()).some(({ id }) => id === made.id));
		});

		it('has the person as its first member where no other project is named', async () => {
			const made = await add({ name: 'Alone' });
			assert.equal(own.lines[0], 'add_project product_id=1234&name=Alone');
			const held = own.projects.find(({ id }) => String(id) === made.id);
			assert.deepEqual([...(held?.members ?? [])], [[7, 'worker']]);
		});

		it('is not sent with a short name of eleven characters or without a name', async () => {
			await assert.rejects(add({ name: 'A', alias: 'ELEVENCHARS' }), (error) => {
				assert.ok(error instanceof InvalidInput);
				assert.deepEqual(error.problems, [{ field: 'alias', message: 'Short name can have at most 10 characters.' }]);
				return true;
			});
			await assert.rejects(add({ alias: 'A' }), InvalidInput);
			assert.deepEqual(own.lines, []);
		});

		it('is refused before anything is sent where the account may only read', async () => {
			const reader = own.sessionOf(String(own.server.state['readOnlyToken']));
			const before = own.held();
			await assert.rejects(add({ name: 'A' }, 0, reader), (error) => {
				assert.ok(error instanceof NotAllowed);
				assert.match(
					error.message,
					/may only read the initiative Harbour renewal, so you can’t add a project to it\.$/,
				);
				assert.equal(error.action.kind, 'openInBrowser');
				return true;
			});
			assert.deepEqual(own.lines, []);
			assert.deepEqual(own.held(), before);
		});

		it('is refused by Planbox where the right is not known here, or something is not there', async () => {
			const reader = own.sessionOf(String(own.server.state['readOnlyToken']));
			const unknown = { id: '1234', name: 'Harbour' };
			const send = (by: Session, workspace: Workspace, values = {}) =>
				by.boardCreation!.form(workspace).submit({ name: 'A', ...values }, signal());
			const before = own.held();
			await assert.rejects(send(reader, unknown), NotAllowed);
			await assert.rejects(send(session, { id: '4321', name: 'Gone' }), NotFound);
			await assert.rejects(send(session, unknown, { from_project_id: '1' }), (error) => {
				assert.ok(error instanceof NotFound);
				assert.match(error.message, /\. Project not found\.$/, 'nobody is told what is not there');
				return true;
			});
			assert.deepEqual(own.held(), before);
			assert.equal(own.calls().filter((call) => call === 'add_project').length, 3);
		});

		it('may be added with write permission alone', async () => {
			const workspace = await own.workspace(2);
			assert.equal(workspace.extra?.['permission'], 'write');
			assert.equal((await add({ name: 'Written' }, 2)).name, 'Written');
		});

		for (const kind of ['cut', 'drop', '500', 'malformed'] as const) {
			it(`is added once where the answer is lost (${kind}), and the next list is a new one`, async () => {
				await own.boards();
				own.server.fault('add_project', kind);
				await assert.rejects(add({ name: 'Perhaps' }), OutcomeUnknown);
				assert.deepEqual(own.calls(), ['add_project']);
				const found = own.projects.filter(({ name }) => name === 'Perhaps');
				assert.equal((await own.boards()).filter(({ name }) => name === 'Perhaps').length, found.length);
				assert.ok(found.length <= 1);
			});
		}
	});

	describe('whoever may only read or look on', () => {
		const reading = 'You may only read this initiative. Its admins can change that.';
		const watching = 'You are an observer of this project, who may only read it.';

		async function assertCards(by: Session, at: number, why: string): Promise<void> {
			const columns = await own.columns(at, by);
			let seen = 0;
			for (const column of columns) {
				for (const card of (await by.boards!.cards(column, signal())).items) {
					assert.equal(card.readOnly, why);
					assert.equal((await by.cards!.look(card, signal())).card.readOnly, why);
					assert.equal(await by.cards!.editing!.completion!(card, true, signal()), undefined);
					assert.equal(by.cards!.moving!.whyNot!(card, columns[0]!), why);
					seen += 1;
				}
				assert.throws(() => by.cards!.creation!.form(column), { name: 'NotAllowed', message: why });
			}
			assert.ok(seen > 0);
		}

		it('is told so on every card with “read” of the initiative', async () => {
			await assertCards(own.sessionOf(String(own.server.state['readOnlyToken'])), 0, reading);
		});

		it('is told so on every card as an observer of the project', async () => {
			assert.deepEqual((await own.boards(2))[0]?.extra, { association: 'observer', permission: 'write' });
			await assertCards(session, 2, watching);
		});

		it('is told nothing of the kind as a worker with “write” or “admin”', async () => {
			const cards = await own.cardsIn('current', 0, own.sessionOfPerson(3));
			assert.ok(cards.length > 0 && cards.every(({ readOnly }) => readOnly === undefined));
			assert.ok((await own.cardsIn('current')).every(({ readOnly }) => readOnly === undefined));
		});
	});

	describe('errors that arrive as HTTP 200', () => {
		const workspace = { id: '1234', name: 'Harbour renewal', extra: { permission: 'admin' } } as const;
		const board = { id: '5678', workspaceId: '1234', name: 'Delivery' } as const;
		const values = { title: 'A', description: 'B' };
		type Way = (card: Card) => Promise<unknown>;
		const find = async () => own.card(({ status, tasks }) => status === 'inprogress' && tasks.length > 1);
		const item = async (card: Card) => {
			const { checklist } = await session.cards!.look(card, signal());
			return checklist![0]!;
		};
		const ways: Readonly<Record<string, Way>> = {
			get_products: () => session.workspaces(signal()),
			get_product: () => session.related!.workspace![0]!.list(workspace, signal()),
			get_projects: () => session.boards!.list(workspace, signal()),
			get_project: () => session.related!.board![0]!.list(board, signal()),
			add_project: () => session.boardCreation!.form(workspace).submit({ name: 'A' }, signal()),
			get_stories: async () => session.boards!.cards(await own.column('current'), signal()),
			get_story: (card) => session.cards!.look(card, signal()),
			update_story: (card) => session.cards!.editing!.edit(card, { title: 'B' }, signal()),
			update_story_status: (card) => session.cards!.editing!.edit(card, { status: 'accepted' }, signal()),
			update_task: async (card) => {
				const one = await item(card);
				return session.cards!.checklist!.set(card, one, { title: one.title, done: !one.done }, signal());
			},
			add_task: (card) => session.cards!.checklist!.add!(card, 'A', signal()),
			move_story_to_iteration: async (card) =>
				session.cards!.moving!.move(card, await own.column('next'), undefined, signal()),
			third_party_create_story: async () =>
				session.cards!.creation!.form(await own.column('next')).submit(values, signal()),
		};

		for (const [call, run] of Object.entries(ways)) {
			it(`of ${call} are errors, with Planbox’s words, and nothing is taken for done`, async () => {
				const card = await find();
				session.forget();
				const before = own.held();
				own.lines.length = 0;
				own.instead = (line) => (line.split(' ')[0] === call ? declined('The tide is out') : undefined);
				await assert.rejects(run(card), (error) => {
					assert.ok(error instanceof Refused, String(error));
					assert.match(error.message, /^Planbox declined: The tide is out\./);
					return true;
				});
				assert.equal(own.calls().filter((one) => one === call).length, 1);
				assert.equal(own.calls().at(-1), 'get_logged_resource', 'it was not asked whether the token is good');
				assert.deepEqual(own.held(), before);
			});
		}

		it('of get_logged_resource, whatever they say, mean that nobody is signed in', async () => {
			own.instead = (line) => (line === 'get_logged_resource' ? declined('The tide is out') : undefined);
			await assert.rejects(session.accountInfo(signal()), SignInNeeded);
			await assert.rejects(session.cards!.mine!(signal()), SignInNeeded);
		});

		it('of get_resources leave the items readable, without names', async () => {
			own.instead = (line) => (line.startsWith('get_resources') ? declined('The tide is out') : undefined);
			assert.ok((await own.cardsIn('current')).every(({ assignees }) => assignees === undefined));
			const { items } = await session.related!.board![0]!.list(board, signal());
			assert.ok(items.length > 0 && items.every(({ name }) => /^Person \d+$/.test(name)));
		});
	});
});
