import * as v from 'valibot';
import type { Changes } from '../../core/findings.ts';
import type { Http } from '../../http/request.ts';
import { idShape, simple } from '../../http/shapes.ts';

/**
 * Calls on documents that no public source of ProjectPlace shows. Their forms follow those of boards, cards and comments;
 * the server may know them under another path, or not at all. They go out only where the person asked for them.
 */
export class GuessedCalls {
	readonly #http: Http;
	readonly #changes: Changes;

	constructor(http: Http, changes: Changes) {
		this.#http = http;
		this.#changes = changes;
	}

	createFolder(containerId: string, name: string, signal: AbortSignal): Promise<{ readonly id: string }> {
		const call = { method: 'POST', path: `/1/documents/${containerId}/folders/create-new`, json: { name } } as const;
		return this.#changes.watch(() => this.#http.json(call, madeShape, signal));
	}

	/** Takes the id of a document or of a folder. */
	async remove(id: string, signal: AbortSignal): Promise<void> {
		const call = { method: 'DELETE', path: `/1/documents/${id}` } as const;
		await this.#changes.watch(() => this.#http.reply(call, signal));
	}

	/** One of them has its content under the path of a document, by its own id. */
	versions(documentId: string, signal: AbortSignal): Promise<VersionWire[]> {
		return this.#http.json({ path: `/2/documents/${documentId}/versions` }, versionsShape, signal);
	}
}

const madeShape = v.looseObject({ id: idShape });
const versionsShape = v.array(
	v.object({
		id: idShape,
		ver_nr: v.nullish(simple('string', 'number')),
		modified_time: v.nullish(simple('string', 'number')),
	}),
);

export type VersionWire = v.InferOutput<typeof versionsShape>[number];
