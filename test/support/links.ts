import { aloneLink, type Link, Windows } from '../../src/core/windows.ts';
import { collectingLog } from './session.ts';

/** Several windows in one process, which hear each other as windows do: later, and in order. */
export function linkedWindows(count: number, options: { patience?: number } = {}): Windows[] {
	const locks = aloneLink();
	const listeners = new Map<number, (text: string) => unknown>();
	const links = Array.from(
		{ length: count },
		(_, own): Link => ({
			send: (text) => {
				for (const [at, listener] of listeners) {
					if (at !== own) {
						queueMicrotask(() => listener(text));
					}
				}
			},
			onText: (listener) => {
				listeners.set(own, listener);
				return { dispose: () => void listeners.delete(own) };
			},
			exclusively: (name, run, signal) => locks.exclusively(name, run, signal),
			dispose: () => void listeners.delete(own),
		}),
	);
	return links.map((link) => new Windows(link, collectingLog([]), options));
}
