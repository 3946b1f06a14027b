import assert from 'node:assert/strict';
import type { CardPageView, ToCardPage } from '../../../src/pages/protocol.ts';
import type { Held, Permission, Product, Project, Story } from '../../../src/sandbox/planbox/held.ts';
import type { CardNode } from '../../../src/views/nodes/card.ts';
import { FakePanel } from '../cards/support.ts';
import { type Script, type Step, scripted, until } from '../support.ts';
import { Desk } from './desk.ts';

/** An account of one of the sandbox's people: 1 owns everything, 2 only reads, 3 is an admin of the organization, 4 is nobody. */
export function openDesk(name = 'ada', number = 1): Promise<Desk> {
	return Desk.open('planbox', (address) => ({
		...address,
		email: `${name}@quayside.example`,
		password: `quay-${number}-side`,
	}));
}

export function heldBy({ served }: Desk): Held {
	return served.state as unknown as Held;
}

export function productOf(desk: Desk, name: string): Product {
	return found(
		heldBy(desk).products.find((one) => one.name === name),
		name,
	);
}

export function projectOf(desk: Desk, name: string): Project {
	return found(
		heldBy(desk).projects.find((one) => one.name === name),
		name,
	);
}

/** The item of a title that this project alone has. */
export function storyOf(desk: Desk, project: string, name: string): Story {
	const { id } = projectOf(desk, project);
	return found(
		heldBy(desk).stories.find((one) => one.project_id === id && one['name'] === name),
		name,
	);
}

function found<T>(one: T | undefined, name: string): T {
	assert.ok(one, `the server holds no ${name}`);
	return one;
}

/** Lets somebody else take a right away for as long as something runs, behind the back of what the tree shows. */
export async function withRight(
	desk: Desk,
	initiative: string,
	right: Permission,
	run: () => Promise<unknown>,
): Promise<void> {
	const members = productOf(desk, initiative).members as Map<number, Permission>;
	const before = members.get(7) ?? 'admin';
	await desk.labels(initiative);
	members.set(7, right);
	try {
		await run();
	} finally {
		members.set(7, before);
		await desk.do('refreshNode', []);
	}
}

const writes = /\/(add_\w+|update_\w+|move_\w+|third_party_\w+)$|^\/b\//;

/** Every call is a POST, so that those that change something are told by their names. */
export function writesWhile(desk: Desk, what: () => PromiseLike<unknown>): Promise<readonly string[]> {
	return desk.sentWhile(what, ({ path }) => writes.test(path));
}

/** The page of the card at a path of the tree. */
export class CardDesk {
	readonly #panel = new FakePanel();

	static async open(desk: Desk, ...path: readonly string[]): Promise<CardDesk> {
		const { card, parent } = (await desk.line(...path)) as CardNode;
		const { live } = parent as unknown as { live: { workspace: { id: string; name: string }; board: never } };
		const { workspace, board } = live;
		const page = new CardDesk();
		const address = { account: desk.account.id, card, workspace, board };
		await desk.own.services.pages.restore(page.#panel.asPanel, { address });
		page.#panel.say({ type: 'ready' });
		await until('the card', () => page.told.some(({ type }) => type === 'card'));
		return page;
	}

	get told(): readonly ToCardPage[] {
		return this.#panel.told as readonly ToCardPage[];
	}

	get view(): CardPageView {
		const view = this.told.findLast((one) => one.type === 'card')?.card;
		assert.ok(view);
		return view;
	}

	/** Saves fields while a script answers what is asked about it, and returns what the script heard, and the page. */
	async save(values: Readonly<Record<string, unknown>>, ...steps: readonly Step[]): Promise<Script> {
		const before = this.told.length;
		const script = await scripted(steps, async () => {
			this.#panel.say({ type: 'save', values });
			await until('the end', () => this.told.slice(before).some(({ type }) => type === 'saved' || type === 'problems'));
		});
		for (const one of this.told.slice(before)) {
			if (one.type === 'problems') {
				script.said.push(...one.problems.map(({ field, message }) => `${field}: ${message}`));
			}
		}
		return script;
	}

	close(): void {
		this.#panel.dispose();
	}
}
