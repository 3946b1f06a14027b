import { t } from '@vscode/l10n';
import { InvalidInput } from '../../core/errors.ts';
import { type Field, type Form, type Mapping, mappingOf, textOf, type Values } from '../../core/form.ts';
import type { Choice, Workspace } from '../../core/model.ts';
import type { Operation, Outcome } from '../../core/operations.ts';
import { onePage } from '../../core/page.ts';
import { choice } from './choices.ts';
import type { Place } from './creation.ts';
import { linkedId } from './document.ts';
import { type StatusWire, workflow as workflowShape } from './mapping.ts';
import { asId } from './projectFields.ts';
import { ownFields } from './refusals.ts';
import { closing, statusesNow } from './workflow.ts';
import { writing } from './writing.ts';

/** The only way to another workflow: each status of the present one gets one of the new one, and tasks go along. */
export function workflowChange(place: Place): Operation<Workspace> {
	return {
		id: 'changeWorkflow',
		get title() {
			return t('Change workflow');
		},
		begin: (project, signal) => changeForm(place, project, signal),
	};
}

async function changeForm(place: Place, project: Workspace, signal: AbortSignal): Promise<Form<Outcome>> {
	const { current, statuses } = await present(place, project, signal);
	const fields = fieldsOf(place, current, statuses);
	return {
		title: t('Change the workflow of {0}', project.name),
		submitLabel: t('Change workflow'),
		fields,
		confirmation: () => ({
			question: t('Change the workflow of {0}?', project.name),
			detail: t('Every task of the project gets the new status that stands beside its old one.'),
			button: t('Change workflow'),
		}),
		submit: (values, each) => ownFields(fields, () => change(place, project, current, values, each)),
	};
}

interface Present {
	readonly current: string | undefined;
	/** What its workflow is called. */
	readonly name: string | undefined;
	readonly statuses: readonly StatusWire[];
}

async function present({ client }: Place, { id }: Workspace, signal: AbortSignal): Promise<Present> {
	const { data, related } = await client.projects.one(id, signal);
	const current = linkedId(data, 'workflow');
	const statuses = current === undefined ? [] : await statusesNow(client, current, signal);
	return { current, name: related(data, 'workflow', workflowShape)?.attributes.name, statuses };
}

function fieldsOf({ client }: Place, current: string | undefined, statuses: readonly StatusWire[]): readonly Field[] {
	return [
		choice(
			'workflow',
			t('New workflow'),
			(at, signal) => client.workflows(at, signal),
			({ id, attributes }) =>
				id === current || attributes.archived_at ? undefined : { value: id, label: attributes.name },
			{ required: true, none: t('There is no other workflow yet. Add one in Productive first.') },
		),
		{
			kind: 'mapping',
			id: 'map',
			label: t('New statuses'),
			required: true,
			help: t('Each status of the present workflow needs one of the new workflow.'),
			none: t('The project’s workflow has no statuses.'),
			rows: async () => statuses.map(toStatusChoice),
			async choices(values, signal) {
				const chosen = textOf(values, 'workflow');
				return onePage(chosen === undefined ? [] : (await statusesNow(client, chosen, signal)).map(toStatusChoice));
			},
		},
	];
}

export function toStatusChoice({ id, attributes: { name, category_id } }: StatusWire): Choice {
	const kinds: Readonly<Record<number, string>> = { 1: t('not started'), 2: t('started'), [closing]: t('closed') };
	return { value: id, label: name, detail: kinds[category_id ?? 0] };
}

async function change(
	place: Place,
	project: Workspace,
	began: string | undefined,
	values: Values,
	signal: AbortSignal,
): Promise<Outcome> {
	const workflow = textOf(values, 'workflow') ?? '';
	const map = mappingOf(values, 'map');
	const now = await present(place, project, signal);
	demandSame(project, began, now, workflow);
	demandComplete(now.statuses, map);
	await writing(place, () =>
		place.client.projects.changeWorkflow(project.id, workflow, idsOf(map, now.statuses), signal),
	);
	return { message: t('The workflow of {0} was changed.', project.name) };
}

function demandSame({ name }: Workspace, began: string | undefined, now: Present, wanted: string): void {
	if (now.current !== began) {
		const message = t(
			'Somebody has changed the workflow of {0} to “{1}” meanwhile. Begin again.',
			name,
			now.name ?? '',
		);
		throw new InvalidInput([{ field: 'workflow', message }]);
	}
	if (wanted === now.current) {
		throw new InvalidInput([{ field: 'workflow', message: t('{0} has this workflow already.', name) }]);
	}
}

/** Somebody may have added a status since the form was opened. */
function demandComplete(statuses: readonly StatusWire[], map: Mapping): void {
	const missing = statuses.filter(({ id }) => map[id] === undefined).map(({ attributes }) => `“${attributes.name}”`);
	if (missing.length > 0) {
		const message = t('A new status is still missing for {0}.', new Intl.ListFormat().format(missing));
		throw new InvalidInput([{ field: 'map', message }]);
	}
}

/** Without statuses that were deleted since. */
function idsOf(map: Mapping, statuses: readonly StatusWire[]): object {
	return Object.fromEntries(statuses.map(({ id }) => [id, asId(map[id])]));
}
