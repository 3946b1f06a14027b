import type { Hit } from './model.ts';
import { itemsOf } from './page.ts';
import type { Session } from './provider.ts';

/** Finds by text in everything an account can list: at the vendor where it searches itself, else by walking its lists. */
export async function* searchSession(session: Session, text: string, signal: AbortSignal): AsyncGenerator<Hit, void> {
	const wanted = foldText(text);
	if (session.search) {
		yield* session.search(text, signal);
		return;
	}
	for await (const hit of walk(session, signal)) {
		if (foldText(nameOf(hit)).includes(wanted)) {
			yield hit;
		}
	}
}

/** The name of the deepest thing that was found. */
export function nameOf({ card, column, board, workspace }: Hit): string {
	return card?.title ?? (column ?? board ?? workspace).name;
}

/** Text without its case and accents, so that "angstrom" finds "Ångström". */
export function foldText(text: string): string {
	return text
		.normalize('NFD')
		.replaceAll(/\p{Diacritic}/gu, '')
		.toLocaleLowerCase();
}

async function* walk(session: Session, signal: AbortSignal): AsyncGenerator<Hit, void> {
	const depth = session.walkTo ?? 'card';
	for await (const workspace of itemsOf(await session.workspaces(signal), signal)) {
		yield { workspace };
		if (depth === 'workspace' || !session.boards) {
			continue;
		}
		for await (const board of itemsOf(await session.boards.list(workspace, signal), signal)) {
			yield { workspace, board };
			if (depth === 'board') {
				continue;
			}
			for (const column of await session.boards.columns(board, signal)) {
				for await (const card of itemsOf(await session.boards.cards(column, signal), signal)) {
					yield { workspace, board, column, card };
				}
			}
		}
	}
}
