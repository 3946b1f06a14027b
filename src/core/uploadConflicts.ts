import type { Archives } from './archives.ts';
import { nameKey } from './fileName.ts';
import type { Document, EntryContainer } from './model.ts';
import { documentsNamed, type Place, type PlannedFile, type SourceFile, type Survey } from './uploadPlan.ts';

/** Names that are there already, what can be done about each, and what is sent once that is decided. */

/**
 * `version`: what is there stays as an earlier version. `replace`: it is lost. `keepBoth`: both stand side by side, under
 * another name where the vendor would not leave both. `skip`: the file does not go up.
 */
export type Resolution = 'version' | 'replace' | 'keepBoth' | 'skip';

export interface Conflict {
	readonly planned: PlannedFile;
	/** Whether the other one goes up with the same batch, rather than being there already. */
	readonly twin: boolean;
	/** What can be done, first what loses nothing. */
	readonly choices: readonly Resolution[];
	/** The document whose content `version` or `replace` would replace; absent where a plain upload does it. */
	readonly replaces?: Document;
}

/** One file as it is sent. */
export interface Sending {
	readonly file: SourceFile;
	readonly place: Place;
	/** What it will be called. */
	readonly name: string;
	readonly replaces?: Document;
}

/** Every file whose name is there already or comes twice, in the order of the plan. */
export function conflictsOf({ files }: Survey, archives: Archives): readonly Conflict[] {
	const seen = new Map<Place, Set<string>>();
	return files.flatMap((planned): readonly Conflict[] => {
		const { place, file } = planned;
		const names = seen.get(place) ?? new Set();
		seen.set(place, names);
		const twin = names.has(alike(file.name));
		names.add(alike(file.name));
		const there = documentsNamed(place, file.name);
		if (twin) {
			// Which of two would be the later version is left to chance, so there is no such choice.
			return [{ planned, twin, choices: ['keepBoth', 'skip'] }];
		}
		return there.length > 0 ? [{ planned, twin, ...choicesAt(place, file.name, there, archives) }] : [];
	});
}

/** What is sent, with the answers by the files' labels; a conflict without an answer is skipped. */
export function decide(
	{ files }: Survey,
	conflicts: readonly Conflict[],
	answers: ReadonlyMap<string, Resolution>,
): readonly Sending[] {
	const inConflict = new Map(conflicts.map((conflict) => [conflict.planned.label, conflict]));
	const taken = takenNames(files);
	return files.flatMap(({ file, place, label }): readonly Sending[] => {
		const conflict = inConflict.get(label);
		const plain: Sending = { file, place, name: file.name };
		switch (conflict ? (answers.get(label) ?? 'skip') : undefined) {
			case 'skip':
				return [];
			case 'keepBoth':
				return [{ ...plain, name: keepsBoth(place) ? file.name : freeName(file.name, taken.get(place)) }];
			case 'version':
			case 'replace':
				return [{ ...plain, replaces: conflict?.replaces }];
			default:
				return [plain];
		}
	});
}

/** A name like the given one that is not among those taken, by `nameKey`, and takes it: `Plan (2).pdf`. */
export function freeName(name: string, taken: Set<string> = new Set()): string {
	const dot = name.lastIndexOf('.');
	const end = dot > 0 ? dot : name.length;
	let free = name;
	for (let number = 2; taken.has(nameKey(free)); number += 1) {
		free = `${name.slice(0, end)} (${number})${name.slice(end)}`;
	}
	taken.add(nameKey(free));
	return free;
}

function alike(name: string): string {
	return name.normalize('NFC');
}

function takenNames(files: readonly PlannedFile[]): ReadonlyMap<Place, Set<string>> {
	const taken = new Map<Place, Set<string>>();
	for (const { file, place } of files) {
		const names = taken.get(place) ?? new Set(place.entries.map(({ name }) => nameKey(name)));
		taken.set(place, names.add(nameKey(file.name)));
	}
	return taken;
}

function choicesAt(
	{ container }: Place,
	name: string,
	there: readonly Document[],
	{ saving }: Archives,
): Pick<Conflict, 'choices' | 'replaces'> {
	const sameName = sameNameOf(container);
	// The vendor takes only exactly the same name for the same.
	if (sameName !== 'duplicate' && there.some((document) => document.name === name)) {
		return { choices: choicesWith(sameName) };
	}
	const [only, another] = there;
	const replaces = saving && only && !another && only.readOnly === undefined ? only : undefined;
	return replaces
		? { choices: choicesWith(saving?.keepsEarlier ? 'version' : 'replace'), replaces }
		: { choices: ['keepBoth', 'skip'] };
}

function choicesWith(change: 'version' | 'replace'): readonly Resolution[] {
	return change === 'version' ? [change, 'keepBoth', 'skip'] : ['keepBoth', change, 'skip'];
}

/** Whether two files of one name can stand side by side; of a folder that is still to be made nobody knows. */
function keepsBoth({ container }: Place): boolean {
	return container !== undefined && sameNameOf(container) === 'duplicate';
}

function sameNameOf(container: EntryContainer | undefined) {
	return (container && 'sameName' in container ? container.sameName : undefined) ?? 'duplicate';
}
