import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import { addComment, addItem, removeComment, removeItem, setItem } from '../core/cardParts.ts';
import type { CardDetail, Cards } from '../core/cards.ts';
import { type PlacedCard } from '../core/cardWrites.ts';
import { InvalidInput, isCancellation, NotFound, Refused } from '../core/errors.ts';
import { type ChoiceField, type Field, problemsOf, type Values } from '../core/form.ts';
import type { Board, Card, Column, Comment, Document, Workspace } from '../core/model.ts';
import { allItems, type Page as Items } from '../core/page.ts';
import type { FromCardPage, ToCardPage } from '../pages/protocol.ts';
import { type PageContext, placeOf } from './boardPanel.ts';
import { type CardFacts, fieldsOf, knownLabels, labelKey, toCardPageView } from './cardView.ts';
import { failureText, present } from './format.ts';
import { fillPanel, type Page } from './page.ts';

/** Where a card is found again. */
export interface CardAddress {
	readonly account: string;
	readonly card: Card;
	readonly workspace?: Pick<Workspace, 'id' | 'name'>;
	readonly board?: Board;
}

/** What a card's page needs of the commands. */
export interface CardPageContext extends PageContext {
	/** Saves fields with all that is asked about it. False where the person left. */
	readonly save: (
		placed: PlacedCard,
		edit: {
			readonly fields: readonly Field[];
			readonly base: Values;
			readonly mine: Values;
			readonly nameOf: (field: Field, value: string) => string | undefined;
		},
		signal: AbortSignal,
	) => Promise<boolean>;
	readonly openAttachment: (account: Account, document: Document) => Promise<void>;
}

/** One card in a tab of the editor. */
export class CardPanel {
	readonly #context: CardPageContext;
	readonly #address: CardAddress;
	readonly #placed: PlacedCard;
	readonly #leaving = new AbortController();
	readonly #listening: readonly { dispose(): void }[];
	readonly #labels = new Map<string, string>();
	#page: Page<ToCardPage>;
	#detail: CardDetail | undefined;
	#column: Column | undefined;
	#comments: { items: readonly Comment[]; next: Items<Comment>['next']; failure?: unknown } | undefined;
	#pictures = false;
	/** Whether there is a page to hear: it is gone while another tab hides it. */
	#isHeard = false;
	/** What became of what was sent, for when the page is there again. */
	#untold: ToCardPage[] = [];
	/** The card as its board showed it last. */
	#followed: string | undefined;

	constructor(context: CardPageContext, placed: PlacedCard, address: CardAddress, panel: vscode.WebviewPanel) {
		this.#context = context;
		this.#placed = placed;
		this.#address = address;
		panel.title = placed.card.title;
		this.#page = this.#fill(panel);
		this.#listening = [
			panel.webview.onDidReceiveMessage((message: FromCardPage) => void this.#hear(message)),
			panel.onDidChangeViewState(() => {
				this.#isHeard &&= panel.visible;
			}),
			context.accounts.onDidChange(() => this.#draw()),
			...(placed.live ? [placed.live.onDidChange(() => this.#follow())] : []),
		];
		panel.onDidDispose(() => this.#dispose());
	}

	get panel(): vscode.WebviewPanel {
		return this.#page.panel;
	}

	/** Reads the card anew; typed text stays in the page. */
	reload(): void {
		void this.#load(this.#leaving.signal);
	}

	#fill(panel: vscode.WebviewPanel): Page<ToCardPage> {
		const { extension } = this.#context;
		return fillPanel<ToCardPage>(panel, {
			extension,
			page: 'card',
			address: this.#address,
			pictures: this.#pictures,
		});
	}

	get #account(): Account {
		return this.#context.accounts.get(this.#placed.account.id) ?? this.#placed.account;
	}

	/** The card as it was read last. */
	get #card(): Card {
		return this.#detail?.card ?? this.#placed.card;
	}

	get #now(): PlacedCard {
		return { ...this.#placed, account: this.#account, card: this.#card };
	}

	async #hear(message: FromCardPage): Promise<void> {
		try {
			await this.#obey(message, this.#leaving.signal);
		} catch (error) {
			this.#tellProblems(error);
			this.#context.report(error, this.#account);
			await this.#load(this.#leaving.signal);
		}
	}

	/** What is wrong with what was typed is said beside it as well; whatever it was, the page may send again. */
	#tellProblems(error: unknown): void {
		const problems = error instanceof Refused || error instanceof InvalidInput ? error.problems : [];
		this.#page.tell({ type: 'problems', problems });
	}

