import assert from 'node:assert/strict';
import * as v from 'valibot';
import { NotAllowed, NotFound, OutcomeUnknown, Refused, SignInNeeded, UnexpectedReply } from '../../src/core/errors.ts';
import { problemsOf } from '../../src/core/form.ts';
import type { Document, Folder } from '../../src/core/model.ts';
import type { Session, SignedIn } from '../../src/core/provider.ts';
import { signInWays } from '../../src/providers/planbox/auth.ts';
import { planbox } from '../../src/providers/planbox/index.ts';
import { toCard } from '../../src/providers/planbox/mapping.ts';
import { listOf, productWire, storyWire } from '../../src/providers/planbox/replies.ts';
import { kindOfRefusal, newApiBeside } from '../../src/providers/planbox/unverified.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { collectingLog, type Opened, openPractice, openSession, signal } from '../support/session.ts';
import { allBoards, allWorkspaces, collect, conformance } from './conformance.ts';

conformance(planbox, {
	vendor: 'planbox',
	parts: [
		'boards',
		'archives',
		'workspaceCreation',
		'boardCreation',
		'cards',
		'cardCreation',
		'cardEditing',
		'cardMoving',
		'comments',
		'checklist',
		'checklistAdding',
		'myCards',
	],
});

describe('Planbox over the sandbox', () => {
	let server: TestVendor;
	let opened: Opened;
	let session: Session;

	beforeEach(async () => {
		server = await startVendor('planbox');
		opened = await openPractice(planbox, server.address);
		({ session } = opened);
	});
	afterEach(() => server.close());

	function pathsSince(start: number): string[] {
		return server.requests.slice(start).map(({ path }) => path);
	}

	async function signIn(way: string, values: Record<string, string>): Promise<SignedIn> {
		const found = signInWays.find(({ id }) => id === way);
		const io = { fetch: globalThis.fetch, log: collectingLog([]) };
		const [account] = (await found?.signIn({ server: String(server.address['url']), ...values }, io, signal())) ?? [];
		assert.ok(account);
		return account;
	}

	async function openReader(): Promise<Session> {
		return openSession(planbox, await signIn('password', server.state['readOnly'] as Record<string, string>)).session;
	}

	it('exchanges the password for a token and keeps nothing but the token', () => {
		assert.deepEqual(opened.account.secrets, { token: server.address['accessToken'] });
		assert.ok(!JSON.stringify(opened.account).includes(String(server.address['password'])));
		assert.equal(opened.account.identity, '127.0.0.1/7');
	});

	it('signs in with a pasted token to the same account', async () => {
		const account = await signIn('token', { token: String(server.address['accessToken']) });
		assert.equal(account.identity, opened.account.identity);
		assert.equal(account.label, 'Ada Lindqvist');
		assert.equal(account.facts['newServer'], server.address['apiBUrl']);
	});

	it('refuses a wrong password and a wrong token with SignInNeeded', async () => {
		const email = String(server.address['email']);
		await assert.rejects(signIn('password', { email, password: 'wrong' }), (error) => {
			assert.ok(error instanceof SignInNeeded);
			assert.ok(error.message.includes(email) && !error.message.includes('wrong'));
			return true;
		});
		await assert.rejects(signIn('token', { token: 'wrong' }), SignInNeeded);
	});

	it('says that an address with a web page behind it is not Planbox', async () => {
		server.fault('*', 'html');
		await assert.rejects(signIn('token', { token: 'any' }), UnexpectedReply);
	});

	it('tells a token that is no longer accepted by one further question, and asks no more than that', async () => {
		const credentials = { ...opened.io.credentials, read: async () => ({ token: 'old' }) };
		const late = planbox.open(opened.account, { ...opened.io, credentials });
		const start = server.requests.length;
		await assert.rejects(late.workspaces(signal()), SignInNeeded);
		assert.deepEqual(pathsSince(start), ['/api/get_products', '/api/get_logged_resource']);
	});

	it('says under every field where its value is found', () => {
		for (const { fields } of signInWays) {
			for (const { id, help } of fields) {
				assert.match(help ?? '', /\.$/, id);
			}
		}
	});

	describe('checking the connection', () => {
		const about = async (what: string, own = session) =>
			(await own.findings(signal())).find((finding) => finding.about === what);

		it('says that the token does not end, and who it acts as', async () => {
			assert.match((await about('Credentials'))?.message ?? '', /does not expire at present/);
			const who = await about('Acts as');
			assert.match(who?.message ?? '', /^Requests are made as Ada Lindqvist, /);
			assert.deepEqual(who?.personal, ['Ada Lindqvist', server.address['email']]);
			assert.equal(await about('Plan'), undefined);
		});

		it('counts where the account may write, templates aside', async () => {
			const rights = await about('Rights');
			assert.equal(rights?.state, 'good');
			const products = (server.state['products'] as { template: number; members: Map<number, string> }[]).filter(
				({ template }) => !template,
			);
			const mine = products.map(({ members }) => members.get(7));
			const admin = mine.filter((permission) => permission === 'admin').length;
			const write = mine.filter((permission) => permission === 'write').length;
			assert.ok(admin > 0 && write > 0);
			assert.ok(
				rights.message.includes(
					`sees: ${mine.length}. It may write in ${admin + write} of them and administers ${admin}.`,
				),
				rights.message,
			);
		});

		it('says that somebody who may only look on cannot write, and whom to ask, without trying a write', async () => {
			const reader = await openReader();
			const start = server.requests.length;
			const rights = await about('Rights', reader);
			assert.equal(rights?.state, 'warning');
			assert.match(rights.message, /may write in 0 of them/);
			assert.match(rights.next ?? '', /ask an administrator of the initiative for write permission/);
			assert.deepEqual(pathsSince(start), ['/api/get_logged_resource', '/api/get_products']);
		});

		it('goes on where one question fails', async () => {
			server.fault('get_products', '500');
			const rights = await about('Rights');
			assert.equal(rights?.state, 'bad');
			assert.ok(rights.next);
			assert.equal((await about('Credentials'))?.state, 'good');
		}).timeout(20_000);

		it('has no limit to tell of', async () => {
			assert.equal((await about('Request limit'))?.state, 'unknown');
		});
	});

	it('hands out the token itself, and asks for a new sign-in where it is gone', async () => {
		assert.equal(await session.accessToken(signal()), server.address['accessToken']);
		const credentials = { ...opened.io.credentials, read: async () => ({}) };
		await assert.rejects(
			planbox.open(opened.account, { ...opened.io, credentials }).accessToken(signal()),
			SignInNeeded,
		);
	});

	it('takes no refusal of one thing, but that of the sign-in, for a verdict on the credentials', async () => {
		const verdicts: boolean[] = [];
		const io = { ...opened.io, onVerdict: (accepted: boolean) => void verdicts.push(accepted) };
		const own = planbox.open(opened.account, io);
		await assert.rejects(own.boards!.list({ id: '4321', name: 'Gone' }, signal()), NotFound);
		assert.deepEqual(verdicts, [true]);
		const { url } = server.address;
		const file = {
			kind: 'document',
			id: '1/1',
			name: 'a',
			fileName: 'a',
			extra: { url: `${String(url)}/../files/0` },
		} as const;
		await assert.rejects(own.archives!.read(file, signal()), NotAllowed);
		assert.deepEqual(verdicts, [true, true]);
		const credentials = { ...opened.io.credentials, read: async () => ({ token: 'old' }) };
		await assert.rejects(planbox.open(opened.account, { ...io, credentials }).workspaces(signal()), SignInNeeded);
		assert.deepEqual(verdicts, [true, true, false]);
	});

	it('keeps the account signed in when only the question was refused', async () => {
		const start = server.requests.length;
		await assert.rejects(session.boards!.list({ id: '4321', name: 'Gone' }, signal()), NotFound);
		assert.deepEqual(pathsSince(start), ['/api/get_projects', '/api/get_logged_resource']);
	});

	it('lists neither templates nor removed projects', async () => {
		const workspaces = await allWorkspaces(session);
		assert.ok((server.state['products'] as { template: number }[]).some(({ template }) => template));
		assert.ok(!workspaces.some(({ name }) => name.startsWith('Template')));
		const boards = await session.boards!.list(workspaces[0]!, signal());
		assert.equal(boards.items.length, 3);
		assert.ok(!boards.items.some(({ name }) => name.includes('removed')));
	});

	it('asks once for the items of a whole initiative, whatever boards, columns and attachments are opened', async () => {
		const [workspace] = await allWorkspaces(session);
		const { items: boards } = await session.boards!.list(workspace!, signal());
		const start = server.requests.length;
		for (const board of boards) {
			for (const column of await session.boards!.columns(board, signal())) {
				await session.boards!.cards(column, signal());
			}
			const [archive] = await session.archives!.ofBoard!(board, signal());
			await session.archives!.entries(archive!, signal());
		}
		assert.deepEqual(pathsSince(start).sort(), ['/api/get_resources', '/api/get_stories']);
	});

	it('shows every item of the three timeframes once, in the order of priority', async () => {
		let shown = 0;
		for await (const { board } of allBoards(session)) {
			for (const column of await session.boards!.columns(board, signal())) {
				const { items } = await session.boards!.cards(column, signal());
				const held = (
					server.state['stories'] as { id: number; project_id: number; timeframe: string; priority: number }[]
				)
					.filter((story) => String(story.project_id) === board.id && story.timeframe === column.id)
					.toSorted((a, b) => a.priority - b.priority);
				assert.deepEqual(
					items.map(({ id }) => id),
					held.map(({ id }) => String(id)),
				);
				shown += items.length;
			}
		}
		assert.ok(shown > 100);
	});

	it('reads items even where the names of people are refused', async () => {
		const [workspace] = await allWorkspaces(session);
		const [board] = (await session.boards!.list(workspace!, signal())).items;
		const [column] = await session.boards!.columns(board!, signal());
		server.fault('get_resources', '403');
		const { items } = await session.boards!.cards(column!, signal());
		assert.ok(items.length > 0 && items.every(({ assignees }) => assignees === undefined));
		assert.ok(opened.log.some((line) => line.includes('people')));
	});

	it('adds a project with the members of another one and shows it', async () => {
		const [workspace] = await allWorkspaces(session);
		const form = session.boardCreation!.form(workspace!);
		const from = form.fields.find(({ id }) => id === 'from_project_id');
		assert.equal(from?.kind, 'choice');
		const choices = from?.kind === 'choice' ? await from.choices({}, signal()) : undefined;
		assert.deepEqual(choices?.items[0], { value: '5678', label: 'Delivery', detail: 'DELIVERY' });
		const made = await form.submit({ name: ' Gate ✓ ', alias: 'GATE', from_project_id: '5678' }, signal());
		assert.equal(made.name, 'Gate ✓');
		assert.equal(made.workspaceId, workspace!.id);
		const boards = await session.boards!.list(workspace!, signal());
		assert.ok(boards.items.some(({ id, name }) => id === made.id && name === 'Gate ✓'));
		const held = server.state['projects'] as { id: number; alias: string; members: Map<number, string> }[];
		const [copy, original] = [held.find(({ id }) => String(id) === made.id), held[0]];
		assert.deepEqual(new Set(copy!.members.keys()), new Set(original!.members.keys()));
		assert.equal(copy!.alias, 'GATE');
	});

	it('finds a short name of more than ten characters before anything is sent', async () => {
		const [workspace] = await allWorkspaces(session);
		const { fields } = session.boardCreation!.form(workspace!);
		assert.deepEqual(problemsOf(fields, { name: 'A', alias: 'TENLETTERS' }), []);
		assert.deepEqual(
			problemsOf(fields, { name: 'A', alias: 'ELEVENCHARS' }).map(({ field }) => field),
			['alias'],
		);
	});

	it('adds no project to an initiative that the account may only read, and sends nothing', async () => {
		const reader = await openReader();
		const [workspace] = await allWorkspaces(reader);
		const start = server.requests.length;
		assert.throws(() => reader.boardCreation!.form(workspace!), NotAllowed);
		assert.equal(server.requests.length, start);
	});

	it('sends a new project once only and says that its fate is unknown when the server fails', async () => {
		const [workspace] = await allWorkspaces(session);
		const form = session.boardCreation!.form(workspace!);
		server.fault('add_project', '500');
		const start = server.requests.length;
		await assert.rejects(form.submit({ name: 'Once' }, signal()), OutcomeUnknown);
		assert.deepEqual(pathsSince(start), ['/api/add_project']);
	});

	it('sends a new initiative once only and says that its fate is unknown when the server fails', async () => {
		const form = session.workspaceCreation!.form();
		await session.workspaces(signal());
		server.fault('POST /b/', '500');
		const start = server.requests.length;
		await assert.rejects(form.submit({ name: 'Once' }, signal()), OutcomeUnknown);
		assert.deepEqual(pathsSince(start), ['/b/organizations/1/initiatives']);
	});

	it('offers the organizations that the initiatives tell', async () => {
		const field = session.workspaceCreation!.form().fields.find(({ id }) => id === 'organization_id');
		const choices = field?.kind === 'choice' ? await field.choices({}, signal()) : undefined;
		assert.equal(choices?.items.length, 1);
		assert.equal(choices.items[0]?.value, '1');
		assert.ok(choices.items[0]?.detail?.includes('Harbour renewal'));
	});

	it('passes on why somebody else may not create an initiative', async () => {
		const form = (await openReader()).workspaceCreation!.form();
		await assert.rejects(form.submit({ name: 'No' }, signal()), (error) => {
			assert.ok(error instanceof NotAllowed);
			assert.match(error.message, /Only owners and admins/);
			return true;
		});
	});

	it('does not ask for a new sign-in where the newer API alone refuses the token', async () => {
		server.fault('POST /b/', '401');
		const form = session.workspaceCreation!.form();
		await assert.rejects(form.submit({ name: 'A' }, signal()), NotAllowed);
	});

	it('shows the files of a project by item, for reading, and says why some cannot be loaded', async () => {
		const [workspace] = await allWorkspaces(session);
		const [board] = (await session.boards!.list(workspace!, signal())).items;
		const [archive] = await session.archives!.ofBoard!(board!, signal());
		assert.equal(archive!.writable, false);
		const folders = (await session.archives!.entries(archive!, signal())).items as readonly Folder[];
		assert.equal(folders.length, 3);
		assert.ok(folders.every(({ kind, writable }) => kind === 'folder' && writable === false));
		const documents = (await session.archives!.entries(folders[0]!, signal())).items as readonly Document[];
		const [noAddress, plain] = documents.slice(-2);
		assert.match(noAddress!.notDownloadable ?? '', /no address/);
		assert.match(plain!.notDownloadable ?? '', /https/);
		const start = server.requests.length;
		await assert.rejects(session.archives!.read(plain!, signal()), NotFound);
		assert.equal(server.requests.length, start);
	});

	it('follows a file to a signed address without taking the credentials there', async () => {
		const [workspace] = await allWorkspaces(session);
		const [board] = (await session.boards!.list(workspace!, signal())).items;
		const [archive] = await session.archives!.ofBoard!(board!, signal());
		const [, pictures] = (await session.archives!.entries(archive!, signal())).items;
		const [picture] = (await session.archives!.entries(pictures!, signal())).items as readonly Document[];
		const content = await session.archives!.read(picture!, signal());
		assert.equal(content.mediaType, 'image/png');
		assert.equal((await collect(content.stream)).length, picture!.size);
		assert.ok(server.requests.some(({ path, status }) => path.startsWith('/signed/') && status === 200));
	});

	/** The attachments of the first project that has some, by item. */
	async function attachments(): Promise<readonly (readonly Document[])[]> {
		const [workspace] = await allWorkspaces(session);
		const [board] = (await session.boards!.list(workspace!, signal())).items;
		const [archive] = await session.archives!.ofBoard!(board!, signal());
		const items = (await session.archives!.entries(archive!, signal())).items as readonly Folder[];
		const pages = await Promise.all(items.map((item) => session.archives!.entries(item, signal())));
		return pages.map((page) => page.items as readonly Document[]);
	}

	/** The item that a document hangs on, as Planbox holds it. */
	function itemOf({ id }: Document): { project_id: number; files: { id?: number; name?: string; size?: number }[] } {
		const stories = server.state['stories'] as (ReturnType<typeof itemOf> & { id: number })[];
		return stories.find((story) => String(story.id) === id.split('/')[0])!;
	}

	it('lets nobody change a file and says why, and offers nothing that would', async () => {
		const { uploading, saving, folderCreation, removal, documentRenaming, versions } = session.archives!;
		assert.deepEqual(
			[uploading, saving, folderCreation, removal, documentRenaming, versions],
			Array.from({ length: 6 }, () => undefined),
		);
		for (const { readOnly } of (await attachments()).flat()) {
			assert.match(readOnly ?? '', /^Planbox lets no other program change the files of its items, .*\.$/);
		}
	});

	it('asks again when it looks at a file, once for all who look at the same time', async () => {
		const documents = (await attachments()).flat();
		const start = server.requests.length;
		const seen = await Promise.all(documents.map((document) => session.archives!.look(document, signal())));
		assert.deepEqual(seen, documents);
		assert.equal(pathsSince(start).filter((path) => path.endsWith('/get_stories')).length, 1);
		itemOf(documents[0]!).files[0]!.size = 12;
		assert.equal((await session.archives!.look(documents[0]!, signal())).size, 12);
		assert.equal((await attachments())[0]![0]!.size, 12, 'the list still shows the old size');
	});

	it('finds a file whose item has moved to another project', async () => {
		const [document] = (await attachments()).flat();
		const item = itemOf(document!);
		const projects = (server.state['projects'] as { id: number; product_id: number }[]).filter(
			({ id, product_id }) => id !== item.project_id && String(product_id) === document!.workspaceId,
		);
		item.project_id = projects[0]!.id;
		const seen = await session.archives!.look(document!, signal());
		assert.deepEqual(seen, { ...document, boardId: String(projects[0]!.id) });
	});

	it('does not find a file that is gone, nor take the one in its place for it', async () => {
		const [first] = await attachments();
		const [document] = first!;
		itemOf(document!).files.shift();
		await assert.rejects(session.archives!.look(document!, signal()), (error) => {
			assert.ok(error instanceof NotFound);
			assert.equal(error.message, `Planbox does not list “${document!.name}” any more.`);
			return true;
		});
		const { files } = itemOf(document!);
		files.splice(0, files.length, { name: 'one.txt' }, { name: 'two.txt' });
		session.forget();
		const [one, two] = (await attachments())[0]!;
		files.shift();
		await assert.rejects(session.archives!.look(one!, signal()), NotFound);
		await assert.rejects(session.archives!.look(two!, signal()), NotFound);
	});

	it('begins a file again, by its own address, where it was cut off on its way', async () => {
		const [, pictures] = await attachments();
		const [picture] = pictures!;
		const whole = await collect((await session.archives!.read(picture!, signal())).stream);
		server.faults.add({ pattern: 'GET /signed/', kind: 'cut', times: 1, at: 8 });
		const broken = await session.archives!.read(picture!, signal());
		await assert.rejects(collect(broken.stream), 'the connection did not break');
		const start = server.requests.length;
		const anew = await broken.again!(8, signal());
		assert.equal(anew.start, 0);
		assert.deepEqual(await collect(anew.stream), whole);
		assert.deepEqual(
			pathsSince(start).map((path) => path.split('/')[1]),
			['files', 'signed'],
		);
	});
});

