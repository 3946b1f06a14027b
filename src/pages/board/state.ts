import type { BoardView, CardView, LaneView, ToBoardPage } from '../protocol.ts';
import { changesNothing, nearest, type Place, withMoved } from './places.ts';
import { keptSpot, laneOf, type Spot } from './roving.ts';
import { inOrder, keptSelection, nothingSelected, only, type Selection } from './selection.ts';

/** Cards on their way to another place: under the mouse, or lifted with a key. */
export interface Lifted {
	readonly ids: ReadonlySet<string>;
	/** Where they would go; undefined while that is where they were. */
	readonly place?: Place;
	readonly by: 'mouse' | 'keyboard';
}

/** A lane on its way, and the index among the other lanes where it would go. */
export interface LiftedLane {
	readonly lane: string;
	readonly index?: number;
	readonly by: 'mouse' | 'keyboard';
}

/** What the board shows, and what the person is doing with it. Knows nothing of how it is drawn. */
export class BoardState {
	view: BoardView | undefined;
	/** As told, but for cards that were just dropped: those stay where they were dropped until the editor tells more. */
	lanes: readonly LaneView[] = [];
	spot: Spot | undefined;
	selection: Selection = nothingSelected;
	lifted: Lifted | undefined;
	liftedLane: LiftedLane | undefined;

	/** Takes what the editor tells of the board. */
	hear(message: Extract<ToBoardPage, { type: 'board' | 'lanes' }>): void {
		if (message.type === 'board') return this.#take(message.board);
		if (!this.view) return;
		const told = new Map(message.lanes.map((lane) => [lane.id, lane]));
		const lanes = this.view.lanes.map((lane) => told.get(lane.id) ?? lane);
		this.#take({ ...this.view, lanes, can: message.can });
	}

	lane(id: string | undefined): LaneView | undefined {
		return this.lanes.find((lane) => lane.id === id);
	}

	card(id: string | undefined): CardView | undefined {
		return id === undefined ? undefined : laneOf(this.lanes, id)?.cards.find((card) => card.id === id);
	}

	/** The selected cards, or the one the keyboard is on. */
	get chosen(): readonly CardView[] {
		const selected = inOrder(this.lanes, this.selection);
		const current = this.card(this.spot?.card);
		return selected.length > 0 || !current ? selected : [current];
	}

	/** Goes to a spot and selects it alone. */
	goTo(spot: Spot): void {
		this.spot = spot;
		this.selection = spot.card === undefined ? nothingSelected : only(spot.card);
	}

	/** The cards that go along when this one is taken: all selected ones where it is among them. None where none may. */
	take(id: string): readonly string[] {
		if (!this.selection.ids.has(id)) this.selection = only(id);
		return this.chosen.filter(({ movable }) => movable).map((card) => card.id);
	}

	/** Shows what was dropped at its new place. Returns the ids in their order; undefined where the drop changes nothing. */
	drop(): { readonly ids: readonly string[]; readonly place: Place; readonly lane: LaneView } | undefined {
		const { lifted } = this;
		this.lifted = undefined;
		const lane = this.lane(lifted?.place?.lane);
		if (!lifted?.place || !lane) return undefined;
		const ids = inOrder(this.lanes, { ids: lifted.ids }).map(({ id }) => id);
		if (changesNothing(this.lanes, ids, lifted.place)) return undefined;
		this.#show(withMoved(this.lanes, ids, lifted.place));
		return { ids, place: lifted.place, lane };
	}

	/** Shows a lane at its new place. Returns the lane it stands behind then; undefined where it stays. */
	dropLane(): { readonly lane: string; readonly after?: string } | undefined {
		const lifted = this.liftedLane;
		this.liftedLane = undefined;
		const lane = this.lane(lifted?.lane);
		if (!lifted || !lane || lifted.index === undefined) return undefined;
		if (this.lanes.indexOf(lane) === lifted.index) return undefined;
		const others = this.lanes.filter((other) => other !== lane);
		this.#show(others.toSpliced(lifted.index, 0, lane));
		const after = others[lifted.index - 1]?.id;
		return { lane: lane.id, ...(after !== undefined && { after }) };
	}

	#take(view: BoardView): void {
		this.view = view;
		this.#show(view.lanes);
	}

	#show(lanes: readonly LaneView[]): void {
		this.spot = keptSpot(this.lanes, lanes, this.spot);
		this.lanes = lanes;
		this.selection = keptSelection(lanes, this.selection);
		this.lifted = this.lifted && this.#stillLifted(this.lifted);
		if (!this.lane(this.liftedLane?.lane)) this.liftedLane = undefined;
	}

	/** What is left of it after the board has changed under it. */
	#stillLifted({ ids, place, by }: Lifted): Lifted | undefined {
		const left = new Set([...ids].filter((id) => this.card(id)));
		if (left.size === 0) return undefined;
		const lane = this.lane(place?.lane);
		return { ids: left, by, place: lane && place && nearest(lane, left, place.index) };
	}
}
