import * as v from 'valibot';

/**
 * A page's body as Markdown. The body is a tree like Atlassian's document format, as JSON text; its node names are only
 * partly documented and come in two spellings, so a node that is not known here gives the text in it.
 */
interface Node {
	readonly type: string;
	readonly text?: string;
	readonly attrs?: Readonly<Record<string, unknown>> | null;
	readonly content?: readonly Node[] | null;
	readonly marks?: readonly Mark[] | null;
}

interface Mark {
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

/** A body that is no such tree is given as it is. */
export function toMarkdown(body: string): string {
	const tree = v.safeParse(node, parsed(body));
	return tree.success ? `${blocks(tree.output).trim()}\n` : body;
}

function parsed(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}

/** `bullet_list` and `bulletList` are the same. */
function nameOf({ type }: Node | Mark): string {
	return type.replaceAll('_', '').toLowerCase();
}

function attribute({ attrs }: Node | Mark, ...names: string[]): string | undefined {
	const value = names.map((name) => attrs?.[name]).find((one) => one !== undefined && one !== null);
	return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

const childrenOf = ({ content }: Node): readonly Node[] => content ?? [];

/** What stands in a block: blocks of its own, or a line of text. */
function blocks(parent: Node): string {
	const children = childrenOf(parent);
	const lines = children.every(isInline) ? [inline(children)] : children.map(block);
	return lines.filter((line) => line !== '').join('\n\n');
}

function isInline(one: Node): boolean {
	return one.text !== undefined || /^(hardbreak|mention|emoji|inline.*|date|status)$/.test(nameOf(one));
}

function block(one: Node): string {
	switch (nameOf(one)) {
		case 'heading':
			return `${'#'.repeat(Math.min(6, Math.max(1, Number(attribute(one, 'level') ?? 1))))} ${inline(childrenOf(one))}`;
		case 'bulletlist':
			return list(one, () => '- ');
		case 'orderedlist':
			return list(one, (index) => `${index + Number(attribute(one, 'order', 'start') ?? 1)}. `);
		case 'tasklist':
		case 'todolist':
		case 'checklist':
			return list(one, (_, item) => (isDone(item) ? '- [x] ' : '- [ ] '));
		case 'blockquote':
			return indented(blocks(one), '> ', '> ');
		case 'codeblock':
			return fenced(plain(one), attribute(one, 'language') ?? '');
		case 'rule':
		case 'horizontalrule':
		case 'divider':
			return '---';
		case 'table':
			return table(one);
		case 'image':
		case 'media':
			return `![${escaped(attribute(one, 'alt', 'title', 'name') ?? '')}](${attribute(one, 'src', 'url', 'href') ?? ''})`;
		default:
			return isInline(one) ? inline([one]) : blocks(one);
	}
}

function list(parent: Node, marker: (index: number, item: Node) => string): string {
	return childrenOf(parent)
		.map((item, index) => {
			const start = marker(index, item);
			return indented(blocks(item).replaceAll(/\n\n(?=\s*(?:[-*]|\d+\.) )/g, '\n'), start, ' '.repeat(start.length));
		})
		.join('\n');
}

function isDone(item: Node): boolean {
	return item.attrs?.['checked'] === true || item.attrs?.['state'] === 'DONE';
}

function indented(text: string, first: string, others: string): string {
	return text
		.split('\n')
		.map((line, index) => (index === 0 ? first + line : line === '' ? others.trimEnd() : others + line))
		.join('\n');
}

/** A fence longer than any within. */
function fenced(code: string, language: string): string {
	const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
	const fence = '`'.repeat(longest + 1);
	return `${fence}${language}\n${code}\n${fence}`;
}

function table(one: Node): string {
	const [head = [], ...rows] = childrenOf(one).map((row) => childrenOf(row).map(cell));
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function cell(one: Node): string {
	return blocks(one).replaceAll('|', String.raw`\|`).replaceAll(/\n+/g, '<br>');
}

function inline(nodes: readonly Node[]): string {
	return nodes.map(inlineOne).join('');
}

function inlineOne(one: Node): string {
	if (one.text !== undefined) {
		return (one.marks ?? []).reduce(marked, hasCode(one) ? one.text : escaped(withLabels(one.text)));
	}
	switch (nameOf(one)) {
		case 'hardbreak':
			return '  \n';
		case 'mention':
		case 'emoji':
			return escaped(attribute(one, 'label', 'text', 'name', 'shortName') ?? '');
		default:
			return inline(childrenOf(one));
	}
}

const hasCode = ({ marks }: Node): boolean => (marks ?? []).some((mark) => nameOf(mark) === 'code');

function marked(text: string, mark: Mark): string {
	switch (nameOf(mark)) {
		case 'strong':
		case 'bold':
			return around(text, '**');
		case 'em':
		case 'italic':
			return around(text, '_');
		case 'strike':
		case 'strikethrough':
			return around(text, '~~');
		case 'code':
			return `\`${text}\``;
		case 'link':
			return `[${text}](${attribute(mark, 'href', 'url') ?? ''})`;
		default:
			return text;
	}
}

/** Spaces at the ends stay outside the signs, or they would not count. */
function around(text: string, sign: string): string {
	return text.replace(/^(\s*)(.*?)(\s*)$/s, (whole, before: string, inner: string, after: string) =>
		inner === '' ? whole : before + sign + inner + sign + after,
	);
}

function plain(one: Node): string {
	return one.text ?? childrenOf(one).map(plain).join('');
}

function escaped(text: string): string {
	return text.replaceAll(/[\\`*_[\]<]/g, String.raw`\$&`);
}

/** People and files mentioned in a text are stored as `@[{…}]`, with what they are called as `label`; in HTML, with its quotes. */
export function withLabels(text: string): string {
	return text.replaceAll(/@\[(\{.*?\})\]/g, (whole, json: string) => {
		const mention = v.safeParse(v.object({ label: v.string() }), parsed(json.replaceAll('&quot;', '"')));
		return mention.success ? mention.output.label : whole;
	});
}
