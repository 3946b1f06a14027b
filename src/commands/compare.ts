import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import { LocalFailure } from '../core/errors.ts';
import type { Document, Version } from '../core/model.ts';
import { documentUri, placeUri } from '../files/uri.ts';
import { present } from '../views/format.ts';
import { chooseFrom } from './choose.ts';
import { chooseDocumentPlace } from './choosePlace.ts';
import { checkReadable } from './openDocument.ts';
import type { Handler, Services } from './services.ts';

/** Shows a document beside a file of the person's. */
export const compareWithFile: Handler = async (services, node) => {
	const title = t('Compare document with a file');
	const chosen = await chooseDocumentPlace(services, node, title);
	const document = chosen?.place.document;
	if (!chosen || !document) {
		return;
	}
	checkReadable(document);
	const [file] = (await vscode.window.showOpenDialog({ title, openLabel: t('Compare') })) ?? [];
	if (file) {
		const name = file.path.split('/').at(-1) ?? '';
		const label = t('{0} (at the server) ↔ {1} (file)', document.name, name);
		await vscode.commands.executeCommand('vscode.diff', placeUri(chosen.account.id, chosen.place), file, label);
	}
};

/** Shows an earlier version of a document beside the document. */
export const compareWithVersion: Handler = async (services, node) => {
	const title = t('Compare document with an earlier version');
	const chosen = await chooseDocumentPlace(services, node, title, ({ archives }) => archives?.versions !== undefined);
	const document = chosen?.place.document;
	const version = document && (await chooseVersion(services, chosen.account, document, title));
	if (version) {
		const { account, place } = chosen;
		const label = t('{0} ({1} ↔ now)', document.name, version.name);
		const earlier = documentUri(account.id, document, version);
		await vscode.commands.executeCommand('vscode.diff', earlier, placeUri(account.id, place), label);
	}
};

function chooseVersion(
	{ sessions }: Services,
	account: Account,
	document: Document,
	title: string,
): Promise<Version | undefined> {
	return chooseFrom(
		title,
		t('Which version of {0}?', document.name),
		async (signal) => {
			const { archives } = await sessions.ready(account, signal);
			if (!archives?.versions) {
				throw new LocalFailure(t('{0} keeps no earlier versions.', account.name));
			}
			return archives.versions.list(document, signal);
		},
		({ id, name, modified, author }) => ({
			value: id,
			label: name,
			detail: present(modified && momentText(modified), author).join(' · '),
		}),
		t('There are no earlier versions.'),
	);
}

function momentText(moment: string): string {
	const date = new Date(moment);
	const format = new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
	return Number.isNaN(date.getTime()) ? moment : format.format(date);
}
