import { t } from '@vscode/l10n';
import type { Problem } from '../../core/errors.ts';
import type { WorkspaceFiltering } from '../../core/filtering.ts';
import { type ChoiceField, type Field, listOf, textOf, type Values } from '../../core/form.ts';
import type { Choice } from '../../core/model.ts';
import { onePage } from '../../core/page.ts';
import type { Client } from './client.ts';
import { companyField, personField, projectTypes } from './projectFields.ts';
import { projects } from './projects.ts';
import { withProblems } from './refusals.ts';
import { withTemplates } from './unverified.ts';

/** The documented filters of projects, each with the comparisons that mean something for what it holds. */
const comparisons = {
	query: ['contains', 'not_contain', 'eq', 'not_eq'],
	status: ['eq', 'not_eq'],
	project_type: ['eq', 'not_eq'],
	company_id: ['eq', 'not_eq'],
	responsible_id: ['eq', 'not_eq'],
	person_id: ['eq', 'not_eq'],
	id: ['eq', 'not_eq', 'gt', 'gt_eq', 'lt', 'lt_eq'],
} as const;

type Filter = keyof typeof comparisons;
const filters = Object.keys(comparisons) as Filter[];
const templates = 'with_templates';

const comparisonOf = (filter: string) => `${filter}.op`;

export function workspaceFiltering(client: Client, organization: string): WorkspaceFiltering {
	return {
		get fields() {
			return fieldsOf(client);
		},
		query: (values) =>
			Object.entries(queryOf(values))
				.map(([name, value]) => `${name}=${value}`)
				.join('&'),
		list: (values, signal) =>
			withProblems(
				() => projects(client, queryOf(values), organization, signal),
				(problems) => problems.map((problem) => ({ ...problem, field: problem.field ?? fieldOf(problem, values) })),
			),
	};
}

function fieldsOf(client: Client): readonly Field[] {
	const own: Readonly<Record<Filter, Field>> = {
		query: { kind: 'text', id: 'query', label: t('Text') },
		status: {
			kind: 'choice',
			id: 'status',
			label: t('Status'),
			choices: choicesOf([
				['1', t('Active')],
				['2', t('Archived')],
			]),
			help: t('Left out, active projects come first and then archived ones.'),
		},
		project_type: { kind: 'choice', id: 'project_type', label: t('Type'), choices: projectTypes },
		company_id: companyField(client, 'company_id', { many: true, help: undefined }),
		responsible_id: personField(client, 'responsible_id', t('Project manager'), 'managers', { many: true }),
		person_id: personField(client, 'person_id', t('Person on the project'), 'everybody', { many: true }),
		id: {
			kind: 'text',
			id: 'id',
			label: t('ID'),
			placeholder: '11, 12',
			check: (_, values) =>
				/^\d+(\s*,\s*\d+)*$/.test(textOf(values, 'id') ?? '')
					? undefined
					: t('IDs are numbers; several are parted by commas.'),
		},
	};
	return [
		...filters.flatMap((filter) => [own[filter], comparisonField(filter, own[filter].label)]),
		{
			kind: 'flag',
			id: templates,
			label: t('Project templates too'),
			help: t('Older servers of Productive do not know this.'),
		},
	];
}

function comparisonField(filter: Filter, label: string): ChoiceField {
	const labels: Readonly<Record<string, string>> = {
		eq: t('is'),
		not_eq: t('is not'),
		contains: t('contains'),
		not_contain: t('does not contain'),
		gt: t('is greater than'),
		gt_eq: t('is at least'),
		lt: t('is less than'),
		lt_eq: t('is at most'),
	};
	return {
		kind: 'choice',
		id: comparisonOf(filter),
		label: t('{0}: comparison', label),
		choices: choicesOf(comparisons[filter].map((op) => [op, labels[op] ?? op])),
		help: t('Left out, Productive compares in its usual way.'),
	};
}

function choicesOf(labels: readonly (readonly [value: string, label: string])[]): ChoiceField['choices'] {
	return async () => onePage(labels.map(([value, label]): Choice => ({ value, label })));
}

/** The parameters, decoded. A comparison with nothing filters nothing. */
function queryOf(values: Values): Readonly<Record<string, string>> {
	const given = filters.flatMap((filter) => {
		const value = valueOf(values, filter);
		const comparison = textOf(values, comparisonOf(filter));
		return value === undefined ? [] : [[`filter[${filter}]${comparison ? `[${comparison}]` : ''}`, value] as const];
	});
	return { ...Object.fromEntries(given), ...(values[templates] === true ? withTemplates : {}) };
}

function valueOf(values: Values, filter: Filter): string | undefined {
	const many = listOf(values, filter);
	const text = many.length > 0 ? many.join(',') : textOf(values, filter);
	return filter === 'id' ? text?.replaceAll(/\s/g, '') : text;
}

/** The vendor names the filter or its value in words alone: `Filter 'xyz' is not supported on this endpoint`. */
function fieldOf({ message }: Problem, values: Values): string | undefined {
	const quoted = /'([^']*)'/.exec(message)?.[1];
	if (quoted === undefined) {
		return undefined;
	}
	if (message.startsWith('Filter Value')) {
		return filters.find((filter) => {
			const value = valueOf(values, filter);
			return value === quoted || value?.split(',').includes(quoted);
		});
	}
	const [name = '', comparison] = quoted.split(/[[\].]+/).filter((part) => part !== '' && part !== 'filter');
	const known = name === templates ? templates : filters.find((filter) => filter === name);
	return known !== undefined && known !== templates && comparison ? comparisonOf(known) : known;
}
