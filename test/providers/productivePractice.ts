import assert from 'node:assert/strict';
import { InvalidInput, type Problem, Refused } from '../../src/core/errors.ts';
import {
	type ChoiceField,
	type Form,
	initialValues,
	type MappingField,
	problemsOf,
	type Values,
} from '../../src/core/form.ts';
import type { Board, Choice, Workspace } from '../../src/core/model.ts';
import type { Operation, OperationId, Outcome } from '../../src/core/operations.ts';
import { allItems } from '../../src/core/page.ts';
import type { Session } from '../../src/core/provider.ts';
import { productive } from '../../src/providers/productive/index.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { type Opened, openPractice, openSession, signal } from '../support/session.ts';
import { allWorkspaces } from './conformanceWalks.ts';

export interface Row {
	readonly id: number;
	[field: string]: unknown;
}

/** A request that changes something. */
export interface Written {
	readonly line: string;
	readonly body: unknown;
}

type Look = (request: Request) => Response | undefined | Promise<Response | undefined>;

/** The practice organization with a session on it, and what the session wrote. */
export class Desk {
	readonly server: TestVendor;
	readonly opened: Opened;
	readonly written: Written[] = [];
	#now: { milliseconds: number };
	#look: Look = () => undefined;
	session: Session;

	private constructor(server: TestVendor, opened: Opened, now: { milliseconds: number }) {
		this.server = server;
		this.opened = opened;
		this.#now = now;
		this.session = this.open();
	}

	static async open(): Promise<Desk> {
		const now = { milliseconds: Date.UTC(2026, 10, 20, 12) };
		const server = await startVendor('productive', { clock: () => now.milliseconds });
		return new Desk(server, await openPractice(productive, server.address), now);
	}

	/** Another session, whose limit of requests begins anew as that of the server does. */
	open(settings: Readonly<Record<string, string>> = {}): Session {
		this.#now.milliseconds += 1_800_000;
		const fetch: typeof globalThis.fetch = async (input, init) => {
			const request = new Request(input, init);
			if (request.method !== 'GET') {
				const text = await request.clone().text();
				const path = decodeURIComponent(new URL(request.url).pathname.replace('/api/v2', ''));
				this.written.push({ line: `${request.method} ${path}`, body: text ? JSON.parse(text) : undefined });
			}
			return (await this.#look(request)) ?? globalThis.fetch(request);
		};
		this.session = productive.open(this.opened.account, {
			...this.opened.io,
			fetch,
			setting: (name) => settings[name],
		});
		return this.session;
	}

	/** A session with a token that may change nothing. */
	openReader(): Session {
		const { token } = this.server.state['readOnly'] as { token: string };
		return openSession(productive, { ...this.opened.account, secrets: { token } }).session;
	}

	/** From now on, requests are answered by `look`; undefined sends one on. */
	answer(look: Look): void {
		this.#look = look;
	}

	/** Answers everything that is written with these problems. */
	refuse(...problems: readonly (readonly [pointer: string, detail: string])[]): void {
		const errors = problems.map(([pointer, detail]) => ({ status: '422', detail, source: { pointer } }));
		this.answer(({ method }) => (method === 'GET' ? undefined : Response.json({ errors }, { status: 422 })));
	}

	/** Loses the answers to everything that is written, once it was done. */
	loseAnswers(): void {
		for (const method of ['POST', 'PATCH', 'DELETE']) {
			this.server.fault(`${method} *`, 'cut');
		}
	}

	rows(table: string): Row[] {
		return this.server.state[table] as Row[];
	}

	row(table: string, id: string): Row {
		const found = this.rows(table).find((row) => String(row.id) === id);
		assert.ok(found, `${table} has no ${id}`);
		return found;
	}

	async project(name = 'Harbour renewal'): Promise<Workspace> {
		const found = (await allWorkspaces(this.session)).find((one) => one.name === name);
		assert.ok(found, `no project is called ${name}`);
		return found;
	}

	async folders(name?: string): Promise<readonly Board[]> {
		return allItems(await this.session.boards!.list(await this.project(name), signal()), signal());
	}
}

export function operationOf<Place>(
	operations: readonly Operation<Place>[] | undefined,
	id: OperationId,
): Operation<Place> {
	const found = operations?.find((one) => one.id === id);
	assert.ok(found, `there is no operation ${id}`);
	return found;
}

/** The form of an operation, as it begins. */
export function begin<Place>(
	operations: readonly Operation<Place>[] | undefined,
	id: OperationId,
	place: Place,
): Promise<Form<Outcome>> {
	return operationOf(operations, id).begin(place, signal());
}

/** Sends a form filled in over what it began with, as the editor does. */
export function send<Result>(form: Form<Result>, values: Values = {}): Promise<Result> {
	const all = { ...initialValues(form.fields), ...values };
	assert.deepEqual(problemsOf(form.fields, all), []);
	return form.submit(all, signal());
}

export async function choicesOf(
	form: Pick<Form<unknown>, 'fields'>,
	id: string,
	values: Values = {},
): Promise<readonly Choice[]> {
	const field = form.fields.find((one): one is ChoiceField | MappingField => one.id === id && 'choices' in one);
	assert.ok(field, `no field ${id} has choices`);
	return allItems(await field.choices(values, signal()), signal());
}

export async function rowsOf(form: Form<unknown>, id: string): Promise<readonly Choice[]> {
	const field = form.fields.find((one): one is MappingField => one.id === id && one.kind === 'mapping');
	assert.ok(field, `no field ${id} has rows`);
	return field.rows({}, signal());
}

/** The problems that something is refused with. */
export async function problemsIn(
	run: Promise<unknown>,
	kind: typeof Refused | typeof InvalidInput,
): Promise<readonly Problem[]> {
	const error: unknown = await run.then(
		() => assert.fail('it was not refused'),
		(thrown: unknown) => thrown,
	);
	if (!(error instanceof kind)) {
		throw error;
	}
	return error.problems;
}
