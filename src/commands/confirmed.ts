import { t } from '@vscode/l10n';
import type { Confirmation } from '../core/form.ts';
import { askText, confirm } from '../host/ask.ts';
import { present } from '../views/format.ts';

/** Asks before something is done; what can't be taken back and hurts wants its word typed. */
export async function confirmed(title: string, confirmation: Confirmation): Promise<boolean> {
	const { question, detail, button, word } = confirmation;
	if (word === undefined) {
		return confirm(question, detail ?? '', button);
	}
	const wanted = t('Type “{0}” to go on.', word);
	const prompt = present(question, detail, wanted).join(' ');
	const check = (text: string) => (text.trim() === word.trim() ? undefined : wanted);
	return (await askText({ title, prompt, check })).kind === 'value';
}
