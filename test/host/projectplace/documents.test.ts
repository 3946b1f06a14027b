import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Node } from '../../../src/views/node.ts';
import { childLabelled, findNode, kindOf } from '../support.ts';
import { exists, Quay, run } from './support.ts';

describe('projectplace: documents', () => {
	let quay: Quay;
	let archive: Node;
	before(async () => {
		quay = await Quay.open();
		archive = await findNode(quay.own, await quay.workspace(), (node) => kindOf(node) === 'archive');
	});
	after(() => quay.close());

	const nodesCalled = (name: string) => quay.held.nodes.filter(({ file_name }) => file_name === name);
	/** From the palette, to the archive of the first workspace. */
	const walk = () => [{ pick: quay.account.name }, { pick: 'Harbour renewal' }, { pick: '$(library)' }] as const;

	describe('the listing of an archive', () => {
		for (const [depth, drafts] of [
			['Root only', false],
			['Whole tree', true],
		] as const) {
			it(`is saved as JSON with its keys in order: ${depth}`, async () => {
				const target = quay.at(`${depth}.json`);
				const { said } = await run([{ pick: depth }, { save: target }], 'saveListing', archive);
				assert.match(said.join(), /was saved\./);
				const text = await readFile(target.fsPath, 'utf8');
				assert.match(text, /^\{\n {2}"/);
				assert.match(text, /README\.md/);
				assert.equal(text.includes('Drafts'), drafts);
			});
		}

		it('is reached from the palette by choosing the workspace', async () => {
			const target = quay.at('walked.json');
			await run([...walk(), { pick: 'Root only' }, { save: target }], 'saveListing');
			assert.match(await readFile(target.fsPath, 'utf8'), /README\.md/);
		});

		it('is not asked for where the dialogue is left', async () => {
			await run([{ pick: 'Whole tree' }, { leave: true }], 'saveListing', archive);
		});

		it('is no file where ProjectPlace refuses it', async () => {
			quay.own.services.sessions.peek(quay.account).forget();
			quay.served.faults.add({ pattern: 'GET /2/documents/*', kind: '403' });
			const target = quay.at('refused.json');
			const { said } = await run([{ pick: 'Root only' }, { save: target }], 'saveListing', archive);
			quay.served.faults.clear();
			assert.notDeepEqual(said, []);
			assert.ok(!(await exists(target)) || /"failure"/.test(await readFile(target.fsPath, 'utf8')));
		});
	});

	describe('downloading', () => {
		const readme = () => nodesCalled('README.md')[0]!;

		it('takes the document of a line', async () => {
			const target = quay.at('by line.md');
			await run([{ save: target }], 'downloadDocument', await childLabelled(quay.own, archive, 'README.md'));
			assert.deepEqual(new Uint8Array(await readFile(target.fsPath)), new Uint8Array(readme().content!));
		});

		it('walks from the palette through folders to a document', async () => {
			const target = quay.at('walked.txt');
			const steps = [{ pick: 'Minutes & decisions' }, { pick: 'kick-off' }, { save: target }];
			await run([...walk(), ...steps], 'downloadDocument');
			assert.match(await readFile(target.fsPath, 'utf8'), /weekly on Tuesdays/);
		});

		it('says that a folder is empty, instead of keeping the person there', async () => {
			const steps = [{ pick: 'Minutes & decisions' }, { pick: 'Drafts' }, { leave: true }] as const;
			const { offered } = await run([...walk(), ...steps], 'downloadDocument');
			assert.match(offered.join(), /There is nothing here\./);
		});

		it('leaves no file where the document is gone', async () => {
			quay.served.faults.add({ pattern: 'GET /1/documents/*', kind: '404' });
			const target = quay.at('gone.md');
			const line = await childLabelled(quay.own, archive, 'README.md');
			const { said } = await run([{ save: target }], 'downloadDocument', line);
			quay.served.faults.clear();
			assert.notDeepEqual(said, []);
			assert.ok(!(await exists(target)));
		});
	});

	describe('uploading', () => {
		const placeOf = (name: string) => {
			const [node] = nodesCalled(name);
			return quay.held.nodes.find(({ id }) => id === node?.parent);
		};

		it('puts a document at the root of the archive of a workspace', async () => {
			const file = quay.fileAt('At the root.txt', 'root');
			const { said } = await run([{ files: [file] }], 'uploadDocuments', archive);
			assert.match(said.join(), /was uploaded to/);
			assert.equal(placeOf('At the root.txt')?.type, 'Container');
		});

		it('puts it into a folder, and again as its next version after asking', async () => {
			const pictures = await childLabelled(quay.own, archive, 'Pictures');
			const file = quay.fileAt('Mole.txt', 'one');
			await run([{ files: [file] }], 'uploadDocuments', pictures);
			assert.equal(placeOf('Mole.txt')?.file_name, 'Pictures');
			quay.fileAt('Mole.txt', 'two');
			await run([{ files: [file] }, { pick: 'version' }], 'uploadDocuments', pictures);
			assert.deepEqual(
				nodesCalled('Mole.txt').map(({ version }) => version),
				[2],
			);
		});

		it('sends nothing where the file is not there', async () => {
			const writes = await quay.writesWhile(async () => {
				const { said } = await run([{ files: [quay.at('no such.txt')] }], 'uploadDocuments', archive);
				assert.match(said.join(), /no such\.txt is not there any more\./);
			});
			assert.deepEqual(writes, []);
		});

		it('is refused where nobody may write, and sends nothing', async () => {
			const old = await findNode(
				quay.own,
				await quay.workspace('Old library scans'),
				(node) => kindOf(node) === 'archive',
			);
			assert.ok(!old.item().context.includes('upload'));
			const writes = await quay.writesWhile(async () => {
				const { said } = await run([], 'uploadDocuments', old);
				assert.match(said.join(), /Documents can’t be put into/);
			});
			assert.deepEqual(writes, []);
		});
	});
});
