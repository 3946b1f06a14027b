import * as v from 'valibot';
import type { Changes } from '../../core/findings.ts';
import type { Batch } from '../../http/pages.ts';
import type { Call, Http } from '../../http/request.ts';
import { idShape, simple } from '../../http/shapes.ts';

/** The largest page of people that ProjectPlace's own examples ask for; more is not known to work. */
const peoplePerPage = 40;

/** The calls on people, webhooks and whole workspaces of the account, one method an endpoint. */
export class AccountCalls {
	readonly #http: Http;
	readonly #changes: Changes;

	constructor(http: Http, changes: Changes) {
		this.#http = http;
		this.#changes = changes;
	}

	/** Everybody in the account, with their addresses. */
	people(signal: AbortSignal): Promise<AccountPersonWire[]> {
		return this.#http.json({ path: '/1/account/people' }, peopleShape, signal);
	}

	/**
	 * People who last signed in on one of these days (`YYYY-MM-DD`, UTC, both included), those longest ago first. People who
	 * never signed in are in no range.
	 */
	async lastSeen({ from, to }: Days, row: number, signal: AbortSignal): Promise<Batch<SeenWire>> {
		const filter = { last_logged_in: { from, to }, account_roles: everyRole };
		const json = { sort_by: '+last_login', filter, limit: peoplePerPage, row_number: row };
		const call = { method: 'POST', path: '/1/account/people', json, reads: true } as const;
		const items = await this.#http.json(call, seenShape, signal);
		return { items, next: items.length < peoplePerPage ? undefined : row + peoplePerPage };
	}

	/** What a person is the head administrator of. */
	async owned(personId: string, signal: AbortSignal): Promise<OwnedWire> {
		const reply = await this.#http.json(
			{ path: `/1/account/people/${personId}/owned-artifacts` },
			v.record(v.string(), ownedShape),
			signal,
		);
		return reply[personId] ?? {};
	}

	/**
	 * Does something to a person; false where ProjectPlace says that it did not. A good status alone says nothing: an answer
	 * that names the person neither among those done nor among those failed throws `OutcomeUnknown`.
	 */
	async act(personId: string, action: Action, parameter: unknown, signal: AbortSignal): Promise<boolean> {
		const json = { action, params: [parameter] };
		const call = { method: 'POST', path: `/1/account/people/${personId}`, json } as const;
		const named = v.pipe(
			actedShape,
			v.check(({ succeeded, failed }) => [...succeeded, ...failed].includes(personId), 'does not name the person'),
		);
		const { succeeded, failed } = await this.#changes.watch(() => this.#http.json(call, named, signal));
		return succeeded.includes(personId) && !failed.includes(personId);
	}

	/** The subscriptions of every board. */
	webhooks(signal: AbortSignal): Promise<WebhookWire[]> {
		return this.#http.json({ path: '/1/webhooks/list' }, v.array(webhookShape), signal);
	}

	subscribe(json: NewWebhook, signal: AbortSignal): Promise<WebhookWire> {
		const call = { method: 'POST', path: '/1/webhooks', json } as const;
		return this.#changes.watch(() => this.#http.json(call, webhookShape, signal));
	}

	/** What the answer holds is not shown. */
	async updateWebhook(
		webhookId: string,
		json: Pick<NewWebhook, 'event_type' | 'webhook'>,
		signal: AbortSignal,
	): Promise<void> {
		await this.#write({ method: 'PUT', path: `/1/webhooks/${webhookId}/update`, json }, signal);
	}

	async unsubscribe(webhookId: string, signal: AbortSignal): Promise<void> {
		await this.#write({ method: 'DELETE', path: `/1/webhooks/${webhookId}` }, signal);
	}

	/** Deletes an active workspace as well as an archived one; ProjectPlace asks nothing. */
	async removeWorkspace(workspaceId: string, signal: AbortSignal): Promise<void> {
		await this.#write({ method: 'DELETE', path: `/1/projects/${workspaceId}` }, signal);
	}

	async #write(call: Call, signal: AbortSignal): Promise<void> {
		await this.#changes.watch(() => this.#http.reply(call, signal));
	}
}

/** A range of days, `YYYY-MM-DD`. */
export interface Days {
	readonly from: string;
	readonly to: string;
}

export type Action = 'add_secondary_email' | 'delete_account_user' | 'remove_account_user';

export interface NewWebhook {
	readonly artifact_type: 'board';
	readonly artifact_id: string | number;
	readonly project_id: string | number;
	readonly event_type: readonly string[];
	readonly webhook: string;
}

/** The words that the filter knows; replies have others for the same roles. The account's owner has none that is known. */
const everyRole = [
	'account_co_owner',
	'account_administrator',
	'account_member',
	'account_pending_member',
	'external_member',
	'unregistered',
];

const text = v.nullish(v.string());
const peopleShape = v.array(v.object({ id: idShape, name: text, email: text, account_role: text }));
const seenShape = v.array(
	v.object({
		userid: idShape,
		name: text,
		/** Milliseconds since 1970. */
		last_login: v.nullish(simple('number', 'string')),
		account_role: text,
	}),
);

const things = v.nullish(v.array(v.object({ id: idShape, name: text })));
const ownedShape = v.object({
	projects_data: v.nullish(v.object({ projects_owner: things })),
	portfolios_owner: things,
	templates_owner: things,
	teams_owner: things,
});

const ids = v.optional(v.array(idShape), []);
const actedShape = v.object({ succeeded: ids, failed: ids });

const webhookShape = v.object({
	id: idShape,
	artifact_type: text,
	artifact_id: v.nullish(idShape),
	/** A list in subscriptions; deliveries have it as one text. */
	event_type: v.nullish(v.union([v.array(v.string()), v.string()])),
	webhook: text,
});

export type AccountPersonWire = v.InferOutput<typeof peopleShape>[number];
export type SeenWire = v.InferOutput<typeof seenShape>[number];
export type OwnedWire = v.InferOutput<typeof ownedShape>;
export type WebhookWire = v.InferOutput<typeof webhookShape>;
