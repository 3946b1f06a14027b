import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { SignInEnded } from '../../src/core/errors.ts';
import {
	type Attempt,
	answerIn,
	answerPasted,
	attemptEnd,
	checkPasted,
	Handshakes,
} from '../../src/core/handshakes.ts';
import type { Windows } from '../../src/core/windows.ts';
import { memorySecrets, windowsOn } from '../support/fakeProvider.ts';
import { linkedWindows } from '../support/links.ts';
import { signal } from '../support/session.ts';

function attempt(over: Partial<Attempt> = {}): Attempt {
	return {
		id: 'first',
		provider: 'fake',
		vendor: 'Fakeboard',
		way: 'person',
		returning: 'editor',
		values: { clientSecret: 'app-s3cret' },
		visit: {
			page: 'https://fake.example/authorize',
			tie: { name: 'state', value: 'long-state' },
			proof: 'code',
			redirect: 'code-oss://x/signed-in',
			secrets: {},
		},
		until: attemptEnd(),
		...over,
	};
}

const allowed = { code: 'c0de', state: 'long-state' };

let leaving = new AbortController();

function waiting(windows: Windows = windowsOn(), kept = memorySecrets()) {
	const handshakes = new Handshakes(kept.port, windows);
	const proof = handshakes.proof(attempt(), leaving.signal);
	proof.catch(() => undefined);
	return { handshakes, kept: kept.secrets, proof };
}

afterEach(() => {
	leaving.abort();
	leaving = new AbortController();
});

describe('a sign-in that waits for the browser', () => {
	it('ends with the proof that the vendor sent back', async () => {
		const { handshakes, proof, kept } = waiting();
		await handshakes.take(allowed, signal());
		assert.equal(await proof, 'c0de');
		assert.equal(kept.size, 0);
	});

	it('says that the person did not allow it, and keeps nothing', async () => {
		const { handshakes, proof, kept } = waiting();
		await handshakes.take({ error: 'access_denied', state: 'long-state' }, signal());
		await assert.rejects(proof, /did not let Boardwalk in at Fakeboard\. Nothing was stored/);
		assert.equal(kept.size, 0);
	});

	it('gives the vendor’s own words for another refusal', async () => {
		const { handshakes, proof } = waiting();
		const answer = { error: 'server_error', error_description: 'We+are+tired.', state: 'long-state' };
		await handshakes.take(answer, signal());
		await assert.rejects(proof, /Fakeboard ended the sign-in: We are tired\. Nothing was stored/);
	});

	it('says when the browser came back without a code', async () => {
		const { handshakes, proof } = waiting();
		await handshakes.take({ state: 'long-state' }, signal());
		await assert.rejects(proof, /without a code/);
	});

	it('ignores an answer with another state and goes on waiting', async () => {
		const { handshakes, proof } = waiting();
		await assert.rejects(handshakes.take({ code: 'evil', state: 'guessed' }, signal()), /belongs to no sign-in/);
		await handshakes.take(allowed, signal());
		assert.equal(await proof, 'c0de');
	});

	it('ignores an answer without any state', async () => {
		const { handshakes, proof } = waiting();
		await assert.rejects(handshakes.take({ code: 'evil' }, signal()), SignInEnded);
		await handshakes.take(allowed, signal());
		assert.equal(await proof, 'c0de');
	});

	it('tells a page that was used already from one that nobody knows', async () => {
		const { handshakes, proof } = waiting();
		await handshakes.take(allowed, signal());
		await proof;
		await assert.rejects(handshakes.take(allowed, signal()), /was used for a sign-in already/);
	});

	it('takes one answer only, though a second arrives before the first is worked on', async () => {
		const { handshakes, proof } = waiting();
		await Promise.allSettled([
			handshakes.take(allowed, signal()),
			handshakes.take({ ...allowed, code: 'second' }, signal()),
		]);
		assert.equal(await proof, 'c0de');
	});

	it('ends by itself after five minutes', async () => {
		mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.now() });
		try {
			const { proof, kept } = waiting();
			const failing = assert.rejects(proof, /No answer came from Fakeboard in five minutes/);
			mock.timers.tick(299_000);
			assert.equal(kept.size, 1);
			mock.timers.tick(2_000);
			await failing;
			assert.equal(kept.size, 0);
		} finally {
			mock.timers.reset();
		}
	});

	it('ends at once when the person cancels, and takes no answer afterwards', async () => {
		const kept = memorySecrets();
		const handshakes = new Handshakes(kept.port, windowsOn());
		const proof = handshakes.proof(attempt(), leaving.signal);
		leaving.abort();
		await assert.rejects(proof, { name: 'AbortError' });
		assert.equal(kept.secrets.size, 0);
		await assert.rejects(handshakes.take(allowed, signal()), /belongs to no sign-in/);
	});

	it('takes an answer that arrived in another window to the one that asked', async () => {
		const [asking, other] = linkedWindows(2);
		const { proof } = waiting(asking);
		await new Handshakes(memorySecrets().port, other!).take(allowed, signal());
		assert.equal(await proof, 'c0de');
	});

	it('knows in every window that a page was used', async () => {
		const [asking, other] = linkedWindows(2);
		const elsewhere = new Handshakes(memorySecrets().port, other!);
		const { proof } = waiting(asking);
		await elsewhere.take(allowed, signal());
		await proof;
		await assert.rejects(elsewhere.take(allowed, signal()), /was used for a sign-in already/);
	});

	it('is found by the window that is opened in the place of the one that asked', async () => {
		const kept = memorySecrets();
		waiting(windowsOn(), kept);
		const next = new Handshakes(kept.port, windowsOn());
		const [orphan] = await next.orphans(signal());
		assert.ok(orphan);
		const proof = next.proof(orphan, leaving.signal);
		await next.take(allowed, signal());
		assert.equal(await proof, 'c0de');
	});

	it('is left to the window that still waits for it', async () => {
		const [asking, other] = linkedWindows(2);
		const kept = memorySecrets();
		waiting(asking, kept);
		assert.deepEqual(await new Handshakes(kept.port, other!).orphans(signal()), []);
	});

	it('is taken over from a window whose page is gone although its code still runs', async () => {
		const [gone, next] = linkedWindows(2, { patience: 20 });
		const kept = memorySecrets();
		const dead = new Handshakes(kept.port, gone!, () => new Promise(() => undefined));
		dead.proof(attempt(), leaving.signal).catch(() => undefined);
		const handshakes = new Handshakes(kept.port, next!);
		const [orphan] = await handshakes.orphans(signal());
		assert.equal(orphan?.id, 'first');
		await assert.rejects(handshakes.take(allowed, signal()), /belongs to no sign-in/);
	});

	it('ends with the account that was to sign in again, when that one signs out', async () => {
		const kept = memorySecrets();
		const handshakes = new Handshakes(kept.port, windowsOn());
		const proof = handshakes.proof(attempt({ account: 'mine' }), leaving.signal);
		const failing = assert.rejects(proof, { name: 'AbortError' });
		await handshakes.forget((account) => account === 'other');
		assert.equal(kept.secrets.size, 1);
		await handshakes.forget((account) => account === 'mine');
		await failing;
		assert.equal(kept.secrets.size, 0);
	});

	it('is forgotten when nobody went on with it in time', async () => {
		const kept = memorySecrets();
		const old = attempt({ until: Date.now() - 1 });
		await kept.port.setPassword('boardwalk.handshake', old.id, JSON.stringify(old));
		assert.deepEqual(await new Handshakes(kept.port, windowsOn()).orphans(signal()), []);
		assert.equal(kept.secrets.size, 0);
	});
});

