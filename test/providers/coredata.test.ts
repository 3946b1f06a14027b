import assert from 'node:assert/strict';
import { NotAllowed, NotFound, ProviderError, Refused, SignInNeeded, UnexpectedReply } from '../../src/core/errors.ts';
import { problemsOf, type Values } from '../../src/core/form.ts';
import type { Archive, Board, Card, Column, Document, Hit, Workspace } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import type { Session } from '../../src/core/provider.ts';
import { signInWays, tenantOf } from '../../src/providers/coredata/auth.ts';
import { pathTo } from '../../src/providers/coredata/client.ts';
import { coredata } from '../../src/providers/coredata/index.ts';
import { explain, nextOffset, toBoard } from '../../src/providers/coredata/mapping.ts';
import { entryLabel, labelOf, toStatusBoard } from '../../src/providers/coredata/statuses.ts';
import { idOfUploaded, richText, withZone } from '../../src/providers/coredata/unverified.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { type Opened, openPractice, openSession, signal } from '../support/session.ts';
import { allWorkspaces, collect, conformance, fileOf } from './conformance.ts';

conformance(coredata, {
	vendor: 'coredata',
	parts: [
		'boards',
		'archives',
		'uploading',
		'saving',
		'folderCreation',
		'removal',
		'boardCreation',
		'search',
		'cards',
		'cardCreation',
		'cardEditing',
		'cardMoving',
		'cardRemoval',
		'comments',
		'commenting',
		'myCards',
	],
	pagedList: async (session, signal) => session.boards!.list(await spaceNamed(session, 'Málaskrá'), signal),
});

async function spaceNamed(session: Session, name: string): Promise<Workspace> {
	const found = (await allWorkspaces(session)).find((workspace) => workspace.name === name);
	assert.ok(found, `no space is called ${name}`);
	return found;
}

async function boardNamed(session: Session, name: string, space = 'Harbour renewal'): Promise<Board> {
	const boards = await allItems(await session.boards!.list(await spaceNamed(session, space), signal()), signal());
	const found = boards.find((board) => board.name.startsWith(name));
	assert.ok(found, `no project is called ${name}`);
	return found;
}

async function archiveOf(session: Session, board: Board): Promise<Archive> {
	const [archive] = await session.archives!.ofBoard!(board, signal());
	assert.ok(archive);
	return archive;
}

