import type { Entry, EntryContainer } from '../../core/model.ts';
import { allItems } from '../../core/page.ts';
import type { Areas } from './areas.ts';
import type { Client } from './client.ts';
import { toDocument, toFolder } from './mapping.ts';

/**
 * What stands directly in a container. Top-level items name a node as their parent that no call shows, so whatever has
 * no listed folder as its parent is at the top.
 */
export async function entries(
	client: Client,
	areas: Areas,
	container: EntryContainer,
	signal: AbortSignal,
): Promise<readonly Entry[]> {
	const { folders, files } = await areas.of(container, signal);
	const ids = new Set(folders.map(({ id }) => id));
	const { boardId, workspaceId } = container;
	const isHere = ({ parent }: { readonly parent?: string | null }): boolean =>
		container.kind === 'archive' ? !ids.has(parent ?? '') : parent === container.id;
	// No document says whether the list of a project's files goes into its folders. One file in a folder proves it does.
	const goesDeep = container.kind === 'archive' || files.some(({ parent }) => ids.has(parent ?? ''));
	const more = goesDeep ? [] : await allItems(await client.filesIn(container.id, signal), signal);
	return [
		...unique(folders)
			.filter(isHere)
			.map((folder) => toFolder(folder, { boardId, workspaceId })),
		...unique([...files.filter(isHere), ...more]).map((file) => toDocument(file, { boardId, workspaceId })),
	];
}

function unique<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
	return [...new Map(items.map((item) => [item.id, item])).values()];
}
