import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { ProviderError, Unreachable } from '../core/errors.ts';
import type { DocumentContent } from '../core/provider.ts';
import type { Advance } from '../host/progress.ts';

/**
 * Writes a document to a file. On this computer's disk it is written beside its target and renamed only when every byte
 * has come, so that no half document ever stands under the name.
 */
export async function saveDocument(
	content: DocumentContent,
	target: vscode.Uri,
	signal: AbortSignal,
	advance: Advance,
): Promise<void> {
	const counted = { ...content, stream: content.stream.pipeThrough(counting(content.size, advance)) };
	if (target.scheme === 'file' && !IS_WEB) {
		await saveOnDisk(counted, target.fsPath, signal);
	} else {
		const bytes = new Uint8Array(await new Response(counted.stream).arrayBuffer());
		checkLength(bytes.length, content.size);
		await vscode.workspace.fs.writeFile(target, bytes);
	}
}

async function saveOnDisk({ stream, size, md5 }: DocumentContent, path: string, signal: AbortSignal): Promise<void> {
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
		await pipeline(
			stream as unknown as AsyncIterable<Uint8Array>,
			inspected,
			createWriteStream(part, { flags: 'wx' }),
			{ signal },
		);
		checkLength(length, size);
		checkDigest(hash.digest('hex'), md5);
		await rename(part, path);
	} catch (error) {
		await rm(part, { force: true });
		throw asFailure(error, signal);
	}
}

function asFailure(error: unknown, signal: AbortSignal): unknown {
	const ours =
		signal.aborted ||
		error instanceof ProviderError ||
		(error instanceof Error && 'syscall' in error && 'path' in error);
	return ours
		? error
		: new Unreachable(t('The connection broke before the whole document had come. Nothing was saved.'), error);
}

function checkLength(length: number, promised: number | undefined): void {
	if (promised !== undefined && length !== promised) {
		throw new Unreachable(t('The document came with {0} bytes instead of {1}. Nothing was saved.', length, promised));
	}
}

function checkDigest(digest: string, promised: string | undefined): void {
	if (promised !== undefined && digest !== promised) {
		throw new Unreachable(t('The document came damaged. Nothing was saved.'));
	}
}

function counting(size: number | undefined, advance: Advance): TransformStream<Uint8Array, Uint8Array> {
	return new TransformStream({
		transform(chunk, controller) {
			advance('', size ? (chunk.length / size) * 100 : undefined);
			controller.enqueue(chunk);
		},
	});
}
