import assert from 'node:assert/strict';
import type { Archives, Uploading } from '../../src/core/archives.ts';
import { NotAllowed, NotFound } from '../../src/core/errors.ts';
import { type Listed, pastedFiles, uriList } from '../../src/core/fileList.ts';
import type { Archive, Document, Entry, EntryContainer, Folder } from '../../src/core/model.ts';
import { onePage } from '../../src/core/page.ts';
import { conflictsOf, decide, freeName, type Resolution } from '../../src/core/uploadConflicts.ts';
import {
	makePlaces,
	type Source,
	type SourceFile,
	type Survey,
	surveyUpload,
	totalsOf,
	withoutBlocked,
} from '../../src/core/uploadPlan.ts';
import { signal } from '../support/session.ts';

const archive = (over: Partial<Archive> = {}): Archive => ({
	kind: 'archive',
	id: 'top',
	name: 'Documents',
	sameName: 'version',
	...over,
});
const folder = (name: string, over: Partial<Folder> = {}): Folder => ({
	kind: 'folder',
	id: name,
	name,
	sameName: 'version',
	...over,
});
const document = (name: string, over: Partial<Document> = {}): Document => ({
	kind: 'document',
	id: `document ${name}`,
	name,
	fileName: name,
	...over,
});
const file = (name: string, size = 1, from = 'home'): SourceFile => ({
	kind: 'file',
	name,
	size,
	address: `file:///${from}/${encodeURIComponent(name)}`,
});
const local = (name: string, ...contents: readonly Source[]): Source => ({ kind: 'folder', name, contents });

/** An archive of a few entries by the id of their container; notes whom it is asked about. */
function vendor(entries: Readonly<Record<string, readonly Entry[]>> = {}, over: Partial<Archives> = {}) {
	const asked: string[] = [];
	const made: string[] = [];
	const uploading: Uploading = {
		prepare: async (container) => {
			asked.push(container.name);
			if ('writable' in container && container.writable === false) {
				throw new NotAllowed(`not into ${container.name}`);
			}
			return container;
		},
		upload: async () => assert.fail('nothing is sent by planning'),
	};
	const archives: Archives & { uploading: Uploading } = {
		entries: async ({ id }) => onePage(entries[id] ?? []),
		look: async (one) => one,
		read: async () => assert.fail('nothing is read by planning'),
		...over,
		uploading,
	};
	const folderCreation: Archives['folderCreation'] = {
		create: async (container, name) => {
			made.push(`${container.name}/${name}`);
			return folder(name);
		},
	};
	return { archives, folderCreation, asked, made };
}

const plan = (
	archives: Archives & { uploading: Uploading },
	sources: readonly Source[],
	target: EntryContainer = archive(),
) => surveyUpload(archives, target, sources, signal());

const places = ({ files }: Survey) => files.map(({ file: { name }, place }) => [...place.path, name].join('/'));

