import type { Row } from './kinds.ts';
import { own } from './projects.ts';
import { demandNone, wrong } from './replies.ts';
import type { Store } from './store.ts';

/** Makes these files, which must be stored, all that stand on something; refuses before anything is changed. */
export function linkFiles(store: Store, field: string, owner: Row, ids: unknown, place: number): void {
	demandFiles(store, ids, place);
	const kept = listed(ids).map((id) => own(store, 'attachments', id, place));
	for (const one of ids ? (store.tables['attachments'] ?? []) : []) {
		one[field] = kept.includes(one) ? owner.id : one[field] === owner.id ? null : one[field];
	}
}

export function demandFiles(store: Store, ids: unknown, place: number): void {
	const files = listed(ids).map((id) => own(store, 'attachments', id, place));
	demandNone(['attachment_ids', wrong, (ids && !Array.isArray(ids)) || files.some((one) => !one?.['key'])]);
}

const listed = (ids: unknown): readonly unknown[] => (Array.isArray(ids) ? ids : []);
