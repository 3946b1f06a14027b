import { t } from '@vscode/l10n';
import * as v from 'valibot';
import { OutcomeUnknown, SignInNeeded, TooManyRequests, Unreachable } from '../../core/errors.ts';
import { abortable } from '../../core/waiting.ts';
import { holdsContent, type PartHeaders } from '../../http/content.ts';
import { unexpected } from '../../http/failures.ts';
import type { Batch } from '../../http/pages.ts';
import { isPage } from '../../http/reply.ts';
import type { Http, Names } from '../../http/request.ts';
import { idShape } from '../../http/shapes.ts';
import { addressAt, isTrusted } from './host.ts';
import { exportProblem } from './unverified.ts';

/** The largest page that ProjectPlace's own examples ask for; more is not known to work. */
const workspacesPerPage = 100;
/** Everything that an export can hold. */
const flags = Object.fromEntries(
	[
		'documents',
		'all_document_versions',
		'plan',
		'plan_attachments',
		'boards',
		'archived_boards',
		'card_attachments',
		'conversations',
		'conversation_attachments',
		'issues_2',
		'issues_2_attachments',
	].map((name) => [`include_${name}`, true]),
);
const redirects = 3;

/** The calls on the account's workspaces as a whole and their exports, one method an endpoint. */
export class ExportCalls {
	readonly #http: Http;
	readonly #server: string;
	readonly #names: Names;

	constructor(http: Http, server: string, names: Names) {
		this.#http = http;
		this.#server = server;
		this.#names = names;
	}

	/** The account's workspaces in one of two states; for robots and the account's administrators. */
	async workspaces(state: 'active' | 'archived', row: number, signal: AbortSignal): Promise<Batch<UsedWire>> {
		const filter = { archive_status: [state === 'archived' ? 1 : 0] };
		const json = { sort_by: '+creation_date', filter, limit: workspacesPerPage, row_number: row };
		const call = { method: 'POST', path: '/2/account/projects', json, reads: true } as const;
		const items = await this.#http.json(call, v.array(usedShape), signal);
		return { items, next: items.length < workspacesPerPage ? undefined : row + workspacesPerPage };
	}

	/** Begins to export everything there is, and returns the export's id, which comes as a bare number. */
	async start(workspaceId: string, signal: AbortSignal): Promise<string> {
		const call = { method: 'POST', path: `/1/projects/${workspaceId}/exports`, json: flags } as const;
		try {
			return await this.#http.json(call, idShape, signal);
		} catch (error) {
			// An export that nobody fetches changes nothing, so beginning once more does no harm.
			throw error instanceof OutcomeUnknown
				? new Unreachable(t('{0} did not say whether it has begun to export.', this.#names.vendor), error)
				: error;
		}
	}

	look(workspaceId: string, exportId: string, signal: AbortSignal): Promise<ExportWire> {
		return this.#http.json({ path: `/1/projects/${workspaceId}/exports/${exportId}` }, exportShape, signal);
	}

	unexpected(what: string): Error {
		return unexpected(this.#names, new Error(what));
	}

	/**
	 * What an export's address holds. The account's credentials go to hosts of the vendor's alone: other addresses, and those
	 * that one of them sends on to, are asked without.
	 */
	async file(link: string, part: PartHeaders, signal: AbortSignal): Promise<Response> {
		let url = addressAt(link, `${this.#server}/`);
		let anonymous = false;
		for (let hop = 0; url && hop <= redirects; hop += 1) {
			anonymous ||= !isTrusted(url, this.#server);
			const response = await this.#begin(url, anonymous, part, signal);
			// A sign-in page must not be saved as the export.
			if (holdsContent(response, part) && !isPage(response.headers)) {
				return response;
			}
			await response.body?.cancel();
			const to = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
			if (to === null) {
				throw unexpected(
					this.#names,
					new Error(`the export came with status ${response.status}`),
					isPage(response.headers) ? 'webPage' : undefined,
				);
			}
			url = addressAt(to, url.href);
		}
		throw this.unexpected('the export is at no address that can be asked');
	}

	async #begin(url: URL, anonymous: boolean, part: PartHeaders, signal: AbortSignal): Promise<Response> {
		try {
			return await this.#http.stream({ path: url.href, anonymous, headers: { accept: '*/*', ...part } }, signal);
		} catch (error) {
			// A foreign host has seen no credentials that it could have refused.
			throw anonymous && error instanceof SignInNeeded ? unexpected(this.#names, error) : error;
		}
	}
}

/** What time is, so that tests need not wait. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
	now: () => Date.now(),
	async wait(milliseconds, signal) {
		let timer: ReturnType<typeof setTimeout> | undefined;
		try {
			await abortable(new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds))), signal);
		} finally {
			clearTimeout(timer);
		}
	},
};

/** Milliseconds between two questions how far an export is. */
const pauses = { first: 5000, growth: 1.5, longest: 60_000 };
/** How many of them in a row may go unanswered. */
const mostUnanswered = 3;

/** An export that is done: where it is, and what it should be called. */
export interface Exported {
	readonly link: string;
	readonly name?: string;
}

export interface Patience {
	readonly clock: Clock;
	/** Milliseconds that an export may take. */
	readonly longest: number;
}

/**
 * Waits until an export is done. Single questions that get no answer are passed over. Throws `Unreachable` where it takes
 * too long and `Refused` where ProjectPlace says that it failed.
 */
export async function untilExported(
	calls: ExportCalls,
	{ id, name }: { readonly id: string; readonly name: string },
	{ clock, longest }: Patience,
	signal: AbortSignal,
): Promise<Exported> {
	const exportId = await calls.start(id, signal);
	const end = clock.now() + longest;
	let unanswered = 0;
	for (let pause = pauses.first; ; pause = Math.min(pause * pauses.growth, pauses.longest)) {
		let until = 0;
		try {
			const done = exportedOf(calls, await calls.look(id, exportId, signal), name);
			if (done) {
				return done;
			}
			unanswered = 0;
		} catch (error) {
			const mayPass = error instanceof Unreachable || error instanceof TooManyRequests;
			unanswered += 1;
			if (!mayPass || unanswered > mostUnanswered) {
				throw error;
			}
			until = error instanceof TooManyRequests ? (error.until?.getTime() ?? 0) : 0;
		}
		const left = end - clock.now();
		if (left <= 0) {
			throw new Unreachable(t('ProjectPlace took too long to export “{0}”. Nothing was saved.', name));
		}
		await clock.wait(Math.min(left, Math.max(pause, until - clock.now())), signal);
	}
}

function exportedOf(calls: ExportCalls, wire: ExportWire, name: string): Exported | undefined {
	const problem = exportProblem(wire, name);
	if (problem) {
		throw problem;
	}
	if (!wire.done) {
		return undefined;
	}
	// The example's code reads one name, its comment the other.
	const link = wire.download_uri || wire.download_url;
	if (!link) {
		throw calls.unexpected('an export is done and has no address');
	}
	return { link, name: wire.download_name || undefined };
}

const text = v.nullish(v.string());
const usedShape = v.object({ id: idShape, name: v.string(), space_used: v.nullish(v.number()) });
const exportShape = v.object({
	done: v.nullish(v.boolean()),
	download_uri: text,
	download_url: text,
	download_name: text,
	error: v.optional(v.unknown()),
	failed: v.optional(v.unknown()),
});

/** A workspace with the bytes that it takes. */
export type UsedWire = v.InferOutput<typeof usedShape>;
export type ExportWire = v.InferOutput<typeof exportShape>;
