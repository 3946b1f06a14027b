import assert from 'node:assert/strict';
import { InvalidInput, NotAllowed, NotFound, UnexpectedReply, Unreachable } from '../../src/core/errors.ts';
import type { FeedGroup, Feeds, FeedTable } from '../../src/core/feeds.ts';
import type { Values } from '../../src/core/form.ts';
import { authorisationOf } from '../../src/providers/projectplace/auth.ts';
import { Client } from '../../src/providers/projectplace/client.ts';
import { streamRows } from '../../src/providers/projectplace/feedRead.ts';
import { FeedScanner, MalformedFeed } from '../../src/providers/projectplace/feedScan.ts';
import { feedHostOf, feeds } from '../../src/providers/projectplace/feeds.ts';
import { robotOAuth1Way, robotWay } from '../../src/providers/projectplace/robot.ts';
import type { FeedManner } from '../../src/sandbox/projectplace/odata.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { memoryCredentials, signal, signInIo } from '../support/session.ts';
import { collect } from './conformanceWalks.ts';

const textOf = async (stream: ReadableStream<Uint8Array>) => new TextDecoder().decode(await collect(stream));

describe('ProjectPlace’s feeds', () => {
	let server: TestVendor;
	let part: Feeds;
	let asked: { url: string; authorization: string | null }[];
	/** Answers in the place of the network. */
	let instead: (request: Request) => Response | undefined | Promise<Response | undefined>;

	beforeEach(async () => {
		server = await startVendor('projectplace');
		asked = [];
		instead = () => undefined;
		part = await feedsOf('clientCredentials');
	});
	afterEach(() => server.close());

	async function feedsOf(way: 'clientCredentials' | 'oauth1', values = server.address[way], host?: string) {
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
		return feeds(client.ofFeeds, () => host ?? feedHostOf(account.server, undefined));
	}

	const manner = () => server.state['feeds'] as FeedManner;
	const group = (id: string): FeedGroup => part.groups.find((one) => one.id === id) ?? assert.fail(`no group ${id}`);
	const people = { group: 'am', name: 'AccountPeople' };
	const read = async (table: FeedTable = people, of = part) => textOf((await of.read(table, signal())).stream);
	const rows = async (table: FeedTable = people, of = part) =>
		(JSON.parse(await read(table, of)) as { value: object[] }).value;
	const paths = () => server.requests.map(({ path }) => path).filter((path) => path.startsWith('/odata'));

	describe('tell their tables', () => {
		it('in three groups', async () => {
			assert.deepEqual(
				part.groups.map(({ id, label }) => `${id}: ${label}`),
				['pm: Workspace data', 'am: Account data', 'portfolios: Portfolio data'],
			);
			const numbers: number[] = [];
			for (const each of part.groups) {
				const tables = await part.tables(each, signal());
				assert.ok(tables.every((table) => table.group === each.id));
				numbers.push(tables.length);
			}
			assert.deepEqual(numbers, [15, 6, 3]);
		});

		it('of portfolios under the root’s other name as well', async () => {
			manner().portfolioRoot = 'portfolio';
			const [table] = await part.tables(group('portfolios'), signal());
			assert.equal((await rows(table)).length, 2);
			assert.deepEqual(paths(), [
				'/odata/portfolios',
				'/odata/portfolio',
				'/odata/portfolios/Portfolios',
				'/odata/portfolio/Portfolios',
			]);
		});

		it('without what is no table', async () => {
			instead = () =>
				Response.json({
					value: [{ name: 'Cards', kind: 'EntitySet' }, { name: 'Run', kind: 'FunctionImport' }, { name: 'A' }],
				});
			instead = answering('/odata/pm', instead);
			assert.deepEqual(
				(await part.tables(group('pm'), signal())).map(({ name }) => name),
				['Cards', 'A'],
			);
		});

		it('to nobody who may not, and not where the root is gone', async () => {
			server.fault('GET /odata/pm', '403', 1);
			await assert.rejects(part.tables(group('pm'), signal()), NotAllowed);
			server.fault('GET /odata/*', '404');
			await assert.rejects(part.tables(group('pm'), signal()), NotFound);
			await assert.rejects(part.tables(group('portfolios'), signal()), NotFound);
		});
	});

	const answering =
		(path: string, answer: typeof instead): typeof instead =>
		(request: Request) =>
			new URL(request.url).pathname === path ? answer(request) : undefined;

	describe('are read', () => {
		for (const way of ['clientCredentials', 'oauth1'] as const) {
			it(`over all replies that make a table, each signed with ${way}`, async () => {
				part = await feedsOf(way);
				const whole = await rows();
				assert.equal(whole.length, 100);
				for (const rowsPerReply of [1, 33, 50, 99, 100, 101]) {
					manner().rowsPerReply = rowsPerReply;
					const from = paths().length;
					assert.deepEqual(await rows(), whole, `${rowsPerReply} rows in a reply`);
					assert.equal(paths().length - from, Math.ceil(100 / rowsPerReply));
				}
			});
		}

		it('every one of them', async () => {
			for (const each of part.groups) {
				for (const table of await part.tables(each, signal())) {
					assert.ok(Array.isArray(await rows(table)), table.name);
				}
			}
		});

		it('as a list without rows where there are none', async () => {
			assert.equal(await read({ group: 'pm', name: 'Issues' }), '{"value":[]}');
		});

		it('as JSON of unknown length that can be asked for again from its beginning', async () => {
			const content = await part.read(people, signal());
			assert.deepEqual([content.size, content.start, content.mediaType], [undefined, undefined, 'application/json']);
			await content.stream.cancel();
			const again = await content.again!(500, signal());
			assert.equal((JSON.parse(await textOf(again.stream)) as { value: object[] }).value.length, 100);
		});

		it('before the last reply is there', async () => {
			manner().rowsPerReply = 10;
			const { stream } = await part.read(people, signal());
			const reader = stream.getReader();
			assert.equal(new TextDecoder().decode((await reader.read()).value), '{"value":[');
			await reader.read();
			assert.ok(paths().length <= 2);
			await reader.cancel();
			const asked = paths().length;
			await new Promise((resolve) => setImmediate(resolve));
			assert.equal(paths().length, asked);
		});

		it('until somebody cancels', async () => {
			manner().rowsPerReply = 10;
			const stop = new AbortController();
			const { stream } = await part.read(people, stop.signal);
			const reader = stream.getReader();
			await reader.read();
			stop.abort();
			await assert.rejects(
				async () => {
					while (!(await reader.read()).done) {
						// On to the end.
					}
				},
				{ name: 'AbortError' },
			);
		});

		it('with a table’s name as it is, whatever is in it', async () => {
			await assert.rejects(read({ group: 'pm', name: '../am/AccountPeople?x=1' }), NotFound);
			assert.deepEqual(paths(), ['/odata/pm/..%2Fam%2FAccountPeople%3Fx%3D1']);
		});
	});

	describe('break', () => {
		beforeEach(() => {
			manner().rowsPerReply = 40;
		});

		it('not for a server that failed once or was asked too often', async () => {
			server.fault('GET /odata/am/*', '500', 1);
			assert.equal((await rows()).length, 100);
			let isFirst = true;
			instead = (request) => {
				const isNext = isFirst && request.url.includes('skiptoken');
				isFirst &&= !isNext;
				return isNext ? new Response('', { status: 429, headers: { 'retry-after': '0' } }) : undefined;
			};
			assert.equal((await rows()).length, 100);
			assert.equal(isFirst, false);
		});

		it('where a reply is cut in the middle, as a connection does', async () => {
			server.fault('GET /odata/am/*', 'cut');
			await assert.rejects(read(), TypeError);
		});

		it('where a later reply is cut, refused or not there', async () => {
			await rows();
			for (const [kind, error] of [
				['cut', TypeError],
				['403', NotAllowed],
				['404', NotFound],
				['html', UnexpectedReply],
			] as const) {
				const { stream } = await part.read(people, signal());
				server.fault('GET /odata/am/*', kind);
				await assert.rejects(textOf(stream), error, kind);
				server.clearFaults();
			}
		});

		it('where a later reply does not come', async () => {
			instead = (request) =>
				request.url.includes('skiptoken')
					? new Response('', { status: 503, headers: { 'retry-after': '0' } })
					: undefined;
			await assert.rejects(read(), Unreachable);
		});

		for (const [what, body, error] of [
			['a list', '[{"a": 1}]', UnexpectedReply],
			['an object without rows', '{"error_code": "SERVER_ERROR"}', UnexpectedReply],
			['rows that are no list', '{"value": {"a": 1}}', UnexpectedReply],
			['two lists of rows', '{"value": [1], "value": [2]}', UnexpectedReply],
			['more behind its end', '{"value": []}{}', UnexpectedReply],
			['a text', 'Sorry', UnexpectedReply],
			['nothing', '', Error],
			['half of it', '{"value": [{"a": 1}, {"a"', Error],
			['all but its end', '{"value": [{"a": 1}]', Error],
		] as const) {
			it(`where ${what} comes`, async () => {
				instead = answering('/odata/am/AccountPeople', () => new Response(body));
				await assert.rejects(read(), (failure: Error) => failure instanceof error && /\w/.test(failure.message));
			});
		}

		it('where a page comes', async () => {
			server.fault('GET /odata/am/*', 'html');
			await assert.rejects(part.read(people, signal()), UnexpectedReply);
		});

		it('where replies lead round in a circle', async () => {
			instead = answering('/odata/am/AccountPeople', () =>
				Response.json({ value: [1], '@odata.nextLink': '/odata/am/AccountPeople' }),
			);
			await assert.rejects(read(), UnexpectedReply);
			assert.equal(asked.filter(({ url }) => url.includes('AccountPeople')).length, 2);
		});
	});

	describe('show their credentials', () => {
		for (const link of [
			'https://storage.example/rest',
			'//storage.example/rest',
			'http://odata3.projectplace.com/rest',
			'https://odata3.projectplace.com.storage.example/rest',
			'https://somebody:secret@odata3.projectplace.com/rest',
			'file:///etc/passwd',
		]) {
			it(`not, and ask nothing, at ${link}`, async () => {
				instead = answering('/odata/am/AccountPeople', () => Response.json({ value: [1], '@odata.nextLink': link }));
				await assert.rejects(read(), UnexpectedReply);
				assert.ok(asked.every(({ url }) => url.startsWith(server.address['url'] as string)));
			});
		}

		it('to another host of the vendor’s', async () => {
			instead = (request) =>
				request.url.startsWith('https://')
					? Response.json({ value: [2] })
					: answering('/odata/am/AccountPeople', () =>
							Response.json({ '@odata.nextLink': 'https://odata3-quayside.projectplace.com/rest', value: [1] }),
						)(request);
			assert.equal(await read(), '{"value":[1,2]}');
			const { url, authorization } = asked.at(-1)!;
			assert.equal(url, 'https://odata3-quayside.projectplace.com/rest');
			assert.match(authorization!, /^Bearer /);
		});

		it('at the vendor’s own host for feeds', async () => {
			part = await feedsOf('oauth1', undefined, 'https://odata3.projectplace.com');
			instead = (request) => (request.url.startsWith('https://') ? Response.json({ value: [] }) : undefined);
			assert.equal(await read(), '{"value":[]}');
			assert.equal(asked.at(-1)!.url, 'https://odata3.projectplace.com/am/AccountPeople');
		});
	});

	describe('are at', () => {
		const own = 'https://api.projectplace.com';
		for (const [server, setting, host] of [
			[own, undefined, 'https://odata3.projectplace.com'],
			[own, ' ', 'https://odata3.projectplace.com'],
			['https://quayside.projectplace.com', 'odata3-quayside', 'https://odata3-quayside.projectplace.com'],
			[own, 'https://odata3-quayside.projectplace.com/', 'https://odata3-quayside.projectplace.com'],
			[own, 'odata.projectplace.com', 'https://odata.projectplace.com'],
			['http://127.0.0.1:4000', undefined, 'http://127.0.0.1:4000/odata'],
			['http://127.0.0.1:4000', 'https://odata3.projectplace.com', 'http://127.0.0.1:4000/odata'],
		] as const) {
			it(`${host} for ${server} with the setting ${setting}`, () => {
				assert.equal(feedHostOf(server, setting), host);
			});
		}

		for (const setting of [
			'https://storage.example',
			'http://odata3.projectplace.com',
			'ftp://x',
			'projectplace.com',
		]) {
			it(`no address such as ${setting}`, () => {
				assert.throws(() => feedHostOf(own, setting), InvalidInput);
			});
		}
	});

	it('leave a robot that may only read all tables', async () => {
		part = await feedsOf('clientCredentials', server.state['readOnly']);
		assert.equal((await rows()).length, 100);
	});
});

