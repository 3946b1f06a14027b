import { lineMarkdown } from './lineMarkdown.ts';
import { plainOf } from './plain.ts';
import type { Plain } from './plainNode.ts';
import { treeOf } from './tree.ts';

/** A page's body as Markdown; a body that is no tree of the vendor's is given as it is. */
export function toMarkdown(body: string): string {
	const tree = body === '' ? undefined : treeOf(body);
	return tree ? markdownOf(plainOf(tree)) : body;
}

/** Where Markdown has nothing like a node, there is the text in it. */
export function markdownOf(root: Plain): string {
	return `${apart(blocksOf(childrenOf(root)))}\n`;
}

interface Block {
	readonly plain: Plain;
	readonly text: string;
}

const childrenOf = ({ content }: Plain): readonly Plain[] => content ?? [];
const lineIn = (one: Plain, place: 'paragraph' | 'heading' | 'cell' = 'paragraph') =>
	lineMarkdown(childrenOf(one), place);

function blocksOf(children: readonly Plain[]): readonly Block[] {
	return children
		.map((plain, at) => ({ plain, text: textOf(plain, isSecond(children, at)) }))
		.filter(({ text }) => text !== '');
}

function apart(blocks: readonly Block[]): string {
	return blocks.map(({ text }) => text).join('\n\n');
}

/** Two lists of one sort in a row would be one list, were their signs the same. */
function isSecond(siblings: readonly Plain[], at: number): boolean {
	const [before, own] = [siblings[at - 1], siblings[at]].map((one) => one && sortOf(one));
	return own !== undefined && before === own && !isSecond(siblings, at - 1);
}

function sortOf({ kind }: Plain): 'bullets' | 'numbers' | undefined {
	return kind === 'tasks' ? 'bullets' : kind === 'bullets' || kind === 'numbers' ? kind : undefined;
}

function textOf(one: Plain, second: boolean): string {
	switch (one.kind) {
		case 'paragraph':
			return lineIn(one);
		case 'heading':
			return `${'#'.repeat(Number(one.attrs?.['level'] ?? 1))} ${lineIn(one, 'heading')}`.trimEnd();
		case 'bullets':
		case 'tasks':
			return list(one, () => (second ? '* ' : '- '));
		case 'numbers':
			return list(one, (at) => `${at + Number(one.attrs?.['start'] ?? 1)}${second ? ') ' : '. '}`);
		case 'quote':
			return indented(apart(blocksOf(childrenOf(one))), '> ', '> ');
		case 'code':
			return fenced(one.text ?? '', String(one.attrs?.['language'] ?? ''));
		case 'rule':
			return '---';
		case 'table':
			return table(one);
		default:
			return one.text === undefined ? apart(blocksOf(childrenOf(one))) : lineMarkdown([one], 'paragraph');
	}
}

function list(parent: Plain, sign: (at: number) => string): string {
	return childrenOf(parent)
		.map((one, at) => indented(itemText(one), sign(at), ' '.repeat(sign(at).length)))
		.join('\n');
}

/** What is no words begins on a line of its own: three signs in a row would be a rule. */
function itemText(one: Plain): string {
	const [first, ...rest] = childrenOf(one);
	const words = first?.kind === 'paragraph' ? first : undefined;
	const below = blocksOf(words ? rest : childrenOf(one));
	if (one.kind === 'task') {
		const box = one.attrs?.['checked'] === true ? '[x]' : '[ ]';
		return closely(words ? `${box} ${lineIn(words)}` : box, below);
	}
	const startsBelow = first !== undefined && /^(rule|bullets|numbers|tasks)$/.test(first.kind);
	return words ? closely(lineIn(words), below) : `${startsBelow ? '\n' : ''}${apart(below)}`;
}

/** A list right below the words of its item, where it would not be read as more of them. */
function closely(words: string, below: readonly Block[]): string {
	const [next] = below;
	const gap = next === undefined ? '' : mayFollowWords(next.plain) ? '\n' : '\n\n';
	return `${words}${gap}${apart(below)}`;
}

function mayFollowWords(one: Plain): boolean {
	const hasWords = childrenOf(one)[0]?.content?.[0]?.kind === 'paragraph';
	return sortOf(one) !== undefined && hasWords && one.attrs?.['start'] === undefined;
}

function indented(text: string, first: string, others: string): string {
	return text
		.split('\n')
		.map((line, at) => (at === 0 ? first : others) + line)
		.map((line, at) => (line === others || (at === 0 && line === first) ? line.trimEnd() : line))
		.join('\n');
}

/** A fence longer than any within, of a sign that the language does not hold. */
function fenced(code: string, language: string): string {
	const sign = language.includes('`') ? '~' : '`';
	const longest = Math.max(2, ...[...code.matchAll(/`+|~+/g)].map(([signs]) => signs.length));
	const fence = sign.repeat(longest + 1);
	return `${fence}${language.replaceAll(/[\\&~]/g, String.raw`\$&`)}\n${code}\n${fence}`;
}

function table(one: Plain): string {
	const [head = [], ...rows] = childrenOf(one).map((row) => childrenOf(row).map(cell));
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function cell(one: Plain): string {
	const lines = childrenOf(one).map((child) =>
		child.kind === 'paragraph' ? lineIn(child, 'cell') : textOf(child, false).replaceAll(/\n+/g, '<br>'),
	);
	return lines.join('<br>').replaceAll('|', String.raw`\|`);
}
