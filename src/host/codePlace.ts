import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { permalink } from '../core/permalink.ts';
import { type Repository, repositoryOf } from './git.ts';

/** Where lines of code are, for people elsewhere: an address or, where there is none, a path with a line. */
export interface CodePlace {
	/** Absent for text that is no file. */
	readonly text?: string;
	/** What is not as the address says, each a sentence. */
	readonly doubts: readonly string[];
}

/**
 * Where a range of a document is: at the commit that is checked out, on the pages of the remote that has it. Says where
 * that commit is not pushed or the file has changes. Nothing of a remote's credentials is in it.
 */
export async function codePlace({ uri, isDirty }: vscode.TextDocument, range: vscode.Range): Promise<CodePlace> {
	const repository = await repositoryOf(uri);
	const commit = repository?.state.HEAD?.commit;
	const path = repository && pathBelow(repository.rootUri, uri);
	if (!repository || commit === undefined || path === undefined || isUntracked(repository, uri)) {
		return { text: pathWithLine(uri, range), doubts: [] };
	}
	const having = await remotesHaving(repository, commit);
	const [from, to] = linesOf(range);
	const link = addressesOf(repository, having)
		.map((address) => permalink(address, { commit, path, from, to }))
		.find((one) => one !== undefined);
	if (link === undefined) {
		return { text: pathWithLine(uri, range), doubts: [] };
	}
	const isChanged = isDirty || changesOf(repository).some((one) => one.toString() === uri.toString());
	return {
		text: link,
		doubts: [
			...(having.size === 0 ? [t('The commit of this address is not pushed yet.')] : []),
			...(isChanged ? [t('The file has changes that are not committed, so its lines may be others.')] : []),
		],
	};
}

/** Counted from 1; a selection that ends where a line begins does not hold that line. */
function linesOf({ start, end }: vscode.Range): readonly [from: number, to: number] {
	const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
	return [start.line + 1, last + 1];
}

/** The names of the remotes that, as far as is known here, have a commit. */
async function remotesHaving(repository: Repository, commit: string): Promise<ReadonlySet<string>> {
	try {
		const branches = await repository.getBranches({ remote: true, contains: commit });
		return new Set(branches.flatMap(({ remote }) => remote ?? []));
	} catch {
		return new Set();
	}
}

/** The addresses of the remotes, the best first: those that have the commit, the one pushed to, `origin`, a sole one. */
function addressesOf({ state: { remotes, HEAD } }: Repository, having: ReadonlySet<string>): readonly string[] {
	const usual = [HEAD?.upstream?.remote, 'origin'];
	const rank = (name: string) => (having.has(name) ? 0 : 10) + (usual.includes(name) ? usual.indexOf(name) : 5);
	return [...remotes]
		.filter(({ name }) => having.has(name) || usual.includes(name) || remotes.length === 1)
		.sort((a, b) => rank(a.name) - rank(b.name))
		.flatMap(({ fetchUrl, pushUrl }) => fetchUrl ?? pushUrl ?? []);
}

function changesOf({ state }: Repository): readonly vscode.Uri[] {
	return [...state.mergeChanges, ...state.indexChanges, ...state.workingTreeChanges].map(({ uri }) => uri);
}

/** Whether no commit has the file: Git lists it apart or among the changes, as its settings say. */
function isUntracked({ state }: Repository, uri: vscode.Uri): boolean {
	const isIt = (change: { readonly uri: vscode.Uri }) => change.uri.toString() === uri.toString();
	return (
		(state.untrackedChanges ?? []).some(isIt) ||
		[...state.workingTreeChanges, ...state.indexChanges].some(
			(change) => isIt(change) && newStatuses.has(change.status),
		)
	);
}

function pathBelow(root: vscode.Uri, { path }: vscode.Uri): string | undefined {
	const folder = root.path.endsWith('/') ? root.path : `${root.path}/`;
	return path.startsWith(folder) ? path.slice(folder.length) : undefined;
}

/** Below a folder of the window; of a file elsewhere only the name, for its path says how this computer is set up. */
function pathWithLine(uri: vscode.Uri, range: vscode.Range): string | undefined {
	if (uri.scheme === 'untitled') {
		return undefined;
	}
	const path = vscode.workspace.getWorkspaceFolder(uri)
		? vscode.workspace.asRelativePath(uri)
		: uri.path.slice(uri.path.lastIndexOf('/') + 1);
	return `${path}:${linesOf(range)[0]}`;
}

/** Of the Git extension's statuses: in the index as new, not tracked, ignored, and meant to be added. */
const newStatuses = new Set([1, 7, 8, 9]);
