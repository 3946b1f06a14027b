import * as v from 'valibot';
import type { Batch } from '../../http/pages.ts';
import type { Http } from '../../http/request.ts';
import { idShape } from '../../http/shapes.ts';
import { type BoardWire, boardsShape, type WorkspaceWire, workspacesShape } from './shapes.ts';

/** The largest page that ProjectPlace's own examples ask for. */
const workspacesPerPage = 100;

/** What a session remembers the boards of a workspace under. */
export const boardsKey = (workspaceId: string): string => `boards of ${workspaceId}`;

/** What jobs over many boards ask, one method an endpoint. */
export class BoardCalls {
	readonly #http: Http;

	constructor(http: Http) {
		this.#http = http;
	}

	/** The account's workspaces that are not archived, the oldest first; for robots and the account's administrators. */
	async activeWorkspaces(row: number, signal: AbortSignal): Promise<Batch<WorkspaceWire>> {
		const filter = { archive_status: [0] };
		const json = { sort_by: '+creation_date', filter, limit: workspacesPerPage, row_number: row };
		const call = { method: 'POST', path: '/2/account/projects', json, reads: true } as const;
		const items = await this.#http.json(call, workspacesShape, signal);
		return { items, next: items.length < workspacesPerPage ? undefined : row + workspacesPerPage };
	}

	/** The columns of one board. */
	async columns(boardId: string, signal: AbortSignal): Promise<BoardWire['progresses']> {
		const call = { path: `/1/boards/${boardId}/properties` };
		return (await this.#http.json(call, columnsShape, signal)).progresses;
	}

	/** The activities that cards of a board can belong to, which come under the board's id. */
	async activities(boardId: string, signal: AbortSignal): Promise<readonly ActivityWire[]> {
		const call = { path: `/1/boards/${boardId}/planlets` };
		return (await this.#http.json(call, activitiesShape, signal))[boardId] ?? [];
	}
}

const columnsShape = v.object({ progresses: boardsShape.item.entries.progresses });
const activitiesShape = v.record(v.string(), v.array(v.object({ id: idShape, name: v.string() })));

export type ActivityWire = v.InferOutput<typeof activitiesShape>[string][number];
