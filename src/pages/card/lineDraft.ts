/** A text to be added, such as a comment, from its first letter until the vendor has taken it. */
export class LineDraft {
	text: string;
	#sent: string | undefined;
	#isSending = false;

	constructor({ text = '', sent }: { readonly text?: string; readonly sent?: string | undefined } = {}) {
		this.text = text;
		this.#sent = sent;
	}

	/** What outlives the page: the answer to what was sent may come after it. */
	get kept(): { readonly text: string; readonly sent: string | undefined } {
		return { text: this.text, sent: this.#sent };
	}

	get isSending(): boolean {
		return this.#isSending;
	}

	/** Whether it may go out now: not twice, and not empty. */
	send(): boolean {
		if (this.#isSending || this.text.trim() === '') {
			return false;
		}
		this.#sent = this.text;
		this.#isSending = true;
		return true;
	}

	/** What was typed since it was sent stays. */
	taken(): void {
		if (this.#sent !== undefined && this.text.startsWith(this.#sent)) {
			this.text = this.text.slice(this.#sent.length);
		}
		this.#sent = undefined;
		this.#isSending = false;
	}

	/** It can be sent again. */
	refused(): void {
		this.#isSending = false;
	}
}
