import type { Api } from './api.ts';
import { insist } from './checks.ts';
import type { Holdings } from './holdings.ts';

/** The three OData roots and their entity sets. */
const entitySets: Readonly<Record<string, string>> = {
	pm: 'Cards Activities TimeReports CardCustomFields ActivityCustomFields Members Workspaces WorkspaceMemberships WorkspaceMemberRoles CardsCoAssignees CardTags IssueTags PlanSnapshots PlanSnapshotValues Issues',
	am: 'AccountPeople AccountWorkspaces AccountWorkspaceMembers Requests WorkspaceCustomField RequestCustomFormFields',
	portfolios: 'Portfolios PortfolioWorkspaces KPIStatusReports',
};

export function odataCalls({ call, holdings }: Api): void {
	for (const [root, names] of Object.entries(entitySets)) {
		const sets = names.split(' ');
		call(`GET /odata/${root}`, () => ({ value: sets.map((name) => ({ name, kind: 'EntitySet', url: name })) }));
		call(`GET /odata/${root}/:id`, ({ id }) => {
			insist(sets.includes(id), 'NOT_FOUND_ENTITY_SET', 404);
			return { value: rowsOf(id, holdings) };
		});
	}
}

/** The plain values of what the account holds under names in PascalCase; sets of what it does not hold are empty. */
function rowsOf(set: string, { cards, people, projects, portfolios }: Holdings): object[] {
	const held: Record<string, readonly object[]> = {
		Cards: cards,
		Activities: projects.map(({ planlet }) => planlet),
		Members: people,
		Workspaces: projects.filter(({ archived }) => !archived),
		AccountPeople: people,
		AccountWorkspaces: projects,
		Portfolios: portfolios,
	};
	const pascal = (name: string) => name.replaceAll(/(?:^|_)(.)/g, (_, sign: string) => sign.toUpperCase());
	return (held[set] ?? []).map((one) =>
		Object.fromEntries(
			Object.entries(one).flatMap(([name, value]) => (typeof value === 'object' ? [] : [[pascal(name), value]])),
		),
	);
}
