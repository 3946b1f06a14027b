import { t } from '@vscode/l10n';
import { InvalidInput, NotAllowed } from '../../core/errors.ts';
import { type Field, type Form, problemsOf, textOf, type Values } from '../../core/form.ts';
import type { Board, Choice, Workspace } from '../../core/model.ts';
import { onePage } from '../../core/page.ts';
import type { Names } from '../../http/request.ts';
import type { Client } from './client.ts';
import type { Data } from './data.ts';
import { toBoard } from './mapping.ts';
import { longestAlias } from './projectLines.ts';
import type { ProjectWire } from './replies.ts';
import { mayAddProject } from './unverified.ts';

export interface Making {
	readonly client: Client;
	readonly data: Data;
	readonly server: string;
	readonly names: Names;
}

/** Known before where this account may only read the initiative. */
export function whyNoProject({ name, extra }: Workspace): string | undefined {
	return mayAddProject(extra?.['permission'])
		? undefined
		: t('You may only read the initiative {0}, so you can’t add a project to it.', name);
}

/** Throws `NotAllowed` where `whyNoProject` knows a reason. */
export function projectForm(workspace: Workspace, making: Making): Form<Board> {
	const { client, data, server } = making;
	const why = whyNoProject(workspace);
	if (why !== undefined) {
		throw new NotAllowed(why, undefined, workspace.webUrl);
	}
	const fields = fieldsOf(workspace, making);
	return {
		title: t('New project in {0}', workspace.name),
		submitLabel: t('Create project'),
		fields,
		async submit(values, signal) {
			checkFields(fields, values);
			const form = {
				product_id: workspace.id,
				name: textOf(values, 'name'),
				alias: textOf(values, 'alias'),
				from_project_id: textOf(values, 'from_project_id'),
			};
			// It may have been made also where the answer was lost.
			const made = await client.addProject(form, signal).finally(() => data.forget());
			return toBoard(made, workspace, server);
		},
	};
}

function fieldsOf({ id }: Workspace, { data }: Making): readonly Field[] {
	return [
		{ kind: 'text', id: 'name', label: t('Name'), required: true },
		{ kind: 'text', id: 'alias', label: t('Short name'), maxLength: longestAlias, help: t('Up to 10 characters.') },
		{
			kind: 'choice',
			id: 'from_project_id',
			label: t('Copy members and roles from'),
			help: t('Without it, you are the only member at first.'),
			none: t('This initiative has no project to copy from.'),
			choices: async (_, signal) => onePage((await data.projects(id, signal)).map(toChoice)),
		},
	];
}

/** Throws `InvalidInput` for what the fields can't take, before anything is sent. */
export function checkFields(fields: readonly Field[], values: Values): void {
	const problems = problemsOf(fields, values);
	if (problems.length > 0) {
		throw new InvalidInput(problems);
	}
}

function toChoice({ id, name, alias }: ProjectWire): Choice {
	return { value: id, label: name, detail: alias };
}
