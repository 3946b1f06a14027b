import { dialectOf, nameIn } from './kinds.ts';
import { partnersOf } from './partners.ts';
import { plainMark, plainOf, type Unit, unitsOf } from './plain.ts';
import { keyOf, type Plain, type PlainMark } from './plainNode.ts';
import { attribute, childrenOf, isInline, kindOf, type Mark, type Node } from './tree.ts';
import { attributeNames } from './unverified.ts';

/**
 * The page's tree with what is to stand in it: what says the same stays the very node it was, with all that Markdown does
 * not say, such as ids, widths and colours; what was changed keeps its attributes; what is new is spelled as the page
 * spells. Nodes that nobody sees stay behind the one they stood behind.
 */
export function grafted(page: Node, wanted: Plain): Node {
	return new Graft(page).node(wanted, page);
}

class Graft {
	/** The first node or mark of each kind, for its spelling. */
	readonly #samples = new Map<string, Node>();
	readonly #marks = new Map<string, Mark>();
	readonly #markNames = new Map<string, string>();
	/** Pictures of the page by what Markdown says of them, each to be used once. */
	readonly #images = new Map<string, Node[]>();
	readonly #dialect: ReturnType<typeof dialectOf>;

	constructor(page: Node) {
		this.#learn(page);
		this.#dialect = dialectOf([...this.#samples.values()].map(({ type }) => type));
	}

