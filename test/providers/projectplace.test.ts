import assert from 'node:assert/strict';
import {
	NotAllowed,
	NotFound,
	OutcomeUnknown,
	ProviderError,
	Refused,
	SignInNeeded,
	UnexpectedReply,
	Unreachable,
} from '../../src/core/errors.ts';
import type { Values } from '../../src/core/form.ts';
import type { Archive, Board, Document, Folder, Workspace } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import type { BrowserWay, Secrets, Session, SessionIo, TypedWay } from '../../src/core/provider.ts';
import { explain } from '../../src/providers/projectplace/failures.ts';
import { hostOf } from '../../src/providers/projectplace/host.ts';
import { projectplace } from '../../src/providers/projectplace/index.ts';
import { toBoard, toCards, toColumns, toEntry } from '../../src/providers/projectplace/mapping.ts';
import { versionOf } from '../../src/providers/projectplace/unverified.ts';
import { failureOf } from '../support/failure.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import {
	allow,
	type Opened,
	openPractice,
	openSession,
	press,
	signal,
	signInAllowed,
	signInIo,
} from '../support/session.ts';
import {
	allWorkspaces,
	collect,
	conformance,
	fileOf,
	firstCard,
	firstDocument,
	renamableColumn,
	saysAll,
	writableContainer,
} from './conformance.ts';

conformance(projectplace, {
	vendor: 'projectplace',
	parts: [
		'boards',
		'columnRenaming',
		'archives',
		'uploading',
		'saving',
		'workspaceCreation',
		'boardCreation',
		'cards',
		'cardCreation',
		'cardEditing',
		'cardMoving',
		'cardRemoval',
		'comments',
		'commenting',
		'commentRemoval',
		'cardRestoring',
		'checklist',
		'checklistAdding',
		'checklistRemoval',
	],
	pagedList: (session, signal) => ownerField(session).choices({}, signal),
});

function ownerField(session: Session) {
	const field = session.workspaceCreation?.form().fields.find(({ kind }) => kind === 'choice');
	assert.ok(field?.kind === 'choice');
	return field;
}

