import {
	asText,
	type Filter,
	filterNamed,
	find,
	type Kind,
	kinds,
	type Row,
	relatedKinds,
	type Tables,
	usual,
} from './kinds.ts';
import { unsupported } from './replies.ts';

const defaultPage = 30;
const largestPage = 200;

/** Answers a list: every parameter is known, or the request is refused. */
export function listDocument(kind: Kind, rows: readonly Row[], tables: Tables, url: URL): object {
	const asked = parameters(url);
	const tests = filterOf(kind, asked.filters, tables);
	const found = sorted(kind, rows.filter(tests), url.searchParams.get('sort'));
	const included = new Included(tables, includeTree(kind, url));
	const shown = found.slice((asked.page - 1) * asked.size, asked.page * asked.size);
	return {
		data: shown.map((row) => included.resource(kind, row)),
		...included.member(),
		links: links(url, asked.page, asked.size, found.length),
		meta: {
			current_page: asked.page,
			total_pages: Math.ceil(found.length / asked.size),
			total_count: found.length,
			page_size: asked.size,
			max_page_size: largestPage,
		},
	};
}

/** What may be asked beside one resource, or beside a write: refused before anything is done. */
export function demandOneQuery(kind: Kind, url: URL): void {
	const stray = [...url.searchParams.keys()].find((name) => name !== 'include');
	if (stray !== undefined) {
		throw unsupported('Parameter', stray);
	}
	includeTree(kind, url);
}

export function oneDocument(
	kind: Kind,
	row: Row,
	tables: Tables,
	url: URL,
): { data: Record<string, unknown>; meta: object } {
	const included = new Included(tables, includeTree(kind, url));
	return { data: included.resource(kind, row), ...included.member(), meta: {} };
}

type FilterTree = { [name: string]: string | FilterTree };

function parameters({ searchParams }: URL): { filters: FilterTree; page: number; size: number } {
	const filters = noFilters();
	for (const [name, value] of searchParams) {
		if (/^filter(\[[^[\]]+\])+$/.test(name)) {
			place(
				filters,
				[...name.matchAll(/\[([^\]]+)\]/g)].map(([, segment]) => String(segment)),
				value,
			);
		} else if (!['sort', 'include', 'page[number]', 'page[size]'].includes(name)) {
			throw unsupported('Parameter', name);
		}
	}
	return {
		filters,
		page: count(searchParams, 'page[number]', 1),
		size: Math.min(largestPage, count(searchParams, 'page[size]', defaultPage)),
	};
}

function count(parameters: URLSearchParams, name: string, usual: number): number {
	const text = parameters.get(name) ?? String(usual);
	if (!/^[1-9]\d*$/.test(text)) {
		throw unsupported('Parameter', name);
	}
	return Number(text);
}

/** Without the names that every object has. */
function noFilters(): FilterTree {
	return Object.create(null) as FilterTree;
}

function place(tree: FilterTree, [name = '', ...rest]: readonly string[], value: string): void {
	const there = tree[name];
	if (there !== undefined && (rest.length === 0 || typeof there === 'string')) {
		throw unsupported('Filter', name);
	}
	if (rest.length === 0) {
		tree[name] = value;
	} else {
		place((tree[name] = there ?? noFilters()), rest, value);
	}
}

type Test = (row: Row) => boolean;

function filterOf(kind: Kind, tree: FilterTree, tables: Tables): Test {
	const { $op, ...rest } = tree;
	if ($op !== undefined && !(kind.operations && ($op === 'and' || $op === 'or'))) {
		throw unsupported('Filter', '$op');
	}
	const tests = Object.entries(rest).map(([name, wanted]): Test => {
		if (kind.operations && /^\d+$/.test(name) && typeof wanted === 'object') {
			return filterOf(kind, wanted, tables);
		}
		const filter = filterNamed(kind, name);
		if (!filter) {
			throw unsupported('Filter', name);
		}
		return comparison(kind, name, filter, wanted, tables);
	});
	return $op === 'or' ? (row) => tests.some((test) => test(row)) : (row) => tests.every((test) => test(row));
}

/** Whether a row's value is as wanted; with `not_` before it, whether it is not. */
const operations: Readonly<Record<string, (one: string, wanted: readonly string[]) => boolean>> = {
	eq: (one, wanted) => wanted.includes(one),
	contains: (one, [part = '']) => one.toLowerCase().includes(part.toLowerCase()),
	gt: (one, [than]) => order(one, than) > 0,
	gt_eq: (one, [than]) => order(one, than) >= 0,
	lt: (one, [than]) => order(one, than) < 0,
	lt_eq: (one, [than]) => order(one, than) <= 0,
};

