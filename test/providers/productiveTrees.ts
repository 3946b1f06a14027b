import * as fc from 'fast-check';

/** Pages as the vendor keeps them, made by chance of the nodes that Markdown can say. */
interface Json {
	readonly type: string;
	readonly [name: string]: unknown;
}

const signs = Array.from('ab1 \\`*_[]<>~&!#|-+=.):("\'{}@ü漢😀');
const pieces = [
	'&amp;',
	'<br>',
	'![',
	'](',
	'1. ',
	'- ',
	'# ',
	'```',
	'~~~',
	'---',
	'===',
	' | ',
	'https://a.b/c?d=1&e=2',
	'  ',
];
/** Words full of what Markdown reads as its own. */
const words = fc
	.array(
		fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...signs) }, { weight: 1, arbitrary: fc.constantFrom(...pieces) }),
		{
			minLength: 1,
			maxLength: 8,
		},
	)
	.map((parts) => parts.join(''));
const address = fc
	.array(fc.constantFrom(...Array.from('ab/:?&=()<> \\#%ü&"')), { maxLength: 8 })
	.map((parts) => `https://a/${parts.join('')}`.trim());

const mark = fc.oneof(
	fc.constantFrom('strong', 'em', 'strike', 'code').map((type) => ({ type })),
	address.map((href) => ({ type: 'link', attrs: { href } })),
	fc
		.record({ href: address, title: words })
		.map(({ href, title }) => ({ type: 'link', attrs: { href, title: title.trim() } })),
);
const marks = fc.uniqueArray(mark, { maxLength: 3, selector: ({ type }) => type });
const text = fc.record({ words, marks }).map(({ words, marks }): Json => ({ type: 'text', text: words, marks }));
const image = fc
	.record({ src: address, alt: words, title: words })
	.map(({ src, alt, title }): Json => ({ type: 'image', attrs: { src, alt: alt.trim(), title: title.trim() } }));
const line = fc.array(
	fc.oneof(
		{ weight: 6, arbitrary: text },
		{ weight: 1, arbitrary: image },
		{ weight: 1, arbitrary: fc.constant({ type: 'br' }) },
	),
	{ maxLength: 5 },
);

const within = (type: string, content: readonly Json[], attrs?: object): Json => ({
	type,
	...(attrs ? { attrs } : {}),
	content,
});
const paragraph = line.map((content) => within('paragraph', content));
const heading = fc
	.record({ level: fc.integer({ min: 1, max: 3 }), content: line })
	.map(({ level, content }) => within('heading', content, { level }));
const code = fc
	.record({ language: fc.constantFrom('', 'ruby', 'c++', 'a`b', '~x'), lines: fc.array(words, { maxLength: 4 }) })
	.map(({ language, lines }) =>
		within('codeblock', lines.length > 0 ? [{ type: 'text', text: lines.join('\n') }] : [], { language }),
	);
const rule = fc.constant({ type: 'divider' });

const table = fc.integer({ min: 1, max: 3 }).chain((width) => {
	const row = (type: string) =>
		fc
			.array(
				paragraph.map((content) => within(type, [content])),
				{ minLength: width, maxLength: width },
			)
			.map((cells) => within('table_row', cells));
	return fc
		.tuple(row('table_header'), fc.array(row('table_cell'), { maxLength: 3 }))
		.map(([head, rows]) => within('table', [head, ...rows]));
});

const { block } = fc.letrec<{ block: Json; list: Json; quote: Json }>((tie) => {
	const items = (type: string, attrs?: fc.Arbitrary<object>) =>
		fc.array(
			fc
				.tuple(paragraph, fc.array(tie('block'), { maxLength: 2 }), attrs ?? fc.constant(undefined))
				.map(([first, rest, own]) => within(type, [first, ...rest], own)),
			{ minLength: 1, maxLength: 3 },
		);
	const done = fc.boolean().map((checked) => ({ checked }));
	return {
		block: fc.oneof(
			{ depthSize: 'small', withCrossShrink: true },
			paragraph,
			heading,
			code,
			rule,
			table,
			tie('list'),
			tie('quote'),
		),
		list: fc.oneof(
			items('li').map((content) => within('ul', content)),
			fc
				.tuple(items('li'), fc.integer({ min: 0, max: 12 }))
				.map(([content, start]) => within('ol', content, { start })),
			items('checklist_item', done).map((content) => within('checklist', content)),
		),
		quote: fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map((content) => within('blockquote', content)),
	};
});

export const pages = fc.array(block, { maxLength: 5 }).map((content) => within('doc', content));

/** What people type, and what they mistype. */
export const markdownTexts = fc
	.array(
		fc.oneof(
			words,
			fc.constantFrom(
				'\n',
				'\n\n',
				'\n- ',
				'\n1. ',
				'\n> ',
				'\n# ',
				'\n- [ ] ',
				'\n```\n',
				'\n    ',
				'  \n',
				'\n| a | b |\n|---|---|\n| ',
			),
			fc.constantFrom(
				'**',
				'*',
				'_',
				'~~',
				'`',
				'[a](b)',
				'![a](b "c")',
				'\t',
				'\n[a]: b\n',
				'<b>',
				'\n***\n',
				'\n===\n',
				'&copy;',
			),
		),
		{ maxLength: 14 },
	)
	.map((parts) => parts.join(''));
