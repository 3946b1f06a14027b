import { t } from '@vscode/l10n';
import { pickOne } from '../host/ask.ts';
import { numberText } from '../views/format.ts';

export interface ConflictChoice {
	readonly id: string;
	readonly label: string;
	readonly detail?: string;
}

export interface Conflicts {
	readonly title: string;
	/** What is there already, each by a name of its own. */
	readonly names: readonly string[];
	/** What can be done about it, the safest first. */
	readonly choices: readonly ConflictChoice[];
}

/** Not the `id` of any choice. */
const oneByOne = Symbol('one by one');

/**
 * What is to become of each of several names that are there already, asked once for all of them or one by one. Undefined
 * where the person left; nothing is to be done then.
 */
export async function askConflicts(conflicts: Conflicts): Promise<ReadonlyMap<string, string> | undefined> {
	const { title, names, choices } = conflicts;
	if (names.length < 2) {
		return askEach(conflicts);
	}
	const answer = await pickOne<string | typeof oneByOne>(
		title,
		[
			...choices.map(({ id, label, detail }) => ({ label: t('{0} (all)', label), detail, value: id })),
			{ label: t('Decide one by one'), detail: listOf(names), value: oneByOne },
		],
		t('{0} are there already: {1}', numberText(names.length), listOf(names)),
	);
	if (answer === undefined) {
		return undefined;
	}
	return typeof answer === 'string' ? new Map(names.map((name) => [name, answer])) : askEach(conflicts);
}

async function askEach({ title, names, choices }: Conflicts): Promise<ReadonlyMap<string, string> | undefined> {
	const answers = new Map<string, string>();
	for (const [index, name] of names.entries()) {
		const place = names.length > 1 ? ` (${numberText(index + 1)}/${numberText(names.length)})` : '';
		const items = choices.map(({ id, label, detail }) => ({ label, detail, value: id }));
		const answer = await pickOne(`${title}${place}`, items, t('{0} is there already', name));
		if (answer === undefined) {
			return undefined;
		}
		answers.set(name, answer);
	}
	return answers;
}

/** The first few names; a list of thousands would say nothing. */
function listOf(names: readonly string[]): string {
	const shown = names.slice(0, 5).join(', ');
	return names.length > 5 ? `${shown} …` : shown;
}
