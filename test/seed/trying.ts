import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { InvalidInput, Refused } from '../../src/core/errors.ts';
import type { Session } from '../../src/core/provider.ts';
import { startVendor } from '../support/sandbox.ts';
import { openPractice } from '../support/session.ts';
import { differencesOf } from './answers.ts';
import type { Exchange, Practice, Refusal, SeedDocument, Sends, SendsNever } from './exchange.ts';
import { type Answered, isSame, lineOf, rawLine, recording, type Sent, sendRaw } from './sent.ts';

export async function onFresh<T>(document: SeedDocument, run: (practice: Practice) => Promise<T>): Promise<T> {
	const server = await startVendor(document.provider.id, document.options);
	try {
		const { address } = server;
		const base = document.base?.(address) ?? String(address['url']);
		return await run({ server, address, base, ask: (raw) => sendRaw(base, raw, document.headers(address)) });
	} finally {
		await server.close();
	}
}

export async function trySandbox(one: Exchange, practice: Practice): Promise<string> {
	const given = await one.given?.(practice);
	const raw = one.send(given, practice);
	assertAnswer(await practice.ask(raw), one, given, practice);
	return 'agrees';
}

function assertAnswer({ status, headers, body }: Answered, one: Exchange, given: unknown, practice: Practice): void {
	assert.equal(status, one.status, `status ${status}: ${inspect(body, { depth: 6 })}`);
	for (const [name, expected] of Object.entries(one.headers ?? {})) {
		const value = headers.get(name) ?? '';
		assert.ok(typeof expected === 'string' ? value === expected : expected.test(value), `${name} is “${value}”`);
	}
	const differences = differencesOf(body, one.answer(given, practice));
	assert.ok(differences.length === 0, differences.join('\n'));
}

export async function tryProvider(document: SeedDocument, one: Exchange, practice: Practice): Promise<string> {
	const given = await one.given?.(practice);
	const opened = await openPractice(document.provider, practice.address, document.settings);
	const sent: Sent[] = [];
	const io = { ...opened.io, fetch: recording(opened.io.fetch, sent) };
	const session = document.provider.open(opened.account, io);
	const { provider } = one;
	if ('never' in provider) {
		await triedInVain(document, provider, { session, given, practice, sent });
		return `never sent: ${provider.never}`;
	}
	const [outcome] = await Promise.allSettled([provider.run(session, given, practice)]);
	assertSent(document, one, { given, practice, sent, outcome });
	await assertOutcome(provider, outcome, { session, given, practice });
	return provider.besides?.length ? `agrees (with ${provider.besides.join(', ')})` : 'agrees';
}

interface Tried {
	readonly session: Session;
	readonly given: unknown;
	readonly practice: Practice;
	readonly sent: readonly Sent[];
}

async function triedInVain(document: SeedDocument, provider: SendsNever<unknown>, tried: Tried): Promise<void> {
	if (!provider.run) {
		return;
	}
	const { session, given, practice, sent } = tried;
	const [outcome] = await Promise.allSettled([provider.run(session, given, practice)]);
	assert.ok(outcome.status === 'rejected', 'it was not refused');
	assertFields(outcome.reason, InvalidInput, provider.fields);
	assert.deepEqual(sent.filter((each) => !isRead(document, each)).map(lineOf), [], 'it was refused after it was sent');
}

function assertSent(
	document: SeedDocument,
	one: Exchange,
	{ given, practice, sent, outcome }: Omit<Tried, 'session'> & { readonly outcome: PromiseSettledResult<unknown> },
): void {
	const raw = one.send(given, practice);
	const besides = 'besides' in one.provider ? (one.provider.besides ?? []) : [];
	const same = sent.filter((each) => isSame(each, practice.base, raw, besides));
	const others = sent.filter((each) => !same.includes(each) && !isRead(document, each));
	const [first] = same;
	const wanted = rawLine(practice.base, raw);
	const instead = [...sent.map(lineOf), outcome.status === 'rejected' ? inspect(outcome.reason) : 'no error'];
	assert.ok(first, `not sent: ${wanted}\nbut:\n${instead.join('\n')}`);
	assert.deepEqual(others.map(lineOf), [], 'something else was sent that changes something');
	assert.ok(same.length === 1 || isRead(document, first), `sent ${same.length} times: ${wanted}`);
	if (besides.length > 0) {
		// Whoever asks for more, such as larger pages, gets another answer.
		assert.equal(first.answer.status, one.status);
	} else {
		assertAnswer(first.answer, one, given, practice);
	}
}

async function assertOutcome(
	provider: Sends<unknown>,
	outcome: PromiseSettledResult<unknown>,
	{ session, given, practice }: Omit<Tried, 'sent'>,
): Promise<void> {
	const { refused } = provider;
	assert.ok('gets' in provider || refused, 'it is not said what people get');
	if (refused) {
		assert.ok(outcome.status === 'rejected', 'it was not refused');
		assertFields(outcome.reason, refused.as ?? Refused, refused.fields);
		assert.match((outcome.reason as Error).message, refused.says ?? /./);
		return;
	}
	if (outcome.status === 'rejected') {
		throw outcome.reason;
	}
	await provider.gets?.(outcome.value, session, given, practice);
}

function assertFields(error: unknown, as: NonNullable<Refusal['as']>, fields: readonly string[] = []): void {
	if (!(error instanceof as)) {
		throw error;
	}
	const problems = error instanceof Refused || error instanceof InvalidInput ? error.problems : [];
	assert.deepEqual(
		problems.flatMap(({ field }) => field ?? []),
		fields,
		`the problems name other fields: ${inspect(problems)}`,
	);
}

function isRead(document: SeedDocument, request: Sent): boolean {
	return request.method === 'GET' || (document.reads?.(request) ?? false);
}
