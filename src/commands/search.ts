import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import { isCancellation } from '../core/errors.ts';
import type { Hit } from '../core/model.ts';
import { nameOf, searchSession } from '../core/search.ts';
import { causeText } from '../host/log.ts';
import { reveal } from './reveal.ts';
import type { Handler, Services } from './services.ts';

interface HitItem extends vscode.QuickPickItem {
	readonly account?: Account;
	readonly hit?: Hit;
}

/** Milliseconds without a key before the vendors are asked. */
const pause = 300;
const mostHits = 50;
const fewestLetters = 2;

/** Finds in everything that every account can list, while it is typed; a hit is shown in the tree. */
export const search: Handler = async (services) => {
	const pick = vscode.window.createQuickPick<HitItem>();
	pick.title = t('Search all accounts');
	pick.placeholder = t('Type at least {0} letters', fewestLetters);
	pick.matchOnDescription = true;
	const searching = new Searching(services, pick);
	const chosen = await new Promise<HitItem | undefined>((resolve) => {
		pick.onDidChangeValue((text) => searching.restart(text));
		pick.onDidAccept(() => resolve(pick.selectedItems.find(({ hit }) => hit)));
		pick.onDidHide(() => resolve(undefined));
		pick.show();
	});
	searching.stop();
	pick.dispose();
	if (chosen?.hit && chosen.account) {
		await reveal(services, chosen.account, chosen.hit);
	}
};

/** The search that belongs to the text as it stands; a newer text ends it. */
class Searching {
	readonly #services: Services;
	readonly #pick: vscode.QuickPick<HitItem>;
	#abort = new AbortController();
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(services: Services, pick: vscode.QuickPick<HitItem>) {
		this.#services = services;
		this.#pick = pick;
	}

	restart(text: string): void {
		this.stop();
		this.#pick.items = [];
		if (text.trim().length >= fewestLetters) {
			this.#abort = new AbortController();
			this.#pick.busy = true;
			this.#timer = setTimeout(() => void this.#run(text.trim(), this.#abort.signal), pause);
		}
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#abort.abort();
		this.#pick.busy = false;
	}

	async #run(text: string, signal: AbortSignal): Promise<void> {
		const { accounts } = this.#services;
		await Promise.all(accounts.list().map((account) => this.#searchAccount(account, text, signal)));
		if (!signal.aborted) {
			this.#pick.busy = false;
			if (this.#pick.items.length === 0) {
				this.#pick.items = [{ label: t('Nothing found'), alwaysShow: true }];
			}
		}
	}

	async #searchAccount(account: Account, text: string, signal: AbortSignal): Promise<void> {
		const { sessions, log } = this.#services;
		let found = 0;
		try {
			const session = await sessions.ready(account, signal);
			for await (const hit of searchSession(session, text, signal)) {
				signal.throwIfAborted();
				this.#add({ label: nameOf(hit), description: pathOf(account, hit), account, hit, alwaysShow: true });
				found += 1;
				if (found === mostHits) {
					break;
				}
			}
		} catch (error) {
			if (!isCancellation(error) && !signal.aborted) {
				log.warn(`search in ${account.name}: ${causeText(error)}`);
				const message = error instanceof Error ? error.message : String(error);
				this.#add({ label: `$(warning) ${message}`, description: account.name, alwaysShow: true });
			}
		}
	}

	#add(item: HitItem): void {
		const { activeItems } = this.#pick;
		this.#pick.items = [...this.#pick.items, item];
		this.#pick.activeItems = activeItems.length > 0 ? activeItems : this.#pick.items.slice(0, 1);
	}
}

function pathOf(account: Account, { workspace, board, column, card }: Hit): string {
	const above = [workspace.name, board?.name, column?.name, card?.title]
		.filter((name) => name !== undefined)
		.slice(0, -1);
	return [account.name, ...above].join(' › ');
}
