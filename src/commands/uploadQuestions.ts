import { t } from '@vscode/l10n';
import type { Archives, Uploading } from '../core/archives.ts';
import { type Conflict, conflictsOf, decide, type Resolution, type Sending } from '../core/uploadConflicts.ts';
import { type Place, type Survey, totalsOf, withoutBlocked } from '../core/uploadPlan.ts';
import { confirm, pickOne } from '../host/ask.ts';
import { numberText, present, sizeText } from '../views/format.ts';
import { askConflicts, type ConflictChoice } from './askConflicts.ts';
import type { ChosenTarget } from './uploadTarget.ts';

/** Everything that is asked about an upload, once for the whole of it and before anything is sent. */

/** What is known before anything is sent. */
export interface Preflight {
	readonly archives: Archives & { readonly uploading: Uploading };
	readonly target: ChosenTarget;
	readonly survey: Survey;
	/** The names of what does not go up. */
	readonly leftOut: readonly string[];
}

export interface Decided {
	/** Without the folders that can't be made. */
	readonly survey: Survey;
	readonly sendings: readonly Sending[];
}

/** Files and bytes from which on an upload is asked about even where nothing is in its way. */
const many = 20;
const large = 1_000_000_000;

/** Undefined where the person left: then nothing is sent. */
export async function askUpload(preflight: Preflight): Promise<Decided | undefined> {
	const title = titleOf(preflight);
	const blocked = totalsOf(preflight.survey).blocked;
	const survey = blocked.length > 0 ? await askFolders(title, preflight.survey, blocked) : preflight.survey;
	const conflicts = survey ? conflictsOf(survey, preflight.archives) : [];
	const answers = await askAbout(title, conflicts);
	if (!survey || !answers) {
		return undefined;
	}
	const asked = blocked.length > 0 || conflicts.length > 0;
	// What does not go up is said in any case.
	const remarkable = preflight.leftOut.length > 0 || (!asked && isRemarkable(preflight));
	const agreed = !remarkable || (await confirm(title, detailOf(preflight), t('Upload')));
	return agreed ? { survey, sendings: decide(survey, conflicts, answers) } : undefined;
}

/** How many files, how many bytes, where to. */
function titleOf({ survey, target }: Preflight): string {
	const { files, bytes } = totalsOf(survey);
	return files === 1
		? t('Upload {0} ({1}) to {2}', survey.files[0]?.file.name ?? '', sizeText(bytes), target.place)
		: t('Upload {0} files ({1}) to {2}', numberText(files), sizeText(bytes), target.place);
}

/** A few files to a place that was named are no question. */
function isRemarkable({ survey, target }: Preflight): boolean {
	const { files, bytes } = totalsOf(survey);
	return !target.exact || survey.places.length > 1 || files > many || bytes > large;
}

function detailOf({ survey, leftOut }: Preflight): string {
	const { newFolders, empty } = totalsOf(survey);
	return present(
		newFolders > 0 && t('Folders that are made: {0}.', numberText(newFolders)),
		empty.length > 0 && t('Files that are empty: {0}.', someOf(empty)),
		leftOut.length > 0 && t('Links to folders and special files do not go up: {0}.', someOf(leftOut)),
	).join('\n');
}

/** A modal question has no room for a thousand names. */
function someOf(names: readonly string[]): string {
	const shown = names.slice(0, 5).join(', ');
	return names.length > 5 ? t('{0} and {1} more', shown, numberText(names.length - 5)) : shown;
}

async function askFolders(title: string, survey: Survey, blocked: readonly Place[]): Promise<Survey | undefined> {
	const above = withoutBlocked(survey, 'above');
	const without = withoutBlocked(survey, 'leaveOut');
	const outside = survey.files.length - without.files.length;
	const reason = blocked[0]?.blocked ?? '';
	return pickOne<Survey>(
		title,
		[
			{
				label: t('Put all files directly there'),
				detail: t('Without their folders: {0}.', someOf(blocked.map(({ path }) => path.join('/')))),
				value: above,
			},
			{
				label: t('Leave these folders out'),
				detail: t('Files that do not go up: {0}.', numberText(outside)),
				value: without,
			},
		],
		reason,
	);
}

/** Conflicts that leave the same choices are one question. Undefined where the person left one of them. */
async function askAbout(
	title: string,
	conflicts: readonly Conflict[],
): Promise<ReadonlyMap<string, Resolution> | undefined> {
	const answers = new Map<string, Resolution>();
	const groups = Map.groupBy(conflicts, ({ choices, twin }) => `${choices.join()} ${twin}`);
	for (const group of groups.values()) {
		const { choices = [], twin = false } = group[0] ?? {};
		const given = await askConflicts({
			title: twin ? t('{0}: names that come twice', title) : title,
			names: group.map(({ planned }) => planned.label),
			choices: choices.map(choiceOf),
		});
		if (!given) {
			return undefined;
		}
		for (const [label, id] of given) {
			const resolution = choices.find((choice) => choice === id);
			if (resolution) {
				answers.set(label, resolution);
			}
		}
	}
	return answers;
}

function choiceOf(id: Resolution): ConflictChoice {
	switch (id) {
		case 'version':
			return { id, label: t('New version'), detail: t('What is there is kept as an earlier version.') };
		case 'replace':
			return { id, label: t('Replace'), detail: t('What is there is lost.') };
		case 'keepBoth':
			return { id, label: t('Keep both'), detail: t('The new one stands beside the one that is there.') };
		case 'skip':
			return { id, label: t('Skip'), detail: t('The file is not uploaded.') };
	}
}
