import type { Shared } from '../../core/shared.ts';
import type { Client, Listed } from './client.ts';
import { linkedId } from './document.ts';
import { byCategory, type StatusWire } from './mapping.ts';

/** The category of statuses that close a task. */
export const closing = 3;

export async function workflowOf(
	client: Client,
	shared: Shared,
	project: string,
	signal: AbortSignal,
): Promise<string | undefined> {
	const { data } = await shared.get(`project ${project}`, (each) => client.projects.one(project, each), signal);
	return linkedId(data, 'workflow');
}

/** A workflow's statuses in their order. They serve all its projects, so all their folders share one request. */
export async function statusesOf(
	client: Client,
	shared: Shared,
	workflow: string | undefined,
	signal: AbortSignal,
): Promise<readonly StatusWire[]> {
	if (workflow === undefined) {
		return [];
	}
	return shared.get(`statuses ${workflow}`, (each) => statusesNow(client, workflow, each), signal);
}

/** The same, asked of the vendor. */
export async function statusesNow(
	client: Client,
	workflow: string,
	signal: AbortSignal,
): Promise<readonly StatusWire[]> {
	return (await all((at) => client.statuses(workflow, at, signal))).sort(byCategory);
}

/** Every page of a list. */
export async function all<T>(ask: (page: number) => Promise<Listed<T>>): Promise<T[]> {
	const found: T[] = [];
	for (let at: number | undefined = 1; at !== undefined; ) {
		const { data, next }: Listed<T> = await ask(at);
		found.push(...data);
		at = next;
	}
	return found;
}
