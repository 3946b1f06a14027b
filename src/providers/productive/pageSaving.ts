import { t } from '@vscode/l10n';
import type { Saving } from '../../core/archives.ts';
import { NotAllowed, OutcomeUnknown } from '../../core/errors.ts';
import type { Shared } from '../../core/shared.ts';
import type { Client } from './client.ts';
import { type PageWithBodyWire, revisionOf, toPage } from './mapping.ts';
import { bodyWith, isSaid, textOf } from './pageContent.ts';
import { firstKnown, pageIn, projectIn } from './pages.ts';

export function pageSaving(client: Client, shared: Shared): Saving {
	return {
		keepsEarlier: true,
		async save(document, _container, file, signal) {
			const page = pageIn(document);
			if (page === undefined) {
				throw new NotAllowed(document.readOnly ?? t('Only pages can be saved at Productive.'));
			}
			const text = await textOf(file);
			const { data: before } = await client.page(page, signal);
			const body = await bodyWith(before, text);
			if (body === undefined) {
				return toPage(before, projectIn(document));
			}
			await write(client, page, body, text, signal);
			shared.clear();
			return toPage(await written(client, before, text, signal), projectIn(document));
		},
	};
}

/**
 * Our tree first, although the vendor's newer guide knows only the way through Markdown: its conversion makes every node
 * anew, and with that loses the ids, widths and colours of those that nobody touched.
 */
function write(client: Client, page: string, body: string, text: string, signal: AbortSignal): Promise<unknown> {
	return firstKnown<unknown>(
		() => client.savePage(page, body, signal),
		() => client.replacePage(page, text, signal),
	);
}

/** While somebody has a page open, the vendor may take a change and make none of it, so the page is looked at again. */
async function written(
	client: Client,
	before: PageWithBodyWire,
	text: string,
	signal: AbortSignal,
): Promise<PageWithBodyWire> {
	const after = await lookAgain(client, before.id, signal);
	if (revisionOf(after) === revisionOf(before) && !(await isSaid(after, text))) {
		throw new OutcomeUnknown(
			t(
				'Productive took “{0}” but still shows the old text, as it does while somebody has the page open. Look at the page before you save it again.',
				after.attributes.title,
			),
		);
	}
	return after;
}

async function lookAgain(client: Client, page: string, signal: AbortSignal): Promise<PageWithBodyWire> {
	try {
		return (await client.page(page, signal)).data;
	} catch (error) {
		if (signal.aborted) {
			throw error;
		}
		throw new OutcomeUnknown(
			t('Productive took the page, but it could not be read again. Look at it before you save it again.'),
			error,
		);
	}
}
