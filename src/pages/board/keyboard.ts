import type { Desk } from './desk.ts';
import { chooseCardPlace, chooseLanePlace, dropCards, dropLane, liftCards, liftLane, putBackAll } from './lifting.ts';
import { type Step, spotIn, stepFrom } from './roving.ts';
import { only, stretched, toggled } from './selection.ts';

/** What the keys do on the board. Each returns whether the key was one of its own. */

type Act = (desk: Desk, event: KeyboardEvent) => void;

export function pressed(desk: Desk, event: KeyboardEvent): boolean {
	const act = actFor(desk, event);
	act?.(desk, event);
	return act !== undefined;
}

function actFor({ state }: Desk, { key, altKey, ctrlKey, metaKey }: KeyboardEvent): Act | undefined {
	if (altKey) return undefined;
	if (state.liftedLane) return whileLaneLifted[key];
	if (state.lifted) return whileLifted[key];
	if (ctrlKey || metaKey) return withControl[key.toLowerCase()] ?? goes(key);
	return (state.spot?.head ? onHead[key] : onCard[key]) ?? onBoth[key] ?? goes(key);
}

const dropsCards: Act = (desk) => dropCards(desk);
const dropsLane: Act = (desk) => dropLane(desk);
const putsBack: Act = (desk) => {
	putBackAll(desk);
	desk.draw('focus');
};
const nothing: Act = () => {};

const whileLifted: Record<string, Act> = {
	ArrowDown: (desk) => chooseCardPlace(desk, { down: 1 }),
	ArrowUp: (desk) => chooseCardPlace(desk, { down: -1 }),
	ArrowRight: (desk) => chooseCardPlace(desk, { right: 1 }),
	ArrowLeft: (desk) => chooseCardPlace(desk, { right: -1 }),
	PageDown: (desk) => chooseCardPlace(desk, { down: desk.cardsSeen }),
	PageUp: (desk) => chooseCardPlace(desk, { down: -desk.cardsSeen }),
	Home: (desk) => chooseCardPlace(desk, { down: -Number.MAX_SAFE_INTEGER }),
	End: (desk) => chooseCardPlace(desk, { down: Number.MAX_SAFE_INTEGER }),
	' ': dropsCards,
	Enter: dropsCards,
	Escape: putsBack,
};

const whileLaneLifted: Record<string, Act> = {
	ArrowRight: (desk) => chooseLanePlace(desk, 1),
	ArrowLeft: (desk) => chooseLanePlace(desk, -1),
	ArrowUp: nothing,
	ArrowDown: nothing,
	' ': dropsLane,
	Enter: dropsLane,
	Escape: putsBack,
};

const onHead: Record<string, Act> = { ' ': (desk) => liftLane(desk), Enter: (desk) => liftLane(desk) };

const onCard: Record<string, Act> = {
	Enter: ({ state, tell }) => state.spot?.card !== undefined && tell({ type: 'open', card: state.spot.card }),
	' ': (desk) => liftCards(desk),
	F2: (desk) => command(desk, 'rename'),
	Delete: (desk) => command(desk, 'delete'),
	Escape: ({ state, draw }) => {
		if (state.spot) state.goTo(state.spot);
		draw();
	},
};

const onBoth: Record<string, Act> = {
	n: ({ state, tell }) => {
		const lane = state.lane(state.spot?.lane);
		if (lane?.canCreate) tell({ type: 'create', lane: lane.id });
	},
	'?': ({ toggleKeys }) => toggleKeys(),
};

const withControl: Record<string, Act> = {
	a: ({ state, draw }) => {
		const cards = state.lane(state.spot?.lane)?.cards ?? [];
		state.selection = { ids: new Set(cards.map(({ id }) => id)), anchor: state.spot?.card };
		draw();
	},
	' ': ({ state, draw }) => {
		if (state.spot?.card !== undefined) state.selection = toggled(state.selection, state.spot.card);
		draw();
	},
	z: (desk) => desk.state.view?.can.undo && desk.tell({ type: 'command', id: 'undo', cards: [] }),
};

const steps: Record<string, (cardsSeen: number) => Step> = {
	ArrowDown: () => ({ cards: 1 }),
	ArrowUp: () => ({ cards: -1 }),
	ArrowRight: () => ({ lanes: 1 }),
	ArrowLeft: () => ({ lanes: -1 }),
	PageDown: (cardsSeen) => ({ cards: cardsSeen }),
	PageUp: (cardsSeen) => ({ cards: -cardsSeen }),
	Home: () => ({ cards: -Infinity }),
	End: () => ({ cards: Infinity }),
};

/** With Shift the selection stretches along; with Control it stays as it is. */
function goes(key: string): Act | undefined {
	const step = steps[key];
	if (!step) return undefined;
	return ({ state, cardsSeen, draw }, { shiftKey, ctrlKey, metaKey }) => {
		const from = state.spot;
		const lane = state.lane(from?.lane);
		if (!from || !lane) return;
		const to = stepFrom(state.lanes, from, step(cardsSeen)) ?? spotIn(lane, 0);
		if (shiftKey && to.card !== undefined && to.lane === from.lane) stretch(state, from.card, to.card);
		else if (!ctrlKey && !metaKey) state.goTo(to);
		state.spot = to;
		draw('focus');
	};
}

function stretch(state: Desk['state'], from: string | undefined, to: string): void {
	const { selection } = state;
	const start = selection.anchor === undefined && from !== undefined ? only(from) : selection;
	state.selection = stretched(state.lanes, start, to);
}

function command({ state, tell }: Desk, id: 'rename' | 'delete'): void {
	const cards = state.chosen.map((card) => card.id);
	if (cards.length > 0) tell({ type: 'command', id, cards });
}
