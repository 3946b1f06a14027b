/** Signs of a key that tell it from others. */
const longestKey = 16;

/**
 * Counts the rows of a feed while it goes by: the elements of the list `value` in an object of JSON, without holding any of
 * them. Sees whether brackets, texts and the end are where they should be; does not judge numbers and words.
 */
export class RowCounter {
	readonly #decoder = new TextDecoder();
	/** The brackets that are open, such as `{[`. */
	#open: string[] = [];
	#key = '';
	#text = '';
	#isInText = false;
	#isEscaped = false;
	/** Whether the next text at the top is a key. */
	#isKey = false;
	#isInValue = false;
	#isInElement = false;
	#isWrong = false;
	#hasEnded = false;
	#hasValue = false;
	#rows = 0;

	add(bytes: Uint8Array): void {
		this.#read(this.#decoder.decode(bytes, { stream: true }));
	}

	/** How many there were; undefined where it was not a whole object with such a list. */
	end(): number | undefined {
		this.#read(this.#decoder.decode());
		return this.#hasEnded && this.#hasValue && !this.#isWrong ? this.#rows : undefined;
	}

	#read(text: string): void {
		for (let at = 0; at < text.length; at += 1) {
			if (this.#isInText) {
				at = this.#readText(text, at);
			} else {
				this.#readSign(text[at] ?? '');
			}
		}
	}

	/** Up to the end of a text or of what has come of it. Returns where it stopped. */
	#readText(text: string, from: number): number {
		for (let at = from; at < text.length; at += 1) {
			const sign = text[at];
			if (sign === '"' && !this.#isEscaped) {
				this.#isInText = false;
				return at;
			}
			this.#isEscaped = sign === '\\' && !this.#isEscaped;
			if (this.#isKey && this.#text.length < longestKey) {
				this.#text += sign;
			}
		}
		return text.length;
	}

	#readSign(sign: string): void {
		if (/\s/.test(sign) || (sign === '\uFEFF' && this.#open.length === 0)) {
			return;
		}
		if (this.#hasEnded || (this.#open.length === 0 && sign !== '{')) {
			this.#isWrong = true;
			return;
		}
		if (this.#isInValue && this.#open.length === 2 && sign !== ',' && sign !== ']' && !this.#isInElement) {
			this.#isInElement = true;
			this.#rows += 1;
		}
		this.#take(sign);
	}

	#take(sign: string): void {
		switch (sign) {
			case '"':
				this.#isInText = true;
				this.#text = '';
				return;
			case ':':
				this.#key = this.#open.length === 1 ? this.#text : this.#key;
				this.#isKey = this.#open.length > 1 && this.#isKey;
				return;
			case ',':
				this.#isKey = this.#open.length === 1;
				this.#isInElement = this.#open.length > 2 && this.#isInElement;
				return;
			case '{':
			case '[':
				return this.#begin(sign);
			case '}':
			case ']':
				return this.#finish(sign);
		}
	}

	#begin(sign: string): void {
		this.#open.push(sign);
		this.#isKey = this.#open.length === 1;
		if (this.#open.length === 2 && sign === '[' && this.#key === 'value') {
			this.#isInValue = true;
			this.#hasValue = true;
		}
	}

	#finish(sign: string): void {
		this.#isWrong ||= this.#open.pop() !== (sign === '}' ? '{' : '[');
		if (this.#open.length === 1) {
			this.#isInValue = false;
			this.#isInElement = false;
		}
		this.#hasEnded = this.#open.length === 0;
	}
}
