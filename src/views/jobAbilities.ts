import type { BulkJob } from '../core/bulk.ts';
import type { Session } from '../core/provider.ts';

/** Where a job may be offered: the place it is for, and what stands within it. */
const within: Readonly<Record<BulkJob['on'], readonly BulkJob['on'][]>> = {
	account: ['account'],
	workspace: ['workspace', 'board'],
	board: ['board'],
};

/** The words for the jobs that can be begun at a line, by which menus choose their entries. */
export function jobWords({ jobs = [] }: Session, at: BulkJob['on']): string[] {
	return jobs.filter(({ on }) => within[on].includes(at)).map(({ id }) => id);
}
