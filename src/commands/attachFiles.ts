import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { attachFile } from '../core/cardParts.ts';
import { cardsOf, type PlacedCard } from '../core/cardWrites.ts';
import { LocalFailure } from '../core/errors.ts';
import { localFile } from '../files/localFile.ts';
import { withProgress } from '../host/progress.ts';
import { numberText } from '../views/format.ts';
import { cardsFor } from './cardPlace.ts';
import type { Handler, Services } from './services.ts';

/** Puts files of this computer onto a card. */
export const attachFiles: Handler = async (services, node, rest) => {
	const title = t('Attach files');
	const [placed] = await cardsFor(services, node, rest, title, ({ attaching }) => attaching !== undefined);
	const files = placed && (await vscode.window.showOpenDialog({ title, openLabel: t('Attach'), canSelectMany: true }));
	if (placed && files) {
		await attachTo(services, placed, files);
	}
};

/** Puts files onto a card, one after the other. Throws `LocalFailure` where the card takes none. */
export async function attachTo(services: Services, placed: PlacedCard, files: readonly vscode.Uri[]): Promise<void> {
	await withProgress(t('Attaching files to “{0}”', placed.card.title), async (signal, advance) => {
		const { attaching } = await cardsOf(services, placed.account, signal);
		if (!attaching || placed.card.readOnly) {
			throw new LocalFailure(placed.card.readOnly ?? t('“{0}” takes no files.', placed.card.title));
		}
		for (const [at, uri] of files.entries()) {
			advance(t('{0} of {1}', numberText(at + 1), numberText(files.length)));
			await attachFile(services, placed, await localFile(uri), signal);
		}
	});
	services.pages.reloadCard(placed);
}
