import { t } from '@vscode/l10n';
import { NotFound } from '../../core/errors.ts';
import type { Shortlist } from '../../core/operations.ts';
import type { Data } from './data.ts';

/** The person's favourite and recent projects. https://docs.wise.is/cored/user-home */
export function shortlists(data: Data): readonly Shortlist[] {
	return [
		{
			id: 'favourites',
			name: t('Favourites'),
			icon: 'star-full',
			none: t('You have no favourite projects. CoreData itself is where they are marked.'),
			list: (signal) =>
				shown(data.shortlist('favourites', signal), t('This CoreData does not show favourite projects.')),
		},
		{
			id: 'recent',
			name: t('Recent projects'),
			icon: 'history',
			none: t('You have not worked with a project yet.'),
			list: (signal) => shown(data.shortlist('recent', signal), t('This CoreData does not show recent projects.')),
		},
	];
}

/** A list that a tenant may lack, with a sentence for that. */
async function shown<T>(asked: Promise<T>, otherwise: string): Promise<T> {
	try {
		return await asked;
	} catch (error) {
		throw error instanceof NotFound ? new NotFound(otherwise, error) : error;
	}
}
