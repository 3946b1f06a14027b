import type { ChoiceField, Form } from '../../src/core/form.ts';
import type { Board, Card, Column, EntryContainer, Fact, Workspace } from '../../src/core/model.ts';
import type { Operation, RelatedList } from '../../src/core/operations.ts';
import { allItems, type Page } from '../../src/core/page.ts';
import type { Session } from '../../src/core/provider.ts';
import { signal } from '../support/session.ts';
import { type Things, thingsOf } from './things.ts';

/** Something a session is asked, which makes it read; what it is about is plain data of an earlier answer. */
export interface Question {
	readonly name: string;
	ask(session: Session): Promise<unknown>;
}

/** All that a session reads for people, a question for each part of it. */
export async function questionsOf(session: Session): Promise<readonly Question[]> {
	const things = await thingsOf(session);
	return [
		{ name: 'workspaces', ask: async (each) => all(each.workspaces(signal())) },
		{ name: 'account', ask: (each) => accountOf(each) },
		...(session.workspaceCreation
			? [formQuestion('new workspace', (each) => each.workspaceCreation?.form(undefined))]
			: []),
		...(session.shortlists ?? []).map(({ id }) => ({
			name: `shortlist ${id}`,
			ask: (each: Session) => all(each.shortlists?.find((one) => one.id === id)?.list(signal())),
		})),
		...(session.workspaceFiltering ? filterQuestions(session) : []),
		...(session.search ? [searchQuestion(things)] : []),
		...(session.cards?.me ? [{ name: 'me', ask: async (each: Session) => each.cards?.me?.(signal()) }] : []),
		...(session.cards?.mine ? [{ name: 'my cards', ask: (each: Session) => all(each.cards?.mine?.(signal())) }] : []),
		...things.workspaces.flatMap((workspace) => workspaceQuestions(session, workspace)),
		...things.boards.flatMap((board) => boardQuestions(session, board)),
		...things.columns.flatMap((column) => columnQuestions(session, column)),
		...things.cards.flatMap((card) => cardQuestions(session, card)),
		...things.containers.flatMap(containerQuestions),
		...(session.archives?.ofAccount
			? [{ name: 'archives', ask: async (each: Session) => each.archives?.ofAccount?.(signal()) }]
			: []),
	];
}

/** Facts are no list of things: each of them may be missing. */
function toMembers(facts: readonly Fact[] | undefined): unknown {
	return facts && Object.fromEntries(facts.map(({ label, value }) => [label, value]));
}

async function cardDetail({ cards }: Session, card: Card): Promise<unknown> {
	const detail = await cards?.look(card, signal());
	return detail && { ...detail, facts: toMembers(detail.facts) };
}

/** Without how much data came so far, which is another amount for a damaged reply. */
async function accountOf(session: Session): Promise<unknown> {
	const facts = await session.accountInfo(signal());
	return toMembers(facts.map(({ label, value }) => ({ label, value: value.replace(/\S+ (?=.* [KM]B)/, '') })));
}

function workspaceQuestions(session: Session, workspace: Workspace): readonly Question[] {
	const about = `of workspace ${workspace.name}`;
	return [
		...(session.boards
			? [{ name: `boards ${about}`, ask: (each: Session) => all(each.boards?.list(workspace, signal())) }]
			: []),
		...(session.boardCreation
			? [formQuestion(`new board ${about}`, (each) => each.boardCreation?.form(workspace))]
			: []),
		...(session.archives?.ofWorkspace
			? [{ name: `archives ${about}`, ask: async (each: Session) => each.archives?.ofWorkspace?.(workspace, signal()) }]
			: []),
		...levelQuestions(session, {
			about,
			place: workspace,
			operations: (each) => each.operations?.workspace,
			lists: (each) => each.related?.workspace,
		}),
	];
}

function boardQuestions(session: Session, board: Board): readonly Question[] {
	const about = `of board ${board.name}`;
	return [
		{ name: `columns ${about}`, ask: async (each) => each.boards?.columns(board, signal()) },
		...(session.columnCreation
			? [formQuestion(`new column ${about}`, (each) => each.columnCreation?.form(board))]
			: []),
		...(session.archives?.ofBoard
			? [{ name: `archives ${about}`, ask: async (each: Session) => each.archives?.ofBoard?.(board, signal()) }]
			: []),
		...(session.boardTexts ?? []).map(({ id }) => ({
			name: `${id} ${about}`,
			ask: async (each: Session) => each.boardTexts?.find((one) => one.id === id)?.read(board, signal()),
		})),
		...levelQuestions(session, {
			about,
			place: board,
			operations: (each) => each.operations?.board,
			lists: (each) => each.related?.board,
		}),
	];
}

function columnQuestions(session: Session, column: Column): readonly Question[] {
	const about = `of column ${column.name}`;
	return [
		{ name: `cards ${about}`, ask: (each) => all(each.boards?.cards(column, signal())) },
		...(session.cards?.creation
			? [formQuestion(`new card ${about}`, (each) => each.cards?.creation?.form(column))]
			: []),
		...levelQuestions(session, {
			about,
			place: column,
			operations: (each) => each.operations?.column,
			lists: (each) => each.related?.column,
		}),
	];
}