	#learn(one: Node, parent?: string): void {
		const plain = kindOf(one);
		const kind = plain === 'item' && parent === 'tasks' ? 'task' : plain;
		if (kind !== undefined && !this.#samples.has(kind)) {
			this.#samples.set(kind, one);
		}
		if (kind === 'image') {
			const key = keyOf(plainOf(one));
			this.#images.set(key, [...(this.#images.get(key) ?? []), one]);
		}
		for (const mark of one.marks ?? []) {
			const said = plainMark(mark);
			const key = JSON.stringify(said);
			this.#marks.set(key, this.#marks.get(key) ?? mark);
			this.#markNames.set(said.kind, this.#markNames.get(said.kind) ?? mark.type);
		}
		for (const child of childrenOf(one)) {
			this.#learn(child, kind);
		}
	}

	/** `old` is what stands there now, of the same kind; absent for what is new. */
	node(plain: Plain, old?: Node, parent?: string): Node {
		if (old && keyOf(plainOf(old, parent)) === keyOf(plain)) {
			return old;
		}
		const { type, content: _content, ...kept } = old ?? { type: this.#typeOf(plain.kind) };
		const attrs = this.#attributes(plain, old);
		const content = this.#content(plain, old);
		return { type, ...kept, ...(attrs ? { attrs } : {}), ...(content ? { content } : {}) };
	}

	#typeOf(kind: string): string {
		return this.#samples.get(kind)?.type ?? nameIn(this.#dialect, kind);
	}

	#content(plain: Plain, old: Node | undefined): readonly Node[] | undefined {
		switch (plain.kind) {
			case 'paragraph':
			case 'heading':
				return this.#line(plain);
			case 'code':
				return plain.text ? [{ type: this.#typeOf('text'), text: plain.text }] : [];
			case 'rule':
			case 'image':
				return undefined;
			case 'doc':
				return this.#blocks(plain, old);
			default: {
				const blocks = this.#blocks(plain, old);
				return blocks.length > 0 || isListOrTable(plain.kind) ? blocks : [{ type: this.#typeOf('paragraph') }];
			}
		}
	}

	#line({ content = [] }: Plain): readonly Node[] {
		return content.map((part) => {
			switch (part.kind) {
				case 'text': {
					const marks = (part.marks ?? []).map((mark) => this.#mark(mark));
					return { type: this.#typeOf('text'), text: part.text, ...(marks.length > 0 ? { marks } : {}) };
				}
				case 'image': {
					const marks = (part.marks ?? []).map((mark) => this.#mark(mark));
					const there = this.#images.get(keyOf(part))?.shift();
					return there ?? { ...this.node(part), ...(marks.length > 0 ? { marks } : {}) };
				}
				default:
					return { type: this.#typeOf(part.kind) };
			}
		});
	}

	#mark(mark: PlainMark): Mark {
		const type = this.#markNames.get(mark.kind) ?? nameIn(this.#dialect, mark.kind);
		const { href, title } = mark;
		const attrs = { href, ...(title === undefined ? {} : { title }) };
		return this.#marks.get(JSON.stringify(mark)) ?? (mark.kind === 'link' ? { type, attrs } : { type });
	}

	/** What the node has, with what Markdown says of it under the names that the page uses. */
	#attributes({ kind, attrs = {} }: Plain, old: Node | undefined): Node['attrs'] {
		const sample = this.#samples.get(kind);
		const said = attributesOf[kind] ?? [];
		const pairs = said.flatMap(([name, usual]) => {
			const names = attributeNames[name];
			const value = attrs[name] ?? usual;
			const own = names.find((one) => old?.attrs?.[one] !== undefined);
			const used = own ?? names.find((one) => sample?.attrs?.[one] !== undefined) ?? names[0];
			const before = attribute(old ?? sample ?? { type: '' }, [used]);
			return own === undefined && value === usual && name !== 'checked' ? [] : [[used, like(before, value)] as const];
		});
		return pairs.length === 0 ? old?.attrs : { ...old?.attrs, ...Object.fromEntries(pairs) };
	}

	#blocks({ kind, content = [] }: Plain, old: Node | undefined): readonly Node[] {
		const units: readonly Unit[] = isListOrTable(kind)
			? childrenOf(old ?? { type: '' }).map((one) => ({ nodes: [one], bare: false, plain: plainOf(one, kind) }))
			: unitsOf(old ?? { type: '' });
		const seen = units.filter((unit) => unit.plain !== undefined);
		const partners = partnersOf(content, seen);
		const bare = content.length === 1 && this.#isBare(kind, old);
		const done = [...unseenAfter(units, undefined)];
		content.forEach((plain, at) => {
			const partner = partners[at];
			done.push(...this.#inPlaceOf(plain, partner, bare, kind), ...(partner ? unseenAfter(units, partner) : []));
		});
		return done;
	}

	#inPlaceOf(plain: Plain, partner: Unit | undefined, bare: boolean, kind: string): readonly Node[] {
		if (partner?.plain && keyOf(partner.plain) === keyOf(plain)) {
			return partner.nodes;
		}
		if (plain.kind === 'paragraph' && (partner ? partner.bare : bare)) {
			return this.#line(plain);
		}
		return [this.node(plain, partner?.bare ? undefined : partner?.nodes[0], kind)];
	}

	/** Whether the page writes words in such a node without a paragraph around them. */
	#isBare(kind: string, old: Node | undefined): boolean {
		const [first] = childrenOf(old ?? this.#samples.get(kind) ?? { type: '' });
		return kind !== 'doc' && first !== undefined && isInline(first) && kindOf(first) !== 'image';
	}
}

const attributesOf: Readonly<
	Record<string, readonly (readonly [keyof typeof attributeNames, string | number | boolean])[]>
> = {
	heading: [['level', 0]],
	numbers: [['start', 1]],
	code: [['language', '']],
	task: [['checked', false]],
	image: [
		['src', ''],
		['alt', ''],
		['title', ''],
	],
};

const isListOrTable = (kind: string) => /^(bullets|numbers|tasks|table|row)$/.test(kind);

/** A value as the page writes its like: a state in words, or a number as text. */
function like(before: unknown, value: string | number | boolean): unknown {
	if (typeof before === 'string' && typeof value === 'boolean') {
		return /^(true|false)$/.test(before) ? String(value) : value ? 'DONE' : 'TODO';
	}
	return typeof before === 'string' ? String(value) : value;
}

/** What nobody sees and stands right after this unit, or before the first that is seen. */
function unseenAfter(units: readonly Unit[], unit: Unit | undefined): readonly Node[] {
	const rest = unit === undefined ? units : units.slice(units.indexOf(unit) + 1);
	const end = rest.findIndex(({ plain }) => plain !== undefined);
	return (end === -1 ? rest : rest.slice(0, end)).flatMap(({ nodes }) => nodes);
}
