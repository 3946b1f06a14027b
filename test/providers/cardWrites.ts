import type { Cards } from '../../src/core/cards.ts';
import { type ChoiceField, type Field, type FieldValue, isEmpty, problemOf, type Values } from '../../src/core/form.ts';
import type { Card } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import type { Session } from '../../src/core/provider.ts';
import { signal } from '../support/session.ts';
import { allBoards, type Desk, deskOf, fileOf, lanesOf } from './conformanceWalks.ts';

/** Every way to write that cards can have. */
export const cardWriteParts = [
	'cardCreation',
	'cardEditing',
	'cardMoving',
	'cardRemoval',
	'cardRestoring',
	'commenting',
	'commentRemoval',
	'checklist',
	'checklistAdding',
	'checklistRemoval',
	'attaching',
	'columnOrdering',
] as const;

export type CardWritePart = (typeof cardWriteParts)[number];

export function has(session: Session, part: CardWritePart): boolean {
	const { cards } = session;
	const { removal, comments, checklist } = cards ?? {};
	const found: Record<CardWritePart, boolean> = {
		cardCreation: cards?.creation !== undefined,
		cardEditing: cards?.editing !== undefined,
		cardMoving: cards?.moving !== undefined,
		cardRemoval: removal !== undefined,
		cardRestoring: hasMember(removal, 'restore'),
		commenting: hasMember(comments, 'add'),
		commentRemoval: hasMember(comments, 'remove'),
		checklist: checklist !== undefined,
		checklistAdding: hasMember(checklist, 'add'),
		checklistRemoval: hasMember(checklist, 'remove'),
		attaching: cards?.attaching !== undefined,
		columnOrdering: session.columnOrdering !== undefined,
	};
	return found[part];
}

function hasMember<Part extends object>(part: Part | undefined, name: keyof Part): boolean {
	return part !== undefined && part[name] !== undefined;
}

/** One write, ready to go: everything that had to be looked for or made before is there. */
export interface Write {
	readonly desk: Desk;
	readonly run: () => Promise<unknown>;
}

export async function prepareWrite(session: Session, part: CardWritePart): Promise<Write> {
	const cards = session.cards!;
	switch (part) {
		case 'cardCreation': {
			const desk = await deskOf(session);
			const form = cards.creation!.form(desk.lane.column);
			const values = await filled(form.fields, 'Neue Karte ✓');
			return { desk, run: () => form.submit(values, signal()) };
		}
		case 'cardEditing': {
			const desk = await editable(session);
			return { desk, run: () => cards.editing!.edit(desk.card, { title: 'Überprüft ✓' }, signal()) };
		}
		case 'cardMoving': {
			const desk = await movable(session);
			const to = targetsOf(cards, desk)[0]!;
			return { desk, run: () => cards.moving!.move(desk.card, to.column, undefined, signal()) };
		}
		case 'cardRemoval': {
			const desk = await removable(session);
			return { desk, run: () => cards.removal!.remove(desk.card, signal()) };
		}
		case 'cardRestoring': {
			const desk = await removable(session);
			await cards.removal!.remove(desk.card, signal());
			return { desk, run: () => cards.removal!.restore!(desk.card, signal()) };
		}
		case 'commenting': {
			const desk = await deskOf(session);
			return { desk, run: () => cards.comments!.add!(desk.card, commentText, signal()) };
		}
		case 'commentRemoval': {
			const desk = await deskOf(session);
			await cards.comments!.add!(desk.card, commentText, signal());
			const comment = (await allItems(await cards.comments!.list(desk.card, signal()), signal())).at(-1)!;
			return { desk, run: () => cards.comments!.remove!(desk.card, comment, signal()) };
		}
		case 'checklist': {
			const { desk, items } = await withChecklist(session);
			const [item] = items;
			return {
				desk,
				run: () => cards.checklist!.set(desk.card, item!, { title: item!.title, done: !item!.done }, signal()),
			};
		}
		case 'checklistAdding': {
			const { desk } = await withChecklist(session);
			return { desk, run: () => cards.checklist!.add!(desk.card, 'Prüfen ✓', signal()) };
		}
		case 'checklistRemoval': {
			const { desk, items } = await withChecklist(session);
			return { desk, run: () => cards.checklist!.remove!(desk.card, items[0]!, signal()) };
		}
		case 'attaching': {
			const desk = await deskOf(session);
			return { desk, run: () => cards.attaching!.attach(desk.card, attachedFile, signal()) };
		}
		case 'columnOrdering': {
			const desk = await deskOf(session, (_, lanes) => lanes.length > 2);
			const last = desk.lanes.at(-1)!.column;
			return { desk, run: () => session.columnOrdering!.move(last, undefined, signal()) };
		}
	}
}

