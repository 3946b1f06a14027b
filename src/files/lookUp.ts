import { FileSystemError, type Uri } from 'vscode';
import type { Account, Accounts } from '../core/accounts.ts';
import type { Archives } from '../core/archives.ts';
import type { Place } from '../core/documentTree.ts';
import { NotFound } from '../core/errors.ts';
import type { Sessions } from '../core/sessions.ts';
import type { Places } from './places.ts';
import { snapshotOf } from './uri.ts';

export interface FileSystemOptions {
	readonly accounts: Accounts;
	readonly sessions: Sessions;
	readonly places: Places;
}

/** Something known to stand at an address. */
export interface Found {
	readonly uri: Uri;
	readonly account: Account;
	readonly place: Place;
}

/** Milliseconds for which a document's facts count as those of now. */
const fresh = 3_000;

/** What stands at an address. Throws exact `FileSystemError`s. */
export class LookUp {
	readonly #options: FileSystemOptions;
	/** When a document was last looked at. */
	readonly #seen = new WeakMap<Place, number>();

	constructor(options: FileSystemOptions) {
		this.#options = options;
	}

	account(uri: Uri): Account {
		const account = this.#options.accounts.get(uri.authority);
		if (!account) {
			throw FileSystemError.FileNotFound(uri);
		}
		return account;
	}

	async archives(account: Account, uri: Uri, signal: AbortSignal): Promise<Archives> {
		const { archives } = await this.#options.sessions.ready(account, signal);
		if (!archives) {
			throw FileSystemError.FileNotFound(uri);
		}
		return archives;
	}

	/** As far as is known without asking anybody. */
	known(uri: Uri): Found | undefined {
		const account = this.#options.accounts.get(uri.authority);
		const top = account && this.#options.places.top(account);
		const place = partsOf(uri).reduce<Place | undefined>((at, name) => at?.at(name), top);
		return account && place && { uri, account, place };
	}

	async findOrNot(uri: Uri, signal: AbortSignal): Promise<Found | undefined> {
		const account = this.account(uri);
		// Another query is none of ours: viewers of pictures put one there so that nothing old is shown.
		const place = snapshotOf(uri) ? undefined : await this.#options.places.find(account, uri.path, signal);
		return place && { uri, account, place };
	}

	async find(uri: Uri, signal: AbortSignal): Promise<Found> {
		const found = await this.findOrNot(uri, signal);
		if (!found) {
			throw FileSystemError.FileNotFound(uri);
		}
		return found;
	}

	/** The folder in which something has this address, or is to have it, and the name it has there. */
	async above(uri: Uri, signal: AbortSignal): Promise<{ readonly above: Found; readonly name: string }> {
		const parts = partsOf(uri);
		const name = parts.pop() ?? '';
		const above = await this.find(uri.with({ path: `/${parts.join('/')}` }), signal);
		if (above.place.document) {
			throw FileSystemError.FileNotADirectory(above.uri);
		}
		return { above, name };
	}

	/** What stands there, with the facts of now where it is a document. */
	async look(uri: Uri, signal: AbortSignal): Promise<Found> {
		const found = await this.find(uri, signal);
		const { account, place } = found;
		if (!place.document || Date.now() - (this.#seen.get(place) ?? 0) < fresh) {
			return found;
		}
		const archives = await this.archives(account, uri, signal);
		try {
			place.see({ kind: 'document', document: await archives.look(place.document, signal) });
			this.saw(place);
			return found;
		} catch (error) {
			if (!(error instanceof NotFound)) {
				throw error;
			}
		}
		// Another document may have the name by now.
		place.above?.drop(place);
		return this.find(uri, signal);
	}

	/** The facts of a document are those of now. */
	saw(place: Place): void {
		this.#seen.set(place, Date.now());
	}

	/** The facts of a document may be old. */
	doubt(place: Place): void {
		this.#seen.delete(place);
	}
}

function partsOf({ path }: Uri): string[] {
	return path.split('/').filter((part) => part !== '');
}