describe('The plan of an upload', () => {
	it('puts files straight into the target and counts them and their bytes', async () => {
		const { archives } = vendor();
		const survey = await plan(archives, [file('a.txt', 3), file('b.txt', 4)]);
		const { files, bytes, newFolders, blocked } = totalsOf(survey);
		assert.deepEqual({ files, bytes, newFolders, blocked }, { files: 2, bytes: 7, newFolders: 0, blocked: [] });
		assert.deepEqual(places(survey), ['a.txt', 'b.txt']);
	});

	it('names the files that are empty', async () => {
		const survey = await plan(vendor().archives, [file('full', 1), local('docs', file('empty', 0))]);
		assert.deepEqual(totalsOf(survey).empty, ['docs/empty']);
	});

	it('keeps every character of a name', async () => {
		const names = [
			'U\u0308bersicht.pdf',
			'Übersicht.pdf',
			' lead.txt',
			'trail. ',
			'a\u202Eb',
			'con',
			'100%.txt',
			'#?&',
		];
		const survey = await plan(
			vendor().archives,
			names.map((name) => file(name)),
		);
		const sent = decide(survey, [], new Map());
		assert.deepEqual(
			sent.map(({ name }) => name),
			names,
		);
	});

	it('asks the vendor about the target before anything else, and stops where it says no', async () => {
		const { archives, asked } = vendor();
		await assert.rejects(plan(archives, [file('a')], archive({ writable: false })), /not into Documents/);
		assert.deepEqual(asked, ['Documents']);
	});

	it('passes on that the target is gone', async () => {
		const { archives } = vendor();
		archives.uploading.prepare = async () => {
			throw new NotFound('It is gone.');
		};
		await assert.rejects(plan(archives, [file('a')]), NotFound);
	});

	it('goes by the container as the vendor prepared it', async () => {
		const { archives } = vendor({ real: [document('a')] });
		archives.uploading.prepare = async (container) => ({ ...container, id: 'real' });
		const survey = await plan(archives, [file('a')]);
		assert.equal(survey.places[0]?.container?.id, 'real');
		assert.equal(conflictsOf(survey, archives).length, 1);
	});

	describe('with folders', () => {
		it('finds those that are there and asks about each that gets files', async () => {
			const { archives, asked } = vendor({ top: [folder('Plans')], Plans: [folder('Old')] });
			const survey = await plan(archives, [local('Plans', file('a'), local('Old', file('b')))]);
			assert.deepEqual(places(survey), ['Plans/a', 'Plans/Old/b']);
			assert.deepEqual(asked, ['Documents', 'Plans', 'Old']);
			assert.equal(totalsOf(survey).newFolders, 0);
		});

		it('takes one that only looks the same where none is exactly the same', async () => {
			const composed = folder('Übersicht');
			const { archives } = vendor({ top: [composed] });
			const survey = await plan(archives, [local('U\u0308bersicht', file('a'))]);
			assert.equal(survey.files[0]?.place.container, composed);
		});

		it('does not take one that differs in case', async () => {
			const { archives, folderCreation } = vendor({ top: [folder('plans')] });
			const survey = await plan({ ...archives, folderCreation }, [local('Plans', file('a'))]);
			assert.equal(totalsOf(survey).newFolders, 1);
		});

		it('takes a page for a folder, and a plain document never', async () => {
			const page = document('Handbook', { writable: true });
			const { archives } = vendor({ top: [document('Plan'), page] });
			const survey = await plan(archives, [local('Handbook', file('a')), local('Plan', file('b'))]);
			assert.deepEqual(
				survey.files.map(({ place }) => place.container?.id),
				[page.id, undefined],
			);
		});

		it('makes those that are missing from above to below, empty ones too', async () => {
			const { archives, folderCreation, made } = vendor({ top: [folder('Plans')] });
			const able = { ...archives, folderCreation };
			const survey = await plan(able, [local('Plans', local('New', local('Deep', file('a')), local('Empty')))]);
			assert.equal(totalsOf(survey).newFolders, 3);
			const containers = await makePlaces(able, survey, signal());
			assert.deepEqual(made, ['Plans/New', 'New/Deep', 'New/Empty']);
			const [only] = decide(survey, [], new Map());
			assert.equal(only && containers.get(only.place)?.name, 'Deep');
		});

		it('makes one of two that have the same name', async () => {
			const { archives, folderCreation, made } = vendor();
			const able = { ...archives, folderCreation };
			const survey = await plan(able, [local('docs', file('a')), local('docs', file('b'))]);
			await makePlaces(able, survey, signal());
			assert.deepEqual(made, ['Documents/docs']);
			assert.deepEqual(places(survey), ['docs/a', 'docs/b']);
		});

		it('can put folders where no files can stand', async () => {
			const { archives, folderCreation, asked } = vendor();
			const able = { ...archives, folderCreation };
			const survey = await plan(able, [local('Page', file('a'))], archive({ writable: false }));
			assert.deepEqual(places(survey), ['Page/a']);
			assert.deepEqual(asked, []);
		});

		it('says the vendor’s reason where neither a folder nor its files can stand', async () => {
			const { archives } = vendor();
			await assert.rejects(
				plan(archives, [local('Page', file('a'))], archive({ writable: false })),
				/No folders can be made in “Documents”/,
			);
		});
	});

	describe('where folders can’t be made', () => {
		const sources = [file('top.txt'), local('Plans', file('a'), local('New', file('b'), local('Deep', file('c'))))];
		const able = { top: [folder('Plans')] };

		it('says which and why', async () => {
			const whyNot = ({ name }: EntryContainer) => (name === 'Plans' ? 'Not here.' : undefined);
			const { archives, folderCreation } = vendor(able);
			const survey = await plan({ ...archives, folderCreation: { ...folderCreation, whyNot } }, sources);
			assert.deepEqual(
				totalsOf(survey).blocked.map(({ path, blocked }) => [path.join('/'), blocked]),
				[
					['Plans/New', 'Not here.'],
					['Plans/New/Deep', 'Not here.'],
				],
			);
			assert.equal(totalsOf(survey).newFolders, 0);
		});

		it('can put their files into the nearest folder that is there', async () => {
			const { archives, made } = vendor(able);
			const survey = withoutBlocked(await plan(archives, sources), 'above');
			assert.deepEqual(places(survey), ['top.txt', 'Plans/a', 'Plans/b', 'Plans/c']);
			await makePlaces(archives, survey, signal());
			assert.deepEqual(made, []);
		});

		it('can leave them out', async () => {
			const { archives } = vendor(able);
			const survey = withoutBlocked(await plan(archives, sources), 'leaveOut');
			assert.deepEqual(places(survey), ['top.txt', 'Plans/a']);
		});

		it('takes files that come together there for conflicts with each other', async () => {
			const { archives } = vendor();
			const sources2 = [local('a', file('x')), local('b', file('x')), local('c', file('y'))];
			const survey = withoutBlocked(await plan(archives, sources2), 'above');
			const conflicts = conflictsOf(survey, archives);
			assert.deepEqual(
				conflicts.map(({ planned, twin, choices }) => [planned.label, twin, choices]),
				[['b/x', true, ['keepBoth', 'skip']]],
			);
		});
	});
});

