import type { Choice } from '../../core/model.ts';
import { mapPage, onePage, type Page } from '../../core/page.ts';
import type { Linked } from './client.ts';
import type { Data } from './data.ts';
import { keyOf } from './links.ts';
import { inOrder } from './mapping.ts';
import type { Branch } from './replies.ts';
import { toId } from './unverified.ts';

/** What there is to choose from; all of it is asked for when somebody looks, and remembered. */

/** The active tasks of a company that are not among `taken`. */
export async function taskChoices(
	company: string,
	taken: ReadonlySet<string>,
	data: Data,
	signal: AbortSignal,
): Promise<readonly Choice[]> {
	const tasks = inOrder(await data.tasks(company, signal)).filter(({ active }) => active);
	return tasks.map((task) => ({ value: toId(task), label: task.name })).filter(({ value }) => !taken.has(value));
}

/**
 * The active people who are not among `taken`: those of this company, and page by page those of the others, because the
 * people who work on a customer’s project are those of one’s own company, and Beebole does not say which that is.
 */
export async function peoplePage(
	company: string,
	taken: ReadonlySet<string>,
	data: Data,
	signal: AbortSignal,
): Promise<Page<Choice>> {
	const items = await peopleOf(company, taken, data, signal);
	const others = async (own: AbortSignal): Promise<Page<Choice>> =>
		nextPeople(await otherCompanies(company, data, own), taken, data, own);
	return items.length > 0 ? { items, next: others } : others(signal);
}

interface Employer {
	readonly id: string;
	readonly name: string;
}

/** The oldest first: it was made with the account, so that it is most likely one’s own. */
async function otherCompanies(company: string, data: Data, signal: AbortSignal): Promise<readonly Employer[]> {
	return (await data.companies(signal))
		.filter(({ active }) => active)
		.toSorted((a, b) => (a.id ?? Infinity) - (b.id ?? Infinity))
		.map((one) => ({ id: toId(one), name: one.name }))
		.filter(({ id }) => id !== company);
}

/** The people of the next of these companies that has any. */
async function nextPeople(
	companies: readonly Employer[],
	taken: ReadonlySet<string>,
	data: Data,
	signal: AbortSignal,
): Promise<Page<Choice>> {
	for (const [at, { id, name }] of companies.entries()) {
		const people = await peopleOf(id, taken, data, signal);
		const rest = companies.slice(at + 1);
		if (people.length > 0 || rest.length === 0) {
			const items = people.map((one) => ({ ...one, detail: name }));
			return { items, next: rest.length > 0 ? (own) => nextPeople(rest, taken, data, own) : undefined };
		}
	}
	return onePage([]);
}

async function peopleOf(
	company: string,
	taken: ReadonlySet<string>,
	data: Data,
	signal: AbortSignal,
): Promise<readonly Choice[]> {
	const people = inOrder(await data.people(company, signal)).filter(({ active }) => active);
	return people
		.map((one) => ({ value: toId(one), label: one.name, detail: one.email ?? undefined }))
		.filter(({ value }) => !taken.has(value));
}

/** Every group that is not among `taken`, with the groups above it. */
export async function groupChoices(
	taken: ReadonlySet<string>,
	data: Data,
	signal: AbortSignal,
): Promise<readonly Choice[]> {
	return flattened(await data.groupTree(signal), []).filter(({ value }) => !taken.has(value));
}

function flattened(groups: readonly Branch[], above: readonly string[]): readonly Choice[] {
	return groups.flatMap((group) => [
		{ value: toId(group), label: group.name, detail: above.length > 0 ? above.join(' › ') : undefined },
		...flattened(group.groups ?? [], [...above, group.name]),
	]);
}

export function idsOf(ones: readonly { readonly id?: number; readonly xid?: string }[]): ReadonlySet<string> {
	return new Set(ones.map(toId));
}

/** The same choices under ids that say of what kind each is. */
export function keyed(page: Page<Choice>, kind: Linked['kind']): Page<Choice> {
	return mapPage(page, (choice) => ({ ...choice, value: keyOf({ kind, id: choice.value }) }));
}
