/** One thing the connection doctor looked at. */
export interface Finding {
	/** What was looked at, as a heading such as "Rights". */
	readonly about: string;
	/** `unknown` where it can't be found out from here, which is no fault. */
	readonly state: 'good' | 'warning' | 'bad' | 'unknown';
	/** What was found, in a sentence. */
	readonly message: string;
	/** What to do about it, in a sentence; always there where the state is `warning` or `bad`. */
	readonly next?: string;
	/** Parts of the message that a support ticket does not need, such as names of people and servers. Never a secret. */
	readonly personal?: readonly string[];
}
