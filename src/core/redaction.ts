import { t } from '@vscode/l10n';

/** Turns a text into one that can be shown or sent. */
export type Filter = (text: string) => string;

/** Shorter ones would take words apart that have nothing to do with them. */
const shortestSecret = 6;
/** As many signs of a secret's beginning are never there by chance, where it has at least twice as many. */
const beginning = 12;

/**
 * Takes secrets out of texts that others wrote, such as a server that repeats what it was sent: as they are, percent-encoded,
 * within a JSON text, and within base64, where `user:password` of a header stands.
 */
export function withoutSecrets(secrets: readonly string[]): Filter {
	const long = secrets.map((secret) => secret.toWellFormed()).filter(({ length }) => length >= shortestSecret);
	if (long.length === 0) {
		return (text) => text;
	}
	const spelled = byLength(long.flatMap(spellings));
	const cuttable = spelled.filter(({ length }) => length >= 2 * beginning);
	const patterns = [
		...spelled.map(literally),
		// A long answer was cut before it became a message, and perhaps in the middle of a secret.
		...cuttable.map((one) => `${literally(one.slice(0, beginning))}[^\\s"'<>]*`),
		`[\\w+/-]*(?:${byLength(long.flatMap(coresInBase64)).map(literally).join('|')})[\\w+/=-]*`,
	];
	const pattern = new RegExp(patterns.join('|'), 'giu');
	return (text) => text.replace(pattern, t('‹secret›'));
}

function spellings(secret: string): string[] {
	const encoded = encodeURIComponent(secret);
	const strict = encoded.replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
	return [
		secret,
		secret.trim(),
		encoded,
		strict,
		// What OAuth 1 signs is encoded twice.
		encodeURIComponent(strict),
		new URLSearchParams([['', secret]]).toString().slice(1),
		JSON.stringify(secret).slice(1, -1),
	].filter(({ length }) => length >= shortestSecret);
}

/**
 * What a secret becomes in base64 whatever stands around it: three bytes are four characters, so there are three ways to
 * lie, and the characters at its ends that neighbours have a part in are left off.
 */
function coresInBase64(secret: string): string[] {
	const bytes = new TextEncoder().encode(secret);
	return [0, 1, 2].flatMap((before) => {
		const shifted = String.fromCharCode(...new Uint8Array(before), ...bytes);
		const whole = btoa(shifted);
		const core = whole.slice(Math.ceil((before * 8) / 6), Math.floor((shifted.length * 8) / 6));
		return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
	});
}

/** What a text for strangers must not name. */
export interface Names {
	readonly account: string;
	/** Names of people, companies and servers, addresses of both kinds. */
	readonly personal: readonly string[];
}

const address = '[^\\s@<>()"\',;:‹›]+@[^\\s@<>()"\',;:‹›]+\\.[\\p{L}\\d-]+';
/** Anything with colons that may be an IPv6 address; a time of day is found not to be one. */
const colons = '(?<![\\w:.])(?:[\\da-f]{0,4}:){2,7}(?:\\d{1,3}(?:\\.\\d{1,3}){3}|[\\da-f]{0,4})(?:%\\w+)?(?![\\w:])';
const dots = '(?<![\\w.])\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\w]|\\.\\d)';

/** Puts a word such as ‹server› in the place of every name, and of whatever looks like an address of a person or a computer. */
export function withoutNames({ account, personal }: Names): Filter {
	const words = new Map<string, string>();
	for (const name of [account, ...personal].map((one) => one.trim()).filter((one) => one !== '')) {
		const word = name === account.trim() ? t('‹account›') : wordFor(name);
		words.set(name.toLowerCase(), words.get(name.toLowerCase()) ?? word);
	}
	const named = byLength([...words.keys()]).map(wholly);
	const pattern = new RegExp([address, ...named, `(${colons})`, dots].join('|'), 'giu');
	return (text) =>
		text.replace(pattern, (found: string, withColons?: string) =>
			withColons !== undefined && !isIPv6(withColons) ? found : (words.get(found.toLowerCase()) ?? wordFor(found)),
		);
}

function wordFor(found: string): string {
	if (new RegExp(`^${address}$`, 'iu').test(found)) {
		return t('‹e-mail address›');
	}
	if (new RegExp(`^${dots}$`, 'u').test(found) || isIPv6(found)) {
		return t('‹IP address›');
	}
	return isServer(found) ? t('‹server›') : t('‹name›');
}

/** A URL, a host with its port, or a name whose last part looks like a top-level domain. */
function isServer(found: string): boolean {
	return /^([a-z][\w+.-]*:\/\/\S+|[\w.-]+:\d+|[\w*-]+(\.[\w-]+)*\.[a-z]{2,})$/iu.test(found);
}

function isIPv6(found: string): boolean {
	return URL.canParse(`http://[${found.replace(/%.*/, '')}]`);
}

/** A name of one or two letters only where it stands alone, or nothing of the text would be left. */
function wholly(name: string): string {
	const pattern = literally(name);
	return name.length > 2 ? pattern : `(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`;
}

/** The longest first, so that no part of a name stands over. */
function byLength(texts: readonly string[]): string[] {
	return [...new Set(texts)].sort((a, b) => b.length - a.length);
}

function literally(text: string): string {
	return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
