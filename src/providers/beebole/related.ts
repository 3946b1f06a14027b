import type { Related, RelatedList } from '../../core/operations.ts';
import { customFieldList } from './customFields.ts';
import { groups, managers, members } from './families.ts';
import { type LinkFamily, linkList } from './links.ts';
import { ofColumn, ofCompany, ofProject, type Target } from './target.ts';
import { specificTasks } from './taskFamily.ts';
import type { Writing } from './writing.ts';

/** The families of services that Beebole documents for each kind of place, in the order they are shown. */
const families = {
	company: [specificTasks, members, groups],
	project: [specificTasks, members, managers, groups],
	subproject: [specificTasks, members, groups],
} as const satisfies Record<Target['kind'], readonly LinkFamily[]>;

/** The column that stands for the project shows what the project has. */
export function related(writing: Writing): Related {
	return {
		workspace: listsOf(families.company, ofCompany, writing),
		board: listsOf(families.project, ofProject, writing),
		column: listsOf(families.subproject, ofColumn, writing),
	};
}

function listsOf<Place>(
	links: readonly LinkFamily[],
	target: (place: Place) => Target,
	writing: Writing,
): readonly RelatedList<Place>[] {
	return [...links.map((family) => linkList(family, target, writing)), customFieldList(target, writing)];
}
