import { type LogOutputChannel, window } from 'vscode';
import { type SentEntry, sentText, wasAnsweredWell } from '../core/sentLog.ts';

/** Every change that was sent to a vendor, to be read in a channel of its own; there from the first one on. */
export class ChangesLog {
	#channel: LogOutputChannel | undefined;

	note(entry: SentEntry): void {
		const channel = this.#opened();
		const text = sentText(entry);
		if (wasAnsweredWell(entry)) {
			channel.info(text);
		} else {
			channel.warn(text);
		}
	}

	show(): void {
		this.#opened().show();
	}

	dispose(): void {
		this.#channel?.dispose();
	}

	#opened(): LogOutputChannel {
		this.#channel ??= window.createOutputChannel('Boardwalk Changes', { log: true });
		return this.#channel;
	}
}
