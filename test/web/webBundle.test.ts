import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { buildWhenStale } from '../../scripts/lib/build.mjs';
import type { Account } from '../../src/core/accounts.ts';
import { allItems } from '../../src/core/page.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import type { Node } from '../../src/views/node.ts';
import { signal, signInPractice } from '../support/session.ts';
import { startWorker, type Worker } from './worker.ts';

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')) as unknown;

describe('the bundle of the web host', function () {
	this.timeout(60_000);
	let worker: Worker;
	let sandbox: Sandbox;

	before(async () => {
		await buildWhenStale(['web.cjs']);
		sandbox = await startSandbox();
		worker = await startWorker();
	});
	after(() => sandbox.close());

	const accountAt = async (vendor: string): Promise<Account> => {
		const { providers, accounts } = worker.inside.services;
		const provider = providers.find(({ id }) => id === vendor);
		assert.ok(provider && sandbox.addresses[vendor]);
		return accounts.add(vendor, await signInPractice(provider, sandbox.addresses[vendor]));
	};

	it('activates where there is neither Node nor Buffer nor process, asking for the editor alone', () => {
		assert.deepEqual(
			['process', 'Buffer', 'require', 'global', 'setImmediate', 'document'].map(worker.typeOf),
			Array.from({ length: 6 }, () => 'undefined'),
		);
		assert.deepEqual([...new Set(worker.required)], ['vscode']);
	});

	it('registers every command that the manifest declares', () => {
		const { contributes } = read('package.json') as { contributes: { commands: { command: string }[] } };
		assert.deepEqual(
			worker.commands,
			contributes.commands.map(({ command }) => command),
		);
	});

	it('has no line before there is an account, so that the welcome is drawn', async () => {
		assert.equal((await worker.lines.getChildren())?.length, 0);
	});

	it('offers no practice accounts, for which it would have to listen', () => {
		assert.equal(worker.inside.services.practice.available, false);
	});

	for (const vendor of ['projectplace', 'productive', 'beebole', 'planbox', 'coredata']) {
		it(`signs in at ${vendor} and draws everything down to cards and documents`, async () => {
			const account = await accountAt(vendor);
			const roots = (await worker.lines.getChildren()) as Node[];
			const root = roots.find((node) => node.account?.id === account.id);
			assert.ok(root);
			const kinds = await kindsBelow(worker, root);
			assert.ok(!kinds.has('failure'), [...kinds].join(', '));
			assert.ok(kinds.has('card'), [...kinds].join(', '));
			assert.equal(kinds.has('document'), vendor !== 'beebole', [...kinds].join(', '));
		});
	}

	it('uploads a file and reads it back', async () => {
		const account = await accountAt('projectplace');
		const session = await worker.inside.services.sessions.ready(account, signal());
		const { archives } = session;
		const [workspace] = (await session.workspaces(signal())).items;
		const container = workspace && (await archives?.uploading?.target?.(workspace, signal()));
		assert.ok(container && archives?.uploading);
		const content = new TextEncoder().encode('Grüße aus dem Browser\n');
		await archives.uploading.upload(
			container,
			{
				name: 'Grüße.txt',
				size: content.length,
				mediaType: 'text/plain',
				content: async function* () {
					yield content;
				},
			},
			signal(),
		);
		const entries = await allItems(await archives.entries(container, signal()), signal());
		const document = entries.find(({ name }) => name === 'Grüße.txt');
		assert.ok(document?.kind === 'document');
		const { stream } = await archives.read(document, signal());
		assert.equal(await new Response(stream).text(), 'Grüße aus dem Browser\n');
	});

	it('speaks the display language, in texts that modules hold as constants too', async () => {
		const german = await startWorker(read('l10n/bundle.l10n.de.json') as Record<string, string>);
		const [projectplace] = german.inside.services.providers;
		assert.equal(projectplace?.levels.workspace.one, 'Arbeitsbereich');
		const robot = projectplace?.signInWays.find(({ id }) => id === 'clientCredentials');
		assert.equal(robot?.fields[0]?.label, 'Client-ID');
	});
});

/** What kinds of things there are, from the first four lines of every list. */
function kindOf(node: Node): string {
	return node.item().context[0] ?? '';
}

async function kindsBelow({ lines }: Worker, root: Node): Promise<Set<string>> {
	const kinds = new Set<string>();
	for (let level = [root]; level.length > 0; ) {
		const below = await Promise.all(level.map(async (node) => (await lines.getChildren(node)) as Node[]));
		below.flat().forEach((node) => kinds.add(kindOf(node)));
		// A few of each kind: a board has more lists of other things than cards.
		level = below.flatMap((nodes) =>
			Object.values(Object.groupBy(nodes, kindOf)).flatMap((alike = []) => alike.slice(0, 4)),
		);
	}
	return kinds;
}
