import { t } from '@vscode/l10n';
import { InvalidInput, NotAllowed, NotFound } from '../../core/errors.ts';
import { type Field, type Form, mappingOf, type Values } from '../../core/form.ts';
import type { Choice, Workspace } from '../../core/model.ts';
import type { Operation, Outcome } from '../../core/operations.ts';
import { onePage } from '../../core/page.ts';
import type { Place } from './creation.ts';
import { linkedId } from './document.ts';
import { folder } from './mapping.ts';
import { asId } from './projectFields.ts';
import { ownFields } from './refusals.ts';
import { all, statusesNow } from './workflow.ts';
import { toStatusChoice } from './workflowChange.ts';
import { writing } from './writing.ts';

/** Gives each task the status that was chosen for its task list. Later servers no longer have it, and only trying tells. */
export function workflowMapping(place: Place): Operation<Workspace> {
	let isGone = false;
	return {
		id: 'mapToWorkflow',
		get title() {
			return t('Map task lists to statuses');
		},
		whyNot: () => (isGone ? notThere() : undefined),
		async begin(project, signal) {
			const form = await mapForm(place, project, signal);
			return {
				...form,
				async submit(values, each) {
					try {
						return await form.submit(values, each);
					} catch (error) {
						isGone ||= error instanceof NotFound && (await isThere(place, project, each));
						throw isGone ? new NotAllowed(notThere(), error) : error;
					}
				},
			};
		},
	};
}

function notThere(): string {
	return t('Productive no longer takes a status for each task list here.');
}

async function isThere({ client }: Place, { id }: Workspace, signal: AbortSignal): Promise<boolean> {
	try {
		await client.projects.one(id, signal);
		return true;
	} catch {
		signal.throwIfAborted();
		return false;
	}
}

async function mapForm(place: Place, project: Workspace, signal: AbortSignal): Promise<Form<Outcome>> {
	const rows = await rowsOf(place, project, signal);
	const field: Field = {
		kind: 'mapping',
		id: 'map',
		label: t('Statuses of task lists'),
		help: t('Tasks in a task list without a status here keep theirs, and so do those in archived task lists.'),
		none: t('The project has no task lists.'),
		rows: async () => rows,
		choices: async (_, each) => onePage(await statusesFor(place, project, each)),
	};
	return {
		title: t('Map the task lists of {0} to statuses', project.name),
		submitLabel: t('Give statuses'),
		fields: [field],
		confirmation: () => ({
			question: t('Give the tasks of {0} the statuses chosen for their task lists?', project.name),
			detail: t('The statuses that the tasks have now are lost.'),
			button: t('Give statuses'),
		}),
		submit: (values, each) => ownFields([field], () => map(place, project, values, each)),
	};
}

async function rowsOf({ client }: Place, { id }: Workspace, signal: AbortSignal): Promise<readonly Choice[]> {
	const rows: Choice[] = [];
	await all(async (at) => {
		const found = await client.folders.projectTaskLists(id, at, signal);
		for (const list of found.data) {
			const above = found.related(list, 'folder', folder) ?? found.related(list, 'board', folder);
			rows.push({ value: list.id, label: list.attributes.name, detail: above?.attributes.name });
		}
		return found;
	});
	return rows;
}

async function statusesFor({ client }: Place, { id }: Workspace, signal: AbortSignal): Promise<readonly Choice[]> {
	const { data } = await client.projects.one(id, signal);
	const workflow = linkedId(data, 'workflow');
	return workflow === undefined ? [] : (await statusesNow(client, workflow, signal)).map(toStatusChoice);
}

async function map(place: Place, { id, name }: Workspace, values: Values, signal: AbortSignal): Promise<Outcome> {
	const chosen = Object.entries(mappingOf(values, 'map'));
	if (chosen.length === 0) {
		throw new InvalidInput([{ field: 'map', message: t('Choose a status for one task list at least.') }]);
	}
	const ids = Object.fromEntries(chosen.map(([list, status]) => [list, asId(status)]));
	await writing(place, () => place.client.projects.mapToWorkflow(id, ids, signal));
	return { message: t('The tasks of {0} have the statuses of their task lists now.', name) };
}