describe('Planbox with replies of its own', () => {
	const real: SignedIn = {
		way: 'token',
		label: 'Ada',
		identity: 'work.planbox.com/7',
		server: 'https://work.planbox.com/api',
		facts: { newServer: 'https://api.planbox.com' },
		secrets: { token: 'secret' },
	};

	/** A session whose every request is answered here. */
	function answering(answer: (request: Request) => Response | undefined, account: SignedIn = real) {
		const requests: Request[] = [];
		const { io } = openSession(planbox, account);
		const fetch = async (input: Request | string | URL) => {
			const request = new Request(input);
			requests.push(request);
			return answer(request) ?? Response.json({ code: 'error', content: 'Not expected' });
		};
		return { session: planbox.open(account, { ...io, fetch }), requests };
	}

	function document(url: string, fileName = 'brief.pdf'): Document {
		return { kind: 'document', id: '1/1', name: fileName, fileName, extra: { url } };
	}

	it('sends a form-encoded POST with the token as Basic user name', async () => {
		const { session, requests } = answering(() => Response.json({ code: 'ok', content: [] }));
		await session.workspaces(signal());
		const [request] = requests;
		assert.equal(request?.method, 'POST');
		assert.equal(request.url, 'https://work.planbox.com/api/get_products');
		assert.match(request.headers.get('content-type') ?? '', /^application\/x-www-form-urlencoded/);
		assert.equal(atob(request.headers.get('authorization')?.replace('Basic ', '') ?? ''), 'secret:x');
	});

	it('links to the initiative and to the item on the web', async () => {
		const { session } = answering((request) =>
			Response.json({
				code: 'ok',
				content: request.url.endsWith('get_products')
					? [{ id: 41, name: 'Ferry', template: 0, iterations: [], token: 'hidden' }]
					: [],
			}),
		);
		const [workspace] = (await session.workspaces(signal())).items;
		assert.equal(workspace?.webUrl, 'https://work.planbox.com/initiatives/41');
		assert.ok(!JSON.stringify(workspace).includes('hidden'), 'the initiative token is a secret');
	});

	it('says with words that the organization is unknown where no initiative tells it', async () => {
		const { session, requests } = answering(() => Response.json({ code: 'ok', content: [] }));
		await assert.rejects(session.workspaceCreation!.form().submit({ name: 'First' }, signal()), (error) => {
			assert.ok(error instanceof Refused);
			assert.deepEqual(
				error.problems.map(({ field }) => field),
				['organization_id'],
			);
			return true;
		});
		assert.ok(requests.every(({ url }) => url.startsWith(real.server)));
	});

	it('creates no initiatives where the address of the newer API is unknowable', () => {
		const { session } = answering(() => undefined, { ...real, facts: {} });
		assert.equal(session.workspaceCreation, undefined);
	});

	it('takes its credentials to the API’s own host and to no other', async () => {
		const { session, requests } = answering(() => new Response('content'));
		await session.archives!.read(document('https://files.example/brief.pdf'), signal());
		await session.archives!.read(document('https://work.planbox.com/files/1'), signal());
		await session.archives!.read(document('https://work.planbox.com.evil.example/files/1'), signal());
		assert.deepEqual(
			requests.map(({ headers }) => headers.has('authorization')),
			[false, true, false],
		);
	});

	it('does not follow a file to an address without https or to this computer', async () => {
		for (const location of ['http://files.example/a', 'http://127.0.0.1:22/', 'file:///etc/passwd']) {
			const { session, requests } = answering(() => new Response(null, { status: 302, headers: { location } }));
			await assert.rejects(session.archives!.read(document('https://files.example/1'), signal()), UnexpectedReply);
			assert.equal(requests.length, 1);
		}
	});

	it('does not save a sign-in page or an error as the file', async () => {
		for (const reply of [
			() => new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html; charset=utf-8' } }),
			() => Response.json({ code: 'error', content: 'You are not logged in' }),
		]) {
			const { session } = answering(reply);
			await assert.rejects(
				session.archives!.read(document('https://work.planbox.com/files/1'), signal()),
				UnexpectedReply,
			);
			assert.ok(
				await session.archives!.read(
					document(
						'https://work.planbox.com/files/1',
						reply().headers.get('content-type')?.includes('html') ? 'page.html' : 'data.json',
					),
					signal(),
				),
			);
		}
	});

	it('names until when the plan runs, and warns when that is near or over', async () => {
		const planOf = async (days: number) => {
			const package_expires_on = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
			const { session } = answering(({ url }) =>
				Response.json({
					code: 'ok',
					content: url.endsWith('products') ? [] : { id: 7, name: 'Ada', package_expires_on },
				}),
			);
			const [plan] = (await session.findings(signal())).filter(({ about }) => about === 'Plan');
			return { day: package_expires_on, ...plan! };
		};
		const { day, state, message } = await planOf(100);
		assert.equal(state, 'good');
		assert.match(message, new RegExp(`ends on .*${day.slice(0, 4)}`));
		const near = await planOf(10);
		assert.deepEqual([near.state, Boolean(near.next)], ['warning', true]);
		const over = await planOf(-3);
		assert.equal(over.state, 'warning');
		assert.match(over.message, /ended on/);
	});

	it('does not guess rights that Planbox does not tell', async () => {
		const { session } = answering(({ url }) =>
			Response.json({
				code: 'ok',
				content: url.endsWith('products') ? [{ id: 1, name: 'Quay', iterations: [] }] : { id: 7 },
			}),
		);
		const rights = (await session.findings(signal())).find(({ about }) => about === 'Rights');
		assert.equal(rights?.state, 'unknown');
	});

	it('does not take a reply without a known code for a success', async () => {
		for (const body of [{ code: 'maybe', content: [] }, { content: [] }, [], { code: 'ok', content: 'done' }]) {
			const { session } = answering(() => Response.json(body));
			await assert.rejects(session.workspaces(signal()), UnexpectedReply, JSON.stringify(body));
		}
	});
});

