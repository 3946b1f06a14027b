import assert from 'node:assert/strict';
import {
	NotAllowed,
	NotFound,
	type ProviderError,
	Refused,
	SignInNeeded,
	TooManyRequests,
	UnexpectedReply,
	Unreachable,
} from '../../src/core/errors.ts';
import { actsAs, Changes, failedFinding, foundOr } from '../../src/core/findings.ts';

describe('A question of the connection check', () => {
	const signal = () => new AbortController().signal;
	const failing = (error: Error) => async () => {
		throw error;
	};

	it('that fails becomes a finding with the failure’s words and something to do', async () => {
		const cause = new Error('secret');
		const errors: readonly ProviderError[] = [
			new SignInNeeded('No.', cause),
			new NotAllowed('No.', cause),
			new NotFound('No.', cause),
			new TooManyRequests('No.', undefined, cause),
			new Unreachable('No.', cause),
			new UnexpectedReply('No.', cause),
			new Refused('No.', [], cause),
		];
		for (const error of errors) {
			const [finding, ...more] = await foundOr('Rights', failing(error), signal());
			assert.deepEqual([finding?.about, finding?.state, finding?.message, more], ['Rights', 'bad', 'No.', []]);
			assert.match(finding?.next ?? '', /^[A-Z].*\.$/, error.name);
			assert.ok(!JSON.stringify(finding).includes('secret'));
		}
	});

	it('that fails names as personal only what its message holds', () => {
		const error = new SignInNeeded('Fakeboard did not accept the credentials of Acme.');
		assert.deepEqual(failedFinding('Rights', error, ['Acme', 'acme.example', '']).personal, ['Acme']);
	});

	it('that was cancelled throws the reason, whatever else went wrong', async () => {
		const leaving = new AbortController();
		const ask = async () => {
			leaving.abort();
			throw new Unreachable('No.');
		};
		await assert.rejects(foundOr('Rights', ask, leaving.signal), { name: 'AbortError' });
	});

	it('that meets a mistake of ours does not hide it', async () => {
		await assert.rejects(foundOr('Rights', failing(new TypeError('x is not a function')), signal()), TypeError);
	});

	it('about who one is leaves out what is not known', () => {
		const { message, personal } = actsAs('Ada Lindqvist', undefined, null, '', 'Harbour Works');
		assert.equal(message, 'Requests are made as Ada Lindqvist, Harbour Works.');
		assert.deepEqual(personal, ['Ada Lindqvist', 'Harbour Works']);
	});
});

describe('Rights that a vendor does not tell', () => {
	const otherwise = { message: 'Nobody knows.', next: 'Ask somebody.' };
	const refused = (error: Error) => async () => {
		throw error;
	};

	it('are unknown before any change, and say how to get them', () => {
		assert.deepEqual(new Changes().rights('Fakeboard', otherwise), {
			about: 'Rights',
			state: 'unknown',
			...otherwise,
		});
	});

	it('follow from what became of the last change, until that is forgotten', async () => {
		const changes = new Changes();
		assert.equal(await changes.watch(async () => 7), 7);
		assert.equal(changes.rights('Fakeboard', otherwise).state, 'good');
		await assert.rejects(changes.watch(refused(new NotAllowed('No.'))), NotAllowed);
		const finding = changes.rights('Fakeboard', otherwise);
		assert.deepEqual([finding.state, finding.next], ['warning', 'Ask somebody.']);
		assert.match(finding.message, /^Fakeboard refused/);
		changes.forget();
		assert.equal(changes.rights('Fakeboard', otherwise).state, 'unknown');
	});

	it('are not doubted because a change failed for another reason', async () => {
		const changes = new Changes();
		await changes.watch(async () => undefined);
		for (const error of [new Refused('Too long.'), new Unreachable('Gone.')]) {
			await assert.rejects(changes.watch(refused(error)));
			assert.equal(changes.rights('Fakeboard', otherwise).state, 'good');
		}
	});
});
