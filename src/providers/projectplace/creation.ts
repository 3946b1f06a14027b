import { t } from '@vscode/l10n';
import type { Creation } from '../../core/creation.ts';
import { textOf, type Values } from '../../core/form.ts';
import type { Board, Choice, Workspace } from '../../core/model.ts';
import { mapPage, type Page, without } from '../../core/page.ts';
import { paged } from '../../http/pages.ts';
import type { Client } from './client.ts';
import { toBoard, toChoice, toWorkspace } from './mapping.ts';
import type { AccountWire } from './shapes.ts';
import { htmlOf } from './unverified.ts';

interface Needs {
	readonly client: Client;
	readonly account: (signal: AbortSignal) => Promise<AccountWire>;
	/** Called when the account has one workspace more. */
	readonly created: () => void;
}

export function workspaceCreation(needs: Needs): Creation<void, Workspace> {
	return {
		form: () => ({
			title: t('New workspace'),
			submitLabel: t('Create workspace'),
			fields: [
				{ kind: 'text', id: 'name', label: t('Name'), required: true },
				{
					kind: 'choice',
					id: 'owner',
					label: t('Head administrator'),
					help: t('Without a choice it is the account’s first head administrator.'),
					choices: (_values, signal) => owners(needs, signal),
				},
			],
			submit: (values, signal) => submit(needs, values, signal),
		}),
	};
}

/** The account's heads before everybody else, who come page by page. */
async function owners({ client, account }: Needs, signal: AbortSignal): Promise<Page<Choice>> {
	const [{ managers }, people] = await Promise.all([
		account(signal),
		paged((row, later) => client.people(Number(row ?? 0), later), signal),
	]);
	const heads = new Set(managers.map(({ id }) => id));
	const others = without(mapPage(people, toChoice), ({ value }) => heads.has(value));
	return { ...others, items: [...managers.map(({ id, name }) => ({ value: id, label: name })), ...others.items] };
}

async function submit({ client, account, created }: Needs, values: Values, signal: AbortSignal): Promise<Workspace> {
	const owner = textOf(values, 'owner') ?? (await account(signal)).managers[0]?.id;
	const made = await client.createWorkspace(textOf(values, 'name') ?? '', owner, signal);
	created();
	return toWorkspace(made, false);
}

/** `created` is called with the id of the workspace that has one board more. */
export function boardCreation(client: Client, created: (workspaceId: string) => void): Creation<Workspace, Board> {
	return {
		form: ({ id: workspaceId, name: workspace }) => ({
			title: t('New board in {0}', workspace),
			submitLabel: t('Create board'),
			fields: [
				{ kind: 'text', id: 'name', label: t('Name'), required: true },
				{ kind: 'text', id: 'description', label: t('Description') },
			],
			async submit(values, signal) {
				const board = { name: textOf(values, 'name') ?? '', description: htmlOf(textOf(values, 'description')) };
				const { id } = await client.createBoard(workspaceId, board, signal);
				created(workspaceId);
				return toBoard({ ...board, id, progresses: [] }, workspaceId);
			},
		}),
	};
}
