import { t } from '@vscode/l10n';
import { type Form, textOf } from '../../core/form.ts';
import type { Board, Workspace } from '../../core/model.ts';
import type { Client } from './client.ts';

/** https://beebole.com/help/legacy/api/company: a name and whether it is one of your own. */
export function companyForm(client: Client, made: () => void): Form<Workspace> {
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
			const id = await client.createCompany({ name, corporate: values['corporate'] === true }, signal);
			made();
			return { id, name, archived: false };
		},
	};
}

/** https://beebole.com/help/legacy/api/project */
export function projectForm(client: Client, { id: workspaceId }: Workspace, made: () => void): Form<Board> {
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
			const id = await client.createProject({ company: workspaceId, name, startDate, description }, signal);
			made();
			return { id, workspaceId, name, startDate, description: description ? { text: description } : undefined };
		},
	};
}
