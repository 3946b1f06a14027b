import { t } from '@vscode/l10n';
import { type Form, textOf } from '../../core/form.ts';
import type { Board, Column, Workspace } from '../../core/model.ts';
import { question } from './data.ts';
import type { Writing } from './writing.ts';

/** https://beebole.com/help/legacy/api/company: a name and whether it is one of your own. */
export function companyForm({ client, data }: Writing): Form<Workspace> {
	return {
		title: t('New company in Beebole'),
		submitLabel: t('Create company'),
		fields: [
			{ kind: 'text', id: 'name', label: t('Name'), required: true },
			{
				kind: 'flag',
				id: 'corporate',
				label: t('Own company or branch'),
				help: t('Without it, the company is a customer. Beebole lets nobody change this afterwards.'),
				initial: false,
			},
		],
		async submit(values, signal) {
			const name = textOf(values, 'name') ?? '';
			const company = { name, corporate: values['corporate'] === true };
			const id = await data.changing([question.companies], () => client.createCompany(company, signal));
			return { id, name, archived: false };
		},
	};
}

/** https://beebole.com/help/legacy/api/project */
export function projectForm({ client, data }: Writing, { id: workspaceId }: Workspace): Form<Board> {
	return {
		title: t('New project in Beebole'),
		submitLabel: t('Create project'),
		fields: [
			{ kind: 'text', id: 'name', label: t('Name'), required: true },
			{
				kind: 'date',
				id: 'startDate',
				label: t('Start date'),
				help: t('Left empty, Beebole takes the first day of this month.'),
			},
			{ kind: 'text', id: 'description', label: t('Description') },
		],
		async submit(values, signal) {
			const name = textOf(values, 'name') ?? '';
			const startDate = textOf(values, 'startDate');
			const description = textOf(values, 'description');
			const make = () => client.createProject({ company: workspaceId, name, startDate, description }, signal);
			// The list of companies tells how many projects each has.
			const id = await data.changing([question.projects(workspaceId), question.companies], make);
			return { id, workspaceId, name, startDate, description: description ? { text: description } : undefined };
		},
	};
}

/** https://beebole.com/help/legacy/api/subproject: a name alone. */
export function subprojectForm({ client, data }: Writing, board: Board): Form<Column> {
	return {
		title: t('New subproject in {0}', board.name),
		submitLabel: t('Create subproject'),
		fields: [{ kind: 'text', id: 'name', label: t('Name'), required: true }],
		async submit(values, signal) {
			const name = textOf(values, 'name') ?? '';
			const make = () => client.createSubproject(board.id, name, signal);
			const id = await data.growing(board.id, board.workspaceId, make);
			return { id, boardId: board.id, workspaceId: board.workspaceId, name, renamable: true, extra: { active: true } };
		},
	};
}
