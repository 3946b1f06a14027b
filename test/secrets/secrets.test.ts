import assert from 'node:assert/strict';
import { LocalFailure } from '../../src/core/errors.ts';
import { secretsIn } from '../../src/host/secrets.ts';

/** VS Code's SecretStorage in memory; `broken` makes it refuse, as it does without a keyring. */
function storage(kept = new Map<string, string>()) {
	const state = { broken: false, kept };
	const act = async <T>(run: () => T): Promise<T> => {
		if (state.broken) {
			throw new Error('no keyring');
		}
		return run();
	};
	return Object.assign(state, {
		get: (key: string) => act(() => kept.get(key)),
		store: (key: string, value: string) => act(() => void kept.set(key, value)),
		delete: (key: string) => act(() => void kept.delete(key)),
		keys: async () => [...kept.keys()],
	});
}

function lastingState() {
	const values = new Map<string, unknown>();
	return {
		get: (key: string) => values.get(key),
		set: async (key: string, value: unknown) => void values.set(key, value),
	};
}

function opened(over: Partial<Parameters<typeof secretsIn>[0]> = {}) {
	const asked: string[] = [];
	const options = {
		storage: storage(),
		state: lastingState(),
		window: 'first',
		mayKeepHere: async () => {
			asked.push('may I?');
			return true;
		},
		...over,
	};
	return { secrets: secretsIn(options), asked };
}

describe('secrets on a system without a keyring', () => {
	it('are kept in this window alone when the person agrees, who is asked once', async () => {
		const broken = storage();
		broken.broken = true;
		const { secrets, asked } = opened({ storage: broken });
		await secrets.setPassword('boardwalk', 'a', 'one');
		await secrets.setPassword('boardwalk', 'b', 'two');
		assert.equal(await secrets.getPassword('boardwalk', 'a'), 'one');
		assert.deepEqual(asked, ['may I?']);
		assert.equal(broken.kept.size, 0);
	});

	it('are not kept where the person does not agree, who is told why and asked again next time', async () => {
		const broken = storage();
		broken.broken = true;
		const answers = [false, true];
		const { secrets } = opened({ storage: broken, mayKeepHere: async () => answers.shift() ?? false });
		await assert.rejects(secrets.setPassword('boardwalk', 'a', 'one'), /no keyring/);
		await secrets.setPassword('boardwalk', 'a', 'one');
		assert.equal(await secrets.getPassword('boardwalk', 'a'), 'one');
	});

	it('are found and removed like others', async () => {
		const half = storage();
		const { secrets } = opened({ storage: half });
		await secrets.setPassword('boardwalk', 'a', 'one');
		half.broken = true;
		await secrets.setPassword('boardwalk', 'b', 'two');
		half.broken = false;
		assert.deepEqual(await secrets.findCredentials('boardwalk'), [
			{ account: 'a', password: 'one' },
			{ account: 'b', password: 'two' },
		]);
		assert.equal(await secrets.deletePassword('boardwalk', 'b'), true);
		assert.equal(await secrets.getPassword('boardwalk', 'b'), null);
	});

	it('are known to be lost by the next window', async () => {
		const state = lastingState();
		await opened({ state }).secrets.setPassword('boardwalk', 'a', 'one');
		const { secrets: next } = opened({ state, window: 'second' });
		assert.equal(await next.wereLost(), true);
		assert.equal(await next.wereLost(), false, 'said once');
	});

	it('are not called lost where they are there', async () => {
		const [state, kept] = [lastingState(), storage()];
		await opened({ state, storage: kept }).secrets.setPassword('boardwalk', 'a', 'one');
		assert.equal(await opened({ state, storage: kept, window: 'second' }).secrets.wereLost(), false);
	});
});

describe('a secret storage that cannot be opened', () => {
	it('does not look empty', async () => {
		const broken = storage();
		const { secrets } = opened({ storage: broken });
		await secrets.setPassword('boardwalk', 'a', 'one');
		broken.broken = true;
		await assert.rejects(secrets.getPassword('boardwalk', 'a'), LocalFailure);
	});
});
