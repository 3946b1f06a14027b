import assert from 'node:assert/strict';
import { type BulkJob, type BulkRow, type JobId, type JobIo, Skipped } from '../../src/core/bulk.ts';
import { ProviderError } from '../../src/core/errors.ts';
import type { Values } from '../../src/core/form.ts';
import type { Session, TypedWay } from '../../src/core/provider.ts';
import { projectplace } from '../../src/providers/projectplace/index.ts';
import type { TestVendor } from '../support/sandbox.ts';
import { openSession, signal, signInIo } from '../support/session.ts';

/** What a job reaches: files by name, and what it told. */
export interface TestIo extends JobIo {
	readonly told: string[];
}

export function jobIo(files: Readonly<Record<string, string | Uint8Array>> = {}): TestIo {
	const none = () => assert.fail('a job for people needs no folder');
	const told: string[] = [];
	return {
		told,
		tell: (message) => void told.push(message),
		async read(file) {
			const content = files[file] ?? assert.fail(`the file ${file} was not chosen`);
			return typeof content === 'string' ? new TextEncoder().encode(content) : content;
		},
		folders: { names: none, tail: none, save: none },
	};
}

export function jobOf(session: Session, id: JobId): BulkJob {
	return session.jobs?.find((job) => job.id === id) ?? assert.fail(`there is no job ${id}`);
}

export interface Ended {
	readonly done: Record<string, string>;
	readonly failed: Record<string, ProviderError>;
	readonly skipped: Record<string, string>;
}

/** Runs rows one after another, as whoever runs jobs ends them. */
export async function runRows(
	job: BulkJob,
	rows: readonly BulkRow[],
	values: Values,
	io: JobIo = jobIo(),
): Promise<Ended> {
	const ended: Ended = { done: {}, failed: {}, skipped: {} };
	for (const row of rows) {
		try {
			ended.done[row.key] = await job.run(row, values, io, signal());
		} catch (error) {
			if (error instanceof Skipped) {
				ended.skipped[row.key] = error.message;
			} else {
				assert.ok(error instanceof ProviderError, String(error));
				assert.match(error.message, /\.$/);
				ended.failed[row.key] = error;
			}
		}
	}
	return ended;
}

/** What was sent that could have changed something. */
export function writesTo(server: TestVendor): string[] {
	return server.requests
		.filter(
			({ method, path }) => method !== 'GET' && !/oauth2|^\/1\/account\/people$|^\/2\/account\/projects$/.test(path),
		)
		.map(({ method, path }) => `${method} ${path}`);
}

/** A robot that can read everything and change nothing. */
export async function readOnlySession(server: TestVendor): Promise<Session> {
	const way = projectplace.signInWays.find(({ id }) => id === 'clientCredentials') as TypedWay;
	const values = { server: server.address.url as string, ...(server.state.readOnly as Values) };
	const [account] = await way.signIn(values, signInIo(), signal());
	return openSession(projectplace, account!).session;
}
