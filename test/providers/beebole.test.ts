import assert from 'node:assert/strict';
import { mock } from 'node:test';
import {
	InvalidInput,
	NotAllowed,
	Refused,
	SignInNeeded,
	TooManyRequests,
	UnexpectedReply,
} from '../../src/core/errors.ts';
import { timeText } from '../../src/core/findings.ts';
import { initialValues, problemsOf, type Values } from '../../src/core/form.ts';
import type { Board, Column, Workspace } from '../../src/core/model.ts';
import type { Session } from '../../src/core/provider.ts';
import { byToken } from '../../src/providers/beebole/auth.ts';
import { Budget } from '../../src/providers/beebole/budget.ts';
import { beebole } from '../../src/providers/beebole/index.ts';
import type { Entity, Kind } from '../../src/sandbox/beebole/store.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { collectingLog, type Opened, openPractice, openSession, signal } from '../support/session.ts';
import { allBoards, allWorkspaces, conformance, firstCard } from './conformance.ts';

conformance(beebole, {
	vendor: 'beebole',
	parts: [
		'boards',
		'columnRenaming',
		'workspaceCreation',
		'boardCreation',
		'cards',
		'cardCreation',
		'cardEditing',
		'cardMoving',
		'cardRemoval',
		'cardRestoring',
	],
});

