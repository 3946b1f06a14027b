import { t } from '@vscode/l10n';
import type { Account } from '../core/accounts.ts';
import { InvalidInput } from '../core/errors.ts';
import { textOf, type Values } from '../core/form.ts';
import type { Board } from '../core/model.ts';
import { type Webhook, type Webhooks, webhookField } from '../core/webhooks.ts';
import { askText, confirm, pickOne } from '../host/ask.ts';
import { withProgress } from '../host/progress.ts';
import type { Node } from '../views/node.ts';
import { askBoard, liveOf, unable } from './cardPlace.ts';
import { fillForm } from './fillForm.ts';
import type { Handler, Services } from './services.ts';

/** A board with what tells others of it. */
interface Place {
	readonly account: Account;
	readonly board: Board;
}

/** Shows which addresses are told of what happens on a board, until the person leaves; there they can be changed. */
export const showWebhooks: Handler = async (services, node) => {
	const place = await placeFor(services, node);
	if (place) {
		await showUntilLeft(services, place);
	}
};

async function showUntilLeft(services: Services, place: Place): Promise<void> {
	if (await shown(services, place)) {
		await showUntilLeft(services, place);
	}
}

/** False where the person left. */
async function shown(services: Services, place: Place): Promise<boolean> {
	const webhooks = await inAccount(services, place, t('Looking for webhooks'), (part, signal) =>
		part.list(place.board, signal),
	);
	const chosen = await pickOne(t('Webhooks of {0}', place.board.name), entriesOf(webhooks), promptFor(webhooks));
	if (chosen !== undefined) {
		await (chosen === subscribing ? subscribe(services, place) : change(services, place, chosen));
	}
	return chosen !== undefined;
}

/** Adds an address that is told of what happens on a board. */
export const addWebhook: Handler = async (services, node) => {
	const place = await placeFor(services, node);
	if (place) {
		await subscribe(services, place);
	}
};

async function placeFor(services: Services, node: Node | undefined): Promise<Place | undefined> {
	const live = node?.account && liveOf(services, node, node.account);
	const place = live ?? (await askBoard(services, t('Webhooks'), ({ webhooks }) => webhooks !== undefined));
	if (place && !services.sessions.peek(place.account).webhooks) {
		throw unable(services, place.account);
	}
	return place;
}

const subscribing = Symbol('subscribe');

interface Entry {
	readonly label: string;
	readonly description?: string;
	readonly value: Webhook | typeof subscribing;
}

function entriesOf(webhooks: readonly Webhook[]): readonly Entry[] {
	const known = webhooks.map((webhook) => ({
		label: `$(radio-tower) ${webhook.address}`,
		description: webhook.events.join(', '),
		value: webhook,
	}));
	return [...known, { label: `$(add) ${t('Subscribe an address…')}`, value: subscribing }];
}

function promptFor(webhooks: readonly Webhook[]): string {
	return webhooks.length === 0
		? t('No address is told of this board yet.')
		: t('These addresses are told what happens. Choose one to change it.');
}

async function subscribe(services: Services, place: Place): Promise<void> {
	const part = partOf(services, place);
	const values = await fillForm<Values>(services, {
		title: t('Subscribe an address'),
		submitLabel: t('Subscribe'),
		fields: part.fields(place.board),
		submit: async (filled) => {
			const address = textOf(filled, webhookField.address) ?? '';
			const message = problemOf(part, address);
			if (message !== undefined) {
				throw new InvalidInput([{ field: webhookField.address, message }]);
			}
			return filled;
		},
	});
	const address = values && textOf(values, webhookField.address);
	if (values && address !== undefined && (await agreed(place.board, address, t('Subscribe')))) {
		await inAccount(services, place, t('Subscribing'), (now, signal) => now.subscribe(place.board, values, signal));
	}
}

async function change(services: Services, place: Place, webhook: Webhook): Promise<void> {
	const action = await pickOne(webhook.address, [
		{ label: `$(edit) ${t('Change address…')}`, value: changeAddress },
		{ label: `$(trash) ${t('Unsubscribe…')}`, value: unsubscribe },
	]);
	await action?.(services, place, webhook);
}

async function changeAddress(services: Services, place: Place, webhook: Webhook): Promise<void> {
	const part = partOf(services, place);
	const answer = await askText({
		title: t('Change address'),
		prompt: t('The same events go to this address instead.'),
		value: webhook.address,
		check: (text) => problemOf(part, text.trim()),
	});
	const address = answer.kind === 'value' ? answer.value.trim() : webhook.address;
	if (address !== webhook.address && (await agreed(place.board, address, t('Change')))) {
		await inAccount(services, place, t('Changing the address'), (now, signal) =>
			now.changeAddress(webhook, address, signal),
		);
	}
}

async function unsubscribe(services: Services, place: Place, webhook: Webhook): Promise<void> {
	const question = t('Tell {0} no longer what happens on {1}?', hostOf(webhook.address), place.board.name);
	if (await confirm(question, webhook.address, t('Unsubscribe'))) {
		await inAccount(services, place, t('Unsubscribing'), (part, signal) => part.unsubscribe(webhook, signal));
	}
}

/** Whoever receives it learns what cards say, so that is said before it begins. */
function agreed({ name }: Board, address: string, button: string): Promise<boolean> {
	return confirm(
		t('Send what happens on {0} to {1}?', name, hostOf(address)),
		t('Data of its cards will leave for {0}. Use only a server that is under your own control.', address),
		button,
	);
}

/** Nothing of a board goes out where others on the way could read it. */
function problemOf(part: Webhooks, address: string): string | undefined {
	return URL.parse(address)?.protocol === 'https:'
		? part.checkAddress(address)
		: t('The address must begin with https:// and name a server.');
}

function hostOf(address: string): string {
	return URL.parse(address)?.host ?? address;
}

function partOf(services: Services, { account }: Place): Webhooks {
	const { webhooks } = services.sessions.peek(account);
	if (!webhooks) {
		throw unable(services, account);
	}
	return webhooks;
}

function inAccount<T>(
	services: Services,
	place: Place,
	title: string,
	run: (part: Webhooks, signal: AbortSignal) => Promise<T>,
): Promise<T> {
	return withProgress(title, async (signal) => {
		await services.sessions.ready(place.account, signal);
		return run(partOf(services, place), signal);
	});
}
