import { t } from '@vscode/l10n';
import type { BulkColumn, BulkRow } from '../../core/bulk.ts';
import { type CardBody, sent } from './cardCalls.ts';
import { type Nameable, Reading } from './importCells.ts';
import type { Header, ImportRow, ImportTable } from './importSheet.ts';

/** What the cells of a row can name on the board that it goes to. */
export interface ImportBoard extends Nameable {
	readonly columns: readonly Nameable[];
	readonly labels: readonly Nameable[];
	readonly people: readonly Nameable[];
	readonly activities: readonly Nameable[];
}

export interface Checked {
	readonly row?: BulkRow;
	/** Sentences that begin with the line. */
	readonly problems: readonly string[];
}

/** Turns a row into what is shown and sent, or says everything that is wrong with it. */
export function checkRow(
	row: ImportRow,
	{ from1904, headers }: Pick<ImportTable, 'from1904' | 'headers'>,
	board: ImportBoard,
	workspaceId: string,
): Checked {
	const reading = new Reading(row, from1904);
	const card = cardIn(reading, board);
	const { problems } = reading;
	if (problems.length > 0) {
		return { problems };
	}
	const line = String(row.line);
	const shown = shownOf(card, board);
	const cells = Object.fromEntries(shownHeaders(headers).map((one) => [one, shown[one]]));
	const item = { ...itemOf(card), workspaceId, boardId: board.id };
	return { problems, row: { key: line, label: card.title, cells: { line, ...cells }, item } };
}

type ImportCard = ReturnType<typeof cardIn>;

function cardIn(reading: Reading, board: ImportBoard) {
	return {
		title: reading.title(),
		description: reading.text('description'),
		assignee: reading.one('assignee', board.people, t('The assignee')),
		helpers: reading.people(board.people),
		label: reading.one('label', board.labels, t('The label')),
		column: reading.one('column', board.columns, t('The column')),
		activity: reading.one('activity', board.activities, t('The activity')),
		due: reading.day(),
		points: reading.number('points', t('The points')),
		estimatedTime: reading.number('estimated time', t('The estimated time')),
		blockedReason: reading.text('blocked reason'),
		checklist: reading.checklist(),
	};
}

function itemOf({ assignee, helpers, label, column, activity, ...plain }: ImportCard): BulkRow['item'] {
	return {
		...plain,
		assigneeId: assignee?.id,
		labelId: label?.id,
		columnId: column?.id,
		activityId: activity?.id,
		helperIds: helpers.map(({ id }) => id),
	};
}

function shownOf(card: ImportCard, board: ImportBoard): Readonly<Record<Header, string>> {
	return {
		'due date': card.due ?? '',
		description: card.description ?? '',
		assignee: card.assignee?.name ?? '',
		title: card.title,
		label: card.label?.name ?? '',
		points: textOfNumber(card.points),
		'estimated time': textOfNumber(card.estimatedTime),
		'blocked reason': card.blockedReason ?? '',
		column: card.column?.name ?? '',
		checklist: card.checklist.join(' · '),
		'co-assignees': card.helpers.map(({ name }) => name).join(', '),
		activity: card.activity?.name ?? '',
		'board id': board.name,
	};
}

/** What a new card is sent with; what was left empty is left out. */
export function bodyOf({ item }: BulkRow): CardBody {
	const id = (name: string) => (typeof item[name] === 'string' ? sent(item[name]) : undefined);
	const checklist = Array.isArray(item.checklist) ? item.checklist : [];
	const body = {
		title: item.title,
		board_id: id('boardId'),
		column_id: id('columnId'),
		description: item.description,
		due_date: item.due,
		assignee_id: id('assigneeId'),
		label_id: id('labelId'),
		estimate: item.points,
		estimated_time: item.estimatedTime,
		planlet_id: id('activityId'),
		is_blocked: item.blockedReason === undefined ? 0 : 1,
		block_reason: item.blockedReason,
		checklist: checklist.length > 0 ? checklist : undefined,
	};
	return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

/** The columns of the table for the headers of a file. */
export function columnsFor(headers: readonly Header[]): readonly BulkColumn[] {
	const labels: Record<Header, string> = {
		'due date': t('Due date'),
		description: t('Description'),
		assignee: t('Assignee'),
		title: t('Title'),
		label: t('Label'),
		points: t('Points'),
		'estimated time': t('Estimated time'),
		'blocked reason': t('Why it is blocked'),
		column: t('Column'),
		checklist: t('Checklist'),
		'co-assignees': t('Co-assignees'),
		activity: t('Activity'),
		'board id': t('Board'),
	};
	const numbers: readonly Header[] = ['points', 'estimated time'];
	return [
		{ id: 'line', label: t('Line'), isNumber: true },
		...shownHeaders(headers).map((id) => ({ id, label: labels[id], ...(numbers.includes(id) && { isNumber: true }) })),
	];
}

/** The title and the board first, then the rest in the order of the file. */
function shownHeaders(headers: readonly Header[]): readonly Header[] {
	return [...new Set<Header>(['title', 'board id', ...headers])];
}

function textOfNumber(value: number | undefined): string {
	return value === undefined ? '' : String(value);
}
