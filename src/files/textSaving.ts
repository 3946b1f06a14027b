import { t } from '@vscode/l10n';
import { FileSystemError, type Uri } from 'vscode';
import { InvalidInput } from '../core/errors.ts';
import type { Board } from '../core/model.ts';
import type { TextProperty } from '../core/textProperty.ts';
import { snapshotUri } from './propertyUri.ts';
import { askAboutConflict } from './saveConflict.ts';
import { standingOfText, type TextStanding, textDigest } from './textBases.ts';

/** A text as it stands at the vendor. */
export interface ReadText {
	readonly text: string;
	readonly digest: string;
}

/** A text of a board, found. */
export interface FoundText {
	readonly uri: Uri;
	readonly property: TextProperty<Board>;
	readonly board: Board;
}

export interface TextSave {
	/** The digest of what the editor began with; undefined where that is not known. */
	readonly base: string | undefined;
	/** The text at the vendor now, asked for anew. */
	readonly readNow: () => Promise<ReadText>;
}

/**
 * Replaces a text at the vendor with what an editor holds, asking first where it is not what the editor began with. Throws
 * where nothing was saved, so that the editor keeps its changes: `InvalidInput` before anything was sent.
 */
export async function saveText(
	found: FoundText,
	text: string,
	{ base, readNow }: TextSave,
	signal: AbortSignal,
): Promise<void> {
	const { property, board } = found;
	checkText(found, text);
	const now = await readNow();
	const standing = standingOfText(base, now.digest, await textDigest(property.fileName, text));
	if (standing === 'unchanged') {
		await property.save(board, text, signal);
	} else if (standing !== 'same') {
		await askToOverwrite(found, standing);
		// What changes once more before it is overwritten is asked about again.
		await saveText(found, text, { base: now.digest, readNow }, signal);
	}
}

/** Throws `InvalidInput` where a text can't stand at the vendor. */
function checkText({ property }: FoundText, text: string): void {
	const message = property.check(text);
	if (message !== undefined) {
		throw new InvalidInput([{ message }]);
	}
}

async function askToOverwrite(
	{ uri }: FoundText,
	conflict: Exclude<TextStanding, 'unchanged' | 'same'>,
): Promise<void> {
	const name = nameOf(uri);
	const answer = await askAboutConflict({
		name,
		conflict,
		keepsEarlier: false,
		canCopy: false,
		now: snapshotUri(uri),
		own: uri,
		isTaken: () => false,
	});
	if (answer.kind !== 'overwrite') {
		throw FileSystemError.Unavailable(t('Nothing was saved: “{0}” is another at the server by now.', name));
	}
}

function nameOf({ path }: Uri): string {
	return path.slice(path.lastIndexOf('/') + 1);
}
