import assert from 'node:assert/strict';
import { OutcomeUnknown, ProviderError } from '../../src/core/errors.ts';
import type { Provider, Session } from '../../src/core/provider.ts';
import type { SentEntry } from '../../src/core/sentLog.ts';
import type { FaultKind } from '../../src/sandbox/faults.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { openPractice } from '../support/session.ts';
import { type CardWritePart, cardWriteParts, prepareWrite, seen } from './cardWrites.ts';
import type { CardExpectations } from './conformanceCards.ts';

/** Whatever befalls a change of a card, it is made once or not at all, and the person is told what is known of it. */
export function cardFaultConformance(provider: Provider, expected: CardExpectations): void {
	describe(`${provider.label} changes cards through trouble`, function () {
		this.timeout(60_000);

		for (const kind of ['500', 'cut', 'drop', '401', '429', 'malformed'] as const) {
			it(`makes each change once or not at all when the answer is ${kind}, and says so`, async () => {
				const wanted = cardWriteParts.filter((part) => expected.parts.includes(part));
				const failures = await Promise.all(
					wanted.map((part) =>
						underFault(provider, expected, part, kind).then(
							() => [],
							(error: Error) => [`${part}: ${error.message}`],
						),
					),
				);
				assert.deepEqual(failures.flat(), []);
			});
		}
	});
}

interface Practised {
	readonly server: TestVendor;
	/** Everything sent that could have changed something. */
	readonly sent: SentEntry[];
	readonly session: Session;
	readonly fresh: () => Session;
}

async function practised(provider: Provider, { vendor, settings }: CardExpectations): Promise<Practised> {
	const server = await startVendor(vendor);
	const { account, io } = await openPractice(provider, server.address, settings);
	const sent: SentEntry[] = [];
	const changes = { mayWrite: () => true, sent: (entry: SentEntry) => void sent.push(entry) };
	const open = () => provider.open(account, { ...io, log: { ...io.log, changes } });
	return { server, sent, session: open(), fresh: open };
}

/** The write without trouble tells which requests it is made of; then each of them meets it. */
async function underFault(provider: Provider, expected: CardExpectations, part: CardWritePart, kind: FaultKind) {
	const calm = await practised(provider, expected);
	const { desk, run } = await prepareWrite(calm.session, part);
	calm.sent.length = 0;
	await run();
	const lines = [...new Set(calm.sent.map(({ method, path }) => `${method} ${path.split('?')[0]}`))];
	const done = await seen(calm.fresh(), desk);
	await calm.server.close();
	assert.ok(lines.length > 0, 'nothing was sent');
	for (const [at, line] of lines.entries()) {
		const { server, ...rest } = await practised(provider, expected);
		try {
			await struck({ server, ...rest }, part, kind, { line, isFirst: at === 0, isOnly: lines.length === 1, done });
		} finally {
			await server.close();
		}
	}
}

interface Strike {
	readonly line: string;
	readonly isFirst: boolean;
	readonly isOnly: boolean;
	/** What is to be seen after the write. */
	readonly done: string;
}

async function struck(
	{ server, sent, session, fresh }: Practised,
	part: CardWritePart,
	kind: FaultKind,
	strike: Strike,
) {
	const { line, isFirst, isOnly, done } = strike;
	const { desk, run } = await prepareWrite(session, part);
	const before = await seen(fresh(), desk);
	sent.length = 0;
	// A server that is busy says so before any work; that it stays busy is the test of a longer wait.
	server.fault(line, kind, kind === '429' ? 1 : undefined);
	const error: unknown = await run().then(
		() => undefined,
		(reason: unknown) => reason,
	);
	server.clearFaults();
	const after = await seen(fresh(), desk);
	assertSame(await seen(session, desk), after, 'the session that failed sees something else than a new one');
	assert.deepEqual(repeated(sent), [], 'sent twice');
	if (error === undefined) {
		assert.ok(!['500', 'drop', '401'].includes(kind), 'no failure was told');
		assertSame(after, done, 'it was told as done');
		return;
	}
	assert.ok(error instanceof ProviderError, String(error));
	assert.match(error.message, /\.$/);
	if (isFirst && kind === '500') {
		assert.ok(error instanceof OutcomeUnknown, `${error.name}: ${error.message}`);
	}
	if (error instanceof OutcomeUnknown) {
		assert.ok(!isOnly || [before, done].includes(after), 'neither made nor not made');
	} else if (isFirst) {
		assertSame(after, before, `${error.name} was told, and it was made all the same`);
	}
}

/** Says where the two part, and not all of both. */
function assertSame(now: string, expected: string, message: string): void {
	const at = now.split('').findIndex((sign, index) => sign !== expected[index]);
	const near = (text: string) => text.slice(Math.max(0, at - 40), at + 80);
	assert.ok(now === expected, `${message}: …${near(now)}… instead of …${near(expected)}…`);
}

/** What was sent again although the first may have arrived. */
function repeated(sent: readonly SentEntry[]): string[] {
	const arrived = sent.filter(({ status }) => status !== 401 && status !== 429);
	const lines = arrived.map(({ method, path, body }) => `${method} ${path} ${body}`);
	return lines.filter((line, at) => lines.indexOf(line) !== at);
}
