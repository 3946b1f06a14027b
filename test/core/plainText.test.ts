import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { plainText } from '../../src/core/plainText.ts';

function ofHtml(html: string): Promise<string> {
	return plainText({ html });
}

describe('Plain text', () => {
	it('leaves text that is no HTML as it is, but for blank lines and the ends of lines', async () => {
		assert.equal(await plainText({ text: ' a < b & c <d>  \r\n\r\n\r\n\r\nnext ' }), 'a < b & c <d>\n\nnext');
	});

	it('puts each block on a line of its own', async () => {
		assert.equal(
			await ofHtml('<h2>Title</h2><p>One</p><div>Two<div>Three</div></div>four'),
			'Title\nOne\nTwo\nThree\nfour',
		);
	});

	it('breaks lines at br and keeps one blank line of several', async () => {
		assert.equal(await ofHtml('a<br>b<br/><br>c<br><br><br><br>d'), 'a\nb\n\nc\n\nd');
	});

	it('ignores the line breaks and the indentation of the source', async () => {
		assert.equal(await ofHtml('<p>\n  One\n  and   <b>two</b>\n  .\n</p>\n\n<p>Three</p>'), 'One and two .\nThree');
	});

	it('keeps the spaces between inline elements and adds none', async () => {
		assert.equal(await ofHtml('<p>a<b>b</b> <i>c</i><span> d</span></p>'), 'ab c d');
	});

	it('begins list items with a dash, also where they hold a paragraph', async () => {
		assert.equal(await ofHtml('Do:<ul><li>one</li><li><p>two</p></li></ul>then'), 'Do:\n- one\n- two\nthen');
		assert.equal(await ofHtml('<ol><li>one</li><li>two</li></ol>'), '- one\n- two');
	});

	it('indents lists within lists', async () => {
		assert.equal(await ofHtml('<ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>'), '- one\n  - inner\n- two');
	});

	it('gives every row of a table a line', async () => {
		assert.equal(await ofHtml('<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>'), 'a b\nc');
	});

	it('decodes entities, once', async () => {
		assert.equal(await ofHtml('<p>Tom &amp; Jerry &lt;3 &#8212; &eacute;&nbsp;!</p>'), 'Tom & Jerry <3 — é !');
		assert.equal(await ofHtml('<p>&amp;lt;b&amp;gt;</p>'), '&lt;b&gt;');
	});

	it('drops scripts, styles, comments and what else nobody was meant to read', async () => {
		assert.equal(
			await ofHtml(
				'<head><title>No</title></head><style>p{}</style>yes<script>alert("<p>no</p>")</script><!-- no --><p>also</p>',
			),
			'yes\nalso',
		);
	});

	it('keeps lines and spaces of preformatted text', async () => {
		assert.equal(await ofHtml('<p>Code</p><pre>if\n    then</pre><p>end</p>'), 'Code\nif\n    then\nend');
	});

	it('keeps the lines of an HTML field in which somebody wrote plain text', async () => {
		assert.equal(await ofHtml('First line\nSecond &amp; last line'), 'First line\nSecond & last line');
		assert.equal(await ofHtml('1 < 2\n3 > 2'), '1 < 2\n3 > 2');
	});

	it('puts a name in the place of a mention', async () => {
		const blob = '@[{"type":"person","id":"12","label":"Ada Lindqvist"}]';
		assert.equal(await plainText({ text: `Ask ${blob}, please` }), 'Ask Ada Lindqvist, please');
		assert.equal(
			await ofHtml(`<p>Ask ${blob.replaceAll('"', '&quot;')} and ${blob}</p>`),
			'Ask Ada Lindqvist and Ada Lindqvist',
		);
		assert.equal(await plainText({ text: '@[{"name":"plan.pdf"}]' }), 'plan.pdf');
	});

	it('leaves what only looks like a mention', async () => {
		for (const text of ['@[{broken}]', '@[{"id":1}]', '@[]', '@[{"label":""}]']) {
			assert.equal(await plainText({ text }), text);
		}
	});

	it('has no end with white space, no two blank lines and no tag, whatever comes', async () => {
		const pieces = fc.constantFrom(
			'<p>',
			'</p>',
			'<br>',
			'<li>',
			'</li>',
			'<ul>',
			'</ul>',
			'<pre>',
			'</pre>',
			'<td>',
			'</script>',
			' ',
			'\n',
			'word',
			'&nbsp;',
		);
		await fc.assert(
			fc.asyncProperty(fc.array(pieces, { maxLength: 30 }), async (parts) => {
				const text = await ofHtml(parts.join(''));
				assert.equal(text, text.trim());
				assert.doesNotMatch(text, /\n{3}|[<>]/);
				const count = (within: string) => within.split('word').length;
				assert.equal(count(text), count(parts.join('')));
			}),
		);
	});
});
