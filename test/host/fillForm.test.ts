import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fillForm } from '../../src/commands/fillForm.ts';
import type { Field, Form, Values } from '../../src/core/form.ts';
import { askText } from '../../src/host/ask.ts';
import { withProgress } from '../../src/host/progress.ts';
import { scripted } from './support.ts';

const helpUrl = 'https://vendor.example/where-keys-are';
const server: Field = { kind: 'text', id: 'server', label: 'Server', required: true, initial: 'https://old.example' };
const key: Field = { kind: 'text', id: 'key', label: 'Key', required: true, secret: true };

function form(more: Partial<Form<Values>> = {}): Form<Values> {
	return { title: 'Sign in', submitLabel: 'Send', fields: [server, key], submit: async (values) => values, ...more };
}

/** Puts something else into the editor's API while a test runs. */
async function instead<Holder extends object>(holder: Holder, fakes: Partial<Holder>, run: () => Promise<unknown>) {
	const originals = Object.fromEntries(Object.keys(fakes).map((name) => [name, holder[name as keyof Holder]]));
	Object.assign(holder, fakes);
	try {
		await run();
	} finally {
		Object.assign(holder, originals);
	}
}

describe('a form', () => {
	it('asks for every required field, whatever it begins with', async () => {
		let sent: Values | undefined;
		await scripted([{ type: 'https://new.example' }, { type: 's3cret' }], async () => {
			sent = await fillForm(form());
		});
		assert.deepEqual(sent, { server: 'https://new.example', key: 's3cret' });
	});

	it('asks only for what is empty where the rest is known, and shows the rest before it is sent', async () => {
		let sent: Values | undefined;
		const { offered } = await scripted([{ type: 's3cret' }, { pick: 'Send' }], async () => {
			sent = await fillForm(form({ prefilled: true }));
		});
		assert.deepEqual(offered, ['$(check) Send', 'Server', 'Key']);
		assert.deepEqual(sent, { server: 'https://old.example', key: 's3cret' });
	});

	it('asks nothing where everything is known: one Enter sends it', async () => {
		let sent: Values | undefined;
		await scripted([{ pick: 'Send' }], async () => {
			sent = await fillForm(form({ prefilled: true, fields: [server] }));
		});
		assert.deepEqual(sent, { server: 'https://old.example' });
	});

	it('shows a choice that nobody made yet in the words it is offered in', async () => {
		const way: Field = {
			kind: 'choice',
			id: 'way',
			label: 'Way',
			initial: 'loop',
			initialLabel: 'To this computer',
			choices: async () => ({ items: [{ value: 'loop', label: 'To this computer' }] }),
		};
		const shown: (string | undefined)[] = [];
		const showQuickPick = async (items: readonly vscode.QuickPickItem[]) => {
			shown.push(...items.map(({ description }) => description));
			return undefined;
		};
		await instead(vscode.window, { showQuickPick } as never, () => fillForm(form({ fields: [way] })));
		assert.deepEqual(shown, [undefined, 'To this computer']);
	});

	it('explains in the browser where its fields are found and stays open', async () => {
		const opened: string[] = [];
		const openExternal = async (uri: vscode.Uri) => opened.push(uri.toString(true)) > 0;
		await instead(vscode.env, { openExternal }, async () => {
			const { offered } = await scripted([{ pick: 'Where do I find these?' }, { leave: true }], () =>
				fillForm(form({ prefilled: true, fields: [server], helpUrl })),
			);
			assert.equal(offered.at(-1), '$(question) Where do I find these?');
		});
		assert.deepEqual(opened, [helpUrl]);
	});

	it('offers no explanation where the vendor gives none', async () => {
		const { offered } = await scripted([{ leave: true }], () => fillForm(form({ prefilled: true, fields: [server] })));
		assert.deepEqual(offered, ['$(check) Send', 'Server']);
	});
});

describe('an input box', () => {
	it('has a button with a name that explains the field and leaves what was typed as it is', async () => {
		const opened: string[] = [];
		const openExternal = async (uri: vscode.Uri) => opened.push(uri.toString(true)) > 0;
		const create = vscode.window.createInputBox.bind(vscode.window);
		let box: vscode.InputBox | undefined;
		let press: ((button: vscode.QuickInputButton) => unknown) | undefined;
		const createInputBox = () => {
			box = create();
			Object.defineProperty(box, 'onDidTriggerButton', { value: (listener: typeof press) => (press = listener) });
			return box;
		};
		await instead(vscode.window, { createInputBox }, () =>
			instead(vscode.env, { openExternal }, async () => {
				const answer = askText({ title: 'Key', helpUrl, canGoBack: true, value: 'half', check: () => undefined });
				const [back, help] = box?.buttons ?? [];
				assert.equal(help?.tooltip, 'Where do I find this?');
				assert.equal((help.iconPath as vscode.ThemeIcon).id, 'question');
				press?.(help);
				assert.deepEqual(opened, [helpUrl]);
				assert.equal(box?.value, 'half');
				assert.equal(await Promise.race([answer, Promise.resolve('still open')]), 'still open');
				press?.(back!);
				assert.deepEqual(await answer, { kind: 'back' });
			}),
		);
	});
});

describe('progress', () => {
	it('begins with what was told last before it appeared', async () => {
		const shown = Promise.withResolvers<unknown>();
		const fake = (_options: unknown, run: (progress: unknown, token: vscode.CancellationToken) => unknown) =>
			run({ report: shown.resolve }, new vscode.CancellationTokenSource().token);
		await instead(vscode.window, { withProgress: fake } as never, () =>
			withProgress('Signing in', async (_signal, advance) => {
				advance('Asking the vendor', 10);
				advance('Waiting for the browser', 10);
				assert.deepEqual(await shown.promise, { message: 'Waiting for the browser', increment: 20 });
			}),
		);
	});
});
