import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import type { Values } from '../../src/core/form.ts';
import type { FormPageView, FromFormPage, ToFormPage } from '../../src/pages/formProtocol.ts';
import { seriousFindings } from './axe.ts';
import { newStatuses, oldStatuses, sampleForm } from './formSample.ts';
import { openPages, type PageOptions, type PageRig, type Pages } from './rig.ts';
import { type Theme, themes } from './themes.ts';

const size = { width: 900, height: 1180 };
const shots = 'out/screenshots';

describe('the page of a form', function () {
	this.timeout(30_000);
	let pages: Pages;

	before(async () => {
		mkdirSync(shots, { recursive: true });
		pages = await openPages();
	});

	after(() => pages.close());

	describe('what it shows', () => {
		it('draws every kind of field with what it begins with, its help and what is needed', async () => {
			const { page } = await opened(pages);
			assert.equal(await page.getByRole('textbox', { name: 'Name' }).inputValue(), 'Launch');
			assert.equal(await page.getByLabel('Name').getAttribute('aria-required'), 'true');
			assert.equal(await page.getByLabel('Description').inputValue(), 'One\n\nTwo');
			assert.equal(await page.getByLabel('Due').inputValue(), '2026-03-31');
			assert.equal(await page.getByRole('combobox', { name: 'New workflow' }).inputValue(), 'Simple');
			assert.equal(await page.getByRole('checkbox', { name: 'Billable' }).isChecked(), false);
			assert.equal(await description(page, '#field-billable'), 'Time is charged.');
			assert.equal(await page.getByText('What is marked with * is needed.').count(), 1);
			assert.equal(await page.getByText('Productive · Acme').count(), 1);
		});

		it('begins with the focus in the first field', async () => {
			const { page } = await opened(pages);
			await page.waitForFunction(() => document.activeElement?.id === 'field-name');
		});

		it('draws a mapping as a table, each line with a box of its own name', async () => {
			const { page } = await opened(pages);
			assert.equal(await page.getByRole('group', { name: 'Statuses' }).count(), 1);
			const names = await page.getByRole('rowheader').allTextContents();
			assert.deepEqual(
				names.map((name) => name.trim().replaceAll(/\s+/g, ' ')),
				['Not started', 'Started 12 tasks', 'Closed'],
			);
			for (const { label } of oldStatuses) {
				assert.equal(await page.getByRole('combobox', { name: label, exact: true }).count(), 1, label);
			}
		});

		it('says why both sides of a mapping did not load and asks again', async () => {
			const rig = await pages.open('form', { size, hears: [{ type: 'form', form: sampleForm }] });
			const { ask } = (await rig.hears('rows')) as { ask: number };
			await rig.tell({ type: 'rows', field: 'map', ask, rows: [], failure: 'Productive did not answer.' });
			await rig.page.getByText('Productive did not answer.').waitFor();
			await rig.page.getByRole('group', { name: 'Statuses' }).getByText('Try again').click();
			assert.equal((await rig.hears('rows'))['ask'], ask + 1);
		});

		it('tells the link to the help instead of following it', async () => {
			const rig = await opened(pages);
			await rig.page.getByText('Where do I find these?').click();
			await rig.hears('help');
		});
	});

	describe('filling it in', () => {
		it('sends all values, those of the mapping with a place for every line', async () => {
			const rig = await opened(pages);
			const { page } = rig;
			await page.getByLabel('Name').fill('Relaunch');
			await page.getByLabel('Note').fill('a\nb');
			await page.getByLabel('Due').fill('2026-05-01');
			await page.getByLabel('Billable').press('Space');
			await pick(rig, 'Started', 'Done');
			await page.getByLabel('Name').press('Control+Enter');
			assert.deepEqual((await rig.hears('submit'))['values'], {
				name: 'Relaunch',
				note: 'a\nb',
				body: '<p>One</p><p>Two</p>',
				due: '2026-05-01',
				workflow: 'w1',
				people: [],
				tag: '',
				billable: true,
				file: '',
				map: { o1: '', o2: 'n2', o3: '' },
			});
		});

		it('loads choices in pages, and all of them once something is sought', async () => {
			const rig = await opened(pages);
			const { page } = rig;
			const box = page.getByRole('combobox', { name: 'People' });
			await box.press('ArrowDown');
			await answerChoices(rig, 'people', 'first', [{ value: 'p1', label: 'Ada' }], { hasMore: true });
			await page.getByRole('option', { name: 'Load more…' }).click();
			await answerChoices(rig, 'people', 'more', [{ value: 'p2', label: 'Bob' }], { isMore: true, hasMore: true });
			assert.deepEqual(await page.getByRole('option').allInnerTexts(), ['Ada', 'Bob', 'Load more…']);
			await box.pressSequentially('eve');
			await answerChoices(rig, 'people', 'all', [{ value: 'p9', label: 'Eve' }], { isMore: true });
			await page.getByRole('option', { name: 'Eve' }).waitFor();
			await box.press('Enter');
			await box.press('Escape');
			assert.deepEqual(((await submitted(rig)) as { people: unknown }).people, ['p9']);
		});

		it('says what the form says where there is nothing to choose from', async () => {
			const rig = await opened(pages);
			await rig.page.getByRole('combobox', { name: 'People' }).press('ArrowDown');
			await answerChoices(rig, 'people', 'first', []);
			await rig.page.getByText('Nobody works here.').waitFor();
		});

		it('asks both sides of a mapping anew when another choice changes, and drops what is not there any more', async () => {
			const rig = await opened(pages);
			await pick(rig, 'Started', 'Done');
			await rig.page.getByRole('combobox', { name: 'New workflow' }).press('ArrowDown');
			await answerChoices(rig, 'workflow', 'first', [{ value: 'w2', label: 'Agile' }]);
			await rig.page.getByRole('option', { name: 'Agile' }).click();
			const rows = await rig.page.waitForFunction(() =>
				(window as never as { told: { type: string; values: Values; ask: number }[] }).told.find(
					({ type, values }) => type === 'rows' && values['workflow'] === 'w2',
				),
			);
			const { ask } = (await rows.jsonValue()) as { ask: number };
			await rig.tell({ type: 'rows', field: 'map', ask, rows: oldStatuses });
			const choices = [{ value: 'x1', label: 'Backlog' }];
			await answerChoices(rig, 'map', 'first', choices);
			await rig.page.getByRole('combobox', { name: 'Started', exact: true }).waitFor();
			assert.deepEqual(((await submitted(rig)) as { map: unknown }).map, { o1: '', o2: '', o3: '' });
		});

		it('takes no notice of an answer that comes after it was asked anew', async () => {
			const rig = await opened(pages);
			await rig.tell({ type: 'rows', field: 'map', ask: 7, rows: [{ value: 'zz', label: 'Of yesterday' }] });
			await rig.tell({ type: 'choices', field: 'map', ask: 7, choices: [] });
			assert.equal(await rig.page.getByText('Of yesterday').count(), 0);
		});

		it('has a file chosen in the editor and shows its name', async () => {
			const rig = await opened(pages);
			await rig.page.getByRole('button', { name: 'Choose… (File)' }).click();
			assert.equal((await rig.hears('pick'))['field'], 'file');
			await rig.tell({ type: 'picked', field: 'file', value: 'file:///home/me/My%20plan.csv' });
			await rig.page.waitForFunction(
				() => document.querySelector<HTMLInputElement>('#field-file')?.value === 'My plan.csv',
			);
			await rig.page.getByRole('button', { name: 'Remove (File)' }).click();
			assert.equal(await rig.page.getByLabel('File', { exact: true }).inputValue(), '');
		});

		it('shows what follows from the values while they are typed', async () => {
			const rig = await opened(pages);
			await rig.page.getByLabel('Name').fill('Q');
			const preview = await heardPreview(rig, 'Q');
			await rig.tell({ type: 'preview', ask: preview, text: 'filter[name]=Q' });
			await rig.page.getByText('filter[name]=Q').waitFor();
			await rig.tell({ type: 'preview', ask: preview - 1, text: 'of before' });
			assert.equal(await rig.page.getByText('of before').count(), 0);
		});

		it('keeps what was typed while another tab hides it', async () => {
			const rig = await opened(pages);
			await rig.page.getByLabel('Name').fill('Half typed');
			await pick(rig, 'Closed', 'Done');
			const again = await opened(pages, { kept: await rig.kept() });
			assert.equal(await again.page.getByLabel('Name').inputValue(), 'Half typed');
			assert.equal(await again.page.getByRole('combobox', { name: 'Closed' }).inputValue(), 'Done');
		});
	});

	describe('sending it', () => {
		it('shows an incomplete mapping on the field and on each open line, and none once it is complete', async () => {
			const rig = await opened(pages);
			const { page } = rig;
			await pick(rig, 'Started', 'Done');
			await submitted(rig);
			const problem = { field: 'map', message: 'Statuses: something must be chosen on every line.' };
			await rig.tell({ type: 'problems', problems: [problem], message: 'Something is missing or wrong.' });
			await page.waitForFunction(() => document.activeElement?.id === 'field-map%20o1');
			assert.deepEqual(await invalid(page), ['field-map%20o1', 'field-map%20o3']);
			assert.match(await description(page, '[id="field-map%20o1"]'), /Still open.*every line/s);
			await page.screenshot({ path: `${shots}/form-mapping-open.png` });
			await pick(rig, 'Not started', 'Open');
			assert.deepEqual(await invalid(page), ['field-map%20o3']);
			await pick(rig, 'Closed', 'Done');
			assert.deepEqual(await invalid(page), []);
			assert.deepEqual(((await submitted(rig)) as { map: unknown }).map, { o1: 'n1', o2: 'n2', o3: 'n2' });
		});

		it('shows several problems beside their fields at once, what is wrong with the whole above, and keeps all that was typed', async () => {
			const rig = await opened(pages);
			const { page } = rig;
			await page.getByLabel('Note').fill('kept');
			await submitted(rig);
			await rig.tell(refused);
			await page.waitForFunction(() => document.activeElement?.id === 'field-name');
			assert.deepEqual(await invalid(page), ['field-name', 'field-due']);
			assert.match(await description(page, '#field-name'), /is taken/);
			assert.match(await description(page, '#field-due'), /in the past/);
			assert.match(await page.locator('#refusal').innerText(), /declined this[\s\S]*budget is closed/);
			assert.equal(await page.getByLabel('Note').inputValue(), 'kept');
			await page.getByLabel('Name').fill('Another');
			assert.deepEqual(await invalid(page), ['field-due']);
		});

		it('can’t be changed or sent twice while it is on its way, says how far it is, and can be stopped', async () => {
			const rig = await opened(pages);
			const { page } = rig;
			await page.getByLabel('Note').press('Control+Enter');
			await rig.hears('submit');
			await rig.tell({ type: 'sending', text: 'Copying 3 of 9 tasks' });
			await page.waitForFunction(() => document.activeElement?.id === 'leave');
			assert.equal(await page.getByRole('status').innerText(), 'Copying 3 of 9 tasks');
			assert.equal(await page.getByLabel('Name').isDisabled(), true);
			await page.keyboard.press('Control+Enter');
			await page.keyboard.press('Enter');
			await rig.hears('stop');
			assert.deepEqual(await rig.told('submit'), []);
			await rig.tell({ type: 'settled', text: 'Cancelled.' });
			await page.waitForFunction(() => document.activeElement?.id === 'field-note');
			assert.equal(await page.getByRole('status').innerText(), 'Cancelled.');
			assert.equal(await page.getByLabel('Name').isDisabled(), false);
		});

		it('offers the action of a failure: to try again sends it again, all else is told', async () => {
			const rig = await opened(pages);
			await submitted(rig);
			const failure = { type: 'problems', problems: [], message: 'Productive did not answer.' } as const;
			await rig.tell({ ...failure, action: { label: 'Try again', again: true } });
			await rig.page.waitForFunction(() => document.activeElement?.id === 'refusal');
			await rig.page.getByText('Try again').click();
			await rig.hears('submit');
			await rig.tell({ ...failure, action: { label: 'Sign in again', again: false } });
			await rig.page.getByText('Sign in again').click();
			await rig.hears('act');
		});

		it('says on leaving whether anything was typed', async () => {
			const rig = await opened(pages);
			await rig.page.getByText('Cancel', { exact: true }).click();
			assert.equal((await rig.hears('leave'))['typed'], false);
			await rig.page.getByLabel('Note').fill('x');
			await rig.page.keyboard.press('Escape');
			assert.deepEqual(await rig.told('leave'), []);
			await rig.page.getByText('Cancel', { exact: true }).click();
			assert.equal((await rig.hears('leave'))['typed'], true);
		});

		it('is filled in and sent with the keyboard alone', async () => {
			const rig = await opened(pages);
			const { page } = rig;
			await page.waitForFunction(() => document.activeElement?.id === 'field-name');
			await page.keyboard.type('!');
			for (const label of ['Not started', 'Started', 'Closed']) {
				await tabTo(page, label);
				await page.keyboard.press('ArrowDown');
				await page.keyboard.press('ArrowDown');
				await page.keyboard.press('Enter');
			}
			await tabTo(page, 'Change Workflow');
			await page.keyboard.press('Enter');
			const { values } = (await rig.hears('submit')) as { values: Values };
			assert.equal(values['name'], 'Launch!');
			assert.deepEqual(values['map'], { o1: 'n2', o2: 'n2', o3: 'n2' });
		});
	});

	for (const theme of Object.keys(themes) as Theme[]) {
		it(`has no findings of axe in the theme ${theme}: filled in, with problems, and being sent`, async () => {
			const rig = await opened(pages, { theme });
			const { page } = rig;
			const found = [await seriousFindings(page, `form, ${theme}`)];
			await pick(rig, 'Started', 'Done');
			await submitted(rig);
			await rig.tell({
				...refused,
				problems: [...refused.problems, { field: 'map', message: 'Statuses: something must be chosen on every line.' }],
			});
			await page.getByText('in the past').waitFor();
			found.push(await seriousFindings(page, `form with problems, ${theme}`));
			await page.getByRole('combobox', { name: 'Closed' }).press('ArrowDown');
			await page.getByRole('option').first().waitFor();
			await page.screenshot({ path: `${shots}/form-${theme}.png` });
			found.push(await seriousFindings(page, `form with an open list, ${theme}`));
			await page.keyboard.press('Escape');
			await submitted(rig);
			await rig.tell({ type: 'sending', text: 'Sending…' });
			await page.getByRole('button', { name: 'Stop' }).waitFor();
			found.push(await seriousFindings(page, `form being sent, ${theme}`));
			assert.deepEqual(found.flat(), []);
			assert.deepEqual(await rig.complaints(), []);
		});
	}
});

