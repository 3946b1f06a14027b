import { type Api, drop, list, named, pageOf } from './api.ts';
import { type Body, byId, checked, found, insist } from './checks.ts';
import type { Holdings, Named, Person } from './holdings.ts';

export function peopleCalls({ call, holdings }: Api): void {
	const { people, projects, portfolios, templates, teams } = holdings;
	call('GET /1/account', () => ({ id: 4100, name: 'Quayside', managers: people.slice(0, 2).map(named) }));
	call('GET /1/user/me/profile', ({ principal: { id, name, email } }) => {
		const [first_name, ...last] = name.split(' ');
		return { id, first_name, last_name: last.join(' '), email, sort_name: `${last.join(' ')}, ${first_name}` };
	});

	call('GET /1/account/people', () =>
		people.map(({ id, email, account_role, name }) => ({ id: String(id), email, account_role, name })),
	);
	call(
		'POST /1/account/people',
		({ body }) => {
			const { last_logged_in, account_roles: roles } = checked(body.filter ?? {}, {
				last_logged_in: '?object',
				account_roles: '?texts',
			});
			const { from, to } = (last_logged_in ? checked(last_logged_in, { from: 'day', to: 'day' }) : {}) as Record<
				string,
				string
			>;
			insist(!roles || (roles as string[]).every((role) => Object.hasOwn(roleWords, role)), 'INVALID_ACCOUNT_ROLES');
			const wanted = people
				.filter(({ account_role }) => !roles || (roles as string[]).some((role) => roleWords[role] === account_role))
				.filter(
					({ last_login: at }) => !from || !to || (at && at >= Date.parse(from) && at < Date.parse(to) + 86_400_000),
				);
			return pageOf(wanted, body, '+last_login').map(({ id, name, last_login, account_role }) => ({
				userid: String(id),
				name,
				last_login,
				account_role,
			}));
		},
		list,
	);
	call('GET /1/account/people/:id/owned-artifacts', ({ id }) => {
		found(people, id, 'USER');
		const owned = (things: readonly Owned[]) => things.filter(({ owner_id }) => String(owner_id) === id).map(named);
		return {
			[id]: {
				projects_data: { projects_owner: owned(projects) },
				portfolios_owner: owned(portfolios),
				teams_owner: owned(teams),
				...(owned(templates).length > 0 && { templates_owner: owned(templates) }),
			},
		};
	});
	const actions = actionsOn(holdings);
	call(
		'POST /1/account/people/:id',
		({ id, body: { action, params } }) => {
			const act = actions.get(action);
			const [parameter, ...more] = params as unknown[];
			insist(act, 'UNKNOWN_ACTION');
			insist(parameter && !more.length, 'INVALID_PARAMS');
			const done = act(found(people, id, 'USER'), parameter);
			return { succeeded: done ? [id] : [], failed: done ? [] : [id] };
		},
		{ action: 'text', params: 'list' },
	);
}

/** What can be done to a person. Each says whether it was done; the request itself succeeds either way. */
function actionsOn({ people, projects, portfolios, templates, teams }: Holdings) {
	const handOver = (one: Person, parameter: unknown): boolean => {
		const { [one.id]: given } = checked(parameter, { [one.id]: 'object' });
		const maps = checked(given, {
			workspaces: 'object',
			portfolios: 'object',
			templates: 'object',
			teams: 'object',
		});
		const heirsIn = (things: readonly Owned[], map: unknown) =>
			things.flatMap((thing) =>
				thing.owner_id === one.id ? [{ thing, heir: byId(people, (map as Body)[thing.id]) }] : [],
			);
		const all = [
			...heirsIn(projects, maps.workspaces),
			...heirsIn(portfolios, maps.portfolios),
			...heirsIn(templates, maps.templates),
			...heirsIn(teams, maps.teams),
		];
		const done = all.every(({ heir }) => heir && heir !== one && heir.account_role !== external);
		if (done) {
			all.forEach(({ thing, heir }) => (thing.owner_id = heir?.id ?? 0));
			drop(people, (other) => other === one);
		}
		return done;
	};
	return new Map<unknown, (one: Person, parameter: unknown) => boolean>([
		[
			'add_secondary_email',
			(one, email) => {
				const isTaken = people.some((other) => other.email === email);
				const done =
					[one.email, email].every((address) => enforced.test(String(address))) && !isTaken && one !== people[0];
				one.email = done ? String(email) : one.email;
				return done;
			},
		],
		[
			'delete_account_user',
			(one, parameter) => one !== people[0] && one.account_role !== external && handOver(one, parameter),
		],
		['remove_account_user', (one, parameter) => one.account_role === external && handOver(one, parameter)],
	]);
}

type Owned = Named & { owner_id: number };

export const external = 'account_role_external';
/** Addresses whose domain the account enforces. */
const enforced = /^[^@\s]+@([\w-]+\.)?(quayside|quay)\.example$/;
/** The filter's words for roles and the replies' own. */
const roleWords: Readonly<Record<string, string>> = {
	account_co_owner: 'account_role_co_owner',
	account_administrator: 'account_role_admin',
	account_member: 'account_role_member',
	external_member: external,
	account_pending_member: '',
	unregistered: '',
};
