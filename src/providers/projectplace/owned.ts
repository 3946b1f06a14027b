import { t } from '@vscode/l10n';
import type { OwnedWire } from './accountCalls.ts';
import { sent } from './cardCalls.ts';

/** What somebody heads, by the words of the call that gives it to others. */
export type Owned = Readonly<Record<Kind, readonly Thing[]>>;

interface Thing {
	readonly id: string;
	readonly name: string;
}

const kinds = ['workspaces', 'portfolios', 'templates', 'teams'] as const;
type Kind = (typeof kinds)[number];

export function toOwned(wire: OwnedWire): Owned {
	const things = (list: OwnedWire['teams_owner']) => (list ?? []).map(({ id, name }) => ({ id, name: name || id }));
	return {
		workspaces: things(wire.projects_data?.projects_owner),
		portfolios: things(wire.portfolios_owner),
		templates: things(wire.templates_owner),
		teams: things(wire.teams_owner),
	};
}

export function countOf(owned: Owned): number {
	return kinds.reduce((sum, kind) => sum + owned[kind].length, 0);
}

/** Each thing by its id with the one who heads it from now on. */
export function handedTo(
	owned: Owned,
	heir: string | undefined,
): Readonly<Record<Kind, Record<string, string | number>>> {
	const map = (things: readonly Thing[]) =>
		Object.fromEntries(heir === undefined ? [] : things.map(({ id }) => [id, sent(heir)]));
	return {
		workspaces: map(owned.workspaces),
		portfolios: map(owned.portfolios),
		templates: map(owned.templates),
		teams: map(owned.teams),
	};
}

/** All of it by name, kind after kind; undefined where it is nothing. */
export function inWords(owned: Owned): string | undefined {
	const parts = kinds.flatMap((kind) => {
		const names = owned[kind].map(({ name }) => `“${name}”`);
		return names.length > 0
			? [heading(kind, new Intl.ListFormat(undefined, { type: 'conjunction' }).format(names))]
			: [];
	});
	return parts.length > 0 ? parts.join(' ') : undefined;
}

function heading(kind: Kind, names: string): string {
	switch (kind) {
		case 'workspaces':
			return t('Heads the workspaces: {0}.', names);
		case 'portfolios':
			return t('Heads the portfolios: {0}.', names);
		case 'templates':
			return t('Heads the templates: {0}.', names);
		case 'teams':
			return t('Heads the teams: {0}.', names);
	}
}
