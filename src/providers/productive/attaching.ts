import { t } from '@vscode/l10n';
import type { UploadFile } from '../../core/archives.ts';
import { OutcomeUnknown, ProviderError } from '../../core/errors.ts';
import type { Send } from '../../core/provider.ts';
import type { Client, FileOwner } from './client.ts';
import type { Files } from './files.ts';
import type { AttachmentWire } from './mapping.ts';
import { all } from './workflow.ts';

export interface FileWay {
	readonly client: Client;
	readonly files: Files;
	readonly send: Send;
}

/** In four steps: announce the file, send it to the bucket, say where it is, put it where it belongs. */
export async function putFile(
	{ client, files, send }: FileWay,
	owner: FileOwner,
	file: UploadFile,
	signal: AbortSignal,
): Promise<AttachmentWire> {
	const { data: announced } = await client.createAttachment(file, owner, signal);
	const stored = await files.store(announced.attributes.aws_policy, file, send, signal);
	return onceStored(owner, async () => {
		const { data } = await client.finishAttachment(announced.id, stored, signal);
		await link(client, owner, announced.id, signal);
		return data;
	});
}

/** Newer servers know a page since the first step; all others want the whole list of files. */
async function link(client: Client, owner: FileOwner, id: string, signal: AbortSignal): Promise<void> {
	const there = (await all((at) => client.attachments(owner, at, signal))).map((one) => one.id);
	if (!there.includes(id)) {
		await client.linkAttachments(owner, [...there, id], signal);
	}
}

/** From here on, repeating the whole would store the file a second time, so nothing offers that. */
async function onceStored<T>({ kind }: FileOwner, run: () => Promise<T>): Promise<T> {
	try {
		return await run();
	} catch (error) {
		if (!(error instanceof ProviderError) || error.action.kind !== 'retry') {
			throw error;
		}
		const message =
			kind === 'page'
				? t('Productive has the file, but did not say whether it stands on the page. Look before you send it again.')
				: t('Productive has the file, but did not say whether it stands on the task. Look before you send it again.');
		throw new OutcomeUnknown(message, error);
	}
}
