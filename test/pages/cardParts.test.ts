import assert from 'node:assert/strict';
import { type CardRig, openCardRig } from './cardRig.ts';
import { card, people } from './cardSample.ts';

describe('the parts of the page of a card', function () {
	this.timeout(20_000);
	let rig: CardRig;

	before(async function () {
		this.timeout(60_000);
		rig = await openCardRig();
	});
	after(() => rig?.close());
	afterEach(() => {
		assert.deepEqual(rig.requests, []);
		assert.deepEqual(rig.trouble, []);
	});

	const button = (name: string) => rig.page.getByRole('button', { name, exact: true });
	const heading = (name: string | RegExp) => rig.page.getByRole('heading', { name });
	const type = async (label: string, text: string) => rig.field(label).fill(text);

	describe('choices', () => {
		const box = (name: string) => rig.page.getByRole('combobox', { name });
		const options = () => rig.page.getByRole('option').allInnerTexts();

		it('are asked for when the box is first opened, with what the form holds', async () => {
			await rig.open({ card });
			await type('Title', 'Mine');
			assert.deepEqual(await rig.told('choices'), []);
			await box('Assignee').click();
			const asked = await rig.next('choices');
			assert.equal(asked.field, 'assignee');
			assert.deepEqual([asked.values['title'], asked.values['labels']], ['Mine', ['1', '2']]);
			await rig.page.getByText('Loading the choices…').waitFor();
			await rig.tell({ type: 'choices', field: 'assignee', choices: people });
			assert.deepEqual(
				(await options()).map((one) => one.trim()),
				['None', '✓\nAda ada@example.com', 'Bob', 'Cleo'],
			);
			await rig.page.keyboard.press('Escape');
			await box('Assignee').press('ArrowDown');
			assert.equal((await rig.told('choices')).length, 1);
		});

		it('are found by typing and taken by keyboard, or none of them', async () => {
			await rig.open({ card });
			await box('Assignee').press('ArrowDown');
			await rig.tell({ type: 'choices', field: 'assignee', choices: people });
			await rig.page.keyboard.type('cl');
			assert.deepEqual(
				(await options()).map((one) => one.trim()),
				['Cleo'],
			);
			await rig.page.keyboard.press('Enter');
			assert.equal(await box('Assignee').inputValue(), 'Cleo');
			assert.equal(await box('Assignee').getAttribute('aria-expanded'), 'false');
			await rig.page.keyboard.press('Control+Enter');
			assert.deepEqual((await rig.next('save')).values, { assignee: '9' });
			await rig.tell({ type: 'saved', fields: ['assignee'] });
			assert.equal(await box('Assignee').inputValue(), 'Cleo');
			await box('Assignee').press('Enter');
			await rig.page.keyboard.press('Enter');
			await button('Save').click();
			assert.deepEqual((await rig.next('save', 2)).values, { assignee: '' });
		});

		it('can be many, taken and left one by one', async () => {
			await rig.open({ card });
			await box('Labels').click();
			const choices = [
				{ value: '1', label: 'harbour' },
				{ value: '2', label: 'urgent' },
				{ value: '3', label: 'steel' },
			];
			await rig.tell({ type: 'choices', field: 'labels', choices });
			assert.equal(await rig.page.getByRole('listbox').getAttribute('aria-multiselectable'), 'true');
			await rig.page.getByRole('option', { name: 'harbour' }).click();
			await rig.page.keyboard.press('ArrowUp');
			await rig.page.keyboard.press('Enter');
			await rig.page.keyboard.press('Tab');
			assert.equal(await box('Labels').inputValue(), 'urgent, steel');
			await button('Save').click();
			assert.deepEqual((await rig.next('save')).values, { labels: ['2', '3'] });
		});

		it('keep the names of what was chosen over a reload, without asking again', async () => {
			await rig.open({ card });
			await box('Assignee').click();
			await rig.tell({ type: 'choices', field: 'assignee', choices: people });
			await rig.page.getByRole('option', { name: 'Bob' }).click();
			await rig.page.reload();
			await rig.next('ready');
			await rig.tell({ type: 'card', card });
			assert.equal(await box('Assignee').inputValue(), 'Bob');
		});

		it('that fail to load say why and can be asked for again', async () => {
			await rig.open({ card });
			await box('Assignee').click();
			await rig.tell({ type: 'choices', field: 'assignee', choices: [], failure: 'The people could not be loaded.' });
			await rig.page.keyboard.press('Escape');
			const described = (await box('Assignee').getAttribute('aria-describedby')) ?? '';
			assert.equal(await rig.page.locator(`#${described}`).innerText(), 'The people could not be loaded.');
			await rig.page.keyboard.press('Tab');
			await rig.page.keyboard.press('Enter');
			await rig.next('choices', 2);
			await rig.tell({ type: 'choices', field: 'assignee', choices: people });
			await box('Assignee').click();
			assert.equal((await options()).length, 4);
		});
	});

	describe('the checklist', () => {
		it('is checked off, added to and removed from by keyboard', async () => {
			await rig.open({ card });
			await rig.page.getByRole('checkbox', { name: 'Call the crane' }).focus();
			await rig.page.keyboard.press('Space');
			assert.deepEqual(await rig.next('setItem'), { type: 'setItem', id: 'b', title: 'Call the crane', done: true });
			await heading(/^Checklist 2 of 3 done/).waitFor();
			await rig.page.keyboard.press('Delete');
			assert.deepEqual(await rig.next('removeItem'), { type: 'removeItem', id: 'b' });
			await rig.field('New item').focus();
			await rig.page.keyboard.type('Buy paint');
			await rig.page.keyboard.press('Enter');
			assert.deepEqual(await rig.next('addItem'), { type: 'addItem', title: 'Buy paint' });
			await rig.tell({ type: 'added', to: 'checklist' });
			assert.equal(await rig.field('New item').inputValue(), '');
		});

		it('shows what the vendor holds again where checking off failed', async () => {
			await rig.open({ card });
			const item = rig.page.getByRole('checkbox', { name: 'Call the crane' });
			await item.check();
			await rig.tell({ type: 'say', text: 'The vendor refused.', isFailure: true });
			assert.equal(await item.isChecked(), false);
		});

		it('hands the focus on when the item that had it is gone', async () => {
			await rig.open({ card });
			await rig.page.getByRole('button', { name: 'Remove Call the crane' }).focus();
			const { checklist } = card;
			const items = checklist!.items.filter(({ id }) => id !== 'b');
			await rig.tell({ type: 'card', card: { ...card, checklist: { ...checklist!, items } } });
			await rig.page.waitForFunction(() => document.activeElement?.closest('li')?.textContent.includes('Grease it'));
		});

		it('offers only what the vendor can', async () => {
			const checklist = { ...card.checklist!, canSet: false, canAdd: false, canRemove: false };
			await rig.open({ card: { ...card, checklist } });
			assert.equal(await rig.page.locator('section[aria-labelledby=checklist]').getByRole('button').count(), 0);
			assert.equal(await rig.page.locator('section[aria-labelledby=checklist] input').count(), 0);
		});
	});

	describe('comments', () => {
		it('are sent with Ctrl+Enter, once, and leave their box when the vendor took them', async () => {
			await rig.open({ card });
			await rig.field('New comment').focus();
			await rig.page.keyboard.type('Well');
			await rig.page.keyboard.press('Enter');
			await rig.page.keyboard.type('done');
			await rig.page.keyboard.press('Control+Enter');
			await rig.page.keyboard.press('Control+Enter');
			assert.deepEqual(await rig.next('comment'), { type: 'comment', text: 'Well\ndone' });
			assert.equal((await rig.told('comment')).length, 1);
			await rig.page.keyboard.type(' PS');
			await rig.tell({ type: 'added', to: 'comments' });
			assert.equal(await rig.field('New comment').inputValue(), ' PS');
			assert.deepEqual(await rig.told('save'), []);
		});

		it('that failed stay in their box and can be sent again', async () => {
			await rig.open({ card });
			await type('New comment', 'Well done');
			await button('Comment').click();
			await rig.next('comment');
			await rig.tell({ type: 'say', text: 'The vendor is away.', isFailure: true });
			assert.equal(await rig.field('New comment').inputValue(), 'Well done');
			await button('Comment').click();
			assert.equal((await rig.next('comment', 2)).text, 'Well done');
		});

		it('can be removed where they can, and say what of them was not loaded', async () => {
			await rig.open({ card: { ...card, comments: { ...card.comments!, failure: 'Not all could be loaded.' } } });
			assert.equal(await rig.page.getByRole('button', { name: /^Remove the comment/ }).count(), 1);
			await rig.page.getByRole('button', { name: 'Remove the comment of Ada, yesterday' }).click();
			assert.deepEqual(await rig.next('removeComment'), { type: 'removeComment', id: 'm1' });
			await rig.page.getByText('Not all could be loaded.').waitFor();
			await button('Try again').click();
			await rig.next('moreComments');
		});
	});
});
