import { execFile } from 'node:child_process';
import { closeSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { openSession, signal, signInPractice } from '../../test/support/session.ts';
import { buildWhenStale } from '../lib/build.mjs';
import { onPath } from '../lib/onPath.mjs';
import { out } from '../lib/paths.mjs';
import { temporaryFolder } from '../lib/processes.mjs';
import { Stop } from '../lib/progress.mjs';
import { runLogged } from '../lib/run.mjs';
import { startSandbox } from '../lib/sandboxProcess.mjs';

const execute = promisify(execFile);
const megabyte = 1024 ** 2;
const size = 1024 * megabyte;
const rounds = 5;
/** Of each way. */
const cancellations = 5;
/** The source, what ours and curl's have saved, and some air. */
const needed = 4 * size;

/**
 * 1 GiB from the sandbox to a file and from a file to the sandbox: through the provider and our own writing and reading,
 * and with curl, each going first in turn. Throughput against curl's, by how much this process grew over all of it, and how
 * long after somebody cancels such a transfer it has ended.
 */
export async function run({ report }) {
	const curl = await findCurl(report);
	const folder = temporaryFolder('transfer');
	requireRoom(folder);
	await buildWhenStale(['sandbox.cjs', 'sandbox.mjs']);
	const sandbox = await startSandbox(['--large-document', String(size)]);
	try {
		const ways = await waysOf({ address: sandbox.about.projectplace, folder, curl });
		await ways.warmUp();
		const memory = watchMemory();
		const measured = [];
		for (let round = 0; round < rounds; round++) {
			const down = await sideBySide(ways.down, round);
			const up = await sideBySide(ways.up, round);
			measured.push({ down, up });
			report(`${round + 1} of ${rounds}: down ${speeds(down)}, up ${speeds(up)}`);
		}
		const growth = memory.growth();
		return { ...figures(measured, growth), cancelMs: median(await cancelled(ways)) };
	} finally {
		await sandbox.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Milliseconds from the wish to the end, each way in turn. */
async function cancelled({ leaveDown, leaveUp }) {
	const taken = [];
	for (let one = 0; one < cancellations; one++) taken.push(await leaveDown(), await leaveUp());
	return taken.map(Math.round);
}

async function findCurl(report) {
	const mayInstall = process.getuid?.() === 0 && onPath('apt-get');
	if (!onPath('curl') && mayInstall) {
		report('Installing curl');
		const log = join(out, 'logs', 'curl.log');
		await runLogged('apt-get', ['install', '-y', 'curl'], { log, advice: 'Install curl yourself.' });
	}
	const curl = onPath('curl');
	if (!curl) throw new Stop('This measures against curl, which is not here. Install it and start again.');
	return curl;
}

function requireRoom(folder) {
	const { bavail, bsize } = statfsSync(folder);
	if (bavail * bsize < needed) {
		throw new Stop(`${folder} has room for ${megabytes(bavail * bsize)} MB; this needs ${megabytes(needed)}.`);
	}
}

/** Each way leaves nothing behind; what comes down is looked at after its time was taken. */
async function waysOf({ address, folder, curl }) {
	const { archives, workspaces, token } = await signIn(address);
	const { archive, large } = await placesIn(workspaces, archives);
	const { saveOnDisk } = await import('../../src/files/saveOnDisk.ts');
	const { metered } = await import('../../src/core/transferProgress.ts');
	const [ours, theirs, source] = ['ours.bin', 'theirs.bin', 'source.bin'].map((name) => join(folder, name));
	const file = await sourceFile(source);
	const save = async () => saveOnDisk(await archives.read(large, signal()), ours, signal());
	const send = (one) => archives.uploading.upload(archive, one, signal());
	// In the session of this process: a kernel that groups by session would give one of its own a larger share of the time.
	const ask = (...args) => execute(curl, ['-sS', '--fail', '-H', `Authorization: Bearer ${token}`, ...args]);
	const upload = ['-F', `theirs.bin=@${source};filename=theirs.bin`, '-o', join(folder, 'answer.json')];
	return {
		// Loads all code, before memory is looked at.
		warmUp: async () => {
			await saveOnDisk(await archives.read(await smallIn(archives, archive), signal()), ours, signal());
			await send({ ...file, name: 'small.bin', size: 1, content: () => [new Uint8Array(1)] });
		},
		down: {
			ours: () => saving(ours, save),
			curl: () => saving(theirs, () => ask('-o', theirs, `${address.url}/1/documents/${large.id}`)),
		},
		leaveDown: () =>
			leaving(async (onProgress, until) => saveOnDisk(await archives.read(large, until), ours, until, { onProgress })),
		leaveUp: () => leaving((onProgress, until) => archives.uploading.upload(archive, metered(file, onProgress), until)),
		up: {
			ours: () => timed(() => send(file)),
			curl: () => timed(() => ask(...upload, `${address.url}/2/documents/${archive.id}/upload`)),
		},
	};
}

async function signIn(address) {
	const { projectplace } = await import('../../src/providers/projectplace/index.ts');
	const { receive } = await import('../../src/files/receive.ts');
	const { session } = openSession(projectplace, await signInPractice(projectplace, address), {}, receive);
	return { archives: session.archives, workspaces: session, token: await session.accessToken(signal()) };
}

async function placesIn(workspaces, archives) {
	for (const workspace of (await workspaces.workspaces(signal())).items) {
		const [archive] = await archives.ofWorkspace(workspace, signal());
		const { items } = await archives.entries(archive, signal());
		const large = items.find(({ name }) => name === 'Site recording.bin');
		if (large) return { archive: await archives.uploading.prepare(archive, signal()), large };
	}
	throw new Error('the sandbox has no large document');
}

async function smallIn(archives, archive) {
	const { items } = await archives.entries(archive, signal());
	return items.find(({ kind, name }) => kind === 'document' && name !== 'Site recording.bin');
}

async function sourceFile(path) {
	const { filePieces } = await import('../../src/files/disk/filePieces.ts');
	writeFile(path);
	return { name: 'ours.bin', size, mediaType: 'application/octet-stream', content: () => filePieces(path) };
}

function writeFile(path) {
	const file = openSync(path, 'w');
	const block = Buffer.alloc(megabyte, 'what goes up ');
	for (let done = 0; done < size; done += block.length) writeSync(file, block);
	closeSync(file);
}

/** Milliseconds. */
async function timed(run) {
	const started = performance.now();
	await run();
	return performance.now() - started;
}

/** Milliseconds until a transfer has ended that is cancelled in its midst. */
async function leaving(run) {
	const controller = new AbortController();
	let asked;
	const onProgress = ({ bytes }) => {
		if (bytes > size / 8 && asked === undefined) {
			asked = performance.now();
			controller.abort();
		}
	};
	await run(onProgress, controller.signal).then(
		() => Promise.reject(new Error('a cancelled transfer went on to its end')),
		(error) => controller.signal.aborted || Promise.reject(error),
	);
	return performance.now() - asked;
}

/**
 * The time of a way that saves a file, which is looked at and removed once that was taken. A file of the same size goes
 * before each: a virtual machine gives idle memory back, and whoever is first to need it would pay for getting it.
 */
async function saving(path, run) {
	writeFile(path);
	rmSync(path);
	const taken = await timed(run);
	await check(path);
	return taken;
}

let expected;

/** Every byte must be there: the same sum for all that came down, whoever brought it. */
async function check(path) {
	const sum = await sumOf(path);
	expected ??= sum;
	if (statSync(path).size !== size || sum !== expected) throw new Error(`${path} came with wrong bytes`);
	rmSync(path);
}

async function sumOf(path) {
	const file = await open(path);
	const buffer = Buffer.alloc(megabyte);
	let sum = 0;
	for (;;) {
		const { bytesRead } = await file.read(buffer, 0, buffer.length);
		if (bytesRead === 0) break;
		sum = crc32(buffer.subarray(0, bytesRead), sum);
	}
	await file.close();
	return sum;
}

async function sideBySide({ ours, curl }, round) {
	const result = {};
	for (const way of round % 2 === 0 ? ['ours', 'curl'] : ['curl', 'ours']) {
		result[way] = await { ours, curl }[way]();
	}
	return result;
}

/** By how many bytes this process has grown at most since now. */
function watchMemory() {
	const base = process.memoryUsage.rss();
	let most = base;
	const timer = setInterval(() => {
		most = Math.max(most, process.memoryUsage.rss());
	}, 25);
	timer.unref();
	return { growth: () => most - base };
}

function figures(measured, growth) {
	const ratio = (way) => median(measured.map((one) => one[way].curl / one[way].ours));
	const speed = (way, who) => Math.round(median(measured.map((one) => megabytes(size) / (one[way][who] / 1000))));
	return {
		downRatio: round2(ratio('down')),
		upRatio: round2(ratio('up')),
		rssGrowthMB: megabytes(growth),
		downMBs: { ours: speed('down', 'ours'), curl: speed('down', 'curl') },
		upMBs: { ours: speed('up', 'ours'), curl: speed('up', 'curl') },
	};
}

function speeds({ ours, curl }) {
	const speed = (milliseconds) => Math.round(megabytes(size) / (milliseconds / 1000));
	return `${speed(ours)} MB/s (curl ${speed(curl)})`;
}

function megabytes(bytes) {
	return Math.round(bytes / megabyte);
}

function median(values) {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)];
}

function round2(value) {
	return Math.round(value * 100) / 100;
}
