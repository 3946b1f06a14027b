import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { htmlOf, plainOf } from '../../src/pages/form/plainHtml.ts';

describe('HTML as plain text', function () {
	this.timeout(20_000);

	it('gives back every text that was typed', () => {
		const signs = fc.constantFrom(
			'a',
			' ',
			'\n',
			'\n\n',
			'<',
			'>',
			'&',
			'&amp;',
			'<p>',
			'</p>',
			'<br>',
			'&#10;',
			'\u00a0',
			'"',
			'ü',
			'🚢',
		);
		const typed = fc.oneof(
			fc.array(signs).map((parts) => parts.join('')),
			fc.string({ unit: 'binary' }),
		);
		fc.assert(
			fc.property(typed, (text) => {
				const wanted = text.replaceAll(/\r\n?/g, '\n');
				assert.equal(plainOf(htmlOf(text)), wanted);
			}),
			{ numRuns: 1000 },
		);
	});

	it('draws the same paragraphs and lines again wherever it takes HTML for plain', () => {
		const parts = fc.constantFrom(
			'<p>',
			'</p>',
			'<P>',
			'<br>',
			'<br/>',
			'<BR />',
			'word',
			' ',
			'\n',
			'&amp;',
			'&lt;b&gt;',
			'&nbsp;',
			'&#228;',
			'&#xe4;',
			'&eacute;',
			'&',
			'<b>',
			'</b>',
			'<p class="x">',
			'<!-- -->',
			'<div>',
			'</div>',
			'&amp',
			'&#10;',
		);
		const paragraph = fc
			.array(
				parts.filter((part) => !/p>|<p/i.test(part)),
				{ maxLength: 4 },
			)
			.map((inner) => `<p>${inner.join('')}</p>`);
		const html = fc.oneof(
			fc.array(paragraph, { maxLength: 4 }).map((all) => all.join('')),
			fc.array(parts, { maxLength: 6 }).map((all) => all.join('')),
		);
		let taken = 0;
		fc.assert(
			fc.property(html, (source) => {
				const text = plainOf(source);
				if (text !== undefined) {
					taken += 1;
					assert.deepEqual(drawn(htmlOf(text)), drawn(source));
				}
			}),
			{ numRuns: 5000 },
		);
		assert.ok(taken > 500, `${taken}`);
	});

	it('takes nothing else for plain', () => {
		for (const html of [
			'<p>a</p><ul><li>b</li></ul>',
			'<p><b>a</b></p>',
			'<p style="color: red">a</p>',
			'<p>a</p>b',
			'a\nb',
			'<p>a<br><br>b</p>',
			'<p>&eacute;</p>',
			'<p>&ampx</p>',
			'<p>&#0;</p>',
			'<p>a',
			'<!-- a -->',
		]) {
			assert.equal(plainOf(html), undefined, html);
		}
	});

	it('takes an empty text and a bare one for plain', () => {
		assert.equal(plainOf(''), '');
		assert.equal(plainOf('<p></p>'), '');
		assert.equal(plainOf(' bare & <br> more\n'), 'bare & \n more');
	});
});

/** What a browser draws of it, as far as it matters here: paragraphs, their lines, anything else by name. */
function drawn(html: string): string[] {
	const seen: string[] = [];
	const text = (more: string) => {
		const last = seen.at(-1);
		if (last?.startsWith('text ')) {
			seen[seen.length - 1] = last + more;
		} else {
			seen.push(`text ${more}`);
		}
	};
	let depth = 0;
	const bare = !/<p>/i.test(html) && html.trim() !== '';
	const parser = new Parser({
		onopentagname: (name) => {
			seen.push(`<${name}`);
			depth += name === 'p' ? 1 : 0;
		},
		onclosetag: (name) => {
			depth -= name === 'p' ? 1 : 0;
			if (name !== 'br') {
				seen.push(`>${name}`);
			}
		},
		ontext: (more) => (depth > 0 || more.trim() !== '' ? text(more) : undefined),
		oncomment: () => seen.push('comment'),
	});
	parser.end(bare ? `<p>${html.replaceAll(/^[ \n]+|[ \n]+$/g, '')}</p>` : html);
	// An empty paragraph alone draws nothing.
	return seen.join('') === '<p>p' ? [] : seen;
}
