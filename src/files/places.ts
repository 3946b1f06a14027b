import type { Account, Accounts, Store } from '../core/accounts.ts';
import type { Base } from '../core/documentSave.ts';
import { type Thing, thingsBeneath } from '../core/documentThings.ts';
import { Place } from '../core/documentTree.ts';
import { Emitter } from '../core/event.ts';
import type { EntryContainer } from '../core/model.ts';
import type { Sessions } from '../core/sessions.ts';
import { abortable } from '../core/waiting.ts';
import { RememberedPlaces } from './rememberedPlaces.ts';

/** A container in which something is another now. */
export interface Changed {
	readonly account: Account;
	readonly container: EntryContainer;
	/** Paths that stand for nothing any more. */
	readonly gone: readonly string[];
}

/** Milliseconds for which a list tells that a name is not there; editors ask for dozens that never were. */
const fresh = 5_000;

/** Which path of the `boardwalk:` file system stands for which thing at the vendor, and the other way round. */
export class Places {
	readonly #accounts: Accounts;
	readonly #sessions: Sessions;
	readonly #remembered: RememberedPlaces;
	readonly #clock: () => number;
	readonly #tops = new Map<string, Place>();
	readonly #listed = new Map<Place, number>();
	readonly #listing = new Map<Place, Promise<readonly Place[]>>();
	readonly #changed = new Emitter<Changed>();
	/** Told of every container in which something was changed from here, so that whoever shows it asks anew. */
	readonly onDidChange = this.#changed.event;
	readonly #following: { dispose(): void };
	readonly #leaving = new AbortController();

	/** `clock` tells milliseconds. */
	constructor(accounts: Accounts, sessions: Sessions, store: Store, clock: () => number = () => Date.now()) {
		this.#accounts = accounts;
		this.#sessions = sessions;
		this.#clock = clock;
		this.#remembered = new RememberedPlaces(store);
		this.#following = accounts.onDidChange(() => this.#forgetRemoved());
	}

	/** What an account's documents stand beneath. */
	top({ id }: Account): Place {
		const known = this.#tops.get(id);
		if (known) {
			return known;
		}
		const top = Place.top();
		this.#tops.set(id, top);
		this.#remembered.restore(id, top);
		return top;
	}

	/** The place of a thing whose way down from the account is known; asks nobody. */
	place(account: Account, things: readonly Thing[]): Place {
		return things.reduce((place, thing) => place.put(thing), this.top(account));
	}

	/** What is at a path; undefined where nothing is. Asks the vendor where it is not known. */
	async find(account: Account, path: string, signal: AbortSignal): Promise<Place | undefined> {
		let at: Place | undefined = this.top(account);
		for (const name of path.split('/').filter((part) => part !== '')) {
			const above: Place = at;
			at = above.at(name) ?? (await this.#looked(account, above, name, signal));
			if (!at) {
				return undefined;
			}
		}
		return at;
	}

	/** What stands directly beneath a place now, as the vendor says. Whoever asks meanwhile shares the answer. */
	list(account: Account, place: Place, signal: AbortSignal): Promise<readonly Place[]> {
		const listing =
			this.#listing.get(place) ??
			this.#list(account, place, this.#leaving.signal).finally(() => this.#listing.delete(place));
		this.#listing.set(place, listing);
		return abortable(listing, signal);
	}

	/** The base an editor of this document began with, perhaps before the window was loaded anew. */
	base(account: Account, place: Place): Base | undefined {
		return this.#remembered.base(account.id, place.path);
	}

	/** Keeps the way to a place, and what an editor of it begins with, for when the window is loaded anew. */
	remember(account: Account, place: Place, base?: Base): void {
		this.#remembered.put({ account: account.id, path: place.path, things: place.things, base });
	}

	/** The path stands for nothing, or for another thing, from now on. */
	forget(account: Account, path: string): void {
		this.#remembered.drop(account.id, path);
	}

	/** What stands in this container is another now: whoever shows it asks anew. */
	changed(account: Account, container: EntryContainer, gone: readonly string[] = []): void {
		this.of(account, container).forEach((place) => this.#listed.delete(place));
		gone.forEach((path) => this.#remembered.drop(account.id, path));
		this.#changed.fire({ account, container, gone });
	}

	/** The places that are known of a container. */
	of({ id }: Account, container: EntryContainer): readonly Place[] {
		const isIt = (place: Place) => place.container?.id === container.id && place.container.kind === container.kind;
		const search = (place: Place): readonly Place[] => [
			...(isIt(place) ? [place] : []),
			...place.beneath.flatMap(search),
		];
		const top = this.#tops.get(id);
		return top ? search(top) : [];
	}

	dispose(): void {
		this.#leaving.abort();
		this.#following.dispose();
		this.#changed.dispose();
	}

	/** A list that has just come tells as well as a new one that a name is not there. */
	async #looked(account: Account, above: Place, name: string, signal: AbortSignal): Promise<Place | undefined> {
		if (above.document || this.#clock() - (this.#listed.get(above) ?? Number.NEGATIVE_INFINITY) < fresh) {
			return undefined;
		}
		await this.list(account, above, signal);
		return above.at(name);
	}

	async #list(account: Account, place: Place, signal: AbortSignal): Promise<readonly Place[]> {
		const session = await this.#sessions.ready(account, signal);
		const listed = this.#listed.get(place);
		if (listed !== undefined && this.#clock() - listed >= fresh) {
			session.forget();
		}
		const places = place.take(await thingsBeneath(session, place.thing, signal));
		this.#listed.set(place, this.#clock());
		return places;
	}

	#forgetRemoved(): void {
		const isGone = (id: string) => this.#accounts.get(id) === undefined;
		[...this.#tops.keys()].filter(isGone).forEach((id) => this.#tops.delete(id));
		[...this.#listed.keys()].filter((place) => place.isGone).forEach((place) => this.#listed.delete(place));
		this.#remembered.dropAccounts(isGone);
	}
}
