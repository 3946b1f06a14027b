import { t } from '@vscode/l10n';
import type { Account } from '../core/accounts.ts';
import type { Archives } from '../core/archives.ts';
import { thingsBeneath } from '../core/documentThings.ts';
import type { Place } from '../core/documentTree.ts';
import { NotAllowed } from '../core/errors.ts';
import type { Entry } from '../core/model.ts';
import type { Sessions } from '../core/sessions.ts';
import type { Found } from './lookUp.ts';
import type { Places } from './places.ts';

type At = Pick<Found, 'account' | 'place'>;

interface Parts {
	readonly sessions: Sessions;
	readonly places: Places;
}

/** Making folders, removing and renaming, at the vendor and in the places. Throws `NotAllowed` with why something can't be. */
export class FolderChanges {
	readonly #sessions: Sessions;
	readonly #places: Places;

	constructor({ sessions, places }: Parts) {
		this.#sessions = sessions;
		this.#places = places;
	}

	async create({ account, place }: At, name: string, signal: AbortSignal): Promise<void> {
		const { folderCreation } = await this.#archives(account, signal);
		const { container } = place;
		const why = container && folderCreation?.whyNot?.(container);
		if (!folderCreation || !container || why !== undefined) {
			throw new NotAllowed(why ?? t('No folder can be made in “{0}”.', place.name || account.name));
		}
		const entry = await folderCreation.create(container, name, signal);
		if (entry.kind === 'document') {
			place.put({ kind: 'document', document: entry });
		}
		place.put({ kind: 'container', container: entry }, name);
		this.#places.changed(account, container);
	}

	/** Removes an entry with all that stands beneath it. */
	async remove({ account, place }: At, signal: AbortSignal): Promise<void> {
		const { removal } = await this.#archives(account, signal);
		const entry = entryOf(place);
		const why = entry && removal?.whyNot?.(entry);
		if (!removal || !entry || why !== undefined) {
			throw new NotAllowed(why ?? t('“{0}” can’t be deleted here.', place.name || account.name));
		}
		await removal.remove(entry, signal);
		this.#dropped(account, place, entry);
	}

	/** `there` is what has the new name already and is to be replaced. */
	async rename({ account, place }: At, name: string, there: At | undefined, signal: AbortSignal): Promise<void> {
		const { documentRenaming } = await this.#archives(account, signal);
		const { document, above, path } = place;
		const why = document && documentRenaming?.whyNot?.(document);
		if (!documentRenaming || !document || why !== undefined) {
			throw new NotAllowed(why ?? t('“{0}” can’t be renamed here.', place.name || account.name));
		}
		if (there && there.place !== place) {
			await this.checkAlone(there, false, signal);
		}
		const renamed = await documentRenaming.rename(document, name, signal);
		try {
			// Not before: should the renaming fail, nothing may be lost.
			if (there && there.place !== place) {
				await this.remove(there, signal);
			}
			place.rename(renamed, name);
		} finally {
			if (above?.container) {
				this.#places.changed(account, above.container, [path]);
			}
		}
	}

	/** Refuses to remove more than a person means who deletes a file, or a folder that is thought to be empty. */
	async checkAlone({ account, place }: At, recursive: boolean, signal: AbortSignal): Promise<void> {
		const { document, thing, name } = place;
		if (document ? !document.hasEntries : recursive) {
			return;
		}
		const session = await this.#sessions.ready(account, signal);
		const holder = document ? ({ kind: 'container', container: document } as const) : thing;
		if ((await thingsBeneath(session, holder, signal)).length > 0) {
			throw new NotAllowed(
				document
					? t('Others stand beneath “{0}”. Delete its folder to delete them all.', name)
					: t('The folder “{0}” is not empty.', name),
			);
		}
	}

	/** A page goes as a file and as a folder. */
	#dropped(account: Account, place: Place, { id }: Entry): void {
		const { above } = place;
		const isIt = (one: Place) => one === place || (one.document ?? documentIn(one))?.id === id;
		const gone = above?.beneath.filter(isIt) ?? [];
		gone.forEach((one) => above?.drop(one));
		if (above?.container) {
			this.#places.changed(
				account,
				above.container,
				gone.map(({ path }) => path),
			);
		}
	}

	async #archives(account: Account, signal: AbortSignal): Promise<Partial<Archives>> {
		return (await this.#sessions.ready(account, signal)).archives ?? {};
	}
}

function documentIn({ container }: Place) {
	return container?.kind === 'document' ? container : undefined;
}

/** What a vendor knows as an entry of a container. */
function entryOf({ document, container }: Place): Entry | undefined {
	return document ?? (container?.kind === 'archive' ? undefined : container);
}
