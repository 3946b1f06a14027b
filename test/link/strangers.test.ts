import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Editor, meet, never, take, until } from './support.ts';

const unix = process.platform !== 'win32';

describe('the link among strangers', () => {
	let editor: Editor;
	beforeEach(() => {
		editor = new Editor();
	});
	afterEach(() => editor.close());

	it('shows a stranger nothing and is not disturbed by one', async () => {
		const [first, second] = [editor.window(), editor.window()];
		await meet(first, second);
		const noises = ['', 'hello\n', `${JSON.stringify({ is: 'text', text: 'evil' })}\n`, '\n\n\n', 'A'.repeat(200_000)];
		const seen = await Promise.all(
			noises.map((noise) => overheard(editor.socket, noise, () => second.link.send('s3cret'))),
		);
		await until('all are there', () => first.heard.length === noises.length);
		assert.ok(seen.every((bytes) => !bytes.includes('s3cret') && !bytes.includes('welcome')));
		assert.deepEqual(new Set([...first.heard, ...second.heard]), new Set(['s3cret']));
		assert.deepEqual([...first.warnings, ...second.warnings], []);
	});

	it('leaves a window with another key alone, which says so once and works for itself', async () => {
		const first = editor.window();
		await first.link.exclusively('x', () => Promise.resolve(), never);
		const release = await take(first.link, 'x');
		writeFileSync(join(editor.folder, 'link.key'), randomBytes(32));
		const second = editor.window();
		second.link.send('from the other');
		assert.equal(await second.link.exclusively('x', () => Promise.resolve('mine'), never), 'mine');
		first.link.send('s3cret');
		await second.link.exclusively('x', () => Promise.resolve(), never);
		release();
		await first.link.exclusively('x', () => Promise.resolve(), never);
		assert.deepEqual([first.heard, second.heard], [[], []]);
		assert.deepEqual([first.warnings.length, second.warnings.length], [0, 1]);
	});

	it('is alone where someone else sits on its address, and tells them nothing', async function () {
		if (!unix) this.skip();
		let bytes = '';
		const squatter = createServer((socket) => {
			socket.on('data', (data) => (bytes += data.toString('latin1'))).on('error', () => undefined);
			socket.write('{"is":"welcome","id":"me","seen":{}}\n');
		});
		await once(squatter.listen(editor.socket), 'listening');
		const { link, warnings } = editor.window();
		link.send('s3cret');
		assert.equal(await link.exclusively('x', () => Promise.resolve('mine'), never), 'mine');
		assert.equal(warnings.length, 1);
		assert.equal(bytes, '');
		squatter.close();
	});

	it('is alone where the path is too long or the folder is none, and says so once', async function () {
		if (!unix) this.skip();
		const before = process.env['XDG_RUNTIME_DIR'];
		const long = join(editor.folder, 'x'.repeat(100));
		mkdirSync(long);
		try {
			process.env['XDG_RUNTIME_DIR'] = long;
			await worksAlone();
			process.env['XDG_RUNTIME_DIR'] = tmpdir();
			rmSync(editor.folder, { recursive: true });
			writeFileSync(editor.folder, 'a file');
			await worksAlone();
		} finally {
			restore('XDG_RUNTIME_DIR', before);
		}
	});

	async function worksAlone(): Promise<void> {
		const { link, warnings } = editor.window();
		link.send('anyone?');
		const release = await take(link, 'x');
		const next = take(link, 'x');
		release();
		(await next)();
		assert.equal(warnings.length, 1);
		link.dispose();
	}
});

function restore(name: string, value: string | undefined): void {
	if (value === undefined) delete process.env[name];
	else process.env[name] = value;
}

/** What one hears who connects, makes a noise and listens while something happens. */
async function overheard(path: string, noise: string, happen: () => void): Promise<string> {
	const socket = connect(path);
	let bytes = '';
	socket.on('data', (data) => (bytes += data.toString('latin1'))).on('error', () => undefined);
	await once(socket, 'data');
	socket.write(noise);
	happen();
	// Whoever says something wrong is shown out; whoever says nothing leaves.
	if (noise) await new Promise((resolve) => socket.once('close', resolve));
	socket.destroy();
	return bytes;
}
