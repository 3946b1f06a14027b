import { hasMention, withLabels } from './mentions.ts';
import { lineOf } from './plainLine.ts';
import { made, markKinds, type Plain, type PlainMark, sortedMarks, unusual } from './plainNode.ts';
import { attribute, childrenOf, isInline, kindOf, type Mark, type Node } from './tree.ts';
import { attributeNames } from './unverified.ts';

const attributesOf: Readonly<Record<string, readonly (keyof typeof attributeNames)[]>> = {
	heading: ['level'],
	numbers: ['start'],
	code: ['language'],
	task: ['checked'],
	image: ['src', 'alt', 'title'],
};

export function plainOf(one: Node, parent?: string): Plain {
	const kind = kindWithin(one, parent);
	switch (kind) {
		case 'paragraph':
		case 'heading':
			return made(kind, {
				...plainAttributes(one, kind),
				content: lineOf(childrenOf(one).map((child) => plainOf(child))),
			});
		case 'code':
			return made(kind, { ...plainAttributes(one, kind), text: textIn(one).replaceAll(/\r\n?/g, '\n') });
		case 'text':
			return textOf(one);
		case `?${one.type}`:
			return made(kind, isInline(one) ? { text: labelOf(one) } : { content: seenIn(one) });
		case 'break':
		case 'rule':
			return made(kind, {});
		case 'image':
			return made(kind, { ...plainAttributes(one, kind), marks: marksOf(one) });
		case 'bullets':
		case 'numbers':
		case 'tasks':
		case 'table':
		case 'row':
			return made(kind, {
				...plainAttributes(one, kind),
				content: childrenOf(one).map((child) => plainOf(child, kind)),
			});
		default:
			return made(kind, { ...plainAttributes(one, kind), content: seenIn(one) });
	}
}

function seenIn(one: Node): readonly Plain[] {
	return unitsOf(one).flatMap(({ plain }) => plain ?? []);
}

function labelOf(one: Node): string {
	const label = attribute(one, ['label', 'text', 'name', 'shortName', 'short_name', 'var']);
	return typeof label === 'string' ? label : '';
}

function textOf(one: Node): Plain {
	const { text = '' } = one;
	return made(hasMention(text) ? '?mention' : 'text', { text: withLabels(text), marks: marksOf(one) });
}

/** An item of a list of tasks is a task, though some are called as other items are. Merged cells are no cells of Markdown's. */
function kindWithin(one: Node, parent: string | undefined): string {
	const kind = one.text === undefined ? kindOf(one) : 'text';
	if (kind === 'item' && parent === 'tasks') {
		return 'task';
	}
	const isMerged = (kind === 'cell' || kind === 'header') && spans(one);
	return kind === undefined || isMerged || /^(mention|emoji|file|var)$/.test(kind) ? `?${one.type}` : kind;
}

export function spans(cell: Node): boolean {
	return ['colspan', 'rowspan'].some((name) => Number(cell.attrs?.[name] ?? 1) !== 1);
}

function plainAttributes(one: Node, kind: string): Pick<Plain, 'attrs'> {
	const pairs = (attributesOf[kind] ?? []).map((name) => [name, plainAttribute(one, name)] as const);
	return { attrs: unusual(Object.fromEntries(pairs)) };
}

function plainAttribute(one: Node, name: keyof typeof attributeNames): string | number | boolean {
	const value = attribute(one, attributeNames[name]);
	switch (name) {
		case 'level':
			return Math.min(6, Math.max(1, Number(value ?? 1)));
		case 'start':
			return Number(value ?? 1);
		case 'checked':
			return value === true || value === 'true' || value === 'DONE';
		default:
			return words(value);
	}
}

function words(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function marksOf({ marks }: Node): readonly PlainMark[] {
	return sortedMarks((marks ?? []).map(plainMark));
}

export function plainMark(mark: Mark): PlainMark {
	const kind = kindOf(mark);
	if (kind === 'link') {
		const [href = '', title = ''] = [attributeNames.href, attributeNames.title].map((names) =>
			words(attribute(mark, names)),
		);
		return { kind, href, ...(title === '' ? {} : { title }) };
	}
	return { kind: kind === undefined || !markKinds.includes(kind) ? `?${mark.type}` : kind };
}

function textIn(one: Node): string {
	return one.text ?? (kindOf(one) === 'break' ? '\n' : childrenOf(one).map(textIn).join(''));
}

/** What stands in a block: one block, or a line of text that stands there without a paragraph around it. */
export interface Unit {
	readonly nodes: readonly Node[];
	/** Whether the nodes are a line without its paragraph. */
	readonly bare: boolean;
	/** Absent where nothing is seen of it. */
	readonly plain?: Plain;
}

export function unitsOf(parent: Node): readonly Unit[] {
	const runs: Node[][] = [];
	for (const child of childrenOf(parent)) {
		const last = runs.at(-1);
		if (last?.[0] && isInline(last[0]) && isInline(child)) {
			last.push(child);
		} else {
			runs.push([child]);
		}
	}
	return runs.map(unit);
}

function unit(nodes: readonly Node[]): Unit {
	const [first] = nodes;
	const bare = first !== undefined && isInline(first);
	const plain = bare || !first ? line(nodes) : plainOf(first);
	return { nodes, bare, plain: plain.kind === 'paragraph' && !plain.content ? undefined : plain };
}

function line(nodes: readonly Node[]): Plain {
	return made('paragraph', { content: lineOf(nodes.map((child) => plainOf(child))) });
}
