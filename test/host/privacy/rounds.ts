import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { wantsPage } from '../../../src/commands/fillForm.ts';
import type { Account } from '../../../src/core/accounts.ts';
import { secretsService } from '../../../src/core/credentialStore.ts';
import type { Inside } from '../../../src/extension.ts';
import { documentUri } from '../../../src/files/uri.ts';
import type { Node } from '../../../src/views/node.ts';
import type { DocumentNode } from '../../../src/views/nodes/container.ts';
import type { WorkspaceNode } from '../../../src/views/nodes/workspace.ts';
import { kindOf, type Step, scripted } from '../support.ts';
import type { KnownSecrets } from './knownSecrets.ts';
import type { Witness } from './witness.ts';

/** What everything here works with. */
export interface Rig {
	readonly own: Inside;
	readonly secrets: KnownSecrets;
	readonly witness: Witness;
	/** A folder of this test's own. */
	readonly folder: string;
}

/** Lines of one account, found while all was well. */
export interface Lines {
	readonly lists: readonly Node[];
	readonly workspace?: Node;
	readonly renamable?: Node;
	readonly container?: Node;
	readonly board?: Node;
	readonly column?: Node;
	readonly card?: Node;
	/** One of each kind: a page that is turned into a file, and a file. */
	readonly documents: readonly DocumentNode[];
}

/** How many lines a look around an account loads at the most. */
const mostLists = 40;
const widest = 6;

export function run(command: string, ...args: unknown[]): Thenable<unknown> {
	return vscode.commands.executeCommand(`boardwalk.${command}`, ...args);
}

/** Runs with dialogues that a script answers to its end. */
export function answering({ witness }: Rig, steps: readonly Step[], what: () => PromiseLike<unknown>) {
	return scripted(steps, () => witness.whileAnswered(what));
}

/** The same where nobody knows how far it goes: a dialogue that does not fit the next step is left. */
export async function answeringSome(rig: Rig, steps: readonly Step[], what: () => PromiseLike<unknown>): Promise<void> {
	try {
		await answering(rig, steps, what);
	} catch (error) {
		if (!(error instanceof assert.AssertionError)) {
			throw error;
		}
	}
}

/** Notes the secrets that are kept now. */
export async function learnKept({ own, secrets }: Rig): Promise<void> {
	for (const { password } of await own.secrets.findCredentials(secretsService)) {
		secrets.learn('the secrets store', JSON.parse(password));
	}
}

/** Opens an account far enough to see every kind of line that it has. */
export async function lookAround(rig: Rig, root: Node): Promise<Lines> {
	const seen: Node[] = [];
	const lists: Node[] = [];
	for (let waiting = [root]; waiting.length > 0 && lists.length < mostLists; ) {
		const [at, ...others] = waiting as [Node, ...Node[]];
		lists.push(at);
		const children = await drawn(rig, at);
		seen.push(...children);
		waiting = [...others, ...children.filter(({ lists: below }) => below).slice(0, widest)];
	}
	const first = (fits: (node: Node) => boolean) => seen.find(fits);
	const able = (ability: string) => (node: Node) => node.item().context.includes(ability);
	const kinds = new Map(lists.map((node) => [kindOf(node), node]));
	return {
		lists: [...kinds.values()],
		workspace: first((node) => kindOf(node) === 'workspace'),
		renamable: first(able('rename')),
		container: first((node) => able('upload')(node) && kindOf(node) !== 'workspace'),
		board: first((node) => kindOf(node) === 'board'),
		column: first(able('newCard')),
		card: first(able('renameCard')),
		documents: [...new Map(seen.filter(isDocument).map((node) => [node.document.size === undefined, node])).values()],
	};
}

function isDocument(node: Node): node is DocumentNode {
	return node.item().context.includes('download');
}

/** Asks for what stands beneath a line and looks at each. */
export async function drawn({ own, witness }: Rig, node: Node): Promise<readonly Node[]> {
	const children = await own.services.tree.getChildren(node);
	for (const child of children) {
		await witness.seeNode(child);
	}
	return children;
}

