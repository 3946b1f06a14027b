import * as vscode from 'vscode';
import type { DocumentContent } from '../core/provider.ts';
import type { Advance } from '../host/progress.ts';
import { checkLength, saveOnDisk } from './saveOnDisk.ts';

/** Writes a document to a file, wherever that is, and tells how far it is. */
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

function counting(size: number | undefined, advance: Advance): TransformStream<Uint8Array, Uint8Array> {
	return new TransformStream({
		transform(chunk, controller) {
			advance('', size ? (chunk.length / size) * 100 : undefined);
			controller.enqueue(chunk);
		},
	});
}
