import { FeedScanner, MalformedFeed } from './feedScan.ts';

/** One reply of several that make a table, or the only one. */
export interface FeedReply {
	readonly body: ReadableStream<Uint8Array>;
	/** Asks for the reply behind a link of this one. */
	next(link: string, signal: AbortSignal): Promise<FeedReply>;
}

/**
 * All rows over all replies as one JSON, `{"value":[…]}`, handed on as they come: a table may be larger than memory. Rows
 * stay byte for byte as they are. The stream breaks with what `explain` says where a reply is no table, and with an error of
 * its own where one ends too early.
 */
export function streamRows(
	first: FeedReply,
	explain: (error: MalformedFeed) => Error,
	signal: AbortSignal,
): ReadableStream<Uint8Array> {
	const leaving = new AbortController();
	const pieces = rowsOf(first, AbortSignal.any([signal, leaving.signal]));
	return new ReadableStream<Uint8Array>({
		async pull(controller) {
			try {
				const { value, done } = await pieces.next();
				if (done) {
					controller.close();
				} else {
					controller.enqueue(value);
				}
			} catch (error) {
				throw error instanceof MalformedFeed ? explain(error) : error;
			}
		},
		cancel: (reason) => leaving.abort(reason),
	});
}

async function* rowsOf(first: FeedReply, signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
	const utf8 = new TextEncoder();
	yield utf8.encode('{"value":[');
	const links = new Set<string>();
	let hasRows = false;
	for (let reply: FeedReply | undefined = first; reply; ) {
		const scanner = new FeedScanner(hasRows);
		for await (const piece of piecesOf(reply.body, signal)) {
			yield* scanner.read(piece);
		}
		scanner.end();
		({ hasRows } = scanner);
		const link: string | undefined = scanner.next;
		if (link !== undefined && links.has(link)) {
			throw new MalformedFeed('the replies of a table lead round in a circle');
		}
		links.add(link ?? '');
		reply = link === undefined ? undefined : await reply.next(link, signal);
	}
	yield utf8.encode(']}');
}

async function* piecesOf(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
	const reader = body.getReader();
	const leave = (): void => void reader.cancel(signal.reason).catch(() => undefined);
	signal.addEventListener('abort', leave, { once: true });
	try {
		signal.throwIfAborted();
		for (let read = await reader.read(); !read.done; read = await reader.read()) {
			yield read.value;
		}
		signal.throwIfAborted();
	} finally {
		signal.removeEventListener('abort', leave);
		// Does nothing where it was read to its end.
		leave();
	}
}
