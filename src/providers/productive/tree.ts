import * as v from 'valibot';
import { kindNamed } from './kinds.ts';

/**
 * A page's body as the vendor keeps it: a tree like Atlassian's document format, as JSON text. What is not named here is
 * kept as it came.
 */
export interface Node {
	readonly type: string;
	readonly text?: string;
	readonly attrs?: Readonly<Record<string, unknown>> | null;
	readonly content?: readonly Node[] | null;
	readonly marks?: readonly Mark[] | null;
}

export interface Mark {
	readonly type: string;
	readonly attrs?: Readonly<Record<string, unknown>> | null;
}

const attrs = v.nullish(v.record(v.string(), v.unknown()));
const node: v.GenericSchema<Node> = v.object({
	type: v.string(),
	text: v.optional(v.string()),
	attrs,
	content: v.nullish(v.array(v.lazy(() => node))),
	marks: v.nullish(v.array(v.object({ type: v.string(), attrs }))),
});

/** The very tree of a body, with every attribute; of an empty body an empty one; undefined where it is no such tree. */
export function treeOf(body: unknown): Node | undefined {
	if (body === null || body === undefined || body === '') {
		return { type: 'doc', content: [] };
	}
	const tree = typeof body === 'string' ? parsed(body) : body;
	return v.is(node, tree) ? tree : undefined;
}

export function parsed(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}

/** What a node or a mark is, whichever way its name is spelled; undefined where nobody has documented it. */
export function kindOf({ type }: Node | Mark): string | undefined {
	return kindNamed(type);
}

export const childrenOf = ({ content }: Node): readonly Node[] => content ?? [];

/** The first of these attributes that is there. */
export function attribute({ attrs }: Node | Mark, names: readonly string[]): unknown {
	return names.map((name) => attrs?.[name]).find((one) => one !== undefined && one !== null);
}

export function isInline(one: Node): boolean {
	return one.text !== undefined || /^(break|image|mention|emoji|file|var)$/.test(kindOf(one) ?? '');
}
