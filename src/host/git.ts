import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { LocalFailure } from '../core/errors.ts';
import { pickOne } from './ask.ts';

/** What we use of a repository of the editor's own Git extension. */
export interface Repository {
	readonly rootUri: vscode.Uri;
	/** The message that will be committed. */
	readonly inputBox: { value: string };
	readonly state: {
		/** No commit where nothing was committed yet; no name where none is checked out. */
		readonly HEAD?: {
			readonly name?: string;
			readonly commit?: string;
			readonly upstream?: { readonly remote: string };
		};
		readonly remotes: readonly Remote[];
		readonly mergeChanges: readonly Change[];
		readonly indexChanges: readonly Change[];
		readonly workingTreeChanges: readonly Change[];
		readonly untrackedChanges?: readonly Change[];
	};
	createBranch(name: string, checkout: boolean): Promise<void>;
	/** The branches here, with `remote` also those at the remotes; all of them or those that have a commit. */
	getBranches(query: { readonly remote?: boolean; readonly contains?: string }): Promise<readonly Branch[]>;
}

interface Remote {
	readonly name: string;
	readonly fetchUrl?: string;
	readonly pushUrl?: string;
}

interface Change {
	readonly uri: vscode.Uri;
	/** A number of the Git extension's own. */
	readonly status: number;
}

interface Branch {
	readonly name?: string;
	/** Only of a branch at a remote. */
	readonly remote?: string;
}

interface Git {
	readonly state: 'uninitialized' | 'initialized';
	readonly onDidChangeState: vscode.Event<Git['state']>;
	readonly repositories: readonly Repository[];
	getRepository(uri: vscode.Uri): Repository | null;
}

interface GitExtension {
	readonly enabled: boolean;
	getAPI(version: 1): Git;
}

/** Milliseconds that Git gets to find the repositories of a window that was just opened. */
const patience = 5_000;

/**
 * The repository that is meant: the only one, or the one that the person chooses, with that of the active editor on top.
 * Undefined where the person left. Throws `LocalFailure` where there is none.
 */
export async function chooseRepository(title: string): Promise<Repository | undefined> {
	const git = await openGit();
	const { repositories } = git;
	if (repositories.length <= 1) {
		return repositories[0] ?? noRepository();
	}
	const active = vscode.window.activeTextEditor?.document.uri;
	const likely = active && git.getRepository(active);
	const entries = repositories.map((repository) => ({ ...entryOf(repository), value: repository }));
	const ordered = [...entries].sort((a, b) => Number(isSame(b.value, likely)) - Number(isSame(a.value, likely)));
	return pickOne(title, ordered, t('In which repository?'));
}

/** The repository whose root that is; undefined where there is none or no Git. */
export async function repositoryAt(root: vscode.Uri): Promise<Repository | undefined> {
	const git = await openGit();
	return git.repositories.find(({ rootUri }) => rootUri.toString() === root.toString());
}

/** The repository a file belongs to; undefined where there is none or no Git. */
export async function repositoryOf(file: vscode.Uri): Promise<Repository | undefined> {
	try {
		return (await openGit()).getRepository(file) ?? undefined;
	} catch (error) {
		if (error instanceof LocalFailure) {
			return undefined;
		}
		throw error;
	}
}

/** Git's own words for what it refused, as a failure of ours. */
export function gitFailure(sentence: (words: string) => string, error: unknown): LocalFailure {
	const { stderr, message } = error as { readonly stderr?: string; readonly message?: string };
	const words = (stderr || message || String(error)).trim().replace(/^(fatal|error): /, '');
	return new LocalFailure(sentence(words.split('\n')[0] ?? ''), error);
}

async function openGit(): Promise<Git> {
	const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
	if (!extension) {
		throw new LocalFailure(t('This window has no Git.'));
	}
	const { enabled, getAPI } = bound(await extension.activate());
	if (!enabled) {
		throw new LocalFailure(t('Git is switched off in the settings of VS Code.'));
	}
	try {
		return await ready(getAPI(1));
	} catch (error) {
		throw new LocalFailure(t('VS Code has found no Git on this computer.'), error);
	}
}

/** `enabled` is read now, and the function keeps its object. */
function bound(git: GitExtension) {
	return { enabled: git.enabled, getAPI: (version: 1) => git.getAPI(version) };
}

async function ready(git: Git): Promise<Git> {
	if (git.state === 'initialized') {
		return git;
	}
	const listening: vscode.Disposable[] = [];
	let late: ReturnType<typeof setTimeout> | undefined;
	await new Promise<void>((resolve) => {
		listening.push(git.onDidChangeState(() => resolve()));
		late = setTimeout(resolve, patience);
	});
	clearTimeout(late);
	listening.forEach((one) => void one.dispose());
	return git;
}

function noRepository(): never {
	throw new LocalFailure(t('No folder of this window is in a Git repository.'));
}

function entryOf({ rootUri, state }: Repository): vscode.QuickPickItem {
	const name = rootUri.path.split('/').findLast((part) => part !== '') ?? rootUri.path;
	return { label: `$(repo) ${name}`, description: state.HEAD?.name, detail: rootUri.fsPath };
}

function isSame(one: Repository, other: Repository | null | undefined): boolean {
	return one.rootUri.toString() === other?.rootUri.toString();
}
