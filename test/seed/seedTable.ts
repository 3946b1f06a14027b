import assert from 'node:assert/strict';
import type { Exchange, SeedDocument } from './exchange.ts';
import { onFresh, tryProvider, trySandbox } from './trying.ts';

export { documented, type Expected, shown } from './answers.ts';
export { type Exchange, exchange, type Practice, type SeedDocument } from './exchange.ts';
export { fillIn, perform } from './forms.ts';
export type { Raw } from './sent.ts';

interface Line {
	readonly title: string;
	sandbox: string;
	provider: string;
}

/**
 * Tests every exchange that a document of the seed shows, an `it` each, and prints a line for each in one table. On one fresh
 * sandbox the request goes out as it is shown, and the answer must be the shown one; on another the provider must send that
 * very request (method, path, query, body; headers may differ, and it may read besides) and give people what the answer says.
 *
 *     seedTable({ provider: productive, title: 'Projects', documented: 23, headers: ({ token }) => ({ 'x-auth-token': String(token) }) }, [
 *       exchange({
 *         request: 'PATCH /projects/{id}',
 *         about: 'blank name',
 *         given: async ({ ask }) => idsOf(await ask({ method: 'GET', path: '/projects' })),
 *         send: ({ id }) => ({ method: 'PATCH', path: `/projects/${id}`, json: { data: { type: 'projects', attributes: { name: '' } } } }),
 *         status: 422,
 *         answer: () => ({ errors: [invalid('name', 'can’t be blank')] }),
 *         provider: {
 *           run: async (session, { id }) => perform(session.operations?.workspace, 'edit', await projectOf(session, id), { name: '' }, 'unchecked'),
 *           refused: { fields: ['name'] },
 *         },
 *       }),
 *       exchange({
 *         …, status: 200, answer: ({ id }) => documented(shownProject, { 'data.id': id, 'data.attributes.name': 'new name' }),
 *         provider: { run: …, gets: async (outcome, session) => assert.…  },
 *       }),
 *       exchange({ …, provider: { never: 'the vendor answers 200 and ignores it' } }),
 *     ]);
 */
export function seedTable(document: SeedDocument, exchanges: readonly Exchange[]): void {
	const lines: Line[] = [];
	describe(`seed: ${document.provider.label}, “${document.title}”`, function () {
		this.timeout(30_000);

		it(`seed: the table has all ${document.documented} exchanges that the document shows`, () => {
			const titles = exchanges.map(titleOf);
			assert.deepEqual(titles, [...new Set(titles)], 'two exchanges go by one title');
			assert.ok(titles.length >= document.documented, `there are only ${titles.length}`);
		});

		for (const one of exchanges) {
			it(`seed: ${titleOf(one)}`, async () => {
				const line: Line = { title: titleOf(one), sandbox: 'differs', provider: 'differs' };
				lines.push(line);
				const [sandbox, provider] = await Promise.allSettled([
					onFresh(document, (practice) => trySandbox(one, practice)),
					onFresh(document, (practice) => tryProvider(document, one, practice)),
				]);
				line.sandbox = sandbox.status === 'fulfilled' ? sandbox.value : line.sandbox;
				line.provider = provider.status === 'fulfilled' ? provider.value : line.provider;
				throwAny({ sandbox, provider });
			});
		}

		// In one piece, because other files may be tested at the same time.
		// oxlint-disable-next-line no-console -- the table is for people
		after(() => console.log(tableOf(document, lines)));
	});
}

function throwAny(tried: Readonly<Record<string, PromiseSettledResult<unknown>>>): void {
	const failed = Object.entries(tried).flatMap(([name, one]) =>
		one.status === 'rejected' ? [{ name, error: one.reason as Error }] : [],
	);
	const [first] = failed;
	if (first) {
		first.error.message = failed.map(({ name, error }) => `${name}: ${error.message}`).join('\n');
		throw first.error;
	}
}

function titleOf({ request, status, about }: Exchange): string {
	return `${request} → ${status}${about ? `, ${about}` : ''}`;
}

function tableOf({ provider, title, documented }: SeedDocument, lines: readonly Line[]): string {
	const width = Math.max(...lines.map((line) => line.title.length));
	const rows = lines.map((line) => {
		const [name, sandbox] = [line.title.padEnd(width), `sandbox ${line.sandbox}`.padEnd(15)];
		return `${provider.label}  ${name}  ${sandbox}  ${line.provider.startsWith('never') ? '' : 'provider '}${line.provider}`;
	});
	const count = (test: (line: Line) => boolean) => lines.filter(test).length;
	const [never, agreeing] = [
		count((line) => line.provider.startsWith('never')),
		count((line) => line.provider.startsWith('agrees')),
	];
	const total = `${provider.label}, “${title}”: ${documented} exchanges documented, ${lines.length} tried; sandbox agrees with ${count((line) => line.sandbox === 'agrees')}, provider with ${agreeing}, ${never} never sent`;
	return ['', ...rows, total, ''].join('\n');
}
