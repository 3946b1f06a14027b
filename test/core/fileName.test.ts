import assert from 'node:assert/strict';
import { type Arbitrary, array, constantFrom, assert as forAll, oneof, property, string, tuple } from 'fast-check';
import { distinctNames, nameKey, safeFileName, safeFolderName } from '../../src/core/fileName.ts';

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

const nasty = [
	'../../x',
	'C:\\x',
	'con.txt',
	'CON',
	'com¹.log',
	'con .txt',
	'a\u0000b.txt',
	`${'ü'.repeat(150)}.pdf`,
	'x'.repeat(300),
	'dots...',
	'spaces   ',
	'.',
	'..',
	'. .',
	'',
	'/',
	'a.txt',
	'A.TXT',
	'a.txt ',
	'é.md',
	'e\u0301.md',
	'ﬁle.md',
	'file.md',
	'straße.md',
	'STRASSE.md',
	'report\u202Efdp.exe',
	'a.exe\u200B',
	'\ud800.txt',
	'a (1).txt',
	'%2e%2e%2fx',
	'-rf',
	'~',
	'a#b?c.txt',
];

/** What a server may send: the nasty ones, anything at all, and the nasty ones with anything around. */
const serverName: Arbitrary<string> = oneof(
	constantFrom(...nasty),
	string({ unit: 'binary', maxLength: 400 }),
	tuple(string({ unit: 'binary', maxLength: 8 }), constantFrom(...nasty)).map((parts) => parts.join('')),
);

function assertLegal(name: string): void {
	assert.ok(name !== '' && !/^\.+$/.test(name), 'it names a file');
	assert.ok(!/[/\\:*?"<>|\p{Cc}\p{Cs}]/u.test(name), `no forbidden sign in ${JSON.stringify(name)}`);
	assert.ok(!/[. ]$/.test(name) && !name.startsWith(' '), `no dot or space at the edge of ${JSON.stringify(name)}`);
	assert.ok(bytesOf(name) <= 255, `${bytesOf(name)} bytes`);
	assert.doesNotMatch(name, /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]) *(\.|$)/i);
	assert.doesNotMatch(name, /[\u200B\u200E\u200F\u061C\u202A-\u202E\u2060-\u206F\uFEFF]/);
}

describe('a file name from a server', () => {
	for (const [name, safe] of [
		['Plan é.pdf', 'Plan é.pdf'],
		['../../etc/passwd', 'passwd'],
		['C:\\Users\\x\\plan.txt', 'plan.txt'],
		['con.txt', '_con.txt'],
		['con .txt', '_con .txt'],
		['trailing. . ', 'trailing'],
		['a\u0000b?.txt', 'a_b_.txt'],
		['..', 'document'],
		['', 'document'],
		['みなと案内.md', 'みなと案内.md'],
		['invoice_\u202Efdp.exe', 'invoice_fdp.exe'],
		['invoice.exe\u200B\u2060', 'invoice.exe'],
		['photo.jpg                                        .exe', 'photo.jpg .exe'],
		['کتاب\u200Cها.pdf', 'کتاب\u200Cها.pdf'],
		['👩\u200D🚒.png', '👩\u200D🚒.png'],
	] as const) {
		it(`turns ${JSON.stringify(name)} into ${JSON.stringify(safe)}`, () => {
			assert.equal(safeFileName(name), safe);
		});
	}

	it('keeps its ending when it is cut', () => {
		const cut = safeFileName(`${'ü'.repeat(300)}.pdf`);
		assert.ok(cut.endsWith('ü.pdf') && bytesOf(cut) <= 240);
	});

	it('is one legal part of a path, whatever it was', () => {
		forAll(property(serverName, (name) => assertLegal(safeFileName(name))));
	});

	it('stays as it is when it is made safe again', () => {
		forAll(property(serverName, (name) => assert.equal(safeFileName(safeFileName(name)), safeFileName(name))));
	});
});

describe('a folder’s name from a server', () => {
	it('keeps the words on both sides of a slash', () => {
		assert.equal(safeFolderName('Spring/Summer'), 'Spring_Summer');
		assert.equal(safeFolderName('   '), 'folder');
	});

	it('is one legal part of a path, whatever it was', () => {
		forAll(property(serverName, (name) => assertLegal(safeFolderName(name))));
	});
});

describe('the names of one folder', () => {
	it('get the id before the ending where another thing has the name', () => {
		const things = [
			{ id: '7', name: 'Plan.pdf' },
			{ id: '9', name: 'plan.pdf' },
			{ id: '3/1', name: 'Plan.pdf' },
			{ id: '9', name: 'Plan.PDF' },
		];
		assert.deepEqual(distinctNames(things), ['Plan.pdf', 'plan (9).pdf', 'Plan (3 1).pdf', 'Plan (9 2).PDF']);
	});

	it('leave out what the folder holds already', () => {
		assert.deepEqual(
			distinctNames([{ id: '7', name: 'Plan.pdf' }], (name) => name === 'Plan.pdf'),
			['Plan (7).pdf'],
		);
	});

	it('keep the id where the name has to be cut for it', () => {
		const things = ['1', '2'].map((id) => ({ id, name: `${'ü'.repeat(300)}.pdf` }));
		const [, second = ''] = distinctNames(things);
		assert.ok(second.endsWith('ü (2).pdf') && bytesOf(second) <= 240);
	});

	it('are legal, distinct even without case and composition, and keep their endings', () => {
		const thing = tuple(serverName, string({ unit: 'binary', maxLength: 60 })).map(([name, id]) => ({ id, name }));
		forAll(
			property(array(thing, { maxLength: 30 }), (things) => {
				const names = distinctNames(things);
				names.forEach(assertLegal);
				assert.equal(new Set(names.map(nameKey)).size, things.length);
				things.forEach(({ name }, at) => {
					const ending = /.(\.[^.]{1,15})$/u.exec(safeFileName(name))?.[1] ?? '';
					assert.ok(names[at]?.endsWith(ending), `${names[at]} ends with ${ending}`);
				});
			}),
		);
	});
});
