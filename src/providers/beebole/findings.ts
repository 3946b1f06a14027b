import { t } from '@vscode/l10n';
import { NotAllowed } from '../../core/errors.ts';
import type { Finding } from '../../core/finding.ts';
import { type Changes, failedFinding, foundOr, headings, timeText } from '../../core/findings.ts';
import { vendor } from './auth.ts';
import type { Budget } from './budget.ts';
import type { Client } from './client.ts';

export interface Asked {
	readonly client: Client;
	readonly budget: Budget;
	/** What the account is called in messages. */
	readonly account: string;
}

export async function findings(asked: Asked, signal: AbortSignal): Promise<readonly Finding[]> {
	const credentials = await foundOr(headings.credentials, (each) => accepted(asked, each), signal, [asked.account]);
	return [...credentials, person(), rights(asked.client.changes), limit(asked.budget)];
}

/** The list of companies is the check of the credentials: Beebole has no smaller question. */
async function accepted({ client, account }: Asked, signal: AbortSignal): Promise<readonly Finding[]> {
	const about = headings.credentials;
	try {
		await client.companies(signal);
	} catch (error) {
		if (error instanceof NotAllowed) {
			const next = t('Ask an administrator to allow API calls in Beebole: Settings, Account.');
			return [{ ...failedFinding(about, error, [account]), next }];
		}
		throw error;
	}
	const message = t('Beebole takes the token. No end of it is published; it holds until it is reset.');
	return [{ about, state: 'good', message }];
}

function person(): Finding {
	return {
		about: headings.actsAs,
		state: 'unknown',
		message: t('Beebole does not say whose token it is. What is done with it is done in that person’s name.'),
	};
}

function rights(changes: Changes): Finding {
	return changes.rights(vendor, {
		message: t('The token has the rights of its person, and Beebole does not say which those are.'),
		next: t(
			'If changes are refused, ask an administrator for the right, or sign in with the token of someone who has it: API Token module.',
		),
	});
}

function limit(budget: Budget): Finding {
	const about = headings.limit;
	const { requests, bytes, until, stopped } = budget.left();
	const next = t('Wait until {0}, when the day’s limit begins anew.', timeText(until));
	if (stopped || requests.left === 0 || bytes.left === 0) {
		return { about, state: 'bad', message: t('Beebole takes no more requests today.'), next };
	}
	const number = new Intl.NumberFormat();
	const kilobytes = (bytes: number): string => number.format(Math.floor(bytes / 1_024));
	const message = t(
		'{0} of {1} requests and {2} of {3} KB are left until {4}, as counted since this window opened; what other programs use is not included.',
		number.format(requests.left),
		number.format(requests.of),
		kilobytes(bytes.left),
		kilobytes(bytes.of),
		timeText(until),
	);
	const isShort = requests.left < requests.of / 10 || bytes.left < bytes.of / 10;
	return isShort
		? { about, state: 'warning', message, next: t('Refresh and open less until then.') }
		: { about, state: 'good', message };
}