	async #obey(message: FromCardPage, signal: AbortSignal): Promise<void> {
		switch (message.type) {
			case 'ready':
				this.#isHeard = true;
				this.#untold.splice(0).forEach((one) => this.#page.tell(one));
				return this.#load(signal);
			case 'reload':
			case 'retry':
				return this.#load(signal);
			case 'choices':
				return this.#tellChoices(message.field, message.values as Values, signal);
			case 'save':
				return this.#save(message.values, signal);
			case 'comment':
				await addComment(this.#context, this.#now, message.text, signal);
				this.#tellSurely({ type: 'added', to: 'comments' });
				return this.#load(signal);
			case 'addItem':
				await addItem(this.#context, this.#now, message.title, signal);
				this.#tellSurely({ type: 'added', to: 'checklist' });
				return this.#load(signal);
			case 'setItem':
			case 'removeItem':
			case 'removeComment':
				return this.#change(message, signal);
			case 'moreComments':
				return this.#moreComments(signal);
			case 'openAttachment':
				return this.#openAttachment(message.id);
			case 'pictures':
				this.#pictures = true;
				this.#page = this.#fill(this.panel);
				return undefined;
			case 'openLink':
				return void openLink(message.url);
			case 'notice':
				return void vscode.commands.executeCommand(
					message.id === 'unlock' ? 'boardwalk.unlockAccount' : 'boardwalk.showLog',
					placeOf(this.#account),
				);
			case 'attach':
				return this.#run('boardwalk.attachFiles');
			case 'move':
				return this.#run('boardwalk.moveCard');
			case 'remove':
				return this.#run('boardwalk.removeCard');
			case 'openInBrowser':
				return this.#run('boardwalk.openInBrowser');
		}
	}

	/** Tells now or, where another tab hides the page, as soon as it is there again: else it would be sent twice. */
	#tellSurely(message: ToCardPage): void {
		if (this.#isHeard) {
			this.#page.tell(message);
		} else {
			this.#untold.push(message);
		}
	}

	async #openAttachment(id: string): Promise<void> {
		const document = this.#detail?.attachments?.find((one) => one.id === id);
		if (document) {
			await this.#context.openAttachment(this.#account, document);
		}
	}

