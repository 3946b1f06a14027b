import type { Api } from './api.ts';
import { insist } from './checks.ts';
import type { Holdings } from './holdings.ts';

/** The three OData roots and their entity sets. */
const entitySets: Readonly<Record<string, string>> = {
	pm: 'Cards Activities TimeReports CardCustomFields ActivityCustomFields Members Workspaces WorkspaceMemberships WorkspaceMemberRoles CardsCoAssignees CardTags IssueTags PlanSnapshots PlanSnapshotValues Issues',
	am: 'AccountPeople AccountWorkspaces AccountWorkspaceMembers Requests WorkspaceCustomField RequestCustomFormFields',
	portfolios: 'Portfolios PortfolioWorkspaces KPIStatusReports',
};

/** How the feeds are served where the reference leaves it open; tests change it. */
export interface FeedManner {
	/** Rows in one reply, with a link to the next one behind them; all of them without it, as the vendor's example takes it. */
	rowsPerReply?: number;
	/** What the root of portfolio data is called: the example's text and its code differ. */
	portfolioRoot: 'portfolios' | 'portfolio';
}

export function odataCalls({ call, holdings }: Api): FeedManner {
	const manner: FeedManner = { portfolioRoot: 'portfolios' };
	const setsOf = (root: string): string[] => {
		const isOther = root.startsWith('portfolio') && root !== manner.portfolioRoot;
		insist(!isOther, 'NOT_FOUND', 404);
		return (entitySets[root] ?? entitySets['portfolios'] ?? '').split(' ');
	};
	for (const root of [...Object.keys(entitySets), 'portfolio']) {
		call(`GET /odata/${root}`, () => ({
			value: setsOf(root).map((name) => ({ name, kind: 'EntitySet', url: name })),
		}));
		call(
			`GET /odata/${root}/:id`,
			({ c, id }) => {
				insist(setsOf(root).includes(id), 'NOT_FOUND_ENTITY_SET', 404);
				const rows = rowsOf(id, holdings);
				const start = Number(c.req.query('$skiptoken') ?? 0);
				const end = start + (manner.rowsPerReply ?? rows.length);
				const next = new URL(`/odata/${root}/${id}?$skiptoken=${end}`, c.req.url).href;
				return { value: rows.slice(start, end), ...(end < rows.length && { '@odata.nextLink': next }) };
			},
			undefined,
			{ $skiptoken: '?id' },
		);
	}
	return manner;
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
