import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Account } from '../../../src/core/accounts.ts';
import { coredataSandbox } from '../../../src/sandbox/coredata.ts';
import { faultKinds } from '../../../src/sandbox/faults.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { serveVendor } from '../../../src/sandbox/server.ts';
import type { Node } from '../../../src/views/node.ts';
import { extensionId, practiceAccounts, rootOf } from '../support.ts';
import { drives, fromPalette, type Things } from './commands.ts';
import { hurried, remembering } from './hurry.ts';
import { type Content, logFiles, packed, secretsOfBuilder, settings, states } from './kept.ts';
import { KnownSecrets } from './knownSecrets.ts';
import {
	answeringSome,
	drawn,
	examine,
	type Lines,
	loadAnew,
	lookAround,
	type Rig,
	run,
	useAccount,
} from './rounds.ts';
import { SignIns, type Trouble, wayOf } from './signIns.ts';
import { type Place, type Way, ways } from './ways.ts';
import { Witness } from './witness.ts';

const practice = JSON.parse(process.env['BOARDWALK_TEST_SANDBOX'] ?? '{}') as Readonly<Record<string, Place>>;
const vendors = Object.keys(practice);
/** What stalls shows no more than what is cut off, and a minute later. */
const kinds = faultKinds.filter((kind) => kind !== 'stall');
/** They are served by another process, where three seconds are three seconds. */
const quickKinds = kinds.filter((kind) => kind !== 'slow');
/** Where texts are seen while things are done. */
const places = [
	'the tree',
	'failures in the tree',
	'dialogues',
	'messages',
	'progress',
	'errors',
	'the log channel',
	'the log of changes',
	'commands to the editor',
	'addresses in the editor',
	'reports of the doctor',
	'the clipboard',
	"VS Code's own accounts",
];

/** Secrets that vendors take in an address alone: signatures of theirs for one file and some minutes, and one token. */
const wantedInAddresses = [
	'an answer: Signature in /laika/…',
	'an answer: X-Amz-Signature in /bucket/…',
	'the practice accounts: token in /files/…',
];

/**
 * Signs in, runs every command and meets every fault while everything is watched, and then looks for the secrets of all that
 * in whatever was shown, logged, kept and packed.
 */
