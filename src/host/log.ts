import type { LogOutputChannel } from 'vscode';
import type { Log } from '../core/provider.ts';

/** The log of one account: its name before every line. */
export function logOf(channel: LogOutputChannel, account: string): Log {
	return {
		debug: (message) => channel.debug(`[${account}] ${message}`),
		warn: (message, cause) =>
			channel.warn(`[${account}] ${message}${cause === undefined ? '' : `: ${causeText(cause)}`}`),
	};
}

/** An error with everything that caused it, for the log. */
export function causeText(error: unknown): string {
	const lines: string[] = [];
	for (let at: unknown = error; at !== undefined && lines.length < 8; at = at instanceof Error ? at.cause : undefined) {
		lines.push(at instanceof Error ? `${at.name}: ${at.message}` : typeof at === 'string' ? at : JSON.stringify(at));
	}
	return lines.join('\n  because ');
}