describe('Planbox replies', () => {
	const wire = { id: 9, product_id: '41', project_id: 61, timeframe: 'next', name: 'Seats', priority: '3' };

	function card(more: Record<string, unknown>) {
		return toCard(
			v.parse(storyWire, { tags: null, tasks: [], ...wire, ...more }),
			new Map([['8', 'Björk']]),
			'https://work.planbox.com/api',
		);
	}

	it('become a card with text ids, labels, a due day and the people of its tasks', () => {
		const tasks = [
			{ resource_id: '8', status: 'pending' },
			{ resource_id: 8, status: 'pending' },
			{ resource_id: null, status: 'pending' },
			{ resource_id: 99, status: 'pending' },
			{ resource_id: null, status: 'pending' },
		];
		const { description, ...made } = card({
			tags: 'ui, seats ,',
			due_on: '2014-02-28',
			description: '<p>Per deck</p>',
			status: 'delivered',
			tasks,
		});
		assert.deepEqual(description, { html: '<p>Per deck</p>' });
		assert.deepEqual(made, {
			id: '9',
			boardId: '61',
			columnId: 'next',
			title: 'Seats',
			assignees: ['Björk'],
			assigneeIds: ['8', '99'],
			progress: { done: 0, total: 5 },
			dueDate: '2014-02-28',
			labels: ['ui', 'seats'],
			status: 'Verified',
			done: true,
			blocked: undefined,
			webUrl: 'https://work.planbox.com/initiatives/41#story_id=9',
		});
	});

	it('say nothing where Planbox says nothing', () => {
		const made = card({ tags: '', due_on: '0000-00-00', description: null, tasks: [], files: null });
		for (const field of ['description', 'assignees', 'dueDate', 'labels', 'status', 'blocked'] as const) {
			assert.equal(made[field], undefined, field);
		}
	});

	it('say that an item is blocked in any form of yes', () => {
		for (const yes of [1, '1', true, 'true']) {
			assert.equal(card({ blocked: yes }).blocked, '');
		}
		for (const no of [0, '0', false, '', null]) {
			assert.equal(card({ blocked: no }).blocked, undefined);
		}
		assert.equal(card({ status: 'blocked' }).blocked, '');
	});

	it('are lists also where one thing or a map of positions came', () => {
		const list = listOf(productWire);
		const product = { id: 1, name: 'A', iterations: [] };
		assert.equal(v.parse(list, product).length, 1);
		assert.equal(v.parse(list, { 0: product, 4: product }).length, 2);
		assert.deepEqual(v.parse(list, []), []);
		for (const bad of [null, 'none', {}, [{ id: '' }]]) {
			assert.ok(!v.is(list, bad), JSON.stringify(bad));
		}
	});

	it('are read as templates in every form of yes', () => {
		for (const [template, expected] of [
			['1', true],
			[1, true],
			['0', false],
			[0, false],
			[null, undefined],
		] as const) {
			assert.equal(v.parse(productWire, { id: 1, name: 'A', iterations: [], template }).template, expected);
		}
	});
});

describe('What Planbox does not document', () => {
	it('has one place for the address of the newer API', () => {
		assert.equal(newApiBeside('https://work.planbox.com/api'), 'https://api.planbox.com');
		assert.equal(newApiBeside('http://127.0.0.1:1234/api'), 'http://127.0.0.1:1234/b');
		assert.equal(newApiBeside('https://planbox.quayside.example/api'), undefined);
	});

	it('has one place for the meaning of a refusal’s words', () => {
		assert.equal(kindOfRefusal('Product not found'), 'notFound');
		assert.equal(kindOfRefusal('You do not have permission'), 'notAllowed');
		assert.equal(kindOfRefusal('The alias is taken'), 'refused');
	});
});
