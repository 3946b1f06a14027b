import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalFailure, Unreachable } from '../../src/core/errors.ts';
import { saveOnDisk } from '../../src/files/saveOnDisk.ts';
import { signal } from '../support/session.ts';

const bytes = new TextEncoder().encode('the whole document');
const md5 = '3c2b44d12e5d20a3d0a1a1f3a2d8bb0d';

function streamOf(content: Uint8Array, breaks = false): ReadableStream<Uint8Array> {
	let sent = false;
	return new ReadableStream({
		pull(controller) {
			if (!sent) {
				sent = true;
				controller.enqueue(content);
			} else if (breaks) {
				controller.error(new TypeError('terminated'));
			} else {
				controller.close();
			}
		},
	});
}

describe('A document that is saved on disk', () => {
	let folder: string;
	let path: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'boardwalk-save-'));
		path = join(folder, 'plan.txt');
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	it('has every byte and leaves nothing beside it', async () => {
		await saveOnDisk({ stream: streamOf(bytes), size: bytes.length }, path, signal());
		assert.deepEqual(new Uint8Array(readFileSync(path)), bytes);
		assert.deepEqual(readdirSync(folder), ['plan.txt']);
	});

	for (const [what, content] of [
		['is cut off', { stream: streamOf(bytes, true), size: 100 }],
		['comes too short', { stream: streamOf(bytes), size: bytes.length + 1 }],
		['comes damaged', { stream: streamOf(bytes), size: bytes.length, md5 }],
	] as const) {
		it(`that ${what} changes nothing and says so`, async () => {
			writeFileSync(path, 'what stood there');
			await assert.rejects(saveOnDisk(content, path, signal()), (error) => {
				assert.ok(error instanceof Unreachable);
				assert.match(error.message, /Nothing was saved\.$/);
				return true;
			});
			assert.equal(readFileSync(path, 'utf8'), 'what stood there');
			assert.deepEqual(readdirSync(folder), ['plan.txt']);
		});
	}

	it('is given up at once when somebody cancels, and leaves nothing', async () => {
		const leaving = new AbortController();
		const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(bytes) });
		const saving = saveOnDisk({ stream: endless }, path, leaving.signal);
		setImmediate(() => leaving.abort());
		await assert.rejects(saving, { name: 'AbortError' });
		assert.deepEqual(readdirSync(folder), []);
	});

	it('says which trouble the disk has', async () => {
		await assert.rejects(
			saveOnDisk({ stream: streamOf(bytes) }, join(folder, 'gone', 'plan.txt'), signal()),
			LocalFailure,
		);
		mkdirSync(path);
		await assert.rejects(saveOnDisk({ stream: streamOf(bytes) }, path, signal()), (error) => {
			assert.ok(error instanceof LocalFailure);
			assert.match(error.message, /folder of that name/);
			return true;
		});
		assert.deepEqual(readdirSync(folder), ['plan.txt']);
	});
});
