import assert from 'node:assert/strict';
import { type Arbitrary, constantFrom, assert as forAll, oneof, property, string, tuple } from 'fast-check';
import { branchName, branchProblem, type CardWords, filledIn, takenProblem } from '../../src/core/branchName.ts';
import { withCard } from '../../src/core/commitMessage.ts';

const words = (over: Partial<CardWords> = {}): CardWords => ({
	id: '88231',
	key: '12',
	title: 'Fix the mainsail',
	board: 'Rigging',
	workspace: 'Ærø ferry',
	...over,
});

/** The rules of `git check-ref-format --branch`, written down from its manual. */
function gitTakes(name: string): boolean {
	const parts = name.split('/');
	return (
		!parts.some((part) => part === '' || part.startsWith('.') || part.endsWith('.lock')) &&
		!name.includes('..') &&
		!Array.from(name).some((sign) => sign < ' ' || sign === '\u007f' || ' ~^:?*[\\'.includes(sign)) &&
		!name.endsWith('.') &&
		!name.includes('@{') &&
		name !== '@' &&
		name !== 'HEAD' &&
		!name.startsWith('-')
	);
}

const nasty = [
	'',
	'.',
	'..',
	'-',
	'--force',
	'@',
	'@{-1}',
	'@{',
	'HEAD',
	'a.lock',
	'a.lock.lock',
	'.lock',
	'a..b',
	'a/',
	'/a',
	'a//b',
	'a b',
	'a~1',
	'a^',
	'a:b',
	'a?',
	'a*',
	'a[b]',
	'a\\b',
	'a\u0000b',
	'a\u007fb',
	'x.',
	'../../etc',
	'ß',
	'Ærø',
	'漢字',
	'🎉',
	'\ud800',
	'e\u0301',
	'a\nb',
	'$(id)',
	'`id`',
	'x'.repeat(400),
	'漢'.repeat(200),
	'.-.-.lock',
	'title.lock/',
	'{title}',
];
const anything: Arbitrary<string> = oneof(
	constantFrom(...nasty),
	string({ unit: 'binary', maxLength: 300 }),
	tuple(string({ unit: 'binary', maxLength: 6 }), constantFrom(...nasty)).map((parts) => parts.join('')),
);
const template: Arbitrary<string> = oneof(
	constantFrom('{id}-{title}', '{title}', 'feature/{key}_{title}', '{workspace}/{board}/{id}-{title}', '{title}.lock'),
	tuple(anything, constantFrom('{id}', '{title}', '{key}/{title}'), anything).map((parts) => parts.join('')),
);

describe('the name of a branch for a card', () => {
	for (const [over, name] of [
		[{}, '88231-fix-the-mainsail'],
		[{ title: '  Größe & Höhe: “prüfen”!  ' }, '88231-grosse-hohe-prufen'],
		[{ title: 'Þórður’s ærø — œuvre, Łódź' }, '88231-thordurs-aero-oeuvre-lodz'],
		[{ title: 'Don’t panic' }, '88231-dont-panic'],
		[{ title: 'Йод и 漢字' }, '88231-йод-и-漢字'],
		[{ title: '🎉🎉' }, '88231'],
		[{ title: '../../x' }, '88231-x'],
		[{ title: 'main.lock' }, '88231-main-lock'],
		[{ id: 'ABC-7' }, 'ABC-7-fix-the-mainsail'],
	] as const) {
		it(`is ${name} for ${JSON.stringify(over)}`, () => assert.equal(branchName('{id}-{title}', words(over)), name));
	}

	it('knows the number people use, the board and the workspace', () => {
		assert.equal(branchName('{workspace}/{board}/{key}-{title}', words()), 'aero-ferry/rigging/12-fix-the-mainsail');
	});

	it('drops the last words of a title that is too long, and never the id', () => {
		const name = branchName('feature/{id}-{title}', words({ title: 'a long title that goes on '.repeat(20) }));
		assert.match(name, /^feature\/88231-a-long-title-that-goes-on-.*-(a|long|title|that|goes|on)$/);
		assert.ok(name.length <= 80 && name.length > 60, `${name.length} characters`);
	});

	it('is taken by git whatever the card and the template hold, or is empty', () => {
		forAll(
			property(template, anything, anything, (pattern, title, other) => {
				const name = branchName(pattern, words({ title, id: other, key: other, board: other, workspace: other }));
				assert.ok(name === '' || gitTakes(name), `git refuses ${JSON.stringify(name)}`);
				assert.ok(name === '' || branchProblem(name) === undefined, `we refuse ${JSON.stringify(name)}`);
				assert.ok(Array.from(name).length <= 80 && new TextEncoder().encode(name).length <= 250, 'it is short enough');
			}),
			{ numRuns: 2000 },
		);
	});

	it('is said to be wrong exactly where git refuses it', () => {
		forAll(
			property(anything, (name) => {
				const isShort = name.split('/').every((part) => new TextEncoder().encode(part).length <= 250);
				if (isShort && name.isWellFormed() && !/[\u0080-\u009f]/.test(name)) {
					assert.equal(branchProblem(name) === undefined, gitTakes(name), JSON.stringify(name));
				}
			}),
			{ numRuns: 3000 },
		);
	});

	it('keeps a place it does not know, so that it is seen', () => {
		assert.equal(filledIn('{id}-{who}', words()), '88231-{who}');
	});

	it('does not fill in what a title holds', () => {
		assert.equal(filledIn('{title}', words({ title: '{id} $& $1' })), '{id} $& $1');
	});

	it('is taken where a branch has it in any case, or would be its folder', () => {
		assert.match(takenProblem('Fix', ['main', 'fix']) ?? '', /There is a branch fix already/);
		assert.match(takenProblem('fix/a', ['fix']) ?? '', /beside the branch fix/);
		assert.match(takenProblem('fix', ['fix/a']) ?? '', /beside the branch fix\/a/);
		assert.equal(takenProblem('fix-a', ['fix']), undefined);
	});
});

describe('a card in a commit message', () => {
	const put = (typed: string, pattern = '#{key} {title}') => withCard(pattern, words(), typed);

	it('is the template where nothing is typed', () => assert.equal(put(''), '#12 Fix the mainsail'));

	it('keeps what is typed in the place of the title', () => {
		assert.equal(put('Sew the seam\n\nIt was torn.'), '#12 Sew the seam\n\nIt was torn.');
		assert.equal(put('Sew', '{title} (#{key})'), 'Sew (#12)');
	});

	it('comes at the end where the template has no place for a title', () => {
		assert.equal(put('Sew', 'Refs #{key}'), 'Sew\n\nRefs #12');
	});

	it('is never there twice', () => {
		for (const pattern of ['#{key} {title}', '{title} (#{key})', 'Refs #{key}', '{title}', '[{id}] {title}']) {
			for (const typed of ['', 'Sew', 'Sew\n\nIt was torn.']) {
				const once = put(typed, pattern);
				assert.equal(put(once, pattern), once, `${pattern} into ${JSON.stringify(typed)}`);
			}
		}
		assert.equal(put('Sew for #12, at last'), 'Sew for #12, at last');
	});

	it('is not taken for one whose number only begins the same', () => {
		assert.equal(put('Follows #123'), '#12 Follows #123');
	});
});
