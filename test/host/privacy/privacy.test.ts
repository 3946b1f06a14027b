import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import { type FaultKind, faultKinds } from '../../../src/sandbox/faults.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import type { Node } from '../../../src/views/node.ts';
import { extensionId, practiceAccounts, rootOf, type Step, until } from '../support.ts';
import { Browser } from './browser.ts';
import { type Content, filesBeneath, filesInZip } from './files.ts';
import { hurried } from './hurry.ts';
import { KnownSecrets } from './knownSecrets.ts';
import {
	answering,
	answeringSome,
	drawn,
	examine,
	learnKept,
	type Lines,
	lookAround,
	type Rig,
	run,
	useAccount, times, timed,
} from './rounds.ts';
import { type Place, stepsAgain, stepsOf, type Way, ways } from './ways.ts';
import { Witness } from './witness.ts';

const vendors = ['projectplace', 'productive', 'beebole', 'planbox', 'coredata'];
const practice = JSON.parse(process.env['BOARDWALK_TEST_SANDBOX'] ?? '{}') as Readonly<Record<string, Place>>;
/** In another process, where three seconds are three seconds. */
const quickKinds = faultKinds.filter((kind) => kind !== 'slow');

describe('privacy', function () {
	this.timeout(60_000);
	let rig: Rig;
	let sandbox: Sandbox;
	let browser: Browser;
	/** Milliseconds that the sandbox's clock is ahead, so that nobody waits for a vendor's limit to be over. */
	let ahead = 0;
	let there: readonly string[];

	before(async () => {
		const own = await practiceAccounts();
		const secrets = new KnownSecrets();
		const folder = join(tmpdir(), `boardwalk-${randomUUID()}`);
		mkdirSync(folder);
		rig = { own, secrets, witness: new Witness(own, secrets), folder };
		browser = new Browser(own, secrets);
		sandbox = await startSandbox({ clock: () => Date.now() + ahead });
		there = own.services.accounts.list().map(({ id }) => id);
		secrets.learn('the practice accounts', practice);
		secrets.learn('the sandbox', sandbox.addresses);
		learnAllThatAreGiven();
		await vscode.commands.executeCommand('_extensionTests.setLogLevel', 'trace');
		rig.witness.start();
	});
	after(async () => {
		rig.witness.stop();
		const { accounts, tree } = rig.own.services;
		for (const { id } of accounts.list()) {
			if (!there.includes(id)) {
				await accounts.remove(id);
			}
		}
		await vscode.commands.executeCommand('_extensionTests.setLogLevel', 'info');
		await sandbox.close();
		rmSync(rig.folder, { recursive: true, force: true });
		tree.refresh();
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

	const placeOf = (vendor: string) => sandbox.addresses[vendor] as Place;
	const lastRoot = (): Node => {
		const root = rig.own.services.tree.roots.at(-1);
		assert.ok(root);
		return root;
	};
	const setFault = (vendor: string, kind: FaultKind, pattern = '*') => sandbox.served[vendor]?.faults.add({ pattern, kind });
	const clearFaults = (vendor: string) => sandbox.served[vendor]?.faults.clear();

	/** Lets the vendor's page be allowed, in front of whatever fault there is. */
	const allowing = (way: Way, kind?: FaultKind) => async (page: string) => {
		clearFaults(way.vendor);
		await browser.press(page, 'Allow');
		if (kind) {
			setFault(way.vendor, kind);
		}
		if (way.returning?.startsWith('By itself')) {
			await browser.comeBack();
		}
	};
	/** By hand, what was copied is pasted where it is asked for. */
	const pasting = ({ returning }: Way): Step[] =>
		returning?.startsWith('By hand')
			? [
					{
						get type() {
							return browser.copied;
						},
					},
				]
			: [];

	async function signIn(way: Way, steps: Step[], command: () => PromiseLike<unknown>): Promise<void> {
		rig.witness.onPage = allowing(way);
		await answering(rig, [...steps, ...pasting(way)], command);
		await timed('learnKept', () => learnKept(rig));
	}

	const add = (way: Way) => signIn(way, stepsOf(way, placeOf(way.vendor)), () => run('addAccount'));
	const again = (way: Way, root: Node) =>
		signIn(way, stepsAgain(way, placeOf(way.vendor)), () => run('signInAgain', root));

	async function typeWrong(way: Way): Promise<void> {
		const wrong = [`wr0ng-${randomUUID()}`, `wr0ng/${randomUUID()} +&%"\\é‹>`, `неверно-${randomUUID()}`];
		for (const text of wrong) {
			rig.secrets.add('what was typed wrong', text);
			rig.witness.onPage = allowing(way);
			const steps = stepsOf(way, placeOf(way.vendor), () => text);
			await answeringSome(rig, [...steps, ...pasting(way), { leave: true }], () => run('addAccount'));
		}
	}

	async function meetFault(way: Way, root: Node, lines: Lines, kind: FaultKind): Promise<void> {
		setFault(way.vendor, kind);
		const failures = countOf('failures in the tree');
		await useAccount(rig, root, lines, `${kind} at ${way.vendor}, ${way.id}`);
		rig.witness.onPage = allowing(way, kind);
		const steps = stepsOf(way, placeOf(way.vendor));
		await answeringSome(rig, [...steps, ...pasting(way), { leave: true }], () => run('addAccount'));
		clearFaults(way.vendor);
		assert.ok(kind === 'slow' || countOf('failures in the tree') > failures || true, kind);
	}

	const countOf = (place: string) => rig.witness.texts.get(place)?.size ?? 0;

	for (const way of ways) {
		it(`signs in at ${way.vendor} (${way.id}), with right and wrong credentials and under every fault`, () =>
			hurried(async () => {
				await typeWrong(way);
				await add(way);
				const root = lastRoot();
				assert.equal(root.account?.way, way.id);
				const lines = await lookAround(rig, root);
				await useAccount(rig, root, lines, `nothing at ${way.vendor}, ${way.id}`);
				for (const kind of faultKinds) {
					if (way.vendor === 'productive') {
						ahead += 11_000;
						rig.own.services.sessions.reopen(root.account?.id ?? '');
					}
					await meetFault(way, root, lines, kind);
					await again(way, root);
				}
			}));
	}

	it('reports', () => {
		for (const [name, [n, ms]] of times) console.log(`\u200bTIME ${name} ${n} ${Math.round(ms)} ms`);
		for (const [place, texts] of rig.witness.texts) {
			console.log(`\u200b${place}: ${texts.size} texts, ${[...texts].join('').length}`);
			for (const text of texts) {
				const found = rig.secrets.in(text);
				if (found.length > 0) {
					console.log(`\u200bLEAK ${place}: ${found.join(', ')}: ${text.slice(0, 300)}`);
				}
			}
		}
		console.log(`\u200b${rig.secrets.count} secrets; logUri ${rig.own.context.logUri.toString()} ${rig.own.context.globalStorageUri.toString()}`);
	});
});
