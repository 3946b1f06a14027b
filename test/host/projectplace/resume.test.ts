import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Jobs } from '../../../src/commands/jobs.ts';
import { resumeJobs, runJob } from '../../../src/commands/runJob.ts';
import type { Services } from '../../../src/commands/services.ts';
import { FakePanel } from '../cards/support.ts';
import { scripted, until } from '../support.ts';
import { JobPage, Quay, withPanel } from './support.ts';

const rename = /^\/1\/boards\/(\d+)\/statuses\//;

/** How often each board was renamed at ProjectPlace, and a window that dies while it is. */
class Cut {
	readonly counts = new Map<string, number>();
	/** Renames that ProjectPlace does before it is silent; the last of them is done, and its answer never arrives. */
	readonly after: number;
	readonly #cut = Promise.withResolvers<void>();
	#asked = 0;
	#over = false;

	constructor({ served: { faults } }: Quay, after: number) {
		this.after = after;
		const strike = faults.strike.bind(faults);
		faults.strike = async (request, connection, answer) => {
			const board = request.method === 'POST' ? rename.exec(new URL(request.url).pathname)?.[1] : undefined;
			if (board === undefined) {
				return strike(request, connection, answer);
			}
			this.#asked += 1;
			const isLate = !this.#over && this.#asked > after;
			if (isLate) {
				await this.#cut.promise;
				return new Response('', { status: 503 });
			}
			const done = await strike(request, connection, answer);
			this.counts.set(board, (this.counts.get(board) ?? 0) + 1);
			if (!this.#over && this.#asked === after) {
				await this.#cut.promise;
			}
			return done;
		};
	}

	get isReached(): boolean {
		return this.#asked > this.after;
	}

	/** ProjectPlace answers again. */
	end(): void {
		this.#over = true;
		this.#cut.resolve();
	}
}

describe('projectplace: a job that a window left in the middle', () => {
	let quay: Quay;
	beforeEach(async () => {
		quay = await Quay.open();
	});
	afterEach(() => quay.close());

	/** The same jobs as an earlier window had them. */
	const windowBefore = (): { readonly services: Services; readonly jobs: Jobs } => {
		const { services } = quay.own;
		const jobs = new Jobs(services, vscode.Uri.file(quay.folder), undefined);
		return { services: Object.create(services, { jobs: { value: jobs } }) as Services, jobs };
	};

	/** Begins to rename the first columns of all boards in an earlier window, which dies after so many. */
	async function begun(
		name: string,
		after: number,
	): Promise<{ readonly cut: Cut; readonly boards: number; id: string }> {
		const earlier = windowBefore();
		const panel = new FakePanel();
		const gather = () => Promise.resolve(runJob('enforceColumnName')(earlier.services, quay.root, []));
		await withPanel(panel, () => scripted([{ type: '1' }, { type: name }, { pick: '$(check)' }], gather));
		const page = new JobPage({ ...quay.own, services: earlier.services }, panel);
		const boards = page.table.rows.length;
		const cut = new Cut(quay, after);
		const id = (kept('jobs') as readonly string[]).at(-1) ?? assert.fail('the job was not written down');
		const started = page.press('start', { press: 'Rename columns' });
		await until('the middle', () => cut.isReached);
		earlier.jobs.dispose();
		await started;
		cut.end();
		return { cut, boards, id };
	}

	const kept = (key: string): unknown => quay.own.context.workspaceState.get(key);
	const nothingKept = () => until('nothing to be kept', () => (kept('jobs') as readonly string[]).length === 0);

	/** What a person presses where the next window asks. */
	async function asked(
		answer: string | undefined,
	): Promise<{ readonly texts: readonly string[]; readonly panel: FakePanel }> {
		const panel = new FakePanel();
		const texts: string[] = [];
		const window = vscode.window as unknown as Record<string, unknown>;
		const original = window['showWarningMessage'];
		window['showWarningMessage'] = async (text: string, ...buttons: string[]) => {
			texts.push(`${text} ${buttons.join(' ')}`);
			return answer;
		};
		try {
			await withPanel(panel, () => resumeJobs(quay.own.services));
		} finally {
			window['showWarningMessage'] = original;
		}
		return { texts, panel };
	}

	const assertOnce = ({ counts }: Cut, boards: number, name: string): void => {
		assert.equal(counts.size, boards);
		assert.deepEqual(new Set(counts.values()), new Set([1]));
		const active = quay.held.projects.filter(({ archived }) => !archived).map(({ id }) => id);
		const first = quay.held.boards
			.filter(({ project_id }) => active.includes(project_id))
			.map(({ progresses }) => progresses[0]?.name);
		assert.deepEqual(new Set(first), new Set([name]));
	};

	for (const after of [1, 7, 20]) {
		it(`is offered again with how far it got, and goes on repeating nothing (after ${after})`, async () => {
			const name = `Once ${after}`;
			const { cut, boards } = await begun(name, after);
			const { texts, panel } = await asked('Go on');
			assert.equal(texts.length, 1);
			assert.match(texts[0] ?? '', /“Give columns one name” was interrupted when \d+ of \d+ had been done\./);
			assert.match(texts[0] ?? '', /Go on Show Forget it$/);
			const page = new JobPage(quay.own, panel);
			assert.equal(page.table.phase, 'result');
			assert.equal(page.list('done').length, boards, JSON.stringify(page.table.result));
			assertOnce(cut, boards, name);
			page.close();
			await nothingKept();
		});
	}

	it('comes back in its tab, where it goes on when the person wants it', async () => {
		const { cut, boards, id } = await begun('In its tab', 5);
		const panel = new FakePanel();
		await quay.own.services.pages.restore(panel.asPanel, { address: { account: quay.account.id, run: id } });
		const page = new JobPage(quay.own, panel);
		assert.equal(page.table.phase, 'result');
		assert.ok(page.list('unknown').length > 0);
		assert.match(page.buttons.join(), /Go on \(\d+\)/);
		const before = cut.counts.size;
		await page.press('goOn');
		assert.ok(before < boards);
		assert.equal(page.list('done').length, boards, JSON.stringify(page.table.result));
		assertOnce(cut, boards, 'In its tab');
		page.close();
	});

	it('sends nothing where the person only looks, and nothing is left of it once it is forgotten', async () => {
		const { cut, id } = await begun('Only looked at', 3);
		const before = new Map(cut.counts);
		const { panel } = await asked('Show');
		const page = new JobPage(quay.own, panel);
		assert.equal(page.table.phase, 'result');
		assert.deepEqual(cut.counts, before);
		page.close();
		await nothingKept();
		const none = await asked('Go on');
		assert.deepEqual(none.texts, []);
		assert.equal(kept(`job.${id}`), undefined);
	});

	it('is forgotten where the person says so', async () => {
		const { cut, id } = await begun('Forgotten', 3);
		const before = new Map(cut.counts);
		await asked('Forget it');
		assert.deepEqual(cut.counts, before);
		assert.deepEqual((await asked('Go on')).texts, []);
		assert.equal(kept(`job.${id}.rows`), undefined);
	});

	it('is not offered again once its account was signed out', async () => {
		await begun('Signed out', 3);
		const { services } = quay.own;
		await services.accounts.remove(quay.account.id);
		await nothingKept();
		assert.deepEqual((await asked('Go on')).texts, []);
	});
});
