import { Emitter } from '../core/event.ts';
import { aloneLink, type Link } from '../core/windows.ts';

/** The two abilities of a browser that join its tabs; either may be missing. */
interface Browser {
	readonly BroadcastChannel?: typeof BroadcastChannel;
	readonly navigator?: { readonly locks?: Pick<LockManager, 'request'> };
}

const name = 'boardwalk';

/**
 * Joins the tabs of one browser, whose extension hosts are workers of one origin. Where the browser has no channel nobody
 * hears what is sent; where it has no locks a run is exclusive in its own tab alone.
 *
 * Channel and locks are two ways through the browser, and nothing orders one against the other: that a text arrives before
 * the next run starts is likely, not certain. Whoever must know reads again what is kept.
 */
export function webLink({ BroadcastChannel: Channel, navigator }: Browser = globalThis): Link {
	const alone = aloneLink();
	const received = new Emitter<string>();
	const channel = Channel && new Channel(name);
	channel?.addEventListener('message', ({ data }) => typeof data === 'string' && received.fire(data));
	const locks = navigator?.locks;
	const closed = new AbortController();
	return {
		// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target.
		send: (text) => channel?.postMessage(text),
		onText: received.event,
		exclusively: async (lock, run, signal) =>
			locks
				? locks.request(`${name}.${lock}`, { signal: AbortSignal.any([signal, closed.signal]) }, run)
				: alone.exclusively(lock, run, signal),
		dispose: () => {
			alone.dispose();
			closed.abort();
			channel?.close();
			received.dispose();
		},
	};
}
