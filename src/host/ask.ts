import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Choice } from '../core/model.ts';
import type { Page } from '../core/page.ts';

/** What a step of a dialogue ended with: a value, a step back, or nothing because the person left. */
export type Answer<T> =
	| { readonly kind: 'value'; readonly value: T }
	| { readonly kind: 'back' }
	| { readonly kind: 'left' };

export interface Step {
	readonly title: string;
	readonly prompt?: string;
	readonly step?: number;
	readonly steps?: number;
	readonly canGoBack?: boolean;
	/** Where in the web the answer is explained; a button opens it while the dialogue stays. */
	readonly helpUrl?: string;
}

export interface TextStep extends Step {
	readonly value?: string;
	readonly placeholder?: string;
	readonly secret?: boolean;
	/** Ends the question, as if the person had left, when it has been answered elsewhere. */
	readonly signal?: AbortSignal;
	/** What is wrong with the text, shown beneath it. */
	check(text: string): string | undefined;
}

export interface ChoiceStep extends Step {
	readonly many?: boolean;
	readonly chosen?: readonly string[];
	readonly none?: string;
	/** Whether what is typed may be taken as it is. */
	readonly free?: boolean;
	readonly choices: (signal: AbortSignal) => Promise<Page<Choice>>;
}

interface HelpButton extends vscode.QuickInputButton {
	readonly helpUrl: string;
}

function buttonsOf({ canGoBack, helpUrl }: Step): readonly (vscode.QuickInputButton | HelpButton)[] {
	const back = canGoBack ? [vscode.QuickInputButtons.Back] : [];
	const iconPath = new vscode.ThemeIcon('question');
	return helpUrl ? [...back, { iconPath, tooltip: t('Where do I find this?'), helpUrl }] : back;
}

/** Opens an explanation in the browser. */
export async function openHelp(url: string): Promise<void> {
	await vscode.env.openExternal(vscode.Uri.parse(url, true));
}

/** Asks for a text. What is wrong with it is said beneath it, once Enter was pressed and then as it is typed. */
export function askText(step: TextStep): Promise<Answer<string>> {
	const input = vscode.window.createInputBox();
	Object.assign(input, {
		title: step.title,
		prompt: step.prompt,
		step: step.step,
		totalSteps: step.steps,
		value: step.value ?? '',
		placeholder: step.placeholder,
		password: step.secret ?? false,
		ignoreFocusOut: true,
		buttons: buttonsOf(step),
	});
	return answered<string>(input, (answer) => {
		step.signal?.addEventListener('abort', () => answer({ kind: 'left' }), { once: true });
		let tried = false;
		const say = (): boolean => {
			input.validationMessage = tried ? step.check(input.value) : undefined;
			return !input.validationMessage;
		};
		input.onDidChangeValue(say);
		input.onDidAccept(() => {
			tried = true;
			if (say()) {
				answer({ kind: 'value', value: input.value });
			}
		});
	});
}

interface ChoiceItem extends vscode.QuickPickItem {
	readonly choice?: Choice;
	readonly more?: NonNullable<Page<Choice>['next']>;
	readonly again?: true;
	readonly typed?: true;
}

/** Asks for one choice or many. Choices load while the list is open; a failure is a line that tries again. */
export function askChoice(step: ChoiceStep): Promise<Answer<readonly Choice[]>> {
	const pick = vscode.window.createQuickPick<ChoiceItem>();
	const leaving = new AbortController();
	Object.assign(pick, {
		title: step.title,
		placeholder: step.prompt,
		step: step.step,
		totalSteps: step.steps,
		canSelectMany: step.many ?? false,
		matchOnDescription: true,
		ignoreFocusOut: true,
		buttons: buttonsOf(step),
	});
	return answered<readonly Choice[]>(pick, (answer) => {
		void loadChoices(pick, step, [], step.choices, leaving.signal);
		if (step.free) {
			pick.onDidChangeValue((text) => offerTyped(pick, text.trim()));
		}
		pick.onDidAccept(() => {
			const [first] = pick.selectedItems;
			if (!step.many && first?.again) {
				void loadChoices(pick, step, [], step.choices, leaving.signal);
			} else if (!step.many && first?.more) {
				void loadChoices(pick, step, pick.items.slice(0, -1), first.more, leaving.signal);
			} else if (step.many || first?.choice) {
				answer({ kind: 'value', value: pick.selectedItems.flatMap(({ choice }) => choice ?? []) });
			}
		});
	}).finally(() => leaving.abort());
}

