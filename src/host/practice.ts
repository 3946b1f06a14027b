import { t } from '@vscode/l10n';
import { LocalFailure } from '../core/errors.ts';
import type { Log, Provider, SignedIn, SignInIo, SignInWay, TypedWay } from '../core/provider.ts';

type Addresses = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Practice accounts: the five vendors' APIs emulated on this machine. `BOARDWALK_SANDBOX` names one that runs already, in
 * the form it prints; without it the extension runs its own when it is first needed.
 */
export class Practice {
	/** Whether there can be practice accounts here: not in the web host, which can't listen. */
	readonly available: boolean;
	/** Whether a sandbox was started for this very window, so that its accounts are wanted from the beginning. */
	readonly wanted: boolean;
	readonly #given: string | undefined;
	readonly #io: { fetch: typeof globalThis.fetch; log: Log };
	#own: Promise<{ addresses: Addresses; close(): Promise<void> }> | undefined;

	constructor(given: string | undefined, io: SignInIo) {
		this.available = !IS_WEB;
		this.wanted = given !== undefined;
		this.#given = given;
		this.#io = io;
	}

	/** Signs in at the sandbox the way this vendor's practice accounts do. */
	async signIn(provider: Provider, signal: AbortSignal): Promise<SignedIn> {
		const way = provider.signInWays.find(isForPractice);
		const place = (await this.#addresses())[provider.id];
		const values = place && way?.practice?.(place);
		const [account] = way && values ? await way.signIn(values, this.#io, signal) : [];
		if (!account) {
			throw new LocalFailure(t('There is no practice account for {0}.', provider.label));
		}
		return account;
	}

	async dispose(): Promise<void> {
		await (await this.#own)?.close();
	}

	async #addresses(): Promise<Addresses> {
		if (this.#given !== undefined) {
			return JSON.parse(this.#given) as Addresses;
		}
		this.#own ??= startOwn();
		return (await this.#own).addresses;
	}
}

function isForPractice(way: SignInWay): way is TypedWay {
	return 'practice' in way && way.practice !== undefined;
}

async function startOwn(): Promise<{ addresses: Addresses; close(): Promise<void> }> {
	if (IS_WEB) {
		throw new LocalFailure(t('Practice accounts need a VS Code that runs on a computer.'));
	}
	const { startSandbox } = await import('../sandbox/index.ts');
	return startSandbox();
}
