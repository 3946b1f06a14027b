import { t } from '@vscode/l10n';
import type { DocumentContent } from '../core/archives.ts';
import { ProviderError, Unreachable } from '../core/errors.ts';

/** How often a download that was cut off is taken up again. */
const mostRepeats = 2;

/**
 * Reads a document with `read`, and where the connection breaks, once more what `next` makes of asking again. Throws what
 * `read` does in the end.
 */
export async function untilWhole<Read>(
	first: DocumentContent,
	read: (content: DocumentContent) => Promise<Read>,
	next: (content: DocumentContent, again: NonNullable<DocumentContent['again']>) => Promise<DocumentContent>,
	signal: AbortSignal,
): Promise<Read> {
	let content = first;
	for (let repeats = 0; ; repeats++) {
		try {
			return await read(content);
		} catch (error) {
			const { again } = content;
			if (signal.aborted || error instanceof ProviderError || !again || repeats === mostRepeats) {
				throw error;
			}
			content = await next(content, again);
		}
	}
}

/** A download's failure for people: what is no failure of the vendor or of the disk is one of the connection. */
export function downloadFailure(error: unknown, signal: AbortSignal): unknown {
	if (signal.aborted) {
		return signal.reason;
	}
	return error instanceof ProviderError
		? error
		: new Unreachable(t('The connection broke before the whole document had come. Nothing was saved.'), error);
}
