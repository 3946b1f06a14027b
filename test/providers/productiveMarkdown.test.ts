import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { grafted } from '../../src/providers/productive/graft.ts';
import { markdownOf, toMarkdown } from '../../src/providers/productive/markdown.ts';
import { fromMarkdown } from '../../src/providers/productive/markdownTree.ts';
import { plainOf } from '../../src/providers/productive/plain.ts';
import type { Plain } from '../../src/providers/productive/plainNode.ts';
import type { Node } from '../../src/providers/productive/tree.ts';
import { markdownTexts, pages } from './productiveTrees.ts';

const text = (words: string, ...marks: object[]) => ({
	type: 'text',
	text: words,
	...(marks.length > 0 ? { marks } : {}),
});
const within = (type: string, ...content: object[]) => ({ type, content }) as Node;
const paragraph = (...content: object[]) => within('paragraph', ...content);
const page = (...content: object[]) => within('doc', ...content);
const markdown = (...content: object[]) => toMarkdown(JSON.stringify(page(...content)));
const saved = (tree: Node, typed: string) => grafted(tree, fromMarkdown(typed));

describe('Productive’s pages and Markdown', function () {
	this.timeout(30_000);

	it('say the same: a page read back from its Markdown is that page', () => {
		fc.assert(
			fc.property(pages, (tree) => {
				const plain = plainOf(tree);
				assert.deepEqual(fromMarkdown(markdownOf(plain)), plain, markdownOf(plain));
			}),
			{ numRuns: 400 },
		);
	});

	it('settle: what people type is written the same way ever after', () => {
		fc.assert(
			fc.property(markdownTexts, (typed) => {
				const once = markdownOf(fromMarkdown(typed));
				assert.equal(markdownOf(fromMarkdown(once)), once);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('meet in what is saved: it says what was typed, whatever stood there', () => {
		fc.assert(
			fc.property(
				pages,
				fc.oneof(
					markdownTexts,
					pages.map((tree) => markdownOf(plainOf(tree))),
				),
				(tree, typed) => {
					const wanted: Plain = fromMarkdown(typed);
					assert.deepEqual(plainOf(grafted(tree, wanted)), wanted);
				},
			),
			{ numRuns: 300 },
		);
	});

	it('leave a page that nobody changed the very page it was', () => {
		fc.assert(
			fc.property(pages, (tree) => assert.equal(saved(tree, markdownOf(plainOf(tree))), tree)),
			{ numRuns: 100 },
		);
	});
});

describe('Productive’s Markdown', () => {
	const cases: readonly (readonly [what: string, node: object, markdown: string])[] = [
		['numbers at the start', paragraph(text('1. no list')), '1\\. no list\n'],
		['a dash at the start', paragraph(text('- no list')), '\\- no list\n'],
		['a plus at the start', paragraph(text('+ no list')), '\\+ no list\n'],
		['a hash at the start', paragraph(text('# no heading')), '\\# no heading\n'],
		['a quotation’s sign at the start', paragraph(text('> no quotation')), '\\> no quotation\n'],
		['a rule’s signs', paragraph(text('---')), '\\---\n'],
		['a line beneath a break', paragraph(text('a'), { type: 'br' }, text('===')), 'a\\\n\\===\n'],
		['hashes at the end of a heading', { ...within('heading', text('C #')), attrs: { level: 2 } }, '## C \\#\n'],
		['ticks in code', paragraph(text('a ` b', { type: 'code' })), '``a ` b``\n'],
		[
			'parentheses in an address',
			paragraph(text('x', { type: 'link', attrs: { href: 'https://a/(b)' } })),
			'[x](https://a/\\(b\\))\n',
		],
		[
			'spaces in an address',
			paragraph(text('x', { type: 'link', attrs: { href: 'https://a/b c' } })),
			'[x](<https://a/b c>)\n',
		],
		[
			'an exclamation before a link',
			paragraph(text('Now!'), text('x', { type: 'link', attrs: { href: 'b' } })),
			'Now\\![x](b)\n',
		],
		['names of signs', paragraph(text('&copy; AT&T')), '\\&copy; AT&T\n'],
		['stress within a word', paragraph(text('un'), text('believ', { type: 'em' }), text('able')), 'un*believ*able\n'],
	];
	for (const [what, node, expected] of cases) {
		it(`keeps ${what}`, () => {
			assert.equal(markdown(node), expected);
			assert.deepEqual(fromMarkdown(expected), plainOf(page(node)));
		});
	}

	it('keeps what stands beneath a task with the task', () => {
		const inner = within('checklist', { ...within('checklist_item', paragraph(text('b'))), attrs: { checked: true } });
		assert.equal(
			markdown(within('checklist', within('checklist_item', paragraph(text('a')), inner))),
			'- [ ] a\n  - [x] b\n',
		);
	});

	it('keeps empty lines of code within a list', () => {
		const code = { ...within('codeblock', text('a\n\n- b')), attrs: { language: 'yaml' } };
		assert.equal(
			markdown(within('ul', within('li', paragraph(text('x')), code))),
			'- x\n\n  ```yaml\n  a\n\n  - b\n  ```\n',
		);
	});

	it('keeps two lists apart that stand one after the other', () => {
		const list = (words: string) => within('ul', within('li', paragraph(text(words))));
		assert.equal(markdown(list('a'), list('b')), '- a\n\n* b\n');
	});

	it('takes breaks of lines in cells and headings, and no other HTML', () => {
		assert.deepEqual(
			fromMarkdown('# a<br>b <i>c</i>'),
			plainOf(page({ ...within('heading', text('a'), { type: 'br' }, text('b <i>c</i>')), attrs: { level: 1 } })),
		);
	});
});

describe('What is saved on a page of Productive’s', () => {
	const linked = { type: 'link', attrs: { href: 'https://a/b', target: '_blank' } };
	const tree = page(
		{ ...paragraph(text('One')), attrs: { id: 'p1', textAlign: 'center' } },
		{ type: 'paragraph' },
		{ ...paragraph(text('Two and '), text('a link', linked)), attrs: { id: 'p2' } },
		{
			...within(
				'table',
				within('table_row', { ...within('table_header', paragraph(text('H'))), attrs: { colwidth: [120] } }),
			),
			attrs: { id: 't' },
		},
		{ ...paragraph(text('Last ')), attrs: { id: 'p3' } },
	);
	const before = tree.content ?? [];
	const typed = markdownOf(plainOf(tree));

	it('keeps every node that was not touched, with what Markdown does not say', () => {
		const after = saved(tree, typed.replace('Two and', 'Two or')).content ?? [];
		assert.equal(after.length, 5);
		for (const at of [0, 1, 3, 4]) {
			assert.equal(after[at], before[at], `block ${at} is another one`);
		}
		assert.deepEqual(after[2]?.attrs, { id: 'p2' });
		assert.deepEqual(after[2]?.content, [text('Two or '), text('a link', linked)]);
	});

	it('keeps the others where a block is put between or taken away', () => {
		const more = saved(tree, `New\n\n${typed}`).content ?? [];
		assert.deepEqual(more, [paragraph(text('New')), ...before]);
		assert.deepEqual(saved(tree, typed.replace(/^One\n\n/, '')).content, before.slice(2));
	});

	it('keeps the cells of a table in which another changed', () => {
		const after = saved(tree, typed.replace('| --- |', '| --- |\n| new |')).content?.[3];
		assert.deepEqual(after?.attrs, { id: 't' });
		assert.equal(after?.content?.[0], before[3]?.content?.[0]);
		assert.equal(after?.content?.[1]?.content?.[0]?.type, 'table_cell');
	});

	it('is spelled as the page spells, and else as the vendor’s guide does', () => {
		const add = '\n\n- new\n\n```ruby\nx\n```\n\n***\n';
		const names = (tree: Node) =>
			(saved(tree, `${markdownOf(plainOf(tree))}${add}`).content ?? []).map(({ type }) => type);
		assert.deepEqual(names(page(paragraph(text('a')))), ['paragraph', 'ul', 'codeblock', 'divider']);
		const list = (name: string, item: string) => within(name, within(item, paragraph(text('a'))));
		assert.deepEqual(names(page(list('ordered_list', 'list_item'))), [
			'ordered_list',
			'bullet_list',
			'code_block',
			'horizontal_rule',
		]);
		assert.deepEqual(names(page(list('orderedList', 'listItem'))), [
			'orderedList',
			'bulletList',
			'codeBlock',
			'horizontalRule',
		]);
	});

	it('names attributes as the page does', () => {
		const task = within('taskList', { type: 'taskItem', attrs: { localId: 'x', state: 'TODO' }, content: [text('a')] });
		const done = saved(page(task), '- [x] a\n').content?.[0]?.content?.[0];
		assert.deepEqual(done, { type: 'taskItem', attrs: { localId: 'x', state: 'DONE' }, content: [text('a')] });
	});
});