describe('the rows of a feed', () => {
	const awkward = JSON.stringify({
		'@odata.context': 'x/$metadata#People',
		note: { value: [1], '@odata.nextLink': 'inner', list: ['}', ']', '"', '\\'] },
		value: [{ a: 'ü ]} " \\" \\', b: [[1], { value: [] }] }, '€', null, -1.5e3, [], {}, true],
		'@odata.nextLink': 'x/ü?$skiptoken="1\\\\',
		last: null,
	});

	function scan(text: string, size: number, hasRows = false) {
		const scanner = new FeedScanner(hasRows);
		const all = new TextEncoder().encode(text);
		const found: Uint8Array[] = [];
		for (let at = 0; at < all.length; at += size) {
			found.push(...scanner.read(all.slice(at, at + size)));
		}
		scanner.end();
		return { text: Buffer.concat(found).toString(), next: scanner.next };
	}

	it('are found however the reply is cut into pieces', () => {
		const { value, '@odata.nextLink': next } = JSON.parse(awkward) as Record<string, unknown>;
		for (let size = 1; size <= awkward.length + 5; size += 1) {
			const found = scan(awkward, size);
			assert.deepEqual(JSON.parse(`[${found.text}]`), value);
			assert.equal(found.next, next);
		}
	});

	it('are found between blanks and behind a byte order mark', () => {
		for (let size = 1; size < 60; size += 1) {
			const found = scan('\uFEFF \r\n{ "value" : [ \n\t 1 , 2 ] , "@odata.nextLink" : "more" } \n', size, true);
			assert.deepEqual([JSON.parse(`[0${found.text}]`), found.next], [[0, 1, 2], 'more']);
			assert.equal(scan('{"value": [ \n ], "@odata.nextLink": null}', size, true).text.trim(), '');
		}
	});

	it('are found under an escaped name', () => {
		assert.equal(scan('{"v\\u0061lue": [1]}', 3).text, '1');
	});

	it('have commas between replies where both have rows', async () => {
		const replies = ['[]', '[1,2]', '[]', '[ ]', '[3]', '[]'];
		const reply = (at: number): Parameters<typeof streamRows>[0] => ({
			body: new Blob([
				`{"value":${replies[at]}${at + 1 < replies.length ? `,"@odata.nextLink":"${at + 1}"` : ''}}`,
			]).stream(),
			next: async (link) => reply(Number(link)),
		});
		assert.deepEqual(JSON.parse(await textOf(streamRows(reply(0), (error) => error, signal()))), { value: [1, 2, 3] });
	});

	it('are none where a reply is broken', () => {
		for (const text of ['', '{', '{"value": [1', '{"value": [1]', '{"value": ["]}', '{"value": [{]}']) {
			assert.throws(() => scan(text, 4), Error, text);
		}
		for (const text of ['[]', '1', '{}', '{"value": 1}', '{"value": [1]]}', '{value: [1]}', '{"value": []} x']) {
			assert.throws(() => scan(text, 4), MalformedFeed, text);
		}
		assert.throws(() => scan(`{"@odata.nextLink": "${'x'.repeat(70_000)}"}`, 1000), MalformedFeed);
	});
});
