import assert from 'node:assert/strict';
import { mock } from 'node:test';
import * as v from 'valibot';
import {
	InvalidInput,
	NotAllowed,
	NotFound,
	OutcomeUnknown,
	Refused,
	SignInNeeded,
	TooManyRequests,
	UnexpectedReply,
} from '../../src/core/errors.ts';
import type { ChoiceField, Form, Values } from '../../src/core/form.ts';
import type { Board, Document, Entry, EntryContainer, Hit, Workspace } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import type { Session, SignedIn } from '../../src/core/provider.ts';
import { tokenWay } from '../../src/providers/productive/auth.ts';
import { relatedIn } from '../../src/providers/productive/document.ts';
import { limit } from '../../src/providers/productive/findings.ts';
import { productive } from '../../src/providers/productive/index.ts';
import { task, toCard, toWorkspace } from '../../src/providers/productive/mapping.ts';
import { toMarkdown } from '../../src/providers/productive/markdown.ts';
import { explain } from '../../src/providers/productive/refusals.ts';
import { storedAt, takesToken } from '../../src/providers/productive/unverified.ts';
import { Usage, windows } from '../../src/providers/productive/usage.ts';
import { failureOf } from '../support/failure.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { collectingLog, type Opened, openPractice, openSession, signal } from '../support/session.ts';
import { allWorkspaces, collect, conformance, fileOf } from './conformance.ts';

async function projectNamed(session: Session, name: string): Promise<Workspace> {
	const found = (await allWorkspaces(session)).find((one) => one.name === name);
	assert.ok(found, `no project is called ${name}`);
	return found;
}

async function boardsOf(session: Session, name: string): Promise<readonly Board[]> {
	return allItems(await session.boards!.list(await projectNamed(session, name), signal()), signal());
}

conformance(productive, {
	vendor: 'productive',
	parts: [
		'boards',
		'columnRenaming',
		'archives',
		'uploading',
		'saving',
		'folderCreation',
		'removal',
		'versions',
		'documentRenaming',
		'workspaceCreation',
		'boardCreation',
		'search',
		'cards',
		'cardCreation',
		'cardEditing',
		'cardMoving',
		'cardRemoval',
		'comments',
		'commenting',
		'commentRemoval',
		'checklist',
		'checklistAdding',
		'checklistRemoval',
		'attaching',
		'columnOrdering',
		'myCards',
	],
	pagedList: async (session, signal) => {
		const [board] = await boardsOf(session, 'Harbour renewal');
		const [backlog] = await session.boards!.columns(board!, signal);
		return session.boards!.cards(backlog!, signal);
	},
});

