import { t } from '@vscode/l10n';

/** What is wrong with a name that a person types for something new, said beside the box. The vendor may still refuse it. */
export function nameProblem(name: string, isTaken: (name: string) => boolean = () => false): string | undefined {
	const wanted = name.trim();
	if (wanted === '') {
		return t('A name is needed.');
	}
	if (/[/\\\p{Cc}]/u.test(wanted) || /^\.{1,2}$/.test(wanted)) {
		return t('A name can’t hold a slash or a line break, nor be only dots.');
	}
	return isTaken(wanted) ? t('There is a “{0}” here already.', wanted) : undefined;
}
