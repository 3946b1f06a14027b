import assert from 'node:assert/strict';
import type { DocumentContent } from '../../src/core/archives.ts';
import { type BulkJob, type JobFolders, type JobIo, Skipped } from '../../src/core/bulk.ts';
import { NotAllowed, NotFound, OutcomeUnknown, Refused, UnexpectedReply, Unreachable } from '../../src/core/errors.ts';
import { problemsOf, type Values } from '../../src/core/form.ts';
import type { FileEnd } from '../../src/core/zipCheck.ts';
import { downloadFailure, untilWhole } from '../../src/files/untilWhole.ts';
import { downloadArchivedWorkspaces } from '../../src/providers/projectplace/archivedJob.ts';
import { authorisationOf } from '../../src/providers/projectplace/auth.ts';
import { Client } from '../../src/providers/projectplace/client.ts';
import { robotOAuth1Way, robotWay } from '../../src/providers/projectplace/robot.ts';
import { exportProblem } from '../../src/providers/projectplace/unverified.ts';
import { bytes, zip } from '../../src/sandbox/samples.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { memoryCredentials, signal, signInIo } from '../support/session.ts';
import { collect } from './conformanceWalks.ts';

/** Folders in memory, which give a name only to what passed its check, as those of the editor do. */
class MemoryFolders implements JobFolders {
	readonly files = new Map<string, Uint8Array>();

	async tail(folder: string, name: string): Promise<FileEnd> {
		return this.#end(`${folder}/${name}`);
	}

	async names(folder: string): Promise<readonly string[]> {
		return [...this.files.keys()]
			.filter((path) => path.startsWith(`${folder}/`))
			.map((path) => path.slice(folder.length + 1));
	}

	async save(
		folder: string,
		name: string,
		content: DocumentContent,
		check: ((tail: Uint8Array) => void) | undefined,
		signal: AbortSignal,
	): Promise<void> {
		try {
			const read = async ({ stream, size }: DocumentContent) => {
				const whole = await collect(stream);
				assert.ok(size === undefined || size === whole.length);
				return whole;
			};
			const whole = await untilWhole(content, read, (_, again) => again(0, signal), signal);
			check?.(whole.subarray(-65_536));
			this.files.set(`${folder}/${name}`, whole);
		} catch (error) {
			throw downloadFailure(error, signal);
		}
	}

	#end(path: string): FileEnd {
		const file = this.files.get(path) ?? assert.fail(`there is no ${path}`);
		return { tail: file.subarray(-65_536), size: file.length };
	}
}

/** Time that passes when somebody waits, and what was waited. */
class TestClock {
	readonly waits: number[] = [];
	onWait: () => void = () => undefined;
	readonly #began = Date.now();
	#now = this.#began;

	now(): number {
		return this.#now;
	}

	get passed(): number {
		return this.#now - this.#began;
	}

	async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
		this.waits.push(milliseconds);
		this.#now += milliseconds;
		this.onWait();
		signal.throwIfAborted();
	}
}

interface Project {
	id: number;
	name: string;
	archived: boolean;
	creation_date: string;
}

const saving: Values = { folder: '/kept', purge: false };
const purging: Values = { folder: '/kept', purge: true };
const good = zip([['boards.json', '[]']]);

