import type { Store } from '../core/accounts.ts';
import type { Base } from '../core/documentSave.ts';
import type { Thing } from '../core/documentThings.ts';
import type { Place } from '../core/documentTree.ts';

/** A path that was opened, plainly. */
export interface RememberedPlace {
	/** The account's id. */
	readonly account: string;
	readonly path: string;
	/** From the top down, one for each part of the path. */
	readonly things: readonly Thing[];
	readonly base?: Base;
}

const storeKey = 'places';
const most = 200;

/** The paths that were opened in this workspace, the newest first, so that an editor finds its document after a reload. */
export class RememberedPlaces {
	readonly #store: Store;
	#kept: readonly RememberedPlace[];

	constructor(store: Store) {
		this.#store = store;
		const kept = store.get(storeKey);
		this.#kept = Array.isArray(kept) ? (kept as RememberedPlace[]) : [];
	}

	/** Puts what is remembered of an account under its top. */
	restore(account: string, top: Place): void {
		// The oldest first: where two claim one name, the newer one is right.
		for (const { path, things } of this.#kept.filter((one) => one.account === account).toReversed()) {
			const names = path.split('/').slice(1);
			if (names.length === things.length) {
				things.reduce((place, thing, at) => place.put(thing, names[at]), top);
			}
		}
	}

	base(account: string, path: string): Base | undefined {
		return this.#kept.find((one) => one.account === account && one.path === path)?.base;
	}

	put(place: RememberedPlace): void {
		const slim = { ...place, things: place.things.map(withoutDescription) };
		const [newest] = this.#kept;
		if (JSON.stringify(newest) !== JSON.stringify(slim)) {
			const isOther = ({ account, path }: RememberedPlace) => account !== place.account || path !== place.path;
			this.#keep([slim, ...this.#kept.filter(isOther)].slice(0, most));
		}
	}

	/** Forgets a path and all beneath it. */
	drop(account: string, path: string): void {
		const isElse = (one: RememberedPlace) => one.path !== path && !one.path.startsWith(`${path}/`);
		const rest = this.#kept.filter((one) => one.account !== account || isElse(one));
		if (rest.length < this.#kept.length) {
			this.#keep(rest);
		}
	}

	dropAccounts(isGone: (account: string) => boolean): void {
		const rest = this.#kept.filter(({ account }) => !isGone(account));
		if (rest.length < this.#kept.length) {
			this.#keep(rest);
		}
	}

	#keep(kept: readonly RememberedPlace[]): void {
		this.#kept = kept;
		void this.#store.set(storeKey, kept);
	}
}

/** Descriptions can be long, and nobody reads them here. */
function withoutDescription(thing: Thing): Thing {
	switch (thing.kind) {
		case 'workspace':
			return { kind: 'workspace', workspace: { ...thing.workspace, description: undefined } };
		case 'board':
			return { kind: 'board', board: { ...thing.board, description: undefined } };
		default:
			return thing;
	}
}
