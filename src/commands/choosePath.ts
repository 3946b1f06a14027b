import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FieldValue, PathField } from '../core/form.ts';

/** Asks for a file or a folder of this computer: its address, or undefined where the person left. */
export async function choosePath(
	title: string,
	field: PathField,
	before: FieldValue | undefined,
): Promise<string | undefined> {
	const chosen = await vscode.window.showOpenDialog({
		title,
		openLabel: t('Choose'),
		canSelectFiles: field.what === 'file',
		canSelectFolders: field.what === 'folder',
		defaultUri: typeof before === 'string' && before !== '' ? vscode.Uri.parse(before, true) : undefined,
		filters: field.endings && { [field.label]: [...field.endings] },
	});
	return chosen?.[0]?.toString();
}
