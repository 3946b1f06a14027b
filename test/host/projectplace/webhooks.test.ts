import assert from 'node:assert/strict';
import type { Node } from '../../../src/views/node.ts';
import { Quay, run } from './support.ts';

const first = 'https://quay.example/first';
const second = 'https://quay.example/second';

describe('projectplace: webhooks of a board', () => {
	let quay: Quay;
	let board: Node;
	before(async () => {
		quay = await Quay.open();
		board = await quay.board();
	});
	afterEach(() => quay.served.faults.clear());
	after(() => quay.close());

	const addresses = () => quay.held.webhooks.map(({ webhook }) => webhook);
	const events = { tick: ['A card changes its column'] };

	it('are offered at the line of a board', () => {
		assert.ok(board.item().context.includes('webhooks'));
	});

	it('are none at first, which is said by offering to subscribe alone', async () => {
		const { offered } = await run([{ leave: true }], 'showWebhooks', board);
		assert.deepEqual(offered, ['$(add) Subscribe an address…']);
	});

	it('are not told where others on the way could read it: http is refused beneath the box', async () => {
		const writes = await quay.writesWhile(async () => {
			const steps = [{ type: 'http://quay.example/hook' }, { type: 'quay' }, { leave: true }] as const;
			const { said } = await run(steps, 'addWebhook', board);
			assert.equal(said.filter((one) => one.includes('https://')).length, 2, said.join(' | '));
		});
		assert.deepEqual(writes, []);
	});

	it('send nothing before the person was told where data goes and agreed', async () => {
		const writes = await quay.writesWhile(async () => {
			const { said } = await run([{ type: first }, events, { press: undefined }], 'addWebhook', board);
			assert.match(said.join('\n'), /Send what happens on Delivery to quay\.example\?/);
			assert.match(said.join('\n'), /Data of its cards will leave for https:\/\/quay\.example\/first\./);
			assert.match(said.join('\n'), /under your own control/);
		});
		assert.deepEqual(writes, []);
	});

	it('are subscribed', async () => {
		await run([{ type: first }, events, { press: 'Subscribe' }], 'addWebhook', board);
		assert.deepEqual(addresses(), [first]);
		assert.deepEqual(quay.held.webhooks[0]?.['event_type'], ['card_status_change']);
		assert.equal(String(quay.held.webhooks[0]?.['artifact_id']), board.thing?.id);
	});

	it('are not subscribed twice', async () => {
		const writes = await quay.writesWhile(() =>
			run([{ type: first }, events, { press: 'Subscribe' }], 'addWebhook', board),
		);
		assert.deepEqual(writes, []);
		assert.deepEqual(addresses(), [first]);
	});

	it('are listed, get another address after the same question, and http is refused for it too', async () => {
		const steps = [
			{ pick: first },
			{ pick: 'Change address' },
			{ type: 'http://quay.example/second' },
			{ type: second },
			{ press: 'Change' },
			{ pick: second },
			{ leave: true },
			{ leave: true },
		] as const;
		const { said } = await run(steps, 'showWebhooks', board);
		assert.match(said.join('\n'), /Data of its cards will leave for https:\/\/quay\.example\/second\./);
		assert.match(said.join('\n'), /https:\/\//);
		assert.deepEqual(addresses(), [second]);
	});

	it('stay where changing the address is not agreed to', async () => {
		const writes = await quay.writesWhile(() =>
			run(
				[{ pick: second }, { pick: 'Change address' }, { type: first }, { press: undefined }, { leave: true }],
				'showWebhooks',
				board,
			),
		);
		assert.deepEqual(writes, []);
		assert.deepEqual(addresses(), [second]);
	});

	it('of another board are not among them', async () => {
		const { offered } = await run([{ leave: true }], 'showWebhooks', await quay.board('Design'));
		assert.deepEqual(offered, ['$(add) Subscribe an address…']);
	});

	it('are unsubscribed after a question, and not without it', async () => {
		const leave = [{ pick: second }, { pick: 'Unsubscribe' }, { press: undefined }, { leave: true }] as const;
		const { said } = await run(leave, 'showWebhooks', board);
		assert.match(said.join('\n'), /Tell quay\.example no longer what happens on Delivery\?/);
		assert.deepEqual(addresses(), [second]);
		await run(
			[{ pick: second }, { pick: 'Unsubscribe' }, { press: 'Unsubscribe' }, { leave: true }],
			'showWebhooks',
			board,
		);
		assert.deepEqual(addresses(), []);
	});

	it('say why where ProjectPlace refuses', async () => {
		quay.served.faults.add({ pattern: 'POST /1/webhooks', kind: '403' });
		const { said } = await run([{ type: first }, events, { press: 'Subscribe' }], 'addWebhook', board);
		assert.match(said.at(-1) ?? '', /ProjectPlace/);
		assert.deepEqual(addresses(), []);
	});
});
