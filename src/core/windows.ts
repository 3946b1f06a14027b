import type { Event } from './event.ts';
import type { Log } from './provider.ts';
import { abortable } from './waiting.ts';

/** Carries texts between windows; what is sent reaches all the others, in order, at most once; never oneself. */
export interface Link {
	send(text: string): void;
	readonly onText: Event<string>;
	/**
	 * Runs while no other window, and nothing else in this one, runs under this name; whoever asked first is next. What a
	 * window sent before its run ended has reached the next one when that one's run starts. Throws the signal's reason while
	 * it waits; once it runs, the signal is the run's own concern.
	 */
	exclusively<T>(name: string, run: () => Promise<T>, signal: AbortSignal): Promise<T>;
	/** Ends all waiting with an `AbortError`. What runs already keeps its name to itself until it has ended. */
	dispose(): void;
}

type Note =
	| { readonly is: 'told'; readonly subject: string; readonly content?: unknown }
	| { readonly is: 'asked'; readonly subject: string; readonly content?: unknown; readonly id: string }
	| { readonly is: 'answered'; readonly content?: unknown; readonly id: string };

type Handler = (content: unknown) => unknown;

/** What the windows of one editor tell and ask each other. Content is anything that JSON can say. */
export class Windows {
	readonly #link: Link;
	readonly #log: Log;
	readonly #patience: number;
	readonly #listening: { dispose(): void };
	readonly #handlers = { told: new Map<string, Set<Handler>>(), asked: new Map<string, Set<Handler>>() };
	/** The questions of this window that wait for an answer, by id. */
	readonly #asking = new Map<string, (answer: unknown) => void>();

	/** `patience`: milliseconds that a question waits for its answer. */
	constructor(link: Link, log: Log, { patience = 1000 } = {}) {
		this.#link = link;
		this.#log = log;
		this.#patience = patience;
		this.#listening = link.onText((text) => this.#hear(text));
	}

	/** Tells all other windows. */
	tell(subject: string, content: unknown): void {
		this.#send({ is: 'told', subject, content });
	}

	/** The handler is called at once when the text arrives; an error of its own is logged. */
	onTold(subject: string, handler: (content: unknown) => void): { dispose(): void } {
		return add(this.#handlers.told, subject, handler);
	}

	/**
	 * Asks all other windows. The first that has an answer (not undefined) answers; undefined when none does in time.
	 * Throws the signal's reason.
	 */
	async ask(subject: string, content: unknown, signal: AbortSignal): Promise<unknown> {
		signal.throwIfAborted();
		const id = crypto.randomUUID();
		const { promise, resolve } = Promise.withResolvers<unknown>();
		const clock = setTimeout(resolve, this.#patience);
		this.#asking.set(id, resolve);
		try {
			this.#send({ is: 'asked', subject, content, id });
			return await abortable(promise, signal);
		} finally {
			clearTimeout(clock);
			this.#asking.delete(id);
		}
	}

	/** A handler that returns undefined leaves the answer to others. */
	onAsked(subject: string, handler: (content: unknown) => unknown): { dispose(): void } {
		return add(this.#handlers.asked, subject, handler);
	}

	/** See `Link.exclusively`. */
	exclusively<T>(name: string, run: () => Promise<T>, signal: AbortSignal): Promise<T> {
		return this.#link.exclusively(name, run, signal);
	}

	/** Closes the link too. Questions that wait get no answer. */
	dispose(): void {
		this.#listening.dispose();
		this.#asking.forEach((answer) => answer(undefined));
		this.#link.dispose();
	}

	#send(note: Note): void {
		this.#link.send(JSON.stringify(note));
	}

	#hear(text: string): void {
		const note = toNote(text);
		if (!note) {
			this.#log.warn('Another window sent something that could not be read. It was ignored.');
		} else if (note.is === 'answered') {
			this.#asking.get(note.id)?.(note.content);
		} else {
			for (const handler of new Set(this.#handlers[note.is].get(note.subject))) {
				void this.#handle(handler, note);
			}
		}
	}

	async #handle(handler: Handler, note: Exclude<Note, { is: 'answered' }>): Promise<void> {
		try {
			// Called before the first await: a text is handled before the next one, and before a name is granted.
			const content = await handler(note.content);
			if (note.is === 'asked' && content !== undefined) {
				this.#send({ is: 'answered', content, id: note.id });
			}
		} catch (error) {
			this.#log.warn(`What another window said about '${note.subject}' could not be handled.`, error);
		}
	}
}

/** The link of a window that has no others: no one hears what it sends. */
export function aloneLink(): Link {
	const closed = new AbortController();
	/** Settles when all that were there before have left. */
	const tails = new Map<string, Promise<unknown>>();
	return {
		send: () => undefined,
		onText: () => ({ dispose: () => undefined }),
		exclusively: async (name, run, signal) => {
			const before = tails.get(name) ?? Promise.resolve();
			const own = Promise.withResolvers<void>();
			const tail = before.then(() => own.promise);
			tails.set(name, tail);
			void tail.then(() => tails.get(name) === tail && tails.delete(name));
			try {
				await abortable(before, AbortSignal.any([signal, closed.signal]));
				return await run();
			} finally {
				own.resolve();
			}
		},
		dispose: () => closed.abort(),
	};
}

function add(handlers: Map<string, Set<Handler>>, subject: string, handler: Handler): { dispose(): void } {
	// A handler of its own for each call: the same function may listen twice.
	const own: Handler = (content) => handler(content);
	const all = handlers.get(subject) ?? new Set();
	handlers.set(subject, all.add(own));
	return { dispose: () => void all.delete(own) };
}

/** Undefined for what no window of ours sends. The parser's own error quotes the text, which may hold a secret. */
function toNote(text: string): Note | undefined {
	try {
		const note = JSON.parse(text) as Partial<Record<'is' | 'subject' | 'id', unknown>> | null;
		const named = (value: unknown): boolean => typeof value === 'string';
		const known =
			(note?.is === 'told' && named(note.subject)) ||
			(note?.is === 'asked' && named(note.subject) && named(note.id)) ||
			(note?.is === 'answered' && named(note.id));
		return known ? (note as Note) : undefined;
	} catch {
		return undefined;
	}
}
