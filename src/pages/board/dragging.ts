import {
	draggable,
	dropTargetForElements,
	type ElementEventPayloadMap,
	monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { setCustomNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview';
import { attachClosestEdge, extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge';
import { scrollAtEdges } from './autoScroll.ts';
import type { Desk } from './desk.ts';
import type { LaneElement } from './laneElement.ts';
import { tellDropped } from './lifting.ts';
import { placeAtGap } from './places.ts';
import { liftedName } from './words.ts';

/** Moving cards and lanes with the mouse. */

type Under = ElementEventPayloadMap['onDrag']['location']['current'];

/** Lets a card be dragged, together with the other selected ones. */
export function dragsCard(element: HTMLElement, { state, draw }: Desk): () => void {
	const id = element.dataset['card'] ?? '';
	return draggable({
		element,
		canDrag: () => !state.lifted && !state.liftedLane && state.card(id)?.movable === true,
		getInitialData: () => ({ card: id }),
		onGenerateDragPreview: ({ nativeSetDragImage }) => {
			const titles = state.take(id).map((each) => state.card(each)?.title ?? '');
			showPreview(nativeSetDragImage, liftedName(titles, state.view?.words.cards ?? ''));
		},
		onDragStart: () => {
			const ids = state.take(id);
			const lane = element.closest<HTMLElement>('[data-lane]')?.dataset['lane'] ?? '';
			state.spot = { lane, card: id };
			state.lifted = { ids: new Set(ids), by: 'mouse' };
			draw();
		},
	});
}

/** Lets a lane be dragged by its name. */
export function dragsLane(handle: HTMLElement, { dataset }: LaneElement, { state, draw }: Desk): () => void {
	const id = dataset['lane'] ?? '';
	return draggable({
		element: handle,
		canDrag: () => !state.lifted && !state.liftedLane,
		getInitialData: () => ({ lane: id }),
		onGenerateDragPreview: ({ nativeSetDragImage }) => showPreview(nativeSetDragImage, state.lane(id)?.name ?? ''),
		onDragStart: () => {
			state.liftedLane = { lane: id, by: 'mouse' };
			draw();
		},
	});
}

/** Lets a lane take what is dropped on it. */
export function takesDrops(element: LaneElement, { state }: Desk): () => void {
	const laneOf = () => element.drawing.lane;
	return dropTargetForElements({
		element,
		canDrop: ({ source }) => (source.data['card'] ? laneOf().drop !== undefined : laneOf().movable === true),
		getData: ({ source, input }) => {
			const data = { lane: laneOf().id };
			if (source.data['card']) return data;
			return attachClosestEdge(data, { element, input, allowedEdges: ['left', 'right'] });
		},
		getIsSticky: () => state.liftedLane !== undefined,
	});
}

/** Follows every drag on the board to its end. `scroller` moves sideways. */
export function followDrags(desk: Desk, scroller: HTMLElement): () => void {
	let stopScrolling = () => {};
	const over = ({ location }: ElementEventPayloadMap['onDrag']) => {
		if (isOurs(desk)) follow(desk, location.current);
	};
	return monitorForElements({
		onDragStart: () => {
			stopScrolling = scrollAtEdges(scroller);
		},
		onDrag: over,
		onDropTargetChange: over,
		onDrop: ({ location }) => {
			stopScrolling();
			if (isOurs(desk)) end(desk, location.current);
		},
	});
}

function isOurs({ state }: Desk): boolean {
	return state.lifted?.by === 'mouse' || state.liftedLane?.by === 'mouse';
}

function follow(desk: Desk, under: Under): void {
	const { state } = desk;
	const [target] = under.dropTargets;
	if (state.lifted) {
		const place = target && placeUnder(desk, target.element as LaneElement, under.input.clientY);
		if (samePlace(place, state.lifted.place)) return;
		state.lifted = { ...state.lifted, place };
	} else if (state.liftedLane) {
		const index = target && laneIndexUnder(desk, target.data);
		if (index === state.liftedLane.index) return;
		state.liftedLane = { ...state.liftedLane, index };
	}
	desk.draw();
}

function placeUnder({ state }: Desk, element: LaneElement, clientY: number) {
	const { lane, metrics } = element.drawing;
	const top = element.list?.getBoundingClientRect().top ?? 0;
	const gap = Math.round((clientY - top + element.top) / metrics.stride);
	return placeAtGap(lane, state.lifted?.ids ?? new Set(), gap);
}

function laneIndexUnder({ state }: Desk, data: Record<string | symbol, unknown>): number {
	const others = state.lanes.filter(({ id }) => id !== state.liftedLane?.lane);
	const at = others.findIndex(({ id }) => id === data['lane']);
	// Over itself it stays.
	if (at < 0) return state.lanes.findIndex(({ id }) => id === state.liftedLane?.lane);
	return extractClosestEdge(data) === 'left' ? at : at + 1;
}

function samePlace(one: { lane: string; index: number } | undefined, other: typeof one): boolean {
	return one?.lane === other?.lane && one?.index === other?.index;
}

function end(desk: Desk, under: Under): void {
	const { state } = desk;
	if (under.dropTargets.length > 0) follow(desk, under);
	else if (state.lifted) state.lifted = { ...state.lifted, place: undefined };
	else if (state.liftedLane) state.liftedLane = { ...state.liftedLane, index: undefined };
	const cards = state.drop();
	if (cards) tellDropped(desk, cards);
	const lane = state.dropLane();
	if (lane) desk.tell({ type: 'moveLane', ...lane });
	desk.draw('focus');
}

/** What hangs on the mouse: the name of what is dragged, or how many cards. */
function showPreview(
	nativeSetDragImage: ElementEventPayloadMap['onGenerateDragPreview']['nativeSetDragImage'],
	text: string,
) {
	setCustomNativeDragPreview({
		nativeSetDragImage,
		render: ({ container }) => {
			const preview = document.createElement('div');
			preview.className = 'preview';
			preview.textContent = text;
			container.append(preview);
		},
	});
}