/** Loads lines of an account anew, which may fail, and tries again what has failed. */
export async function loadAnew(rig: Rig, lists: readonly Node[]): Promise<void> {
	const { tree } = rig.own.services;
	lists.forEach((node) => tree.refresh(node));
	const shown = await Promise.all(lists.map((node) => drawn(rig, node)));
	await Promise.all([lists[0]].map(async (root) => root && rig.witness.seeNode(root)));
	const failed = shown[0]?.find((node) => 'failure' in node);
	if (failed) {
		await run('retry', failed);
	}
}

/** Does what a person can do with an account, while something is wrong or all is well. */
export async function useAccount(rig: Rig, root: Node, lines: Lines, word: string): Promise<void> {
	await loadAnew(rig, lines.lists);
	const { workspace, renamable, container, card, documents } = lines;
	if (renamable) {
		await answeringSome(rig, [{ type: `Under ${word}` }], () => run('renameColumn', renamable));
	}
	if (card) {
		await answeringSome(rig, [{ type: `Card under ${word}` }], () => run('renameCard', card));
	}
	if (container) {
		const files = [vscode.Uri.file(fileOf(rig, word))];
		await answeringSome(rig, [{ files }], () => run('uploadDocuments', container));
	}
	for (const document of documents) {
		const save = vscode.Uri.file(join(rig.folder, `${randomUUID()}.bin`));
		await answeringSome(rig, [{ save }], () => run('downloadDocument', document));
		await readInEditor(rig, document);
	}
	if (workspace) {
		const name = `Thing under ${word}`;
		const steps = wantsPageFor(rig, workspace)
			? ([{ form: { title: name } }, { leave: true }] as const)
			: ([{ type: name }, { pick: 'Create' }, { leave: true }] as const);
		await answeringSome(rig, steps, () => run('createProject', workspace));
	}
	await answeringSome(rig, [{ leave: true }], () => run('showAccountInfo', root));
	await examine(rig, root, word);
	await showOthers(rig, root.account);
}

/** Whether a new board of a workspace is made on a page. */
function wantsPageFor({ own }: Rig, line: Node): boolean {
	const { account, workspace } = line as Partial<WorkspaceNode>;
	const creation = account && own.services.sessions.peek(account).boardCreation;
	return Boolean(creation && workspace && wantsPage(creation.form(workspace)));
}

/** The doctor on an account under a name of its own, so that its report is one of its own too. */
export async function examine(rig: Rig, { account, ...root }: Node, word: string): Promise<void> {
	const named = account && { ...account, name: `${account.name} under ${word}` };
	await answering(rig, [], () => run('checkConnection', { ...root, account: named }));
}

function fileOf({ folder }: Rig, word: string): string {
	const file = join(folder, `${word} ${randomUUID()}.txt`);
	writeFileSync(file, word);
	return file;
}

/** What the editor does with the address that opening a document hands it. */
async function readInEditor({ witness }: Rig, { account, document }: DocumentNode): Promise<void> {
	const uri = documentUri(account.id, document);
	witness.see('addresses in the editor', uri.toString(), uri.toString(true));
	try {
		await vscode.workspace.fs.readFile(uri);
	} catch (error) {
		witness.seeError('errors', error);
	}
}

/** What VS Code's Accounts menu learns of an account. The token in it is for others whom the person trusts. */
async function showOthers({ own, secrets, witness }: Rig, account: Account | undefined): Promise<void> {
	const { authentications } = own as Inside & {
		authentications: ReadonlyMap<string, vscode.AuthenticationProvider>;
	};
	const provider = authentications.get(`boardwalk-${account?.provider}`);
	for (const session of (await provider?.getSessions(undefined, {})) ?? []) {
		const { accessToken, ...told } = session;
		secrets.add('a session for others', accessToken);
		witness.see("VS Code's own accounts", JSON.stringify(told));
	}
}
