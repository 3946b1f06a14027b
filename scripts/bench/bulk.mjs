import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Dice } from '../../src/sandbox/dice.ts';
import { workspaceNames } from '../../src/sandbox/names.ts';
import { openPractice } from '../../test/support/session.ts';
import { root } from '../lib/paths.mjs';
import { startNode, stop } from '../lib/processes.mjs';

const workspaces = 200;
const boardsEach = 3;
const boards = workspaces * boardsEach;
/** Milliseconds before every answer. */
const latency = 50;
const position = 1;
/** One request of so many fails. */
const oneIn = 50;
const kinds = ['500', 'cut', '429'];

/**
 * The name of one column enforced on all boards of an account: gathered and run as a job, with every row noted before and
 * after it, against the same calls made one after another, as ProjectPlace's example makes them. Then the same job with a
 * part of its requests failing: what failed is tried again, and the account must look as after the one before.
 */
export async function run({ report }) {
	const account = await startAccount();
	try {
		// The other way begins warm too: this one has made its calls.
		await gather((await openJob(account)).job, 'Nothing yet');
		const plain = await enforce(account, 'By the job');
		report(`job: ${JSON.stringify(plain.figures)}`);
		const example = await timed(() => likeTheExample(account, 'One by one'));
		report(`one after another: ${example.ms} ms for ${example.value} requests`);
		const failures = await addFailures(account);
		const faulty = await enforce(account, 'In spite of all');
		report(`with failures: ${JSON.stringify(faulty.figures)}`);
		const { ms, tooManyRequests, writesPerBoard } = plain.figures;
		return {
			speedup: round2(example.ms / ms),
			tooManyRequests,
			writesPerBoard,
			boards,
			ms,
			exampleMs: example.ms,
			...plain.figures,
			withFailures: {
				failures,
				sameEndState: faulty.state === plain.state,
				allReported: faulty.figures.done === boards && faulty.figures.reported === boards,
				...faulty.figures,
			},
		};
	} finally {
		await account.stop();
	}
}

/** From the first question to the last row, and how the account looks afterwards. */
async function enforce(account, name) {
	const { session, job } = await openJob(account);
	const from = (await account.requests()).length;
	const { ms, value } = await timed(() => runJob(job, name));
	const sent = (await account.requests()).slice(from);
	const writes = sent.filter(({ method, path }) => method === 'POST' && path.includes('/statuses/'));
	// A write whose answer was cut off has been done; the others that failed have not.
	const perBoard = Map.groupBy(
		writes.filter(({ status }) => status === 200),
		({ path }) => path,
	);
	session.forget();
	return {
		state: await stateOf(account, name),
		figures: {
			ms,
			requests: sent.length,
			tooManyRequests: sent.filter(({ status }) => status === 429).length,
			writesPerBoard: perBoard.size === boards ? Math.max(...[...perBoard.values()].map((all) => all.length)) : 0,
			...value,
		},
	};
}

async function openJob({ address }) {
	const { providers } = await import('../../src/providers/index.ts');
	const provider = providers.find(({ id }) => id === 'projectplace');
	const { session } = await openPractice(provider, address);
	const job = session.jobs.find(({ id }) => id === 'enforceColumnName');
	return { session, job };
}

/** All that a person does who unticks nothing and tries again what failed. */
async function runJob(job, name) {
	const [{ BulkRun }, { newRow }, { BulkJournal }] = await Promise.all([
		import('../../src/core/bulkRun.ts'),
		import('../../src/core/bulkPacking.ts'),
		import('../../src/core/bulkJournal.ts'),
	]);
	const { gathered, values, io, signal } = await gather(job, name);
	const { rows } = gathered;
	const about = { id: 'bench', job: job.id, title: job.title, account: 'bench', place: {}, begun: false };
	const kept = { ...gathered, ...about, values, rows: rows.map(newRow) };
	const bulk = new BulkRun(kept);
	const journal = new BulkJournal(memoryStore());
	bulk.noteIn(await journal.keep(kept, () => bulk.standing()));
	await bulk.goOn(job, io, signal);
	const count = (state) => bulk.rows.filter((row) => row.state === state).length;
	const failedAtFirst = count('failed');
	for (let rounds = 0; rounds < 3 && count('failed') > 0; rounds++) await bulk.retry(job, io, signal);
	const [done, failed, skipped, unknown] = ['done', 'failed', 'skipped', 'unknown'].map(count);
	const reported = done + failed + skipped + unknown + gathered.skipped.length;
	return { gathered: rows.length, failedAtFirst, done, failed, skipped, unknown, reported };
}

