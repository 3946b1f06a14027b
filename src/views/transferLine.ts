import { t } from '@vscode/l10n';
import { isOver, type Transfer } from '../core/transfer.ts';
import { failureText, present, progressText, sizeText } from './format.ts';

/** A line of the Transfers view; pure. */
export interface TransferLine {
	readonly description: string;
	readonly icon: { readonly codicon: string; readonly color?: string };
	/** What a screen reader says: all that the line and its icon show. */
	readonly spoken: string;
	/** Words for abilities; menus match whole words. */
	readonly context: readonly string[];
}

export function transferLine(transfer: Transfer): TransferLine {
	const { order } = transfer;
	const description = describe(transfer);
	const kind = order.kind === 'download' ? t('Download') : t('Upload');
	return {
		description,
		icon: iconOf(transfer),
		spoken: present(order.name, kind, stateWord(transfer), description).join(', '),
		context: ['transfer', ...abilities(transfer)],
	};
}

function abilities(transfer: Transfer): string[] {
	if (!isOver(transfer)) {
		return ['cancel'];
	}
	if (transfer.state !== 'done') {
		return ['again'];
	}
	return transfer.order.kind === 'download' || transfer.webUrl !== undefined ? ['open'] : [];
}

function describe(transfer: Transfer): string {
	const { order, state, progress, error } = transfer;
	switch (state) {
		case 'waiting':
			return present(target(transfer), t('waiting')).join(' · ');
		case 'running':
			return present(target(transfer), progress && progressText(progress)).join(' · ');
		case 'done':
			return present(t('done'), size(transfer), versionText(transfer)).join(' · ');
		case 'failed':
		case 'unknown':
			return failureText(error);
		case 'interrupted':
			return order.kind === 'upload'
				? t('The window was closed in the middle. It may have arrived in {0}.', order.place)
				: t('The window was closed in the middle. Nothing was saved.');
		case 'cancelled':
			return t('cancelled');
	}
}

function target({ order }: Transfer): string {
	return t('to {0}', order.place);
}

function size({ order, progress }: Transfer): string | false {
	const bytes = progress?.total ?? order.size ?? progress?.bytes;
	return bytes !== undefined && sizeText(bytes);
}

function versionText({ version }: Transfer): string | undefined {
	return version && t('version {0}', version);
}

/** The state in a word where the description does not say it, since the icon must not be the only one to. */
function stateWord({ state }: Transfer): string | undefined {
	switch (state) {
		case 'running':
			return t('under way');
		case 'failed':
			return t('failed');
		case 'unknown':
			return t('outcome not known');
		case 'interrupted':
			return t('interrupted');
		case 'waiting':
		case 'done':
		case 'cancelled':
			return undefined;
	}
}

function iconOf({ order, state }: Transfer): TransferLine['icon'] {
	switch (state) {
		case 'waiting':
			return { codicon: 'clock' };
		case 'running':
			return { codicon: order.kind === 'download' ? 'cloud-download' : 'cloud-upload' };
		case 'done':
			return { codicon: 'pass', color: 'testing.iconPassed' };
		case 'failed':
			return { codicon: 'error', color: 'list.errorForeground' };
		case 'unknown':
			return { codicon: 'question', color: 'list.warningForeground' };
		case 'interrupted':
			return { codicon: 'debug-disconnect', color: 'list.warningForeground' };
		case 'cancelled':
			return { codicon: 'circle-slash' };
	}
}
