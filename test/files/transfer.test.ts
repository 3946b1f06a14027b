import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Archives, UploadFile } from '../../src/core/archives.ts';
import { LocalFailure, OutcomeUnknown, Unreachable } from '../../src/core/errors.ts';
import type { Document, EntryContainer } from '../../src/core/model.ts';
import { PartRecords } from '../../src/files/disk/partRecords.ts';
import { receive } from '../../src/files/receive.ts';
import { saveOnDisk } from '../../src/files/saveOnDisk.ts';
import { projectplace } from '../../src/providers/projectplace/index.ts';
import { Dice } from '../../src/sandbox/dice.ts';
import type { ServerOptions } from '../../src/sandbox/server.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { openPractice, signal } from '../support/session.ts';

/** Several turns of the network, and more than one goes around Node's parser. */
const size = 3 * 1024 * 1024 + 321;
const name = 'Site recording.bin';

describe('A large document', function () {
	this.timeout(20_000);
	let folder: string;
	let path: string;
	let server: TestVendor;
	let archives: Archives;
	let archive: EntryContainer;
	let document: Document;
	let whole: string;

	const start = async (options: ServerOptions = {}): Promise<void> => {
		server = await startVendor('projectplace', { largeDocument: size, ...options });
		const { session } = await openPractice(projectplace, server.address, {}, receive);
		assert.ok(session.archives);
		archives = session.archives;
		for (const workspace of (await session.workspaces(signal())).items) {
			const [place] = (await archives.ofWorkspace?.(workspace, signal())) ?? [];
			assert.ok(place);
			const { items } = await archives.entries(place, signal());
			const found = items.find((entry): entry is Document => entry.kind === 'document' && entry.name === name);
			if (found) {
				[archive, document] = [place, found];
			}
		}
		whole = digestOf(new Uint8Array(await new Response((await read()).stream).arrayBuffer()));
	};
	const read = () => archives.read(document, signal());
	const reads = () =>
		server.requests.filter(({ method, path: at }) => method === 'GET' && at.includes('/1/documents/'));
	const cut = (at: number, times = 1) => server.faults.add({ pattern: 'GET /1/documents/', kind: 'cut', times, at });

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'boardwalk-transfer-'));
		path = join(folder, 'recording.bin');
	});
	afterEach(async () => {
		rmSync(folder, { recursive: true, force: true });
		await server.close();
	});

	it('comes whole, and its progress is told', async () => {
		await start();
		const told: number[] = [];
		await saveOnDisk(await read(), path, signal(), { onProgress: ({ bytes, total }) => told.push(bytes, total ?? 0) });
		assert.equal(digestOf(readFileSync(path)), whole);
		assert.ok(told.length > 0 && told[1] === size);
		assert.deepEqual(readdirSync(folder), ['recording.bin']);
	});

	it('that is cut off anywhere is taken up where it broke, where the server lets one', async () => {
		await start({ ranges: true });
		const dice = new Dice(4);
		for (let round = 0; round < 20; round++) {
			const before = reads().length;
			cut(dice.between(1, size - 1));
			await saveOnDisk(await read(), path, signal());
			assert.equal(digestOf(readFileSync(path)), whole);
			assert.deepEqual(
				reads()
					.slice(before)
					.map(({ status }) => status)
					.slice(1),
				[206],
			);
			rmSync(path);
		}
		assert.deepEqual(readdirSync(folder), []);
	});

	it('that is cut off anywhere begins anew where the server sends no parts', async () => {
		await start();
		const dice = new Dice(5);
		for (let round = 0; round < 20; round++) {
			cut(dice.between(0, size - 1));
			await saveOnDisk(await read(), path, signal());
			assert.equal(digestOf(readFileSync(path)), whole);
			rmSync(path);
		}
		assert.deepEqual(readdirSync(folder), []);
	});

	it('that is cut off three times is given up, and what stood there stays', async () => {
		await start({ ranges: true });
		writeFileSync(path, 'what stood there');
		const before = reads().length;
		cut(1000, 3);
		await assert.rejects(saveOnDisk(await read(), path, signal()), Unreachable);
		assert.equal(reads().length - before, 3);
		assert.equal(readFileSync(path, 'utf8'), 'what stood there');
		assert.deepEqual(readdirSync(folder), ['recording.bin']);
	});

	it('that has changed when it is taken up is begun anew', async () => {
		await start({ ranges: true });
		const other = new Uint8Array(2 * 1024 * 1024 + 9).fill(7);
		cut(2 * 1024 * 1024 - 5);
		const content = await read();
		const nodes = server.state['nodes'] as { id: number }[];
		Object.assign(nodes.find(({ id }) => String(id) === document.id) ?? {}, { made: undefined, content: other });
		await saveOnDisk(content, path, signal());
		assert.equal(digestOf(readFileSync(path)), digestOf(other));
	});

	it('goes on after the access was refused half-way', async () => {
		await start({ ranges: true });
		cut(size >> 1);
		const content = await read();
		server.faults.add({ pattern: 'GET /1/documents/', kind: '401', times: 1 });
		await saveOnDisk(content, path, signal());
		assert.equal(digestOf(readFileSync(path)), whole);
	});

	it('whose length is another than the vendor says is not saved', async () => {
		await start();
		for (const told of [size - 1, size + 1]) {
			await assert.rejects(saveOnDisk({ ...(await read()), size: told }, path, signal()), Unreachable);
		}
		assert.deepEqual(readdirSync(folder), []);
	});

	it('that is given up ends and leaves nothing', async () => {
		await start();
		const leaving = new AbortController();
		const content = await archives.read(document, leaving.signal);
		const onProgress = () => leaving.abort();
		await assert.rejects(saveOnDisk(content, path, leaving.signal, { onProgress }), { name: 'AbortError' });
		assert.deepEqual(readdirSync(folder), []);
	});

	it('that does not fit on the disk leaves nothing there', async function () {
		const disk = smallDisk(folder);
		if (!disk) {
			console.log('      (no small disk can be mounted here)');
			return this.skip();
		}
		try {
			await start();
			await assert.rejects(saveOnDisk(await read(), join(disk, 'recording.bin'), signal()), (error) => {
				assert.ok(error instanceof LocalFailure);
				assert.match(error.message, /no room left/);
				return true;
			});
			assert.deepEqual(readdirSync(disk), []);
		} finally {
			execFileSync('umount', ['-l', disk]);
		}
	});

	it('that a window left half-way is gone after the next start, or a day later', async () => {
		await start();
		const records = join(folder, 'records');
		const [dead, old, running, stranger] = [1, 2, 3, 4].map((at) => join(folder, `.boardwalk-00000000000${at}.part`));
		const foreign = join(folder, 'theirs.part');
		mkdirSync(records);
		for (const [part, pid] of [
			[dead, 2 ** 30],
			[running, process.ppid],
			[foreign, 2 ** 30],
		] as const) {
			writeFileSync(String(part), 'half');
			writeFileSync(join(records, `${String(part).slice(-8)}.json`), JSON.stringify({ part, pid }));
		}
		writeFileSync(String(old), 'half');
		writeFileSync(String(stranger), 'half');
		utimesSync(String(old), 0, 0);
		await new PartRecords(records).sweep();
		await saveOnDisk(await read(), path, signal(), { records: new PartRecords(records) });
		const left = readdirSync(folder).sort();
		assert.deepEqual(left, [
			'.boardwalk-000000000003.part',
			'.boardwalk-000000000004.part',
			'recording.bin',
			'records',
			'theirs.part',
		]);
		assert.equal(readdirSync(records).length, 1);
	});

	describe('on its way up', () => {
		const bytes = new Uint8Array(size).map((_, at) => at * 31);
		const nodes = () => server.state['nodes'] as { file_name: string; content?: Uint8Array }[];
		const posts = () => server.requests.filter(({ method }) => method === 'POST').length;
		const file = (content: UploadFile['content'] = () => pieces(bytes)): UploadFile => ({
			name: 'up.bin',
			size,
			mediaType: 'application/octet-stream',
			content,
		});
		const upload = async (one = file(), until = signal()) => archives.uploading?.upload(archive, one, until);
		const arrived = () => nodes().filter(({ file_name }) => file_name === 'up.bin');

		it('arrives as it is, in pieces of any size', async () => {
			await start();
			await upload();
			await upload(file(() => pieces(bytes, 300_000)));
			assert.deepEqual(
				arrived().map(({ content }) => digestOf(content ?? new Uint8Array())),
				[digestOf(bytes), digestOf(bytes)],
			);
		});

		it('that is cut off anywhere is not reported as done and not sent again', async () => {
			await start();
			const dice = new Dice(6);
			for (let round = 0; round < 20; round++) {
				const before = posts();
				let begun = 0;
				server.faults.add({ pattern: 'POST */upload', kind: 'drop', times: 1, at: dice.between(1, size) });
				const counted = file(() => ((begun += 1), pieces(bytes)));
				await assert.rejects(upload(counted), OutcomeUnknown);
				assert.equal(begun, 1);
				assert.ok(posts() - before <= 1);
			}
			assert.deepEqual(arrived(), []);
		});

		it('whose answer gets lost is not reported as done and not sent again', async () => {
			await start();
			server.faults.add({ pattern: 'POST */upload', kind: 'cut', times: 1, at: 3 });
			await assert.rejects(upload(), OutcomeUnknown);
			assert.equal(arrived().length, 1);
		});

		it('is sent once more where the access was refused', async () => {
			await start();
			server.faults.add({ pattern: 'POST */upload', kind: '401', times: 1 });
			await upload();
			assert.equal(arrived().length, 1);
		});

		it('that changes while it is sent arrives not at all', async () => {
			await start();
			for (const changed of [bytes.subarray(1), new Uint8Array(size + 1)]) {
				await assert.rejects(upload(file(() => pieces(changed))), (error) => {
					assert.ok(error instanceof LocalFailure);
					assert.match(error.message, /changed while it was being sent/);
					return true;
				});
			}
			assert.deepEqual(arrived(), []);
		});

		it('that is given up ends and does not arrive', async () => {
			await start();
			const leaving = new AbortController();
			const endless = file(async function* () {
				yield* pieces(bytes.subarray(0, size >> 1));
				leaving.abort();
				yield* pieces(bytes.subarray(size >> 1));
			});
			await assert.rejects(upload(endless, leaving.signal), { name: 'AbortError' });
			assert.deepEqual(arrived(), []);
		});
	});
});

/** Parts of one buffer, as an editor elsewhere sends them. */
async function* pieces(bytes: Uint8Array, length = 64 * 1024): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += length) {
		yield bytes.subarray(at, at + length);
	}
}

function digestOf(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** A disk of 2 MB, where one can be had. */
function smallDisk(folder: string): string | undefined {
	const disk = join(folder, 'disk');
	mkdirSync(disk);
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'none', disk], { stdio: 'ignore' });
		return disk;
	} catch {
		rmSync(disk, { recursive: true });
		return undefined;
	}
}