describe('Beebole', () => {
	let server: TestVendor;
	let opened: Opened;
	let session: Session;

	beforeEach(async () => {
		server = await startVendor('beebole');
		opened = await openPractice(beebole, server.address);
		({ session } = opened);
	});
	afterEach(async () => {
		mock.timers.reset();
		await server.close();
	});

	const way = byToken();
	const io = { fetch: globalThis.fetch, log: collectingLog([]) };
	const values = (more: Values = {}): Values => ({ ...way.practice?.(server.address), ...more });
	const signIn = async (more: Values = {}) => (await way.signIn(values(more), io, signal()))[0]!;
	const asked = (): number => server.requests.length;

	function entity(kind: Kind, which: (entity: Entity) => boolean = () => true): Entity {
		return [...(server.state['entities'] as Map<number, Entity>).values()].find(
			(one) => one.kind === kind && which(one),
		)!;
	}

	async function boardOf(which: (board: Board) => boolean): Promise<{ workspace: Workspace; board: Board }> {
		for await (const found of allBoards(session)) {
			if (which(found.board)) {
				return found;
			}
		}
		throw new Error('no such board');
	}

	async function columnsOf(board: Board): Promise<readonly Column[]> {
		return session.boards!.columns(board, signal());
	}

	/** A Beebole that answers at once, so that thousands of requests take no time. */
	function answering(answer: () => Response): Session & { readonly sent: () => number } {
		let sent = 0;
		const fetch = async (): Promise<Response> => {
			sent += 1;
			return answer();
		};
		const bare = beebole.open(opened.account, { ...opened.io, fetch });
		return { ...bare, sent: () => sent };
	}

	describe('reads replies', () => {
		it('without a status as good ones', async () => {
			const own = answering(() => Response.json({ companies: [] }));
			assert.deepEqual((await own.workspaces(signal())).items, []);
		});

		it('with an error in its other form as failures', async () => {
			const own = answering(() => Response.json({ error: { message: 'no such service' } }));
			await assert.rejects(own.workspaces(signal()), {
				name: 'Refused',
				message: 'Beebole declined: no such service.',
			});
		});

		it('only where every entity has an id of one kind', async () => {
			const own = answering(() => Response.json({ status: 'ok', companies: [{ name: 'A', active: true }] }));
			await assert.rejects(own.workspaces(signal()), UnexpectedReply);
		});

		it('without the parts that may be missing', async () => {
			const projects = [{ id: 1, name: 'Bare', active: true, description: null }];
			const own = answering(() => Response.json({ status: 'ok', projects }));
			const [board] = (await own.boards!.list({ id: '9', name: 'A' }, signal())).items;
			assert.deepEqual(
				[board?.description, board?.startDate, board?.extra?.['subprojects']],
				[undefined, undefined, undefined],
			);
		});
	});

	describe('signs in', () => {
		it('under the name that was typed, else under the oldest active company’s', async () => {
			assert.equal((await signIn()).label, 'Harbour renewal');
			assert.equal((await signIn({ label: ' Quayside ' })).label, 'Quayside');
		});

		it('as the same account again, and as another one under another name', async () => {
			const { identity } = await signIn();
			assert.equal((await signIn()).identity, identity);
			assert.notEqual((await signIn({ label: 'Mine' })).identity, identity);
		});

		it('with a single request', async () => {
			const before = asked();
			await signIn();
			assert.equal(asked(), before + 1);
		});

		it('at a host that was typed without the path', async () => {
			const { origin } = new URL(String(server.address['url']));
			assert.equal((await signIn({ server: origin })).server, `${origin}/api/v2`);
		});

		it('only with a token that Beebole takes', async () => {
			await assert.rejects(signIn({ token: 'f'.repeat(40) }), SignInNeeded);
		});

		it('nowhere while API calls are switched off, and gives the reason', async () => {
			await assert.rejects(signIn(server.state['apiDisabled'] as Values), (error) => {
				assert.ok(error instanceof NotAllowed);
				assert.match(error.message, /disabled/);
				return true;
			});
		});

		it('with help that says where each thing is found', () => {
			for (const { id, help } of way.fields) {
				assert.match(help ?? '', /\.$/, id);
			}
			assert.match(way.fields[0]?.help ?? '', /API Token module/);
		});

		it('after looking at what was typed', () => {
			const problems = (typed: Values) =>
				problemsOf(way.fields, { ...initialValues(way.fields), ...typed }).map(({ field }) => field);
			assert.deepEqual(problems({}), ['token']);
			assert.deepEqual(problems({ token: 'abc:x', server: 'http://beebole-apps.com' }), ['token', 'server']);
			assert.deepEqual(problems({ token: '803b433162432915ce2e7b25a022910925ab73c2' }), []);
		});
	});

	describe('shows', () => {
		it('inactive companies and projects as archived, after the others', async () => {
			const workspaces = await allWorkspaces(session);
			assert.deepEqual(
				workspaces.filter(({ archived }) => archived).map(({ name }) => name),
				['Old library scans'],
			);
			const { workspace, board } = await boardOf(({ archived }) => archived ?? false);
			const { items } = await session.boards!.list(workspace, signal());
			assert.equal(items.at(-1)?.id, board.id);
		});

		it('a project with its start date and description', async () => {
			const { board } = await boardOf(({ description }) => description !== undefined);
			assert.match(board.startDate ?? '', /^\d{4}-\d\d-\d\d$/);
			assert.deepEqual(Object.keys(board.description!), ['text']);
		});

		it('a first column for what hangs on the project itself, which nobody can rename', async () => {
			const { board } = await firstCard(session);
			const [first, ...rest] = await columnsOf(board);
			assert.equal(first?.name, 'Project');
			assert.equal(first.renamable, false);
			assert.ok(rest.every(({ renamable }) => renamable));
			assert.equal((await session.boards!.cards(first, signal())).items.length, first.count);
		});

		it('a task that hangs in two columns in both of them', async () => {
			const { id } = entity('task', ({ xid, active }) => xid === undefined && active);
			const { board } = await firstCard(session);
			const [first, second] = await columnsOf(board);
			const project = entity('project', (one) => String(one.id) === board.id);
			const subproject = entity('subproject', (one) => String(one.id) === second?.id);
			[project, subproject].forEach(({ links }) => links.specificTasks.add(entity('task', (one) => one.id === id)));
			session.forget();
			for (const column of [first!, second!]) {
				const { items } = await session.boards!.cards(column, signal());
				const card = items.find((one) => one.id === String(id));
				assert.equal(card?.columnId, column.id);
			}
		});

		it('that specific tasks are switched off, on the column and on its tasks', async () => {
			const { board } = await firstCard(session);
			entity('project', ({ id }) => String(id) === board.id).tasksDisabled = true;
			session.forget();
			const [first] = await columnsOf(board);
			assert.match(first?.note ?? '', /switched off/);
			const { items } = await session.boards!.cards(first!, signal());
			assert.ok(items.every(({ status }) => status !== undefined));
		});

		it('on a subproject that they are switched off once its tasks were asked for', async () => {
			const { parent, ...disabled } = entity(
				'subproject',
				({ tasksDisabled, xid }) => tasksDisabled && xid === undefined,
			);
			const { board } = await boardOf(({ id }) => id === String(parent?.id));
			const found = async () => (await columnsOf(board)).find(({ id }) => id === String(disabled.id))!;
			const column = await found();
			assert.equal(column.note, undefined);
			await session.boards!.cards(column, signal());
			assert.match((await found()).note ?? '', /switched off/);
		});

		it('entities of another system by their own ids', async () => {
			const { workspace, board } = await boardOf(({ id }) => id.startsWith('xid:'));
			assert.equal(workspace.id, 'xid:ERP-4');
			const [, column] = await columnsOf(board);
			const [card] = (await session.boards!.cards(column!, signal())).items;
			assert.match(card?.id ?? '', /^xid:T-/);
			await session.columnRenaming!.rename(column!, 'Umbenannt', signal());
			assert.equal(entity('subproject', ({ xid }) => `xid:${xid}` === column!.id).name, 'Umbenannt');
		});

		it('no documents, in words', () => {
			assert.equal(session.archives, undefined);
			assert.match(beebole.levels.missing?.join() ?? '', /no documents/);
		});
	});

	describe('saves requests', () => {
		it('by not asking for subprojects where there are none', async () => {
			const { board } = await boardOf(({ extra }) => extra?.['subprojects'] === 0);
			const before = asked();
			assert.equal((await columnsOf(board)).length, 1);
			assert.equal(asked(), before + 1);
		});

		it('by asking each question once, whatever was closed and opened between', async () => {
			const { board, workspace, column } = await firstCard(session);
			const before = asked();
			await session.workspaces(signal());
			await session.boards!.list(workspace, signal());
			await columnsOf(board);
			await session.boards!.cards(column, signal());
			assert.equal(asked(), before);
		});

		it('by walking down to projects only when it searches', () => {
			assert.equal(session.walkTo, 'board');
		});

		it('and counts them with their bytes', async () => {
			await session.workspaces(signal());
			const usage = [...(server.state['usage'] as Map<string, { requests: number; bytes: number }>).values()][0]!;
			const facts = await session.accountInfo(signal());
			// Signing in was one of the two that Beebole counted.
			assert.ok(
				facts.some(({ value }) => value.startsWith('1 of 4,000')),
				JSON.stringify(facts),
			);
			assert.ok(
				facts.some(({ value }) => value.startsWith(`${Math.ceil(usage.bytes / 2 / 1024)} of 2,048 KB`)),
				JSON.stringify(facts),
			);
		});
	});

	describe('keeps to the daily limits', () => {
		const midnight = Date.UTC(2026, 10, 17);

		function tooMany(error: unknown): true {
			assert.ok(error instanceof TooManyRequests, String(error));
			assert.deepEqual(error.until, new Date(midnight));
			return true;
		}

		beforeEach(() => mock.timers.enable({ apis: ['Date'], now: midnight - 3_600_000 }));

		it('by sending nothing beyond 4,000 requests until midnight UTC', async () => {
			let sent = 0;
			const counted = new Budget('Acme').counted(async () => {
				sent += 1;
				return new Response(null, { status: 204 });
			});
			for (let at = 0; at < 4_000; at += 1) {
				await counted('https://beebole.example');
			}
			await assert.rejects(counted('https://beebole.example'), tooMany);
			assert.equal(sent, 4_000);
			mock.timers.setTime(midnight);
			await counted('https://beebole.example');
			assert.equal(sent, 4_001);
		});

		it('by sending nothing beyond 2,048 KB', async () => {
			const own = answering(() => new Response(`{"status":"ok","companies":[]${' '.repeat(1_100 * 1_024)}}`));
			await own.workspaces(signal());
			own.forget();
			await own.workspaces(signal());
			own.forget();
			await assert.rejects(own.workspaces(signal()), tooMany);
			assert.equal(own.sent(), 2);
		});

		it('by stopping at Beebole’s own refusal, until the person refreshes', async () => {
			const own = answering(() =>
				Response.json({ status: 'error', message: 'daily API limit reached' }, { status: 429 }),
			);
			await assert.rejects(own.workspaces(signal()), tooMany);
			assert.equal(own.sent(), 1);
			await assert.rejects(own.workspaces(signal()), tooMany);
			assert.equal(own.sent(), 1);
			own.forget();
			await assert.rejects(own.workspaces(signal()), tooMany);
			assert.equal(own.sent(), 2);
		});

		it('by reading a refusal under 200 as one', async () => {
			const own = answering(() => Response.json({ status: 'error', message: 'Daily limit of requests reached' }));
			await assert.rejects(own.workspaces(signal()), tooMany);
			await assert.rejects(own.workspaces(signal()), tooMany);
			assert.equal(own.sent(), 1);
		});

		it('and takes no other message for one', async () => {
			const own = answering(() => Response.json({ status: 'error', message: 'project Limited edition not found' }));
			await assert.rejects(own.workspaces(signal()), Refused);
		});
	});

	describe('checks the connection', () => {
		const about = async (what: string, own: Session = session) =>
			(await own.findings(signal())).find((finding) => finding.about === what);

		it('and says that the token holds until it is reset, but not whose it is', async () => {
			const credentials = await about('Credentials');
			assert.equal(credentials?.state, 'good');
			assert.match(credentials.message, /until it is reset/);
			assert.equal((await about('Acts as'))?.state, 'unknown');
		});

		it('with one request, and no write', async () => {
			const before = asked();
			await session.findings(signal());
			assert.equal(asked(), before + 1);
		});

		it('and does not know whether a token may write before a change was taken', async () => {
			const account = await signIn(server.state['readOnly'] as Values);
			const rights = await about('Rights', openSession(beebole, account).session);
			assert.equal(rights?.state, 'unknown');
			assert.match(rights.next ?? '', /ask an administrator/);
			await session.workspaceCreation!.form().submit({ name: 'Quay' }, signal());
			assert.equal((await about('Rights'))?.state, 'good');
		});

		it('and tells who can switch API calls on', async () => {
			const off = server.state['apiDisabled'] as { token: string };
			const credentials = await about('Credentials', openSession(beebole, { ...opened.account, secrets: off }).session);
			assert.equal(credentials?.state, 'bad');
			assert.match(credentials.message, /disabled/);
			assert.match(credentials.next ?? '', /administrator to allow API calls in Beebole: Settings, Account\.$/);
		});

		describe('and the daily limit', () => {
			beforeEach(() => mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 10, 16, 12) }));

			it('says how much is left, and when it begins anew', async () => {
				const own = answering(() => Response.json({ status: 'ok', companies: [] }));
				await own.workspaces(signal());
				const limit = await about('Request limit', own);
				assert.equal(limit?.state, 'good');
				assert.match(limit.message, /^3,998 of 4,000 requests and 2,04\d of 2,048 KB are left until /);
				const midnight = new Date(Date.UTC(2026, 10, 17));
				assert.ok(limit.message.includes(timeText(midnight)), limit.message);
			});

			it('warns where a tenth of the bytes is left, and says so where nothing is', async () => {
				const own = answering(() => new Response(`{"status":"ok","companies":[]${' '.repeat(1_000 * 1_024)}}`));
				await own.findings(signal());
				const short = await about('Request limit', own);
				assert.equal(short?.state, 'warning');
				assert.ok(short.next);
				await own.findings(signal());
				const over = await about('Request limit', own);
				assert.equal(over?.state, 'bad');
				assert.match(over.next ?? '', /^Wait until /);
				assert.equal(own.sent(), 3);
			});

			it('says that Beebole itself has stopped', async () => {
				const own = answering(() => Response.json({ status: 'error', message: 'Daily limit of requests reached' }));
				assert.equal((await about('Request limit', own))?.state, 'bad');
			});
		});
	});

	it('hands out the token itself, and asks for a new sign-in where it is gone', async () => {
		assert.equal(await session.accessToken(signal()), server.address['token']);
		const credentials = { ...opened.io.credentials, read: async () => ({}) };
		await assert.rejects(
			beebole.open(opened.account, { ...opened.io, credentials }).accessToken(signal()),
			SignInNeeded,
		);
	});

	describe('changes', () => {
		it('nothing with a token that may only read, and says why', async () => {
			const account = await signIn(server.state['readOnly'] as Values);
			const reading = openSession(beebole, account).session;
			const { board } = await firstCard(reading);
			const [, column] = await reading.boards!.columns(board, signal());
			await assert.rejects(reading.columnRenaming!.rename(column!, 'No', signal()), (error) => {
				assert.ok(error instanceof Refused);
				assert.match(error.message, /not allowed/);
				return true;
			});
		});

		it('no name to white space, and not the column of the project, without asking', async () => {
			const { board } = await firstCard(session);
			const [own, column] = await columnsOf(board);
			const before = asked();
			assert.ok(session.columnRenaming!.check?.('  '));
			await assert.rejects(session.columnRenaming!.rename(column!, ' ', signal()), InvalidInput);
			await assert.rejects(session.columnRenaming!.rename(own!, 'Mine', signal()), InvalidInput);
			assert.equal(asked(), before);
		});
	});

	describe('creates', () => {
		it('a company, as one of our own or a customer', async () => {
			const form = session.workspaceCreation!.form();
			assert.deepEqual(
				form.fields.map(({ id, required }) => [id, required ?? false]),
				[
					['name', true],
					['corporate', false],
				],
			);
			for (const corporate of [true, false]) {
				const made = await form.submit({ name: ` Ünited ${corporate} `, corporate }, signal());
				assert.equal(entity('company', ({ id }) => String(id) === made.id).fields['corporate'], corporate);
				assert.ok(
					(await allWorkspaces(session)).some(({ id, name }) => id === made.id && name === `Ünited ${corporate}`),
				);
			}
		});

		it('a project with everything that can be given', async () => {
			const [workspace] = await allWorkspaces(session);
			await session.boards!.list(workspace!, signal());
			const values = { name: 'Kai 3', startDate: '2026-12-24', description: 'Für Weihnachten' };
			const made = await session.boardCreation!.form(workspace!).submit(values, signal());
			const { items } = await session.boards!.list(workspace!, signal());
			const { extra, archived, ...listed } = items.find(({ id }) => id === made.id)!;
			assert.deepEqual({ extra, archived }, { extra: { subprojects: 0 }, archived: false });
			assert.deepEqual(made, listed);
		});

		it('a project with a name alone, in a company of another system too', async () => {
			const workspace = (await allWorkspaces(session)).find(({ id }) => id.startsWith('xid:'))!;
			const { id } = await session.boardCreation!.form(workspace).submit({ name: 'Plain', description: '' }, signal());
			const { items } = await session.boards!.list(workspace, signal());
			const listed = items.find((one) => one.id === id)!;
			assert.match(listed.startDate ?? '', /-01$/);
			assert.equal(listed.description, undefined);
		});

		it('nothing twice when Beebole fails', async () => {
			server.fault('*', '500');
			const before = asked();
			await assert.rejects(session.workspaceCreation!.form().submit({ name: 'Once' }, signal()), {
				name: 'OutcomeUnknown',
			});
			assert.equal(asked(), before + 1);
		});
	});
});
