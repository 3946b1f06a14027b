import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Account } from '../../../src/core/accounts.ts';
import type { TypedWay } from '../../../src/core/provider.ts';
import type { Inside } from '../../../src/extension.ts';
import { vendors } from '../../../src/sandbox/index.ts';
import { type Served, type ServedRequest, serveVendor } from '../../../src/sandbox/server.ts';
import type { Node } from '../../../src/views/node.ts';
import { childLabelled, practiceAccounts, type Script, type Step, scripted } from '../support.ts';

const signal = new AbortController().signal;

/**
 * An account at a vendor of the tests' own, which may be emptied: it is served by this process, so that what it holds can be
 * looked into and prepared. Nothing of it is left behind.
 */
export class Desk {
	readonly own: Inside;
	readonly served: Served;
	readonly account: Account;

	private constructor(own: Inside, served: Served, account: Account) {
		this.own = own;
		this.served = served;
		this.account = account;
	}

	/** `change` turns the sandbox's address into another one of its accounts, such as one that only reads. */
	static async open(
		id: string,
		change: (address: Served['address']) => Served['address'] = (address) => address,
	): Promise<Desk> {
		const own = await practiceAccounts();
		const make = vendors[id];
		assert.ok(make, `there is no sandbox of ${id}`);
		const served = await serveVendor(make);
		const { providers, accounts, signInIo } = own.services;
		const provider = providers.find((one) => one.id === id);
		const way = provider?.signInWays.find((one): one is TypedWay => 'signIn' in one && one.practice !== undefined);
		assert.ok(provider && way?.practice);
		const [signedIn] = await way.signIn(way.practice(change(served.address)), signInIo(provider), signal);
		assert.ok(signedIn);
		const account = await accounts.add(id, { ...signedIn, label: 'Desk' });
		return new Desk(own, served, account);
	}

	async close(): Promise<void> {
		await this.own.services.accounts.remove(this.account.id);
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
		await this.served.close();
	}

	get root(): Node {
		const root = this.own.services.tree.rootOf(this.account);
		assert.ok(root, 'the account has no line');
		return root;
	}

	/** The line at this path of labels beneath the account. */
	async line(...path: readonly string[]): Promise<Node> {
		let at = this.root;
		for (const label of path) {
			at = await childLabelled(this.own, at, label);
		}
		return at;
	}

	/** The labels of what stands beneath the line at this path. */
	async labels(...path: readonly string[]): Promise<readonly string[]> {
		const children = await this.own.services.tree.getChildren(await this.line(...path));
		return children.map((child) => child.item().label);
	}

	/** The words by which the menu of the line at this path chooses its entries. */
	async offered(...path: readonly string[]): Promise<readonly string[]> {
		return (await this.line(...path)).item().context;
	}

	/** Runs a command on the line at this path while a script answers. */
	async do(command: string, path: readonly string[], ...steps: readonly Step[]): Promise<Script> {
		const line = await this.line(...path);
		return scripted(steps, () => vscode.commands.executeCommand(`boardwalk.${command}`, line));
	}

	/** The same from the palette. */
	fromPalette(command: string, ...steps: readonly Step[]): Promise<Script> {
		return scripted(steps, () => vscode.commands.executeCommand(`boardwalk.${command}`));
	}

	/** What was sent while something ran, as `METHOD /path`, among them only what `fits`. */
	async sentWhile(
		what: () => PromiseLike<unknown>,
		fits: (request: ServedRequest) => boolean = ({ method }) => method !== 'GET',
	): Promise<readonly string[]> {
		const before = this.served.requests.length;
		await what();
		return this.served.requests
			.slice(before)
			.filter(fits)
			.map(({ method, path }) => `${method} ${path}`);
	}
}
