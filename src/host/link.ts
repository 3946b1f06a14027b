import { Emitter } from '../core/event.ts';
import type { Log } from '../core/provider.ts';
import { abortable } from '../core/waiting.ts';
import { aloneLink, type Link } from '../core/windows.ts';
import { webLink } from './webLink.ts';

/** Joins this window to the others of its editor. `folder`: the extension's storage folder on disk, where there is one. */
export function openLink(folder: string | undefined, log: Log): Link {
	// An import that the bundler sees to be unreachable is left out: the web host has none of the modules it needs.
	if (!IS_WEB) {
		return folder === undefined
			? aloneLink()
			: laterLink(import('./pipeLink.ts').then(({ pipeLink }) => pipeLink({ folder, log })));
	}
	return webLink();
}

/** A link that works at once while its code is still being loaded. */
function laterLink(loading: Promise<Link>): Link {
	const received = new Emitter<string>();
	const ready = loading.then((link) => {
		link.onText((text) => received.fire(text));
		return link;
	});
	return {
		send: (text) => void ready.then((link) => link.send(text)),
		onText: received.event,
		exclusively: async (name, run, signal) => (await abortable(ready, signal)).exclusively(name, run, signal),
		dispose: () => {
			received.dispose();
			void ready.then((link) => link.dispose());
		},
	};
}
