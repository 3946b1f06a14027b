import { t } from '@vscode/l10n';
import { durationText } from '../core/duration.ts';
import type { Finding } from '../core/finding.ts';
import { causes, codeOf, wordsOf } from './checks.ts';

/** Milliseconds that clocks may differ without harm, and from which signed requests are refused. */
const harmless = 60_000;
const refused = 300_000;

interface Answer {
	readonly response: Response;
	/** Milliseconds since 1970 by this computer's clock. */
	readonly asked: number;
	readonly answered: number;
}

/** Asks the server once, without credentials, on the way that all requests take; and compares its clock with ours. */
export async function reachFindings(
	server: string,
	fetch: typeof globalThis.fetch,
	signal: AbortSignal,
	now: () => number = Date.now,
): Promise<readonly Finding[]> {
	const asked = now();
	try {
		const response = await fetch(server, { redirect: 'manual', credentials: 'omit', cache: 'no-store', signal });
		const answer = { response, asked, answered: now() };
		// Only the head of the answer is of interest.
		await response.body?.cancel();
		return [answerFinding(server, answer), clockFinding(answer)];
	} catch (error) {
		signal.throwIfAborted();
		return [failureFinding(error), clockUnknown()];
	}
}

function answerFinding(server: string, { response, asked, answered }: Answer): Finding {
	const about = heading();
	const took = durationText(answered - asked);
	const { status } = response;
	switch (true) {
		case status === 407:
			return proxyWantsSignIn();
		case status === 511:
			return {
				about,
				state: 'bad',
				message: t('The network wants you to sign in to it before it lets requests through.'),
				next: t('Open any page in the browser, sign in to the network, and check the connection again.'),
			};
		case status >= 500:
			return {
				about,
				state: 'warning',
				message: t('The server answers after {0}, but has a problem of its own (status {1}).', took, status),
				next: t('Wait a little, and check the connection again.'),
			};
		case isWebPage(response) || leadsElsewhere(server, response):
			return {
				about,
				state: 'unknown',
				message: t('A web page answers after {0} (status {1}): the vendor’s own, or one in its place.', took, status),
				next: t(
					'If nothing loads, open the server address in the browser: a proxy or a network may ask you to sign in.',
				),
			};
		default:
			return {
				about,
				state: 'good',
				message: t('The server answers after {0} (status {1}, asked without credentials).', took, status),
			};
	}
}

/** Pages that say "not here" are what many APIs answer at their root. */
function isWebPage({ ok, headers }: Response): boolean {
	return ok && /html/i.test(headers.get('content-type') ?? '');
}

function leadsElsewhere(server: string, { status, headers }: Response): boolean {
	const location = headers.get('location');
	const target = location === null || status < 300 || status > 399 ? null : URL.parse(location, server);
	return target !== null && target.host !== new URL(server).host;
}

function failureFinding(error: unknown): Finding {
	const about = heading();
	if (causes(error).some(({ message }) => /\b407\b|proxy authentication/i.test(message))) {
		return proxyWantsSignIn();
	}
	const [message, next] = failureText(codeOf(error) ?? '', error);
	return { about, state: 'bad', message, next };
}

function failureText(code: string, error: unknown): readonly [string, string] {
	const network = t('Check the network, a VPN and the server address, and check the connection again.');
	switch (true) {
		case code === 'ENOTFOUND' || code === 'EAI_AGAIN':
			return [t('The server was not reached: its name was not found ({0}).', code), network];
		case code === 'ECONNREFUSED':
			return [t('The server was not reached: nothing answers at its address ({0}).', code), network];
		case /TIMEDOUT|TIMEOUT|UNREACH/.test(code):
			return [t('The server was not reached: no answer came ({0}).', code), network];
		case /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS/.test(code):
			return [
				t('The server was not asked: its certificate is not trusted here ({0}).', code),
				t('See what this report says of the certificate.'),
			];
		default:
			return [t('The server was not reached: {0}.', wordsOf(error)), code === '' ? unexplained() : network];
	}
}

/** A browser gives no reasons, and Node none for a proxy that answers in the server's place. */
function unexplained(): string {
	return t(
		'Check the network, the proxy and the server address. In the browser it may also be that the server lets no page ask it.',
	);
}

function proxyWantsSignIn(): Finding {
	return {
		about: heading(),
		state: 'bad',
		message: t('A proxy stands before the server and wants a name and a password (status 407).'),
		next: t('Sign in to the proxy when VS Code asks, or ask your administrator for the right proxy settings.'),
	};
}

function clockFinding({ response, asked, answered }: Answer): Finding {
	const date = Date.parse(response.headers.get('date') ?? '');
	if (Number.isNaN(date)) {
		return clockUnknown();
	}
	// A cache says how old its copy is; the header counts whole seconds; the answer was written on the way.
	const age = Number(response.headers.get('age') ?? 0) * 1000 || 0;
	const ahead = (asked + answered) / 2 - (date + age + 500);
	return skewFinding(ahead, (answered - asked) / 2 + 500);
}

/** How far this computer's clock is ahead of the server's, and how far that may be wrong, in milliseconds. */
function skewFinding(ahead: number, doubt: number): Finding {
	const about = clockHeading();
	const far = Math.max(0, Math.abs(ahead) - doubt);
	if (far <= harmless) {
		return { about, state: 'good', message: t('This computer’s clock agrees with the server’s.') };
	}
	const difference = durationText(Math.abs(ahead));
	const message =
		ahead > 0
			? t('This computer’s clock is {0} ahead of the server’s.', difference)
			: t('This computer’s clock is {0} behind the server’s.', difference);
	const limit = durationText(refused);
	return {
		about,
		state: far > refused ? 'bad' : 'warning',
		message: far > refused ? `${message} ${t('Signed requests are refused from {0} on.', limit)}` : message,
		next: t('Have the operating system set date and time by itself, and check the connection again.'),
	};
}

function clockUnknown(): Finding {
	return { about: clockHeading(), state: 'unknown', message: t('The server did not tell what time it has.') };
}

function heading(): string {
	return t('Request');
}

function clockHeading(): string {
	return t('Clock');
}