const refused: Extract<ToFormPage, { type: 'problems' }> = {
	type: 'problems',
	message: 'Productive declined this.',
	problems: [
		{ field: 'due', message: 'This is in the past.' },
		{ field: 'name', message: 'This name is taken.' },
		{ message: 'The budget is closed.' },
	],
};

type Page = PageRig['page'];

/** The sample, with both sides of its mapping loaded. */
async function opened(pages: Pages, options: PageOptions = {}, form: FormPageView = sampleForm): Promise<PageRig> {
	const rig = await pages.open('form', { size, ...options, hears: [{ type: 'form', form } satisfies ToFormPage] });
	const { ask } = (await rig.hears('rows')) as { ask: number };
	await rig.tell({ type: 'rows', field: 'map', ask, rows: oldStatuses } satisfies ToFormPage);
	await rig.tell({ type: 'choices', field: 'map', ask: 1, choices: newStatuses } satisfies ToFormPage);
	await rig.page.getByRole('rowheader').first().waitFor();
	return rig;
}

async function pick({ page }: PageRig, line: string, label: string): Promise<void> {
	await page.getByRole('combobox', { name: line, exact: true }).click();
	await page.getByRole('option', { name: label }).click();
}

type Asking = Extract<FromFormPage, { type: 'choices' }>;

