import { NotAllowed, NotFound, Refused } from '../../core/errors.ts';
import type { EntryContainer } from '../../core/model.ts';
import { allItems } from '../../core/page.ts';
import type { Shared } from '../../core/shared.ts';
import type { Client } from './client.ts';
import type { FileWire, FolderWire } from './replies.ts';
import { withheld } from './withheld.ts';

/** What hangs beneath a project or a space. */
export interface FileArea {
	readonly folders: readonly FolderWire[];
	readonly files: readonly FileWire[];
}

/** The file areas of projects and spaces, each read whole and once until the shared answers are forgotten. */
export class Areas {
	readonly #client: Client;
	readonly #shared: Shared;

	constructor(client: Client, shared: Shared) {
		this.#client = client;
		this.#shared = shared;
	}

	forget(): void {
		this.#shared.clear();
	}

	/** Waits for a change and forgets everything, even after a failure: it may have been made all the same. */
	async changing<T>(change: Promise<T>): Promise<T> {
		try {
			return await change;
		} finally {
			this.forget();
		}
	}

	/** The area that a container belongs to. */
	of({ boardId, workspaceId = '' }: EntryContainer, signal: AbortSignal): Promise<FileArea> {
		return boardId === undefined ? this.ofSpace(workspaceId, signal) : this.ofProject(boardId, signal);
	}

	/** All files and folders of a project. */
	ofProject(project: string, signal: AbortSignal): Promise<FileArea> {
		const ask = async (signal: AbortSignal): Promise<FileArea> => {
			const [folders, files] = await Promise.all([
				this.#foldersOfProject(project, signal),
				this.#client.filesOfProject(project, signal).then((page) => allItems(page, signal)),
			]);
			return { folders: folders.filter((folder) => folder.project?.id === project), files };
		};
		return this.#shared.get(`files of project ${project}`, ask, signal);
	}

	/** The files and folders of a space that are in none of its projects. */
	ofSpace(space: string, signal: AbortSignal): Promise<FileArea> {
		const ask = async (signal: AbortSignal): Promise<FileArea> => {
			const [folders, files] = await Promise.all([
				this.#allFolders(signal),
				this.#client.filesOfSpace(space, signal).then((page) => allItems(page, signal)),
			]);
			return {
				folders: folders.filter((folder) => folder.space?.id === space && !folder.project?.id),
				files: files.filter(({ project }) => !project?.id),
			};
		};
		return this.#shared.get(`files of space ${space}`, ask, signal);
	}

	/** Whether the tenant lists the files of spaces, which the manual does not promise; asked once, of any space. */
	hasSpaceFiles(space: string, signal: AbortSignal): Promise<boolean> {
		const ask = async (signal: AbortSignal): Promise<boolean> => {
			try {
				await this.#client.filesOfSpace(space, signal);
				return true;
			} catch (error) {
				if (error instanceof NotFound || error instanceof Refused) {
					return false;
				}
				if (error instanceof NotAllowed) {
					return true;
				}
				throw error;
			}
		};
		return this.#shared.get('has files of spaces', ask, signal);
	}

	/** The path of a project's own list is a guess; all folders are documented. */
	async #foldersOfProject(project: string, signal: AbortSignal): Promise<readonly FolderWire[]> {
		const own = await withheld(
			this.#client.foldersOfProject(project, signal).then((page) => allItems(page, signal)),
			undefined,
		);
		return own ?? this.#allFolders(signal);
	}

	#allFolders(signal: AbortSignal): Promise<readonly FolderWire[]> {
		return this.#shared.get('folders', async (signal) => allItems(await this.#client.folders(signal), signal), signal);
	}
}
