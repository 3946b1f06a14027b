import { config } from '@vscode/l10n';
import type { PageStart } from './protocol.ts';

/** The editor as a page sees it. */
export interface Editor<To, From> {
	readonly start: PageStart;
	tell(message: From): void;
	/** Called with everything that the editor tells from now on. */
	listen(hear: (message: To) => void): void;
	/** What the page wants to find again when the window is loaded anew. */
	keep(state: unknown): void;
	readonly kept: unknown;
}

interface EditorApi {
	postMessage(message: unknown): void;
	setState(state: unknown): void;
	getState(): unknown;
}

/** What the editor keeps of a page over a reload: what it shows, and what the page wants to find again. */
export interface Kept {
	readonly address: unknown;
	readonly page: unknown;
}

declare function acquireVsCodeApi(): EditorApi;

/** Meets the editor; once in the life of a page. From here on its texts are in the person's language. */
export function meetEditor<To, From>(): Editor<To, From> {
	const start = startOf(document);
	config({ contents: { ...start.texts } });
	document.documentElement.lang = start.language;
	const api = acquireVsCodeApi();
	const kept = () => (api.getState() as Kept | undefined)?.page;
	api.setState({ address: start.address, page: kept() } satisfies Kept);
	return {
		start,
		tell: (message) => api.postMessage(message),
		listen: (hear) => window.addEventListener('message', ({ data }: MessageEvent<To>) => hear(data)),
		keep: (page) => api.setState({ address: start.address, page } satisfies Kept),
		get kept() {
			return kept();
		},
	};
}

/** The page's own markup carries its start as the data of its body. */
function startOf({ body }: Document): PageStart {
	return JSON.parse(body.dataset['start'] ?? '{}') as PageStart;
}