describe('ProjectPlace', () => {
	let server: TestVendor;
	let opened: Opened;
	let session: Session;

	beforeEach(async () => {
		server = await startVendor('projectplace');
		opened = await openPractice(projectplace, server.address);
		({ session } = opened);
	});
	afterEach(() => server.close());

	const lines = (from = 0) => server.requests.slice(from).map(({ method, path }) => `${method} ${path}`);
	const wayOf = (id: string) => projectplace.signInWays.find((one) => one.id === id)!;
	const way = (id: string) => wayOf(id) as TypedWay;
	const browserWay = (id: string) => wayOf(id) as BrowserWay;
	const io = signInIo();
	const typed = (id: string): Values => ({ server: server.address.url as string, ...(server.address[id] as Values) });
	async function openAs(id: string, values: Values = typed(id)): Promise<Opened> {
		const [account] = await way(id).signIn(values, io, signal());
		return openSession(projectplace, account!);
	}
	const openWith = (opened: Opened, fetch: typeof globalThis.fetch): Opened => ({
		...opened,
		session: projectplace.open(opened.account, { ...opened.io, fetch } satisfies SessionIo),
	});
	const withFetch = (fetch: typeof globalThis.fetch): Session => openWith(opened, fetch).session;
	async function workspaceAt(index: number): Promise<Workspace> {
		return (await allWorkspaces(session))[index]!;
	}
	async function rootOf(index = 0, of: Session = session): Promise<Archive> {
		const [archive] = await of.archives!.ofWorkspace!((await allWorkspaces(of))[index]!, signal());
		return archive!;
	}
	async function folderOf(archive: Archive, of: Session = session): Promise<Folder> {
		const { items } = await of.archives!.entries(archive, signal());
		return items.find((entry): entry is Folder => entry.kind === 'folder')!;
	}

	describe('signing in', () => {
		for (const id of ['clientCredentials', 'oauth1']) {
			it(`opens everything with ${id}: tree, renaming, documents, creation`, async () => {
				const { session, account } = await openAs(id);
				assert.deepEqual([account.way, account.label, account.identity], [id, 'Quayside', '4100/9001']);
				const { card } = await firstCard(session);
				assert.ok(card.title);
				const renamed = await session.columnRenaming!.rename(await renamableColumn(session), 'Neu & gut', signal());
				assert.equal(renamed.name, 'Neu & gut');
				const document = await firstDocument(session);
				assert.ok((await collect((await session.archives!.read(document!, signal())).stream)).length > 0);
				const container = await session.archives!.uploading!.prepare(await writableContainer(session), signal());
				assert.ok((await session.archives!.uploading!.upload(container, fileOf('ö (1)+.txt', 'x'), signal())).id);
				const made = await session.workspaceCreation!.form().submit({ name: 'Übergabe + 100 % (neu)!' }, signal());
				assert.equal(made.name, 'Übergabe + 100 % (neu)!');
			});
		}

		it('recognises the same robot whichever way it comes in', async () => {
			assert.equal((await openAs('oauth1')).account.identity, opened.account.identity);
		});

		it('offers the person’s own way first, and secrets as secrets', () => {
			assert.deepEqual(
				projectplace.signInWays.map(({ id }) => id),
				['person', 'clientCredentials', 'person1', 'oauth1'],
			);
			for (const { fields } of projectplace.signInWays) {
				for (const field of fields) {
					assert.equal(field.kind === 'text' && field.secret === true, /secret$/i.test(field.id), field.id);
				}
			}
		});

		it('refuses wrong credentials of both ways', async () => {
			const wrongs: readonly (readonly [string, string])[] = [
				['clientCredentials', 'clientSecret'],
				['clientCredentials', 'clientId'],
				['oauth1', 'applicationSecret'],
				['oauth1', 'accessTokenKey'],
				['oauth1', 'accessTokenSecret'],
			];
			for (const [id, field] of wrongs) {
				await assert.rejects(openAs(id, { ...typed(id), [field]: 'wrong' }), SignInNeeded, `${id} ${field}`);
			}
		});

		it('tells an address that answers with a page from one that does not answer', async () => {
			server.fault('*', 'html');
			await assert.rejects(openAs('clientCredentials'), UnexpectedReply);
			await assert.rejects(openAs('oauth1'), UnexpectedReply);
			const values = typed('oauth1');
			await server.close();
			await assert.rejects(openAs('oauth1', values), Unreachable);
		});

		it('takes an address, a subdomain or nothing', () => {
			assert.equal(hostOf({}), 'https://api.projectplace.com');
			assert.equal(hostOf({ server: 'MyCompany' }), 'https://mycompany.projectplace.com');
			assert.equal(hostOf({ server: 'mycompany.projectplace.com/' }), 'https://mycompany.projectplace.com');
			assert.equal(hostOf({ server: 'http://127.0.0.1:80/x/' }), 'http://127.0.0.1/x');
		});
	});

	/** What a person types for each of the two ways in the browser. */
	const keysOf = (id: string): Values => {
		const { redirectUris: _, ...code } = server.address.authorizationCode as Record<string, string>;
		return {
			server: server.address.url as string,
			...(id === 'person' ? code : (server.address.oauth1Application as Values)),
		};
	};
	const renewals = (from = 0) => server.requests.slice(from).filter(({ path }) => path === '/oauth2/access_token');
	const forward = (milliseconds: number) =>
		fetch(`${String(server.address.url)}/-/clock`, {
			method: 'POST',
			body: JSON.stringify({ forward: milliseconds }),
		});

	describe('signing in in the browser', () => {
		for (const id of ['person', 'person1']) {
			it(`lets the same person in with ${id}, by hand, into the editor and to this computer`, async () => {
				const way = browserWay(id);
				assert.deepEqual([...way.returns].sort(), ['editor', 'loopback', 'paste']);
				for (const redirect of [
					way.pasteRedirect,
					'vscode://boardwalk-tools.boardwalk/signed-in?vendor=projectplace',
					'http://127.0.0.1:43117/signed-in',
				]) {
					const account = await signInAllowed(way, keysOf(id), redirect);
					assert.deepEqual(
						[account.way, account.label, account.identity, account.server, account.facts],
						[id, 'Quayside', '4100/504', server.address.url, {}],
					);
				}
			});

			it(`opens the tree, renaming and documents with ${id}`, async () => {
				const { session } = openSession(projectplace, await signInAllowed(browserWay(id), keysOf(id)));
				assert.ok((await firstCard(session)).card.title);
				const renamed = await session.columnRenaming!.rename(await renamableColumn(session), 'Neu & gut', signal());
				assert.equal(renamed.name, 'Neu & gut');
				const document = await firstDocument(session);
				assert.ok((await collect((await session.archives!.read(document!, signal())).stream)).length > 0);
				const container = await session.archives!.uploading!.prepare(await writableContainer(session), signal());
				assert.ok((await session.archives!.uploading!.upload(container, fileOf('ö (1)+.txt', 'x'), signal())).id);
				const facts = await session.accountInfo(signal());
				assert.ok(facts.some(({ value }) => value === 'Dörte Müller'));
			});

			it(`ties the answer to the visit with ${id}, by a value nobody can guess`, async () => {
				const visits = await Promise.all(
					[1, 2].map(() => browserWay(id).begin(keysOf(id), browserWay(id).pasteRedirect, io, signal())),
				);
				const [first, second] = visits;
				assert.notEqual(first!.tie.value, second!.tie.value);
				assert.ok(first!.tie.value.length >= 36);
				assert.ok(new URL(first!.page).searchParams.get(first!.tie.name) === first!.tie.value);
				assert.ok(
					!first!.page.includes(encodeURIComponent(String(Object.values(keysOf(id))[2]))),
					'a secret in the page',
				);
				assert.deepEqual(JSON.parse(JSON.stringify(first)), first, 'a visit is plain data');
				const redirect = 'http://127.0.0.1:43117/signed-in';
				const visit = await browserWay(id).begin(keysOf(id), redirect, io, signal());
				const { query } = await press(visit.page, 'Allow');
				assert.deepEqual([...query.keys()].sort(), [visit.proof, visit.tie.name].sort());
				assert.equal(query.get(visit.tie.name), visit.tie.value);
			});

			it(`finishes with ${id} in a window that was opened anew`, async () => {
				const { visit, proof } = await allow(browserWay(id), keysOf(id));
				const read = JSON.parse(JSON.stringify({ visit, values: keysOf(id) }));
				const [account] = await browserWay(id).finish(read.visit, read.values, proof, io, signal());
				assert.equal(account?.identity, '4100/504');
			});

			it(`takes what was allowed with ${id} only once, and only with its own proof`, async () => {
				const way = browserWay(id);
				const { visit, proof } = await allow(way, keysOf(id));
				await way.finish(visit, keysOf(id), proof, io, signal());
				const refusal = (error: unknown) => {
					assert.ok(error instanceof SignInNeeded, String(error));
					assert.match(error.message, /\.$/);
					return true;
				};
				await assert.rejects(way.finish(visit, keysOf(id), proof, io, signal()), refusal);
				const other = await allow(way, keysOf(id));
				await assert.rejects(way.finish(other.visit, keysOf(id), 'wrong', io, signal()), refusal);
			});

			it(`is refused with ${id} for an address that is not registered`, async () => {
				const way = browserWay(id);
				const elsewhere = 'https://elsewhere.example/signed-in';
				if (id === 'person') {
					const { page } = await way.begin(keysOf(id), elsewhere, io, signal());
					const { status, location, text } = await press(page, 'Allow');
					assert.deepEqual([status, location], [400, undefined]);
					assert.match(text, /https:\/\/elsewhere\.example\/signed-in is not registered/);
				} else {
					await assert.rejects(way.begin(keysOf(id), elsewhere, io, signal()), SignInNeeded);
				}
			});

			for (const kind of ['500', 'cut', 'html', 'malformed'] as const) {
				it(`gives no account with ${id} where the exchange ends with ${kind}, and does not repeat it`, async () => {
					const { visit, proof } = await allow(browserWay(id), keysOf(id));
					const path = id === 'person' ? '/oauth2/access_token' : '/token';
					server.fault(path, kind);
					const before = server.requests.length;
					await assert.rejects(browserWay(id).finish(visit, keysOf(id), proof, io, signal()), (error) => {
						assert.ok(error instanceof ProviderError, String(error));
						assert.match(error.message, /\.$/);
						assert.ok(!error.message.includes(proof) && !String(error.cause).includes(proof));
						return true;
					});
					assert.deepEqual(lines(before), [`POST ${path}`]);
				});
			}
		}

		it('makes no request before the page of OAuth 2 is open, and one for that of OAuth 1', async () => {
			const before = server.requests.length;
			await browserWay('person').begin(keysOf('person'), 'https://oob', io, signal());
			assert.deepEqual(lines(before), []);
			await browserWay('person1').begin(keysOf('person1'), 'oob', io, signal());
			assert.deepEqual(lines(before), ['POST /initiate']);
		});

		it('has a state of 256 bits, and asks neither for scopes nor with PKCE', async () => {
			const { page, tie } = await browserWay('person').begin(keysOf('person'), 'https://oob', io, signal());
			assert.match(tie.value, /^[\w-]{43}$/);
			assert.deepEqual([...new URL(page).searchParams.keys()], ['client_id', 'redirect_uri', 'state']);
		});

		it('comes back with a refusal where the person denies, and with nothing at all by OAuth 1', async () => {
			const { page, tie } = await browserWay('person').begin(keysOf('person'), 'https://oob', io, signal());
			const { query } = await press(page, 'Deny');
			assert.deepEqual([query.get('error'), query.get('state'), query.get('code')], ['access_denied', tie.value, null]);
			const visit = await browserWay('person1').begin(keysOf('person1'), 'oob', io, signal());
			assert.equal((await press(visit.page, 'Deny')).location, undefined);
		});

		it('says that the keys of the application are wrong', async () => {
			const { visit, proof } = await allow(browserWay('person'), keysOf('person'));
			const wrong = { ...keysOf('person'), clientSecret: 'wrong' };
			await assert.rejects(browserWay('person').finish(visit, wrong, proof, io, signal()), (error) => {
				assert.ok(error instanceof Refused, String(error));
				assert.deepEqual(
					error.problems.map(({ field }) => field),
					['clientSecret'],
				);
				return true;
			});
			for (const field of ['applicationKey', 'applicationSecret']) {
				const values = { ...keysOf('person1'), [field]: 'wrong' };
				await assert.rejects(browserWay('person1').begin(values, 'oob', io, signal()), SignInNeeded);
			}
		});

		it('asks for the subdomain of the organisation and takes a whole address', async () => {
			const field = browserWay('person').fields.find(({ id }) => id === 'server');
			assert.ok(field?.kind === 'text' && field.required && field.initial === undefined);
			const values = { ...keysOf('person'), server: 'MyCompany' };
			const { page } = await browserWay('person').begin(values, 'https://oob', io, signal());
			assert.ok(page.startsWith('https://mycompany.projectplace.com/oauth2/authorize?'));
		});

		it('keeps secrets nowhere but among the secrets, and logs none', async () => {
			const log: string[] = [];
			for (const id of ['person', 'person1']) {
				const { visit, proof } = await allow(browserWay(id), keysOf(id));
				const [account] = await browserWay(id).finish(visit, keysOf(id), proof, signInIo(log), signal());
				const { secrets, ...open } = account!;
				for (const secret of Object.values(secrets)) {
					assert.ok(!JSON.stringify(open).includes(secret));
					assert.ok(!log.join('\n').includes(secret));
				}
				assert.ok(!log.join('\n').includes(proof));
			}
		});
	});

	describe('a person’s token', () => {
		const days = 86_400_000;
		const tokensIn = ({ accessToken, refreshToken }: Secrets) => ({ accessToken, refreshToken });
		const openPerson = async () =>
			openSession(projectplace, await signInAllowed(browserWay('person'), keysOf('person')));

		it('is renewed when ProjectPlace refuses it, and what came with it is kept', async () => {
			const { session, io: opening, verdicts, account } = await openPerson();
			await session.workspaces(signal());
			const before = server.requests.length;
			await forward(31 * days);
			session.forget();
			assert.ok((await session.workspaces(signal())).items.length > 0);
			assert.deepEqual(
				renewals(before).map(({ status }) => status),
				[200],
			);
			const kept = await opening.credentials.read();
			for (const name of ['accessToken', 'refreshToken']) {
				assert.ok(kept[name] && kept[name] !== account.secrets[name], name);
			}
			assert.deepEqual([kept.clientId, kept.clientSecret], [account.secrets.clientId, account.secrets.clientSecret]);
			assert.ok(verdicts.every(Boolean), 'a token that was renewed is no refusal');
		});

		it('is renewed for documents and uploads too', async () => {
			const { session } = await openPerson();
			const document = await firstDocument(session);
			const container = await session.archives!.uploading!.prepare(await writableContainer(session), signal());
			await forward(31 * days);
			assert.ok((await session.archives!.read(document!, signal())).stream);
			await forward(31 * days);
			assert.ok((await session.archives!.uploading!.upload(container, fileOf('after.txt', 'x'), signal())).id);
		});

		it('is renewed once by two windows that share it', async () => {
			const first = await openPerson();
			const second = projectplace.open(first.account, { ...first.io });
			await forward(31 * days);
			const before = server.requests.length;
			const [one, two] = await Promise.all([
				first.session.workspaces(signal()),
				second.workspaces(signal()),
				first.session.accountInfo(signal()),
				second.accountInfo(signal()),
			]);
			assert.deepEqual(one.items, two.items);
			assert.deepEqual(
				renewals(before).map(({ status }) => status),
				[200],
			);
		});

		it('that can’t be renewed any more asks to sign in again, and stays where it is', async () => {
			const { session, io: opening, account, verdicts } = await openPerson();
			await forward(121 * days);
			await assert.rejects(session.workspaces(signal()), SignInNeeded);
			assert.deepEqual(tokensIn(await opening.credentials.read()), tokensIn(account.secrets));
			assert.equal(verdicts.at(-1), false);
		});

		it('survives what a proxy or a server in distress says to the renewal', async () => {
			const { session, io: opening, account, verdicts } = await openPerson();
			await forward(31 * days);
			for (const kind of ['html', '503'] as const) {
				server.fault('/oauth2/access_token', kind);
				await assert.rejects(session.workspaces(signal()), ProviderError);
				server.clearFaults();
				assert.deepEqual(tokensIn(await opening.credentials.read()), tokensIn(account.secrets));
			}
			assert.ok(!verdicts.includes(false));
			assert.ok((await session.workspaces(signal())).items.length > 0);
		});

		it('is kept where nobody knows what became of the renewal, which is not tried a second time', async () => {
			const { session, io: opening, account } = await openPerson();
			await forward(31 * days);
			server.fault('/oauth2/access_token', '500');
			const before = server.requests.length;
			await assert.rejects(session.workspaces(signal()), ProviderError);
			await assert.rejects(session.workspaces(signal()), ProviderError);
			assert.equal(renewals(before).length, 1);
			assert.deepEqual(tokensIn(await opening.credentials.read()), tokensIn(account.secrets));
		});

		it('is what a trusted program gets, fresh', async () => {
			const { session } = await openPerson();
			const ask = async () => {
				const authorization = `Bearer ${await session.accessToken(signal())}`;
				return (await fetch(`${String(server.address.url)}/1/account`, { headers: { authorization } })).status;
			};
			assert.equal(await ask(), 200);
		});
	});

	it('gives a trusted program the four keys of OAuth 1 as a form', async () => {
		const robot = server.address.oauth1 as Record<string, string>;
		const { session } = await openAs('oauth1');
		assert.deepEqual(Object.fromEntries(new URLSearchParams(await session.accessToken(signal()))), {
			oauth_consumer_key: robot.applicationKey,
			oauth_consumer_secret: robot.applicationSecret,
			oauth_token: robot.accessTokenKey,
			oauth_token_secret: robot.accessTokenSecret,
		});
	});

	describe('the look at the connection', () => {
		const look = async ({ session }: Opened) => {
			const found = saysAll(await session.findings(signal()));
			return new Map(found.map((finding) => [finding.about, finding]));
		};
		const openPerson = async (id: string) => openSession(projectplace, await signInAllowed(browserWay(id), keysOf(id)));

		it('tells of a robot that its credentials last and that nobody knows whether it may write', async () => {
			for (const id of ['clientCredentials', 'oauth1']) {
				const found = await look(await openAs(id));
				assert.deepEqual(
					[...found].map(([about, { state }]) => [about, state]),
					[
						['Credentials', 'good'],
						['Acts as', 'good'],
						['Rights', 'unknown'],
						['Documents', 'good'],
						['Request limit', 'unknown'],
					],
				);
				assert.match(found.get('Credentials')!.message, /do not expire/);
				assert.equal(
					found.get('Acts as')!.message,
					'Requests are made as Robot 1, robot-1@quayside.example, Quayside.',
				);
				assert.match(found.get('Request limit')!.message, /at most 12 at once/);
			}
		});

		it('changes nothing, and repeats what became of the last change', async () => {
			const robot = await openAs('clientCredentials');
			const before = server.requests.length;
			await look(robot);
			assert.deepEqual(
				lines(before).filter((line) => !line.startsWith('GET ')),
				['POST /oauth2/access_token'].slice(0, renewals(before).length),
			);
			await robot.session.columnRenaming!.rename(await renamableColumn(robot.session), 'Neu', signal());
			assert.equal((await look(robot)).get('Rights')!.state, 'good');
			const values = { ...typed('clientCredentials'), ...(server.state.readOnly as Values) };
			const reader = await openAs('clientCredentials', values);
			assert.equal((await look(reader)).get('Documents')!.state, 'warning');
			const column = await renamableColumn(reader.session);
			await assert.rejects(reader.session.columnRenaming!.rename(column, 'No', signal()), NotAllowed);
			const rights = (await look(reader)).get('Rights')!;
			assert.equal(rights.state, 'warning');
			assert.match(rights.next!, /read-only/);
		});

		it('tells of a person until when the token is good and that it is renewed', async () => {
			const found = await look(await openPerson('person'));
			const { message, state } = found.get('Credentials')!;
			assert.equal(state, 'good');
			const end = new Date(Date.now() + 30 * 86_400_000);
			assert.ok(message.includes(new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(end)), message);
			assert.match(message, /renews it by itself/);
			assert.match(found.get('Acts as')!.message, /Dörte Müller/);
			assert.deepEqual(found.get('Acts as')!.personal, ['Dörte Müller', 'dorte@quayside.example', 'Quayside']);
		});

		it('tells the role of a person, where ProjectPlace tells it', async () => {
			const person = await openPerson('person1');
			assert.equal((await look(person)).get('Role')!.state, 'unknown');
			const withRole = (replies: Record<string, unknown>) =>
				openWith(person, async (input, init) => {
					const { pathname } = new URL(new Request(input, init).url);
					return pathname in replies ? Response.json(replies[pathname]) : fetch(input, init);
				});
			const people = { '/1/account/people': [{ id: '504', account_role: 'account_role_admin' }] };
			assert.match((await look(withRole(people))).get('Role')!.message, /administrator\.$/);
			const account = { '/1/account': { id: 4100, name: 'Quayside', managers: [{ id: 504, name: 'Dörte' }] } };
			assert.equal((await look(withRole(account))).get('Role')!.message, 'This person heads the account.');
		});

		it('goes on where one question fails', async () => {
			const person = await openPerson('person');
			server.fault('/1/account/people', '500');
			const found = await look(person);
			assert.deepEqual([found.get('Role')!.state, found.get('Credentials')!.state], ['bad', 'good']);
			server.clearFaults();
			server.fault('/2/documents', 'html');
			assert.equal((await look(person)).get('Documents')!.state, 'bad');
		});

		it('asks nothing more once the credentials are refused', async () => {
			const person = await openPerson('person');
			await forward(121 * 86_400_000);
			const found = await look(person);
			assert.equal(found.get('Credentials')!.state, 'bad');
			assert.equal(found.get('Documents'), undefined);
		});
	});

	describe('its token', () => {
		it('is asked for once, by the first request', async () => {
			const before = server.requests.length;
			await Promise.all([session.workspaces(signal()), session.accountInfo(signal())]);
			assert.equal(lines(before).filter((line) => line === 'POST /oauth2/access_token').length, 1);
			session.forget();
			await session.workspaces(signal());
			assert.equal(lines(before).filter((line) => line === 'POST /oauth2/access_token').length, 1);
		});

		it('is asked for again when ProjectPlace has withdrawn it, for reading, documents and uploads', async () => {
			const withdraw = () => (server.state.tokens as Map<string, unknown>).clear();
			const document = await firstDocument(session);
			const container = await session.archives!.uploading!.prepare(await writableContainer(session), signal());
			withdraw();
			session.forget();
			assert.ok((await session.workspaces(signal())).items.length > 0);
			withdraw();
			assert.equal((await session.archives!.read(document!, signal())).size! > 0, true);
			withdraw();
			assert.ok((await session.archives!.uploading!.upload(container, fileOf('after.txt', 'x'), signal())).id);
		});
	});

	describe('workspaces', () => {
		it('come from the robot’s own list, with the archived ones of the account behind them', async () => {
			const before = server.requests.length;
			const { items, next } = await session.workspaces(signal());
			assert.deepEqual(lines(before).sort(), [
				'GET /1/user/me/projects?include_tools=true',
				'POST /2/account/projects',
				'POST /oauth2/access_token',
			]);
			assert.equal(next, undefined);
			assert.deepEqual(
				items.filter(({ archived }) => archived).map(({ name }) => name),
				['Old library scans'],
			);
			assert.ok(items.at(-1)?.archived);
		});

		it('are those one is in where the account’s list is not allowed', async () => {
			server.fault('POST /2/account/projects', '403');
			const workspaces = await allWorkspaces(session);
			assert.equal(workspaces.length, 11);
			assert.ok(workspaces.every(({ archived }) => !archived));
		});

		it('fail as a whole where the account’s list fails otherwise', async () => {
			server.fault('POST /2/account/projects', '500');
			await assert.rejects(session.workspaces(signal()), Unreachable);
		});

		it('that are archived page by hundreds, and a full last page is followed by an empty one', async () => {
			const rows: number[] = [];
			const session = withFetch(async (input, init) => {
				const request = new Request(input, init);
				if (!request.url.endsWith('/2/account/projects')) {
					return fetch(request);
				}
				const { limit, row_number: row } = (await request.json()) as { limit: number; row_number: number };
				rows.push(row);
				return Response.json(
					Array.from({ length: row < 2 * limit ? limit : 0 }, (_, at) => ({ id: 5000 + row + at, name: 'Old' })),
				);
			});
			const first = await session.workspaces(signal());
			assert.deepEqual(rows, [0]);
			const all = await allItems(first, signal());
			assert.deepEqual(rows, [0, 100, 200]);
			assert.equal(all.filter(({ archived }) => archived).length, 200);
		});
	});

	it('lists no workspace twice that it is in and that a later page names as archived', async () => {
		const session = withFetch(async (input, init) => {
			const request = new Request(input, init);
			if (!request.url.endsWith('/2/account/projects')) {
				return fetch(request);
			}
			const { row_number: row } = (await request.json()) as { row_number: number };
			const old = Array.from({ length: 100 }, (_, at) => ({ id: 5000 + at, name: 'Old' }));
			return Response.json(row === 0 ? old : [{ id: 1001, name: 'Harbour renewal' }]);
		});
		const ids = (await allWorkspaces(session)).map(({ id }) => id);
		assert.equal(ids.length, new Set(ids).size);
	});

	describe('boards', () => {
		it('share one request for boards and one for cards among all their columns', async () => {
			const workspace = await workspaceAt(0);
			const before = server.requests.length;
			const [board] = (await session.boards!.list(workspace, signal())).items;
			const columns = await session.boards!.columns(board!, signal());
			for (const column of columns) {
				await session.boards!.cards(column, signal());
			}
			assert.deepEqual(lines(before), [`GET /1/projects/${workspace.id}/boards`, `GET /1/boards/${board!.id}/cards`]);
		});

		it('put cards in the order of the board, not of the reply', async () => {
			const { card, column } = await firstCard(session);
			const { items } = await session.boards!.cards(column, signal());
			assert.equal(items[0]!.id, card.id);
			const ids = items.map(({ id }) => Number(id));
			assert.deepEqual(
				ids,
				ids.toSorted((a, b) => a - b),
			);
		});

		it('have a first column whose id is 0, and cards in it', async () => {
			const { column } = await firstCard(session);
			assert.equal(column.id, '0');
		});

		it('keep nothing of a board that is gone', async () => {
			const board: Board = { id: '99', workspaceId: '1001', name: 'Gone' };
			await assert.rejects(session.boards!.columns(board, signal()), NotFound);
		});

		it('ask twelve at a time at most', async () => {
			let running = 0;
			let most = 0;
			const session = withFetch(async (input, init) => {
				running += 1;
				most = Math.max(most, running);
				const response = await fetch(input, init);
				running -= 1;
				return response;
			});
			const workspaces = await allWorkspaces(session);
			const lists = await Promise.all(workspaces.map((workspace) => session.boards!.list(workspace, signal())));
			const boards = lists.flatMap(({ items }) => items);
			const columns = await Promise.all(boards.map((board) => session.boards!.columns(board, signal())));
			await Promise.all(columns.flatMap(([first]) => (first ? [session.boards!.cards(first, signal())] : [])));
			assert.equal(most, 12);
		});
	});

	describe('document archives', () => {
		it('open one level at a time, by the archive’s own id', async () => {
			const archive = await rootOf();
			assert.equal(archive.id, '77001');
			const before = server.requests.length;
			const { items } = await session.archives!.entries(archive, signal());
			const folder = await folderOf(archive);
			await session.archives!.entries(folder, signal());
			assert.deepEqual(lines(before), [
				'GET /2/documents/77001',
				'GET /2/documents/77001',
				`GET /2/documents/${folder.id}`,
			]);
			const plan = items.find(
				(entry): entry is Document => entry.kind === 'document' && entry.fileName.endsWith('.xlsx'),
			);
			assert.equal(plan?.fileName, 'Zeitplan – Änderungen.xlsx');
			assert.match(plan?.webUrl ?? '', /^https:\/\/www\.projectplace\.com\/pp\/pp\.cgi\/r\d+$/);
		});

		it('of archived workspaces can be read and take nothing', async () => {
			const archive = await rootOf(11);
			assert.equal(archive.writable, false);
			assert.ok((await session.archives!.entries(archive, signal())).items.length > 0);
			await assert.rejects(session.archives!.uploading!.prepare(archive, signal()), NotAllowed);
		});

		it('give the size and type of a document and its bytes', async () => {
			const { items } = await session.archives!.entries(await rootOf(), signal());
			const pdf = items.find((entry): entry is Document => entry.kind === 'document' && entry.name.endsWith('.pdf'));
			const { stream, size, mediaType } = await session.archives!.read(pdf!, signal());
			const bytes = await collect(stream);
			assert.equal(bytes.length, size);
			assert.equal(mediaType, 'application/pdf');
			assert.equal(new TextDecoder().decode(bytes.subarray(0, 5)), '%PDF-');
		});

		it('never give a sign-in page as a document', async () => {
			const document = await firstDocument(session);
			server.fault('GET /1/documents', 'html');
			await assert.rejects(session.archives!.read(document!, signal()), UnexpectedReply);
		});

		it('keep both documents of one name at the root and make a version of the second in a folder', async () => {
			const uploading = session.archives!.uploading!;
			const root = await uploading.prepare(await rootOf(), signal());
			assert.deepEqual([root.kind === 'archive' && root.sameName, root.writable], ['duplicate', true]);
			const inRoot = [
				await uploading.upload(root, fileOf('a.txt', '1'), signal()),
				await uploading.upload(root, fileOf('a.txt', '2'), signal()),
			];
			assert.notEqual(inRoot[0]!.id, inRoot[1]!.id);
			assert.deepEqual(
				inRoot.map(({ version }) => version),
				[undefined, undefined],
			);
			const folder = await uploading.prepare(await folderOf(await rootOf()), signal());
			assert.equal(folder.kind === 'folder' && folder.sameName, 'version');
			const inFolder = [
				await uploading.upload(folder, fileOf('a.txt', '1'), signal()),
				await uploading.upload(folder, fileOf('a.txt', '2'), signal()),
			];
			assert.equal(inFolder[0]!.id, inFolder[1]!.id);
			assert.deepEqual(
				inFolder.map(({ version }) => version),
				[undefined, '0.2'],
			);
		});

		it('say in two different sentences what is no folder and what may not be written', async () => {
			const archive = await rootOf();
			const document = await firstDocument(session);
			const noFolder: Folder = { ...document!, kind: 'folder', writable: undefined };
			await assert.rejects(session.archives!.uploading!.prepare(noFolder, signal()), {
				name: 'NotAllowed',
				message: /is not a folder/,
			});
			const reader = await openAs('clientCredentials', {
				...typed('clientCredentials'),
				...(server.state.readOnly as Values),
			});
			await assert.rejects(reader.session.archives!.uploading!.prepare(archive, signal()), {
				name: 'NotAllowed',
				message: /not put documents into it/,
			});
		});

		it('of a workspace that was just made take documents', async () => {
			const made = await session.workspaceCreation!.form().submit({ name: 'Fresh' }, signal());
			const uploading = session.archives!.uploading!;
			const archive = await uploading.target!(made, signal());
			assert.deepEqual((await session.archives!.entries(archive, signal())).items, []);
			const { id } = await uploading.upload(
				await uploading.prepare(archive, signal()),
				fileOf('first.txt', 'x'),
				signal(),
			);
			const { items } = await session.archives!.entries(archive, signal());
			assert.deepEqual(
				items.map((entry) => entry.id),
				[id],
			);
		});
	});

	describe('a read-only robot', () => {
		it('sees the whole tree and is told why it may not write', async () => {
			const { session } = await openAs('clientCredentials', {
				...typed('clientCredentials'),
				...(server.state.readOnly as Values),
			});
			await firstCard(session);
			assert.ok(await firstDocument(session));
			const column = await renamableColumn(session);
			await assert.rejects(session.columnRenaming!.rename(column, 'No', signal()), {
				name: 'NotAllowed',
				message: /ACCESS_DENIED\.$/,
			});
			await assert.rejects(session.workspaceCreation!.form().submit({ name: 'No' }, signal()), NotAllowed);
			const [workspace] = await allWorkspaces(session);
			await assert.rejects(session.boardCreation!.form(workspace!).submit({ name: 'No' }, signal()), NotAllowed);
		});
	});

	describe('a new workspace', () => {
		const ownerOf = (id: string) =>
			(server.state.projects as { id: number; owner_id: number }[]).find((one) => String(one.id) === id)?.owner_id;

		it('gets the chosen head, or the account’s first one', async () => {
			const form = session.workspaceCreation!.form();
			assert.equal(ownerOf((await form.submit({ name: 'A', owner: '507' }, signal())).id), 507);
			assert.equal(ownerOf((await form.submit({ name: 'B' }, signal())).id), 501);
		});

		it('is in the list at once', async () => {
			await session.workspaces(signal());
			const { id } = await session.workspaceCreation!.form().submit({ name: 'A' }, signal());
			assert.ok((await allWorkspaces(session)).some((workspace) => workspace.id === id));
		});

		it('is refused in the vendor’s words', async () => {
			await assert.rejects(session.workspaceCreation!.form().submit({ name: 'A', owner: '1' }, signal()), (error) => {
				assert.ok(error instanceof Refused);
				assert.match(error.message, /INVALID_OWNER_ID/);
				return true;
			});
		});

		it('offers the account’s heads first and nobody twice', async () => {
			const choices = await allItems(await ownerField(session).choices({}, signal()), signal());
			assert.deepEqual(
				choices.slice(0, 2).map(({ label }) => label),
				['Ada Lindqvist', 'Björk Jónsdóttir'],
			);
			assert.equal(new Set(choices.map(({ value }) => value)).size, choices.length);
		});
	});

	describe('a new board', () => {
		it('is in the list at once, with columns, its description as HTML', async () => {
			const workspace = await workspaceAt(0);
			const before = (await session.boards!.list(workspace, signal())).items;
			const form = session.boardCreation!.form(workspace);
			const made = await form.submit({ name: ' Nächste Schritte ', description: 'A < B & C' }, signal());
			assert.deepEqual([made.name, made.workspaceId], ['Nächste Schritte', workspace.id]);
			const after = (await session.boards!.list(workspace, signal())).items;
			assert.equal(after.length, before.length + 1);
			assert.deepEqual(made, after.at(-1));
			assert.deepEqual(made.description, { html: 'A &lt; B &amp; C' });
			const columns = await session.boards!.columns(made, signal());
			assert.ok(columns.length > 0);
			assert.deepEqual((await session.boards!.cards(columns[0]!, signal())).items, []);
		});

		it('needs nothing but a name and asks for nothing beforehand', async () => {
			const workspace = await workspaceAt(0);
			const before = server.requests.length;
			const form = session.boardCreation!.form(workspace);
			assert.equal(server.requests.length, before);
			const { id, description } = await form.submit({ name: 'Plain', description: ' ' }, signal());
			assert.equal(description, undefined);
			const kept = (server.state.boards as Record<string, unknown>[]).find((board) => String(board.id) === id);
			assert.equal(kept?.description, undefined);
		});

		it('is asked for once, also where the server fails', async () => {
			const form = session.boardCreation!.form(await workspaceAt(0));
			server.fault('POST', '500');
			const before = server.requests.length;
			await assert.rejects(form.submit({ name: 'A' }, signal()), OutcomeUnknown);
			assert.equal(server.requests.length, before + 1);
		});
	});

	it('tells account, heads and who is signed in', async () => {
		const facts = Object.fromEntries((await session.accountInfo(signal())).map(({ label, value }) => [label, value]));
		assert.deepEqual(facts, {
			Account: 'Quayside',
			'Account number': '4100',
			'Head administrators': 'Ada Lindqvist, Björk Jónsdóttir',
			'Signed in as': 'Robot 1',
			'E-mail': 'robot-1@quayside.example',
		});
	});
});

