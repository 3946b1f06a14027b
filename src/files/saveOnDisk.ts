import { t } from '@vscode/l10n';
import { LocalFailure, ProviderError, Unreachable } from '../core/errors.ts';
import type { DocumentContent } from '../core/provider.ts';

/**
 * Writes a document to this computer's disk: beside its target, renamed only when every byte has come and fits the length
 * and digest that were promised. Whatever goes wrong, what stood at the target stays and nothing else is left.
 */
export async function saveOnDisk(
	{ stream, size, md5 }: DocumentContent,
	path: string,
	signal: AbortSignal,
): Promise<void> {
	const [{ createWriteStream }, { rename, rm }, { pipeline }, { createHash, randomUUID }] = await Promise.all([
		import('node:fs'),
		import('node:fs/promises'),
		import('node:stream/promises'),
		import('node:crypto'),
	]);
	const part = `${path}.${randomUUID().slice(0, 8)}.part`;
	const hash = createHash('md5');
	let length = 0;
	const inspected = async function* (chunks: AsyncIterable<Uint8Array>) {
		for await (const chunk of chunks) {
			hash.update(chunk);
			length += chunk.length;
			yield chunk;
		}
	};
	try {
		const source = stream as unknown as AsyncIterable<Uint8Array>;
		await pipeline(source, inspected, createWriteStream(part, { flags: 'wx' }), { signal });
		checkLength(length, size);
		checkDigest(hash.digest('hex'), md5);
		await rename(part, path);
	} catch (error) {
		await rm(part, { force: true });
		throw asFailure(error, signal);
	}
}

export function checkLength(length: number, promised: number | undefined): void {
	if (promised !== undefined && length !== promised) {
		throw new Unreachable(t('The document came with {0} bytes instead of {1}. Nothing was saved.', length, promised));
	}
}

function checkDigest(digest: string, promised: string | undefined): void {
	if (promised !== undefined && digest !== promised) {
		throw new Unreachable(t('The document came damaged. Nothing was saved.'));
	}
}

function asFailure(error: unknown, signal: AbortSignal): unknown {
	if (signal.aborted || error instanceof ProviderError) {
		return error;
	}
	return isDiskTrouble(error)
		? new LocalFailure(diskSentence(error.code), error)
		: new Unreachable(t('The connection broke before the whole document had come. Nothing was saved.'), error);
}

/** Errors of the file system name the call that failed; those of the network name none or a socket's. */
function isDiskTrouble(error: unknown): error is Error & { readonly code: string } {
	return (
		error instanceof Error && 'code' in error && 'syscall' in error && ('path' in error || error.syscall === 'write')
	);
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
