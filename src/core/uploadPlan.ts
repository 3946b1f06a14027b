import { t } from '@vscode/l10n';
import type { Archives, Uploading } from './archives.ts';
import { NotAllowed } from './errors.ts';
import { type Document, type Entry, type EntryContainer, mayTakeDocuments } from './model.ts';
import { allItems } from './page.ts';

/** What goes up where, found out before anything is sent, as plain data. */

/** Something of the person's that is to go up. */
export type Source = SourceFile | SourceFolder;

export interface SourceFile {
	readonly kind: 'file';
	/** Goes up exactly as it is. */
	readonly name: string;
	/** The address of the file that is read. */
	readonly address: string;
	/** Bytes. */
	readonly size: number;
}

export interface SourceFolder {
	readonly kind: 'folder';
	readonly name: string;
	readonly contents: readonly Source[];
}

/** A place files go to: the target, or a folder below it. */
export interface Place {
	/** The folders from the target to here; none for the target itself. */
	readonly path: readonly string[];
	readonly above?: Place;
	/** Absent where the folder has to be made first. */
	readonly container?: EntryContainer;
	/** What stands here already. */
	readonly entries: readonly Entry[];
	/** Why the folder can't be made, in the user's language. */
	readonly blocked?: string;
}

export interface PlannedFile {
	readonly file: SourceFile;
	readonly place: Place;
	/** The way to it among what was chosen, for reading; no two files of a survey have the same. */
	readonly label: string;
}

export interface Survey {
	/** Those above come before those below; the first is the target. */
	readonly places: readonly Place[];
	readonly files: readonly PlannedFile[];
}

export interface Totals {
	readonly files: number;
	/** Bytes. */
	readonly bytes: number;
	/** The labels of files that hold nothing. */
	readonly empty: readonly string[];
	/** Folders that have to be made. */
	readonly newFolders: number;
	/** The folders that can't be made, and why. */
	readonly blocked: readonly Place[];
}

/** What a survey works with, and what it has found so far. */
interface Finding {
	readonly archives: Archives & { readonly uploading: Uploading };
	readonly places: Place[];
	readonly files: PlannedFile[];
	readonly labels: Set<string>;
	readonly signal: AbortSignal;
}

/**
 * Asks the vendor about the target and about every folder below it that gets something; sends nothing. Throws
 * `NotAllowed` where one of them takes nothing of what is to go there.
 */
export async function surveyUpload(
	archives: Archives & { readonly uploading: Uploading },
	target: EntryContainer,
	sources: readonly Source[],
	signal: AbortSignal,
): Promise<Survey> {
	const finding: Finding = { archives, places: [], files: [], labels: new Set(), signal };
	await spread(finding, await look(finding, { path: [], container: target }, sources), sources, []);
	return { places: finding.places, files: finding.files };
}

export function totalsOf({ places, files }: Survey): Totals {
	return {
		files: files.length,
		bytes: files.reduce((sum, { file }) => sum + file.size, 0),
		empty: files.filter(({ file }) => file.size === 0).map(({ label }) => label),
		newFolders: places.filter(({ container, blocked }) => !container && blocked === undefined).length,
		blocked: places.filter(({ blocked }) => blocked !== undefined),
	};
}

/** The plan once it is decided what becomes of the files in folders that can't be made. */
export function withoutBlocked({ places, files }: Survey, instead: 'above' | 'leaveOut'): Survey {
	const kept = instead === 'above' ? files : files.filter(({ place }) => place.blocked === undefined);
	return {
		places: places.filter(({ blocked }) => blocked === undefined),
		files: kept.map((planned) => ({ ...planned, place: nearest(planned.place) })),
	};
}

/** Makes the folders that are not there yet, from above to below. Gives the container of every place. */
export async function makePlaces(
	{ folderCreation }: Archives,
	{ places }: Survey,
	signal: AbortSignal,
): Promise<ReadonlyMap<Place, EntryContainer>> {
	const made = new Map<Place, EntryContainer>();
	for (const place of places) {
		const above = place.above && made.get(place.above);
		const container = place.container ?? (above && (await folderCreation?.create(above, nameOf(place), signal)));
		if (!container) {
			throw new NotAllowed(noFolders(nameOf(place)));
		}
		made.set(place, container);
	}
	return made;
}

