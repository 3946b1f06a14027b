import { t } from '@vscode/l10n';
import { InvalidInput } from '../../core/errors.ts';
import { type Field, listOf, problemsOf, textOf, type Values } from '../../core/form.ts';
import type { Board } from '../../core/model.ts';
import { onePage } from '../../core/page.ts';
import { type Webhook, type Webhooks, webhookField } from '../../core/webhooks.ts';
import type { WebhookWire } from './accountCalls.ts';
import { sent } from './cardCalls.ts';
import type { Client } from './client.ts';

const eventsField = 'events';
/** A card got into another column. The one word of the published examples; others must exist. */
const knownEvent = 'card_status_change';

export function webhooks(client: Client): Webhooks {
	return {
		list: (board, signal) => list(client, board, signal),
		fields,
		subscribe: (board, values, signal) => subscribe(client, board, values, signal),
		changeAddress: (webhook, address, signal) => changeAddress(client, webhook, address, signal),
		unsubscribe: ({ id }, signal) => client.ofAccount.unsubscribe(id, signal),
		checkAddress,
	};
}

async function list(client: Client, { id }: Board, signal: AbortSignal): Promise<readonly Webhook[]> {
	const all = await client.ofAccount.webhooks(signal);
	return all.filter((one) => one.artifact_type === 'board' && one.artifact_id === id).map((one) => toWebhook(one, id));
}

function toWebhook({ id, webhook, event_type }: WebhookWire, boardId: string): Webhook {
	return { id, address: webhook ?? '', events: [event_type ?? []].flat(), boardId };
}

function fields(): readonly Field[] {
	return [
		{
			kind: 'text',
			id: webhookField.address,
			label: t('Address'),
			required: true,
			placeholder: 'https://example.com/hook',
			help: t('ProjectPlace sends the cards of this board there. Name only a server that you trust with them.'),
			check: (value) => checkAddress(value),
		},
		{
			kind: 'choice',
			id: eventsField,
			label: t('Events'),
			required: true,
			many: true,
			free: true,
			initial: [knownEvent],
			initialLabel: eventName(),
			help: t('ProjectPlace publishes only one of its words for events. You can type another one that you know.'),
			choices: async () => onePage([{ value: knownEvent, label: eventName(), detail: knownEvent }]),
			check: (value) => checkEvents([value].flat().map(String)),
		},
	];
}

function eventName(): string {
	return t('A card changes its column');
}

function checkEvents(events: readonly string[]): string | undefined {
	const odd = events.find((one) => !/^\w+$/.test(one.trim()));
	return odd === undefined
		? undefined
		: t('“{0}” is no word for an event: those hold letters, digits and underscores only.', odd);
}

function checkAddress(address: string): string | undefined {
	const url = URL.parse(address.trim());
	if (!url) {
		return t('“{0}” is not a full address such as https://example.com/hook.', address.trim());
	}
	return url.protocol === 'https:' ? undefined : t('ProjectPlace tells only addresses that begin with https://.');
}

/** One that is there already is not made again. */
async function subscribe(client: Client, board: Board, values: Values, signal: AbortSignal): Promise<Webhook> {
	const problems = problemsOf(fields(), values);
	if (problems.length > 0) {
		throw new InvalidInput(problems);
	}
	const address = textOf(values, webhookField.address) ?? '';
	const events = [...new Set(listOf(values, eventsField).map((one) => one.trim()))];
	const [known, { project_id }] = await Promise.all([list(client, board, signal), client.board(board.id, signal)]);
	const same = known.find((one) => one.address === address && isSame(one.events, events));
	if (same) {
		return same;
	}
	const body = {
		artifact_type: 'board',
		artifact_id: sent(board.id),
		project_id: sent(project_id),
		event_type: events,
		webhook: address,
	} as const;
	return toWebhook(await client.ofAccount.subscribe(body, signal), board.id);
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
	return some.toSorted().join('\n') === others.toSorted().join('\n');
}

/** The call always sets the events too, so those that the subscription has go with it. */
async function changeAddress(client: Client, webhook: Webhook, address: string, signal: AbortSignal): Promise<Webhook> {
	const problem = checkAddress(address);
	if (problem !== undefined) {
		throw new InvalidInput([{ field: webhookField.address, message: problem }]);
	}
	const next = address.trim();
	if (next !== webhook.address) {
		await client.ofAccount.updateWebhook(webhook.id, { event_type: webhook.events, webhook: next }, signal);
	}
	return { ...webhook, address: next };
}
