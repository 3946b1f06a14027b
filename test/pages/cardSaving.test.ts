import assert from 'node:assert/strict';
import { type CardRig, openCardRig } from './cardRig.ts';
import { card, description, due, title } from './cardSample.ts';

describe('the page of a card, changing it', function () {
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
	const type = async (label: string, text: string) => rig.field(label).fill(text);

	describe('saving', () => {
		it('sends only what was changed', async () => {
			await rig.open({ card });
			await type('Title', 'Mend the crane');
			await type('Due', '');
			await rig.page.getByRole('checkbox', { name: 'Blocked' }).check();
			await button('Save').click();
			assert.deepEqual(await rig.next('save'), {
				type: 'save',
				values: { title: 'Mend the crane', due: '', blocked: true },
			});
		});

		it('sends nothing where what was typed is what the vendor holds', async () => {
			await rig.open({ card });
			await type('Title', 'Mend the crane');
			await type('Title', 'Repair the crane');
			await rig.page.keyboard.press('Control+Enter');
			await rig.page.getByText('Everything is saved.').waitFor();
			assert.deepEqual(await rig.told('save'), []);
		});

		it('does not take a date that is half typed for none', async () => {
			await rig.open({ card });
			await rig.field('Due').press('Backspace');
			assert.equal(await rig.field('Due').inputValue(), '');
			await type('Title', 'Mend');
			await button('Save').click();
			assert.deepEqual((await rig.next('save')).values, { title: 'Mend' });
		});

		it('saves with Ctrl+Enter once, however often it is pressed, until it is answered', async () => {
			await rig.open({ card });
			await type('Title', 'Mend the crane');
			await rig.page.keyboard.press('Control+Enter');
			await rig.page.keyboard.press('Control+Enter');
			await rig.next('save');
			assert.equal((await rig.told('save')).length, 1);
			await rig.tell({ type: 'say', text: 'The vendor is away.', isFailure: true });
			assert.equal(await rig.field('Title').inputValue(), 'Mend the crane');
			await rig.page.keyboard.press('Control+Enter');
			assert.deepEqual((await rig.next('save', 2)).values, { title: 'Mend the crane' });
		});

		it('does not press the button that has the focus when Ctrl+Enter is pressed', async () => {
			await rig.open({ card });
			await type('Title', 'Mend the crane');
			await button('Archive').focus();
			await rig.page.keyboard.press('Control+Enter');
			await rig.next('save');
			assert.deepEqual(await rig.told('remove'), []);
		});

		it('forgets what was saved and keeps what was typed since', async () => {
			await rig.open({ card });
			await type('Title', 'Mend');
			await type('Due', '2026-04-01');
			await button('Save').click();
			await rig.next('save');
			await type('Title', 'Mend it');
			await rig.tell({ type: 'saved', fields: ['title', 'due'] });
			await rig.page.getByText('One change is not saved.').waitFor();
			assert.equal(await rig.field('Due').inputValue(), '2026-04-01');
			assert.equal(await rig.field('Title').inputValue(), 'Mend it');
			await rig.tell({
				type: 'card',
				card: {
					...card,
					fields: [
						{ ...title, value: 'Mend' },
						{ ...due, value: '2026-04-01' },
					],
				},
			});
			assert.equal(await rig.page.getByText(/^Meanwhile/).count(), 0);
			await button('Save').click();
			assert.deepEqual((await rig.next('save', 2)).values, { title: 'Mend it' });
		});

		it('shows problems beside their fields and puts the focus into the first', async () => {
			await rig.open({ card });
			await type('Title', ' ');
			await type('Due', '2026-04-01');
			await button('Save').click();
			await rig.tell({
				type: 'problems',
				problems: [
					{ field: 'due', message: 'That day is over.' },
					{ field: 'title', message: 'Title is needed.' },
					{ message: 'Nothing was saved.' },
				],
			});
			const box = rig.field('Title');
			assert.equal(await rig.focused(), 'field-title');
			assert.equal(await box.getAttribute('aria-invalid'), 'true');
			const ids = (await box.getAttribute('aria-describedby')) ?? '';
			assert.equal(await rig.page.locator(`#${ids.split(' ')[0]}`).innerText(), 'Title is needed.');
			assert.ok(await rig.page.getByText('Nothing was saved.').isVisible());
			assert.ok(await rig.page.getByText('That day is over.').isVisible());
			await box.fill('Mend');
			assert.equal(await box.getAttribute('aria-invalid'), null);
			assert.equal(await button('Save').getAttribute('disabled'), null);
		});

		it('puts the focus to a problem of the whole where no field has one', async () => {
			await rig.open({ card });
			await type('Title', 'Mend');
			await button('Save').click();
			await rig.tell({ type: 'problems', problems: [{ field: 'unknown', message: 'The vendor refused.' }] });
			assert.equal(await rig.focused(), 'problems');
		});

		it('discards all that was typed', async () => {
			await rig.open({ card });
			await type('Title', 'Mend');
			await button('Edit Description').click();
			await type('Description', 'Other');
			await button('Discard').click();
			assert.equal(await rig.field('Title').inputValue(), 'Repair the crane');
			await button('Edit Description').waitFor();
			await rig.page.getByText('Everything is saved.').waitFor();
		});
	});

	describe('what was typed', () => {
		it('survives every message of the editor and a reload of the window', async () => {
			await rig.open({ card });
			await type('Title', 'Mine');
			await type('New comment', 'half a thou');
			await type('New item', 'Buy p');
			await button('Edit Description').click();
			await type('Description', 'My text');
			await rig.tell({ type: 'loading' });
			await rig.tell({ type: 'card', card: { ...card, facts: [] } });
			await rig.tell({ type: 'failure', message: 'Away.', action: 'Try again' });
			await rig.page.reload();
			await rig.next('ready');
			await rig.tell({ type: 'card', card });
			assert.equal(await rig.field('Title').inputValue(), 'Mine');
			assert.equal(await rig.field('New comment').inputValue(), 'half a thou');
			assert.equal(await rig.field('New item').inputValue(), 'Buy p');
			assert.equal(await rig.field('Description').inputValue(), 'My text');
			await button('Save').click();
			assert.deepEqual((await rig.next('save')).values, { title: 'Mine', description: '<p>My text</p>' });
		});

		it('is marked where the vendor’s value changed meanwhile, and can be given up for it', async () => {
			await rig.open({ card });
			await type('Title', 'Mine');
			const theirs = {
				...card,
				fields: [
					{ ...title, value: 'Theirs' },
					{ ...due, value: '2026-05-05' },
				],
			};
			await rig.tell({ type: 'card', card: theirs });
			assert.equal(await rig.field('Title').inputValue(), 'Mine');
			assert.equal(await rig.field('Due').inputValue(), '2026-05-05');
			assert.equal(await rig.page.getByText('Meanwhile someone changed this to: Theirs').count(), 1);
			assert.equal(await rig.page.getByText(/^Meanwhile/).count(), 1);
			await button('Take the other').click();
			await rig.page.waitForFunction(() => document.activeElement?.id === 'field-title');
			assert.equal(await rig.field('Title').inputValue(), 'Theirs');
			assert.equal(await rig.page.getByText(/^Meanwhile/).count(), 0);
		});

		it('can still be read when the card was locked meanwhile', async () => {
			await rig.open({ card });
			await type('Title', 'Mine');
			await type('New comment', 'half a thou');
			await rig.tell({ type: 'card', card: { ...card, readOnly: 'Locked.' } });
			const text = await rig.page.locator('main').innerText();
			assert.ok(text.includes('Typed and not saved: Mine'));
			assert.ok(text.includes('Typed and not sent: half a thou'));
		});
	});

	describe('the description', () => {
		const edit = async (html: string) => {
			const field = { ...description, value: html };
			await rig.open({ card: { ...card, description: { html }, fields: [title, field] } });
			await button('Edit Description').click();
			return rig.field('Description');
		};

		it('is edited as plain text where it is paragraphs and breaks, and stays as it was where it says the same', async () => {
			const box = await edit('<p>First</p>\n<p>Second<br/>line &amp; more</p>');
			assert.equal(await box.inputValue(), 'First\n\nSecond\nline & more');
			await box.fill('First');
			await box.fill('First\n\nSecond\nline & more');
			await rig.page.getByText('Everything is saved.').waitFor();
			await box.fill('1 < 2\n\n<b>');
			await button('Save').click();
			assert.deepEqual((await rig.next('save')).values, { description: '<p>1 &lt; 2</p><p>&lt;b&gt;</p>' });
		});

		it('is edited as HTML where it is more, which is said beside it', async () => {
			const box = await edit('<p>Some <b>bold</b></p>');
			assert.equal(await box.inputValue(), '<p>Some <b>bold</b></p>');
			const help = rig.page.getByText('This text has formatting, so it is edited as HTML.');
			await help.waitFor();
			await box.fill('<p>plain now</p>');
			assert.equal(await box.inputValue(), '<p>plain now</p>');
			assert.equal(await help.count(), 1);
			await button('Save').click();
			assert.deepEqual((await rig.next('save')).values, { description: '<p>plain now</p>' });
		});

		it('takes the focus when it is to be edited and gives it back', async () => {
			await edit('<p>x</p>');
			await rig.page.waitForFunction(() => document.activeElement?.id === 'field-description');
			await button('Close').click();
			await rig.page.waitForFunction(() => document.activeElement?.id === 'describe');
			await button('Edit Description').click();
			await type('Description', 'y');
			await rig.page.keyboard.press('Control+Enter');
			await rig.tell({ type: 'saved', fields: ['title'] });
			assert.equal(await rig.focused(), 'field-description');
			await rig.tell({ type: 'saved', fields: ['description'] });
			await rig.page.waitForFunction(() => document.activeElement?.id === 'describe');
		});
	});
});