function nameOf({ path, container }: Place): string {
	return path.at(-1) ?? container?.name ?? '';
}

function nearest(place: Place): Place {
	return place.blocked !== undefined && place.above ? nearest(place.above) : place;
}

async function spread(finding: Finding, place: Place, sources: readonly Source[], way: readonly string[]) {
	for (const source of sources) {
		if (source.kind === 'file') {
			finding.files.push({ file: source, place, label: labelOf(finding.labels, source, way) });
		}
	}
	for (const folder of merged(sources)) {
		const below = await placeOf(finding, place, folder);
		await spread(finding, below, folder.contents, [...way, folder.name]);
	}
}

/** Two folders of one name, chosen in different places, become one. */
function merged(sources: readonly Source[]): readonly SourceFolder[] {
	const folders = new Map<string, SourceFolder>();
	for (const source of sources) {
		if (source.kind === 'folder') {
			const contents = folders.get(source.name)?.contents ?? [];
			folders.set(source.name, { ...source, contents: [...contents, ...source.contents] });
		}
	}
	return [...folders.values()];
}

async function placeOf(finding: Finding, above: Place, { name, contents }: SourceFolder): Promise<Place> {
	const path = [...above.path, name];
	const there = folderAmong(above.entries, name);
	if (there) {
		return look(finding, { path, above, container: there }, contents);
	}
	const place: Place = { path, above, entries: [], blocked: whyBlocked(finding.archives, above) };
	finding.places.push(place);
	return place;
}

/** A folder, or what stands for one, of that name; one that only looks the same serves where none is exactly the same. */
function folderAmong(entries: readonly Entry[], name: string): Entry | undefined {
	const folders = entries.filter((entry) => entry.kind === 'folder' || mayTakeDocuments(entry));
	return folders.find((entry) => entry.name === name) ?? folders.find((entry) => looksLike(entry.name, name));
}

/** Whether two names can't be told apart by reading: one character or a letter and its accent. */
export function looksLike(a: string, b: string): boolean {
	return a.normalize('NFC') === b.normalize('NFC');
}

/**
 * Below a folder that can't be made none can; below one that is still to be made only the attempt tells. Throws
 * `NotAllowed` where the files could not even go into the place above.
 */
function whyBlocked({ folderCreation }: Archives, { container, blocked }: Place): string | undefined {
	if (!container) {
		return blocked;
	}
	const why = folderCreation ? folderCreation.whyNot?.(container) : noFolders(container.name);
	if (why !== undefined && !mayTakeDocuments(container)) {
		throw new NotAllowed(why);
	}
	return why;
}

function noFolders(name: string): string {
	return t('No folders can be made in “{0}”.', name);
}

async function look(
	{ archives, places, signal }: Finding,
	place: Omit<Place, 'entries'> & { readonly container: EntryContainer },
	contents: readonly Source[],
): Promise<Place> {
	const needed = mayTakeDocuments(place.container) || contents.some(({ kind }) => kind === 'file');
	const container = needed ? await archives.uploading.prepare(place.container, signal) : place.container;
	const entries = await allItems(await archives.entries(container, signal), signal);
	const found: Place = { ...place, container, entries };
	places.push(found);
	return found;
}

function labelOf(labels: Set<string>, { name, address }: SourceFile, way: readonly string[]): string {
	const own = [...way, name].join('/');
	const longer = decodedPath(address)
		.split('/')
		.slice(-2 - way.length)
		.join('/');
	let label = labels.has(own) ? longer : own;
	for (let number = 2; labels.has(label); number += 1) {
		label = `${longer} (${number})`;
	}
	labels.add(label);
	return label;
}

function decodedPath(address: string): string {
	try {
		return decodeURIComponent(address);
	} catch {
		return address;
	}
}

/** The documents of a place that a new file of this name meets. */
export function documentsNamed({ entries }: Place, name: string): readonly Document[] {
	// What takes documents itself, such as a page, is a place: a file of its name is put beside it.
	return entries.filter(
		(entry): entry is Document => entry.kind === 'document' && !mayTakeDocuments(entry) && looksLike(entry.name, name),
	);
}