describe('privacy', function () {
	this.timeout(60_000);
	let rig: Rig;
	let sandbox: Sandbox;
	let signIns: SignIns;
	/** One of a vendor alone, with so much that lists have more than one page. */
	let large: Sandbox;
	/** Milliseconds that the sandbox's clock is ahead, so that nobody waits for a vendor's limit to be over. */
	let ahead = 0;
	let there: readonly string[];
	let forget: () => void;

	before(async () => {
		const own = await practiceAccounts();
		const secrets = new KnownSecrets();
		const folder = join(tmpdir(), `boardwalk-${randomUUID()}`);
		mkdirSync(folder);
		rig = { own, secrets, witness: new Witness(own, secrets), folder };
		sandbox = await startSandbox({ clock: () => Date.now() + ahead });
		const coredata = await serveVendor(coredataSandbox, { scale: 120 });
		large = { addresses: { coredata: coredata.address }, served: { coredata }, close: () => coredata.close() };
		signIns = new SignIns(rig, sandbox);
		there = own.services.accounts.list().map(({ id }) => id);
		secrets.learn('the practice accounts', practice);
		learnAllThatAreGiven();
		rig.witness.start();
		forget = remembering(own.secrets);
		// Sessions that are open already would not be watched.
		there.forEach((id) => own.services.sessions.reopen(id));
	});
	after(async () => {
		rig.witness.stop();
		forget();
		for (const { id } of rig.own.services.accounts.list()) {
			if (!there.includes(id)) {
				await rig.own.services.accounts.remove(id);
			}
		}
		rig.own.services.tree.refresh();
		rig.own.services.accounts.list().forEach(({ id }) => rig.own.services.sessions.reopen(id));
		await vscode.commands.executeCommand('boardwalk.tree.focus');
		await logAt('info');
		await sandbox.close();
		await large.close();
		rmSync(rig.folder, { recursive: true, force: true });
	});

	/** Tokens, codes and keys are noted the moment the sandbox makes them. */
	function learnAllThatAreGiven(): void {
		const { tokens, signers } = sandbox.served['projectplace']?.state as Record<string, Map<string, object>>;
		for (const given of [tokens, signers]) {
			assert.ok(given);
			const set = given.set.bind(given);
			given.set = (token, value) => {
				rig.secrets.add('a token of the sandbox', token);
				rig.secrets.learn('a token of the sandbox', value);
				return set(token, value);
			};
		}
	}

	const logAt = (level: string) => vscode.commands.executeCommand('_extensionTests.setLogLevel', level);
	const rootAt = ({ vendor, id }: Way): Node => {
		const fits = ({ provider, way, practice: practised }: Account) => provider === vendor && way === id && !practised;
		const root = rig.own.services.tree.roots.find(({ account }) => account && fits(account));
		assert.ok(root, `no account of ${vendor} by ${id}`);
		return root;
	};
	const childThat = async (parent: Node, fits: (node: Node) => boolean): Promise<Node> => {
		const found = (await drawn(rig, parent)).find(fits);
		assert.ok(found, `nothing fits below ${parent.item().label}`);
		return found;
	};

	it('runs every command of the manifest, on something and from the palette', () =>
		hurried(async () => {
			const { contributes } = vscode.extensions.getExtension(extensionId)?.packageJSON as {
				contributes: { commands: { command: string }[] };
			};
			const declared = contributes.commands.map(({ command }) => command.replace('boardwalk.', ''));
			assert.deepEqual(Object.keys(drives).sort(), declared.sort());
			// What the editor itself logs about commands and requests is looked through too.
			await logAt('trace');
			const robot = wayOf('clientCredentials');
			await signIns.add(robot);
			const root = () => rootAt(robot);
			const things: Things = {
				root,
				lines: await lookAround(rig, root()),
				more: async (use) => {
					const key = wayOf('apiKey');
					await new SignIns(rig, large).add(key);
					await use(await childThat(rootAt(key), (node) => node.item().context.includes('more')));
					await rig.own.services.accounts.remove(rootAt(key).account?.id ?? '');
				},
				failed: async () => {
					const trouble = signIns.fault('projectplace', '500');
					trouble.begin();
					rig.own.services.tree.refresh(root());
					const failed = await childThat(root(), (node) => 'failure' in node);
					trouble.end();
					return failed;
				},
				add: () => signIns.add(robot),
				again: () => signIns.again(robot, root()),
				inBrowser: () => signIns.denied(),
			};
			for (const [command, drive] of Object.entries(drives)) {
				rig.witness.onPage = () => undefined;
				await drive(rig, things);
				await fromPalette(rig, command);
			}
			await logAt('info');
			// Finding something has opened the tree, which need not be drawn anew with all that follows.
			await vscode.commands.executeCommand('workbench.action.closeSidebar');
		}));

	it('signs in with the browser: denied, tampered with, used twice, an old code, an error of the vendor, cancelled', () =>
		hurried(async () => {
			await signIns.denied();
			await signIns.tamperedAndTwice();
			await signIns.oldCode();
			await signIns.endedByVendor();
			await signIns.cancelled();
			const said = [...(rig.witness.texts.get('messages') ?? []), ...(rig.witness.texts.get('dialogues') ?? [])].join(
				'\n',
			);
			for (const sentence of [
				/You did not let Boardwalk in/,
				/belongs to no sign-in that is waiting/,
				/was used for a sign-in already/,
				/says this code was used already or is too old/,
				/ended the sign-in/,
				/Cancelled\./,
			]) {
				assert.match(said, sentence);
			}
		}));

	async function meet(trouble: Trouble, way: Way, root: Node, lines: Lines, word: string): Promise<void> {
		if (way.vendor === 'productive') {
			ahead += 11_000;
			rig.own.services.sessions.reopen(root.account?.id ?? '');
		}
		trouble.begin();
		await (way.entranceOnly ? loadAnew(rig, [root]) : useAccount(rig, root, lines, `${word} at ${way.vendor}`));
		await signIns.addUnder(trouble, way);
		trouble.end();
		if (way.returning) {
			// Tokens may have been lost on the way.
			await signIns.again(way, root);
		}
	}

	for (const way of ways) {
		it(`signs in at ${way.vendor} (${way.id}), with right and wrong credentials and under every fault`, () =>
			hurried(async () => {
				await signIns.addWrong(way);
				await signIns.add(way);
				const root = rootAt(way);
				const lines = await lookAround(rig, root);
				for (const kind of kinds) {
					await meet(signIns.fault(way.vendor, kind), way, root, lines, kind);
				}
				for (const status of [200, 400, 403]) {
					await meet(signIns.echo(status), way, root, lines, `what says back, ${status},`);
				}
				await signIns.again(way, root);
			}));
	}

	for (const vendor of vendors) {
		it(`meets every fault with the practice account of ${vendor}`, () =>
			hurried(async () => {
				const root = rootOf(rig.own, vendor);
				const faults = `${new URL(practice[vendor]?.url ?? '').origin}/-/faults`;
				for (const kind of quickKinds) {
					await fetch(faults, { method: 'POST', body: JSON.stringify({ pattern: '*', kind }) });
					await loadAnew(rig, [root]);
					await answeringSome(rig, [{ leave: true }], () => run('showAccountInfo', root));
					await fetch(faults, { method: 'DELETE' });
				}
				await loadAnew(rig, [root]);
				await examine(rig, root, 'nothing, in practice,');
			}));
	}

	/** The secrets in texts, and the beginnings of those. Nothing to look through proves nothing. */
	function foundIn(texts: Iterable<Content>, secrets = rig.secrets): string[] {
		const all = [...texts];
		assert.ok(secrets.count > 100, 'the tests before this one are a part of it');
		assert.ok(all.length > 0, 'there is nothing to look through');
		return all.flatMap(([name, text]) => secrets.in(text).map((secret) => `${secret} in ${name}`));
	}

	for (const place of places) {
		it(`then finds no secret in ${place}`, () => {
			const texts = [...(rig.witness.texts.get(place) ?? [])];
			assert.deepEqual(foundIn(texts.map((text): Content => [text.slice(0, 200), text])), []);
		});
	}

	it('then finds nothing at all in the console', () => {
		assert.deepEqual([...(rig.witness.texts.get('the console') ?? [])], []);
	});

	it('then finds no secret in the address of a request but what the vendor wants there', () => {
		// At the level of debugging, VS Code writes the addresses of all requests into a log of its own.
		const texts = [...(rig.witness.texts.get('addresses of requests') ?? [])];
		const found = foundIn(texts.map((text): Content => [new URL(text).pathname, text]));
		const kinds = new Set(found.map((one) => one.replace(/(?<= in \/[^/]+\/).*/, '…')));
		assert.deepEqual(
			[...kinds].filter((one) => !wantedInAddresses.includes(one)),
			[],
		);
	});

	it('then finds no secret in the files of the log', async () => {
		const files = await logFiles(rig);
		assert.deepEqual(foundIn(files), []);
	});

	it('then finds no secret in the settings', () => {
		assert.deepEqual(foundIn(settings(rig)), []);
	});

	it('then finds no secret in what is kept beside the secrets store', () => {
		const kept = states(rig);
		assert.match(JSON.stringify(kept), /globalState accounts/);
		assert.deepEqual(foundIn(kept), []);
	});

	it('then finds no secret in the package but those of the practice accounts, where they are served', async () => {
		const files = await packed(rig);
		const builder = secretsOfBuilder();
		const [inSandbox, elsewhere] = [files.filter(isSandbox), files.filter((file) => !isSandbox(file))];
		const found = foundIn(inSandbox);
		assert.notDeepEqual(found, []);
		assert.deepEqual(
			found.filter((one) => !one.startsWith('the practice accounts')),
			[],
		);
		assert.deepEqual(foundIn(elsewhere), []);
		assert.deepEqual(
			files.flatMap(([, text]) => builder.in(text)),
			[],
		);
	});

	it('would have found a secret in each of these places, however it is spelled', async () => {
		const { own, secrets, witness } = rig;
		const planted = `pl@nted/"+${randomUUID()}`;
		secrets.add('planted', planted);
		const spelled = [
			planted,
			encodeURIComponent(planted),
			encodeURIComponent(planted).toLowerCase(),
			JSON.stringify({ planted }),
			btoa(`somebody:${planted}`),
			new URLSearchParams({ planted }).toString(),
		];
		for (const text of spelled) {
			assert.deepEqual(foundIn([['a text', `before ${text} after`]]), ['planted in a text'], text);
		}
		own.services.log.debug(`planted ${planted}`);
		own.services.report(new Error('nothing to see', { cause: new Error(planted) }));
		await own.context.globalState.update('planted', { deep: [planted] });
		await vscode.env.clipboard.writeText(planted);
		const root = rootOf(own, 'planbox');
		await witness.seeNode({ ...root, tooltip: () => ({ title: 'x', facts: [planted] }) });
		const seen = ['the log channel', 'errors', 'the clipboard', 'the tree'];
		const texts = seen.map((place): Content => [place, [...(witness.texts.get(place) ?? [])].join('\n')]);
		const everywhere = foundIn([...texts, ...states(rig), ...(await logFiles(rig))]).join('\n');
		await own.context.globalState.update('planted', undefined);
		for (const place of [...seen, 'globalState planted', '.*Boardwalk\\.log']) {
			assert.match(everywhere, new RegExp(`^planted in ${place}$`, 'm'));
		}
	});
});

function isSandbox([name]: Content): boolean {
	return /[\\/]sandbox\.cjs$/.test(name);
}
