import assert from 'node:assert/strict';
import type { Values } from '../../src/core/form.ts';
import type {
	BrowserWay,
	Credentials,
	Provider,
	Secrets,
	Session,
	SessionIo,
	SignedIn,
	TypedWay,
	Visit,
} from '../../src/core/provider.ts';
import { send } from '../../src/files/upload.ts';

export interface Opened {
	readonly session: Session;
	readonly account: SignedIn;
	/** Everything that was logged, to look for what must not be there. */
	readonly log: string[];
	/** Whether each telling answer took the credentials. */
	readonly verdicts: boolean[];
	readonly io: SessionIo;
}

export function signal(): AbortSignal {
	return new AbortController().signal;
}

export function collectingLog(lines: string[]): SessionIo['log'] {
	return {
		debug: (message) => void lines.push(message),
		warn: (message, cause) => void lines.push(`${message} ${String(cause)}`),
	};
}

/** The way that practice accounts sign in. */
export function practiceWay(provider: Provider): TypedWay & Required<Pick<TypedWay, 'practice'>> {
	for (const way of provider.signInWays) {
		if ('signIn' in way && way.practice) {
			return { ...way, practice: way.practice };
		}
	}
	throw new Error(`${provider.id} has no way for practice accounts`);
}

export async function signInPractice(
	provider: Provider,
	address: Readonly<Record<string, unknown>>,
): Promise<SignedIn> {
	const way = practiceWay(provider);
	const [account] = await way.signIn(way.practice(address), signInIo(), signal());
	assert.ok(account, `signing in to ${provider.id} gave no account`);
	return account;
}

export function signInIo(log: string[] = []): Pick<SessionIo, 'fetch' | 'log'> {
	return { fetch: globalThis.fetch, log: collectingLog(log) };
}

/** Secrets in memory, kept by the rules of the contract. */
export function memoryCredentials(secrets: Secrets): Credentials {
	let kept = secrets;
	let busy: Promise<unknown> = Promise.resolve();
	let inside = false;
	return {
		read: async () => kept,
		async replace(next) {
			assert.ok(inside, 'secrets were replaced while nobody was kept out');
			kept = next;
		},
		exclusively(run, until) {
			const turn = busy.then(async () => {
				until.throwIfAborted();
				inside = true;
				try {
					return await run();
				} finally {
					inside = false;
				}
			});
			busy = turn.catch(() => undefined);
			return turn;
		},
	};
}

/** A session on an account, with real HTTP; content comes through `fetch` unless a transport of its own is given. */
export function openSession(
	provider: Provider,
	account: SignedIn,
	settings: Readonly<Record<string, string>> = {},
	receive?: SessionIo['receive'],
): Opened {
	const log: string[] = [];
	const verdicts: boolean[] = [];
	const io: SessionIo = {
		fetch: globalThis.fetch,
		send,
		receive,
		log: collectingLog(log),
		accountName: account.label,
		setting: (name) => settings[name],
		credentials: memoryCredentials(account.secrets),
		onVerdict: (accepted) => void verdicts.push(accepted),
	};
	return { session: provider.open(account, io), account, log, verdicts, io };
}

export async function openPractice(
	provider: Provider,
	address: Readonly<Record<string, unknown>>,
	settings?: Readonly<Record<string, string>>,
	receive?: SessionIo['receive'],
): Promise<Opened> {
	return openSession(provider, await signInPractice(provider, address), settings, receive);
}

/** What became of a page at the vendor where a person pressed a button. */
export interface Pressed {
	readonly status: number;
	/** Where the browser was sent, if anywhere, and what its query says. */
	readonly location: string | undefined;
	readonly query: URLSearchParams;
	/** The page that came instead. */
	readonly text: string;
}

/** A person in front of a vendor's page, who presses one of its buttons; `fetch` is the browser's. */
export async function press(page: string, button: 'Allow' | 'Deny', fetch = globalThis.fetch): Promise<Pressed> {
	const shown = await fetch(page, { redirect: 'manual' });
	const html = await shown.text();
	const [, name, value] = new RegExp(`<button name=(\\w+) value=(\\w+)>${button}</button>`).exec(html) ?? [];
	if (name === undefined || value === undefined) {
		return { status: shown.status, location: undefined, query: new URLSearchParams(), text: html };
	}
	const hidden = html.matchAll(/<input type=hidden name="([^"]*)" value="([^"]*)">/g);
	const body = new URLSearchParams([...hidden].map(([, key, text]) => [unescaped(key), unescaped(text)]));
	body.append(name, value);
	const answer = await fetch(page, { method: 'POST', body, redirect: 'manual' });
	const location = answer.headers.get('location') ?? undefined;
	const query = new URLSearchParams(location?.split('?').slice(1).join('?'));
	return { status: answer.status, location, query, text: await answer.text() };
}

function unescaped(html = ''): string {
	return html.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}

/** Begins a visit in the browser, allows it, and gives the proof that came back. */
export async function allow(
	way: BrowserWay,
	values: Values,
	redirect = way.pasteRedirect,
): Promise<{ visit: Visit; proof: string }> {
	const visit = await way.begin(values, redirect, signInIo(), signal());
	const { query, text } = await press(visit.page, 'Allow');
	const proof = query.get(visit.proof) ?? /<code>([^<]+)<\/code>/.exec(text)?.[1];
	assert.ok(proof, `the page gave no ${visit.proof}: ${text}`);
	return { visit, proof };
}

/** The whole of a sign-in in the browser. */
export async function signInAllowed(way: BrowserWay, values: Values, redirect?: string): Promise<SignedIn> {
	const { visit, proof } = await allow(way, values, redirect);
	const [account] = await way.finish(visit, values, proof, signInIo(), signal());
	assert.ok(account, `${way.id} gave no account`);
	return account;
}
