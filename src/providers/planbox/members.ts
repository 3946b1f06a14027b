import { t } from '@vscode/l10n';
import type { Board } from '../../core/model.ts';
import type { RelatedItem, RelatedList } from '../../core/operations.ts';
import { onePage } from '../../core/page.ts';
import type { Making } from './creation.ts';
import type { ResourceWire, WholeProjectWire } from './replies.ts';

/** Who is in a project and how, for reading. The names of roles are told by no call whose answer is described. */
export function memberList({ client, data }: Making): RelatedList<Board> {
	return {
		id: 'members',
		name: t('Members'),
		icon: 'organization',
		note: t('Workers can change the items of the project; observers look on.'),
		none: t('Planbox names nobody in this project.'),
		async list({ id, workspaceId }, signal) {
			const [project, people] = await Promise.all([
				client.project(workspaceId, id, signal),
				data.resources(workspaceId, signal),
			]);
			return onePage(membersOf(project, people));
		},
	};
}

/** Workers first, each group by name. */
function membersOf(project: WholeProjectWire, people: readonly ResourceWire[]): readonly RelatedItem[] {
	const how = new Map(Object.entries(project.resource_associations));
	const ids = [...new Set([...project.resource_ids, ...how.keys()])];
	return ids
		.map((id) => ({
			item: toMember(
				id,
				how.get(id),
				people.find((one) => one.id === id),
			),
			looksOn: how.get(id) === 'observer',
		}))
		.sort((a, b) => Number(a.looksOn) - Number(b.looksOn) || a.item.name.localeCompare(b.item.name))
		.map(({ item }) => item);
}

function toMember(id: string, how: string | undefined, person: ResourceWire | undefined): RelatedItem {
	return {
		id,
		name: person?.name ?? person?.email ?? t('Person {0}', id),
		description: how && associationName(how),
		detail: person?.email,
		icon: how === 'observer' ? 'eye' : 'person',
	};
}

function associationName(association: string): string {
	switch (association) {
		case 'worker':
			return t('Worker');
		case 'observer':
			return t('Observer');
		default:
			return association;
	}
}
