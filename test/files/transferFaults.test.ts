import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock } from 'node:test';
import { LocalFailure, Unreachable } from '../../src/core/errors.ts';
import { PartRecords } from '../../src/files/disk/partRecords.ts';
import { receive } from '../../src/files/receive.ts';
import { saveOnDisk } from '../../src/files/saveOnDisk.ts';
import { readContent } from '../../src/http/content.ts';
import { signal } from '../support/session.ts';

const bytes = Buffer.from(Uint8Array.from({ length: 3_000_000 }, (_, at) => at * 13 + (at >> 16)));

describe('A download', () => {
	let server: Server;
	let folder: string;
	let path: string;
	let records: PartRecords;
	let url: string;
	const serve = async (answer: RequestListener): Promise<void> => {
		server = createServer(answer).listen(0, '127.0.0.1');
		await once(server, 'listening');
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	};
	const whole: RequestListener = (_, to) => void to.writeHead(200, { 'content-length': bytes.length }).end(bytes);
	const content = () => readContent(async (headers) => ({ response: await receive(url, { headers }) }), signal());
	const save = async (to = path) => saveOnDisk(await content(), to, signal(), { records });
	const left = () => readdirSync(folder).filter((name) => name !== 'records');
	const remembered = () => readdirSync(join(folder, 'records'));

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'boardwalk-faults-'));
		path = join(folder, 'plan.bin');
		records = new PartRecords(join(folder, 'records'));
	});
	afterEach(() => {
		mock.restoreAll();
		server.closeAllConnections();
		server.close();
		rmSync(folder, { recursive: true, force: true });
	});

	for (const [what, announced] of [
		['less', bytes.length + 7],
		['more', bytes.length - 7],
	] as const) {
		it(`of which ${what} comes than was announced, every time, is not saved`, async () => {
			let asked = 0;
			await serve((_, { socket }) => {
				asked += 1;
				const head = `HTTP/1.1 200 OK\r\ncontent-length: ${announced}\r\n\r\n`;
				socket?.end(Buffer.concat([Buffer.from(head), bytes]));
			});
			await assert.rejects(save(), Unreachable);
			assert.equal(asked, 3);
			assert.deepEqual([left(), remembered()], [[], []]);
		});
	}

	it('that a full disk takes only in part leaves nothing, and what stood there stays', async () => {
		await serve(whole);
		writeFileSync(path, 'what stood there');
		await fillDiskAfter(1_500_000);
		await assert.rejects(save(), (error) => {
			assert.ok(error instanceof LocalFailure);
			assert.match(error.message, /no room left/);
			return true;
		});
		assert.equal(readFileSync(path, 'utf8'), 'what stood there');
		assert.deepEqual([left(), remembered()], [['plan.bin'], []]);
	});

	it('into a folder that is gone says so and asks for no more', async () => {
		await serve(whole);
		await assert.rejects(save(join(folder, 'gone', 'plan.bin')), LocalFailure);
		assert.deepEqual([left(), remembered()], [[], []]);
	});

	it('whose folder goes while it comes leaves nothing', async () => {
		await serve(whole);
		const inside = join(folder, 'going');
		mkdirSync(inside);
		const came = await content();
		const saving = saveOnDisk(came, join(inside, 'plan.bin'), signal(), {
			records,
			onProgress: () => rmSync(inside, { recursive: true, force: true }),
		});
		await assert.rejects(saving, LocalFailure);
		assert.deepEqual([left(), remembered()], [[], []]);
	});

	it('onto a folder leaves the folder as it is', async () => {
		await serve(whole);
		mkdirSync(path);
		writeFileSync(join(path, 'inside.txt'), 'kept');
		await assert.rejects(save(), LocalFailure);
		assert.deepEqual([left(), readdirSync(path), remembered()], [['plan.bin'], ['inside.txt'], []]);
	});

	it('to the same place as another leaves one of them whole', async () => {
		const other = Buffer.from(bytes).reverse();
		let asked = 0;
		await serve((_, to) => {
			asked += 1;
			to.writeHead(200, { 'content-length': bytes.length }).end(asked % 2 === 0 ? other : bytes);
		});
		await Promise.all([save(), save(), save()]);
		const saved = readFileSync(path);
		assert.ok(saved.equals(bytes) || saved.equals(other));
		assert.deepEqual([left(), remembered()], [['plan.bin'], []]);
	});

	it('whose process is killed leaves a part, which the next start removes', async () => {
		await serve((_, to) => void to.writeHead(200, { 'content-length': 2 * bytes.length }).write(bytes));
		writeFileSync(path, 'what stood there');
		const program = new URL('halfDownload.ts', import.meta.url).pathname;
		const child = spawn(process.execPath, [program, url, path, join(folder, 'records')], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		await once(child.stdout, 'data');
		child.kill('SIGKILL');
		await once(child, 'exit');
		assert.equal(left().filter((name) => name.endsWith('.part')).length, 1);
		assert.equal(remembered().length, 1);
		await new PartRecords(join(folder, 'records')).sweep();
		assert.deepEqual([left(), remembered()], [['plan.bin'], []]);
		assert.equal(readFileSync(path, 'utf8'), 'what stood there');
	});
});

/** From so many bytes on, a file takes half of what it gets, and then nothing more, as a disk does that runs full. */
async function fillDiskAfter(room: number): Promise<void> {
	const handle = await open(new URL(import.meta.url));
	const kind = Object.getPrototypeOf(handle) as FileHandle;
	await handle.close();
	const real = Reflect.get(kind, 'writev') as (pieces: readonly Uint8Array[], at: number) => Promise<unknown>;
	let written = 0;
	mock.method(kind, 'writev', async function (this: FileHandle, pieces: readonly Uint8Array[], at: number) {
		if (written >= room) {
			throw Object.assign(new Error('ENOSPC: no space left on device, writev'), { code: 'ENOSPC' });
		}
		const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
		const taken = written + length > room ? pieces.slice(0, Math.ceil(pieces.length / 2)) : pieces;
		written = taken === pieces ? written + length : room;
		return real.call(this, taken, at);
	});
}
