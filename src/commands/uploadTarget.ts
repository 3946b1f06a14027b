import { t } from '@vscode/l10n';
import type { Account } from '../core/accounts.ts';
import type { Archives } from '../core/archives.ts';
import { LocalFailure, NotAllowed } from '../core/errors.ts';
import { type Board, type EntryContainer, mayTakeDocuments, type Workspace } from '../core/model.ts';
import { withProgress } from '../host/progress.ts';
import type { Node } from '../views/node.ts';
import { chooseFrom } from './choose.ts';
import { chooseTarget } from './chooseContainer.ts';
import { lastTarget, type Target } from './lastTarget.ts';
import type { Services } from './services.ts';

/** Where files are to go: the place a line of the tree stands for, or one that the person chooses. */

/** A target, and how it was come by. */
export interface ChosenTarget extends Target {
	/** Whether the person meant this very place: the line itself, or that of the document beside which it is put. */
	readonly exact: boolean;
	/** Whether it was remembered, and so may be gone. */
	readonly last?: boolean;
}

/** Throws `NotAllowed` where nothing can be put on the line nor, for a line that is no place, near it. */
export function targetOfNode(services: Services, node: Node | undefined, title: string): Promise<ChosenTarget> {
	return withProgress(title, async (signal) => {
		const account = node?.account;
		const archives = account && (await services.sessions.ready(account, signal)).archives;
		const found = archives?.uploading && (await nearest(archives, node, signal));
		if (!account || !found) {
			throw new NotAllowed(
				node
					? t('Documents can’t be put into “{0}”.', node.item().label)
					: t('Drop files on a folder, so that it is clear where they go.'),
			);
		}
		const place = pathOf(found.container, found.node);
		const exact = found.node === node || (node !== undefined && 'document' in node);
		return { account, container: found.container, place, exact };
	});
}

interface Found {
	readonly node: Node;
	readonly container: EntryContainer;
}

/** The place of the line itself, or of the first line above it that has one. A folder that takes nothing ends the search. */
async function nearest(archives: Archives, node: Node | undefined, signal: AbortSignal): Promise<Found | undefined> {
	for (let at = node; at; at = at.parent) {
		if ('container' in at) {
			const container = at.container as EntryContainer;
			return takes(archives, container) ? { node: at, container } : undefined;
		}
		const container = await placeOf(archives, at, signal);
		if (container && takes(archives, container)) {
			return { node: at, container };
		}
	}
	return undefined;
}

function takes({ folderCreation }: Archives, container: EntryContainer): boolean {
	return mayTakeDocuments(container) || (folderCreation !== undefined && !folderCreation.whyNot?.(container));
}

async function placeOf(archives: Archives, node: Node, signal: AbortSignal): Promise<EntryContainer | undefined> {
	if ('document' in node) {
		const document = node.document as EntryContainer;
		return mayTakeDocuments(document) ? document : undefined;
	}
	if ('board' in node) {
		return only(await archives.ofBoard?.(node.board as Board, signal));
	}
	if ('workspace' in node) {
		const workspace = node.workspace as Workspace;
		const target = await archives.uploading?.target?.(workspace, signal);
		return target ?? only(await archives.ofWorkspace?.(workspace, signal));
	}
	return undefined;
}

function only<T>(things: readonly T[] = []): T | undefined {
	return things.length === 1 ? things[0] : undefined;
}

/** `Pictures – Harbour renewal`. */
function pathOf({ name }: EntryContainer, node: Node): string {
	for (let at: Node | undefined = node; at; at = at.parent) {
		const owner = 'board' in at ? (at.board as Board) : 'workspace' in at ? (at.workspace as Workspace) : undefined;
		if (owner) {
			return `${name} – ${owner.name}`;
		}
	}
	return name;
}

type Option = { readonly last: Target } | { readonly account: Account };

/** Asks where to, the last target first. Undefined where the person left. */
export async function askTarget(services: Services, title: string): Promise<ChosenTarget | undefined> {
	const options = optionsFor(services);
	const [first] = options;
	if (!first) {
		throw new LocalFailure(
			services.accounts.list().length === 0 ? t('Add an account first.') : t('None of your accounts can do this.'),
		);
	}
	const option = options.length === 1 && 'account' in first ? first : await chooseOption(services, title, options);
	if (option && 'last' in option) {
		return { ...option.last, exact: true, last: true };
	}
	const chosen = option && (await chooseTarget(services, option.account, title));
	return chosen && option && { account: option.account, ...chosen, exact: true };
}

function optionsFor(services: Services): readonly Option[] {
	const { accounts, sessions } = services;
	const able = accounts.list().filter((account) => sessions.peek(account).archives?.uploading !== undefined);
	const last = lastTarget(services);
	return [
		...(last && able.some(({ id }) => id === last.account.id) ? [{ last }] : []),
		...able.map((account) => ({ account })),
	];
}

function chooseOption({ sessions }: Services, title: string, options: readonly Option[]): Promise<Option | undefined> {
	return chooseFrom<Option>(
		title,
		t('Where to?'),
		async () => ({ items: options }),
		(option) =>
			'last' in option
				? {
						value: 'last',
						label: `${option.last.place}, ${option.last.account.name}`,
						detail: t('last used'),
					}
				: { value: option.account.id, label: option.account.name, detail: sessions.provider(option.account).label },
	);
}
