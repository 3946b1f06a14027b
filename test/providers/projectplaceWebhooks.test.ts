import assert from 'node:assert/strict';
import { InvalidInput, NotAllowed, NotFound, OutcomeUnknown, Refused } from '../../src/core/errors.ts';
import { initialValues, problemsOf } from '../../src/core/form.ts';
import type { Board } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import type { Session, SessionIo } from '../../src/core/provider.ts';
import { webhookField } from '../../src/core/webhooks.ts';
import { projectplace } from '../../src/providers/projectplace/index.ts';
import type { FaultKind } from '../../src/sandbox/faults.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { type Opened, openPractice, signal } from '../support/session.ts';
import { readOnlySession } from './projectplaceJobs.ts';

interface Kept {
	id: number | string;
	[name: string]: unknown;
}

describe('ProjectPlace’s webhooks', () => {
	let server: TestVendor;
	let opened: Opened;
	let session: Session;
	let board: Board;
	let other: Board;
	const address = 'https://hooks.example/cards';
	const known = ['card_status_change'];
	const values = { address, events: known };

	beforeEach(async () => {
		server = await startVendor('projectplace');
		opened = await openPractice(projectplace, server.address);
		({ session } = opened);
		const [workspace] = (await session.workspaces(signal())).items;
		[board, other] = (await session.boards!.list(workspace!, signal())).items as [Board, Board];
	});
	afterEach(() => server.close());

	const hooks = (of = session) => of.webhooks!;
	const kept = () => server.state.webhooks as Kept[];
	const subscribe = (given = values, at = board, of = session) => hooks(of).subscribe(at, given, signal());
	const list = (at = board) => hooks().list(at, signal());
	const writes = () =>
		server.requests
			.filter(({ method, path }) => method !== 'GET' && path.includes('webhooks'))
			.map(({ method, path }) => `${method} ${path}`);
	const keep = (given: Partial<Kept>): void => {
		const artifact_id = Number(board.id);
		const whole = { id: 7, artifact_type: 'board', artifact_id, event_type: known, project_id: 1001, webhook: address };
		kept().push({ ...whole, ...given });
	};
	/** A session of which some requests are answered here; the bodies of the others are kept. */
	function watched(answer: (request: Request) => Response | undefined = () => undefined) {
		const sent: unknown[] = [];
		const watching: typeof fetch = async (input, init) => {
			const request = new Request(input, init);
			const given = answer(request);
			if (!given && ['POST', 'PUT'].includes(request.method) && request.url.includes('webhooks')) {
				sent.push(await request.clone().json());
			}
			return given ?? fetch(request);
		};
		return { of: projectplace.open(opened.account, { ...opened.io, fetch: watching } satisfies SessionIo), sent };
	}

	it('ask for an address and for events, of which one is known and others can be typed', async () => {
		const fields = hooks().fields(board);
		assert.deepEqual(
			fields.map(({ id }) => id),
			[webhookField.address, 'events'],
		);
		assert.deepEqual(initialValues(fields).events, known);
		const events = fields[1]!;
		assert.ok(events.kind === 'choice' && events.free && events.many);
		assert.deepEqual(await allItems(await events.choices({}, signal()), signal()), [
			{ value: 'card_status_change', label: 'A card changes its column', detail: 'card_status_change' },
		]);
		assert.deepEqual(problemsOf(fields, { address, events: ['card_create', 'Whatever_2'] }), []);
		assert.match(problemsOf(fields, { address, events: ['two words'] })[0]!.message, /“two words” is no word/);
	});

	it('go to https alone', async () => {
		for (const good of [address, ' https://a.example ', 'https://a.example:8443/x?y=1']) {
			assert.equal(hooks().checkAddress(good), undefined, good);
		}
		for (const bad of ['http://a.example', 'ftp://a.example', 'a.example', '', 'https://', 'javascript:alert(1)']) {
			assert.match(hooks().checkAddress(bad) ?? '', /\.$/, bad);
			await assert.rejects(subscribe({ ...values, address: bad }), InvalidInput);
			await assert.rejects(
				hooks().changeAddress({ id: '7', address, events: known, boardId: board.id }, bad, signal()),
				InvalidInput,
			);
		}
		await assert.rejects(subscribe({ address, events: [] }), InvalidInput);
		assert.deepEqual(writes(), []);
	});

	it('are subscribed to with the workspace of the board, and stand in its list alone', async () => {
		const { of, sent } = watched();
		const made = await subscribe(values, board, of);
		assert.deepEqual(sent, [
			{
				artifact_type: 'board',
				artifact_id: Number(board.id),
				project_id: Number(board.workspaceId),
				event_type: known,
				webhook: address,
			},
		]);
		assert.deepEqual(made, { id: '55', address, events: known, boardId: board.id });
		assert.deepEqual(await list(), [made]);
		assert.deepEqual(await list(other), []);
	});

	it('are not subscribed to a second time', async () => {
		const made = await subscribe();
		assert.deepEqual(await subscribe({ address: ` ${address} `, events: [...known, ...known] }), made);
		assert.deepEqual(writes(), ['POST /1/webhooks']);
	});

	it('may have ids of hexadecimal text, one event as a text, and neighbours of another kind', async () => {
		keep({ id: '5f1a0b2c3d4e5f6071829304', event_type: 'card_status_change' });
		keep({ id: 8, artifact_type: 'project' });
		keep({ id: 9, artifact_id: board.id, event_type: ['card_create', 'card_done'] });
		const all = await list();
		assert.deepEqual(
			all.map(({ id, events }) => [id, events]),
			[
				['5f1a0b2c3d4e5f6071829304', known],
				['9', ['card_create', 'card_done']],
			],
		);
		await hooks().changeAddress(all[0]!, 'https://next.example', signal());
		assert.equal(kept()[0]!.webhook, 'https://next.example');
		await hooks().unsubscribe(all[0]!, signal());
		assert.deepEqual(writes(), [
			'PUT /1/webhooks/5f1a0b2c3d4e5f6071829304/update',
			'DELETE /1/webhooks/5f1a0b2c3d4e5f6071829304',
		]);
	});

	it('get another address with the events they have, and none where it is the same', async () => {
		const made = await subscribe();
		const { of, sent } = watched();
		const changed = await hooks(of).changeAddress(made, ' https://next.example/x ', signal());
		assert.deepEqual(changed, { ...made, address: 'https://next.example/x' });
		assert.deepEqual(sent, [{ event_type: known, webhook: 'https://next.example/x' }]);
		assert.deepEqual(await list(), [changed]);
		assert.deepEqual(await hooks(of).changeAddress(changed, changed.address, signal()), changed);
		assert.equal(sent.length, 1);
	});

	it('take any good answer to a change, also an empty one', async () => {
		keep({});
		const { of } = watched(({ method }) => (method === 'PUT' ? new Response(null, { status: 200 }) : undefined));
		const [made] = await list();
		assert.equal((await hooks(of).changeAddress(made!, 'https://b.example', signal())).address, 'https://b.example');
	});

	it('end when they are unsubscribed, and say so when they are gone already', async () => {
		const made = await subscribe();
		await hooks().unsubscribe(made, signal());
		assert.deepEqual(await list(), []);
		await assert.rejects(hooks().unsubscribe(made, signal()), NotFound);
		await assert.rejects(hooks().changeAddress(made, 'https://b.example', signal()), NotFound);
	});

	it('say what ProjectPlace declines, such as an event it does not know or a board that is gone', async () => {
		await assert.rejects(subscribe({ address, events: ['card_create'] }), (error) => {
			assert.ok(error instanceof Refused);
			assert.match(error.message, /INVALID_EVENT_TYPE/);
			return true;
		});
		await assert.rejects(subscribe(values, { ...board, id: '1' }), NotFound);
		assert.deepEqual(kept(), []);
	});

	it('are refused to a robot that only reads, who still sees them', async () => {
		const made = await subscribe();
		const reader = await readOnlySession(server);
		assert.deepEqual(await hooks(reader).list(board, signal()), [made]);
		await assert.rejects(subscribe({ ...values, address: 'https://b.example' }, board, reader), NotAllowed);
		await assert.rejects(hooks(reader).changeAddress(made, 'https://b.example', signal()), NotAllowed);
		await assert.rejects(hooks(reader).unsubscribe(made, signal()), NotAllowed);
		assert.deepEqual(await list(), [made]);
	});

	for (const [kind, isMade] of [
		['500', false],
		['cut', true],
		['drop', false],
		['malformed', true],
	] as const satisfies readonly (readonly [FaultKind, boolean])[]) {
		it(`are sent once where the answer is: ${kind}, and asking again makes no second one`, async () => {
			server.fault('POST /1/webhooks', kind, 1);
			await assert.rejects(subscribe(), OutcomeUnknown);
			assert.equal(writes().length, 1);
			assert.equal(kept().length, isMade ? 1 : 0);
			await subscribe();
			assert.equal(kept().length, 1);
			server.fault('PUT', kind, 1);
			const [made] = await list();
			const isUnread = kind === 'malformed';
			const changing = hooks().changeAddress(made!, 'https://b.example', signal());
			await (isUnread ? changing : assert.rejects(changing, OutcomeUnknown));
			assert.equal(writes().filter((line) => line.startsWith('PUT')).length, 1);
		});
	}

	it('wait where there are too many requests', async () => {
		server.fault('POST /1/webhooks', '429', 1);
		await subscribe();
		assert.equal(kept().length, 1);
	}).timeout(10_000);
});
