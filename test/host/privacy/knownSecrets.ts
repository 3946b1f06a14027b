import { Buffer } from 'node:buffer';

/** Shorter ones stand in many a text by chance. */
const shortest = 6;
/** Names under which vendors hand out what nobody else may know. */
const telling = /token|secret|signature|password|verifier|^(key|code|state)$/i;
/** The same for what vendors answer, where a code is mostly a word for what happened. */
const tellingInAnswers = /token|secret|signature|password|verifier/i;
/** Names that sound like it and hold no secret: what people type and see in clear, and kinds of tokens. */
const clear = /^(accessTokenKey|applicationKey|clientId|oauth_consumer_key|token_type|oauth_signature_method)$/;

interface Secret {
	/** What it is, for messages that must not quote it. */
	readonly name: string;
	readonly spellings: readonly string[];
}

/** Everything that must stand in no text, in all the ways it could be written. Grows while the test goes on. */
export class KnownSecrets {
	readonly #known = new Map<string, Secret>();

	get count(): number {
		return this.#known.size;
	}

	add(name: string, secret: string): void {
		if (secret.length >= shortest && !this.#known.has(secret)) {
			this.#known.set(secret, { name, spellings: spellingsOf(secret) });
		}
	}

	/** Notes whatever in some data has a name or an address that tells of a secret. */
	learn(name: string, data: unknown, names = telling): void {
		if (Array.isArray(data)) {
			data.forEach((one) => this.learn(name, one, names));
		} else if (typeof data === 'object' && data !== null) {
			for (const [key, value] of Object.entries(data)) {
				if (typeof value === 'string' && names.test(key) && !clear.test(key)) {
					this.add(`${name}: ${key}`, value);
				}
				this.learn(name, value, names);
			}
		} else if (typeof data === 'string' && /^(https?:\/)?\/\S+\?/.test(data)) {
			this.learn(name, Object.fromEntries(URL.parse(data, 'https://relative')?.searchParams ?? []), names);
		}
	}

	/** Notes what an answer of a vendor hands out. */
	learnAnswer(location: string | null, body: string): void {
		this.learn('an answer', location, tellingInAnswers);
		if (tellingInAnswers.test(body)) {
			this.learn('an answer', parsed(body), tellingInAnswers);
		}
	}

	/** The values of headers that show who sends a request. */
	learnHeaders(name: string, headers: Headers): void {
		for (const header of ['authorization', 'x-auth-token']) {
			const value = headers.get(header) ?? '';
			// A signature of OAuth 1 is good for its one request.
			this.add(`${name}: ${header}`, value.replace(/^OAuth .*|^\w+ /, ''));
		}
	}

	/** The names of the secrets that a text holds. */
	in(text: string): string[] {
		// Markdown puts a backslash before signs, and another kind of space between words.
		const plain = text.replaceAll(/\\(?=[^\w\s])/g, '').replaceAll('&nbsp;', ' ');
		const written = [text, text.toLowerCase(), ...(plain === text ? [] : [plain])];
		return [...this.#known.values()]
			.filter(({ spellings }) => spellings.some((one) => written.some((each) => each.includes(one))))
			.map(({ name }) => name);
	}
}

function parsed(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return Object.fromEntries(new URLSearchParams(body));
	}
}

/** Percent-encoding comes with large and with small letters, so that those are looked for in a text of small ones. */
function spellingsOf(secret: string): string[] {
	const encoded = encodeURIComponent(secret);
	const strict = encoded.replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
	const form = new URLSearchParams([['', secret]]).toString().slice(1);
	const percent = [encoded, strict, encodeURIComponent(strict), form].filter((one) => one !== secret);
	const json = JSON.stringify(secret).slice(1, -1);
	return [...new Set([secret, json, JSON.stringify(json).slice(1, -1), ...percent.map(lower), ...inBase64(secret)])];
}

function lower(text: string): string {
	return text.toLowerCase();
}

/** In `user:secret` a secret begins at any of the three places that four letters of base64 have. */
function inBase64(secret: string): string[] {
	const bytes = Buffer.from(secret);
	return [0, 1, 2].flatMap((before) => {
		const whole = Buffer.concat([Buffer.alloc(before), bytes]);
		// The letters at the ends depend on the neighbours.
		const own = (text: string) => text.slice(Math.ceil((before * 8) / 6), Math.floor((whole.length * 8) / 6));
		return [own(whole.toString('base64')), own(whole.toString('base64url'))];
	});
}
