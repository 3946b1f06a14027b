import assert from 'node:assert/strict';
import type { Board, Card, Column, Workspace } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import type { Session } from '../../src/core/provider.ts';
import { planbox } from '../../src/providers/planbox/index.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { memoryCredentials, openPractice, signal } from '../support/session.ts';

/** What the sandbox holds, by Planbox's names. */
export interface HeldStory {
	readonly id: number;
	readonly product_id: number;
	readonly project_id: number;
	readonly name: string;
	readonly status: string;
	readonly timeframe: string;
	readonly tasks: { id: number; name: string; status: string; timer_start?: string }[];
	readonly [more: string]: unknown;
}

export interface HeldProduct {
	readonly id: number;
	readonly name: string;
	readonly template: number;
	readonly members: ReadonlyMap<number, string>;
	iterations: { id: number; num: number; start: string; end: string; timeframe: string }[];
}

export interface HeldProject {
	readonly id: number;
	readonly product_id: number;
	readonly name: string;
	readonly alias: string;
	readonly members: Map<number, string>;
}

/** One sandbox, sessions on it, and what they send. */
export class Practice {
	readonly server: TestVendor;
	readonly session: Session;
	/** What was sent: call and form. */
	readonly lines: string[] = [];
	/** Answers in the place of the vendor. */
	instead: (line: string) => Response | undefined = () => undefined;
	readonly #opened: Awaited<ReturnType<typeof openPractice>>;

	constructor(server: TestVendor, opened: Awaited<ReturnType<typeof openPractice>>) {
		this.server = server;
		this.#opened = opened;
		this.session = this.sessionOf();
	}

	sessionOf(token?: string): Session {
		const { account, io } = this.#opened;
		const recording: typeof fetch = async (input, init) => {
			const request = new Request(input, init);
			const form = decodeURIComponent((await request.clone().text()).replaceAll('+', ' '));
			const line = `${new URL(request.url).pathname.replace('/api/', '')} ${form}`.trim();
			this.lines.push(line);
			return this.instead(line) ?? fetch(request);
		};
		const secrets = token === undefined ? account.secrets : { token };
		return planbox.open(account, { ...io, fetch: recording, credentials: memoryCredentials(secrets) });
	}

	/** The session of the person at that place among those of the sandbox. */
	sessionOfPerson(at: number): Session {
		return this.sessionOf((this.server.state['resources'] as { token: string }[])[at]?.token);
	}

	get stories(): readonly HeldStory[] {
		return this.server.state['stories'] as readonly HeldStory[];
	}

	get products(): readonly HeldProduct[] {
		return this.server.state['products'] as readonly HeldProduct[];
	}

	get projects(): readonly HeldProject[] {
		return this.server.state['projects'] as readonly HeldProject[];
	}

	story(id: string): HeldStory {
		const found = this.stories.find((one) => String(one.id) === id);
		assert.ok(found, `story ${id}`);
		return found;
	}

	/** Everything that is held, to see that nothing of it changed. */
	held(): unknown {
		return structuredClone([this.stories, this.products, this.projects]);
	}

	calls(): readonly string[] {
		return this.lines.map((line) => line.split(' ')[0] ?? '');
	}

	async workspace(at = 0, own = this.session): Promise<Workspace> {
		const found = (await own.workspaces(signal())).items[at];
		assert.ok(found);
		return found;
	}

	async boards(at = 0, own = this.session): Promise<readonly Board[]> {
		return (await own.boards!.list(await this.workspace(at, own), signal())).items;
	}

	async columns(at = 0, own = this.session): Promise<readonly Column[]> {
		const [board] = await this.boards(at, own);
		return own.boards!.columns(board!, signal());
	}

	async column(id: string, at = 0, own = this.session): Promise<Column> {
		const found = (await this.columns(at, own)).find((one) => one.id === id);
		assert.ok(found, id);
		return found;
	}

	async cardsIn(id: string, at = 0, own = this.session): Promise<readonly Card[]> {
		return allItems(await own.boards!.cards(await this.column(id, at, own), signal()), signal());
	}

	/** A card of the current timeframe whose item fits. */
	async card(fits: (story: HeldStory) => boolean = () => true, own = this.session): Promise<Card> {
		const found = (await this.cardsIn('current', 0, own)).find(({ id }) => fits(this.story(id)));
		assert.ok(found, 'no card fits');
		return found;
	}
}

export async function practise(): Promise<Practice> {
	const server = await startVendor('planbox', { clock: () => Date.UTC(2026, 10, 20, 12) });
	return new Practice(server, await openPractice(planbox, server.address));
}

/** An error as Planbox answers it: under status 200. */
export function declined(words: string): Response {
	return Response.json({ code: 'error', content: words, redirect: '', time: 0 });
}