describe('ProjectPlace’s archived workspaces', () => {
	let server: TestVendor;
	let folders: MemoryFolders;
	let clock: TestClock;
	let job: BulkJob;
	let asked: { url: string; authorization: string | null }[];
	/** Answers in the place of the network. */
	let instead: (request: Request) => Response | undefined | Promise<Response | undefined>;
	let removed: number;

	beforeEach(async () => {
		server = await startVendor('projectplace');
		folders = new MemoryFolders();
		clock = new TestClock();
		asked = [];
		instead = () => undefined;
		removed = 0;
		job = await jobFor();
	});
	afterEach(() => server.close());

	async function jobFor(
		way: 'clientCredentials' | 'oauth1' = 'clientCredentials',
		{ hours, values = server.address[way] }: { readonly hours?: string; readonly values?: unknown } = {},
	): Promise<BulkJob> {
		const typed = { server: server.address['url'] as string, ...(values as Values) };
		const [account] = await (way === 'oauth1' ? robotOAuth1Way() : robotWay()).signIn(typed, signInIo(), signal());
		assert.ok(account);
		const names = { vendor: 'ProjectPlace', account: 'Acme' };
		const fetch: typeof globalThis.fetch = async (input, init) => {
			const request = new Request(input, init);
			asked.push({ url: request.url, authorization: request.headers.get('authorization') });
			return (await instead(request)) ?? globalThis.fetch(request);
		};
		const io = {
			...signInIo(),
			fetch,
			send: () => assert.fail('nothing goes up'),
			setting: () => undefined,
			accountName: 'Acme',
			credentials: memoryCredentials(account.secrets),
			onVerdict: () => undefined,
		};
		const client = new Client(account.server, names, io, authorisationOf(account, names, io));
		const { ofExports: calls, ofAccount } = client;
		return downloadArchivedWorkspaces({ calls, account: ofAccount, hours, clock, removed: () => (removed += 1) });
	}

	const jobIo = (): JobIo => ({
		tell: () => undefined,
		read: () => assert.fail('no file is chosen'),
		folders,
	});
	const gather = (values: Values, of = job) => of.gather(values, {}, jobIo(), signal());
	const rowOf = async (values: Values = purging) => (await gather(values)).rows[0] ?? assert.fail('there is no row');
	const run = async (values: Values, of = job) => of.run(await rowOf(), values, jobIo(), signal());
	const isDone = async (values: Values) => job.isDone!(await rowOf(), values, jobIo(), signal());
	const projects = () => server.state['projects'] as Project[];
	const isThere = (id = 1012) => projects().some((project) => project.id === id);
	const exports = () => server.state['exports'] as { polls: number; flags: Record<string, boolean> }[];
	const lines = (from = 0) => server.requests.slice(from).map(({ method, path }) => `${method} ${path}`);
	const deletes = () => lines().filter((line) => line.startsWith('DELETE'));
	const kept = () => [...folders.files.keys()];

	describe('are gathered', () => {
		it('by pages, with what they take', async () => {
			const [first] = projects();
			for (let number = 0; number < 249; number += 1) {
				projects().push({ ...first!, id: 5000 + number, name: `Old ${number}`, archived: true });
			}
			const from = server.requests.length;
			const { rows, columns } = await gather(saving);
			assert.equal(rows.length, 250);
			assert.equal(lines(from).filter((line) => line === 'POST /2/account/projects').length, 3);
			assert.deepEqual(
				columns.map(({ id }) => id),
				['name', 'size', 'zip'],
			);
			const row = rows.find(({ key }) => key === '1012')!;
			assert.equal(row.label, 'Old library scans');
			assert.match(row.cells['size']!, /^[\d.,]+\sMB$/);
			assert.ok(Number(row.item['bytes']) > 0);
		});

		it('without those whose zip is there and whole, which are named with it', async () => {
			folders.files.set('/kept/1012-Old library scans.zip', good);
			const { rows, skipped } = await gather(saving);
			assert.deepEqual(rows, []);
			assert.deepEqual(skipped, [
				{ label: 'Old library scans', reason: 'Its zip is there already: /kept/1012-Old library scans.zip' },
			]);
		});

		it('and says where in a way that people know', async () => {
			for (const [folder, shown] of [
				['file:///home/me/Kept%20%C3%A4', '/home/me/Kept ä/1012-x.zip'],
				['file:///c%3A/Kept', 'c:/Kept/1012-x.zip'],
				['C:\\Kept', 'C:\\Kept\\1012-x.zip'],
			] as const) {
				folders.files.set(`${folder}/1012-x.zip`, good);
				const { skipped } = await gather({ folder });
				assert.equal(skipped[0]?.reason, `Its zip is there already: ${shown}`);
			}
		});

		it('with those whose zip is there where they are to be deleted', async () => {
			folders.files.set('/kept/1012-Old library scans.zip', good);
			const { rows, skipped } = await gather(purging);
			assert.deepEqual([rows.length, skipped.length], [1, 0]);
			assert.equal(rows[0]!.cells['zip'], '1012-Old library scans.zip');
		});

		it('although a broken zip, another’s or no zip is there', async () => {
			folders.files.set('/kept/1012-cut.zip', good.subarray(0, -1));
			folders.files.set('/kept/1012-empty.zip', zip([]));
			folders.files.set('/kept/1012.zip', good);
			folders.files.set('/kept/10121-other.zip', good);
			folders.files.set('/kept/1012-part.zip.part', good);
			folders.files.set('/elsewhere/1012-good.zip', good);
			assert.equal((await gather(saving)).rows.length, 1);
		});

		it('not by those who may not see them', async () => {
			server.fault('POST /2/account/projects', '403');
			await assert.rejects(gather(saving), NotAllowed);
		});

		it('only with a folder', () => {
			assert.deepEqual(
				problemsOf(job.fields({}), { purge: true }).map(({ field }) => field),
				['folder'],
			);
			assert.deepEqual(problemsOf(job.fields({}), saving), []);
		});
	});

	it('are asked about with the number, the names and the size', async () => {
		const row = await rowOf();
		const { question, detail, word, button } = job.confirmation([row], saving);
		assert.equal(question, 'Download 1 archived workspaces?');
		assert.match(detail!, /“Old library scans”\. They take [\d.]+\skB/);
		assert.deepEqual([word, button], [undefined, 'Download']);
		const many = Array.from({ length: 1200 }, (_, at) => ({ ...row, key: String(at), item: { bytes: 5e9 } }));
		const all = job.confirmation(many, purging);
		assert.equal(all.question, 'Download 1,200 archived workspaces and delete them at ProjectPlace?');
		assert.match(all.detail!, /and 1,190 more\. They take 6\sTB/);
		assert.equal(all.word, 'DELETE');
	});

	describe('are saved', () => {
		for (const way of ['clientCredentials', 'oauth1'] as const) {
			it(`as a zip under the workspace’s id with ${way}`, async () => {
				job = await jobFor(way);
				const done = await run(saving);
				const [path] = kept();
				assert.match(path!, /^\/kept\/1012-Old library scans-\d{4}-\d\d-\d\d\.zip$/);
				assert.equal(done, `Saved as “${path!.slice(6)}”.`);
				assert.deepEqual([...folders.files.get(path!)!.subarray(0, 4)], [80, 75, 3, 4]);
				assert.ok(isThere());
				assert.deepEqual(deletes(), []);
			});
		}

		it('with all that an export can hold', async () => {
			await run(saving);
			const { flags } = exports()[0]!;
			assert.equal(Object.keys(flags).length, 11);
			assert.ok(Object.values(flags).every((flag) => flag));
		});

		it('in a name that no workspace can lead out of its folder', async () => {
			projects().find(({ id }) => id === 1012)!.name = '../../etc/pass:wd';
			await run(saving);
			assert.match(kept()[0]!, /^\/kept\/1012-\.\._\.\._etc_pass_wd-[\d-]+\.zip$/);
		});

		it('once: what is there whole by now is passed over', async () => {
			const row = await rowOf();
			folders.files.set('/kept/1012-good.zip', good);
			await assert.rejects(
				job.run(row, saving, jobIo(), signal()),
				(error) => error instanceof Skipped && error.message.includes('/kept/1012-good.zip'),
			);
			assert.equal(exports().length, 0);
		});

		it('after a wait that grows from five seconds to a minute', async () => {
			clock.onWait = () => {
				if (clock.waits.length < 12) {
					exports()[0]!.polls = 0;
				}
			};
			await run(saving);
			assert.deepEqual(clock.waits.slice(0, 3), [5000, 7500, 11_250]);
			assert.deepEqual(clock.waits.slice(-2), [60_000, 60_000]);
		});

		it('from an address without its host as well, and from either of its names', async () => {
			for (const name of ['download_uri', 'download_url']) {
				folders.files.clear();
				instead = async (request) => {
					if (!/exports\/\d+$/.test(request.url)) {
						return undefined;
					}
					const { download_uri, ...rest } = (await (await globalThis.fetch(request)).json()) as Record<string, string>;
					return Response.json({ ...rest, [name]: download_uri?.replace(/^https?:\/\/[^/]+/, '') });
				};
				await run(saving);
				assert.equal(kept().length, 1);
			}
		});

		it('under their own name where ProjectPlace proposes none', async () => {
			pollsSay({ done: true, download_uri: '/1/projects/1012/exports/6001/file?name=x' });
			await run(saving);
			assert.deepEqual(kept(), ['/kept/1012-Old library scans.zip']);
		});
	});

	/** ProjectPlace’s answer to every question how far an export is. */
	function pollsSay(body: object): void {
		instead = (request) => (/exports\/\d+$/.test(request.url) ? Response.json(body) : undefined);
	}

	describe('show their credentials to nobody else', () => {
		const file = () => new Response(new Uint8Array(good), { headers: { 'content-type': 'application/zip' } });
		async function shownTo(link: string, answers: (url: URL) => Response = file): Promise<(string | null)[]> {
			instead = (request) => {
				if (/exports\/\d+$/.test(request.url)) {
					return Response.json({ done: true, download_uri: link, download_name: 'x.zip' });
				}
				const url = new URL(request.url);
				return request.url.startsWith(server.address['url'] as string) ? undefined : answers(url);
			};
			asked.length = 0;
			await run(saving);
			const own = server.address['url'] as string;
			return asked.filter(({ url }) => !url.startsWith(own)).map(({ authorization }) => authorization && 'shown');
		}

		it('but the vendor’s own hosts', async () => {
			assert.deepEqual(await shownTo('https://files.projectplace.com/x.zip?a=b%2Bc'), ['shown']);
		});

		for (const host of [
			'storage.example',
			'projectplace.com.storage.example',
			'notprojectplace.com',
			'api.projectplace.com.',
			'api.projectplace.com%2f.storage.example',
		]) {
			it(`such as ${host}`, async () => {
				if (URL.canParse(`https://${host}/`)) {
					assert.deepEqual(await shownTo(`https://${host}/x.zip`), [null]);
				} else {
					await assert.rejects(shownTo(`https://${host}/x.zip`), UnexpectedReply);
				}
			});
		}

		it('nor where one of them sends on to, or back', async () => {
			const to = (location: string) => new Response(null, { status: 302, headers: { location } });
			const hops = await shownTo('https://api.projectplace.com/a', ({ pathname }) =>
				pathname === '/a'
					? to('https://storage.example/b')
					: pathname === '/b'
						? to('https://api.projectplace.com/c')
						: file(),
			);
			assert.deepEqual(hops, ['shown', null, null]);
		});

		for (const link of [
			'http://api.projectplace.com/x.zip',
			'https://somebody:secret@api.projectplace.com/x.zip',
			'ftp://storage.example/x.zip',
			'file:///etc/passwd',
		]) {
			it(`and ask nothing at ${link}`, async () => {
				await assert.rejects(shownTo(link), UnexpectedReply);
				assert.deepEqual(
					asked.filter(({ url }) => !url.startsWith(server.address['url'] as string)),
					[],
				);
			});
		}

		it('nor lead to this computer', async () => {
			const to = new Response(null, { status: 302, headers: { location: 'http://127.0.0.1:1/x.zip' } });
			await assert.rejects(
				shownTo('https://storage.example/x.zip', () => to),
				UnexpectedReply,
			);
		});

		it('and blame them for no refusal of a stranger’s', async () => {
			await assert.rejects(
				shownTo('https://storage.example/x.zip', () => new Response('', { status: 401 })),
				UnexpectedReply,
			);
		});

		it('and end where addresses send on without end', async () => {
			await assert.rejects(
				shownTo(
					'https://api.projectplace.com/a',
					() => new Response(null, { status: 302, headers: { location: '/a' } }),
				),
				UnexpectedReply,
			);
		});
	});

	describe('get no name', () => {
		it('where the zip is cut short on its way, again and again', async () => {
			server.fault('GET *file', 'cut');
			await assert.rejects(run(purging), Unreachable);
			assert.deepEqual([kept(), deletes(), isThere()], [[], [], true]);
		});

		it('and get one where it comes whole the second time', async () => {
			server.fault('GET *file', 'cut', 1);
			await run(purging);
			assert.equal(kept().length, 1);
			assert.ok(!isThere());
		});

		for (const [what, body] of [
			['cut short without its length', good.subarray(0, -5)],
			['empty', new Uint8Array()],
			['a zip of nothing', zip([])],
			['a zip with more behind it', bytes(good, Uint8Array.of(1))],
			['a text', new TextEncoder().encode('{"error_code": "SERVER_ERROR"}')],
		] as const) {
			it(`where what comes is ${what}`, async () => {
				instead = (request) => (request.url.includes('/file') ? new Response(new Uint8Array(body)) : undefined);
				await assert.rejects(run(purging), UnexpectedReply);
				assert.deepEqual([kept(), deletes(), isThere()], [[], [], true]);
			});
		}

		it('where a page comes in its place', async () => {
			server.fault('GET *file', 'html');
			await assert.rejects(run(purging), UnexpectedReply);
			assert.deepEqual([kept(), deletes()], [[], []]);
		});

		it('where the folder saves without looking, and are not deleted then', async () => {
			folders.save = async (folder, name) => void folders.files.set(`${folder}/${name}`, good);
			await assert.rejects(run(purging), /not looked at/);
			assert.deepEqual(deletes(), []);
		});

		it('where somebody cancels while it is exported', async () => {
			const stop = new AbortController();
			clock.onWait = () => stop.abort();
			const row = await rowOf();
			await assert.rejects(job.run(row, purging, jobIo(), stop.signal), { name: 'AbortError' });
			assert.deepEqual([kept(), deletes()], [[], []]);
		});
	});

	describe('that are not exported', () => {
		it('begin once only where ProjectPlace fails, and may be tried again', async () => {
			server.fault('POST *exports', '500');
			const from = server.requests.length;
			await assert.rejects(run(saving), Unreachable);
			assert.equal(lines(from).filter((line) => line.endsWith('/exports')).length, 1);
		});

		it('begin after a wait where there were too many requests', async () => {
			instead = tooManyOnce((request) => request.method === 'POST' && request.url.endsWith('/exports'));
			await run(saving);
			assert.equal(exports().length, 1);
		});

		it('are waited for although single questions go unanswered', async () => {
			let failed = 0;
			instead = (request) => {
				if (/exports\/\d+$/.test(request.url) && failed < 6) {
					failed += 1;
					return new Response('', { status: 503, headers: { 'retry-after': '0' } });
				}
				return undefined;
			};
			await run(saving);
			assert.equal(kept().length, 1);
		});

		it('fail where no question is answered', async () => {
			instead = (request) =>
				/exports\/\d+$/.test(request.url)
					? new Response('', { status: 503, headers: { 'retry-after': '0' } })
					: undefined;
			await assert.rejects(run(purging), Unreachable);
			assert.deepEqual([clock.waits.length, kept(), deletes()], [3, [], []]);
		});

		it('fail at once where ProjectPlace does not know the export', async () => {
			server.fault('GET *exports/*', '404');
			await assert.rejects(run(purging), NotFound);
			assert.deepEqual([clock.waits, kept(), deletes()], [[], [], []]);
		});

		it('fail where it says so', async () => {
			pollsSay({ done: false, error: 'disk full' });
			await assert.rejects(run(purging), (error: Error) => error instanceof Refused && /disk full/.test(error.message));
			assert.deepEqual(deletes(), []);
			assert.match(exportProblem({ failed: true }, 'Old')!.message, /could not export “Old”\.$/);
			assert.equal(exportProblem({ error: null, failed: false }, 'Old'), undefined);
		});

		it('fail where it is done and nowhere', async () => {
			pollsSay({ done: true });
			await assert.rejects(run(purging), UnexpectedReply);
		});

		for (const [hours, limit] of [
			[undefined, 6],
			['0.5', 0.5],
			['soon', 6],
		] as const) {
			it(`are given up after ${limit} hours where the setting is ${hours}`, async () => {
				pollsSay({ done: false });
				job = await jobFor('clientCredentials', { hours });
				await assert.rejects(run(purging), (error: Error) => /took too long/.test(error.message));
				assert.equal(clock.passed, limit * 3_600_000);
				assert.deepEqual([kept(), deletes()], [[], []]);
			});
		}

		it('wait as long as ProjectPlace asks for', async () => {
			let asks = 0;
			instead = (request) => {
				asks += Number(/exports\/\d+$/.test(request.url));
				return /exports\/\d+$/.test(request.url) && asks === 1
					? new Response('', { status: 429, headers: { 'retry-after': '120' } })
					: undefined;
			};
			await run(saving);
			assert.ok(clock.waits[0]! > 100_000 && clock.waits[0]! < 130_000, String(clock.waits[0]));
		});

		it('are none of a robot that may only read', async () => {
			job = await jobFor('clientCredentials', { values: server.state['readOnly'] });
			await assert.rejects(run(purging), NotAllowed);
			assert.deepEqual([kept(), isThere()], [[], true]);
		});
	});

	describe('are deleted', () => {
		it('behind their own new zip', async () => {
			assert.equal(await isDone(purging), false);
			const row = await rowOf();
			assert.match(await job.run(row, purging, jobIo(), signal()), /^Saved as “.+” and deleted at ProjectPlace\.$/);
			assert.deepEqual(deletes(), ['DELETE /1/projects/1012']);
			assert.deepEqual([isThere(), removed], [false, 1]);
			assert.equal(await job.isDone!(row, purging, jobIo(), signal()), true);
		});

		it('behind a zip that is there whole, without another export', async () => {
			folders.files.set('/kept/1012-good.zip', good);
			assert.equal(await run(purging), 'Deleted at ProjectPlace; its zip was there as “1012-good.zip”.');
			assert.deepEqual([exports().length, isThere()], [0, false]);
		});

		it('never behind a broken one, which is replaced first', async () => {
			folders.files.set('/kept/1012-cut.zip', good.subarray(0, -1));
			server.fault('GET *file', 'cut');
			await assert.rejects(run(purging), Unreachable);
			assert.deepEqual([deletes(), isThere()], [[], true]);
			server.clearFaults();
			await run(purging);
			assert.equal(exports().length, 2);
			assert.ok(!isThere());
		});

		it('not where they were taken out of the archive in the meantime', async () => {
			const row = await rowOf();
			clock.onWait = () => (projects().find(({ id }) => id === 1012)!.archived = false);
			await assert.rejects(
				job.run(row, purging, jobIo(), signal()),
				(error) => error instanceof Skipped && /no longer archived/.test(error.message),
			);
			assert.deepEqual([deletes(), isThere(), kept().length], [[], true, 1]);
			assert.equal(await job.isDone!(row, purging, jobIo(), signal()), false);
		});

		it('not once more where they are gone', async () => {
			const row = await rowOf();
			folders.files.set('/kept/1012-good.zip', good);
			projects().splice(
				projects().findIndex(({ id }) => id === 1012),
				1,
			);
			await assert.rejects(job.run(row, purging, jobIo(), signal()), Skipped);
			assert.deepEqual(deletes(), []);
		});

		it('once only where it is not known whether it was done, and then are looked for', async () => {
			const row = await rowOf();
			server.fault('DELETE *', 'cut');
			await assert.rejects(job.run(row, purging, jobIo(), signal()), OutcomeUnknown);
			assert.equal(deletes().length, 1);
			assert.equal(await job.isDone!(row, purging, jobIo(), signal()), true);
		});

		it('not where ProjectPlace refuses, and keep their zip', async () => {
			server.fault('DELETE *', '403');
			await assert.rejects(run(purging), NotAllowed);
			assert.deepEqual([kept().length, isThere()], [1, true]);
			assert.equal(await isDone(purging), false);
			assert.equal(await isDone(saving), true);
		});
	});

	/** A request that comes too often the first time. */
	function tooManyOnce(is: (request: Request) => boolean): typeof instead {
		let isFirst = true;
		return (request) => {
			if (isFirst && is(request)) {
				isFirst = false;
				return new Response('', { status: 429, headers: { 'retry-after': '0' } });
			}
			return undefined;
		};
	}
});
