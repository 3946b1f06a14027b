import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Inside } from '../../src/extension.ts';
import type { Node } from '../../src/views/node.ts';
import { findNode, kindOf, practiceAccounts, rootOf, until } from './support.ts';

const vendors = ['projectplace', 'productive', 'beebole', 'planbox', 'coredata'];
const withDocuments = ['projectplace', 'productive', 'planbox', 'coredata'];

describe('the tree in a real window', () => {
	let own: Inside;
	before(async () => {
		own = await practiceAccounts();
	});

	for (const vendor of vendors) {
		it(`walks ${vendor} from the account over a board and a column to a card`, async () => {
			const card = await findNode(own, rootOf(own, vendor), (node) => kindOf(node) === 'card');
			const path: string[] = [];
			for (let at: Node | undefined = card; at; at = at.parent) {
				path.unshift(kindOf(at));
			}
			assert.deepEqual(path, ['account', 'workspace', 'board', 'column', 'card']);
			assert.notEqual(card.item().label, '');
		});
	}

	for (const vendor of withDocuments) {
		it(`walks ${vendor} from the account to a document`, async () => {
			const document = await findNode(own, rootOf(own, vendor), (node) => kindOf(node) === 'document');
			assert.notEqual(document.item().label, '');
		});
	}

	it('says in words that beebole has no documents', async () => {
		const workspace = await findNode(own, rootOf(own, 'beebole'), (node) => kindOf(node) === 'workspace');
		const messages = (await own.services.tree.getChildren(workspace)).filter((node) => kindOf(node) === 'message');
		assert.match(messages.map((node) => node.item().label).join(), /document/i);
	});

	it('gives every line a name for a screen reader, an icon, and an id of its own', async () => {
		const seen = new Set<string>();
		for (const root of own.services.tree.roots) {
			for (const node of [root, ...(await own.services.tree.getChildren(root))]) {
				const item = own.services.tree.getTreeItem(node);
				assert.ok(item.accessibilityInformation?.label, String(item.label));
				assert.ok(item.iconPath, String(item.label));
				assert.ok(item.id && !seen.has(item.id), `${item.id} stands twice`);
				seen.add(item.id);
			}
		}
	});

	it('tells in a card’s tooltip what the card says, as text and never as markup', async () => {
		const card = await findNode(own, rootOf(own, 'projectplace'), (node) => kindOf(node) === 'card');
		const { tooltip } = await own.services.tree.resolveTreeItem(own.services.tree.getTreeItem(card), card);
		assert.ok(tooltip instanceof vscode.MarkdownString);
		assert.ok(!tooltip.isTrusted && !tooltip.supportHtml);
		assert.ok(!/<p>|<strong>/.test(tooltip.value));
		assert.match(tooltip.value, /Agreed/);
	});

	it('shows what it finds in the tree, opened down to the card', async () => {
		const card = await findNode(own, rootOf(own, 'coredata'), (node) => kindOf(node) === 'card');
		await own.services.view.reveal(card, { select: true, focus: true });
		// The editor tells of a selection a moment after it has made it.
		await until('the card to be selected', () => own.services.view.selection.map(({ id }) => id).join() === card.id);
	});
});
