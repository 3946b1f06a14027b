import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { FaultKind } from '../../../src/sandbox/faults.ts';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import type { Node } from '../../../src/views/node.ts';
import type { Step } from '../support.ts';
import { Browser } from './browser.ts';
import { echo } from './echo.ts';
import { answering, answeringSome, learnKept, type Rig, run } from './rounds.ts';
import { type Place, stepsAgain, stepsOf, type Way, ways } from './ways.ts';

/** Something that goes wrong from its beginning to its end. */
export interface Trouble {
	begin(): unknown;
	end(): unknown;
}

/** Signing in at the vendors of a sandbox, as it goes well and as it goes wrong. */
export class SignIns {
	readonly browser: Browser;
	readonly #rig: Rig;
	readonly #sandbox: Sandbox;

	constructor(rig: Rig, sandbox: Sandbox) {
		this.browser = new Browser(rig.own, rig.secrets);
		this.#rig = rig;
		this.#sandbox = sandbox;
	}

	/** Every request of a vendor gets into trouble until it is over. */
	fault(vendor: string, kind: FaultKind): Trouble {
		const faults = this.#sandbox.served[vendor]?.faults;
		return { begin: () => faults?.add({ pattern: '*', kind }), end: () => faults?.clear() };
	}

	/** Every request gets itself as the answer, under some status. */
	echo(status: number): Trouble {
		const { witness } = this.#rig;
		return {
			begin: () => {
				witness.onRequest = (request) => echo(request, status);
			},
			end: () => {
				witness.onRequest = () => undefined;
			},
		};
	}

	/** Adds an account. */
	async add(way: Way): Promise<void> {
		await this.#answered(way, stepsOf(way, this.#placeOf(way)), () => run('addAccount'));
	}

	/** Signs in again at an account that is there. */
	async again(way: Way, root: Node): Promise<void> {
		await this.#answered(way, stepsAgain(way, this.#placeOf(way)), () => run('signInAgain', root));
	}

	/** Tries to add an account while there is trouble, which strikes whatever is not the vendor's page. */
	async addUnder(trouble: Trouble, way: Way): Promise<void> {
		await this.#tried(way, stepsOf(way, this.#placeOf(way)), trouble);
	}

	/** Types what is wrong in the place of every secret: like a right one, with signs that have to be encoded, with odd ones. */
	async addWrong(way: Way): Promise<void> {
		for (const wrong of [`wr0ng-${randomUUID()}`, `wr0ng/${randomUUID()} +&%"\\é‹>`, `неверно-${randomUUID()}`]) {
			this.#rig.secrets.add('what was typed wrong', wrong);
			await this.#tried(
				way,
				stepsOf(way, this.#placeOf(way), () => wrong),
			);
		}
	}

	/** Waits for the browser, tries meanwhile all that there is for the waiting, and is denied. */
	async denied(): Promise<void> {
		let pages = 0;
		await this.#atPage(
			async (page) => {
				pages += 1;
				if (pages === 1) {
					await run('copySignInAddress');
					await run('openSignInPage');
					await run('pasteSignInCode');
					await this.browser.press(page, 'Deny');
					await this.browser.comeBack();
				}
			},
			[{ type: `https://oob/?code=pasted-${randomUUID()}&state=other` }, { leave: true }, { leave: true }],
		);
		assert.equal(pages, 2, 'the page was opened again');
	}

	/** Comes back with a state that somebody made up, then with the right one, then with the same a second time. */
	async tamperedAndTwice(): Promise<void> {
		await this.#atPage(async (page) => {
			await this.browser.press(page, 'Allow');
			await this.browser.comeBack({ state: `guessed-${randomUUID()}` });
			await this.browser.comeBack();
		});
		await this.browser.comeBack();
	}

	/** Comes back with the code of another sign-in. */
	async oldCode(): Promise<void> {
		const code = this.browser.query.get('code') ?? '';
		assert.notEqual(code, '');
		await this.#atPage(
			async (page) => {
				await this.browser.press(page, 'Allow');
				await this.browser.comeBack({ code });
			},
			[{ leave: true }],
		);
	}

	/** Comes back with an error whose words say back what was sent. */
	async endedByVendor(): Promise<void> {
		await this.#atPage(
			async (page) => {
				await this.browser.press(page, 'Allow');
				const words = [...this.browser.query.values(), page].join(' ');
				await this.browser.comeBack({ error: 'server_error', error_description: `Nothing for ${words}` });
			},
			[{ leave: true }],
		);
	}

	/** Presses "Cancel" while the browser is waited for. */
	async cancelled(): Promise<void> {
		await this.#atPage(async () => {
			await this.browser.learnWaiting();
			this.#rig.witness.cancel();
		}, [{ leave: true }]);
	}

	async #atPage(visit: (page: string) => Promise<void>, after: readonly Step[] = []): Promise<void> {
		const way = wayOf('person');
		this.#rig.witness.onPage = visit;
		await answering(this.#rig, [...stepsOf(way, this.#placeOf(way)), ...after], () => run('addAccount'));
	}

	async #answered(way: Way, steps: readonly Step[], command: () => PromiseLike<unknown>): Promise<void> {
		this.#rig.witness.onPage = (page) => this.#allow(way, page);
		await answering(this.#rig, [...steps, ...this.#pasting(way)], command);
		await learnKept(this.#rig);
	}

	async #tried(way: Way, steps: readonly Step[], trouble?: Trouble): Promise<void> {
		this.#rig.witness.onPage = (page) => this.#allow(way, page, trouble);
		await answeringSome(this.#rig, [...steps, ...this.#pasting(way), { leave: true }], () => run('addAccount'));
	}

	async #allow({ returning }: Way, page: string, trouble?: Trouble): Promise<void> {
		trouble?.end();
		await this.browser.press(page, 'Allow');
		trouble?.begin();
		if (returning?.startsWith('By itself')) {
			await this.browser.comeBack();
		}
	}

	/** By hand, what was copied is pasted where it is asked for. */
	#pasting({ returning }: Way): Step[] {
		const { browser } = this;
		const pasted = {
			get type() {
				return browser.copied;
			},
		};
		return returning?.startsWith('By hand') ? [pasted] : [];
	}

	#placeOf({ vendor }: Way): Place {
		return this.#sandbox.addresses[vendor] as Place;
	}
}

export function wayOf(id: string): Way {
	const way = ways.find((one) => one.id === id);
	assert.ok(way);
	return way;
}
