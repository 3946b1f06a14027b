import type { Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { t } from '@vscode/l10n';
import { LocalFailure } from '../../core/errors.ts';
import type { PartRecords } from './partRecords.ts';
import { newPartName } from './parts.ts';

/** Bytes that are written at once; a call to the system for every piece that comes would cost more than the writing. */
const atOnce = 512 * 1024;
/** Bytes that may wait for the disk before the network has to. */
const mostWaiting = 4 * atOnce;

interface Piece {
	readonly bytes: Uint8Array;
	readonly release: () => void;
}

/** A file that is being written beside its target. What it throws is a `LocalFailure` that says what the disk has. */
export class PartFile {
	readonly #path: string;
	readonly #file: FileHandle;
	readonly #records: PartRecords | undefined;
	#hash: Hash | undefined;
	#length = 0;
	#written = 0;
	/** What waits for the disk, in its order. */
	#waiting: Piece[] = [];
	#waitingBytes = 0;
	#writing: Promise<void> | undefined;
	#failure: unknown;

	private constructor(path: string, file: FileHandle, records: PartRecords | undefined) {
		this.#path = path;
		this.#file = file;
		this.#records = records;
	}

	static beside(target: string, records: PartRecords | undefined): Promise<PartFile> {
		return onDisk(async () => {
			const [{ open }, names] = await Promise.all([import('node:fs/promises'), import('node:path')]);
			const path = names.join(names.dirname(target), newPartName());
			await records?.add(path);
			try {
				return new PartFile(path, await open(path, 'wx'), records);
			} catch (error) {
				await records?.remove(path);
				throw error;
			}
		});
	}

	/** Bytes that were given to it. */
	get length(): number {
		return this.#length;
	}

	/** Empties it; from here on it keeps a digest where one is wanted. */
	async restart(wantsDigest: boolean): Promise<void> {
		await this.settle();
		this.#hash = wantsDigest ? (await import('node:crypto')).createHash('md5') : undefined;
		this.#length = 0;
		this.#written = 0;
		await onDisk(() => this.#file.truncate(0));
	}

	/** Takes a piece, once not too much waits for the disk, and lets go of it when it is there. */
	async write(bytes: Uint8Array, release: () => void): Promise<void> {
		this.#waiting.push({ bytes, release });
		this.#waitingBytes += bytes.length;
		this.#length += bytes.length;
		this.#hash?.update(bytes);
		if (this.#waitingBytes >= mostWaiting) {
			await this.#writing;
		}
		if (this.#waitingBytes >= atOnce) {
			this.#writing ??= this.#writeGathered();
		}
		this.#throwFailure();
	}

	/** Waits until all that was given is on the disk. */
	async settle(): Promise<void> {
		await this.#writing;
		await this.#writeGathered();
		this.#throwFailure();
	}

	/** Lower-case hex MD5 of all that was written since the last restart; undefined where nobody wanted one. */
	digest(): string | undefined {
		return this.#hash?.digest('hex');
	}

	/** Gives it its final name. */
	async moveTo(target: string): Promise<void> {
		const { rename } = await import('node:fs/promises');
		await this.settle();
		await onDisk(async () => {
			await this.#file.close();
			await rename(this.#path, target);
		});
		await this.#records?.remove(this.#path);
	}

	/** Leaves nothing. */
	async discard(): Promise<void> {
		const { rm } = await import('node:fs/promises');
		await this.#writing;
		await this.#file.close().catch(() => undefined);
		await rm(this.#path, { force: true });
		await this.#records?.remove(this.#path);
	}

	/** In one go. What goes wrong is told by whoever waits next; nothing is written behind it. */
	async #writeGathered(): Promise<void> {
		const pieces = this.#waiting;
		this.#waiting = [];
		this.#waitingBytes = 0;
		try {
			if (this.#failure === undefined) {
				await this.#writeWhole(pieces.map(({ bytes }) => bytes));
			}
		} catch (error) {
			this.#failure = error;
		}
		pieces.forEach(({ release }) => release());
		this.#writing = undefined;
	}

	/** A full disk takes a part of what it gets, and fails only at the next try. */
	async #writeWhole(pieces: readonly Uint8Array[]): Promise<void> {
		let left = pieces;
		while (left.length > 0) {
			const { bytesWritten } = await this.#file.writev(left, this.#written);
			this.#written += bytesWritten;
			left = behind(left, bytesWritten);
		}
	}

	#throwFailure(): void {
		if (this.#failure !== undefined) {
			throw asLocalFailure(this.#failure);
		}
	}
}

/** The pieces without their first bytes. */
function behind(pieces: readonly Uint8Array[], count: number): readonly Uint8Array[] {
	let skip = count;
	return pieces.flatMap((piece) => {
		const rest = piece.subarray(Math.min(skip, piece.length));
		skip -= piece.length - rest.length;
		return rest.length > 0 ? [rest] : [];
	});
}

async function onDisk<T>(run: () => Promise<T>): Promise<T> {
	try {
		return await run();
	} catch (error) {
		throw asLocalFailure(error);
	}
}

function asLocalFailure(error: unknown): LocalFailure {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	return error instanceof LocalFailure ? error : new LocalFailure(diskSentence(code), error);
}

function diskSentence(code: string): string {
	switch (code) {
		case 'ENOSPC':
		case 'EDQUOT':
			return t('There is no room left on the disk. Nothing was saved.');
		case 'EISDIR':
			return t('There is a folder of that name. Nothing was saved.');
		default:
			return t('The file could not be written ({0}). Nothing was saved.', code);
	}
}