describe('ProjectPlace’s replies', () => {
	const board = { id: '610', name: 'Delivery', progresses: [], labels: [{ id: '3', name: 'Bug' }] };
	const cardOf = (wire: Parameters<typeof toCards>[0][number]) =>
		toCards([{ column_id: '0', ...wire }], board).get('0')?.[0];

	it('give columns in display order where all have one, else as they came', () => {
		const names = (progresses: { id: string; name: string; display_order?: number }[]) =>
			toColumns({ id: '610', name: 'B', progresses }, '9001').map(({ name }) => name);
		assert.deepEqual(
			names([
				{ id: '1', name: 'second', display_order: 1 },
				{ id: '0', name: 'first', display_order: 0 },
			]),
			['first', 'second'],
		);
		assert.deepEqual(
			names([
				{ id: '1', name: 'as', display_order: 1 },
				{ id: '0', name: 'it came' },
			]),
			['as', 'it came'],
		);
	});

	it('put a card in the column of its progress where column_id is missing', () => {
		const groups = toCards(
			[
				{ id: '1', title: 'A', progress: { id: '0' } },
				{ id: '2', title: 'B', column_id: '0', progress: { id: '7' } },
			],
			board,
		);
		assert.deepEqual(
			groups.get('0')?.map(({ id }) => id),
			['1', '2'],
		);
	});

	it('become a card with all that is known', () => {
		const card = cardOf({
			id: '5',
			title: 'Order the pump',
			description: '<p>soon</p>',
			assignee: { name: 'Ada' },
			contributors: [{ name: 'Björk' }, {}],
			start_date: '2026-01-31',
			due_date: '2026-02-14',
			label_id: '3',
			is_done: false,
			is_blocked: 1,
			is_blocked_reason: 'No budget',
			direct_url: 'https://service.projectplace.com/#direct/card/5',
		});
		assert.deepEqual(card, {
			id: '5',
			boardId: '610',
			columnId: '0',
			title: 'Order the pump',
			description: { html: '<p>soon</p>' },
			assignees: ['Ada', 'Björk'],
			startDate: '2026-01-31',
			dueDate: '2026-02-14',
			labels: ['Bug'],
			done: false,
			blocked: 'No budget',
			webUrl: 'https://service.projectplace.com/#direct/card/5',
		});
	});

	it('become a card with nothing but a title', () => {
		const card = cardOf({
			id: '5',
			title: 'A',
			description: '',
			assignee: null,
			due_date: null,
			is_blocked: true,
			is_blocked_reason: null,
		});
		assert.deepEqual(JSON.parse(JSON.stringify(card)), {
			id: '5',
			boardId: '610',
			columnId: '0',
			title: 'A',
			blocked: '',
		});
	});

	it('keep a file name that is not percent-encoded rightly as it is', () => {
		const entry = toEntry(
			{ id: '1', type: 'Document', file_name: '100 %', os_file_name: '100 %' },
			{ kind: 'folder', id: '2', name: 'F' },
		);
		assert.equal(entry.kind === 'document' && entry.fileName, '100 %');
	});

	it('give what is neither folder nor document as a leaf that says so', () => {
		const entry = toEntry({ id: '1', type: 'Url', file_name: 'Intranet' }, { kind: 'folder', id: '2', name: 'F' });
		assert.ok(entry.kind === 'document' && entry.notDownloadable);
	});

	it('mark archived boards', () => {
		assert.equal(toBoard({ id: '1', name: 'B', progresses: [], is_archived: true }, '2').archived, true);
	});

	it('name a version only where there was one before', () => {
		assert.deepEqual([null, '', 0, '0', '0.1', '0.2', 3].map(versionOf), [
			undefined,
			undefined,
			undefined,
			undefined,
			undefined,
			'0.2',
			'3',
		]);
	});

	it('explain failures by their code, by other words, or by their text', () => {
		const reply = (status: number, body: unknown) => explain({ status, headers: new Headers(), body });
		const said = (status: number, body: unknown) => {
			const { name, message } = failureOf({ status, headers: new Headers(), body }, explain);
			return `${name}: ${message}`;
		};
		assert.equal(said(400, { error_code: 'INVALID_NAME' }), 'Refused: ProjectPlace declined: INVALID_NAME.');
		assert.equal(
			said(403, { message: 'No right' }),
			'NotAllowed: ProjectPlace does not allow Acme to do this: No right.',
		);
		assert.equal(said(422, 'plain words'), 'Refused: ProjectPlace declined: plain words.');
		assert.equal(reply(502, '<html>'), undefined);
		assert.match(said(200, { error_code: 'NOT_FOUND_BOARD' }), /^NotFound: /);
		assert.equal(reply(200, { id: 1 }), undefined);
	});
});
