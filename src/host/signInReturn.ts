import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { LocalFailure } from '../core/errors.ts';
import type { Answer } from '../core/handshakes.ts';
import type { BrowserReturn, BrowserWay } from '../core/provider.ts';
import { loopbackRedirect } from './loopbackAddress.ts';

/** How the browser finds back: the address to name to the vendor, and perhaps something that listens until it is disposed. */
interface Return {
	readonly redirect: string;
	dispose(): void;
}

const extensionId = 'boardwalk-tools.boardwalk';
const path = '/signed-in';

/** The ways back that there are in this window, of those that a way to sign in takes. */
export function returnsHere({ returns }: BrowserWay): readonly BrowserReturn[] {
	// In a remote window a port of the other computer would listen, and in a browser none can.
	const canListen = !IS_WEB && vscode.env.remoteName === undefined;
	return returns.filter((one) => one !== 'loopback' || canListen);
}

/** The address to register at the vendor for a way back, for reading. */
export function addressFor(returning: BrowserReturn, { pasteRedirect }: BrowserWay): string {
	switch (returning) {
		case 'editor':
			return vscode.env.uiKind === vscode.UIKind.Web
				? t('An address of this page that is new each time; it can be copied while you wait.')
				: ownAddress().toString(true);
		case 'paste':
			return pasteRedirect;
		case 'loopback':
			return loopbackRedirect;
	}
}

/** Opens a way back. What the browser brings to it goes to `take`, whose failure the browser's page says. */
export async function openReturn(
	way: BrowserWay,
	returning: BrowserReturn,
	take: (answer: Answer) => Promise<void>,
): Promise<Return> {
	switch (returning) {
		case 'editor':
			return { redirect: await editorRedirect(), dispose: () => undefined };
		case 'paste':
			return { redirect: way.pasteRedirect, dispose: () => undefined };
		case 'loopback':
			return { redirect: loopbackRedirect, dispose: await listening(take) };
	}
}

/**
 * The address at which the browser finds this editor: its own scheme on the desktop, a page of the host's in the browser.
 * The desktop adds the window's number, which no vendor could have registered; an answer in the wrong window is forwarded.
 */
export async function editorRedirect(): Promise<string> {
	const own = ownAddress();
	const external = await vscode.env.asExternalUri(own);
	// With the query as it is: encoding it would turn its signs into text.
	return (external.scheme === own.scheme ? own : external).toString(true);
}

/**
 * Listens again at an address of a page that is gone. The browser's host numbers its addresses from one again with each
 * page, and hears only those that the page itself has asked for.
 */
export async function hearAgain(redirect: string): Promise<void> {
	const wanted = numberOf(redirect);
	for (let number = 0; number < wanted; ) {
		const heard = numberOf(await editorRedirect());
		// A host that counts otherwise is not to be asked for ever.
		if (heard <= number) {
			return;
		}
		number = heard;
	}
}

function ownAddress(): vscode.Uri {
	return vscode.Uri.from({ scheme: vscode.env.uriScheme, authority: extensionId, path });
}

function numberOf(redirect: string): number {
	return Number(/[?&]vscode-reqid=(\d+)/.exec(redirect)?.[1] ?? 0);
}

async function listening(take: (answer: Answer) => Promise<void>): Promise<() => void> {
	// The web host has none of the modules that this needs, and the bundler leaves out what it sees to be unreachable.
	if (!IS_WEB) {
		return (await import('./loopback.ts')).listen(take);
	}
	throw new LocalFailure(t('A browser cannot listen for the answer. Paste the code instead.'));
}

/** Opens an address exactly as it is: `Uri` would decode an address inside its query and mix up the two. */
export async function openPage(address: string): Promise<void> {
	await vscode.env.openExternal(address as unknown as vscode.Uri);
}
