import type { Choice } from '../../core/model.ts';
import { mapPage, type Page } from '../../core/page.ts';
import type { Client } from './client.ts';
import { turned } from './data.ts';
import { toChoice } from './mapping.ts';
import type { WholeProjectWire } from './replies.ts';
import { isProgramme } from './unverified.ts';

/** The projects that others can be under. There is no list of them: all projects are walked, as far as somebody looks. */
export async function programmes(client: Client, signal: AbortSignal): Promise<Page<Choice>> {
	const page = await turned(await client.projects(signal), (found) => found.filter(isProgramme), signal);
	return mapPage(await filled(page, signal), toChoice);
}

/** The tags of a space's projects, each once; those of this project first. */
export async function tagsOfSpace(
	{ space, tags }: WholeProjectWire,
	client: Client,
	signal: AbortSignal,
): Promise<Page<Choice>> {
	const seen = new Set(tags);
	const unseen = (all: readonly string[]): readonly string[] =>
		[...new Set(all)].filter((tag) => !seen.has(tag) && seen.add(tag));
	const own = [...seen];
	const others = await turned(
		await client.projectsOfSpace(space.id, signal),
		(found) => unseen(found.flatMap((project) => project.tags ?? [])),
		signal,
	);
	const first = await filled(others, signal);
	return mapPage({ ...first, items: [...own, ...first.items] }, (tag) => ({ value: tag, label: tag }));
}

/** The same list from its first page on that holds something. Its total would count what was left out. */
async function filled<T>({ items, next }: Page<T>, signal: AbortSignal): Promise<Page<T>> {
	return items.length === 0 && next
		? filled(await next(signal), signal)
		: { items, next: next && (async (later) => filled(await next(later), later)) };
}
