import { t } from '@vscode/l10n';
import type { BulkJob, BulkRow, Gathered, JobIo, JobPlace } from '../../core/bulk.ts';
import { InvalidInput, ProviderError } from '../../core/errors.ts';
import type { Field, Values } from '../../core/form.ts';
import { textOf } from '../../core/form.ts';
import { allItems, onePage } from '../../core/page.ts';
import { type CardNeeds, cardsKey, labelsOf, peopleChoices } from './cardAccess.ts';
import { sent } from './cardCalls.ts';
import { type Nameable, named, textIn } from './importCells.ts';
import { bodyOf, checkRow, columnsFor, type ImportBoard } from './importRows.ts';
import { type ImportRow, importField, readTable } from './importSheet.ts';
import { inOrder } from './mapping.ts';
import type { BoardWire } from './shapes.ts';

/** Problems of a file that are shown at once. */
const mostProblems = 50;

/** Makes a card of every row of a workbook or of a file of separated values. */
export function importCards(needs: CardNeeds): BulkJob {
	return {
		id: 'importCards',
		title: t('Import cards from a file'),
		on: 'workspace',
		fields: (place) => fields(needs, place),
		gather: (values, place, io, signal) => gather(needs, values, place, io, signal),
		confirmation: (rows) => ({
			question: rows.length === 1 ? t('Create one card?') : t('Create {0} cards?', number(rows.length)),
			detail: t('They are created one after another, in the order of the file. Cards that are there stay as they are.'),
			button: t('Create cards'),
		}),
		run: (row, _values, _io, signal) => create(needs, row, signal),
		// In the order of the file, which becomes their order on the board.
		atOnce: 1,
	};
}

function fields({ client }: CardNeeds, place: JobPlace): readonly Field[] {
	const workspaceId = workspaceIn(place);
	const offered: Field = {
		kind: 'choice',
		id: importField.board,
		label: t('Board for rows that name none'),
		choices: async (_values, signal) => {
			const boards = workspaceId === undefined ? [] : await client.boards(workspaceId, signal);
			return onePage(boards.map(({ id, name }) => ({ value: id, label: name })));
		},
		none: t('This workspace has no boards.'),
	};
	return [
		{
			kind: 'path',
			id: importField.file,
			label: t('Workbook or separated values'),
			what: 'file',
			endings: ['xlsx', 'csv', 'tsv', 'txt'],
			required: true,
			help: t('The headers in its first line are those of ProjectPlace’s example, such as Title, Column and Board id.'),
		},
		{
			kind: 'text',
			id: importField.sheet,
			label: t('Sheet'),
			help: t('Needed where the workbook has several.'),
		},
		...(place.board ? [] : [offered]),
	];
}

function workspaceIn({ workspace, board }: JobPlace): string | undefined {
	return workspace?.id ?? board?.workspaceId;
}

async function gather(
	needs: CardNeeds,
	values: Values,
	place: JobPlace,
	io: JobIo,
	signal: AbortSignal,
): Promise<Gathered> {
	const workspaceId = workspaceIn(place);
	if (workspaceId === undefined) {
		throw new InvalidInput([{ message: t('Choose the workspace that the cards go to.') }]);
	}
	const given = place.board?.id ?? textOf(values, importField.board);
	const table = await readTable(io, values, given !== undefined);
	io.tell(t('{0} rows read', number(table.rows.length)));
	const boards = await needs.client.boards(workspaceId, signal);
	const placed = table.rows.map((row) => ({ row, ...boardOf(row, boards, given) }));
	const known = await lookUp(needs, workspaceId, placed, signal);
	const checked = placed.map(({ row, board, problem }) => {
		const facts = board && known.get(board.id);
		return facts
			? checkRow(row, table, facts, workspaceId)
			: { problems: [t('Line {0}: {1}', row.line, problem ?? '')] };
	});
	refuseWrong(checked.flatMap(({ problems }) => problems));
	const rows = checked.flatMap(({ row }) => row ?? []);
	return { columns: columnsFor(table.headers), rows, skipped: table.remarks };
}

interface Placed {
	readonly row: ImportRow;
	readonly board?: BoardWire;
	readonly problem?: string;
}

