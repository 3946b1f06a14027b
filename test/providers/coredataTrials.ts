import assert from 'node:assert/strict';
import type { Form } from '../../src/core/form.ts';
import type { Board, Choice } from '../../src/core/model.ts';
import type { Operation, OperationId, Outcome, RelatedItem, RelatedList } from '../../src/core/operations.ts';
import { allItems } from '../../src/core/page.ts';
import type { Session } from '../../src/core/provider.ts';
import { coredata } from '../../src/providers/coredata/index.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { memoryCredentials, type Opened, openPractice, signal } from '../support/session.ts';

/** A project or whatever else the tenant holds, as the vendor shows it. */
export interface Held {
	readonly id: string;
	readonly title: string;
	readonly [property: string]: unknown;
}

/** What a test of projects needs: a session whose requests are noted, and the tenant behind it. */
export class Trial {
	readonly server: TestVendor;
	readonly #opened: Opened;
	readonly session: Session;
	/** What was sent: method, path and body. */
	lines: string[] = [];
	/** Answers in the vendor's place, where a test wants one. */
	instead: (line: string) => Response | undefined | Promise<Response> = () => undefined;
	/** Done right before a request goes out, such as what somebody else does meanwhile. */
	before: (line: string) => Promise<void> | void = () => undefined;

	constructor(server: TestVendor, opened: Opened) {
		this.server = server;
		this.#opened = opened;
		this.session = this.as();
	}

	static async begin(): Promise<Trial> {
		const server = await startVendor('coredata', { clock: () => Date.UTC(2026, 10, 16, 9) });
		return new Trial(server, await openPractice(coredata, server.address));
	}

	as(person?: { user: string; key: string }): Session {
		const { account, io } = this.#opened;
		const recording: typeof fetch = async (input, init) => {
			const request = new Request(input, init);
			const { pathname, search } = new URL(request.url);
			const line = `${request.method} ${pathname}${search} ${await request.clone().text()}`.trim();
			this.lines.push(line);
			await this.before(line);
			return (await this.instead(line)) ?? fetch(request);
		};
		const who = person ? { ...account, facts: { user: person.user }, secrets: { key: person.key } } : account;
		return coredata.open(who, { ...io, fetch: recording, credentials: memoryCredentials(who.secrets) });
	}

	reader(): Session {
		return this.as(this.server.state['readOnly'] as { user: string; key: string });
	}

	async board(name = 'Delivery', session = this.session): Promise<Board> {
		const spaces = await allItems(await session.workspaces(signal()), signal());
		const space = spaces.find((one) => one.name === 'Harbour renewal');
		assert.ok(space);
		const boards = await allItems(await session.boards!.list(space, signal()), signal());
		const found = boards.find((one) => one.name === name);
		assert.ok(found, name);
		return found;
	}

	/** What the tenant holds of a kind. */
	all(kind: string): readonly Held[] {
		return this.server.state[kind] as readonly Held[];
	}

	project(id: string): Held {
		const found = this.all('projects').find((one) => one.id === id);
		assert.ok(found, 'the project is gone');
		return found;
	}

	/** What somebody else does, past the session. */
	async raw(method: string, path: string, body?: unknown): Promise<Response> {
		const { url, user, key } = this.server.address as { url: string; user: string; key: string };
		const headers = { authorization: `apikey ${user}:${key}`, 'content-type': 'application/json' };
		const response = await fetch(url + path, {
			method,
			headers,
			body: body === undefined ? null : JSON.stringify(body),
		});
		assert.ok(response.ok, await response.clone().text());
		return response;
	}

	/** The changes that were sent. */
	writes(): readonly string[] {
		return this.lines.filter((line) => !line.startsWith('GET '));
	}
}

export async function begin<Place>(
	operations: readonly Operation<Place>[] | undefined,
	id: OperationId,
	place: Place,
): Promise<Form<Outcome>> {
	const operation = operations?.find((one) => one.id === id);
	assert.ok(operation, `there is no ${id}`);
	return operation.begin(place, signal());
}

export function related(session: Session, id: string): RelatedList<Board> {
	const found = session.related?.board?.find((list) => list.id === id);
	assert.ok(found, `there is no list ${id}`);
	return found;
}

export async function itemsOfList(list: RelatedList<Board>, board: Board): Promise<readonly RelatedItem[]> {
	return allItems(await list.list(board, signal()), signal());
}

export async function choicesOf(form: Pick<Form<unknown>, 'fields'>, id: string): Promise<readonly Choice[]> {
	const field = form.fields.find((one) => one.id === id);
	assert.equal(field?.kind, 'choice', id);
	return field.kind === 'choice' ? allItems(await field.choices({}, signal()), signal()) : [];
}

/** The fields that the problems of a failure name. */
export function fieldsOf(error: { readonly problems: readonly { readonly field?: string }[] }): readonly string[] {
	return error.problems.map(({ field = '' }) => field).sort();
}