async function gather(job, name) {
	const io = { tell() {}, read: refuse, folders: { names: refuse, tail: refuse, save: refuse } };
	const values = { position: String(position), name };
	const { signal } = new AbortController();
	return { gathered: await job.gather(values, {}, io, signal), values, io, signal };
}

function memoryStore() {
	const kept = new Map();
	return { get: (key) => kept.get(key), set: async (key, value) => void kept.set(key, JSON.stringify(value)) };
}

function refuse() {
	return Promise.reject(new Error('no file is touched here'));
}

/** A token, the pages of workspaces, the boards of each, and then the columns; each waits for the one before it. */
async function likeTheExample({ address, token }, name) {
	const headers = { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' };
	let requests = 1;
	const ask = async (path, body) => {
		requests += 1;
		const method = body ? 'POST' : 'GET';
		const response = await fetch(address.url + path, { method, headers, body: body && JSON.stringify(body) });
		return response.ok ? response.json() : undefined;
	};
	const all = [];
	for (let more = true; more; ) {
		const filter = { archive_status: [0] };
		const asked = { sort_by: '+creation_date', filter, limit: 100, row_number: all.length };
		const page = await ask('/2/account/projects', asked);
		all.push(...page);
		more = page.length === 100;
	}
	const matching = [];
	for (const { id } of all) {
		const list = (await ask(`/1/projects/${id}/boards`)) ?? [];
		matching.push(...list.filter(({ progresses }) => progresses[position - 1]?.name !== name));
	}
	for (const { id, progresses } of matching) {
		await ask(`/1/boards/${id}/statuses/${progresses[position - 1].id}/properties`, { name });
	}
	return requests;
}

/** Strikes so many of the requests that a run makes, once each: some of the boards' lists and some of the writes. */
async function addFailures(account) {
	const dice = new Dice(1);
	const list = await account.boards();
	const asked = [...new Set(list.map(({ project_id }) => `GET /1/projects/${project_id}/boards`))];
	const written = list.map(({ id }) => `POST /1/boards/${id}/statuses/*`);
	const struck = [asked, written].flatMap((lines) => {
		const left = [...lines];
		const count = Math.round(lines.length / oneIn);
		return Array.from({ length: count }, () => left.splice(dice.below(left.length), 1)[0]);
	});
	for (const [at, pattern] of struck.entries())
		await account.fault({ pattern, kind: kinds[at % kinds.length], times: 1 });
	return struck.length;
}

/** The columns of all boards, whatever the one is called now. */
async function stateOf(account, name) {
	const shown = (column, at) => (at === position - 1 && column.name === name ? 'enforced' : column.name);
	return JSON.stringify((await account.boards()).map(({ id, progresses }) => [id, progresses.map(shown)]));
}

/** An account of so many workspaces that are not archived, in a process of its own. */
async function startAccount() {
	const main = join(root, 'src', 'sandbox', 'main.ts');
	const options = ['--json', '--scale', String(scale()), '--latency', String(latency)];
	const child = startNode([main, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
	const line = await new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
	const { projectplace: address } = JSON.parse(line);
	const control = (path, options) => fetch(`${address.url}/-/${path}`, options);
	const token = () => tokenFor(address);
	return {
		address,
		token,
		boards: async () => boardsOf(address, await token()),
		requests: async () => (await control('requests')).json(),
		fault: (fault) => control('faults', { method: 'POST', body: JSON.stringify(fault) }),
		stop: () => stop(child),
	};
}

function scale() {
	let active = 0;
	for (let all = 0; ; all++) {
		if (active === workspaces) return all;
		active += workspaceNames[all % workspaceNames.length].archived ? 0 : 1;
	}
}

async function tokenFor({ url, clientCredentials }) {
	const { clientId, clientSecret } = clientCredentials;
	const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
	const reply = await fetch(`${url}/oauth2/access_token`, { method: 'POST', body: new URLSearchParams(form) });
	return (await reply.json()).access_token;
}

/** Asked side by side: this is no part of what is measured. */
async function boardsOf({ url }, token) {
	const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
	const list = async (row_number) => {
		const body = JSON.stringify({ filter: { archive_status: [0] }, limit: 100, row_number });
		return (await fetch(`${url}/2/account/projects`, { method: 'POST', headers, body })).json();
	};
	const all = (await Promise.all([0, 100, 200].map(list))).flat();
	const lists = all.map(async ({ id }) => (await fetch(`${url}/1/projects/${id}/boards`, { headers })).json());
	return (await Promise.all(lists)).flat();
}

async function timed(run) {
	const started = performance.now();
	const value = await run();
	return { value, ms: Math.round(performance.now() - started) };
}

function round2(value) {
	return Math.round(value * 100) / 100;
}
