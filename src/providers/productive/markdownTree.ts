import MarkdownIt, { type Token } from 'markdown-it';
import { codeMark } from './kinds.ts';
import { lineOf } from './plainLine.ts';
import { made, type Plain, type PlainMark, sortedMarks, unusual } from './plainNode.ts';

const parser = makeParser();

function makeParser() {
	// HTML is text like any other: the vendor's pages hold none.
	const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
	// Nothing is shown as a web page here, so that no address is unsafe, and each is kept as it was typed.
	markdown.validateLink = () => true;
	markdown.normalizeLink = (address) => address;
	// Lines of a heading or of a cell are ended this way.
	markdown.inline.ruler.before('autolink', 'br', (state, silent) => {
		const [found] = /^<br\s*\/?>/i.exec(state.src.slice(state.pos, state.pos + 8)) ?? [];
		if (found === undefined) {
			return false;
		}
		if (!silent) {
			state.push('hardbreak', 'br', 0);
		}
		state.pos += found.length;
		return true;
	});
	return markdown;
}

/** What a Markdown text says, as a tree without spelling. */
export function fromMarkdown(text: string): Plain {
	const reader = new Reader(parser.parse(text, {}));
	return made('doc', { content: reader.blocks() });
}

/** Goes through the tokens, in which what opens and what closes a block stand side by side. */
class Reader {
	readonly #tokens: readonly Token[];
	#at = 0;

	constructor(tokens: readonly Token[]) {
		this.#tokens = tokens;
	}

	/** Until what closes the block around. */
	blocks(): readonly Plain[] {
		const found: Plain[] = [];
		for (let token = this.#next(); token && token.nesting !== -1; token = this.#next()) {
			const block = this.#block(token);
			if (block && !(block.kind === 'paragraph' && !block.content)) {
				found.push(block);
			}
		}
		return found;
	}

	#next(): Token | undefined {
		const token = this.#tokens[this.#at];
		this.#at += 1;
		return token;
	}

	#block(token: Token): Plain | undefined {
		switch (token.type) {
			case 'paragraph_open':
				return made('paragraph', { content: this.#line() });
			case 'heading_open':
				return made('heading', { attrs: { level: Number(token.tag.slice(1)) }, content: this.#line() });
			case 'blockquote_open':
				return made('quote', { content: this.blocks() });
			case 'bullet_list_open':
				return bullets(this.blocks());
			case 'ordered_list_open':
				return made('numbers', {
					attrs: unusual({ start: Number(token.attrGet('start') ?? 1) }),
					content: this.blocks(),
				});
			case 'list_item_open':
				return this.#item();
			case 'fence':
			case 'code_block':
				return made('code', {
					attrs: unusual({ language: unescaped(token.info) }),
					text: token.content.replace(/\n$/, ''),
				});
			case 'hr':
				return made('rule', {});
			case 'table_open':
				return made('table', { content: this.blocks().flatMap(({ content = [] }) => content) });
			case 'thead_open':
			case 'tbody_open':
				return made('?rows', { content: this.blocks() });
			case 'tr_open':
				return made('row', { content: this.blocks() });
			case 'th_open':
				return this.#cell('header');
			case 'td_open':
				return this.#cell('cell');
			default:
				return undefined;
		}
	}

	#line(): readonly Plain[] {
		const inline = this.#next();
		this.#next();
		return lineOf(inlineParts(inline?.children ?? []));
	}

	#cell(kind: 'header' | 'cell'): Plain {
		const content = this.#line();
		return made(kind, { content: content.length > 0 ? [made('paragraph', { content })] : [] });
	}

	/** Whether it is a task shows in the source: a box that is only text has a backslash there. */
	#item(): Plain {
		const [opening, inline] = this.#tokens.slice(this.#at, this.#at + 2);
		const [first] = inline?.children ?? [];
		const box = opening?.type === 'paragraph_open' && first?.type === 'text' ? boxIn(inline?.content ?? '') : undefined;
		if (box === undefined || !first?.content.startsWith(box)) {
			return made('item', { content: this.blocks() });
		}
		first.content = first.content.slice(box.length);
		return made('task', { attrs: { checked: !box.includes(' ]') }, content: this.blocks() });
	}
}

function boxIn(source: string): string | undefined {
	return /^\[[ xX]\](?=\s|$)/.exec(source)?.[0];
}

/** Only a list of nothing but boxes is one of tasks. */
function bullets(items: readonly Plain[]): Plain {
	const kind = items.every((item) => item.kind === 'task') ? 'tasks' : 'bullets';
	const content = items.map((item) => {
		if (kind === 'bullets') {
			return item.kind === 'task' ? withBox(item) : item;
		}
		return made('task', { attrs: unusual(item.attrs ?? {}), content: item.content });
	});
	return made(kind, { content });
}

/** Elsewhere a box is text. */
function withBox({ attrs, content = [] }: Plain): Plain {
	const box = made('text', { text: attrs?.['checked'] === true ? '[x] ' : '[ ] ' });
	const [first, ...rest] = content;
	const isWords = first?.kind === 'paragraph';
	const words = made('paragraph', { content: lineOf([box, ...(isWords ? (first.content ?? []) : [])]) });
	return made('item', { content: [words, ...(isWords ? rest : content)] });
}

function unescaped(info: string): string {
	return parser.utils.unescapeAll(info).trim();
}

function inlineParts(tokens: readonly Token[]): readonly Plain[] {
	const marks: PlainMark[] = [];
	return tokens.flatMap((token) => {
		const own = (more: readonly PlainMark[] = []) => sortedMarks([...marks, ...more]);
		switch (token.type) {
			case 'strong_open':
			case 'em_open':
			case 's_open':
			case 'link_open':
				marks.push(markOf(token));
				return [];
			case 'strong_close':
			case 'em_close':
			case 's_close':
			case 'link_close':
				marks.pop();
				return [];
			case 'softbreak':
				return [made('text', { text: ' ', marks: own() })];
			case 'hardbreak':
				return [made('break', {})];
			case 'code_inline':
				return [made('text', { text: token.content, marks: own([{ kind: codeMark }]) })];
			case 'image':
				return [made('image', { attrs: imageAttributes(token), marks: own() })];
			default:
				return [made('text', { text: token.content, marks: own() })];
		}
	});
}

function markOf(token: Token): PlainMark {
	switch (token.type) {
		case 'strong_open':
			return { kind: 'strong' };
		case 'em_open':
			return { kind: 'em' };
		case 's_open':
			return { kind: 'strike' };
		default: {
			const [href, title] = ['href', 'title'].map((name) => String(token.attrGet(name) ?? ''));
			return { kind: 'link', href: href ?? '', ...(title ? { title } : {}) };
		}
	}
}

function imageAttributes(token: Token): NonNullable<Plain['attrs']> {
	const alt = inlineParts(token.children ?? [])
		.map(({ text = ' ' }) => text)
		.join('');
	return unusual({ src: token.attrGet('src') ?? '', alt, title: token.attrGet('title') ?? '' });
}
