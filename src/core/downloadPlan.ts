import type { Branch } from './documentWalk.ts';
import { distinctNames, nameKey, nameWithId, safeFolderName } from './fileName.ts';
import type { Document } from './model.ts';

/** Where documents and folders come down to: every name legal, distinct whatever its case, and inside the folder. */

/** What is to come down: single documents, and what was found in containers. */
export interface Picked {
	readonly documents: readonly Document[];
	readonly branches: readonly Branch[];
}

/** A folder below the chosen one. */
interface Directory {
	/** Safe names from the chosen folder to here; none for itself. */
	readonly path: readonly string[];
	/** What is there already, by `nameKey`. */
	readonly there: There;
	/** The names that are taken by what comes down, by `nameKey`. */
	readonly taken: Set<string>;
}

export type There = ReadonlyMap<string, 'file' | 'folder'>;

export interface PlannedDocument {
	readonly document: Document;
	readonly directory: Directory;
	readonly name: string;
	/** The way to it below the chosen folder, for reading; no two of a plan have the same. */
	readonly label: string;
	/** Whether a file of that name is there already. */
	readonly isThere: boolean;
}

export interface DownloadPlan {
	/** The folders that are to be there, those above before those below. */
	readonly folders: readonly (readonly string[])[];
	readonly documents: readonly PlannedDocument[];
	/** Those that can't come down. */
	readonly left: readonly Document[];
}

/** What is there already in a folder below the chosen one, by `nameKey`; nothing where there is no such folder. */
export type Look = (path: readonly string[]) => Promise<There>;

export async function planDownload({ documents, branches }: Picked, look: Look): Promise<DownloadPlan> {
	const plan: Plan = { folders: [], documents: [], left: [] };
	await layOut(plan, documents, branches, [], look);
	return plan;
}

/** What comes down, with the answers by the documents' labels. One that has no answer is left as it is. */
export function decideDownload(
	{ documents }: DownloadPlan,
	answers: ReadonlyMap<string, string>,
): readonly Pick<PlannedDocument, 'document' | 'directory' | 'name'>[] {
	return documents.flatMap((planned) => {
		const { document, directory, name, label, isThere } = planned;
		switch (isThere ? (answers.get(label) ?? 'skip') : 'replace') {
			case 'replace':
				return [planned];
			case 'keepBoth':
				return [{ document, directory, name: nameBeside(name, directory) }];
			default:
				return [];
		}
	});
}

interface Plan {
	readonly folders: (readonly string[])[];
	readonly documents: PlannedDocument[];
	readonly left: Document[];
}

async function layOut(
	plan: Plan,
	documents: readonly Document[],
	branches: readonly Branch[],
	path: readonly string[],
	look: Look,
): Promise<void> {
	const there = await look(path);
	const directory: Directory = { path, there, taken: new Set() };
	layOutDocuments(plan, documents, directory);
	const isTaken = (name: string) => directory.taken.has(nameKey(name)) || there.get(nameKey(name)) === 'file';
	const folders = branches.map(({ container: { id, name } }) => ({ id, name: safeFolderName(name) }));
	const names = distinctNames(folders, isTaken);
	names.forEach((name) => directory.taken.add(nameKey(name)));
	for (const [index, branch] of branches.entries()) {
		const below = [...path, names[index] ?? ''];
		plan.folders.push(below);
		const inner = branch.entries.filter((entry) => entry.kind === 'document');
		await layOut(plan, inner, [...branch.below.values()], below, look);
	}
}

function layOutDocuments(plan: Plan, documents: readonly Document[], directory: Directory): void {
	const { path, there, taken } = directory;
	const readable = documents.filter(({ notDownloadable }) => notDownloadable === undefined);
	plan.left.push(...documents.filter(({ notDownloadable }) => notDownloadable !== undefined));
	const names = distinctNames(
		readable.map(({ id, fileName }) => ({ id, name: fileName })),
		(name) => there.get(nameKey(name)) === 'folder',
	);
	for (const [index, document] of readable.entries()) {
		const name = names[index] ?? '';
		taken.add(nameKey(name));
		const isThere = there.has(nameKey(name));
		plan.documents.push({ document, directory, name, label: [...path, name].join('/'), isThere });
	}
}

/** `Plan (2).pdf`, where that is free. */
function nameBeside(name: string, { there, taken }: Directory): string {
	let number = 2;
	while (isTaken(nameWithId(name, String(number)))) {
		number += 1;
	}
	const free = nameWithId(name, String(number));
	taken.add(nameKey(free));
	return free;

	function isTaken(one: string): boolean {
		return there.has(nameKey(one)) || taken.has(nameKey(one));
	}
}
