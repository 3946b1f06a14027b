import { t } from '@vscode/l10n';
import type { Account } from '../core/accounts.ts';
import type { Credentials, SignedIn } from '../core/provider.ts';
import type { Examined } from '../host/accountChecks.ts';
import { withProgress } from '../host/progress.ts';
import type { Reports } from '../host/reports.ts';
import { editorRedirect } from '../host/signInReturn.ts';
import { chooseAccount } from './choose.ts';
import type { Handler, Services } from './services.ts';

/** The reports of each activation; the first one that is shown makes them. */
const reportsOf = new WeakMap<Services, Reports>();

/** Looks at all that the connection of an account depends on, and shows what to do where something is wrong. */
export const checkConnection: Handler = async (services, node) => {
	const title = t('Check connection');
	const account = node?.account ?? (await chooseAccount(services, title, () => true));
	if (!account) {
		return;
	}
	const { examine, Reports, showReport } = await import('../host/diagnosis.ts');
	const report = await withProgress(t('Checking the connection of {0}', account.name), async (signal, advance) =>
		examine(await examinedOf(services, account, signal), signal, advance),
	);
	const reports = reportsOf.get(services) ?? new Reports();
	reportsOf.set(services, reports);
	await showReport(reports, account.id, report);
};

async function examinedOf(services: Services, account: Account, signal: AbortSignal): Promise<Examined> {
	const { accounts, sessions } = services;
	const provider = sessions.provider(account);
	const practised = account.practice ? await practise(services, account, signal) : undefined;
	return {
		name: account.name,
		vendor: provider.label,
		server: practised?.server ?? account.server,
		credentials: practised ? shown(services, account, practised, signal) : accounts.credentials(account),
		refused: accounts.isRefused(account.id),
		session: (each) => sessions.ready(account, each),
		redirect: provider.signInWays.some((way) => 'begin' in way) ? editorRedirect : undefined,
	};
}

/** Where the sandbox of today is, which no account keeps; undefined where it does not start, which the checks then find. */
async function practise(
	{ practice, sessions }: Services,
	account: Account,
	signal: AbortSignal,
): Promise<SignedIn | undefined> {
	try {
		return await practice.signIn(sessions.provider(account), signal);
	} catch {
		signal.throwIfAborted();
		return undefined;
	}
}

/** A practice account's credentials are in its session alone. */
function shown(
	{ sessions }: Services,
	account: Account,
	{ secrets }: SignedIn,
	signal: AbortSignal,
): Pick<Credentials, 'read'> {
	return {
		read: async () => ({ ...secrets, used: await (await sessions.ready(account, signal)).accessToken(signal) }),
	};
}