export const commentText = 'Höhe 5 < 6 & “q”';
export const attachedFile = fileOf('Übersicht.txt', 'Zeile eins\nline two\n');

export function editable(session: Session): Promise<Desk> {
	return deskOf(session, (card) => session.cards!.editing!.fields(card).some(({ id }) => id === 'title'));
}

export function movable(session: Session): Promise<Desk> {
	return deskOf(session, (card, lanes) => targetsOf(session.cards!, { card, lanes }).length > 0);
}

export function removable(session: Session): Promise<Desk> {
	return deskOf(session, (card) => session.cards!.removal!.whyNot?.(card) === undefined);
}

/** The other columns that a card can go to. */
export function targetsOf(cards: Cards, { card, lanes }: Pick<Desk, 'card' | 'lanes'>) {
	const others = lanes.filter(({ column }) => column.id !== card.columnId);
	return others.filter(({ column }) => cards.moving!.whyNot?.(card, column) === undefined);
}

/** A card with a list of things to do on it. */
export async function withChecklist(session: Session) {
	for await (const { workspace, board } of allBoards(session)) {
		const lanes = await lanesOf(session, board);
		for (const lane of lanes.filter(({ cards }) => cards.length < 200)) {
			for (const card of lane.cards.filter(({ readOnly }) => readOnly === undefined).slice(0, 10)) {
				const { checklist } = await session.cards!.look(card, signal());
				if (checklist?.length) {
					return { desk: { workspace, board, lanes, lane, card }, items: checklist };
				}
			}
		}
	}
	throw new Error('no card has a list');
}

/** Values a form can be sent with: its text fields with a text, and every other one that must be there. */
export async function filled(fields: readonly Field[], title: string): Promise<Values> {
	const values: Record<string, FieldValue | undefined> = Object.fromEntries(
		fields.map((field) => [field.id, field.initial]),
	);
	const first = fields.find(({ kind, id }) => kind === 'text' && id === 'title') ?? fields[0]!;
	values[first.id] = title;
	for (const field of fields.filter(({ required }) => required)) {
		if (isEmpty(values[field.id])) {
			values[field.id] = await anotherValue(field, values);
		}
	}
	return values;
}

/** A value that the field does not hold now and may hold; undefined where there is no other. */
export async function anotherValue(field: Field, values: Values): Promise<FieldValue | undefined> {
	const now = values[field.id];
	const candidates = await candidatesFor(field, values);
	return candidates.find(
		(one) => !sameValue(one, now) && problemOf(field, { ...values, [field.id]: one }) === undefined,
	);
}

async function candidatesFor(field: Field, values: Values): Promise<readonly FieldValue[]> {
	switch (field.kind) {
		case 'flag':
			return [values[field.id] !== true];
		case 'date':
			return ['2026-12-24', '2026-12-28'];
		case 'text':
			return field.html
				? ['<p>Zeile eins &amp; zwei</p>']
				: [...(field.multiline ? ['Zeile eins ✓\nZeile zwei'] : []), 'Überprüft ✓', '3', '5', '2:30'];
		case 'choice':
			return choicesOf(field, values);
		case 'path':
		case 'mapping':
			return [];
	}
}

async function choicesOf(field: ChoiceField, values: Values): Promise<readonly FieldValue[]> {
	const { items } = await field.choices(values, signal());
	return items.map(({ value }) => (field.many ? [value] : value));
}

export function sameValue(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
	const plain = (value: FieldValue | undefined) =>
		isEmpty(value) || value === false ? '' : JSON.stringify(Array.isArray(value) ? value.toSorted() : value);
	return plain(a) === plain(b);
}

/** What people would see of a board and of one card on it, without what is new with every run. */
export async function seen(session: Session, { board, card }: Desk): Promise<string> {
	session.forget();
	const lanes = await lanesOf(session, board);
	const one = await session.cards!.look(card, signal()).then(
		({ values, checklist, attachments }) => ({
			values,
			checklist: checklist?.map(({ title, done }) => [title, done]),
			attachments: attachments?.map(({ name }) => name),
		}),
		(error: Error) => error.name,
	);
	const { comments } = session.cards!;
	const said =
		comments && typeof one === 'object'
			? (await allItems(await comments.list(card, signal()), signal())).map(({ text }) => text)
			: undefined;
	return JSON.stringify({ lanes: lanes.map(({ column, cards }) => [column.name, cards.map(summary)]), one, said });
}

function summary({ title, assigneeIds, dueDate, labels, status, done, blocked, progress, comments }: Card) {
	return [title, assigneeIds, dueDate, labels, status, done, blocked, progress, comments];
}
