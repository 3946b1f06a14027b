import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import type { Link } from '../../src/core/windows.ts';
import { Editor, meet, never, take, until } from './support.ts';

const unix = process.platform !== 'win32';

describe('the link between windows', () => {
	let editor: Editor;
	beforeEach(() => {
		editor = new Editor();
	});
	afterEach(() => editor.close());

	it('carries texts to all the others, in order, and never back', async () => {
		const windows = [editor.window(), editor.window(), editor.window()];
		await meet(...windows);
		for (const text of ['a', 'b', 'c']) windows[1]?.link.send(text);
		await until('all texts are there', () => [0, 2].every((at) => windows[at]?.heard.length === 3));
		assert.deepEqual(
			windows.map(({ heard }) => heard),
			[['a', 'b', 'c'], [], ['a', 'b', 'c']],
		);
	});

	it('works at once: what is sent before it stands arrives', async () => {
		const [first, second] = [editor.window(), editor.window()];
		first.link.send('early');
		second.link.send('early too');
		await until('both have heard', () => first.heard.length + second.heard.length === 2);
		assert.deepEqual([first.heard, second.heard], [['early too'], ['early']]);
	});

	it('brings nothing that was said before the window was opened', async () => {
		const first = editor.window();
		first.link.send('old');
		const then = Date.now();
		await first.link.exclusively('x', () => Promise.resolve(), never);
		await until('the clock has gone on', () => Date.now() > then);
		const second = editor.window();
		first.link.send('new');
		await until('it has heard', () => second.heard.length > 0);
		assert.deepEqual(second.heard, ['new']);
	});

	it('carries a long text of any signs', async () => {
		const [first, second] = [editor.window(), editor.window()];
		await meet(first, second);
		const text = 'Grüße\n"\\\u0000🚋'.repeat(50_000);
		second.link.send(text);
		await until('it is there', () => first.heard.length === 1);
		assert.ok(first.heard[0] === text);
	});

	it('runs one at a time under a name, in the order of asking, and other names beside it', async () => {
		const [first, second] = [editor.window(), editor.window()];
		await meet(first, second);
		const ran: string[] = [];
		const run = (what: string) => async () => {
			ran.push(`${what} starts`);
			await new Promise((resolve) => setImmediate(resolve));
			ran.push(`${what} ends`);
		};
		const release = await take(first.link, 'x');
		const runs = ['a', 'b', 'c'].map((what) => second.link.exclusively('x', run(what), never));
		await second.link.exclusively('y', () => Promise.resolve(), never);
		assert.deepEqual(ran, []);
		release();
		await Promise.all(runs);
		assert.deepEqual(
			ran,
			['a', 'b', 'c'].flatMap((what) => [`${what} starts`, `${what} ends`]),
		);
	});

	it('delivers what was sent in a run before the next run starts, in whatever window', async () => {
		const windows = [editor.window(), editor.window(), editor.window()];
		await meet(...windows);
		const said = new Map<Link, string[]>();
		const runs = Array.from({ length: 30 }, (_, at) => {
			const { link, heard } = windows[at % 3]!;
			return link.exclusively(
				'x',
				async () => {
					const others = windows.filter((window) => window.link !== link);
					const sent = others.flatMap((window) => said.get(window.link) ?? []);
					assert.deepEqual([...heard].sort(), sent.sort());
					link.send(`text ${at}`);
					said.set(link, [...(said.get(link) ?? []), `text ${at}`]);
				},
				never,
			);
		});
		await Promise.all(runs);
	});

	it('gives a run back what it returned or threw, and the name to the next', async () => {
		const { link } = editor.window();
		assert.equal(await link.exclusively('x', () => Promise.resolve(7), never), 7);
		await assert.rejects(
			link.exclusively('x', () => Promise.reject(new Error('no')), never),
			/^Error: no$/,
		);
		assert.equal(await link.exclusively('x', () => Promise.resolve(8), never), 8);
	});

	it('lets go at once of one who gives up waiting, and the next one is not held up', async () => {
		const [first, second] = [editor.window(), editor.window()];
		await meet(first, second);
		const release = await take(first.link, 'x');
		const abort = new AbortController();
		let ran = false;
		const waiting = second.link.exclusively('x', async () => void (ran = true), abort.signal);
		const next = take(second.link, 'x');
		abort.abort(new Error('given up'));
		await assert.rejects(waiting, /given up/);
		release();
		(await next)();
		assert.equal(ran, false);
		await assert.rejects(
			second.link.exclusively('x', async () => void (ran = true), abort.signal),
			/given up/,
		);
	});

	it('goes on when the leading window is closed: names are kept and no text is lost', async () => {
		const [leader, second, third] = [editor.window(), editor.window(), editor.window()];
		await meet(leader, second, third);
		const release = await take(second.link, 'x');
		const next = take(third.link, 'x');
		leader.link.dispose();
		second.link.send('a');
		third.link.send('b');
		await until('both have heard', () => second.heard.length + third.heard.length === 2);
		second.link.send('c');
		release();
		(await next)();
		assert.deepEqual([second.heard, third.heard], [['b'], ['a', 'c']]);
	});

	it('ends waiting when it is closed, and keeps a name for what still runs', async () => {
		const [first, second] = [editor.window(), editor.window()];
		await meet(first, second);
		const release = await take(first.link, 'x');
		const waiting = take(first.link, 'x');
		let taken = false;
		const next = take(second.link, 'x').then((letGo) => {
			taken = true;
			letGo();
		});
		first.link.dispose();
		await assert.rejects(waiting, { name: 'AbortError' });
		await second.link.exclusively('y', () => Promise.resolve(), never);
		assert.equal(taken, false);
		first.link.send('the result');
		release();
		await next;
		assert.deepEqual(second.heard, ['the result']);
		second.link.send('bye');
		assert.deepEqual(first.heard, []);
	});

	it('leaves nothing behind but the key and what was locked', async () => {
		const { link } = editor.window();
		await link.exclusively('x', () => Promise.resolve(), never);
		assert.deepEqual(readdirSync(editor.folder).sort(), ['link.held', 'link.key']);
		assert.equal(readFileSync(join(editor.folder, 'link.held'), 'utf8'), '[]');
		if (unix) assert.ok(existsSync(editor.socket));
		link.dispose();
		const left = readdirSync(dirname(editor.socket)).filter((name) => name.startsWith(basename(editor.socket)));
		assert.deepEqual(left, []);
	});

	it('keeps its key to its owner', async function () {
		if (!unix) this.skip();
		const { link } = editor.window();
		await link.exclusively('x', () => Promise.resolve(), never);
		const { mode, size } = statSync(join(editor.folder, 'link.key'));
		assert.deepEqual([mode & 0o777, size], [0o600, 32]);
	});

	it('joins all of many windows that come at the same moment to an address left behind', async function () {
		if (!unix) this.skip();
		await leaveSocketBehind(editor.socket);
		const windows = Array.from({ length: 8 }, () => editor.window());
		await meet(...windows);
		let running = 0;
		const run = async (): Promise<void> => {
			assert.equal(++running, 1);
			await new Promise((resolve) => setImmediate(resolve));
			running--;
		};
		await Promise.all(windows.map(({ link }) => link.exclusively('x', run, never)));
	});

	it('comes together again when the address of the leader was removed', async function () {
		if (!unix) this.skip();
		const [first, second] = [editor.window(), editor.window()];
		await meet(first, second);
		const release = await take(first.link, 'x');
		rmSync(editor.socket);
		const third = editor.window();
		let taken = false;
		const next = take(third.link, 'x').then((letGo) => {
			taken = true;
			letGo();
		});
		await third.link.exclusively('y', () => Promise.resolve(), never);
		first.link.send('where are you?');
		await until('the third has heard', () => third.heard.length === 1);
		third.link.send('here');
		await until('all have heard', () => [first, second].every(({ heard }) => heard.includes('here')));
		assert.equal(taken, false);
		release();
		await next;
	});
});

/** A socket's file whose process is gone: Node removes only the name that it listened at. */
async function leaveSocketBehind(path: string): Promise<void> {
	const server = createServer();
	await once(server.listen(`${path}.was`), 'listening');
	renameSync(`${path}.was`, path);
	server.close();
	await once(server, 'close');
	assert.ok(existsSync(path));
}