	#run(command: string): void {
		this.#context.run(command, this.#placed.live, [this.#card]);
	}

	async #cards(signal: AbortSignal): Promise<Cards | undefined> {
		return (await this.#context.sessions.ready(this.#account, signal)).cards;
	}

	/** Reads the card anew; typed text stays in the page. */
	async #load(signal: AbortSignal): Promise<void> {
		try {
			const cards = await this.#cards(signal);
			if (!cards) {
				return;
			}
			const [detail, comments, columns] = await Promise.all([
				cards.look(this.#placed.card, signal),
				cards.comments?.list(this.#card, signal).then(
					({ items, next }) => ({ items, next }),
					(failure: unknown) => ({ items: [], next: undefined, failure }),
				),
				this.#placed.live?.columns(signal),
			]);
			this.#detail = detail;
			this.#comments = comments;
			this.#column = columns?.find(({ id }) => id === detail.card.columnId);
			this.panel.title = detail.card.title;
			await this.#nameValues(cards, detail, signal);
			this.#draw();
		} catch (error) {
			if (isCancellation(error)) {
				return;
			}
			const isGone = error instanceof NotFound;
			this.#page.tell({
				type: 'failure',
				message: failureText(error),
				action: isGone ? t('Look again') : t('Try again'),
			});
		}
	}

	/** Asks what chosen values are called where nothing says it. */
	async #nameValues(cards: Cards, { card, values }: CardDetail, signal: AbortSignal): Promise<void> {
		const unnamed = fieldsOf(cards, card).filter((field): field is ChoiceField => {
			const wanted = [values[field.id] ?? []]
				.flat()
				.map(String)
				.filter((value) => value !== '');
			return field.kind === 'choice' && wanted.length > 0 && knownLabels(field.id, card)?.length !== wanted.length;
		});
		await Promise.all(unnamed.map((field) => this.#choices(field, values, signal).catch(() => undefined)));
	}

	async #choices(field: ChoiceField, values: Values, signal: AbortSignal) {
		const choices = await allItems(await field.choices(values, signal), signal);
		choices.forEach(({ value, label }) => this.#labels.set(labelKey(field.id, value), label));
		return choices;
	}

	async #tellChoices(id: string, values: Values, signal: AbortSignal): Promise<void> {
		const field = (await this.#fields(signal)).find((one) => one.id === id);
		if (field?.kind !== 'choice') {
			return;
		}
		try {
			const choices = await this.#choices(field, { ...this.#detail?.values, ...values }, signal);
			this.#page.tell({ type: 'choices', field: id, choices });
		} catch (error) {
			this.#page.tell({ type: 'choices', field: id, choices: [], failure: failureText(error) });
		}
	}

	async #fields(signal: AbortSignal): Promise<readonly Field[]> {
		const cards = await this.#cards(signal);
		return cards ? fieldsOf(cards, this.#card) : [];
	}

	/** Compares with what is at the vendor now before anything is sent. */
	async #save(mine: Values, signal: AbortSignal): Promise<void> {
		const base = this.#detail?.values ?? {};
		const fields = await this.#fields(signal);
		const changed = fields.filter(({ id }) => id in mine);
		const problems = problemsOf(changed, { ...base, ...mine });
		if (problems.length > 0) {
			this.#page.tell({ type: 'problems', problems });
			return;
		}
		const nameOf = (field: Field, value: string) => this.#labels.get(labelKey(field.id, value));
		const isSaved = await this.#context.save(this.#now, { fields, base, mine, nameOf }, signal);
		if (isSaved) {
			this.#tellSurely({ type: 'saved', fields: Object.keys(mine) });
			this.#page.tell({ type: 'say', text: t('“{0}” is saved.', this.#card.title) });
			await this.#load(signal);
		} else {
			this.#page.tell({ type: 'problems', problems: [] });
		}
	}

	async #change(
		message: Extract<FromCardPage, { type: 'setItem' | 'removeItem' | 'removeComment' }>,
		signal: AbortSignal,
	): Promise<void> {
		const item = this.#detail?.checklist?.find(({ id }) => id === message.id);
		const comment = this.#comments?.items.find(({ id }) => id === message.id);
		if (message.type === 'setItem' && item) {
			await setItem(this.#context, this.#now, item, { title: message.title, done: message.done }, signal);
		} else if (message.type === 'removeItem' && item) {
			if (await confirmed(t('Delete “{0}” from the list?', item.title))) {
				await removeItem(this.#context, this.#now, item, signal);
			}
		} else if (message.type === 'removeComment' && comment) {
			if (await confirmed(t('Delete this comment?'))) {
				await removeComment(this.#context, this.#now, comment, signal);
			}
		}
		await this.#load(signal);
	}

	async #moreComments(signal: AbortSignal): Promise<void> {
		const page = await this.#comments?.next?.(signal);
		if (page && this.#comments) {
			this.#comments = { items: [...this.#comments.items, ...page.items], next: page.next };
			this.#draw();
		}
	}

	/** The board shows the card otherwise than this page: somebody here has changed it. */
	#follow(): void {
		const { live } = this.#placed;
		const shown = live?.card(this.#card.id);
		if (!this.#detail || !live || live.pending.has(this.#card.id)) {
			return;
		}
		if (shown && JSON.stringify(shown) !== this.#followed) {
			const isFirst = this.#followed === undefined;
			this.#followed = JSON.stringify(shown);
			if (!isFirst) {
				void this.#load(this.#leaving.signal);
			}
		}
	}

	#draw(): void {
		const account = this.#account;
		const { cards } = this.#context.sessions.peek(account);
		const { live } = this.#placed;
		if (!this.#detail || !cards) {
			return;
		}
		const shown = live?.card(this.#card.id);
		this.#followed ??= shown && JSON.stringify(shown);
		const place = present(
			live?.workspace.name ?? this.#address.workspace?.name,
			live?.board.name ?? this.#address.board?.name,
			this.#column?.name,
		).join(' › ');
		const comments = this.#comments && { ...this.#comments, hasMore: this.#comments.next !== undefined };
		const facts: CardFacts = {
			account,
			cards,
			detail: this.#detail,
			place: present(place, account.name).join(' · '),
			comments,
			labels: this.#labels,
			pictures: this.#pictures,
		};
		this.#page.tell({ type: 'card', card: toCardPageView(facts) });
	}

	#dispose(): void {
		this.#leaving.abort();
		this.#listening.forEach((one) => one.dispose());
	}
}

/** A question before something that can't be taken back. */
async function confirmed(question: string): Promise<boolean> {
	const yes = t('Delete');
	const detail = t('This can’t be taken back from here.');
	return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}

/** Only the web, and mail: what others wrote must not start anything else. */
async function openLink(url: string): Promise<void> {
	if (/^(https?|mailto):/i.test(url)) {
		await vscode.env.openExternal(vscode.Uri.parse(url, true));
	}
}

/** Reads an address back that the editor kept. */
export function isCardAddress(address: unknown): address is CardAddress {
	return typeof address === 'object' && address !== null && 'account' in address && 'card' in address;
}
