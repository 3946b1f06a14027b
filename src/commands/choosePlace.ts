import { t } from '@vscode/l10n';
import type { Account } from '../core/accounts.ts';
import type { Place } from '../core/documentTree.ts';
import type { Choice } from '../core/model.ts';
import type { Session } from '../core/provider.ts';
import { placeOfNode } from '../files/nodeUri.ts';
import type { Node } from '../views/node.ts';
import { chooseAccount, chooseFrom } from './choose.ts';
import type { Services } from './services.ts';

/** Something with a path, in the account it belongs to. */
export interface ChosenPlace {
	readonly account: Account;
	readonly place: Place;
}

type Option = { readonly kind: 'here' } | { readonly kind: 'place'; readonly place: Place };

/** The node's place where it fits; else asks, folder by folder. Undefined where the person left. */
export async function chooseDocumentPlace(
	services: Services,
	node: Node | undefined,
	title: string,
	fits: (session: Session) => boolean = hasArchives,
): Promise<ChosenPlace | undefined> {
	return placeFor(services, node, (place) => place.document !== undefined) ?? choose(services, title, fits, undefined);
}

/** The same for a folder, an archive, or with `orWorkspace` a workspace that holds them. */
export async function chooseFolderPlace(
	services: Services,
	node: Node | undefined,
	title: string,
	orWorkspace: boolean,
): Promise<ChosenPlace | undefined> {
	const fits = ({ container, thing }: Place): boolean =>
		container !== undefined || (orWorkspace && thing?.kind === 'workspace');
	return placeFor(services, node, fits) ?? choose(services, title, hasArchives, fits);
}

function placeFor(
	{ places }: Services,
	node: Node | undefined,
	fits: (place: Place) => boolean,
): ChosenPlace | undefined {
	const { account } = node ?? {};
	const place = node && account && placeOfNode(places, node, account);
	return account && place && fits(place) ? { account, place } : undefined;
}

function hasArchives({ archives }: Session): boolean {
	return archives !== undefined;
}

/** Goes down until a document is chosen, or a folder that `isFolder` names and the person means. */
async function choose(
	services: Services,
	title: string,
	fits: (session: Session) => boolean,
	isFolder: ((place: Place) => boolean) | undefined,
): Promise<ChosenPlace | undefined> {
	const account = await chooseAccount(services, title, fits);
	if (!account) {
		return undefined;
	}
	let at: Place | undefined = services.places.top(account);
	while (at) {
		const here: Place = at;
		const option = await chooseBeneath(services, account, here, title, isFolder);
		if (option?.kind === 'here') {
			return { account, place: here };
		}
		at = option?.place;
		if (at?.document) {
			return { account, place: at };
		}
	}
	return undefined;
}

function chooseBeneath(
	{ places }: Services,
	account: Account,
	here: Place,
	title: string,
	isFolder: ((place: Place) => boolean) | undefined,
): Promise<Option | undefined> {
	return chooseFrom<Option>(
		title,
		here.name || account.name,
		async (signal) => {
			const beneath = await places.list(account, here, signal);
			const offered = beneath.filter(({ document }) => !document || (!isFolder && !document.notDownloadable));
			const own: readonly Option[] = isFolder?.(here) ? [{ kind: 'here' }] : [];
			return { items: [...own, ...offered.map((place): Option => ({ kind: 'place', place }))] };
		},
		toChoice,
		t('There is nothing here.'),
	);
}

function toChoice(option: Option): Choice {
	if (option.kind === 'here') {
		return { value: '', label: `$(check) ${t('This one')}` };
	}
	const { name, path, document } = option.place;
	return { value: path, label: `$(${document ? 'file' : 'folder'}) ${name}` };
}
