import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { openCardById } from '../../../src/commands/cardOfCode.ts';
import type { Handler, Services } from '../../../src/commands/services.ts';
import { KnownCards } from '../../../src/core/knownCards.ts';
import type { Board, Card, Workspace } from '../../../src/core/model.ts';
import type { Repository } from '../../../src/host/git.ts';
import { type Script, type Step, scripted, until } from '../support.ts';

interface GitApi {
	readonly repositories: readonly Repository[];
	openRepository(root: vscode.Uri): Promise<Repository | null>;
}

const run = promisify(execFile);

export async function gitApi(): Promise<GitApi> {
	const git = await vscode.extensions.getExtension('vscode.git')?.activate();
	return (git as { getAPI(version: 1): GitApi }).getAPI(1);
}

/** A repository on disk with one commit. */
export class Checkout {
	readonly folder: string;
	readonly root: vscode.Uri;

	constructor(folder: string) {
		this.folder = folder;
		this.root = vscode.Uri.file(folder);
	}

	async git(...args: readonly string[]): Promise<string> {
		const { stdout } = await run('git', [
			'-C',
			this.folder,
			'-c',
			'user.name=Ada',
			'-c',
			'user.email=a@b.example',
			...args,
		]);
		return stdout.trim();
	}

	async write(name: string, content: string): Promise<vscode.Uri> {
		await writeFile(join(this.folder, name), content);
		return vscode.Uri.file(join(this.folder, name));
	}

	/** As the editor sees it, once it has seen what this says. */
	async seen(what: string, fits: (repository: Repository) => boolean): Promise<Repository> {
		const api = await gitApi();
		const repository = await api.openRepository(this.root);
		assert.ok(repository, `the editor did not open ${this.folder}`);
		await (repository as unknown as { status(): Promise<void> }).status();
		return until(what, () => fits(repository) && repository);
	}
}

export async function checkout(name: string): Promise<Checkout> {
	const folder = join(await realpath(tmpdir()), `boardwalk-${randomUUID()}`, name);
	await mkdir(folder, { recursive: true });
	const made = new Checkout(folder);
	await made.git('init', '--quiet', '--initial-branch=main');
	await made.write('sail.ts', 'const sail = 1;\n\t// TODO: fix the mainsail\nreef();\n');
	await made.git('add', '.');
	await made.git('commit', '--quiet', '--message', 'Begin');
	return made;
}

export const workspace: Workspace = { id: 'w', name: 'Ferry' };
export const board: Board = { id: 'b', workspaceId: 'w', name: 'Rigging' };
export const card: Card = {
	id: '99008123',
	key: '990012',
	boardId: 'b',
	columnId: 'c',
	title: 'Fix the *mainsail* <b>now</b>',
	status: 'In progress',
	webUrl: 'https://vendor.example/cards/99008123?tab=a%20b',
};

/** The cards of one opened board. */
export function knownCards(...more: readonly Card[]): KnownCards {
	const known = new KnownCards({ get: () => undefined, set: async () => undefined });
	known.note({ id: 'a' }, workspace, board, [card, ...more]);
	return known;
}

/** Runs a command with as much of the services as it uses. */
export function command(
	handler: Handler,
	steps: readonly Step[],
	args: readonly unknown[],
	services: Partial<Services> & { readonly known: KnownCards },
): Promise<Script> {
	const accounts = { get: () => ({ name: 'Acme' }) };
	return scripted(steps, () => handler({ accounts, ...services } as unknown as Services, undefined, args));
}

/** Opens what a link's address runs, and says which card it opened. */
export async function cardsOpened(known: KnownCards, text: string, steps: readonly Step[] = []): Promise<unknown[]> {
	const opened: unknown[] = [];
	const executeCommand = async (id: string, argument: unknown) => opened.push(id, argument);
	await instead(vscode.commands, { executeCommand }, () => command(openCardById, steps, [text], { known }));
	return opened;
}

/** Puts something else into the editor's API while a test runs. */
export async function instead<T>(holder: object, fakes: object, job: () => T | Promise<T>): Promise<T> {
	const own = holder as Record<string, unknown>;
	const originals = Object.fromEntries(Object.keys(fakes).map((name) => [name, own[name]]));
	Object.assign(holder, fakes);
	try {
		return await job();
	} finally {
		Object.assign(holder, originals);
	}
}
