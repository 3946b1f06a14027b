import type { Account } from '../core/accounts.ts';
import type { EntryContainer } from '../core/model.ts';
import type { Services } from './services.ts';

/** Where files go. */
export interface Target {
	readonly account: Account;
	readonly container: EntryContainer;
	/** The place in words, such as `Pictures – Harbour renewal`. */
	readonly place: string;
}

const key = 'lastUploadTarget';

/** As it is kept: plain data, with the account by its id. */
interface Kept extends Omit<Target, 'account'> {
	readonly account: string;
}

/** The target of this workspace's last upload; undefined where there is none or its account has to sign in first. */
export function lastTarget({ workspace, accounts }: Services): Target | undefined {
	const kept = workspace.get(key) as Kept | undefined;
	const account = kept && accounts.get(kept.account);
	return account && !accounts.isRefused(account.id) ? { ...kept, account } : undefined;
}

export async function rememberTarget({ workspace }: Services, { account, container, place }: Target): Promise<void> {
	const kept: Kept = { account: account.id, container, place };
	await workspace.set(key, kept);
}

/** Where the last target turned out to be gone. Any other stays. */
export async function forgetTarget(services: Services, { container }: Target): Promise<void> {
	const kept = services.workspace.get(key) as Kept | undefined;
	if (kept?.container.id === container.id) {
		await services.workspace.set(key, undefined);
	}
}
