import { InvalidInput } from '../../src/core/errors.ts';
import type { Form } from '../../src/core/form.ts';
import { initialValues, problemsOf, type Values } from '../../src/core/form.ts';
import type { Board, Choice, Column, Workspace } from '../../src/core/model.ts';
import type { Operation, OperationId, RelatedItem, RelatedList } from '../../src/core/operations.ts';
import { allItems } from '../../src/core/page.ts';
import type { Session } from '../../src/core/provider.ts';
import { beebole } from '../../src/providers/beebole/index.ts';
import type { Entity, Kind } from '../../src/sandbox/beebole/store.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { memoryCredentials, type Opened, openPractice, signal } from '../support/session.ts';

interface SentService {
	readonly service: string;
	readonly [member: string]: unknown;
}

/** Beebole with an account that is open, and all that is sent through it. */
export interface Desk {
	readonly server: TestVendor;
	readonly opened: Opened;
	readonly session: Session;
	/** What was sent, with its members. */
	readonly sent: SentService[];
	/** The names of the services that were sent. */
	services(): string[];
	/** Answers in the place of Beebole, before anything arrives there; undefined lets it pass. */
	instead: (sent: SentService) => Response | undefined;
	/** Spoils what Beebole answered, after it did what was asked. */
	after: (sent: SentService, answer: Response) => Response;
	entities(kind: Kind): Entity[];
	entity(kind: Kind, which?: (entity: Entity) => boolean): Entity;
	sessionOf(token: string): Session;
	workspace(at?: number): Promise<Workspace>;
	board(which?: (board: Board) => boolean): Promise<Board>;
	columns(board: Board): Promise<readonly Column[]>;
}

export async function openDesk(): Promise<Desk> {
	const server = await startVendor('beebole', { clock: () => Date.UTC(2026, 10, 16, 9) });
	const opened = await openPractice(beebole, server.address);
	const sent: SentService[] = [];
	const fetch: typeof globalThis.fetch = async (input, init) => {
		const request = new Request(input, init);
		const body = (await request.clone().json()) as SentService;
		sent.push(body);
		return desk.instead(body) ?? desk.after(body, await globalThis.fetch(request));
	};
	const sessionOf = (token: string): Session =>
		beebole.open(opened.account, { ...opened.io, fetch, credentials: memoryCredentials({ token }) });
	const entities = (kind: Kind): Entity[] =>
		[...(server.state['entities'] as Map<number, Entity>).values()].filter((one) => one.kind === kind);
	const desk: Desk = {
		server,
		opened,
		session: sessionOf(String(server.address['token'])),
		sent,
		services: () => sent.map(({ service }) => service),
		instead: () => undefined,
		after: (_, answer) => answer,
		entities,
		entity: (kind, which = () => true) => {
			const found = entities(kind).find((one) => one.xid === undefined && which(one));
			if (!found) {
				throw new Error(`no such ${kind}`);
			}
			return found;
		},
		sessionOf,
		async workspace(at = 0) {
			return (await desk.session.workspaces(signal())).items[at]!;
		},
		async board(which = ({ extra }) => extra?.['subprojects'] !== 0) {
			for (const workspace of (await desk.session.workspaces(signal())).items) {
				const found = (await desk.session.boards!.list(workspace, signal())).items.find(which);
				if (found) {
					return found;
				}
			}
			throw new Error('no such project');
		},
		columns: (board) => desk.session.boards!.columns(board, signal()),
	};
	return desk;
}

export function operation<Place>(
	operations: readonly Operation<Place>[] | undefined,
	id: OperationId,
): Operation<Place> {
	const found = operations?.find((one) => one.id === id);
	if (!found) {
		throw new Error(`there is no operation ${id}`);
	}
	return found;
}

/** Fills in a form and sends it as the editor does. */
export async function send<Result>(form: Form<Result>, values: Values = {}): Promise<Result> {
	const all = { ...initialValues(form.fields), ...values };
	const problems = problemsOf(form.fields, all);
	if (problems.length > 0) {
		throw new InvalidInput(problems);
	}
	return form.submit(all, signal());
}

export function list<Place>(lists: readonly RelatedList<Place>[] | undefined, id: string): RelatedList<Place> {
	const found = lists?.find((one) => one.id === id);
	if (!found) {
		throw new Error(`there is no list ${id}`);
	}
	return found;
}

export async function itemsOf<Place>(of: RelatedList<Place>, place: Place): Promise<readonly RelatedItem[]> {
	return allItems(await of.list(place, signal()), signal());
}

/** The first page of what can be chosen, and the other pages on request. */
export async function choicesOf(form: Form<unknown>, all: 'first' | 'all' = 'all'): Promise<readonly Choice[]> {
	const [field] = form.fields;
	if (field?.kind !== 'choice') {
		throw new Error('the form has no choice');
	}
	const page = await field.choices({}, signal());
	return all === 'all' ? allItems(page, signal()) : page.items;
}
