import { isPartName, removeWhenOld } from './parts.ts';

interface Entry {
	readonly part: string;
	/** The process that writes it. */
	readonly pid: number;
}

/**
 * Remembers, in a folder of the extension's own, which parts are being written and by which process, so that the next
 * start removes what a window that died has left, wherever that is. A file a part: windows never write to the same one.
 */
export class PartRecords {
	readonly #folder: string;
	/** What this window is writing itself. */
	readonly #own = new Set<string>();

	constructor(folder: string) {
		this.#folder = folder;
	}

	async add(part: string): Promise<void> {
		const { mkdir, writeFile } = await import('node:fs/promises');
		this.#own.add(part);
		await mkdir(this.#folder, { recursive: true });
		await writeFile(await this.#fileOf(part), JSON.stringify({ part, pid: process.pid } satisfies Entry));
	}

	async remove(part: string): Promise<void> {
		const { rm } = await import('node:fs/promises');
		this.#own.delete(part);
		await rm(await this.#fileOf(part), { force: true });
	}

	/** Removes the parts whose writers are gone, and those that nobody has written to for a day. */
	async sweep(): Promise<void> {
		const { readdir } = await import('node:fs/promises');
		const path = await import('node:path');
		const names = await readdir(this.#folder).catch(() => []);
		await Promise.all(names.map((name) => this.#sweepOne(path.join(this.#folder, name))));
	}

	async #sweepOne(file: string): Promise<void> {
		const { readFile, rm } = await import('node:fs/promises');
		const path = await import('node:path');
		const entry = toEntry(await readFile(file, 'utf8').catch(() => ''));
		if (!entry || !isPartName(path.basename(entry.part))) {
			await rm(file, { force: true });
		} else if (!this.#own.has(entry.part) && (await isGone(entry))) {
			await rm(file, { force: true });
		}
	}

	async #fileOf(part: string): Promise<string> {
		const path = await import('node:path');
		return path.join(this.#folder, `${path.basename(part)}.json`);
	}
}

/** Whether the part is gone, perhaps by this. */
async function isGone({ part, pid }: Entry): Promise<boolean> {
	const { rm } = await import('node:fs/promises');
	// Another process may have got the number of ours since; the day is for that.
	if (pid !== process.pid && isRunning(pid)) {
		return removeWhenOld(part);
	}
	return rm(part, { force: true }).then(
		() => true,
		() => false,
	);
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

function toEntry(text: string): Entry | undefined {
	try {
		const { part, pid } = JSON.parse(text) as Partial<Entry>;
		return typeof part === 'string' && typeof pid === 'number' ? { part, pid } : undefined;
	} catch {
		return undefined;
	}
}
