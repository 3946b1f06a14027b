import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { reportText, ticketText } from '../../src/core/doctor.ts';
import type { Finding } from '../../src/core/finding.ts';
import type { Inside } from '../../src/extension.ts';
import { practiceAccounts, rootOf, until } from './support.ts';

const scheme = 'boardwalk-report';

describe('checking the connection', () => {
	let own: Inside;
	before(async () => {
		own = await practiceAccounts();
	});
	afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

	/** The report as it is shown, of which VS Code keeps no more than the address. */
	const reportOn = async (provider: string): Promise<string> => {
		const node = rootOf(own, provider);
		await vscode.commands.executeCommand('boardwalk.checkConnection', node);
		const tab = await until('the preview', () =>
			vscode.window.tabGroups.all
				.flatMap(({ tabs }) => tabs)
				.find(({ input }) => input instanceof vscode.TabInputWebview && /markdown\.preview/.test(input.viewType)),
		);
		assert.match(tab.label, new RegExp(`Connection of ${node.account?.name}`));
		const path = `/${node.account?.id}/Connection of ${node.account?.name}.md`;
		return (await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme, path }))).getText();
	};

	for (const provider of ['projectplace', 'productive', 'beebole', 'planbox', 'coredata']) {
		it(`shows a report on the practice account of ${provider}, without its secrets`, async () => {
			const report = await reportOn(provider);
			assert.match(report, /^# Connection of /);
			for (const about of [
				'Server address',
				'Name lookup \\(DNS\\)',
				'Certificate',
				'Proxy',
				'Request',
				'Clock',
				'Stored credentials',
			]) {
				assert.match(report, new RegExp(`^### ${about}\n\n\\*\\*✓ Fine:\\*\\* `, 'm'), about);
			}
			assert.match(report, /http\\:\\\/\\\/127\.0\.0\.1/);
			const { services } = own;
			const account = services.accounts.list().find((one) => one.provider === provider);
			assert.ok(account);
			const signal = new AbortController().signal;
			const { secrets } = await services.practice.signIn(services.sessions.provider(account), signal);
			for (const secret of Object.values(secrets).filter(({ length }) => length >= 6)) {
				assert.ok(!report.replaceAll('\\', '').includes(secret), provider);
			}
		});
	}

	it('shows a new report in the place of the old one', async () => {
		const first = await reportOn('planbox');
		const again = await reportOn('planbox');
		assert.equal(again.split('\n')[0], first.split('\n')[0]);
		const previews = vscode.window.tabGroups.all
			.flatMap(({ tabs }) => tabs)
			.filter(({ label }) => /Connection of/.test(label));
		assert.equal(previews.length, 1);
	});

	it('draws nothing that others wrote, neither as shown nor as copied', async () => {
		const hostile = [
			'<img src="https://evil.example/x.png"><script>alert(1)</script>',
			'[press](command:boardwalk.signOut) ![](https://evil.example/x.png) <https://evil.example>',
			'https://evil.example //evil.example www.evil.example ada@evil.example mailto:ada@evil.example',
			'**bold** _it_ `code` ~~gone~~ $x^2$ &lt;b&gt; <b>b</b>',
			'\n\n# heading\n\n- item\n\n1. item\n\n> quote\n\n```\ncode\n```\n\n| a |\n|---|\n| b |\n\n===\n[r]: https://evil.example',
		];
		const drawn = await Promise.all(textsWith(hostile).map(render));
		const harmless = await Promise.all(textsWith(hostile.map(() => 'word')).map(render));
		drawn.forEach((html, at) => {
			assert.deepEqual(tagsIn(html), tagsIn(harmless[at] ?? ''));
			assert.match(html, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
		});
	});
});

/** A report and its copy in which everything from outside is one of these texts. */
function textsWith(words: readonly string[]): string[] {
	const findings = words.map((text): Finding => ({ about: text, state: 'bad', message: text, next: text }));
	const all = words.join(' ');
	const report = { account: all, vendor: all, when: new Date(), findings, secrets: [] };
	const surroundings = { extension: '0', editor: '0', host: 'web', system: all } as const;
	return [reportText(report), ticketText({ ...report, account: 'Acme' }, surroundings)];
}

function render(text: string): Thenable<string> {
	return vscode.commands.executeCommand<string>('markdown.api.render', text);
}

/** Every element in its order: what is drawn, and nothing that is merely read. */
function tagsIn(html: string): string[] {
	return [...html.matchAll(/<\/?[a-z][\w-]*/g)].map(([tag]) => tag);
}
