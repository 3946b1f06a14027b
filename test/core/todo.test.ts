import assert from 'node:assert/strict';
import { isTodo, selectedText, todoText, toHtml } from '../../src/core/todo.ts';

describe('a card of a TODO', () => {
	for (const [line, title] of [
		['\t// TODO: fix the sail', 'fix the sail'],
		['foo(); // FIXME reef it', 'reef it'],
		['# TODO(ada): fix the sail', 'fix the sail'],
		[' * TODO - fix the sail */', 'fix the sail'],
		['/* TODO: fix the sail */', 'fix the sail'],
		['<!-- TODO fix the sail -->', 'fix the sail'],
		['-- TODO: fix the sail', 'fix the sail'],
		['; FIXME: fix the sail', 'fix the sail'],
		['{- TODO fix the sail -}', 'fix the sail'],
		['// fix the sail (TODO)', 'fix the sail'],
		['// fix the sail TODO', 'fix the sail'],
		['- [ ] TODO fix the sail', 'fix the sail'],
		['// TODO', ''],
	] as const) {
		it(`is called ${JSON.stringify(title)} for ${JSON.stringify(line)}`, () => {
			assert.equal(isTodo(line), true);
			assert.equal(todoText(line)?.title, title);
		});
	}

	for (const line of ['const todos = []', 'const TODOS = 1', 'TODO_LIST', 'mastodon', 'the todo list']) {
		it(`is not made of ${JSON.stringify(line)}`, () => {
			assert.equal(isTodo(line), false);
			assert.equal(todoText(line), undefined);
		});
	}

	it('has a title of one short line, and the whole in its description where it was cut', () => {
		const text = todoText(`// TODO: ${'sail '.repeat(60)}`);
		assert.ok((text?.title.length ?? 0) <= 120 && text?.title.endsWith('…'));
		assert.equal(text?.description, 'sail '.repeat(60).trim());
	});
});

describe('a card of a selection', () => {
	it('takes its first line for the title and the rest for the description', () => {
		assert.deepEqual(selectedText('\n  // TODO: fix the sail\n  // It is torn.\n  //\n  // Sew it.\n'), {
			title: 'fix the sail',
			description: 'It is torn.\n\nSew it.',
		});
	});

	it('takes the marks of a block comment away', () => {
		assert.deepEqual(selectedText('/**\n * Fix the sail.\n * It is torn.\n */'), {
			title: 'Fix the sail.',
			description: 'It is torn.',
		});
	});

	it('leaves code as it is, with its margins', () => {
		assert.deepEqual(selectedText('\tif (torn) {\r\n\t\tsew(); // now\r\n\t}\r\n'), {
			title: 'if (torn) {',
			description: '\tsew(); // now\n}',
		});
		assert.equal(selectedText('#include <sail.h>').title, '#include <sail.h>');
		assert.equal(selectedText('--count;').title, '--count;');
		assert.equal(selectedText('*pointer = 1;').title, '*pointer = 1;');
	});

	it('is empty where nothing was selected but space', () => {
		assert.deepEqual(selectedText(' \n\t\n'), { title: '', description: '' });
	});
});

describe('a description as HTML', () => {
	it('shows the text and draws nothing of it', () => {
		assert.equal(
			toHtml('a < b & "c"\n\td\n\n<script>x</script>'),
			'<p>a &lt; b &amp; &quot;c&quot;<br>&nbsp;&nbsp;&nbsp;&nbsp;d</p><p>&lt;script&gt;x&lt;/script&gt;</p>',
		);
	});

	it('makes links of addresses, and of nothing else', () => {
		assert.equal(
			toHtml('see https://x.example/a?b=1&c=2#L3 "javascript:alert(1)"'),
			'<p>see <a href="https://x.example/a?b=1&amp;c=2#L3">https://x.example/a?b=1&amp;c=2#L3</a> &quot;javascript:alert(1)&quot;</p>',
		);
	});
});
