import type { Node } from '../views/node.ts';
import type { Services } from './services.ts';

/** What a key hands over in place of a line: what is selected in our tree, or in the view of one's own cards. */
interface Keyed {
	readonly selection: true | 'myCards';
}

/** What the menu of a page hands over: the card under the pointer. */
interface OfPage {
	readonly webviewSection: string;
	readonly card: string;
}

/** The lines that a command is for. A menu hands over the line under the pointer and all that are selected, a key none of them. */
export function selectedOf(services: Services, node: Node | undefined, rest: readonly unknown[]): readonly Node[] {
	const handed = rest.find((one): one is readonly Node[] => Array.isArray(one) && one.length > 0);
	const stand = rest.map((one) => standsFor(services, one)).find((one) => one !== undefined);
	return handed ?? stand ?? (node ? [node] : []);
}

/** The lines that something stands for which a key or the menu of a page handed over; undefined where it is nothing of the kind. */
export function standsFor(services: Services, argument: unknown): readonly Node[] | undefined {
	const { view, myCardsView, pages } = services;
	if (isKeyed(argument)) {
		return (argument.selection === 'myCards' ? myCardsView : view).selection;
	}
	return isOfPage(argument) ? pages.linesOfMenu(argument.card) : undefined;
}

function isKeyed(argument: unknown): argument is Keyed {
	return typeof argument === 'object' && argument !== null && 'selection' in argument;
}

function isOfPage(argument: unknown): argument is OfPage {
	return typeof argument === 'object' && argument !== null && 'webviewSection' in argument && 'card' in argument;
}