function comparison(kind: Kind, name: string, filter: Filter, wanted: string | FilterTree, tables: Tables): Test {
	const pairs = Object.entries(typeof wanted === 'string' ? { [filter.text ? 'contains' : 'eq']: wanted } : wanted);
	const tests = pairs.map(([operation, value]): Test => {
		const not = operation.startsWith('not_');
		const known = operation.replace(/^not_contain$/, 'contains').replace(/^not_eq$/, 'eq');
		const compare = Object.hasOwn(operations, known) ? operations[known] : undefined;
		if (!compare || typeof value !== 'string' || (typeof wanted !== 'string' && !kind.operations)) {
			throw unsupported('Filter', `${name}[${operation}]`);
		}
		const values = !filter.text && /^(not_)?eq$/.test(operation) ? value.split(',') : [value];
		if (!operation.includes('contain') && !values.every((one) => filter.values.test(one))) {
			throw unsupported('Filter Value', value);
		}
		if (filter.widens) {
			return () => true;
		}
		return (row) => {
			const own = filter.read(row, tables);
			return not !== (own !== null && own !== undefined && compare(asText(own), values));
		};
	});
	return (row) => tests.every((test) => test(row));
}

function order(a: unknown, b: unknown): number {
	const [left, right] = [Number(a), Number(b)];
	return Number.isNaN(left) || Number.isNaN(right)
		? String(a) < String(b)
			? -1
			: Number(String(a) > String(b))
		: left - right;
}

function sorted(kind: Kind, rows: Row[], wanted: string | null): Row[] {
	const keys = (wanted?.split(',') ?? []).map((key) => ({
		name: key.replace(/^-/, ''),
		sign: key.startsWith('-') ? -1 : 1,
	}));
	for (const { name } of keys) {
		if (!kind.sorts.includes(name)) {
			throw unsupported('Sort', name);
		}
	}
	return keys.length === 0
		? rows
		: rows.sort(
				(a, b) => keys.reduce((so, { name, sign }) => so || sign * nullsLast(a[name], b[name], sign), 0) || a.id - b.id,
			);
}

function nullsLast(a: unknown, b: unknown, sign: number): number {
	return a === null || b === null ? sign * (Number(a === null) - Number(b === null)) : order(a, b);
}

function links(url: URL, page: number, size: number, total: number): Record<string, string> {
	const pages = Math.ceil(total / size);
	const at = (number: number): string => {
		const to = new URL(url);
		to.searchParams.set('page[number]', String(number));
		to.searchParams.set('page[size]', String(size));
		return String(to);
	};
	return {
		first: at(1),
		last: at(pages),
		...(page > 1 && page <= pages ? { prev: at(page - 1) } : {}),
		...(page < pages ? { next: at(page + 1) } : {}),
	};
}

type Tree = { [relation: string]: Tree };

function includeTree(kind: Kind, { searchParams }: URL): Tree {
	const root: Tree = {};
	for (const path of searchParams.get('include')?.split(',') ?? []) {
		let [at, here] = [root, kind];
		for (const name of path.split('.')) {
			const next = here.relations.includes(name) ? kinds[relatedKinds[name] ?? name] : undefined;
			if (!next) {
				throw unsupported('Include', path);
			}
			at = at[name] ??= {};
			here = next;
		}
	}
	return root;
}

/** Resources as the vendor shows them: a relation that was not asked for has no `data`, except the organization's. */
class Included {
	readonly #tables: Tables;
	readonly #tree: Tree;
	readonly #resources = new Map<string, object>();

	constructor(tables: Tables, tree: Tree) {
		this.#tables = tables;
		this.#tree = tree;
	}

	member(): { included?: object[] } {
		return Object.keys(this.#tree).length === 0 ? {} : { included: [...this.#resources.values()] };
	}

	resource(kind: Kind, row: Row, tree: Tree = this.#tree): Record<string, unknown> {
		const attributes = kind.attributes.map(
			(name) => [name, row[name] ?? (name in usual ? usual[name] : null)] as const,
		);
		return {
			id: String(row.id),
			type: kind.type,
			attributes: Object.fromEntries(attributes.filter(([, value]) => value !== undefined)),
			relationships: Object.fromEntries(
				kind.relations.map((name) => [name, this.#relation(kind, row, name, tree[name])]),
			),
		};
	}

	#relation(kind: Kind, row: Row, name: string, tree: Tree | undefined): object {
		if (!tree) {
			return name === 'organization'
				? { data: { type: 'organizations', id: String(row.organization_id) } }
				: { meta: { included: false } };
		}
		const one = kinds[relatedKinds[name] ?? ''];
		if (one) {
			const other = find(this.#tables, one.table, row[`${name}_id`]);
			return { data: other ? this.#include(one, other, tree) : null };
		}
		const many = kinds[name] as Kind;
		const key = `${kind.type.slice(0, -1)}_id`;
		return {
			data: (this.#tables[name] ?? [])
				.filter((other) => other[key] === row.id)
				.map((other) => this.#include(many, other, tree)),
		};
	}

	#include(kind: Kind, row: Row, tree: Tree): { type: string; id: string } {
		const key = `${kind.type} ${row.id}`;
		if (!this.#resources.has(key)) {
			this.#resources.set(key, {});
			this.#resources.set(key, this.resource(kind, row, tree));
		}
		return { type: kind.type, id: String(row.id) };
	}
}