describe('A name that is there already', () => {
	const saving = (keepsEarlier: boolean): Archives['saving'] => ({
		keepsEarlier,
		save: async () => assert.fail('nothing is sent by planning'),
	});
	const conflict = async (
		target: EntryContainer,
		there: readonly Entry[],
		over: Partial<Archives> = {},
		name = 'a.txt',
	) => {
		const { archives } = vendor({ top: there }, over);
		const survey = await plan(archives, [file(name)], target);
		const conflicts = conflictsOf(survey, archives);
		const answered = (resolution: Resolution) =>
			decide(survey, conflicts, new Map([[survey.files[0]?.label ?? '', resolution]])).map((one) => ({
				name: one.name,
				...(one.replaces && { replaces: one.replaces.id }),
			}));
		return { choices: conflicts[0]?.choices, answered };
	};
	const there = [document('a.txt')];

	it('is no conflict where it is another', async () => {
		const { choices } = await conflict(archive(), [document('A.txt'), document('b.txt'), folder('a.txt')]);
		assert.equal(choices, undefined);
	});

	it('becomes a new version by itself where the vendor makes one, or gets a free name, or stays here', async () => {
		const { choices, answered } = await conflict(archive({ sameName: 'version' }), there);
		assert.deepEqual(choices, ['version', 'keepBoth', 'skip']);
		assert.deepEqual(answered('version'), [{ name: 'a.txt' }]);
		assert.deepEqual(answered('keepBoth'), [{ name: 'a (2).txt' }]);
		assert.deepEqual(answered('skip'), []);
	});

	it('is lost where the vendor replaces, and the choice says so', async () => {
		const { choices, answered } = await conflict(archive({ sameName: 'replace' }), there);
		assert.deepEqual(choices, ['keepBoth', 'replace', 'skip']);
		assert.deepEqual(answered('replace'), [{ name: 'a.txt' }]);
		assert.deepEqual(answered('keepBoth'), [{ name: 'a (2).txt' }]);
	});

	it('stands beside the other where the vendor allows two, and is never a version by itself', async () => {
		const { choices, answered } = await conflict(archive({ sameName: 'duplicate' }), there);
		assert.deepEqual(choices, ['keepBoth', 'skip']);
		assert.deepEqual(answered('keepBoth'), [{ name: 'a.txt' }]);
	});

	it('can be replaced by saving where the vendor allows two', async () => {
		const target = archive({ sameName: 'duplicate' });
		const keeping = await conflict(target, there, { saving: saving(true) });
		assert.deepEqual(keeping.choices, ['version', 'keepBoth', 'skip']);
		assert.deepEqual(keeping.answered('version'), [{ name: 'a.txt', replaces: 'document a.txt' }]);
		const losing = await conflict(target, there, { saving: saving(false) });
		assert.deepEqual(losing.choices, ['keepBoth', 'replace', 'skip']);
		assert.deepEqual(losing.answered('replace'), [{ name: 'a.txt', replaces: 'document a.txt' }]);
	});

	it('can’t be replaced by saving where it is read-only or where there are two of it', async () => {
		const target = archive({ sameName: 'duplicate' });
		const over = { saving: saving(true) };
		const locked = await conflict(target, [document('a.txt', { readOnly: 'It is locked.' })], over);
		assert.deepEqual(locked.choices, ['keepBoth', 'skip']);
		const two = await conflict(target, [document('a.txt'), document('a.txt', { id: 'other' })], over);
		assert.deepEqual(two.choices, ['keepBoth', 'skip']);
	});

	it('counts two where nothing is known about the container', async () => {
		const { answered } = await conflict(document('page', { id: 'top', writable: true }), there);
		assert.deepEqual(answered('keepBoth'), [{ name: 'a.txt' }]);
	});

	it('is one to ask about where it only looks the same, but the vendor makes no version of it', async () => {
		const { choices, answered } = await conflict(archive(), [document('Ü.txt')], {}, 'U\u0308.txt');
		assert.deepEqual(choices, ['keepBoth', 'skip']);
		assert.deepEqual(answered('keepBoth'), [{ name: 'U\u0308 (2).txt' }]);
	});

	it('is no conflict with a page, beside which files stand', async () => {
		const { choices } = await conflict(archive(), [document('a.txt', { writable: true })]);
		assert.equal(choices, undefined);
	});

	it('gets a name that nothing else has, whatever its case, neither there nor in the same batch', async () => {
		const { archives } = vendor({ top: [document('a.txt'), document('A (2).TXT'), folder('a (3).txt')] });
		const survey = await plan(archives, [file('a.txt'), file('a.txt', 1, 'work'), file('a (4).txt')]);
		const conflicts = conflictsOf(survey, archives);
		const answers = new Map(conflicts.map(({ planned }) => [planned.label, 'keepBoth' as const]));
		assert.deepEqual(
			decide(survey, conflicts, answers).map(({ name }) => name),
			['a (5).txt', 'a (6).txt', 'a (4).txt'],
		);
	});

	it('is skipped where no answer is given', async () => {
		const { archives } = vendor({ top: there });
		const survey = await plan(archives, [file('a.txt'), file('b.txt')]);
		const sent = decide(survey, conflictsOf(survey, archives), new Map());
		assert.deepEqual(
			sent.map(({ name }) => name),
			['b.txt'],
		);
	});

	it('is asked about by a label that no other file of the batch has', async () => {
		const { archives } = vendor({ top: there });
		const sources = [file('a.txt'), file('a.txt', 1, 'work'), file('a.txt', 1, 'old/work')];
		const conflicts = conflictsOf(await plan(archives, sources), archives);
		assert.deepEqual(
			conflicts.map(({ planned, twin }) => [planned.label, twin]),
			[
				['a.txt', false],
				['work/a.txt', true],
				['work/a.txt (2)', true],
			],
		);
	});

	it('is free as it is where it is not taken', () => {
		assert.equal(freeName('a.txt'), 'a.txt');
		assert.equal(freeName('.profile', new Set(['.profile'])), '.profile (2)');
		assert.equal(freeName('no ending', new Set(['no ending', 'no ending (2)'])), 'no ending (3)');
		assert.equal(freeName('Ü.md', new Set(['ü.md'])), 'Ü (2).md');
	});
});

