import { t } from '@vscode/l10n';
import { SignInNeeded } from './errors.ts';
import type { Secrets } from './provider.ts';
import type { Windows } from './windows.ts';

/** Where secrets are kept: the four calls of `keytar`. */
export interface SecretsPort {
	getPassword(service: string, account: string): Promise<string | null>;
	setPassword(service: string, account: string, password: string): Promise<void>;
	/** False where there was none. */
	deletePassword(service: string, account: string): Promise<boolean>;
	findCredentials(service: string): Promise<readonly { readonly account: string; readonly password: string }[]>;
}

/** The name the accounts' secrets are kept under. */
export const secretsService = 'boardwalk';

interface Kept {
	/** Grows with every change, over all windows. */
	readonly serial: number;
	/** Names the sign-in these secrets come from; renewing them keeps it. */
	readonly lineage: string;
	readonly secrets: Secrets;
}

interface Told {
	readonly id: string;
	/** Absent where the account was signed out. */
	readonly kept?: Kept;
}

const subject = 'secrets';

/**
 * The accounts' secrets, the same in every window. In the browser each window has its own view of the secrets store and
 * writes the whole of it, so that every change is told to the other windows and kept by each.
 */
export class CredentialStore {
	readonly #port: SecretsPort;
	readonly #windows: Windows;
	/** What other windows told, kept one after the other; whoever reads waits for it. */
	#taking: Promise<void> = Promise.resolve();

	constructor(port: SecretsPort, windows: Windows) {
		this.#port = port;
		this.#windows = windows;
		windows.onTold(subject, (content) => this.#take(content as Told));
	}

	/** With `lineage` beside the secrets, by which `replace` recognises what they come from. */
	async read(id: string, name: string): Promise<Secrets> {
		const kept = await this.#kept(id);
		if (!kept) {
			throw new SignInNeeded(t('The credentials of {0} are not on this computer. Sign in again.', name));
		}
		return { ...kept.secrets, lineage: kept.lineage };
	}

	/** Keeps what a sign-in gave. */
	async put(id: string, secrets: Secrets): Promise<void> {
		await this.#change(id, { serial: laterThan(await this.#kept(id)), lineage: crypto.randomUUID(), secrets });
	}

	/** Keeps renewed secrets, unless the account was signed out or in again since they were read. */
	async replace(id: string, { lineage, ...secrets }: Secrets): Promise<void> {
		const kept = await this.#kept(id);
		if (kept && kept.lineage === lineage) {
			await this.#change(id, { serial: laterThan(kept), lineage, secrets });
		}
	}

	async remove(id: string): Promise<void> {
		await this.#change(id, undefined);
	}

	exclusively<T>(id: string, run: () => Promise<T>, signal: AbortSignal): Promise<T> {
		return this.#windows.exclusively(`credentials/${id}`, run, signal);
	}

	/** Told first: where this window can't keep it any more, another one does. */
	async #change(id: string, kept: Kept | undefined): Promise<void> {
		this.#windows.tell(subject, { id, kept } satisfies Told);
		await this.#store(id, kept);
	}

	async #store(id: string, kept: Kept | undefined): Promise<void> {
		if (kept) {
			await this.#port.setPassword(secretsService, id, JSON.stringify(kept));
		} else {
			await this.#port.deletePassword(secretsService, id);
		}
	}

	#take({ id, kept }: Told): void {
		this.#taking = this.#taking
			.then(async () => {
				const own = await this.#stored(id);
				if (kept ? (own?.serial ?? 0) < kept.serial : own) {
					await this.#store(id, kept);
				}
			})
			// What could not be kept is found out by whoever reads next.
			.catch(() => undefined);
	}

	async #kept(id: string): Promise<Kept | undefined> {
		await this.#taking;
		return this.#stored(id);
	}

	async #stored(id: string): Promise<Kept | undefined> {
		const text = await this.#port.getPassword(secretsService, id);
		return text === null ? undefined : (JSON.parse(text) as Kept);
	}
}

/** By the clock, so that two windows that do not hear each other agree on which of two sign-ins is the later one. */
function laterThan(kept: Kept | undefined): number {
	return Math.max(Date.now(), (kept?.serial ?? 0) + 1);
}
