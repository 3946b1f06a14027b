import type { Choice } from '../../core/model.ts';
import type { AccountPersonWire, SeenWire } from './accountCalls.ts';
import { wordsFor } from './findings.ts';

type WithRole = Pick<AccountPersonWire, 'account_role'>;

export const external = 'account_role_external';

const fullRoles: readonly unknown[] = [
	'account_role_owner',
	'account_role_co_owner',
	'account_role_admin',
	'account_role_member',
];

/** Whether somebody belongs to the account itself, and not to some of its workspaces only or not yet. */
export function isFullMember({ account_role }: WithRole): boolean {
	return fullRoles.includes(account_role);
}

export function nameOfPerson(person: AccountPersonWire | SeenWire): string {
	const id = 'userid' in person ? person.userid : person.id;
	return person.name || ('email' in person && person.email) || id;
}

/** The role as people read it; ProjectPlace’s own word for one that is not known. */
export function roleName({ account_role }: WithRole): string {
	return wordsFor(account_role ?? undefined) ?? '–';
}

export function toPersonChoice(person: AccountPersonWire): Choice {
	return { value: person.id, label: nameOfPerson(person), detail: person.email ?? undefined };
}