function cardQuestions({ cards }: Session, card: Card): readonly Question[] {
	const about = `of card ${card.title}`;
	return [
		...(cards ? [{ name: `look ${about}`, ask: (each: Session) => cardDetail(each, card) }] : []),
		...(cards?.comments
			? [{ name: `comments ${about}`, ask: (each: Session) => all(each.cards?.comments?.list(card, signal())) }]
			: []),
		...(cards?.editing
			? [{ name: `choices ${about}`, ask: async (each: Session) => choicesOf(each.cards?.editing?.fields(card) ?? []) }]
			: []),
	];
}

function containerQuestions(container: EntryContainer): readonly Question[] {
	const about = `of ${container.name}`;
	return [
		...(container.kind !== 'document' || container.hasEntries
			? [{ name: `entries ${about}`, ask: (session: Session) => all(session.archives?.entries(container, signal())) }]
			: []),
		...(container.kind === 'document'
			? [{ name: `look ${about}`, ask: async (session: Session) => session.archives?.look(container, signal()) }]
			: []),
	];
}

/** Where the parts of one level are found; what is there takes places of that level. */
interface Level<Place> {
	readonly about: string;
	readonly place: Place;
	operations(session: Session): readonly Operation<Place>[] | undefined;
	lists(session: Session): readonly RelatedList<Place>[] | undefined;
}

function levelQuestions<Place>(session: Session, level: Level<Place>): readonly Question[] {
	const { about, place } = level;
	const operationsOf = (each: Session) => level.operations(each);
	const listsOf = (each: Session) => level.lists(each);
	const lists = listsOf(session) ?? [];
	const operations = (operationsOf(session) ?? []).filter((one) => one.whyNot?.(place) === undefined);
	return [
		...operations.map(({ id }) =>
			formQuestion(`${id} ${about}`, (each) =>
				operationsOf(each)
					?.find((one) => one.id === id)
					?.begin(place, signal()),
			),
		),
		...lists.map(({ id }) => ({
			name: `${id} ${about}`,
			ask: (each: Session) =>
				all(
					listsOf(each)
						?.find((one) => one.id === id)
						?.list(place, signal()),
				),
		})),
		...lists.flatMap((list) =>
			(list.operations ?? [])
				.filter((one) => one.whyNot?.(place) === undefined)
				.map((operation) =>
					formQuestion(`${operation.id} to ${list.id} ${about}`, (each) =>
						listsOf(each)
							?.find((one) => one.id === list.id)
							?.operations?.find((one) => one.id === operation.id)
							?.begin(place, signal()),
					),
				),
		),
	];
}

function filterQuestions({ workspaceFiltering }: Session): readonly Question[] {
	const fields = workspaceFiltering?.fields ?? [];
	return [
		{ name: 'filtered workspaces', ask: (each) => all(each.workspaceFiltering?.list({}, signal())) },
		...(fields.some(isChoice)
			? [{ name: 'choices of filters', ask: (each: Session) => choicesOf(each.workspaceFiltering?.fields ?? []) }]
			: []),
	];
}

function searchQuestion({ boards }: Things): Question {
	const [word = 'a'] = (boards[0]?.name ?? 'a').split(' ');
	return { name: `search for ${word}`, ask: async (each) => firstOf(each.search?.(word, signal())) };
}

function formQuestion(
	name: string,
	form: (session: Session) => Form<unknown> | Promise<Form<unknown>> | undefined,
): Question {
	return {
		name: `form ${name}`,
		async ask(session) {
			const shown = await form(session);
			return { fields: shown?.fields, choices: await choicesOf(shown?.fields ?? []) };
		},
	};
}

function isChoice(field: { readonly kind: string }): field is ChoiceField {
	return field.kind === 'choice' || field.kind === 'mapping';
}

async function choicesOf(fields: Form<unknown>['fields']): Promise<unknown> {
	const initial = Object.fromEntries(fields.map((field) => [field.id, field.initial]));
	const found: Record<string, unknown> = {};
	for (const field of fields) {
		if (field.kind === 'choice' || field.kind === 'mapping') {
			found[field.id] = await all(field.choices(initial, signal()));
		}
		if (field.kind === 'mapping') {
			found[`${field.id} rows`] = await field.rows(initial, signal());
		}
	}
	return found;
}

async function all<T>(page: Promise<Page<T>> | undefined): Promise<readonly T[] | undefined> {
	return page && allItems(await page, signal());
}

async function firstOf(hits: AsyncIterable<unknown> | undefined): Promise<readonly unknown[]> {
	const found: unknown[] = [];
	for await (const hit of hits ?? []) {
		found.push(hit);
		if (found.length === 20) {
			break;
		}
	}
	return found;
}
