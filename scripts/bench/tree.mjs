import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { memoryAccounts } from '../../test/support/fakeProvider.ts';
import { signInPractice } from '../../test/support/session.ts';
import { startSandbox } from '../lib/sandboxProcess.mjs';

/** Workspaces that make close to 100,000 cards; the first board of the first one has 2,000 of them. */
const scale = 500;
const rounds = 10;

/**
 * How many cards a page can hold at most, and how many other lists a board is drawn from, each asked for once: Productive's
 * task lists, Planbox's people, CoreData's kinds of tasks and the two status lists its tasks use. A vendor without a page
 * size answers with the whole board. Productive's limit of 100 requests in 10 s makes its rounds wait.
 */
const vendors = {
	projectplace: { others: 0 },
	productive: { others: 1, pageSize: 200, pagesPerColumn: true, pause: 4_000 },
	planbox: { others: 1 },
	coredata: { others: 3, pageSize: 100 },
};

/**
 * Expands the largest board of a large world in the tree, every column to its end: requests made against the fewest that
 * the page size allows, time against the same requests sent bare in the same order, and what a card costs in memory
 * while its line stands in the tree.
 */
export async function run({ report }) {
	report('Making a world of 100,000 cards');
	const sandbox = await startSandbox(['--scale', String(scale)]);
	try {
		const results = {};
		for (const vendor of Object.keys(vendors)) {
			results[vendor] = await measureVendor(vendor, sandbox.about[vendor]);
			report(`${vendor}: ${JSON.stringify(results[vendor])}`);
		}
		const worst = (key) => Math.max(...Object.values(results).map((result) => result[key]));
		return {
			requestRatio: worst('requestRatio'),
			timeRatio: worst('timeRatio'),
			heapPerCardBytes: worst('heapPerCardBytes'),
			vendors: results,
		};
	} finally {
		await sandbox.stop();
	}
}

async function measureVendor(vendor, address) {
	const { providers } = await import('../../src/providers/index.ts');
	const provider = providers.find(({ id }) => id === vendor);
	const account = await signInPractice(provider, address);
	const { sent, perColumn } = await observe(provider, account);
	const cards = perColumn.reduce((sum, count) => sum + count, 0);
	const measured = [];
	for (let round = 0; round < rounds; round++) {
		await delay(vendors[vendor].pause ?? 0);
		measured.push(await measureTime(provider, account, sent, round % 2 === 0));
	}
	const heapPerCardBytes = Math.round((await measureHeap(provider, account)) / cards);
	const middle = (key) => round2(median(measured.map((one) => one[key])));
	return {
		cards,
		requests: sent.length,
		requestRatio: round2(sent.length / fewest(vendors[vendor], perColumn)),
		ms: middle('ours'),
		bareMs: middle('bare'),
		timeRatio: round2(median(measured.map(({ ours, bare }) => ours / bare))),
		heapPerCardBytes,
	};
}

function fewest({ others, pageSize = Infinity, pagesPerColumn = false }, perColumn) {
	const pages = (cards) => (pageSize === Infinity ? 1 : Math.max(1, Math.ceil(cards / pageSize)));
	const lists = pagesPerColumn ? perColumn : [perColumn.reduce((sum, cards) => sum + cards, 0)];
	return others + lists.reduce((sum, cards) => sum + pages(cards), 0);
}

/** What expanding the board sends, and how many cards each column has. */
async function observe(provider, signedIn) {
	const sent = [];
	const board = await largestBoard(provider, signedIn, sent);
	sent.recording = true;
	const columns = await expand(board);
	return { sent, perColumn: await Promise.all(columns.map(cardsOf)) };
}

/** Milliseconds of expanding the board in a fresh tree, and of the same requests sent bare; each goes first in turn. */
async function measureTime(provider, signedIn, sent, oursFirst) {
	const board = await largestBoard(provider, signedIn, []);
	const [first, second] = oursFirst ? [expand, sendBare] : [sendBare, expand];
	const argument = (run) => (run === expand ? board : sent);
	const [a, b] = [await timed(() => first(argument(first))), await timed(() => second(argument(second)))];
	return oursFirst ? { ours: a, bare: b } : { ours: b, bare: a };
}

async function timed(run) {
	const started = performance.now();
	await run();
	return performance.now() - started;
}

/** Bytes that the board's lines and all that the session keeps for them take, once everything else is collected. */
async function measureHeap(provider, signedIn) {
	const board = await largestBoard(provider, signedIn, []);
	const before = heap();
	const columns = await expand(board);
	const taken = heap() - before;
	if (columns.length === 0) throw new Error('the board has no columns');
	return taken;
}

/** The board's node in a tree of its own, whose session has asked for nothing but the way to it. */
async function largestBoard(provider, signedIn, requests) {
	const [{ Sessions }, { accountNode }] = await Promise.all([
		import('../../src/core/sessions.ts'),
		import('../../src/views/nodes/account.ts'),
	]);
	const { accounts } = memoryAccounts();
	const io = () => ({
		fetch: recording(requests),
		send: () => Promise.reject(new Error('nothing is sent here')),
		log: { debug: () => {}, warn: () => {} },
		setting: () => undefined,
	});
	const sessions = new Sessions({ accounts, providers: [provider], io, practice: () => Promise.reject(new Error()) });
	const context = { accounts, sessions, openPages: new Map(), now: () => new Date() };
	const account = await accounts.add(provider.id, signedIn);
	const workspace = await childNamed(accountNode(context, account), 'Harbour renewal');
	return childNamed(workspace, 'Delivery');
}

/** Opens every column and loads all its pages, as somebody would who scrolls to the end. */
async function expand(board) {
	const columns = (await childrenOf(board)).filter(({ kind }) => kind === 'column');
	for (const column of columns) {
		await childrenOf(column);
		while (column.lists[0].hasMore) await column.lists[0].more();
	}
	return columns;
}

async function cardsOf(column) {
	return (await childrenOf(column)).filter(({ kind }) => kind === 'card').length;
}

async function childrenOf(node) {
	return (await Promise.all((node.lists ?? []).map((list) => list.nodes()))).flat();
}

async function childNamed(node, name) {
	for (;;) {
		const found = (await childrenOf(node)).find((child) => child.item().label === name);
		const growing = node.lists.find((list) => list.hasMore);
		if (found) return found;
		if (!growing) throw new Error(`no ${name} below ${node.item().label}`);
		await growing.more();
	}
}

/** Fetch that keeps what it sends, to send it again. */
function recording(requests) {
	return async (input, init) => {
		const request = new Request(input, init);
		const body = request.method === 'GET' ? undefined : await request.clone().text();
		if (!requests.recording) return fetch(request);
		requests.push({ url: request.url, method: request.method, headers: Object.fromEntries(request.headers), body });
		return fetch(request);
	};
}

/** The bare requests: sent, read, parsed, thrown away. */
async function sendBare(requests) {
	for (const { url, ...init } of requests) await (await fetch(url, init)).json();
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

function heap() {
	collectGarbage();
	collectGarbage();
	return process.memoryUsage().heapUsed;
}

function median(values) {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)];
}

function round2(value) {
	return Math.round(value * 100) / 100;
}