describe('Productive', () => {
	let server: TestVendor;
	let opened: Opened;
	let session: Session;

	beforeEach(async () => {
		server = await startVendor('productive');
		opened = await openPractice(productive, server.address);
		({ session } = opened);
	});
	afterEach(() => server.close());

	const since = (start: number) =>
		server.requests.slice(start).map(({ method, path }) => `${method} ${decodeURIComponent(path)}`);

	/** A session whose requests pass through `look`, which may change them. */
	function openWith(
		look: (request: Request) => Request | Response | Promise<Request | Response>,
		account = opened.account,
	): Session {
		const fetch: typeof globalThis.fetch = async (input, init) => {
			const changed = await look(new Request(input, init));
			return changed instanceof Response ? changed : globalThis.fetch(changed);
		};
		return productive.open(account, { ...opened.io, fetch });
	}

	describe('signing in', () => {
		const way = tokenWay();
		const io = { fetch: globalThis.fetch, log: collectingLog([]) };
		const values = (more: Values = {}): Values => ({ ...way.practice!(server.address), ...more });
		const signIn = (more?: Values, fetch = io.fetch): Promise<readonly SignedIn[]> =>
			way.signIn(values(more), { ...io, fetch }, signal());

		it('takes the one organization that was named', async () => {
			const accounts = await signIn();
			assert.equal(accounts.length, 1);
			assert.equal(accounts[0]!.label, 'Harbour Works');
			assert.match(accounts[0]!.identity, /^4410\/\d+$/);
		});

		it('asks for the organization where the vendor wants one and none was named', async () => {
			await assert.rejects(signIn({ organizationId: '' }), (error) => {
				assert.ok(error instanceof Refused);
				assert.deepEqual(
					error.problems.map(({ field }) => field),
					['organizationId'],
				);
				return true;
			});
		});

		it('takes every organization where the vendor lists them without one', async () => {
			const accounts = await signIn({ organizationId: '' }, async (input, init) => {
				const request = new Request(input, init);
				assert.equal(request.headers.get('x-organization-id'), null);
				request.headers.set('x-organization-id', '4410');
				return fetch(request);
			});
			assert.deepEqual(
				accounts.map(({ label }) => label),
				['Harbour Works', 'Quayside Studio'],
			);
			assert.equal(new Set(accounts.map(({ identity }) => identity)).size, 2);
		});

		it('finds the organization in an address of the app', async () => {
			const [account] = await signIn({ organizationId: 'https://app.productive.io/4411-quayside/tasks' });
			assert.equal(account!.facts['organizationId'], '4411');
		});

		it('says which field is wrong where the token is no member’s', async () => {
			await assert.rejects(
				signIn({ organizationId: '9' }),
				(error) => error instanceof Refused && error.problems[0]?.field === 'organizationId',
			);
		});

		it('says under every field where its value is found', () => {
			for (const { id, help } of way.fields) {
				assert.match(help ?? '', /\.$/, id);
			}
		});

		it('refuses a wrong token, and an address that answers with a web page', async () => {
			await assert.rejects(signIn({ token: 'wrong' }), SignInNeeded);
			server.fault('*', 'html');
			await assert.rejects(signIn(), UnexpectedReply);
		});
	});

	describe('checking the connection', () => {
		const about = async (what: string, own = session) =>
			(await own.findings(signal())).filter((finding) => finding.about === what);

		function openReader(): Session {
			const { token } = server.state['readOnly'] as { token: string };
			return openSession(productive, { ...opened.account, secrets: { token } }).session;
		}

		async function rename(own: Session): Promise<unknown> {
			const [board] = await boardsOf(own, 'Harbour renewal');
			const [column] = await own.boards!.columns(board!, signal());
			return own.columnRenaming!.rename(column!, 'Later', signal());
		}

		it('says that the token ends with its person alone, and whose it is', async () => {
			const [credentials] = await about('Credentials');
			assert.equal(credentials?.state, 'good');
			assert.match(credentials.message, /does not expire/);
			const [who] = await about('Acts as');
			assert.ok(who?.personal);
			assert.match(who.message, /Harbour Works\.$/);
			assert.ok(who.personal.some((part) => part.includes('@')));
			assert.ok(who.personal.every((part) => who.message.includes(part)));
		});

		it('does not know whether a token may write, says how to get one that may, and tries no write', async () => {
			const start = server.requests.length;
			const [rights] = await about('Rights', openReader());
			assert.equal(rights?.state, 'unknown');
			assert.match(rights.next ?? '', /write access in Productive: Settings, API integrations\.$/);
			assert.ok(since(start).every((line) => line.startsWith('GET ')));
		});

		it('says that a read-only token cannot write once it was refused a change, and what to do', async () => {
			const own = openReader();
			await assert.rejects(rename(own), NotAllowed);
			const [rights] = await about('Rights', own);
			assert.equal(rights?.state, 'warning');
			assert.match(rights.message, /refused the last change/);
			assert.match(rights.next ?? '', /generate a token with write access/);
		});

		it('says that a token can write once a change was taken, until that is forgotten', async () => {
			await rename(session);
			assert.equal((await about('Rights'))[0]?.state, 'good');
			session.forget();
			assert.equal((await about('Rights'))[0]?.state, 'unknown');
		});

		it('says how much of both limits is left', async () => {
			await session.workspaces(signal());
			const [found] = await about('Request limit');
			assert.equal(found?.state, 'good');
			assert.match(found.message, /^97 of the token’s 100 .* 3,997 of the organization’s 4,000 /);
		});

		it('adds what an answer itself says is left', async () => {
			const headers = { 'x-ratelimit-remaining': '41', 'x-ratelimit-limit': '100' };
			const own = openWith(() => Response.json({ data: [], links: {}, meta: {} }, { headers }));
			assert.match((await about('Request limit', own))[0]?.message ?? '', /41 of 100 as left\.$/);
		});

		it('says until when nothing is taken, and doubts no rights for it', async () => {
			const headers = { 'x-ratelimit-reset': '1500' };
			const own = openWith(() => new Response('', { status: 429, headers }));
			const [found] = await about('Request limit', own);
			assert.equal(found?.state, 'bad');
			assert.match(found.message, /no more requests until .*\d/);
			assert.ok(found.next);
			assert.equal((await about('Rights', own))[0]?.state, 'unknown');
		});

		it('names the organization’s ID as what to correct where the token is no member’s', async () => {
			const facts = { ...opened.account.facts, organizationId: '9' };
			const [refused] = await about('Credentials', openSession(productive, { ...opened.account, facts }).session);
			assert.equal(refused?.state, 'bad');
			assert.match(refused.next ?? '', /ID of an organization/);
			const unlisted = openWith(() => Response.json({ data: [], links: {}, meta: {} }));
			const [missing] = await about('Credentials', unlisted);
			assert.equal(missing?.state, 'bad');
			assert.match(missing.message, /no member of the organization 4410\.$/);
		});

		it('says that a token was refused, and to sign in again', async () => {
			server.fault('*', '401');
			const [credentials] = await about('Credentials');
			assert.equal(credentials?.state, 'bad');
			assert.equal(credentials.next, 'Sign in again.');
			assert.deepEqual(credentials.personal, [opened.account.label]);
		});
	});

	it('hands out the token itself, and asks for a new sign-in where it is gone', async () => {
		assert.equal(await session.accessToken(signal()), server.address['token']);
		const credentials = { ...opened.io.credentials, read: async () => ({}) };
		const gone = productive.open(opened.account, { ...opened.io, credentials });
		await assert.rejects(gone.accessToken(signal()), SignInNeeded);
		await assert.rejects(gone.workspaces(signal()), SignInNeeded);
	});

	it('sends its content type and organization with every request, reads too', async () => {
		const seen: Request[] = [];
		await openWith((request) => {
			seen.push(request);
			return request;
		}).workspaces(signal());
		assert.equal(seen.length, 2);
		for (const { headers } of seen) {
			assert.equal(headers.get('content-type'), 'application/vnd.api+json');
			assert.equal(headers.get('x-organization-id'), '4410');
		}
	});

	it('asks for active projects and then for archived ones, with their clients as headings', async () => {
		const start = server.requests.length;
		const projects = await allWorkspaces(session);
		assert.equal(projects.length, 12);
		assert.deepEqual(
			since(start).map((line) => /filter\[status\]=\d/.exec(line)?.[0]),
			['filter[status]=1', 'filter[status]=2'],
		);
		assert.equal(projects.at(-1)?.name, 'Old library scans');
		assert.equal(projects.find(({ name }) => name === 'Harbour renewal')?.group, 'Port of Höfn');
		assert.equal(projects.find(({ name }) => name === 'Wind farm north')?.group, undefined);
	});

	it('sorts task lists by their place', async () => {
		const [board] = await boardsOf(session, 'Harbour renewal');
		const columns = await session.boards!.columns(board!, signal());
		assert.deepEqual(
			columns.map(({ name }) => name),
			['Backlog', 'Doing', 'Review', 'Done'],
		);
		assert.ok(Number(columns[0]!.id) > Number(columns[3]!.id), 'the sandbox made them in another order');
	});

	it('uses the old name of folders where the server knows no other, and asks only once', async () => {
		server.fault('GET /api/v2/folders', '404');
		const boards = await boardsOf(session, 'Harbour renewal');
		assert.equal(boards.length, 3);
		const other = await projectNamed(session, 'Website relaunch');
		const start = server.requests.length;
		await session.boards!.list(other, signal());
		await session.boards!.columns(boards[0]!, signal());
		assert.deepEqual(
			since(start).map((line) => line.replace(/&page.*/, '')),
			[
				`GET /api/v2/boards?filter[project_id]=${other.id}&filter[status]=1`,
				`GET /api/v2/boards?filter[project_id]=${other.id}&filter[status]=2`,
				`GET /api/v2/task_lists?filter[board_id]=${boards[0]!.id}&filter[status]=1`,
			],
		);
	});

	it('shows the open tasks of a task list, with who, when and which status', async () => {
		const [board] = await boardsOf(session, 'Harbour renewal');
		const done = (await session.boards!.columns(board!, signal())).at(-1)!;
		const cards = await allItems(await session.boards!.cards(done, signal()), signal());
		assert.deepEqual(
			cards.map(({ status, done }) => [status, done]),
			[['Review', false]],
		);
		const [backlog] = await session.boards!.columns(board!, signal());
		const { items } = await session.boards!.cards(backlog!, signal());
		const card = items.find(({ assignees, dueDate, labels }) => assignees?.length && dueDate && labels?.length)!;
		assert.equal(card.status, 'Not started');
		assert.match(card.webUrl!, /^https:\/\/app\.productive\.io\/4410\/tasks\/\d+$/);
		assert.ok(card.description && 'html' in card.description);
	});

	describe('with statuses as columns', () => {
		beforeEach(() => {
			({ session } = openSession(productive, opened.account, { columns: 'statuses' }));
		});

		it('shows the statuses of the project’s workflow and its closed tasks too', async () => {
			const [board] = await boardsOf(session, 'Café Ångström');
			const columns = await session.boards!.columns(board!, signal());
			assert.deepEqual(
				columns.map(({ name }) => name),
				['Not started', 'In progress', 'Review', 'Closed'],
			);
			assert.ok(columns.every(({ note, renamable }) => note && !renamable));
			const closed = await allItems(await session.boards!.cards(columns[3]!, signal()), signal());
			assert.ok(closed.length > 0 && closed.every(({ done, status }) => done && status === 'Closed'));
			assert.equal(session.columnRenaming, undefined);
		});

		it('asks for a workflow’s statuses once for all its folders', async () => {
			const boards = await boardsOf(session, 'Straßenbahn Linie 7');
			const start = server.requests.length;
			const columns = await Promise.all(boards.map((board) => session.boards!.columns(board, signal())));
			assert.deepEqual(
				columns[2]!.map(({ name }) => name),
				['Offen', 'In Arbeit', 'Veröffentlicht'],
			);
			assert.equal(server.requests.length, start + 1);
		});

		it('finds a project’s workflow for a folder that came without it', async () => {
			const [board] = await boardsOf(session, 'Harbour renewal');
			const columns = await session.boards!.columns({ ...board!, extra: {} }, signal());
			assert.equal(columns.length, 4);
		});
	});

	describe('Docs', () => {
		async function entriesOf(container: EntryContainer): Promise<Entry[]> {
			return allItems(await session.archives!.entries(container, signal()), signal());
		}

		async function projectDocs(name = 'Harbour renewal'): Promise<EntryContainer> {
			const [archive] = await session.archives!.ofWorkspace!(await projectNamed(session, name), signal());
			return archive!;
		}

		async function named(container: EntryContainer, name: string): Promise<Document> {
			const found = (await entriesOf(container)).find((entry) => entry.name === name);
			assert.ok(found?.kind === 'document', `${name} is not there`);
			return found;
		}

		const read = async (document: Document) =>
			new TextDecoder().decode(await collect((await session.archives!.read(document, signal())).stream));

		it('nest: pages in their order, and a page’s files beneath it', async () => {
			const docs = await projectDocs();
			assert.deepEqual(
				(await entriesOf(docs)).map(({ name }) => name),
				['Start here', 'Documents'],
			);
			const page = await named(docs, 'Documents');
			assert.deepEqual(
				(await entriesOf(page)).map(({ name }) => name),
				['Pictures', 'Minutes & decisions', 'Project brief.pdf', 'Zeitplan – Änderungen.xlsx', 'README.md'],
			);
			assert.deepEqual(
				(await entriesOf(await named(page, 'Minutes & decisions'))).map(({ name }) => name),
				['Drafts', '2026-10-05 kick-off.txt'],
			);
		});

		it('ask once for all pages of a project', async () => {
			const docs = await projectDocs();
			await Promise.all([entriesOf(docs), entriesOf(docs)]);
			const start = server.requests.length;
			await entriesOf(await named(docs, 'Documents'));
			assert.deepEqual(
				since(start).map((line) => line.replace(/\?.*/, '')),
				['GET /api/v2/attachments'],
			);
		});

		it('of the organization are those without a project', async () => {
			const [archive] = await session.archives!.ofAccount!(signal());
			assert.deepEqual(
				(await entriesOf(archive!)).map(({ name }) => name),
				['Company handbook'],
			);
			const handbook = await named(archive!, 'Company handbook');
			const page = await named(handbook, 'Holidays');
			assert.deepEqual(
				(await entriesOf(page)).map(({ name }) => name),
				['Project brief.pdf'],
			);
		});

		it('are read as Markdown', async () => {
			const page = await named(await projectDocs(), 'Start here');
			assert.equal(page.fileName, 'Start here.md');
			assert.equal(
				await read(page),
				[
					'# Welcome to Harbour renewal\n',
					'New quays, lights and a ferry terminal. Ask **Ada** or read [the guide](https://guide.example/a)\n',
					'- Say hello\n- `Documents`\n',
					'| Who | When |\n| --- | --- |\n| Björk | Tuesday \\| Friday |\n',
					'Kept up to date by everybody.\n',
				].join('\n'),
			);
		});

		it('show the token to the vendor’s own address of a file, not to the signed one, and to no log', async () => {
			const seen: Request[] = [];
			const watched = openWith((request) => {
				seen.push(request.clone());
				return request;
			});
			const page = await named(await projectDocs(), 'Documents');
			const file = await named(page, 'README.md');
			const text = await collect((await watched.archives!.read(file, signal())).stream);
			assert.match(new TextDecoder().decode(text), /^# Harbour renewal/);
			const token = opened.account.secrets['token']!;
			assert.deepEqual(
				seen.map(({ url }) => [new URL(url).pathname.split('/')[1], url.includes(token)]),
				[
					['files', true],
					['bucket', false],
				],
			);
			assert.ok(seen.every(({ headers }) => !headers.has('x-auth-token') && !headers.has('x-organization-id')));
			assert.ok(!opened.log.join('\n').includes(token));
		});

		it('keep the token out of what a failed download says', async () => {
			const file = await named(await named(await projectDocs(), 'Documents'), 'README.md');
			server.fault('GET /files', '404');
			await assert.rejects(session.archives!.read(file, signal()), (error) => {
				for (let at: unknown = error; at instanceof Error; at = at.cause) {
					assert.ok(!`${at.message} ${at.stack}`.includes(opened.account.secrets['token']!));
				}
				return true;
			});
		});

		it('say why files can’t be put at their top', async () => {
			const docs = await projectDocs();
			assert.equal('writable' in docs && docs.writable, false);
			await assert.rejects(session.archives!.uploading!.prepare(docs, signal()), (error) => {
				assert.ok(error instanceof NotAllowed);
				assert.match(error.message, /only on pages and tasks/);
				return true;
			});
		});

		it('take a file in four steps', async () => {
			const page = await named(await named(await projectDocs(), 'Documents'), 'Pictures');
			const start = server.requests.length;
			await session.archives!.uploading!.upload(page, fileOf('a.txt', 'a'), signal());
			const id = page.extra!['page'];
			assert.deepEqual(
				since(start).map((line) => line.replace(/&page.*/, '').replace(/attachments\/\d+/, 'attachments/N')),
				[
					'POST /api/v2/attachments',
					'POST /bucket',
					'PATCH /api/v2/attachments/N',
					`GET /api/v2/attachments?filter[page_id]=${id}`,
				],
			);
		});

		it('are given the whole list of files where the server does not put a new one there by itself', async () => {
			session = openWith(async (request) => {
				if (request.method !== 'POST' || !request.url.endsWith('/attachments')) {
					return request;
				}
				return new Request(request, { method: 'POST', body: (await request.text()).replace(/,"page_id":\d+/, '') });
			});
			const page = await named(await named(await projectDocs(), 'Documents'), 'Pictures');
			await session.archives!.uploading!.upload(page, fileOf('a.txt', 'a'), signal());
			assert.deepEqual(
				(await entriesOf(page)).map(({ name }) => name),
				['Site plan.png', 'Höfnin.png', 'a.txt'],
			);
		});
	});

	it('does not call a file lost where only the look at the page failed', async () => {
		const [archive] = await session.archives!.ofAccount!(signal());
		const [page] = (await session.archives!.entries(archive!, signal())).items;
		server.fault('GET /api/v2/attachments', '500');
		await assert.rejects(session.archives!.uploading!.upload(page!, fileOf('a.txt', 'a'), signal()), OutcomeUnknown);
	});

	it('offers no second attempt once the bucket has the file, whichever later step is put off', async () => {
		const [archive] = await session.archives!.ofAccount!(signal());
		const [page] = (await session.archives!.entries(archive!, signal())).items;
		for (const step of ['PATCH /api/v2/attachments', 'GET /api/v2/attachments']) {
			const putOff = openWith((request) =>
				`${request.method} ${new URL(request.url).pathname}`.startsWith(step)
					? new Response('', { status: 429, headers: { 'x-ratelimit-reset': '1500' } })
					: request,
			);
			await assert.rejects(
				putOff.archives!.uploading!.upload(page!, fileOf('a.txt', 'a'), signal()),
				OutcomeUnknown,
				step,
			);
		}
	});

	describe('creation', () => {
		const choose = async (form: Form<unknown>, id: string) => {
			const field = form.fields.find((one): one is ChoiceField => one.kind === 'choice' && one.id === id);
			return allItems(await field!.choices({}, signal()), signal());
		};

		async function filled(more: Values = {}): Promise<{ form: Form<Workspace>; values: Values }> {
			const form = session.workspaceCreation!.form();
			const [company] = await choose(form, 'company');
			const [manager] = await choose(form, 'manager');
			const [workflow] = await choose(form, 'workflow');
			const values = {
				name: 'Neue Brücke',
				type: '2',
				company: company!.value,
				manager: manager!.value,
				workflow: workflow!.value,
			};
			return { form, values: { ...values, ...more } };
		}

		it('makes a project for a client', async () => {
			const { form, values } = await filled();
			const made = await form.submit(values, signal());
			assert.equal(made.name, 'Neue Brücke');
			const there = await projectNamed(session, 'Neue Brücke');
			assert.equal(there.id, made.id);
			assert.equal(there.group, 'Bäckerei Sommer');
		});

		it('makes an internal project without a client', async () => {
			const { form, values } = await filled({ type: '1' });
			await form.submit(values, signal());
			assert.equal((await projectNamed(session, 'Neue Brücke')).group, undefined);
		});

		it('needs a client for a client project, before anything is sent', async () => {
			const { form, values } = await filled({ company: undefined });
			const start = server.requests.length;
			await assert.rejects(
				form.submit(values, signal()),
				(error) => error instanceof InvalidInput && error.problems[0]?.field === 'company',
			);
			assert.equal(server.requests.length, start);
		});

		it('gives the vendor’s problems to the fields', async () => {
			for (const [field, more] of Object.entries({
				name: { name: ' ' },
				workflow: { workflow: '0' },
				manager: { manager: '0' },
				company: { company: '0' },
			})) {
				const { form, values } = await filled(more);
				await assert.rejects(form.submit(values, signal()), (error) => {
					assert.ok(error instanceof Refused);
					assert.deepEqual(
						error.problems.map((problem) => problem.field),
						[field],
					);
					return true;
				});
			}
		});

		/** What each problem at a pointer becomes, as fields of the form. */
		async function fieldsFor(form: (own: Session) => Form<unknown>, values: Values, pointers: string[]) {
			const errors = pointers.map((pointer) => ({ status: '422', detail: 'x', source: { pointer } }));
			const own = openWith((request) =>
				request.method === 'POST' ? Response.json({ errors }, { status: 422 }) : request,
			);
			const error: unknown = await form(own)
				.submit(values, signal())
				.then(
					() => undefined,
					(thrown: unknown) => thrown,
				);
			assert.ok(error instanceof Refused, String(error));
			return error.problems.map(({ field }) => field);
		}

		it('knows the field of every pointer that is documented for projects', async () => {
			const { values } = await filled();
			const known = {
				name: 'name',
				project_type_id: 'type',
				company: 'company',
				company_id: 'company',
				project_manager: 'manager',
				project_manager_id: 'manager',
				workflow: 'workflow',
				workflow_id: 'workflow',
			};
			for (const start of ['data/attributes/', '/data/attributes/', 'data/relationships/']) {
				const pointers = Object.keys(known).map((name) => start + name);
				assert.deepEqual(
					await fieldsFor((own) => own.workspaceCreation!.form(), values, pointers),
					Object.values(known),
				);
			}
		});

		it('knows the field of a folder’s name, and gives what has no field to the whole form with its name', async () => {
			const project = await projectNamed(session, 'Book of recipes');
			const form = (own: Session) => own.boardCreation!.form(project);
			const pointers = ['data/attributes/name', '/data/attributes/name', 'data/attributes/project'];
			assert.deepEqual(await fieldsFor(form, { name: 'A' }, pointers), ['name', 'name', undefined]);
			await assert.rejects(form(session).submit({ name: ' ' }, signal()), (error) => {
				assert.ok(error instanceof Refused);
				assert.deepEqual(error.problems, [{ field: 'name', message: "can't be blank" }]);
				return true;
			});
			const gone = session.boardCreation!.form({ ...project, id: '1' });
			await assert.rejects(gone.submit({ name: 'A' }, signal()), (error) => {
				assert.ok(error instanceof Refused);
				assert.deepEqual(error.problems, [{ message: 'project attribute is invalid' }]);
				return true;
			});
		});

		it('sends a new folder once only, to the address it knows to be there', async () => {
			const project = await projectNamed(session, 'Book of recipes');
			server.fault('POST /api/v2/folders', '404');
			const start = server.requests.length;
			await assert.rejects(session.boardCreation!.form(project).submit({ name: 'Suppen' }, signal()), NotFound);
			assert.equal(since(start).filter((line) => line.startsWith('POST')).length, 1);
		});

		it('makes a folder where the server knows only its old name', async () => {
			const project = await projectNamed(session, 'Book of recipes');
			server.fault('/api/v2/folders', '404');
			const made = await session.boardCreation!.form(project).submit({ name: 'Suppen' }, signal());
			assert.equal(made.name, 'Suppen');
		});

		it('offers no contacts, archived workflows or archived clients', async () => {
			const form = session.workspaceCreation!.form();
			assert.ok(!(await choose(form, 'manager')).some(({ label }) => label.includes('Contact')));
			assert.ok(!(await choose(form, 'workflow')).some(({ label }) => label === 'Before 2025'));
			assert.ok(!(await choose(form, 'company')).some(({ label }) => label === 'Closed Ltd'));
		});

		it('proposes the signed-in person as the manager', async () => {
			const form = session.workspaceCreation!.form();
			const field = form.fields.find(({ id }) => id === 'manager');
			assert.ok((await choose(form, 'manager')).some(({ value }) => value === field!.initial));
		});

		it('makes a folder in a project', async () => {
			const project = await projectNamed(session, 'Book of recipes');
			const made = await session.boardCreation!.form(project).submit({ name: 'Suppen' }, signal());
			assert.equal(made.workspaceId, project.id);
			assert.deepEqual((await boardsOf(session, 'Book of recipes')).at(-1), made);
		});
	});

	async function found(text: string): Promise<Hit[]> {
		const hits: Hit[] = [];
		for await (const hit of session.search!(text, signal())) {
			hits.push(hit);
		}
		return hits;
	}

	it('finds projects and tasks at the vendor, with the way to each', async () => {
		const hits = await found('harbour');
		assert.deepEqual(
			hits.map(({ workspace }) => workspace.name),
			['Harbour renewal'],
		);
		const tasks = await found('lighthouse (3)');
		assert.equal(tasks.length, 1);
		const { workspace, board, column, card } = tasks[0]!;
		assert.deepEqual([workspace.name, board?.name, column?.name], ['Harbour renewal', 'Delivery', 'Backlog']);
		assert.equal(card?.title, 'A bench with a view of the lighthouse (3)');
		assert.deepEqual([card?.boardId, card?.columnId], [board?.id, column?.id]);
	});

	it('finds tasks in their status where statuses are columns', async () => {
		({ session } = openSession(productive, opened.account, { columns: 'statuses' }));
		const [hit] = await found('lighthouse (3)');
		assert.equal(hit?.column?.name, 'Not started');
	});

	it('lets a read-only token read, and says that it may not change anything', async () => {
		const { token } = server.state['readOnly'] as { token: string };
		({ session } = openSession(productive, { ...opened.account, secrets: { token } }));
		const [board] = await boardsOf(session, 'Harbour renewal');
		const [column] = await session.boards!.columns(board!, signal());
		await assert.rejects(session.columnRenaming!.rename(column!, 'Later', signal()), NotAllowed);
	});

	it('waits for no limit of half an hour but says until when it lasts', async () => {
		const body = JSON.stringify({
			errors: [{ status: 429, title: 'Too many requests', detail: 'Slow down', limit: 4000, period: 1800 }],
		});
		const limited = openWith(() => new Response(body, { status: 429, headers: { 'x-ratelimit-reset': '1500' } }));
		await assert.rejects(limited.workspaces(signal()), (error) => {
			assert.ok(error instanceof TooManyRequests);
			assert.ok(error.until && error.until.getTime() - Date.now() > 1_400_000);
			return true;
		});
	});
});

describe('Productive’s limits', () => {
	beforeEach(() => mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 10, 16, 12) }));
	afterEach(() => mock.timers.reset());

	async function used(requests: number): Promise<Usage> {
		const usage = new Usage();
		const fetch = usage.counted(async () => new Response());
		for (let at = 0; at < requests; at++) {
			await fetch('https://api.productive.example');
		}
		return usage;
	}

	it('are free again when their time is over', async () => {
		const usage = await used(60);
		assert.deepEqual([usage.left(windows.token), usage.left(windows.organization)], [40, 3_940]);
		mock.timers.tick(10_001);
		assert.deepEqual([usage.left(windows.token), usage.left(windows.organization)], [100, 3_940]);
		mock.timers.tick(1_800_000);
		assert.equal(usage.left(windows.organization), 4_000);
	});

	it('are worth a warning once a tenth is left', async () => {
		assert.equal(limit(await used(3_599)).state, 'good');
		const short = limit(await used(3_600));
		assert.equal(short.state, 'warning');
		assert.ok(short.next);
	});
});

