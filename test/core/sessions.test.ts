import assert from 'node:assert/strict';
import type { Session, SessionIo, SignedIn } from '../../src/core/provider.ts';
import type { SentEntry } from '../../src/core/sentLog.ts';
import { Sessions } from '../../src/core/sessions.ts';
import { fakeProvider, memoryAccounts, signedIn, windowsOn } from '../support/fakeProvider.ts';
import { linkedWindows } from '../support/links.ts';
import { collectingLog, signal } from '../support/session.ts';

interface Opening {
	readonly account: SignedIn;
	readonly io: SessionIo;
}

function open(windows = windowsOn(), practice = async () => signedIn(), parts: Partial<Session> = {}) {
	const sent: SentEntry[] = [];
	const openings: Opening[] = [];
	let forgotten = 0;
	const provider = fakeProvider(parts);
	const { accounts } = memoryAccounts(windows);
	const sessions = new Sessions({
		accounts,
		providers: [
			{
				...provider,
				open: (account, io) => {
					openings.push({ account, io });
					return { ...provider.open(account, io), forget: () => (forgotten += 1) };
				},
			},
		],
		io: () => ({
			fetch: globalThis.fetch,
			send: async () => ({ status: 500, headers: new Headers(), text: '' }),
			log: collectingLog([]),
			setting: () => undefined,
		}),
		practice,
		onSent: (entry) => void sent.push(entry),
	});
	return { accounts, sessions, openings, sent, forgottenTimes: () => forgotten };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('sessions', () => {
	it('are opened once as long as the account stays the same, and anew when it signs in again', async () => {
		const { accounts, sessions, openings } = open();
		const account = await accounts.add('fake', signedIn());
		await sessions.ready(account, signal());
		await sessions.ready(account, signal());
		assert.equal(openings.length, 1);
		await accounts.renew(account.id, signedIn({ server: 'https://elsewhere.example' }));
		await sessions.ready(account, signal());
		assert.equal(openings.at(-1)?.account.server, 'https://elsewhere.example');
	});

	it('forget everything when the account signs out', async () => {
		const { accounts, sessions, openings, forgottenTimes } = open();
		const account = await accounts.add('fake', signedIn());
		await sessions.ready(account, signal());
		await accounts.remove(account.id);
		assert.equal(forgottenTimes(), 1);
		sessions.peek(account);
		assert.equal(openings.length, 2, 'nothing is left of the first');
	});

	it('mark the account that the vendor refuses, keep its secrets, and take the mark away when it is accepted', async () => {
		const { accounts, sessions, openings } = open();
		const account = await accounts.add('fake', signedIn());
		await sessions.ready(account, signal());
		openings[0]?.io.onVerdict(false);
		await settled();
		assert.ok(accounts.isRefused(account.id));
		assert.equal((await accounts.credentials(account).read())['token'], 's3cret');
		openings[0]?.io.onVerdict(true);
		await settled();
		assert.ok(!accounts.isRefused(account.id));
	});

	it('stay open when their account is marked, so that its tree stays as it is', async () => {
		const { accounts, sessions, openings } = open();
		const account = await accounts.add('fake', signedIn());
		await sessions.ready(account, signal());
		openings[0]?.io.onVerdict(false);
		await settled();
		await sessions.ready(account, signal());
		assert.equal(openings.length, 1);
	});

	const writing: Partial<Session> = { columnRenaming: { rename: () => assert.fail('nothing is written') } };

	it('of a locked account have no part that writes, without being opened anew', async () => {
		const { accounts, sessions, openings } = open(windowsOn(), undefined, writing);
		const account = await accounts.add('fake', signedIn());
		const before = await sessions.ready(account, signal());
		assert.ok(before.columnRenaming);
		await accounts.lock(account.id, true);
		assert.equal((await sessions.ready(account, signal())).columnRenaming, undefined);
		assert.equal(sessions.peek(account).columnRenaming, undefined, 'whoever holds the account of before too');
		assert.equal(sessions.peek(account), sessions.peek(account));
		await accounts.lock(account.id, false);
		assert.equal(await sessions.ready(account, signal()), before);
		assert.equal(openings.length, 1);
	});

	it('say that nothing may be written as soon as another window has locked the account', async () => {
		const [first, second] = linkedWindows(2);
		const here = open(first);
		const there = open(second);
		const account = await here.accounts.add('fake', signedIn());
		await settled();
		await there.sessions.ready(account, signal());
		assert.equal(there.openings[0]?.io.log.changes?.mayWrite(), true);
		await here.accounts.lock(account.id, true);
		await settled();
		assert.equal(there.openings[0]?.io.log.changes?.mayWrite(), false);
	});

	it('tell what was sent without any secret that they have read or renewed', async () => {
		const { accounts, sessions, openings, sent } = open();
		const account = await accounts.add('fake', signedIn({ secrets: { token: 's3cret token' } }));
		await sessions.ready(account, signal());
		const { credentials, log } = openings[0]!.io;
		await credentials.read();
		await credentials.exclusively(() => credentials.replace({ token: 'n3w token' }), signal());
		const path = '/initiatives?token=s3cret%20token';
		const entry = { account: 'Acme', time: new Date(), method: 'POST', path, body: '{"a":"n3w token"}', status: 200 };
		log.changes?.sent(entry);
		assert.deepEqual(sent, [{ ...entry, path: '/initiatives?token=‹secret›', body: '{"a":"‹secret›"}' }]);
	});

	it('of practice accounts talk to the sandbox of their own window and change nothing in the others', async () => {
		const [first, second] = linkedWindows(2);
		const here = open(first, async () => signedIn({ server: 'http://127.0.0.1:1', secrets: { token: 'one' } }));
		const there = open(second, async () => signedIn({ server: 'http://127.0.0.1:2', secrets: { token: 'two' } }));
		const account = await here.accounts.add('fake', signedIn({ server: 'http://127.0.0.1:1' }), true);
		await settled();
		await here.sessions.ready(account, signal());
		await there.sessions.ready(account, signal());
		await here.sessions.ready(account, signal());
		const servers = [here, there].map(({ openings }) => openings.at(-1)?.account.server);
		assert.deepEqual(servers, ['http://127.0.0.1:1', 'http://127.0.0.1:2']);
		assert.equal((await there.openings.at(-1)?.io.credentials.read())?.['token'], 'two');
		assert.equal(here.accounts.list()[0]?.server, 'http://127.0.0.1:1');
	});
});

describe('accounts in two windows', () => {
	function twoWindows() {
		const [first, second] = linkedWindows(2);
		return [memoryAccounts(first).accounts, memoryAccounts(second).accounts] as const;
	}

	it('are the same, in the same order, as soon as one of them changes something', async () => {
		const [first, second] = twoWindows();
		let told = 0;
		second.onDidChange(() => (told += 1));
		await first.add('fake', signedIn());
		const other = await first.add('fake', signedIn({ identity: 'acme/2', label: 'Other' }));
		await first.move(other.id, -1);
		await settled();
		assert.deepEqual(
			second.list().map(({ name }) => name),
			['Other', 'Acme'],
		);
		assert.equal(told, 3);
	});

	it('are gone from both with one sign-out', async () => {
		const [first, second] = twoWindows();
		const account = await first.add('fake', signedIn());
		await settled();
		await first.remove(account.id);
		await settled();
		assert.deepEqual(second.list(), []);
		await assert.rejects(second.credentials(account).read());
	});

	it('are marked in both when the vendor refuses one', async () => {
		const [first, second] = twoWindows();
		const account = await first.add('fake', signedIn());
		first.judge(account.id, false);
		await settled();
		assert.ok(second.isRefused(account.id));
		await second.renew(account.id, signedIn({ secrets: { token: 'new' } }));
		await settled();
		assert.ok(!first.isRefused(account.id));
		assert.equal((await first.credentials(account).read())['token'], 'new');
	});
});
