import { t } from '@vscode/l10n';
import * as v from 'valibot';
import { NotAllowed, type ProviderError, SignInNeeded } from '../../core/errors.ts';
import { limited } from '../../http/limits.ts';
import { type Explanation, Http, type Names, type Reply } from '../../http/request.ts';
import { type Client, type ClientOptions, withHeader } from './client.ts';
import type { NewProject } from './projectLines.ts';
import { initiativeWire } from './replies.ts';
import { newApiAuthorization } from './unverified.ts';

export interface NewInitiative {
	readonly name: string;
	readonly template: boolean;
	readonly projects?: readonly NewProject[];
}

/** The new API, of which one call is documented. It is marked alpha by Planbox. */
export class NewApi {
	readonly #http: Http;
	readonly #old: Client;
	readonly #names: Names;

	constructor(old: Client, { server, names, io: { fetch, log }, token }: Required<ClientOptions>) {
		this.#old = old;
		this.#names = names;
		const authorize = async (request: Request) => withHeader(request, newApiAuthorization(await token()));
		this.#http = new Http({ base: server, names, fetch, log, authorize, limit: limited(2), explain: explainMessage });
	}

	async createInitiative(organization: string, json: NewInitiative, signal: AbortSignal) {
		const path = `/organizations/${encodeURIComponent(organization)}/initiatives`;
		try {
			return await this.#http.json({ method: 'POST', path, json }, initiativeWire, signal);
		} catch (error) {
			throw error instanceof SignInNeeded ? await this.#tokenOfTheOtherApi(error, signal) : error;
		}
	}

	/** Signing in again helps only where the old API refuses the token too. */
	async #tokenOfTheOtherApi(error: SignInNeeded, signal: AbortSignal): Promise<ProviderError> {
		await this.#old.loggedResource(signal);
		const { vendor, account } = this.#names;
		return new NotAllowed(
			t(
				'{0}’s API for new initiatives does not accept the access token of {1}. Create the initiative on the web.',
				vendor,
				account,
			),
			error,
		);
	}
}

function explainMessage({ status, body }: Reply): Explanation | undefined {
	const reason = v.safeParse(v.object({ message: v.string() }), body);
	if (!reason.success || status < 400 || status >= 500 || status === 401 || status === 429) {
		return undefined;
	}
	return { kind: status === 403 ? 'notAllowed' : 'refused', reason: reason.output.message };
}
