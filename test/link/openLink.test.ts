import assert from 'node:assert/strict';
import type { Link } from '../../src/core/windows.ts';
import { openLink } from '../../src/host/link.ts';
import { webLink } from '../../src/host/webLink.ts';
import { Editor, keptLog, never, until } from './support.ts';

/** Takes a name in the first; it is not to be had in the second until it is given back. */
async function areExclusive(first: Link, second: Link): Promise<void> {
	const ran: string[] = [];
	const { promise, resolve: release } = Promise.withResolvers<void>();
	const { promise: started, resolve: start } = Promise.withResolvers<void>();
	const running = first.exclusively(
		'x',
		async () => {
			start();
			await promise;
			ran.push('first');
		},
		never,
	);
	await started;
	const next = second.exclusively('x', async () => void ran.push('second'), never);
	const abort = new AbortController();
	const givenUp = second.exclusively('x', () => assert.fail(), abort.signal);
	abort.abort(new Error('given up'));
	await assert.rejects(givenUp, /given up/);
	await second.exclusively('y', () => Promise.resolve(), never);
	release();
	await Promise.all([running, next]);
	assert.deepEqual(ran, ['first', 'second']);
}

function heardBy(link: Link): string[] {
	const heard: string[] = [];
	link.onText((text) => heard.push(text));
	return heard;
}

describe('the link of an extension host', () => {
	const open: { dispose(): unknown }[] = [];
	const opened = <T extends { dispose(): unknown }>(one: T): T => {
		open.push(one);
		return one;
	};
	const isWeb = (value: boolean): void => {
		Reflect.set(globalThis, 'IS_WEB', value);
		open.push({ dispose: () => Reflect.deleteProperty(globalThis, 'IS_WEB') });
	};
	afterEach(() => Promise.all(open.splice(0).map((one) => one.dispose())));

	it('joins windows by their storage folder', async () => {
		isWeb(false);
		const editor = new Editor();
		opened({ dispose: () => editor.close() });
		const [first, second] = [openLink(editor.folder, keptLog()), openLink(editor.folder, keptLog())].map(opened);
		assert.ok(first && second);
		const heard = heardBy(second);
		first.send('a');
		first.send('b');
		await areExclusive(first, second);
		await until('all is there', () => heard.length === 2);
		assert.deepEqual(heard, ['a', 'b']);
	});

	it('is alone where there is no folder', async () => {
		isWeb(false);
		const link = opened(openLink(undefined, keptLog()));
		await areExclusive(link, link);
	});

	it('joins the tabs of a browser', async () => {
		isWeb(true);
		const links = [openLink('/ignored', keptLog()), openLink(undefined, keptLog()), webLink()].map(opened);
		const heard = links.map(heardBy);
		links[0]?.send('a');
		links[0]?.send('b');
		await areExclusive(links[0]!, links[1]!);
		await until('all is there', () => heard[1]?.length === 2 && heard[2]?.length === 2);
		assert.deepEqual(heard, [[], ['a', 'b'], ['a', 'b']]);
	});

	it('does what a browser without channels or locks still allows', async () => {
		const [deaf, free] = [webLink({ navigator }), webLink({ BroadcastChannel })].map(opened);
		assert.ok(deaf && free);
		const heard = heardBy(opened(webLink()));
		deaf.send('nobody hears this');
		await areExclusive(deaf, opened(webLink()));
		await areExclusive(free, free);
		free.send('this is heard');
		await until('it is there', () => heard.length > 0);
		assert.deepEqual(heard, ['this is heard']);
	});

	it('ends waiting when a tab is closed', async () => {
		const [first, second] = [webLink(), webLink()].map(opened);
		assert.ok(first && second);
		const { promise, resolve: release } = Promise.withResolvers<void>();
		const running = first.exclusively('x', () => promise, never);
		const waiting = second.exclusively('x', () => assert.fail(), never);
		second.dispose();
		await assert.rejects(waiting, { name: 'AbortError' });
		release();
		await running;
	});
});