describe('Productive’s replies', () => {
	const reply = (status: number, errors: object[]) => ({ status, headers: new Headers(), body: { errors } });

	it('name the attribute with or without a slash, and every problem', () => {
		const explanation = explain(
			reply(422, [
				{ status: '422', detail: "can't be blank", source: { pointer: 'data/attributes/project_type_id' } },
				{ status: 422, detail: 'is not included in the list', source: { pointer: '/data/attributes/project_type_id' } },
			]),
		);
		assert.deepEqual(explanation, {
			reason: "project_type_id can't be blank; project_type_id is not included in the list",
			problems: [
				{ field: 'project_type_id', message: "can't be blank" },
				{ field: 'project_type_id', message: 'is not included in the list' },
			],
		});
	});

	it('tell a bad token from a missing right and a missing record', () => {
		const errors = [401, 403, 404, 410, 429, 400, 500].map((status) =>
			failureOf(reply(status, [{ title: 'x' }]), explain),
		);
		assert.deepEqual(
			errors.map(({ name }) => name),
			['SignInNeeded', 'NotAllowed', 'NotFound', 'NotFound', 'TooManyRequests', 'Refused', 'Unreachable'],
		);
		assert.equal(explain({ ...reply(200, []), body: { data: [] } }), undefined);
	});

	it('become workspaces without what was not included', () => {
		const wire = {
			id: '7',
			type: 'projects',
			attributes: { name: 'A', description: undefined, archived_at: null },
			relationships: { company: {}, workflow: { data: null } },
		};
		assert.deepEqual(toWorkspace(wire, relatedIn([]), '4410'), {
			id: '7',
			name: 'A',
			description: undefined,
			group: undefined,
			archived: false,
			webUrl: 'https://app.productive.io/4410/projects/7',
			extra: { workflow: undefined },
		});
	});

	it('are told apart where they are templates, whichever server lists them', () => {
		const attributes = { name: 'A', description: undefined, archived_at: null, template: true };
		const wire = { id: '7', type: 'projects', attributes, relationships: {} };
		assert.equal(toWorkspace(wire, relatedIn([]), '4410').group, 'Project template');
	});

	it('call people and files within a description by their label', () => {
		const described = (description: string) => {
			const wire = v.parse(task, { id: '1', type: 'tasks', attributes: { title: 'A', description } });
			return toCard(wire, relatedIn([]), { boardId: '1', columnId: '1' }, '4410').description;
		};
		assert.deepEqual(described('<p>Ask @[{"type":"person","id":1,"label":"Björk"}] soon</p>'), {
			html: '<p>Ask Björk soon</p>',
		});
		assert.deepEqual(described('<p>@[{&quot;id&quot;:1,&quot;label&quot;:&quot;A &amp; B&quot;}]</p>'), {
			html: '<p>A &amp; B</p>',
		});
		assert.deepEqual(described('<p>@[{broken}]</p>'), { html: '<p>@[{broken}]</p>' });
	});

	it('are trusted with the token only on the vendor’s own hosts', () => {
		const server = 'https://api.productive.io/api/v2';
		const answers = [
			'https://files.productive.io/a',
			'http://files.productive.io/a',
			'https://productive.io.evil.example/a',
			'https://drive.example/a',
		];
		assert.deepEqual(
			answers.map((url) => takesToken(new URL(url), server)),
			[true, false, false, false],
		);
	});

	it('say where the bucket keeps a file', () => {
		assert.equal(
			storedAt('<PostResponse><Location>https://b/a%2Fb?x&amp;y</Location></PostResponse>', 'https://b', 'a/b'),
			'https://b/a%2Fb?x&y',
		);
		assert.equal(storedAt('', 'https://b', 'a/ü'), 'https://b/a%2F%C3%BC');
	});
});

