import { t } from '@vscode/l10n';
import type { Desk } from './desk.ts';
import { cardBefore, nearest, type Place, staying } from './places.ts';
import type { Lifted } from './state.ts';
import { droppedText, liftedName, liftedText, numberText, placeText } from './words.ts';

/** Moving cards and lanes with keys: lift, choose the place, drop or put back; every step is said. */

const noFurther = () => t('There is no place further in this direction.');

/** Lifts the selected cards. */
export function liftCards({ state, say, draw }: Desk): void {
	const current = state.card(state.spot?.card);
	const lane = state.lane(state.spot?.lane);
	if (!current || !lane) return;
	const ids = state.take(current.id);
	if (ids.length === 0) return say(t('{0} can’t be moved.', current.title));
	state.lifted = { ids: new Set(ids), by: 'keyboard' };
	say(liftedText(nameOf(state, ids), lane, lane.cards.indexOf(current)));
	draw();
}

/** Chooses a place `down` from the present one, or in a lane that many to the `right`. */
export function chooseCardPlace(desk: Desk, { right = 0, down = 0 }): void {
	const { state, say } = desk;
	const { lifted } = state;
	if (!lifted) return;
	const now = lifted.place ?? placeOfOrigin(desk, lifted);
	const place = right ? placeAside(desk, lifted, now, right) : placeDown(desk, lifted, now, down);
	const lane = state.lane(place?.lane);
	if (!place || !lane) return say(noFurther());
	state.lifted = { ...lifted, place };
	say(placeText(lane, lifted.ids, place));
	desk.showPlace();
	desk.draw();
}

/** Drops the lifted cards where they would go. */
export function dropCards(desk: Desk): void {
	const { state } = desk;
	const { lifted } = state;
	if (!lifted) return;
	const name = nameOf(state, [...lifted.ids]);
	const dropped = state.drop();
	if (!dropped) return putBack(desk, name);
	tellDropped(desk, dropped);
	desk.say(droppedText(name, dropped.lane, lifted.ids, dropped.place));
	desk.draw('focus');
}

/** Tells the editor of cards that were dropped, by whatever means. */
export function tellDropped(
	{ tell }: Desk,
	{ ids, place, lane }: NonNullable<ReturnType<Desk['state']['drop']>>,
): void {
	const after = cardBefore(lane, new Set(ids), place.index);
	tell({ type: 'move', cards: ids, lane: lane.id, ...(after !== undefined && { after }) });
}

/** Ends whatever was lifted, and leaves all as it was. */
export function putBackAll(desk: Desk): void {
	const { lifted, liftedLane } = desk.state;
	if (lifted) putBack(desk, nameOf(desk.state, [...lifted.ids]));
	if (liftedLane) putBack(desk, desk.state.lane(liftedLane.lane)?.name ?? '');
}

/** Lifts the lane the keyboard is on. */
export function liftLane({ state, say, draw }: Desk): void {
	const lane = state.lane(state.spot?.lane);
	if (!lane?.movable) return;
	state.liftedLane = { lane: lane.id, by: 'keyboard' };
	const where = t(
		'{0} lifted, {1} of {2}.',
		lane.name,
		numberText(state.lanes.indexOf(lane) + 1),
		numberText(state.lanes.length),
	);
	say(`${where} ${t('Left and Right choose the place, Space or Enter drops, Escape puts back.')}`);
	draw();
}

export function chooseLanePlace(desk: Desk, right: number): void {
	const { state, say } = desk;
	const lifted = state.liftedLane;
	const lane = state.lane(lifted?.lane);
	if (!lifted || !lane) return;
	const index = (lifted.index ?? state.lanes.indexOf(lane)) + right;
	if (index < 0 || index >= state.lanes.length) return say(noFurther());
	state.liftedLane = { ...lifted, index };
	say(t('{0} of {1}.', numberText(index + 1), numberText(state.lanes.length)));
	desk.showPlace();
	desk.draw();
}

export function dropLane(desk: Desk): void {
	const { state } = desk;
	const name = state.lane(state.liftedLane?.lane)?.name ?? '';
	const dropped = state.dropLane();
	if (!dropped) return putBack(desk, name);
	desk.tell({ type: 'moveLane', ...dropped });
	const at = state.lanes.findIndex(({ id }) => id === dropped.lane);
	desk.say(t('{0} dropped, {1} of {2}.', name, numberText(at + 1), numberText(state.lanes.length)));
	desk.draw('focus');
}

function putBack({ state, say, draw }: Desk, name: string): void {
	state.lifted = undefined;
	state.liftedLane = undefined;
	say(t('{0} put back.', name));
	draw();
}

function nameOf(state: Desk['state'], ids: readonly string[]): string {
	return liftedName(
		ids.map((id) => state.card(id)?.title ?? ''),
		state.view?.words.cards ?? '',
	);
}

/** Where the card that the keyboard is on would stand if it were dropped at once. */
function placeOfOrigin({ state }: Desk, { ids }: Lifted): Place {
	const lane = state.lane(state.spot?.lane);
	const at = lane?.cards.findIndex(({ id }) => id === state.spot?.card) ?? 0;
	const index = lane?.cards.slice(0, at).filter(({ id }) => !ids.has(id)).length ?? 0;
	return { lane: lane?.id ?? '', index };
}

function placeDown({ state }: Desk, { ids }: Lifted, now: Place, down: number): Place | undefined {
	const lane = state.lane(now.lane);
	if (!lane) return undefined;
	const wanted = Math.max(0, Math.min(staying(lane, ids).length, now.index + down));
	// Where only the ends are places, the nearest to the next one would be the present one.
	const place = nearest(lane, ids, lane.drop === 'ends' ? (down < 0 ? 0 : lane.cards.length) : wanted);
	return place && place.index !== now.index ? place : undefined;
}

function placeAside({ state }: Desk, { ids }: Lifted, now: Place, right: number): Place | undefined {
	const at = state.lanes.findIndex(({ id }) => id === now.lane);
	const beyond = right > 0 ? state.lanes.slice(at + 1) : state.lanes.slice(0, at).toReversed();
	const lane = beyond.find(({ drop }) => drop);
	return lane && nearest(lane, ids, now.index);
}
