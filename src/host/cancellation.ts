import type { CancellationToken } from 'vscode';

/** The editor's token as the signal that everything below waits with. */
export function signalOf(token: CancellationToken): AbortSignal {
	const abort = new AbortController();
	if (token.isCancellationRequested) {
		abort.abort();
	} else {
		token.onCancellationRequested(() => abort.abort());
	}
	return abort.signal;
}
