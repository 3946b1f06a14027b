import type { Page } from '../../core/page.ts';
import { type Batch, paged } from '../../http/pages.ts';
import type { Status } from './folderClient.ts';

/** What is in use and then what is archived, as one list; the first archived ones come with the last ones in use. */
export function pagedByStatus<T>(
	ask: (status: Status, page: number, signal: AbortSignal) => Promise<Batch<T>>,
	signal: AbortSignal,
): Promise<Page<T>> {
	const archived = async (page: number, each: AbortSignal): Promise<Batch<T>> => {
		const { items, next } = await ask(2, page, each);
		return { items, next: next && `2:${next}` };
	};
	return paged(async (at = '1:1', each) => {
		const [status, page = 1] = String(at).split(':').map(Number);
		if (status === 2) {
			return archived(page, each);
		}
		const { items, next } = await ask(1, page, each);
		if (next !== undefined) {
			return { items, next: `1:${next}` };
		}
		const later = await archived(1, each);
		return { items: [...items, ...later.items], next: later.next };
	}, signal);
}
