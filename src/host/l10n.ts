import { config } from '@vscode/l10n';
import { l10n } from 'vscode';

// Imported before everything else: texts that modules hold as constants are translated while those modules load.
if (l10n.bundle) {
	config({ contents: l10n.bundle });
}
