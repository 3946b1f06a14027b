import assert from 'node:assert/strict';
import type { Board, Card } from '../../../src/sandbox/projectplace/holdings.ts';
import type { Node } from '../../../src/views/node.ts';
import { type WrittenCell, workbookOf } from '../../support/workbook.ts';
import { Quay } from './support.ts';

const command = 'importCards';
const show = { pick: '$(check)' } as const;
/** The headers of the vendor's sample, in its order. */
const headers = [
	'Due date',
	'Description',
	'Assignee',
	'Title',
	'Label',
	'Points',
	'Estimated time',
	'Blocked reason',
	'Column',
	'Checklist',
	'Co-assignees',
	'Activity',
	'Board id',
];

describe('projectplace: importing cards', () => {
	let quay: Quay;
	let workspace: Node;
	let board: Board;
	before(async () => {
		quay = await Quay.open();
		workspace = await quay.workspace();
		board = quay.held.boards.find(({ name }) => name === 'Delivery') ?? assert.fail();
	});
	afterEach(() => quay.served.faults.clear());
	after(() => quay.close());

	const titled = (title: string): Card[] => quay.held.cards.filter((card) => card['title'] === title);
	const one = (title: string): Card => {
		const [card, ...others] = titled(title);
		assert.ok(card && others.length === 0, `${title} is there ${titled(title).length} times`);
		return card;
	};
	const workbook = (name: string, ...rows: readonly (readonly WrittenCell[])[]) =>
		quay.fileAt(name, workbookOf([{ name: 'Cards', rows }]));
	const csv = (name: string, ...lines: readonly string[]) => quay.fileAt(name, lines.join('\r\n'));
	/** What is said where a file is refused; nothing may be sent. */
	async function refused(file: ReturnType<typeof csv>, node = workspace): Promise<string> {
		let text = '';
		const writes = await quay.writesWhile(async () => {
			const { said, page } = await quay.begun(command, node, { files: [file] }, show, { leave: true });
			assert.equal(page, undefined);
			text = said.join('\n');
		});
		assert.deepEqual(writes, []);
		return text;
	}

	it('is offered at the lines of workspaces and boards', async () => {
		for (const line of [workspace, await quay.board()]) {
			assert.ok(line.item().context.includes(command));
		}
	});

	it('makes cards of a workbook, with names as well as ids', async () => {
		const [label] = board.labels;
		assert.ok(label);
		const byName = [
			{ serial: 46_112 },
			'Ask all three',
			'Ada Lindqvist',
			'Order the crane',
			label.name,
			3,
			90,
			'No budget',
			'Doing',
			'ask for price## send order ##',
			'Dörte Müller',
			'Preparation',
			'Delivery',
		];
		const byId = ['2026-04-01', 'Later', 501, 'Grease the crane', label.id, '1,5', '', '', 0, '', '', '', board.id];
		const file = workbook('cards.xlsx', headers, byName, [], byId);
		const page = await quay.gathered(command, workspace, { files: [file] }, show);
		assert.deepEqual(
			page.table.rows.map(({ label: title, cells }) => [title, cells['line'], cells['column'], cells['board id']]),
			[
				['Order the crane', '2', 'Doing', 'Delivery'],
				['Grease the crane', '4', 'Backlog', 'Delivery'],
			],
		);
		assert.equal(page.table.rows[0]?.cells['due date'], '2026-03-31');
		assert.equal(page.table.rows[1]?.cells['assignee'], 'Ada Lindqvist');
		assert.deepEqual(await quay.writesWhile(() => page.press('dryRun')), []);
		const { said } = await page.press('start', { press: 'Create cards' });
		assert.match(said.join(), /Create 2 cards\?/);
		assert.deepEqual(page.labels('done'), ['Order the crane', 'Grease the crane'], JSON.stringify(page.table.result));
		page.close();

		const crane = one('Order the crane');
		assert.deepEqual(
			[crane.board_id, crane['column_id'], crane['assignee_id'], crane['due_date'], crane['estimate']],
			[board.id, 1, 501, '2026-03-31', 3],
		);
		assert.deepEqual([crane['is_blocked'], crane['is_blocked_reason']], [true, 'No budget']);
		assert.deepEqual(
			(crane['checklist'] as { items: { title: string }[] }).items.map(({ title }) => title),
			['ask for price', 'send order'],
		);
		assert.deepEqual(
			(crane['contributors'] as { id: number }[]).map(({ id }) => id),
			[504],
		);
		const grease = one('Grease the crane');
		assert.deepEqual([grease['column_id'], grease['estimate'], grease['checklist']], [0, 1.5, null]);
	});

	it('makes cards of separated values on the board it was called from, in their order', async () => {
		const file = csv('cards.csv', 'Title;Column', 'Paint the mole;Review', 'Count the gulls;');
		const page = await quay.gathered(command, await quay.board(), { files: [file] }, show);
		page.untick('Count the gulls');
		await page.press('start', { press: 'Create cards' });
		assert.equal(one('Paint the mole')['column_id'], 2);
		assert.deepEqual(titled('Count the gulls'), []);
		page.close();
	});

	it('takes one board for rows that name none', async () => {
		const file = csv('one board.csv', 'Title', 'Sound the horn');
		const page = await quay.gathered(
			command,
			workspace,
			{ files: [file] },
			{ pick: 'Board for rows that name none' },
			{ pick: 'Design' },
			show,
		);
		await page.press('start', { press: 'Create cards' });
		assert.notEqual(one('Sound the horn').board_id, board.id);
		page.close();
	});

	it('names every line that is wrong, and sends nothing', async () => {
		const lines = ['A,Nowhere,2026-01-01', ',Doing,', 'C,Doing,31 March', 'D,Doing,2026-01-01'];
		const said = await refused(csv('wrong.csv', 'Title,Column,Due date', ...lines), await quay.board());
		assert.match(said, /Line 2: The column “Nowhere” is not there\./);
		assert.match(said, /Line 3: There is no title\./);
		assert.match(said, /Line 4: The due date “31 March” is no date such as 2026-03-31\./);
		assert.doesNotMatch(said, /Line 5/);
		assert.deepEqual(titled('D'), []);
	});

	it('refuses more headers than are known, empty ones, and a table without boards', async () => {
		assert.match(
			await refused(workbook('many.xlsx', [...headers, 'One more'], headers)),
			/The first line has 14 headers; at most 13 are known\./,
		);
		assert.match(
			await refused(csv('empty.csv', 'Title,,Board id', `A,b,${board.id}`)),
			/The header at position 2 of the first line is empty\./,
		);
		assert.match(await refused(csv('no board.csv', 'Title,Column', 'A,Doing')), /has no header “Board id”/);
	});

	it('refuses what is no table at all, and what has nothing in it', async () => {
		assert.match(await refused(quay.fileAt('picture.xlsx', new Uint8Array([1, 0, 2, 0, 0, 3]))), /workbook/);
		assert.match(await refused(quay.fileAt('nothing.csv', '')), /nothing in th/i);
	});

	it('asks for the sheet where there are several, and takes its name in any case', async () => {
		const rows = [
			['Title', 'Board id'],
			['Moor the boat', board.id],
		];
		const other = [
			['Title', 'Board id'],
			['Never', board.id],
		];
		const file = quay.fileAt(
			'sheets.xlsx',
			workbookOf([
				{ name: 'Notes', rows: other },
				{ name: 'Cards', rows },
			]),
		);
		const steps = [{ files: [file] }, show, { pick: 'Sheet' }, { type: 'cards' }, show] as const;
		const { said, page } = await quay.begun(command, workspace, ...steps);
		assert.match(said.join('\n'), /The workbook has several sheets\. Write which one to read: Notes, Cards\./);
		assert.deepEqual(
			page?.table.rows.map(({ label }) => label),
			['Moor the boat'],
		);
		page?.close();
	});

	it('goes on after a failure, and tries only that again', async () => {
		quay.served.faults.add({ pattern: 'POST /1/projects/*/cards/create-new', kind: '403', times: 1 });
		const file = csv('failing.csv', 'Title', 'Ring the bell', 'Coil the rope');
		const page = await quay.gathered(command, await quay.board(), { files: [file] }, show);
		await page.press('start', { press: 'Create cards' });
		assert.deepEqual([page.labels('failed'), page.labels('done')], [['Ring the bell'], ['Coil the rope']]);
		await page.press('retry');
		assert.deepEqual(page.labels('done').length, 2);
		['Ring the bell', 'Coil the rope'].forEach(one);
		page.close();
	});

	it('sends a card whose outcome nobody knows once more only where the person wants it', async () => {
		quay.served.faults.add({ pattern: 'POST /1/projects/*/cards/create-new', kind: 'cut', times: 1 });
		const file = csv('unknown.csv', 'Title', 'Trim the lamp');
		const page = await quay.gathered(command, await quay.board(), { files: [file] }, show);
		await page.press('start', { press: 'Create cards' });
		assert.deepEqual(page.labels('unknown'), ['Trim the lamp'], JSON.stringify(page.table.result));
		assert.match(page.buttons.join(), /Send the unknown again \(1\)…/);
		const writes = await quay.writesWhile(async () => {
			const { said } = await page.press('settle', { press: undefined });
			assert.match(said.join('\n'), /They may have been done already, and then are done twice\./);
		});
		assert.deepEqual(writes, []);
		one('Trim the lamp');
		page.close();
	});
});