describe('A list of files', () => {
	const paths = (...list: readonly string[]): readonly Listed[] => list.map((path) => ({ path }));

	for (const [what, text, files] of [
		['paths, one a line', '/home/a b/ü.txt\n/tmp/x\n', paths('/home/a b/ü.txt', '/tmp/x')],
		[
			'paths of Windows',
			'C:\\Users\\a.txt\r\n\\\\server\\share\\b\r\nd:/c',
			paths('C:\\Users\\a.txt', '\\\\server\\share\\b', 'd:/c'),
		],
		['paths that Windows has put in quotes', '"C:\\a b.txt"\r\n"D:\\c"', paths('C:\\a b.txt', 'D:\\c')],
		['addresses', 'file:///a%20b\nvscode-remote://ssh/x', [{ uri: 'file:///a%20b' }, { uri: 'vscode-remote://ssh/x' }]],
		['an address without an authority', 'memfs:/a.txt', [{ uri: 'memfs:/a.txt' }]],
		['what a file manager has copied', 'x-special/nautilus-clipboard\ncopy\nfile:///a\n', [{ uri: 'file:///a' }]],
		['a path whose name ends in a blank', '/a \n', paths('/a ')],
	] as const) {
		it(`on the clipboard may hold ${what}`, () => assert.deepEqual(pastedFiles(text), files));
	}

	for (const [what, text] of [
		['nothing', ''],
		['blank lines', ' \n\n'],
		['a sentence', 'Please send the plan.'],
		['a path and a sentence', '/a\nand so on'],
		['a page of the web', 'https://example.com/a.txt'],
		['a relative path', 'src/a.txt'],
		['code', 'const a = 1;\n// b'],
	] as const) {
		it(`on the clipboard is not ${what}`, () => assert.equal(pastedFiles(text), undefined));
	}

	it('from dragging leaves comments and blank lines out', () => {
		assert.deepEqual(uriList('# two\r\nfile:///a\r\n\r\nfile:///b\r\n'), ['file:///a', 'file:///b']);
	});
});