describe('CoreData', () => {
	let server: TestVendor;
	let opened: Opened;
	let session: Session;
	let now: number;

	beforeEach(async () => {
		now = Date.now();
		server = await startVendor('coredata', { clock: () => now });
		opened = await openPractice(coredata, server.address);
		({ session } = opened);
	});
	afterEach(() => server.close());

	const paths = (from: number): string[] => server.requests.slice(from).map(({ method, path }) => `${method} ${path}`);

	async function columnsOf(name: string): Promise<readonly Column[]> {
		return session.boards!.columns(await boardNamed(session, name), signal());
	}

	async function cardsOf(column: Column | undefined): Promise<readonly Card[]> {
		assert.ok(column);
		return allItems(await session.boards!.cards(column, signal()), signal());
	}

	function reader(): Session {
		const { user, key } = server.state.readOnly as { user: string; key: string };
		return openSession(coredata, { ...opened.account, facts: { user }, secrets: { key } }).session;
	}

	describe('signing in', () => {
		const [way] = signInWays();
		const io = { fetch: globalThis.fetch, log: { debug: () => undefined, warn: () => undefined } };
		const values = (more: Values = {}): Values => ({ ...way!.practice!(server.address), ...more });

		it('takes an address with the path of the API behind it', async () => {
			const [account] = await way!.signIn(values({ server: `${String(server.address.url)}/api/v2/ ` }), io, signal());
			assert.equal(account?.server, server.address.url);
			assert.match(account?.label ?? '', /^Björk Jónsdóttir – 127\.0\.0\.1:/);
			assert.match(account?.identity ?? '', /\/bjork$/);
		});

		it('strips every form of the path that people paste', () => {
			for (const typed of [
				'acme.coredata.is',
				'https://acme.coredata.is/',
				' https://acme.coredata.is/api/v2',
				'https://acme.coredata.is/api/v2/doc/',
				'https://acme.coredata.is/api/v3/?a=1',
				'https://acme.coredata.is/api',
			]) {
				assert.equal(tenantOf(typed), 'https://acme.coredata.is', typed);
			}
			assert.equal(tenantOf('http://acme.coredata.is'), undefined);
		});

		it('says under every field where its value is found', () => {
			for (const { id, help } of way!.fields) {
				assert.match(help ?? '', /\.$/, id);
			}
		});

		it('finds a colon in the user name before anything is sent', () => {
			const problems = problemsOf(way!.fields, values({ user: 'a:b' }));
			assert.deepEqual(
				problems.map(({ field }) => field),
				['user'],
			);
			assert.deepEqual(
				problemsOf(way!.fields, values({ key: 'lykill\nx', server: 'http://a.is' })).map(({ field }) => field),
				['server', 'key'],
			);
			assert.deepEqual(
				problemsOf(way!.fields, {}).map(({ field }) => field),
				['server', 'user', 'key'],
			);
		});

		it('tells a wrong key from an address that is none of CoreData', async () => {
			await assert.rejects(way!.signIn(values({ key: 'wrong' }), io, signal()), SignInNeeded);
			server.fault('/user/', '404');
			await assert.rejects(way!.signIn(values(), io, signal()), (error) => {
				assert.ok(error instanceof Refused);
				assert.deepEqual(
					error.problems.map(({ field }) => field),
					['server'],
				);
				return true;
			});
			server.clearFaults();
			server.fault('/user/', 'html');
			await assert.rejects(way!.signIn(values(), io, signal()), UnexpectedReply);
		});
	});

	describe('checking the connection', () => {
		const about = async (what: string, own = session) =>
			(await own.findings(signal())).find((finding) => finding.about === what);

		it('says that the key is taken and whose it is, with names that a ticket can leave out', async () => {
			assert.equal((await about('Credentials'))?.state, 'good');
			const who = await about('Acts as');
			const { host } = new URL(String(server.address.url));
			assert.equal(who?.message, `Requests are made as Björk Jónsdóttir, bjork, ${host}.`);
			assert.deepEqual(who.personal, ['Björk Jónsdóttir', 'bjork', host]);
		});

		it('does not know what a user may change, gives the user’s type, and tries no write', async () => {
			const start = server.requests.length;
			const rights = await about('Rights', reader());
			assert.equal(rights?.state, 'unknown');
			assert.match(rights.message, /of the type “user”/);
			assert.deepEqual(paths(start), ['GET /api/v2/user/']);
		});

		it('says that somebody who may only read cannot write once a change was refused, and whom to ask', async () => {
			const own = reader();
			const form = own.boardCreation!.form(await spaceNamed(own, 'Harbour renewal'));
			await assert.rejects(form.submit({ title: 'x' }, signal()), NotAllowed);
			const rights = await about('Rights', own);
			assert.equal(rights?.state, 'warning');
			assert.match(rights.next ?? '', /ask an administrator of your CoreData/);
		});

		it('says that the user can write once a change was taken', async () => {
			const form = session.boardCreation!.form(await spaceNamed(session, 'Harbour renewal'));
			await form.submit({ title: 'x' }, signal());
			assert.equal((await about('Rights'))?.state, 'good');
		});

		it('has no limit to tell of', async () => {
			assert.equal((await about('Request limit'))?.state, 'unknown');
		});
	});

	it('hands out the key itself, and asks for a new sign-in where it is gone', async () => {
		assert.equal(await session.accessToken(signal()), server.address.key);
		const credentials = { ...opened.io.credentials, read: async () => ({}) };
		await assert.rejects(
			coredata.open(opened.account, { ...opened.io, credentials }).accessToken(signal()),
			SignInNeeded,
		);
	});

	it('takes a 401 for a verdict on the credentials only where it answers who one is', async () => {
		const verdicts: boolean[] = [];
		const own = coredata.open(opened.account, { ...opened.io, onVerdict: (accepted) => void verdicts.push(accepted) });
		server.fault('/spaces/', '401');
		await assert.rejects(own.workspaces(signal()), NotAllowed);
		assert.deepEqual(verdicts, [true]);
		server.fault('/user/', '401');
		await assert.rejects(own.workspaces(signal()), SignInNeeded);
		assert.deepEqual(verdicts, [true, false]);
	});

	it('does not take a 401 on one thing for wrong credentials', async () => {
		server.fault('/spaces/', '401');
		await assert.rejects(session.workspaces(signal()), NotAllowed);
		server.clearFaults();
		server.fault('*', '401');
		await assert.rejects(session.workspaces(signal()), SignInNeeded);
	});

	it('ends every path in a slash and asks for a hundred at a time', async () => {
		await session.boards!.columns(await boardNamed(session, 'Delivery'), signal());
		for (const { path, status } of server.requests) {
			assert.match(path, /\/(\?|$)/);
			assert.equal(status, 200);
		}
		assert.ok(server.requests.some(({ path }) => path.endsWith('?limit=100&offset=0')));
		assert.equal(pathTo('spaces', 'a b/c', 'files'), '/api/v2/spaces/a%20b%2Fc/files/');
	});

	it('leaves hidden spaces out', async () => {
		const names = (await allWorkspaces(session)).map(({ name }) => name);
		assert.ok(!names.includes('global'));
		assert.equal(names.at(-1), 'Old library scans');
	});

	it('shows a project’s status in words, and its number to itself', async () => {
		const board = await boardNamed(session, 'Delivery');
		assert.equal(board.status, 'In progress');
		assert.match(String(board.extra?.identifier), /^2024-\d+$/);
		assert.match(board.dueDate ?? '', /^\d{4}-\d\d-\d\d$/);
	});

	it('makes columns of the status list, of foreign statuses that hold tasks, and one for unknown ones', async () => {
		const columns = await columnsOf('Delivery');
		assert.deepEqual(
			columns.map(({ name }) => name),
			['Pending', 'In progress', 'In review', 'Closed', 'Active', 'Other'],
		);
		assert.deepEqual(
			(await cardsOf(columns[4])).map(({ title }) => title),
			['Keep the quay free of ice'],
		);
		assert.deepEqual(
			(await cardsOf(columns[5])).map(({ title, status }) => [title, status]),
			[['Verklag frá 2019', 'Frozen']],
		);
		assert.ok(columns.every(({ note, renamable }) => note && renamable === undefined));
	});

	it('counts the cards and marks those that are over as done', async () => {
		const columns = await columnsOf('Delivery');
		for (const column of columns) {
			const cards = await cardsOf(column);
			assert.equal(cards.length, column.count);
			assert.ok(cards.every(({ done }) => done === (column.name === 'Closed')));
		}
	});

	it('sorts cards by due date, those without one last', async () => {
		const columns = await columnsOf('Suggestions');
		for (const column of columns) {
			const dates = (await cardsOf(column)).map(({ dueDate }) => dueDate ?? '9');
			assert.deepEqual(dates, [...dates].sort());
		}
	});

	it('reads all pages of a project’s tasks once for all of its columns', async () => {
		const board = await boardNamed(session, 'Suggestions');
		const before = server.requests.length;
		const columns = await session.boards!.columns(board, signal());
		const cards = (await Promise.all(columns.map(cardsOf))).flat();
		assert.equal(cards.length, 230);
		assert.equal(new Set(cards.map(({ id }) => id)).size, 230);
		assert.equal(paths(before).filter((line) => line.includes('/tasks/')).length, 3);
	});

	it('goes on with the statuses it sees where value lists and types are not shown', async () => {
		server.fault('/valuelists/', '404');
		server.fault('/dynatypes/', '404');
		const board = await boardNamed(session, 'Delivery');
		assert.equal(board.status, 'In progress');
		const names = (await session.boards!.columns(board, signal())).map(({ name }) => name);
		assert.ok(names.includes('Frozen') && names.includes('active') && !names.includes('Other'), names.join());
	});

	describe('archives', () => {
		it('place files and folders by their parents and leave system folders out', async () => {
			const archive = await archiveOf(session, await boardNamed(session, 'Delivery'));
			const top = await allItems(await session.archives!.entries(archive, signal()), signal());
			assert.deepEqual(top.map(({ kind, name }) => `${kind} ${name}`).sort(), [
				'document Project brief.pdf',
				'document Zeitplan – Änderungen.xlsx',
				'folder Minutes & decisions',
			]);
			const before = server.requests.length;
			const [minutes] = top;
			assert.equal(minutes?.kind, 'folder');
			const inside = await allItems(await session.archives!.entries(minutes, signal()), signal());
			assert.deepEqual(
				inside.map(({ name }) => name),
				['Drafts', '2026-10-05 kick-off.txt'],
			);
			assert.equal(server.requests.length, before);
		});

		it('show the files of a space that are in none of its projects', async () => {
			const space = await spaceNamed(session, 'Harbour renewal');
			const [archive] = await session.archives!.ofWorkspace!(space, signal());
			const entries = await allItems(await session.archives!.entries(archive!, signal()), signal());
			assert.deepEqual(
				entries.map(({ name }) => name),
				['Pictures', 'README.md'],
			);
		});

		it('of spaces are absent where the tenant does not list them', async () => {
			server.fault('/spaces/*/files/', '404');
			const [first, second] = await allWorkspaces(session);
			assert.deepEqual(await session.archives!.ofWorkspace!(first!, signal()), []);
			const before = server.requests.length;
			assert.deepEqual(await session.archives!.ofWorkspace!(second!, signal()), []);
			assert.equal(server.requests.length, before);
		});

		it('fall back to the list of all folders', async () => {
			server.fault('/projects/*/folders/', '404');
			const archive = await archiveOf(session, await boardNamed(session, 'Delivery'));
			const top = await allItems(await session.archives!.entries(archive, signal()), signal());
			assert.deepEqual(top.map(({ name }) => name)[0], 'Minutes & decisions');
			assert.equal(top.length, 3);
		});

		async function documentNamed(name: string): Promise<Document> {
			const archive = await archiveOf(session, await boardNamed(session, 'Delivery'));
			const entries = await allItems(await session.archives!.entries(archive, signal()), signal());
			const found = entries.find(
				(entry): entry is Document => entry.kind === 'document' && entry.name.startsWith(name),
			);
			assert.ok(found);
			return found;
		}

		it('read from the signed address without credentials, with size and MD5', async () => {
			const document = await documentNamed('Zeitplan');
			const content = await session.archives!.read(document, signal());
			const bytes = await collect(content.stream);
			assert.equal(bytes.length, document.size);
			assert.match(content.md5 ?? '', /^[\da-f]{32}$/);
			assert.equal(server.requests.at(-1)?.status, 200);
			assert.match(server.requests.at(-1)?.path ?? '', /^\/laika\//);
			assert.ok(!opened.log.some((line) => line.includes('Signature')), 'a signature was logged');
		});

		it('ask for a new signed address once, when the first is refused', async () => {
			const document = await documentNamed('Project brief');
			server.fault('/laika/', '403', 1);
			assert.ok((await collect((await session.archives!.read(document, signal())).stream)).length > 0);
			const before = server.requests.length;
			server.fault('/laika/', '403');
			await assert.rejects(session.archives!.read(document, signal()), NotAllowed);
			assert.equal(paths(before).filter((line) => line.includes('/laika/')).length, 2);
		});

		it('read from older servers, which send the content at once', async () => {
			const document = await documentNamed('Project brief');
			const fetch: typeof globalThis.fetch = async (input, init) => {
				const { url } = input as Request;
				return url.endsWith('/content/') ? new Response('old bytes') : globalThis.fetch(input, init);
			};
			const older = coredata.open(opened.account, { ...opened.io, fetch });
			const { stream } = await older.archives!.read(document, signal());
			assert.equal(new TextDecoder().decode(await collect(stream)), 'old bytes');
		});

		it('ask for a folder itself where the project’s list does not go into folders', async () => {
			const fetch: typeof globalThis.fetch = async (input, init) => {
				const response = await globalThis.fetch(input, init);
				if (!/\/projects\/[^/]+\/files\//.test((input as Request).url)) {
					return response;
				}
				const { meta, objects } = (await response.json()) as { meta: object; objects: { folder: string }[] };
				return Response.json({ meta, objects: objects.filter(({ folder }) => folder === '') });
			};
			const flat = coredata.open(opened.account, { ...opened.io, fetch });
			const archive = await archiveOf(flat, await boardNamed(flat, 'Delivery'));
			const top = await allItems(await flat.archives!.entries(archive, signal()), signal());
			const minutes = top.find(({ kind }) => kind === 'folder');
			const inside = await allItems(await flat.archives!.entries(minutes!, signal()), signal());
			assert.deepEqual(
				inside.map(({ name }) => name),
				['Drafts', '2026-10-05 kick-off.txt'],
			);
			assert.equal(top.length, 3);
		});

		it('find the uploaded file by its name where the answer does not name it', async () => {
			const silent = coredata.open(opened.account, {
				...opened.io,
				send: async (request) => ({ ...(await opened.io.send(request)), headers: new Headers(), text: '' }),
			});
			const archive = await archiveOf(silent, await boardNamed(silent, 'Delivery'));
			const { id } = await silent.archives!.uploading!.upload(archive, fileOf('new.txt', 'x'), signal());
			const made = (server.state.files as { id: string; filename: string }[]).find(
				({ filename }) => filename === 'new.txt',
			);
			assert.ok(made && made.id === id);
		});

		it('never take a page for the answer to an upload', async () => {
			const archive = await archiveOf(session, await boardNamed(session, 'Delivery'));
			server.fault('POST /api/v3/files/', 'html');
			const upload = session.archives!.uploading!.upload(archive, fileOf('Project brief.pdf', 'x'), signal());
			await assert.rejects(upload, UnexpectedReply);
		});

		it('log an upload by its path and status', async () => {
			const archive = await archiveOf(session, await boardNamed(session, 'Delivery'));
			await session.archives!.uploading!.upload(archive, fileOf('a.txt', 'x'), signal());
			assert.ok(
				opened.log.some((line) => line.startsWith('POST /api/v3/files/ 201')),
				opened.log.join('\n'),
			);
			const { key } = opened.account.secrets;
			assert.ok(!opened.log.some((line) => line.includes(key!)));
		});

		it('let go of the content where its file is gone', async () => {
			const document = await documentNamed('Project brief');
			let letGo: () => void = () => undefined;
			const cancelled = new Promise<void>((resolve) => {
				letGo = resolve;
			});
			const fetch: typeof globalThis.fetch = async (input) =>
				(input as Request).url.endsWith('/content/')
					? new Response(new ReadableStream({ cancel: () => letGo() }))
					: new Response('', { status: 404 });
			const gone = coredata.open(opened.account, { ...opened.io, fetch });
			await assert.rejects(gone.archives!.read(document, signal()), NotFound);
			await cancelled;
		});

		it('take a name twice, as CoreData keeps both', async () => {
			const archive = await archiveOf(session, await boardNamed(session, 'Delivery'));
			const { uploading } = session.archives!;
			const prepared = await uploading!.prepare(archive, signal());
			assert.deepEqual([prepared.writable, (prepared as Archive).sameName], [true, 'duplicate']);
			const one = await uploading!.upload(prepared, fileOf('brief.txt', 'one'), signal());
			const two = await uploading!.upload(prepared, fileOf('brief.txt', 'two'), signal());
			const entries = await allItems(await session.archives!.entries(archive, signal()), signal());
			assert.deepEqual(
				entries.filter(({ name }) => name === 'brief.txt').map(({ id }) => id),
				[one.id, two.id],
			);
		});

		it('put a file at the top of a space beside those that are there', async () => {
			const space = await spaceNamed(session, 'Harbour renewal');
			const [archive] = await session.archives!.ofWorkspace!(space, signal());
			const { uploading } = session.archives!;
			await uploading!.upload(await uploading!.prepare(archive!, signal()), fileOf('höfn.txt', 'x'), signal());
			const entries = await allItems(await session.archives!.entries(archive!, signal()), signal());
			assert.ok(entries.some(({ name }) => name === 'höfn.txt'));
		});

		it('say before sending that a space without files shows no place for one', async () => {
			const [archive] = await session.archives!.ofWorkspace!(await spaceNamed(session, 'Málaskrá'), signal());
			await assert.rejects(session.archives!.uploading!.prepare(archive!, signal()), NotAllowed);
			assert.ok(!server.requests.some(({ method }) => method === 'POST'));
		});

		it('say that a file was not taken from someone who may only read', async () => {
			const session = reader();
			const archive = await archiveOf(session, await boardNamed(session, 'Delivery'));
			const upload = session.archives!.uploading!.upload(archive, fileOf('a.txt', 'a'), signal());
			await assert.rejects(upload, NotAllowed);
		});
	});

	describe('a new project', () => {
		async function formOf(name: string) {
			return session.boardCreation!.form(await spaceNamed(session, name));
		}

		async function choicesOf(id: string) {
			const field = (await formOf('Harbour renewal')).fields.find((one) => one.id === id);
			assert.equal(field?.kind, 'choice');
			return field.kind === 'choice' ? allItems(await field.choices({}, signal()), signal()) : [];
		}

		it('asks for nothing until a choice is reached', async () => {
			const space = await spaceNamed(session, 'Harbour renewal');
			const before = server.requests.length;
			session.boardCreation!.form(space);
			assert.equal(server.requests.length, before);
		});

		it('offers people, statuses, templates and contacts, and shows no national id number', async () => {
			assert.ok(
				(await choicesOf('responsible_users')).some(
					({ value, label }) => value === 'bjork' && label === 'Björk Jónsdóttir',
				),
			);
			assert.deepEqual(
				(await choicesOf('status')).map(({ label }) => label),
				['Pending', 'In progress', 'On hold', 'Closed'],
			);
			assert.deepEqual(
				(await choicesOf('template')).map(({ label }) => label),
				['Standard project', 'Verkefni með áföngum'],
			);
			const contacts = await choicesOf('contacts');
			assert.ok(contacts.length > 0 && !JSON.stringify(contacts).includes('540101'));
		});

		it('is created with everything that was filled in and read back', async () => {
			const [template] = await choicesOf('template');
			const [contact] = await choicesOf('contacts');
			const form = await formOf('Harbour renewal');
			const values: Values = {
				title: ' Ljós á bryggju ',
				description: 'Lights',
				due_date: '2027-02-28',
				responsible_users: ['bjork', 'ada'],
				associated_users: ['chidi'],
				contacts: [contact!.value],
				template: template!.value,
				status: 'project_status:On_hold:',
				status_message: '',
				tags: 'quay, ljós,,quay ',
			};
			assert.deepEqual(problemsOf(form.fields, values), []);
			const board = await form.submit(values, signal());
			assert.deepEqual([board.name, board.dueDate, board.status], ['Ljós á bryggju', '2027-02-28', 'On hold']);
			const made = (server.state.projects as Record<string, unknown>[]).find(({ id }) => id === board.id);
			assert.deepEqual(made?.tags, ['quay', 'ljós']);
			assert.deepEqual(
				[made?.contacts, made?.associated_users, made?.template],
				[[contact!.value], ['chidi'], template!.value],
			);
			assert.equal((await boardNamed(session, 'Ljós')).id, board.id);
		});

		it('needs a title and takes nothing else to be made', async () => {
			const form = await formOf('Café Ångström');
			assert.deepEqual(
				problemsOf(form.fields, {}).map(({ field }) => field),
				['title'],
			);
			assert.equal((await form.submit({ title: 'Bar' }, signal())).name, 'Bar');
		});

		it('is reported as made even if it cannot be read back', async () => {
			const form = await formOf('Harbour renewal');
			server.fault('GET /api/v2/projects/', '403');
			const board = await form.submit({ title: 'Bryggja', due_date: '2027-01-31' }, signal());
			assert.deepEqual([board.name, board.dueDate], ['Bryggja', '2027-01-31']);
			assert.ok((server.state.projects as { id: string }[]).some(({ id }) => id === board.id));
		});

		it('puts the vendor’s problems beside their fields', async () => {
			const form = await formOf('Harbour renewal');
			const sent = form.submit({ title: 'x', template: 'gone', responsible_users: ['nobody'] }, signal());
			await assert.rejects(sent, (error) => {
				assert.ok(error instanceof Refused);
				assert.deepEqual(error.problems.map(({ field = '' }) => field).sort(), ['responsible_users', 'template']);
				return true;
			});
		});

		it('is refused to someone who may only read without taking the sign-in away', async () => {
			const session = reader();
			const form = session.boardCreation!.form(await spaceNamed(session, 'Harbour renewal'));
			await assert.rejects(form.submit({ title: 'x' }, signal()), NotAllowed);
		});
	});

	it('searches the two long lists instead of each project', async () => {
		const before = server.requests.length;
		const hits: Hit[] = [];
		for await (const hit of session.search!('hofn', signal())) {
			hits.push(hit);
		}
		assert.equal(hits.length, 0);
		assert.ok(server.requests.length - before < 20);
		for await (const hit of session.search!('VERKLAG FRA', signal())) {
			hits.push(hit);
		}
		assert.deepEqual(
			hits.map(({ workspace, board, column, card }) => [workspace.name, board?.name, column?.name, card?.title]),
			[['Harbour renewal', 'Delivery', 'Other', 'Verklag frá 2019']],
		);
		const [hit] = hits;
		const columns = await session.boards!.columns(hit!.board as Board, signal());
		assert.ok(columns.some(({ id }) => id === hit?.card?.columnId));
	});

	it('finds spaces and projects by name, and projects by number, but nothing in hidden spaces', async () => {
		const names = async (text: string): Promise<string[]> => {
			const found: string[] = [];
			for await (const { workspace, board, card } of session.search!(text, signal())) {
				found.push(card?.title ?? board?.name ?? workspace.name);
			}
			return found;
		};
		assert.deepEqual(await names('strassenbahn'.replace('ss', 'ß')), ['Straßenbahn Linie 7']);
		assert.deepEqual(await names('System maintenance'), []);
		const { extra } = await boardNamed(session, 'Suggestions');
		assert.ok((await names(String(extra?.identifier))).includes('Suggestions – Ábendingar'));
	});

	it('reports who is signed in', async () => {
		const facts = Object.fromEntries((await session.accountInfo(signal())).map(({ label, value }) => [label, value]));
		assert.equal(facts.Name, 'Björk Jónsdóttir');
		assert.equal(facts['User name'], 'bjork');
	});

	it('never shows a traceback', async () => {
		const fetch: typeof globalThis.fetch = async () =>
			Response.json({ error_message: 'Broken', traceback: 'secret line 12' }, { status: 500 });
		const broken = coredata.open(opened.account, { ...opened.io, fetch });
		await assert.rejects(broken.accountInfo(signal()), (error) => {
			assert.ok(error instanceof ProviderError && !error.message.includes('line 12'));
			return true;
		});
	}).timeout(20_000);
});

describe('CoreData’s replies', () => {
	const meta = { limit: 20, offset: 20, total_count: 148, next: null };

	it('are paged on by counting where a full page names no next one', () => {
		assert.equal(nextOffset(meta, 20), 40);
		assert.equal(nextOffset({ ...meta, total_count: 40 }, 20), undefined);
		assert.equal(nextOffset(meta, 19), undefined);
	});

	it('are paged on by what next says, until a page is empty', () => {
		const next = '/api/v2/users/?limit=20&offset=60&username=a&api_key=b';
		assert.equal(nextOffset({ ...meta, next }, 20), 60);
		assert.equal(nextOffset({ ...meta, next }, 3), 60);
		assert.equal(nextOffset({ ...meta, next }, 0), undefined);
	});

	it('cannot make a list go round for ever', () => {
		assert.equal(nextOffset({ ...meta, next: '/api/v2/users/?offset=0' }, 20), 40);
		assert.equal(nextOffset({ ...meta, next: '/api/v2/users/?page=2' }, 5), 25);
	});

	it('name what is wrong, in either form, and nothing for a server’s failure', () => {
		const reply = (status: number, body: unknown) => ({ status, body, headers: new Headers() });
		assert.deepEqual(explain(reply(400, { error: 'Bad limit.' })), {
			kind: 'refused',
			reason: 'Bad limit.',
			problems: [{ message: 'Bad limit.' }],
		});
		const fields = { projects: { title: ['Too long.', 'Odd.'], tags: 'Not a list.' } };
		assert.deepEqual(explain(reply(400, fields))?.problems, [
			{ field: 'title', message: 'Too long.' },
			{ field: 'title', message: 'Odd.' },
			{ field: 'tags', message: 'Not a list.' },
		]);
		assert.equal(explain(reply(500, { error_message: 'x', traceback: 'y' })), undefined);
		assert.equal(explain(reply(200, { error: 'a field of that name' })), undefined);
		assert.equal(explain(reply(400, undefined)), undefined);
	});

	it('give labels in the user’s language, else in English, else by key', () => {
		const entry = { name: 'task_status:In_progress:', translations: { en: 'In progress', is: 'Í vinnslu' } };
		assert.equal(entryLabel(entry, 'is-IS'), 'Í vinnslu');
		assert.equal(entryLabel(entry, 'de'), 'In progress');
		assert.equal(entryLabel({ name: 'country:New_Zealand:oceania', translations: {} }, 'en'), 'New Zealand');
		assert.equal(labelOf('task_status:Gone_away:', new Map(), 'en'), 'Gone away');
	});

	it('make a project of the four things that are certain', () => {
		const board = toBoard({ id: 'p', title: 'Pier', status: null, space: { id: 's' } }, undefined);
		assert.deepEqual(
			[board.id, board.workspaceId, board.name, board.dueDate, board.description],
			['p', 's', 'Pier', undefined, undefined],
		);
	});

	it('put tasks without a status into “Other”', () => {
		const task = { id: 't', title: 'T', status: null };
		const { columns } = toStatusBoard(
			{ boardId: 'p', workspaceId: 's' },
			[task],
			'task_status',
			new Map([['task_status', []]]),
		);
		assert.deepEqual(
			columns.map(({ name, count }) => [name, count]),
			[['Other', 1]],
		);
	});

	it('are read in every likely form where the manual is silent', () => {
		const location = 'https://acme.coredata.is/api/v2/files/abc/';
		assert.equal(idOfUploaded({ headers: new Headers({ location }), body: undefined }), 'abc');
		assert.equal(idOfUploaded({ headers: new Headers(), body: { id: 'abc' } }), 'abc');
		assert.equal(idOfUploaded({ headers: new Headers(), body: undefined }), undefined);
		assert.equal(withZone('2024-05-06T07:08:09'), '2024-05-06T07:08:09Z');
		assert.equal(withZone('2024-05-06T07:08:09+02:00'), '2024-05-06T07:08:09+02:00');
		assert.deepEqual(richText('a < b'), { text: 'a < b' });
		assert.deepEqual(richText('<p>a</p>'), { html: '<p>a</p>' });
	});
});
