import { t } from '@vscode/l10n';
import type { Account } from '../core/accounts.ts';
import { LocalFailure } from '../core/errors.ts';
import type { Node } from '../views/node.ts';
import { chooseFrom } from './choose.ts';
import type { Handler, Services } from './services.ts';

/** From now on nothing at the vendor is changed from here. */
export const lockAccount: Handler = (services, node) => setLock(services, node, true);

export const unlockAccount: Handler = (services, node) => setLock(services, node, false);

async function setLock(services: Services, node: Node | undefined, locked: boolean): Promise<void> {
	const account = node?.account ?? (await choose(services, locked));
	if (account) {
		await services.accounts.lock(account.id, locked);
	}
}

/** One of those that stand the other way. */
async function choose({ accounts, sessions }: Services, locked: boolean): Promise<Account | undefined> {
	const others = accounts.list().filter((account) => Boolean(account.locked) !== locked);
	if (others.length === 0) {
		throw new LocalFailure(
			locked ? t('There is no account that could be locked against changes.') : t('No account is locked.'),
		);
	}
	return chooseFrom(
		locked ? t('Lock account against changes') : t('Unlock account'),
		t('Which account?'),
		async () => ({ items: others }),
		(account) => ({ value: account.id, label: account.name, detail: sessions.provider(account).label }),
	);
}
