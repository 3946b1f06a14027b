import assert from 'node:assert/strict';
import { type CardRig, openCardRig } from './cardRig.ts';
import { assignee, blocked, card, description, labels, people, title } from './cardSample.ts';
import { type Theme, themes } from './themes.ts';

describe('the page of a card', function () {
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

	describe('drawing', () => {
		it('shows all of a card under headings, with every box labelled', async () => {
			await rig.open({ card });
			await heading('#42 Repair the crane').waitFor();
			for (const name of ['Details', 'Description', /^Checklist 1 of 3 done/, /^Attachments/, /^Comments/]) {
				assert.equal(await heading(name).count(), 1, String(name));
			}
			const text = await rig.page.locator('main').innerText();
			for (const part of [card.place, 'March 1, 2026', 'The vendor is slow today.', 'plan.pdf', '2 MB', 'yesterday']) {
				assert.ok(text.includes(part), part);
			}
			assert.ok(text.includes('a <b> is no tag\nhere'));
			assert.equal(await rig.page.locator('boardwalk-rich-text b').innerText(), 'good');
			assert.equal(await rig.field('Title').inputValue(), 'Repair the crane');
			assert.equal(await rig.field('Due').inputValue(), '2026-03-31');
			assert.equal(await rig.page.getByRole('combobox', { name: 'Labels' }).inputValue(), 'harbour, urgent');
			assert.equal(await rig.page.locator('[aria-live]').count(), 1);
		});

		it('speaks the person’s language', async () => {
			await rig.open({ card, texts: { Save: 'Speichern', Description: 'Beschreibung' } });
			await button('Speichern').waitFor();
			await heading('Beschreibung').waitFor();
		});

		it('tells what its buttons are for', async () => {
			await rig.open({ card });
			const types = { 'Move…': 'move', Archive: 'remove', 'Open in Browser': 'openInBrowser' } as const;
			for (const [name, told] of Object.entries(types)) {
				await button(name).click();
				await rig.next(told);
			}
			await button('Attach Files…').click();
			await rig.next('attach');
			await button('plan.pdf').click();
			assert.deepEqual(await rig.next('openAttachment'), { type: 'openAttachment', id: 'x' });
			assert.equal(await button('lost.pdf').count(), 0);
			await button('More Comments').click();
			await rig.next('moreComments');
			await rig.page.locator('.notice').getByRole('button', { name: 'Reload' }).click();
			assert.deepEqual(await rig.next('notice'), { type: 'notice', id: 'reload' });
		});

		it('shows a card that is locked with the reason and offers no change', async () => {
			const readOnly = 'The board is archived.';
			await rig.open({ card: { ...card, readOnly } });
			const text = await rig.page.locator('main').innerText();
			for (const part of [
				readOnly,
				'Ada',
				'harbour, urgent',
				'Mar 31, 2026',
				'Order the rope done',
				'plan.pdf',
				'Second',
			]) {
				assert.ok(text.includes(part), part);
			}
			assert.equal(await rig.page.locator('input, textarea').count(), 0);
			const buttons = await rig.page.getByRole('button').allInnerTexts();
			assert.deepEqual(buttons, ['Open in Browser', 'Reload', 'Reload', 'plan.pdf', 'More Comments']);
		});

		it('says that it loads, and what failed with a way to go on, around what is already shown', async () => {
			await rig.open();
			await rig.page.getByText('Loading…').waitFor();
			await rig.tell({ type: 'failure', message: 'The vendor does not answer.', action: 'Try again' });
			assert.equal(await rig.page.getByText('Loading…').count(), 0);
			await button('Try again').click();
			await rig.next('retry');
			await rig.tell({ type: 'card', card });
			assert.equal(await rig.page.getByText('The vendor does not answer.').count(), 0);
			await type('Title', 'Mine');
			await rig.tell({ type: 'failure', message: 'Gone again.', action: 'Try again' });
			await rig.page.getByText('Gone again.').waitFor();
			assert.equal(await rig.field('Title').inputValue(), 'Mine');
		});

		it('reads out what is said, also when it is said twice, and shows failures', async () => {
			await rig.open({ card });
			const status = rig.page.getByRole('status');
			await rig.tell({ type: 'say', text: 'Saved.' });
			const first = await status.textContent();
			await rig.tell({ type: 'say', text: 'Saved.' });
			assert.equal(first?.trim(), 'Saved.');
			assert.notEqual(await status.textContent(), first);
			await rig.tell({ type: 'say', text: 'That failed.', isFailure: true });
			assert.ok(((await status.boundingBox())?.height ?? 0) > 10);
		});
	});

	describe('in every theme', () => {
		const rich = {
			...card,
			description: {
				html: '<h1>Plan</h1><p>See <a href="https://a.test">this</a> and <code>x</code><img src="https://a.test/p.png"></p>',
			},
		};

		for (const name of Object.keys(themes) as Theme[]) {
			it(`has nothing that axe finds serious, whatever is shown: ${name}`, async () => {
				await rig.open({ card: rich });
				await rig.dress(name);
				await rig.requireAccessible('at rest');
				await type('Title', 'Mine');
				await type('Due', '');
				await rig.tell({ type: 'problems', problems: [{ field: 'title', message: 'No.' }, { message: 'All wrong.' }] });
				await rig.tell({
					type: 'card',
					card: { ...rich, fields: [{ ...title, value: 'Theirs' }, assignee, labels, blocked, description] },
				});
				await button('Edit Description').click();
				await rig.tell({ type: 'say', text: 'That failed.', isFailure: true });
				await rig.tell({ type: 'failure', message: 'The vendor is away.', action: 'Try again' });
				await rig.page.getByRole('combobox', { name: 'Labels' }).click();
				await rig.tell({ type: 'choices', field: 'labels', choices: people });
				await rig.requireAccessible('with a list open, problems and failures');
				await rig.tell({ type: 'choices', field: 'assignee', choices: [], failure: 'Not loaded.' });
				await rig.tell({ type: 'card', card: { ...rich, readOnly: 'Locked.' } });
				await rig.requireAccessible('locked');
			});
		}

		it('uses no colour but the editor’s', async () => {
			const { formStyles } = await import('../../src/pages/form/styles.ts');
			const { cardStyles } = await import('../../src/pages/card/styles.ts');
			const sheets = `${formStyles.cssText}${cardStyles.cssText}`;
			assert.deepEqual(sheets.match(/#[\da-f]{3,8}\b|rgba?\(|hsla?\(/gi), null);
		});
	});
});
