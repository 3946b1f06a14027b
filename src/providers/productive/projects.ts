import type { Workspace } from '../../core/model.ts';
import type { Page } from '../../core/page.ts';
import { type Batch, paged } from '../../http/pages.ts';
import type { Query } from '../../http/request.ts';
import type { Client } from './client.ts';
import { toWorkspace } from './mapping.ts';
import { pagedByStatus } from './statusPages.ts';

/** The projects that pass the filters. Without one by status: active projects, then archived ones. */
export function projects(
	client: Client,
	filters: Query,
	organization: string,
	signal: AbortSignal,
): Promise<Page<Workspace>> {
	const ask = async (more: Query, page: number, each: AbortSignal): Promise<Batch<Workspace>> => {
		const { data, related, next } = await client.projects.list({ ...filters, ...more }, page, each);
		return { items: data.map((one) => toWorkspace(one, related, organization)), next };
	};
	return Object.keys(filters).some((name) => name.startsWith('filter[status]'))
		? paged((at, each) => ask({}, Number(at ?? 1), each), signal)
		: pagedByStatus((status, page, each) => ask({ 'filter[status]': status }, page, each), signal);
}
