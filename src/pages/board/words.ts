import { t } from '@vscode/l10n';
import type { LaneView } from '../protocol.ts';
import { type Place, staying } from './places.ts';

/** What the board says of itself while something is lifted. */

export function numberText(number: number): string {
	return new Intl.NumberFormat(document.documentElement.lang || undefined).format(number);
}

/** The lifted things by name, or how many they are. */
export function liftedName(titles: readonly string[], cards: string): string {
	const [only] = titles;
	return titles.length === 1 && only !== undefined ? only : t('{0} {1}', numberText(titles.length), cards);
}

export function liftedText(name: string, lane: LaneView, index: number): string {
	const where = t(
		'{0} lifted from {1}, {2} of {3}.',
		name,
		lane.name,
		numberText(index + 1),
		numberText(lane.cards.length),
	);
	return `${where} ${t('Arrow keys choose the place, Space or Enter drops, Escape puts back.')}`;
}

export function placeText(lane: LaneView, lifted: ReadonlySet<string>, { index }: Place): string {
	return placed(lane, lifted, index, {
		into: t('{0}.', lane.name),
		first: t('{0}, first.', lane.name),
		last: t('{0}, last.', lane.name),
		at: (position, total) => t('{0}, {1} of {2}.', lane.name, position, total),
	});
}

export function droppedText(name: string, lane: LaneView, lifted: ReadonlySet<string>, { index }: Place): string {
	return placed(lane, lifted, index, {
		into: t('{0} dropped into {1}.', name, lane.name),
		first: t('{0} dropped into {1}, first.', name, lane.name),
		last: t('{0} dropped into {1}, last.', name, lane.name),
		at: (position, total) => t('{0} dropped into {1}, {2} of {3}.', name, lane.name, position, total),
	});
}

interface Phrases {
	readonly into: string;
	readonly first: string;
	readonly last: string;
	at(position: string, total: string): string;
}

function placed(lane: LaneView, lifted: ReadonlySet<string>, index: number, say: Phrases): string {
	if (lane.drop === 'into') return say.into;
	if (lane.drop === 'ends') return index === 0 ? say.first : say.last;
	return say.at(numberText(index + 1), numberText(staying(lane, lifted).length + 1));
}
