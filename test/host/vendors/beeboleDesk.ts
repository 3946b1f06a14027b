import assert from 'node:assert/strict';
import { Declined } from '../../../src/sandbox/beebole/rules.ts';
import type { Entity, Kind, Link } from '../../../src/sandbox/beebole/store.ts';
import { sentWhile } from '../cards/support.ts';
import type { Step } from '../support.ts';
import { Desk } from './desk.ts';

/** The token of a person who may look at everything and change nothing. */
const readOnly = '803b0000162432915ce2e7b25a022910925ab002';

/** The companies and projects that most tests work with. */
export const harbour = 'Harbour renewal';
export const relaunch = 'Website relaunch';
export const delivery = [harbour, 'Delivery'] as const;

interface Used {
	requests: number;
	bytes: number;
}

/** A desk at Beebole, and what Beebole itself holds. */
export class BeeboleDesk {
	readonly desk: Desk;

	private constructor(desk: Desk) {
		this.desk = desk;
	}

	static async open(who: 'writes' | 'reads' = 'writes'): Promise<BeeboleDesk> {
		return new BeeboleDesk(
			await Desk.open('beebole', (address) => (who === 'writes' ? address : { ...address, token: readOnly })),
		);
	}

	close(): Promise<void> {
		return this.desk.close();
	}

	get #all(): readonly Entity[] {
		return [...(this.desk.served.state['entities'] as Map<number, Entity>).values()];
	}

	/** All of a kind that have this name. */
	named(kind: Kind, name: string): readonly Entity[] {
		return this.#all.filter((one) => one.kind === kind && one.name === name);
	}

	/** The one of this name, in the parent of that name. */
	entity(kind: Kind, name: string, parent?: string): Entity {
		const found = this.named(kind, name).find((one) => parent === undefined || one.parent?.name === parent);
		assert.ok(found, `Beebole holds no ${kind} ${name}`);
		return found;
	}

	/** What is put there, by name. */
	links(of: Entity, link: Link): readonly string[] {
		return [...of.links[link]].map(({ name }) => name);
	}

	/** The changes that are sent while something runs, with all their members. */
	async sent(job: () => PromiseLike<unknown>): Promise<readonly unknown[]> {
		return (await sentWhile(this.desk.own, job)).map(({ body }) => JSON.parse(body ?? '') as unknown);
	}

	/** How many requests of any kind arrived while something ran. */
	async arrived(job: () => PromiseLike<unknown>): Promise<number> {
		const before = this.desk.served.requests.length;
		await job();
		return this.desk.served.requests.length - before;
	}

	/** What Beebole counted of the day. */
	get used(): Used {
		const [used] = (this.desk.served.state['usage'] as Map<string, Used>).values();
		assert.ok(used, 'nothing was asked yet');
		return used;
	}
}

/** Answers a dialogue as a person would, after somebody else did something at Beebole. */
export function changedBefore(theirs: () => unknown, { pick }: { readonly pick: string }): Step {
	return {
		get pick() {
			theirs();
			return pick;
		},
	};
}

/** From now on Beebole declines under HTTP 200 to put anything there or take it away, until what is returned is called. */
export function declining(on: Entity, link: Link, words: string, act: 'add' | 'delete' = 'add'): () => void {
	const set = on.links[link];
	set[act] = () => {
		throw new Declined(words);
	};
	return () => {
		Reflect.deleteProperty(set, act);
	};
}

/** The words for operations among those of a line. */
export function operationsIn(words: readonly string[]): readonly string[] {
	return words.filter((word) => /^op[A-Z]/.test(word)).toSorted();
}
