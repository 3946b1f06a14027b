import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { NotFound, UnexpectedReply } from '../../src/core/errors.ts';
import type { Provider, SignedIn } from '../../src/core/provider.ts';
import { startVendor } from '../support/sandbox.ts';
import { openPractice } from '../support/session.ts';
import { type Damage, type Draw, damaged } from './damage.ts';
import { type Recorded, recordingFetch, replayingFetch, sessionOver, Unasked } from './recording.ts';
import { type Question, questionsOf } from './walk.ts';

/** A question with the replies that it took, and what people got. */
export interface Walked {
	readonly question: Question;
	readonly recorded: readonly Recorded[];
	readonly result: unknown;
}

/** A member that may be anything, and why: whatever it is, it must not do harm to the rest. */
export interface Open {
	readonly place: RegExp;
	/** Where not every damage is meant, its kind. */
	readonly kind?: RegExp;
	readonly why: string;
}

/** What became of a spoilt reply: nothing, an error with the place, or all but what was spoilt. */
export type Outcome = 'same' | 'noticed' | 'partial';

export async function walkThrough(provider: Provider): Promise<{ account: SignedIn; walked: readonly Walked[] }> {
	// A clock in a hurry, so that no limit is reached that counts requests within a time.
	let now = Date.now();
	const server = await startVendor(provider.id, { clock: () => (now += 250) });
	try {
		const { session, account } = await openPractice(provider, server.address);
		const walked: Walked[] = [];
		for (const question of await questionsOf(session)) {
			const recorded: Recorded[] = [];
			const fresh = sessionOver(provider, account, recordingFetch(globalThis.fetch, recorded));
			const result = plain(await question.ask(fresh));
			walked.push({ question, recorded, result });
		}
		return { account, walked: walked.filter(({ recorded }) => recorded.length > 0) };
	} finally {
		await server.close();
	}
}

export async function tryOne(
	provider: Provider,
	account: SignedIn,
	walked: readonly Walked[],
	draw: Draw,
	open: readonly Open[] = [],
): Promise<Outcome> {
	const { question, recorded, result } = oneOf(walked, draw);
	const [at, drawn] = spoilt(recorded, draw);
	const isOpen = open.some(
		({ place, kind }) => place.test(drawn.place?.join('.') ?? '') && (kind?.test(drawn.kind) ?? true),
	);
	const damage: Damage = isOpen ? { ...drawn, least: 'no crash' } : drawn;
	const elsewhere = walked.flatMap((one) => (one.question === question ? [] : one.recorded));
	const fetch = replayingFetch(recorded, (reply) => (reply === at ? damage : undefined), elsewhere);
	const about = () =>
		`${question.name}: ${recorded[at]?.request}: ${damage.place?.join('.') ?? 'the whole'} ${damage.kind}`;
	let got: unknown;
	try {
		got = plain(await question.ask(sessionOver(provider, account, fetch)));
	} catch (error) {
		if (damage.least === 'no empty list' && (error instanceof Unasked || error instanceof NotFound)) {
			// The vendor would have known nothing by such a value, or people are told that the thing is not there.
			return 'partial';
		}
		assertNoticed(error, damage, about);
		return 'noticed';
	}
	if (isSame(got, result)) {
		return 'same';
	}
	assert.ok(damage.least !== 'notice', `${about()} was not noticed:\n${firstDifference(result, got)}`);
	if (damage.least !== 'no crash') {
		assertNothingLost(result, got, damage.least, about);
	}
	return 'partial';
}

function spoilt(recorded: readonly Recorded[], draw: Draw): readonly [number, Damage] {
	const at = draw(recorded.length);
	for (;;) {
		const damage = damaged(recorded[at]?.text ?? '', draw);
		if (damage) {
			return [at, damage];
		}
	}
}

function assertNoticed(error: unknown, { place }: Damage, about: () => string): void {
	assert.ok(error instanceof UnexpectedReply, `${about()}:\n${inspect(error)}`);
	assert.ok(error.place, `${about()} has no place:\n${inspect(error)}`);
	assert.ok(!error.message.includes('\n'));
	const [named, spoilt] = [error.place === 'the whole reply' ? '' : error.place, place?.join('.') ?? ''];
	const leads = (from: string, to: string) => from === '' || to === from || to.startsWith(`${from}.`);
	assert.ok(leads(named, spoilt) || leads(spoilt, named), `${about()} is named as ${error.place}`);
}

/** Whatever was a list of things still is one; one within a thing may be missing. */
function assertNothingLost(
	before: unknown,
	after: unknown,
	least: Damage['least'],
	about: () => string,
	isWithin = false,
): void {
	if (Array.isArray(before) && !(isWithin && after === undefined)) {
		assert.ok(Array.isArray(after), `${about()} took a list away`);
		const most = least === 'whole lists' ? before.length : Math.min(before.length, 1);
		assert.ok(after.length >= most, `${about()} made a list shorter:\n${firstDifference(before, after)}`);
	}
	if (typeof before === 'object' && before !== null && typeof after === 'object' && after !== null) {
		for (const [key, value] of Object.entries(before)) {
			const within = (after as Readonly<Record<string, unknown>>)[key];
			assertNothingLost(value, within, least, about, !Array.isArray(before));
		}
	}
}

/** What people get, as data. */
export function plain(result: unknown): unknown {
	return result === undefined ? undefined : JSON.parse(JSON.stringify(result));
}

function isSame(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

function firstDifference(before: unknown, after: unknown): string {
	try {
		assert.deepEqual(after, before);
		return 'the same but for the order of members';
	} catch (error) {
		return (error as Error).message.slice(0, 1500);
	}
}

function oneOf<T>(list: readonly T[], draw: Draw): T {
	const one = list[draw(list.length)];
	assert.ok(one !== undefined);
	return one;
}
