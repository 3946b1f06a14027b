import { t } from '@vscode/l10n';
import type { Account } from '../core/accounts.ts';
import { type Arrangement, type Filter, isFiltered, labelsOf } from '../core/arrangement.ts';
import type { ArrangementStore } from '../core/arrangementStore.ts';
import type { Board, Card, Choice } from '../core/model.ts';
import { allItems, onePage } from '../core/page.ts';
import { askChoice, askText } from '../host/ask.ts';
import type { Node } from '../views/node.ts';
import type { BoardNode } from '../views/nodes/board.ts';
import { chooseAccount, chooseBoard, chooseWorkspace } from './choose.ts';
import type { Services } from './services.ts';

/** How a board is shown: what its lanes are, in which order its cards stand, and which of them. Remembered for each board. */

type Arranging = Services & { readonly arrangements: ArrangementStore };
type Arrange = (services: Arranging, node?: Node) => Promise<void>;

interface Place {
	readonly account: Account;
	readonly board: Board;
}

/** A choice and what the arrangement becomes by it; a promise of nothing where the person left a further question. */
interface Offer {
	readonly label: string;
	/** Whether the board is shown like that now. */
	readonly isNow: boolean;
	readonly detail?: string;
	readonly take: () => Filter | Promise<Filter | undefined>;
}

export const groupBoard: Arrange = (services, node) => {
	const groups: Readonly<Record<Arrangement['group'], string>> = {
		column: t('As at the vendor'),
		assignee: t('By assignee'),
		label: t('By label'),
		due: t('By due date'),
	};
	return change(services, node, t('Group board'), async ({ arrangement, title }) => {
		const group = await chooseKey(title, t('What are its columns to be?'), groups, arrangement.group);
		return group && { ...arrangement, group };
	});
};

export const sortBoard: Arrange = (services, node) => {
	const orders: Readonly<Record<Arrangement['sort'], string>> = {
		vendor: t('As at the vendor'),
		due: t('By due date'),
		title: t('By title'),
		assignee: t('By assignee'),
	};
	return change(services, node, t('Sort board'), async ({ arrangement, title }) => {
		const sort = await chooseKey(title, t('In which order are its cards to stand?'), orders, arrangement.sort);
		return sort && { ...arrangement, sort };
	});
};

/** Choosing what is on already takes it off. */
export const filterBoard: Arrange = (services, node) =>
	change(services, node, t('Filter board'), async ({ arrangement, place, title }) => {
		const offers = offersOf(services, place, arrangement.filter, title);
		const choices = offers.map(({ label, isNow, detail }, at) => choiceOf(String(at), label, isNow, detail));
		const chosen = await chooseOne(title, t('Which cards are to be shown?'), async () => choices);
		const filter = await offers[Number(chosen)]?.take();
		return filter && { ...arrangement, filter };
	});

interface Question {
	readonly arrangement: Arrangement;
	readonly place: Place;
	readonly title: string;
}

async function change(
	services: Arranging,
	node: Node | undefined,
	what: string,
	ask: (question: Question) => Promise<Arrangement | undefined>,
): Promise<void> {
	const place = isBoard(node) ? node : await choosePlace(services, what);
	if (!place) {
		return;
	}
	const { account, board } = place;
	const arrangement = services.arrangements.get(account.id, board.id);
	const wanted = await ask({ arrangement, place, title: t('{0}: {1}', what, board.name) });
	if (wanted) {
		await services.arrangements.set(account.id, board.id, wanted);
	}
}

function isBoard(node: Node | undefined): node is BoardNode {
	return node !== undefined && 'board' in node;
}

async function choosePlace(services: Services, title: string): Promise<Place | undefined> {
	const account = await chooseAccount(services, title, ({ boards }) => boards !== undefined);
	const workspace = account && (await chooseWorkspace(services, account, title));
	const board = workspace && (await chooseBoard(services, account, workspace, title));
	return board && account && { account, board };
}

function offersOf(services: Services, place: Place, filter: Filter, title: string): readonly Offer[] {
	const { mine, dueThisWeek, label, text } = filter;
	const knowsMe = services.sessions.peek(place.account).cards?.me !== undefined;
	const offers: readonly (Offer | false)[] = [
		(knowsMe || mine === true) && {
			label: t('Mine'),
			isNow: mine === true,
			take: () => ({ ...filter, mine: !mine }),
		},
		{
			label: t('Due this week or overdue'),
			isNow: dueThisWeek === true,
			take: () => ({ ...filter, dueThisWeek: !dueThisWeek }),
		},
		{
			label: t('With a label…'),
			isNow: label !== undefined,
			detail: label,
			take: () => askLabel(services, place, filter, title),
		},
		{ label: t('With words…'), isNow: text !== undefined, detail: text, take: () => askWords(filter, title) },
		isFiltered(filter) && { label: t('Show all'), isNow: false, take: () => ({}) },
	];
	return offers.filter((offer) => offer !== false);
}

async function askLabel(services: Services, place: Place, filter: Filter, title: string): Promise<Filter | undefined> {
	const any = 'any';
	const chosen = await chooseOne(title, t('With which label?'), async (signal) => {
		const labels = labelsOf(await allCards(services, place, signal));
		return [
			choiceOf(any, t('Any label or none'), filter.label === undefined),
			...labels.map((label) => choiceOf(`=${label}`, label, label === filter.label)),
		];
	});
	return chosen === undefined ? undefined : { ...filter, label: chosen === any ? undefined : chosen.slice(1) };
}

async function allCards({ sessions }: Services, { account, board }: Place, signal: AbortSignal): Promise<Card[]> {
	const { boards } = await sessions.ready(account, signal);
	const columns = (await boards?.columns(board, signal)) ?? [];
	const lists = await Promise.all(
		columns.map(async (column) => allItems((await boards?.cards(column, signal)) ?? onePage([]), signal)),
	);
	return lists.flat();
}

async function askWords(filter: Filter, title: string): Promise<Filter | undefined> {
	const answer = await askText({
		title,
		prompt: t('Words of the title, number, labels, state or people; nothing shows all.'),
		value: filter.text,
		check: () => undefined,
	});
	return answer.kind === 'value' ? { ...filter, text: answer.value.trim() || undefined } : undefined;
}

async function chooseKey<Key extends string>(
	title: string,
	prompt: string,
	labels: Readonly<Record<Key, string>>,
	now: Key,
): Promise<Key | undefined> {
	const keys = Object.keys(labels) as Key[];
	const chosen = await chooseOne(title, prompt, async () => keys.map((key) => choiceOf(key, labels[key], key === now)));
	return keys.find((key) => key === chosen);
}

/** The value of one choice; the first that is so now is the one Enter would take. */
async function chooseOne(
	title: string,
	prompt: string,
	load: (signal: AbortSignal) => Promise<readonly MarkedChoice[]>,
): Promise<string | undefined> {
	const chosen: string[] = [];
	const choices = async (signal: AbortSignal) => {
		const items = await load(signal);
		chosen.push(...items.filter(({ isNow }) => isNow).map(({ value }) => value));
		return onePage(items);
	};
	const answer = await askChoice({ title, prompt, chosen, choices });
	return answer.kind === 'value' ? answer.value[0]?.value : undefined;
}

interface MarkedChoice extends Choice {
	readonly isNow: boolean;
}

/** What is so now is said in a word, which a sign could not. */
function choiceOf(value: string, label: string, isNow: boolean, detail?: string): MarkedChoice {
	const mark = detail === undefined ? t('now') : t('now: {0}', detail);
	return { value, label, isNow, ...(isNow && { detail: mark }) };
}
