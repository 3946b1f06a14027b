import { t } from '@vscode/l10n';

/** Planbox's own limit for short names; the call that says so does not say what happens to a longer one. */
export const longestAlias = 10;

export interface NewProject {
	readonly name: string;
	readonly alias: string;
}

interface Line {
	/** Counted as an editor does, empty ones too. */
	readonly number: number;
	readonly project: NewProject;
	readonly hasComma: boolean;
}

/** A project a line, its name and its short name with the last comma between them: names may hold commas. */
function linesOf(text: string): readonly Line[] {
	return text.split(/\r\n?|\n/).flatMap((line, at) => {
		const comma = line.lastIndexOf(',');
		const hasComma = comma >= 0;
		const name = (hasComma ? line.slice(0, comma) : line).trim();
		const alias = hasComma ? line.slice(comma + 1).trim() : '';
		return line.trim() === '' ? [] : [{ number: at + 1, hasComma, project: { name, alias } }];
	});
}

export function projectsOf(text: string): readonly NewProject[] {
	return linesOf(text).map(({ project }) => project);
}

/** Everything wrong with the lines, a sentence each; undefined where nothing is. */
export function whyNoProjects(text: string): string | undefined {
	const problems = linesOf(text).flatMap(problemsOf);
	return problems.length > 0 ? problems.join(' ') : undefined;
}

function problemsOf({ number, hasComma, project: { name, alias } }: Line): readonly string[] {
	if (!hasComma) {
		return [t('Line {0}: “{1}” needs a comma and a short name after it.', number, name)];
	}
	return [
		...(name === '' ? [t('Line {0}: the name is missing.', number)] : []),
		...(alias === '' ? [t('Line {0}: the short name is missing.', number)] : []),
		...(alias.length > longestAlias
			? [t('Line {0}: the short name “{1}” has more than {2} characters.', number, alias, longestAlias)]
			: []),
	];
}
