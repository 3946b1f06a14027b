import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { DocumentContent } from '../core/archives.ts';
import { LocalFailure } from '../core/errors.ts';
import { TransferMeter } from '../core/transferProgress.ts';
import { abortable } from '../core/waiting.ts';
import { newPartName } from './disk/parts.ts';
import { checkLength, type SaveOptions, saveOnDisk } from './saveOnDisk.ts';
import { downloadFailure, untilWhole } from './untilWhole.ts';

/**
 * Writes a document to a file, wherever that is. It gets its name only when it is whole; whatever goes wrong, what stood
 * there stays and nothing else is left.
 */
export async function saveDocument(
	content: DocumentContent,
	target: vscode.Uri,
	signal: AbortSignal,
	options: SaveOptions = {},
): Promise<void> {
	if (target.scheme === 'file' && !IS_WEB) {
		await saveOnDisk(content, target.fsPath, signal, options);
	} else {
		await saveElsewhere(content, target, signal, options);
	}
}

/** The editor's other file systems take a file whole. */
async function saveElsewhere(
	content: DocumentContent,
	target: vscode.Uri,
	signal: AbortSignal,
	{ onProgress }: SaveOptions,
): Promise<void> {
	const meter = onProgress && new TransferMeter(onProgress, content.size);
	const bytes = await gatherWhole(content, signal, meter);
	const part = vscode.Uri.joinPath(target, '..', newPartName());
	await abortable(write(bytes, part, target, signal), signal);
}

async function write(bytes: Uint8Array, part: vscode.Uri, target: vscode.Uri, signal: AbortSignal): Promise<void> {
	try {
		await vscode.workspace.fs.writeFile(part, bytes);
		signal.throwIfAborted();
		await vscode.workspace.fs.rename(part, target, { overwrite: true });
	} catch (error) {
		await Promise.resolve(vscode.workspace.fs.delete(part)).catch(() => undefined);
		throw signal.aborted ? error : asLocalFailure(error);
	}
}

/** What is cut off is asked for again, from its beginning. */
async function gatherWhole(
	first: DocumentContent,
	signal: AbortSignal,
	meter: TransferMeter | undefined,
): Promise<Uint8Array> {
	try {
		return await untilWhole(
			first,
			(content) => gather(content, signal, meter),
			(_, again) => again(0, signal),
			signal,
		);
	} catch (error) {
		throw downloadFailure(error, signal);
	}
}

async function gather(
	{ stream, size }: DocumentContent,
	signal: AbortSignal,
	meter: TransferMeter | undefined,
): Promise<Uint8Array> {
	let length = 0;
	meter?.restart(length);
	const counting = new TransformStream<Uint8Array, Uint8Array>({
		transform(piece, controller) {
			length += piece.length;
			meter?.reach(length);
			controller.enqueue(piece);
		},
	});
	const whole = await new Response(stream.pipeThrough(counting, { signal })).arrayBuffer();
	checkLength(length, size);
	return new Uint8Array(whole);
}

function asLocalFailure(error: unknown): LocalFailure {
	return error instanceof LocalFailure ? error : new LocalFailure(sentenceFor(error), error);
}

function sentenceFor(error: unknown): string {
	const code = error instanceof vscode.FileSystemError ? error.code : undefined;
	switch (code) {
		case 'NoPermissions':
			return t('The file may not be written there. Nothing was saved.');
		case 'FileIsADirectory':
			return t('There is a folder of that name. Nothing was saved.');
		default:
			return t('The file could not be written. Nothing was saved.');
	}
}
