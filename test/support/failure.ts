import assert from 'node:assert/strict';
import { ProviderError } from '../../src/core/errors.ts';
import { toProviderError } from '../../src/http/failures.ts';
import type { Explanation, Reply } from '../../src/http/reply.ts';

/** What a person gets to read when a vendor answers a question of the account Acme like this. */
export function failureOf(reply: Reply, explain: (reply: Reply) => Explanation | undefined): ProviderError {
	const names = { vendor: 'ProjectPlace', account: 'Acme' };
	const error = toProviderError({ names, writes: false, reply, explanation: explain(reply) });
	assert.ok(error instanceof ProviderError);
	return error;
}
