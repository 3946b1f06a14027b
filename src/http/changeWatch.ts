import { t } from '@vscode/l10n';
import { NotAllowed, TooManyRequests } from '../core/errors.ts';
import type { Log } from '../core/provider.ts';
import type { Filter } from '../core/redaction.ts';
import { bodyText, fileText } from '../core/sentLog.ts';
import { type Call, changes } from './call.ts';
import type { Parts } from './multipart.ts';
import type { Names } from './reply.ts';

/** One attempt to send a call. */
interface Sending {
	readonly call: Call;
	/** Where it goes, without what authorises it. */
	readonly url: string;
	/** What goes up in the place of `json` and `form`. */
	readonly parts?: Parts;
	/** Whether the request carries the account's credentials, and not its own fields a right. */
	readonly authorised: boolean;
	readonly names: Names;
	readonly log: Log;
	/** Takes out of a text what was shown to the vendor to prove who sends. */
	readonly hide: Filter;
}

/** Sends. What could change something is refused where the account is locked, and otherwise noted with what became of it. */
export async function watched<Answer extends { readonly status: number }>(
	sending: Sending,
	send: () => Promise<Answer>,
): Promise<Answer> {
	const { changes: watch } = sending.log;
	if (!watch || !changes(sending.call)) {
		return send();
	}
	if (!watch.mayWrite()) {
		throw locked(sending.names);
	}
	const time = new Date();
	const tell = (status?: number): void => watch.sent({ ...entryOf(sending), time, status });
	try {
		const answer = await send();
		tell(answer.status);
		return answer;
	} catch (error) {
		// A vendor's part that counts its own limits lets nothing out beyond them.
		if (!(error instanceof TooManyRequests)) {
			tell();
		}
		throw error;
	}
}

function locked({ account }: Names): NotAllowed {
	return new NotAllowed(
		t('{0} is locked against changes in Boardwalk. Unlock the account to change something there.', account),
	);
}

function entryOf(sending: Sending) {
	const { call, url, names, hide } = sending;
	const { pathname, search } = new URL(url);
	return {
		account: names.account,
		method: call.method ?? 'GET',
		path: hide(pathname + search),
		body: bodyText(fieldsOf(sending), hide),
	};
}

function fieldsOf({ call, parts, authorised }: Sending): unknown {
	if (!parts) {
		return call.json ?? call.form;
	}
	// What a form holds that needs no credentials is what lets it in.
	const shown = (value: string) => (authorised ? value : t('‹secret›'));
	return Object.fromEntries(
		parts.map(([name, value]) => [name, typeof value === 'string' ? shown(value) : fileText(value)]),
	);
}