function boardOf({ cells }: ImportRow, boards: readonly BoardWire[], given: string | undefined): Omit<Placed, 'row'> {
	const text = textIn(cells['board id']) || given;
	if (text === undefined) {
		return { problem: t('There is no board id.') };
	}
	const result = named(text, boards, t('The board'));
	return result.found ? { board: boards.find(({ id }) => id === result.found.id) } : { problem: result.problem };
}

/** What cells can name, of the boards that rows go to; people and activities are asked for only where a row names any. */
async function lookUp(
	needs: CardNeeds,
	workspaceId: string,
	placed: readonly Placed[],
	signal: AbortSignal,
): Promise<ReadonlyMap<string, ImportBoard>> {
	const groups = Map.groupBy(placed, ({ board }) => board);
	const looked = [...groups].map(async ([board, of]) => {
		const has = (...headers: (keyof ImportRow['cells'])[]) =>
			of.some(({ row }) => headers.some((header) => row.cells[header] !== undefined));
		return board ? [await lookAt(needs, workspaceId, board, has, signal)] : [];
	});
	return new Map((await Promise.all(looked)).flat().map((one) => [one.id, one]));
}

async function lookAt(
	needs: CardNeeds,
	workspaceId: string,
	{ id, name, progresses, labels }: BoardWire,
	has: (...headers: (keyof ImportRow['cells'])[]) => boolean,
	signal: AbortSignal,
): Promise<ImportBoard> {
	const [people, activities, shownLabels] = await Promise.all([
		has('assignee', 'co-assignees') ? peopleOf(needs, workspaceId, id, signal) : [],
		has('activity') ? needs.client.ofBoards.activities(id, signal) : [],
		labels ?? (has('label') ? labelsOf(needs, id, signal) : []),
	]);
	return { id, name, columns: inOrder(progresses), labels: shownLabels, people, activities };
}

async function peopleOf(
	needs: CardNeeds,
	workspaceId: string,
	boardId: string,
	signal: AbortSignal,
): Promise<readonly Nameable[]> {
	const choices = await allItems(await peopleChoices(needs, boardId, workspaceId, signal), signal);
	return choices.map(({ value, label, detail }) => ({ id: value, name: label, also: detail }));
}

function refuseWrong(problems: readonly string[]): void {
	if (problems.length === 0) {
		return;
	}
	const more = problems.length - mostProblems;
	const shown = [
		...problems.slice(0, mostProblems),
		...(more > 0 ? [t('And {0} more like these.', number(more))] : []),
	];
	throw new InvalidInput(shown.map((message) => ({ field: importField.file, message })));
}

async function create(needs: CardNeeds, row: BulkRow, signal: AbortSignal): Promise<string> {
	const { workspaceId, boardId, helperIds } = row.item;
	try {
		const made = await needs.client.ofCards.create(String(workspaceId), bodyOf(row), signal);
		const helpers = Array.isArray(helperIds) ? helperIds : [];
		const missing = helpers.length > 0 ? await addHelpers(needs, made.id, helpers, signal) : undefined;
		return missing === undefined
			? t('Card {0} was created.', made.id)
			: t('Card {0} was created, but its co-assignees are not certain to be there: {1}', made.id, missing);
	} finally {
		needs.shared.delete(cardsKey(String(boardId)));
	}
}

/**
 * Why co-assignees may not be there. That a new card takes them is only guessed, so they are set afterwards; whatever becomes
 * of that, the card is there and must not be made again.
 */
async function addHelpers(
	{ client }: CardNeeds,
	cardId: string,
	helpers: readonly string[],
	signal: AbortSignal,
): Promise<string | undefined> {
	try {
		const { contributors } = await client.ofCards.update(cardId, { contributor_ids: helpers.map(sent) }, signal);
		const there = new Set(contributors?.map(({ id }) => id));
		return helpers.every((id) => there.has(id)) ? undefined : t('ProjectPlace did not take them.');
	} catch (error) {
		if (signal.aborted) {
			return t('It was stopped before ProjectPlace answered.');
		}
		return error instanceof ProviderError ? error.message : t('Setting them failed.');
	}
}

function number(count: number): string {
	return new Intl.NumberFormat().format(count);
}
