import { t } from '@vscode/l10n';
import type { DocumentContent } from '../core/archives.ts';
import { Unreachable } from '../core/errors.ts';
import { type OnProgress, TransferMeter } from '../core/transferProgress.ts';
import { PartFile } from './disk/partFile.ts';
import type { PartRecords } from './disk/partRecords.ts';
import { sweepParts } from './disk/parts.ts';
import { readingOf } from './disk/reading.ts';
import { downloadFailure, untilWhole } from './untilWhole.ts';

export interface SaveOptions {
	readonly onProgress?: OnProgress;
	/** Where is kept what a window that dies would leave. */
	readonly records?: PartRecords;
}

/**
 * Writes a document to this computer's disk: beside its target, renamed only when every byte has come and fits the length
 * and digest that were promised. What is cut off is asked for again, from where it broke where the server lets one.
 * Whatever goes wrong, what stood at the target stays and nothing else is left.
 */
export async function saveOnDisk(
	content: DocumentContent,
	path: string,
	signal: AbortSignal,
	{ onProgress, records }: SaveOptions = {},
): Promise<void> {
	const part = await partFor(content, path, records);
	const sweeping = import('node:path').then((names) => sweepParts(names.dirname(path)));
	try {
		const meter = onProgress && new TransferMeter(onProgress, content.size);
		const { size, md5 } = await gather(content, part, signal, meter);
		checkLength(part.length, size);
		checkDigest(part.digest(), md5);
		signal.throwIfAborted();
		await part.moveTo(path);
	} catch (error) {
		await part.discard();
		throw downloadFailure(error, signal);
	} finally {
		await sweeping;
	}
}

async function partFor(content: DocumentContent, path: string, records: PartRecords | undefined): Promise<PartFile> {
	try {
		return await PartFile.beside(path, records);
	} catch (error) {
		await content.stream.cancel().catch(() => undefined);
		throw error;
	}
}

/** Fills the part, if need be from several answers. Returns the last one, whose length and digest count. */
function gather(
	first: DocumentContent,
	part: PartFile,
	signal: AbortSignal,
	meter: TransferMeter | undefined,
): Promise<DocumentContent> {
	return untilWhole(
		first,
		async (content) => {
			await pour(content, part, signal, meter);
			return content;
		},
		async (content, again) => {
			await part.settle();
			return sameOrAnew(content, await again(part.length, signal), part.length, signal);
		},
		signal,
	);
}

/** The rest of another document must not be put behind the beginning of this one. */
async function sameOrAnew(
	before: DocumentContent,
	next: DocumentContent,
	from: number,
	signal: AbortSignal,
): Promise<DocumentContent> {
	const { start = 0, size, md5, again } = next;
	if (start === 0 || (start === from && size === before.size && md5 === before.md5) || !again) {
		return next;
	}
	await next.stream.cancel().catch(() => undefined);
	return again(0, signal);
}

async function pour(
	{ stream, start = 0, size, md5 }: DocumentContent,
	part: PartFile,
	signal: AbortSignal,
	meter: TransferMeter | undefined,
): Promise<void> {
	const reading = readingOf(stream);
	const leave = (): void => reading.cancel();
	signal.addEventListener('abort', leave, { once: true });
	try {
		signal.throwIfAborted();
		if (start === 0) {
			await part.restart(md5 !== undefined);
		}
		if (meter) {
			meter.total = size;
			meter.restart(part.length);
		}
		for (let piece = await reading.next(); piece && !signal.aborted; piece = await reading.next()) {
			const taken = piece;
			await part.write(taken, () => reading.release(taken));
			meter?.reach(part.length);
		}
		signal.throwIfAborted();
		await part.settle();
	} catch (error) {
		reading.cancel();
		throw error;
	} finally {
		signal.removeEventListener('abort', leave);
	}
}

export function checkLength(length: number, promised: number | undefined): void {
	if (promised !== undefined && length !== promised) {
		throw new Unreachable(t('The document came with {0} bytes instead of {1}. Nothing was saved.', length, promised));
	}
}

function checkDigest(digest: string | undefined, promised: string | undefined): void {
	if (promised !== undefined && digest !== promised) {
		throw new Unreachable(t('The document came damaged. Nothing was saved.'));
	}
}