/** Answers the question for choices that comes next. */
async function answerChoices(
	rig: PageRig,
	field: string,
	how: Asking['how'],
	choices: readonly { value: string; label: string }[],
	more: { readonly isMore?: boolean; readonly hasMore?: boolean } = {},
): Promise<void> {
	const asked = await rig.page.waitForFunction(
		([id, kind]) =>
			(window as never as { told: Asking[] }).told.findLast(
				(one) => one.type === 'choices' && one.field === id && one.how === kind,
			),
		[field, how] as const,
	);
	const { ask } = (await asked.jsonValue()) as Asking;
	await rig.tell({ type: 'choices', field, ask, choices, ...more } satisfies ToFormPage);
}

async function submitted(rig: PageRig): Promise<unknown> {
	await rig.page.keyboard.press('Control+Enter');
	return (await rig.hears('submit'))['values'];
}

/** The number of the question for what follows from this name. */
async function heardPreview({ page }: PageRig, name: string): Promise<number> {
	const asked = await page.waitForFunction(
		(wanted) =>
			(window as never as { told: { type: string; values: Values; ask: number }[] }).told.findLast(
				({ type, values }) => type === 'preview' && values['name'] === wanted,
			)?.ask,
		name,
	);
	return Number(await asked.jsonValue());
}

/** What a screen reader says about a box besides its name. */
function description(page: Page, selector: string): Promise<string> {
	return page.locator(selector).evaluate((box) =>
		(box.getAttribute('aria-describedby') ?? '')
			.split(' ')
			.map((id) => document.getElementById(id)?.innerText ?? '')
			.join(' ')
			.trim(),
	);
}

function invalid(page: Page): Promise<readonly string[]> {
	return page.locator('[aria-invalid=true]').evaluateAll((boxes) => boxes.map(({ id }) => id));
}

/** Presses Tab until what has this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
	for (let tries = 0; tries < 30; tries += 1) {
		await page.keyboard.press('Tab');
		const label = await page.evaluate(() => {
			const { activeElement } = document;
			const own = activeElement instanceof HTMLInputElement ? activeElement.labels?.[0]?.innerText : undefined;
			return (own ?? activeElement?.textContent ?? '').trim();
		});
		if (label === name) {
			return;
		}
	}
	assert.fail(`Tab does not reach ${name}`);
}
