import { around, Dice } from './dice.ts';
import type { WorldFile, WorldFolder } from './files.ts';
import { archiveOf } from './files.ts';
import { backlogIdeas, boardNames, cardTitles, clients, people, workspaceNames } from './names.ts';

/**
 * The data behind all five vendors, in nobody's form: each vendor's sandbox turns it into its own. The same seed and
 * scale always give the same world. It is written to be looked at: an empty board, an archived workspace, non-ASCII
 * titles, a backlog long enough for three pages.
 */
export interface World {
	readonly people: readonly WorldPerson[];
	readonly clients: readonly string[];
	readonly workspaces: readonly WorldWorkspace[];
	/** Bytes of one more document, in the first archive of a vendor that serves it; none without it. */
	readonly largeDocument?: number;
	/** Whether vendors serve what their references only guess as well. */
	readonly experimental?: boolean;
}

export interface WorldPerson {
	readonly firstName: string;
	readonly lastName: string;
	readonly email: string;
}

export interface WorldWorkspace {
	readonly name: string;
	readonly description: string;
	readonly archived: boolean;
	/** Index into `clients`. */
	readonly client: number;
	/** Index into `people`. */
	readonly manager: number;
	/** `YYYY-MM-DD`. */
	readonly startDate: string;
	readonly boards: readonly WorldBoard[];
	readonly archive: WorldFolder;
}

export interface WorldBoard {
	readonly name: string;
	/** The columns' names in order; an empty board has columns and no cards. */
	readonly columns: readonly string[];
	readonly cards: readonly WorldCard[];
	readonly dueDate: string;
}

export interface WorldCard {
	readonly title: string;
	/** HTML. */
	readonly description: string;
	/** Index into the board's columns. */
	readonly column: number;
	/** Index into `people`, where somebody is assigned. */
	readonly assignee?: number;
	readonly startDate?: string;
	readonly dueDate?: string;
	readonly labels: readonly string[];
	readonly blocked?: string;
	readonly points?: number;
	readonly checklist: readonly string[];
	/** ISO time. */
	readonly created: string;
}

export type { WorldFile, WorldFolder };

export interface WorldOptions {
	/** How many workspaces; without it the hand-made world of twelve. */
	readonly scale?: number;
	readonly seed?: number;
	/** Bytes of one large document more. */
	readonly largeDocument?: number;
	/** Whether vendors serve what their references only guess as well. */
	readonly experimental?: boolean;
}

/** Cards of the largest board where a scale is asked for. */
const largestBoard = 2_000;
const mostCards = 100_000;

export function makeWorld({ scale, seed = 1, largeDocument, experimental }: WorldOptions = {}): World {
	const dice = new Dice(seed);
	const count = scale ?? workspaceNames.length;
	const perWorkspace =
		scale === undefined ? undefined : Math.floor(Math.min(mostCards - largestBoard, count * 200) / count);
	return {
		people,
		clients,
		largeDocument,
		experimental,
		workspaces: Array.from({ length: count }, (_, index) => makeWorkspace(dice, index, perWorkspace)),
	};
}

function makeWorkspace(dice: Dice, index: number, cards: number | undefined): WorldWorkspace {
	const base = around(workspaceNames, index);
	const round = Math.floor(index / workspaceNames.length);
	const name = round === 0 ? base.name : `${base.name} ${round + 1}`;
	return {
		name,
		description: base.description,
		archived: base.archived ?? false,
		client: index % clients.length,
		manager: index % people.length,
		startDate: dice.day(-300, -60),
		boards: makeBoards(dice, index, cards),
		archive: archiveOf(dice, name),
	};
}

function makeBoards(dice: Dice, workspace: number, cards: number | undefined): readonly WorldBoard[] {
	const names = [0, 1, 2].map((offset) => around(boardNames, workspace * 3 + offset));
	return names.map(({ name, columns, empty }, board) => {
		const size = cards === undefined ? dice.between(6, 18) : sizeAtScale(cards, workspace, board);
		const filled =
			empty === true && cards === undefined
				? []
				: Array.from({ length: size }, (_, at) => makeCard(dice, columns.length, at));
		return { name, columns, cards: filled, dueDate: dice.day(20, 200) };
	});
}

function sizeAtScale(perWorkspace: number, workspace: number, board: number): number {
	return workspace === 0 && board === 0 ? largestBoard : Math.floor(perWorkspace / 3);
}

function makeCard(dice: Dice, columns: number, at: number): WorldCard {
	const title = around(cardTitles, dice.below(cardTitles.length) + at);
	return cardTitled(dice, title, dice.below(columns), at);
}

function cardTitled(dice: Dice, title: string, column: number, at: number): WorldCard {
	const due = dice.chance(0.6) ? dice.day(-10, 60) : undefined;
	return {
		title,
		description: `<p>${title}.</p><p>Agreed with <strong>${dice.pick(people).firstName}</strong>; see the notes in the archive.</p>`,
		column,
		assignee: dice.chance(0.75) ? dice.below(people.length) : undefined,
		startDate: due && dice.chance(0.4) ? dice.day(-40, -11) : undefined,
		dueDate: due,
		labels: dice.chance(0.5) ? [dice.pick(labels)] : [],
		blocked: dice.chance(0.06) ? 'Waiting for the client’s answer' : undefined,
		points: dice.chance(0.5) ? dice.pick([1, 2, 3, 5, 8]) : undefined,
		checklist: dice.chance(0.3) ? ['Draft', 'Review with the team', 'Send'] : [],
		created: `${dice.day(-200, -41)}T08:${String(at % 60).padStart(2, '0')}:00Z`,
	};
}

/** A long list of ideas, for a vendor whose pages are so large that the ordinary boards fit into one. */
export function longBacklog(count: number, seed = 7): readonly WorldCard[] {
	const dice = new Dice(seed);
	return Array.from({ length: count }, (_, at) =>
		cardTitled(
			dice,
			`${around(backlogIdeas, at)}${at < backlogIdeas.length ? '' : ` (${Math.floor(at / backlogIdeas.length) + 1})`}`,
			0,
			at,
		),
	);
}

const labels = ['Design', 'Bug', 'Risk', 'Quick win', 'Überprüfen', 'Client', 'Legal'];
