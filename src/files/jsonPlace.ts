import { findNodeAtLocation, getLocation, type JSONPath, type Node, parseTree } from 'jsonc-parser';

/** A place in a text in JSON where something can be completed. Offsets are in UTF-16 units from the beginning. */
export interface JsonPlace {
	/** A key is written in the object that `path` leads to, a value at `path` itself. */
	readonly kind: 'key' | 'value';
	readonly path: readonly (string | number)[];
	/** What a completion takes the place of. */
	readonly start: number;
	readonly end: number;
	/** The other keys of that object. */
	readonly taken: readonly string[];
	/** Whether the key has its colon already. */
	readonly hasColon: boolean;
}

/** The place at an offset, in a text that may be half-written; undefined where neither a key nor a value can begin. */
export function jsonPlaceAt(text: string, offset: number): JsonPlace | undefined {
	const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
	const range = previousNode ? rangeOf(previousNode, offset) : wordRange(text, offset);
	if (!range) {
		return undefined;
	}
	const hasColon = /^\s*:/.test(text.slice(range.end));
	return isAtPropertyKey
		? { kind: 'key', path: path.slice(0, -1), ...range, taken: keysOf(text, path.slice(0, -1), range.start), hasColon }
		: { kind: 'value', path, ...range, taken: [], hasColon };
}

interface Range {
	readonly start: number;
	readonly end: number;
}

function rangeOf({ offset: start, length }: Node, offset: number): Range | undefined {
	const end = start + length;
	return start <= offset && offset <= end ? { start, end } : undefined;
}

/** A word without quotes, or nothing yet, where something may begin. */
function wordRange(text: string, offset: number): Range | undefined {
	const before = /[\w-]*$/.exec(text.slice(0, offset))?.[0].length ?? 0;
	const after = /^[\w-]*/.exec(text.slice(offset))?.[0].length ?? 0;
	const start = offset - before;
	return /(^|[{[,:])\s*$/.test(text.slice(0, start)) ? { start, end: offset + after } : undefined;
}

/** The keys of an object, but for the one that stands at an offset. */
function keysOf(text: string, path: JSONPath, except: number): readonly string[] {
	const tree = parseTree(text);
	const object = tree && findNodeAtLocation(tree, path);
	return (object?.children ?? []).flatMap(({ children }) => {
		const [key] = children ?? [];
		return key && key.offset !== except && typeof key.value === 'string' ? [key.value] : [];
	});
}

/** What a choice is in JSON, quotes included where it needs them. */
export function jsonOf(value: string, kind: JsonPlace['kind']): string {
	return kind === 'value' && isJson(value) ? value : JSON.stringify(value);
}

function isJson(value: string): boolean {
	try {
		JSON.parse(value);
		return true;
	} catch {
		return false;
	}
}
