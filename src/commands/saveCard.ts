import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { atTheEnd } from '../core/boardChange.ts';
import { cardsOf, editCard, type PlacedCard } from '../core/cardWrites.ts';
import type { Field, Values } from '../core/form.ts';
import type { Card } from '../core/model.ts';
import { type Sides, sideTexts, threeWay } from '../core/threeWay.ts';
import type { Services } from './services.ts';

/** What is to be saved of a card: fields as the person saw them and as they made them. */
export interface CardEdit {
	readonly fields: readonly Field[];
	readonly base: Values;
	readonly mine: Values;
	/** What a chosen value is called. */
	readonly nameOf?: (field: Field, value: string) => string | undefined;
}

/**
 * Saves fields of a card, after looking at what they are at the vendor now: what others changed meanwhile stays, and where both
 * changed the same the person says whose it is to be. False where they left.
 */
export async function saveCard(
	services: Services,
	placed: PlacedCard,
	edit: CardEdit,
	signal: AbortSignal,
): Promise<boolean> {
	const cards = await cardsOf(services, placed.account, signal);
	const warning = cards.editing?.warning?.(placed.card, edit.mine);
	if (warning && !(await confirmed(warning))) {
		return false;
	}
	const { card, values: theirs } = await cards.look(placed.card, signal);
	show(placed, card);
	const sides = { base: edit.base, mine: edit.mine, theirs };
	const { merged, conflicts } = threeWay(sides);
	const wins = conflicts.length === 0 ? 'theirs' : await askWhose(card, edit, sides);
	if (!wins) {
		return false;
	}
	const own = wins === 'mine' ? conflicts.map(({ field, mine }) => [field, mine]) : [];
	const values = { ...merged, ...Object.fromEntries(own) };
	if (Object.keys(values).length > 0) {
		await editCard(services, { ...placed, card }, values, theirs, signal);
	}
	return true;
}

/** Whatever becomes of the edit, the board shows what others made of the card meanwhile. */
function show({ live, card: { columnId } }: PlacedCard, card: Card): void {
	live?.take(
		card.columnId === columnId
			? { kind: 'replace', card }
			: { kind: 'place', cards: [card], columnId: card.columnId, after: atTheEnd },
	);
}

async function confirmed(warning: string): Promise<boolean> {
	const save = t('Save');
	return (await vscode.window.showWarningMessage(warning, { modal: true }, save)) === save;
}

/** Asks again after comparing. */
async function askWhose({ title }: Card, edit: CardEdit, sides: Sides): Promise<'mine' | 'theirs' | undefined> {
	const compare = t('Compare');
	const mine = t('Save Mine');
	const theirs = t('Keep Theirs');
	const shown = new ShownSides();
	try {
		for (;;) {
			// As an error it stays until it is answered: what was typed waits for it.
			const chosen = await vscode.window.showErrorMessage(
				t('“{0}” was changed at the vendor while you were editing it.', title),
				compare,
				mine,
				theirs,
			);
			if (chosen !== compare) {
				return chosen === mine ? 'mine' : chosen === theirs ? 'theirs' : undefined;
			}
			await shown.show(title, sideTexts(edit.fields, sides, edit.nameOf));
		}
	} finally {
		shown.dispose();
	}
}

const scheme = 'boardwalk-sides';

/** Three texts in the diff editor: what was there before beside mine, and beside theirs. */
class ShownSides implements vscode.TextDocumentContentProvider {
	readonly #registered = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
	#texts: Readonly<Record<keyof Sides, string>> = { base: '', mine: '', theirs: '' };

	provideTextDocumentContent({ query }: vscode.Uri): string {
		return this.#texts[query as keyof Sides] ?? '';
	}

	async show(title: string, texts: Readonly<Record<keyof Sides, string>>): Promise<void> {
		this.#texts = texts;
		const at = (side: keyof Sides, name: string) =>
			vscode.Uri.from({ scheme, path: `/${title.replaceAll('/', '∕')} (${name})`, query: side });
		const base = at('base', t('before'));
		const pairs = [at('mine', t('mine')), at('theirs', t('theirs'))].map((side) => [side, base, side]);
		await vscode.commands.executeCommand('vscode.changes', t('{0}: mine and theirs', title), pairs);
	}

	dispose(): void {
		this.#registered.dispose();
	}
}