/** Puts what was typed among the choices, where it is none of them. */
function offerTyped(pick: vscode.QuickPick<ChoiceItem>, text: string): void {
	const chosen = pick.selectedItems;
	const others = pick.items.filter((item) => !item.typed || chosen.includes(item));
	const isNew = text !== '' && !others.some(({ choice }) => choice?.label.toLowerCase() === text.toLowerCase());
	const typed = { label: text, description: t('new'), choice: { value: text, label: text }, typed: true } as const;
	pick.items = isNew ? [typed, ...others] : others;
	pick.selectedItems = chosen;
}

async function loadChoices(
	pick: vscode.QuickPick<ChoiceItem>,
	step: ChoiceStep,
	before: readonly ChoiceItem[],
	ask: (signal: AbortSignal) => Promise<Page<Choice>>,
	signal: AbortSignal,
): Promise<void> {
	pick.busy = true;
	try {
		let page: Page<Choice> | undefined = await ask(signal);
		const items = [...before];
		// Ticks would be lost with every page, so that a list of many choices is loaded whole.
		do {
			items.push(...page.items.map((choice) => ({ choice, label: choice.label, description: choice.detail })));
			page = step.many ? await page.next?.(signal) : page;
		} while (step.many && page);
		pick.items = [...items, ...lastItem(page, items, step)];
		if (step.free) {
			// What was typed while they were on their way still can be taken.
			offerTyped(pick, pick.value.trim());
		}
		const chosen = pick.items.filter(({ choice }) => choice && step.chosen?.includes(choice.value));
		if (step.many) {
			pick.selectedItems = chosen;
		} else if (chosen.length > 0) {
			pick.activeItems = chosen;
		}
	} catch (error) {
		if (!signal.aborted) {
			const label = error instanceof Error ? error.message : String(error);
			pick.items = [{ label: `$(warning) ${label}`, description: t('Try again'), alwaysShow: true, again: true }];
		}
	} finally {
		pick.busy = false;
	}
}

function lastItem(page: Page<Choice> | undefined, items: readonly ChoiceItem[], { none }: ChoiceStep): ChoiceItem[] {
	if (page?.next) {
		return [{ label: t('Load more…'), alwaysShow: true, more: page.next }];
	}
	return items.length === 0 ? [{ label: none ?? t('There is nothing to choose from.') }] : [];
}

/** Shows a dialogue until it is answered, left or stepped back from, and disposes it. */
function answered<T>(
	input: vscode.InputBox | vscode.QuickPick<ChoiceItem>,
	wire: (answer: (answer: Answer<T>) => void) => void,
): Promise<Answer<T>> {
	return new Promise<Answer<T>>((resolve) => {
		wire(resolve);
		input.onDidTriggerButton((button: vscode.QuickInputButton | HelpButton) => {
			if ('helpUrl' in button) {
				void openHelp(button.helpUrl);
			} else {
				resolve({ kind: 'back' });
			}
		});
		input.onDidHide(() => resolve({ kind: 'left' }));
		input.show();
	}).finally(() => input.dispose());
}

/** Asks for one of a few things that are known already. Undefined where the person left. */
export async function pickOne<T>(
	title: string,
	items: readonly (vscode.QuickPickItem & { readonly value: T })[],
	placeholder?: string,
): Promise<T | undefined> {
	const picked = await vscode.window.showQuickPick(items, {
		title,
		placeHolder: placeholder,
		matchOnDescription: true,
		ignoreFocusOut: true,
	});
	return picked?.value;
}

/** A question before something that can't be taken back. True only for the named button. */
export async function confirm(message: string, detail: string, button: string): Promise<boolean> {
	return (await vscode.window.showWarningMessage(message, { modal: true, detail }, button)) === button;
}
