import { t } from '@vscode/l10n';
import { LocalFailure } from '../core/errors.ts';
import { removeCard } from './cards.ts';
import { deleteDocument } from './folders.ts';
import { operate } from './operate.ts';
import type { Handler } from './services.ts';

/** The delete key: whatever is selected is deleted or archived, where it can be. */
export const deleteSelected: Handler = async (services, node, rest) => {
	const abilities = node?.item().context ?? [];
	if (abilities.includes('deleteCard') || abilities.includes('archiveCard')) {
		await removeCard(services, node, rest);
	} else if (abilities.includes('delete')) {
		await deleteDocument(services, node, rest);
	} else if (abilities.includes('opDelete')) {
		await operate('delete')(services, node, rest);
	} else if (abilities.includes('opRemove')) {
		await operate('remove')(services, node, rest);
	} else if (node) {
		throw new LocalFailure(t('{0} can’t be deleted from here.', node.item().label));
	}
};