describe('a pasted code', () => {
	const { visit } = attempt();

	it('may be the whole address of the last page', () => {
		const text = '  https://oob/?code=a%2Bb&state=long-state ';
		assert.equal(checkPasted(text, visit), undefined);
		assert.deepEqual(answerPasted(text, visit), { code: 'a+b', state: 'long-state' });
	});

	it('may be the code alone', () => {
		assert.equal(checkPasted('a+b/%', visit), undefined);
		assert.deepEqual(answerPasted('a+b/%', visit), { code: 'a+b/%', state: 'long-state' });
		assert.deepEqual(answerPasted('a%2Fb', visit), { code: 'a/b', state: 'long-state' });
	});

	it('is refused beside the box where it belongs to another sign-in', () => {
		assert.match(checkPasted('https://oob/?code=x&state=other', visit) ?? '', /another sign-in/);
	});

	it('is refused beside the box where it is no code at all', () => {
		for (const text of ['', '   ', 'https://oob/', 'https://fake.example/login?next=1', 'two words']) {
			assert.match(checkPasted(text, visit) ?? '', /Paste the whole address/, text);
		}
	});

	it('may tell that the person said no', () => {
		const text = 'https://oob/?error=access_denied&state=long-state';
		assert.equal(checkPasted(text, visit), undefined);
		assert.deepEqual(answerPasted(text, visit), { error: 'access_denied', state: 'long-state' });
	});
});

describe('the query of an address the editor was opened by', () => {
	it('keeps signs that stand in the code', () => {
		assert.deepEqual(answerIn('code=a+b==&state=x'), { code: 'a+b==', state: 'x' });
	});
});
