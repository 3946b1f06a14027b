import { t } from '@vscode/l10n';
import type { DocumentContent } from './archives.ts';
import { UnexpectedReply, Unreachable } from './errors.ts';
import { RowCounter } from './rowCount.ts';

export type FeedForm = 'gzip' | 'plain';

/** A feed on its way into a file. */
export interface PassingFeed {
	readonly content: DocumentContent;
	/** What has gone by when the content was read to its end; of the last try where there were several. */
	readonly seen: () => { readonly rows: number | undefined; readonly bytes: number };
}

/** Counts what goes by, refuses what is no whole feed, and compresses it where that is wanted. */
export function feedContent(content: DocumentContent, form: FeedForm, onBytes: (bytes: number) => void): PassingFeed {
	const seen: { rows: number | undefined; bytes: number } = { rows: undefined, bytes: 0 };
	const pass = ({ stream, size, mediaType, again }: DocumentContent): DocumentContent => {
		const counted = stream.pipeThrough(counting(seen, size, onBytes));
		return {
			// As a pair of streams its types differ from those of other streams, its behaviour does not.
			stream: form === 'gzip' ? counted.pipeThrough(new CompressionStream('gzip') as Bytes) : counted,
			mediaType,
			// Only from the beginning: what was compressed and counted can't be taken up in the middle.
			again: again && (async (_from, signal) => pass(await again(0, signal))),
		};
	};
	return { content: pass(content), seen: () => seen };
}

type Bytes = ReadableWritablePair<Uint8Array, Uint8Array>;

function counting(
	seen: { rows: number | undefined; bytes: number },
	size: number | undefined,
	onBytes: (bytes: number) => void,
): TransformStream<Uint8Array, Uint8Array> {
	const counter = new RowCounter();
	seen.bytes = 0;
	return new TransformStream({
		transform: (piece, controller) => {
			seen.bytes += piece.length;
			counter.add(piece);
			onBytes(seen.bytes);
			controller.enqueue(piece);
		},
		flush: () => {
			seen.rows = counter.end();
			if (size !== undefined && seen.bytes !== size) {
				throw new Unreachable(t('The table came with {0} bytes instead of {1}. Nothing was saved.', seen.bytes, size));
			}
			if (seen.rows === undefined) {
				throw new UnexpectedReply(t('What came is not a whole table. Nothing was saved.'));
			}
		},
	});
}