describe('Productive’s pages as Markdown', () => {
	const text = (text: string, ...marks: object[]) => ({ type: 'text', text, marks });
	const doc = (...content: object[]) => toMarkdown(JSON.stringify({ type: 'doc', content }));
	const paragraph = (...content: object[]) => ({ type: 'paragraph', content });
	const item = (...content: object[]) => ({ type: 'listItem', content });

	it('accept both spellings and lists within lists', () => {
		const inner = { type: 'bulletList', content: [item(paragraph(text('b')))] };
		const outer = {
			type: 'ordered_list',
			attrs: { order: 3 },
			content: [item(paragraph(text('a')), inner), item(paragraph(text('c')))],
		};
		assert.equal(doc(outer), '3. a\n   - b\n4. c\n');
	});

	it('give the text of nodes nobody has documented', () => {
		assert.equal(doc({ type: 'hologram', content: [{ type: 'layer', content: [paragraph(text('deep'))] }] }), 'deep\n');
		assert.equal(doc({ type: 'hologram' }), '\n');
	});

	it('keep signs that Markdown would read as its own', () => {
		assert.equal(doc(paragraph(text('2 * 3 [x] <b>'))), '2 \\* 3 \\[x\\] \\<b>\n');
		assert.equal(doc({ type: 'codeBlock', content: [text('a ``` b * c')] }), '````\na ``` b * c\n````\n');
	});

	it('put marks around words and not around spaces', () => {
		assert.equal(
			doc(paragraph(text('so ', { type: 'bold' }), text('it', { type: 'em' }, { type: 'strike' }))),
			'**so** ~~_it_~~\n',
		);
	});

	it('call mentions by their label', () => {
		assert.equal(doc(paragraph(text('Ask @[{"type":"person","id":1,"label":"Ada"}] soon'))), 'Ask Ada soon\n');
		assert.equal(doc(paragraph({ type: 'mention', attrs: { label: 'Björk' } })), 'Björk\n');
	});

	it('show quotes, pictures, rules and tasks', () => {
		const tasks = {
			type: 'task_list',
			content: [{ type: 'task_item', attrs: { checked: true }, content: [text('done')] }],
		};
		const quote = { type: 'blockquote', content: [paragraph(text('a')), paragraph(text('b'))] };
		const picture = { type: 'image', attrs: { src: 'https://a/b.png', alt: 'plan' } };
		assert.equal(
			doc(quote, { type: 'horizontal_rule' }, picture, tasks),
			'> a\n>\n> b\n\n---\n\n![plan](https://a/b.png)\n\n- [x] done\n',
		);
	});

	it('leave a body that is no such tree as it is', () => {
		assert.equal(toMarkdown('<p>old</p>'), '<p>old</p>');
		assert.equal(toMarkdown(''), '');
	});
});
