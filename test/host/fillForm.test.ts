import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fillForm } from '../../src/commands/fillForm.ts';
import type { Services } from '../../src/commands/services.ts';
import { Refused, Unreachable } from '../../src/core/errors.ts';
import type { Field, Form, Values } from '../../src/core/form.ts';
import { bareForm } from '../../src/core/operations.ts';
import { askText } from '../../src/host/ask.ts';
import { withProgress } from '../../src/host/progress.ts';
import { inside, scripted } from './support.ts';

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
	let services: Services;

	before(async () => {
		({ services } = await inside());
	});

	it('asks for every required field, whatever it begins with', async () => {
		let sent: Values | undefined;
		await scripted([{ type: 'https://new.example' }, { type: 's3cret' }], async () => {
			sent = await fillForm(services, form());
		});
		assert.deepEqual(sent, { server: 'https://new.example', key: 's3cret' });
	});

	it('asks only for what is empty where the rest is known, and shows the rest before it is sent', async () => {
		let sent: Values | undefined;
		const { offered } = await scripted([{ type: 's3cret' }, { pick: 'Send' }], async () => {
			sent = await fillForm(services, form({ prefilled: true }));
		});
		assert.deepEqual(offered, ['$(check) Send', 'Server', 'Key']);
		assert.deepEqual(sent, { server: 'https://old.example', key: 's3cret' });
	});

	it('asks nothing where everything is known: one Enter sends it', async () => {
		let sent: Values | undefined;
		await scripted([{ pick: 'Send' }], async () => {
			sent = await fillForm(services, form({ prefilled: true, fields: [server] }));
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
		await instead(vscode.window, { showQuickPick } as never, () => fillForm(services, form({ fields: [way] })));
		assert.deepEqual(shown, [undefined, 'To this computer']);
	});

	it('explains in the browser where its fields are found and stays open', async () => {
		const opened: string[] = [];
		const openExternal = async (uri: vscode.Uri) => opened.push(uri.toString(true)) > 0;
		await instead(vscode.env, { openExternal }, async () => {
			const { offered } = await scripted([{ pick: 'Where do I find these?' }, { leave: true }], () =>
				fillForm(services, form({ prefilled: true, fields: [server], helpUrl })),
			);
			assert.equal(offered.at(-1), '$(question) Where do I find these?');
		});
		assert.deepEqual(opened, [helpUrl]);
	});

	it('offers no explanation where the vendor gives none', async () => {
		const { offered } = await scripted([{ leave: true }], () =>
			fillForm(services, form({ prefilled: true, fields: [server] })),
		);
		assert.deepEqual(offered, ['$(check) Send', 'Server']);
	});
});

describe('a form that asks for more than steps can', () => {
	let services: Services;

	before(async () => {
		({ services } = await inside());
	});

	const name: Field = { kind: 'text', id: 'name', label: 'Name', required: true, initial: 'Launch' };
	const budget: Field = { kind: 'text', id: 'budget', label: 'Budget' };
	const billable: Field = { kind: 'flag', id: 'billable', label: 'Billable' };
	const people: Field = {
		kind: 'choice',
		many: true,
		id: 'people',
		label: 'People',
		choices: async () => ({
			items: [{ value: 'p1', label: 'Ada' }],
			next: async () => ({ items: [{ value: 'p2', label: 'Bob' }] }),
		}),
	};
	const kind: Field = {
		kind: 'choice',
		id: 'kind',
		label: 'Kind',
		initial: 'k1',
		choices: async () => ({ items: ['k1', 'k2'].map((value) => ({ value, label: value.toUpperCase() })) }),
	};
	const map: Field = {
		kind: 'mapping',
		id: 'map',
		label: 'Statuses',
		required: true,
		rows: async (values) =>
			values['kind'] === 'k2' ? [] : ['a', 'b'].map((value) => ({ value, label: `Old ${value}` })),
		choices: async () => ({ items: [{ value: 'n', label: 'New' }] }),
	};
	const long = (more: Partial<Form<Values>> = {}) =>
		form({ title: 'Edit', fields: [name, budget, billable, people, kind], ...more });

	it('is filled in on a page, choices by what they are called, and leaves out what was not touched', async () => {
		let sent: Values | undefined;
		const { forms } = await scripted(
			[{ form: { Name: 'Relaunch', billable: true, people: ['Ada', 'Bob'], kind: 'K2' } }],
			async () => {
				sent = await fillForm(services, long());
			},
		);
		assert.deepEqual(
			forms.map(({ title }) => title),
			['Edit'],
		);
		assert.deepEqual(sent, { name: 'Relaunch', budget: undefined, billable: true, people: ['p1', 'p2'], kind: 'k2' });
	});

	it('says that a mapping is incomplete and sends it once it is complete', async () => {
		let sent: Values | undefined;
		const { said } = await scripted(
			[{ form: { map: { 'Old a': 'New' } } }, { form: { map: { 'Old b': 'New' } } }],
			async () => {
				sent = await fillForm(services, form({ fields: [map] }));
			},
		);
		assert.deepEqual(said, [
			'Something is missing or wrong.',
			'map: Statuses: something must be chosen on every line.',
		]);
		assert.deepEqual(sent, { map: { a: 'n', b: 'n' } });
	});

	it('needs nothing in a mapping that has nothing on the left', async () => {
		let sent: Values | undefined;
		await scripted([{ form: { kind: 'K2' } }], async () => {
			sent = await fillForm(services, form({ fields: [kind, map] }));
		});
		assert.deepEqual(sent, { kind: 'k2', map: {} });
	});

	it('shows what the vendor declined beside the fields, several at once, and keeps what was typed', async () => {
		let sent: Values | undefined;
		let tries = 0;
		const submit = async (values: Values) => {
			tries += 1;
			if (tries === 1) {
				throw new Refused('The vendor declined this.', [
					{ field: 'name', message: 'It is taken.' },
					{ field: 'budget', message: 'It is too high.' },
					{ field: 'of no field', message: 'The year is closed.' },
				]);
			}
			return values;
		};
		const { said } = await scripted(
			[{ form: { name: 'Taken', budget: '900' } }, { form: { budget: '8' } }],
			async () => {
				sent = await fillForm(services, long({ submit }));
			},
		);
		assert.deepEqual(said, [
			'The vendor declined this.',
			'name: It is taken.',
			'budget: It is too high.',
			'The year is closed.',
		]);
		assert.deepEqual([sent?.['name'], sent?.['budget']], ['Taken', '8']);
	});

	it('stays open with what was typed where it fails, and is nothing once it is closed', async () => {
		let sent: Values | undefined | 'never' = 'never';
		const submit = () => Promise.reject(new Unreachable('No answer.'));
		const { said } = await scripted([{ form: { name: 'Kept' } }, { cancelForm: true }], async () => {
			sent = await fillForm(services, long({ submit }));
		});
		assert.deepEqual(said, ['No answer.']);
		assert.equal(sent, undefined);
	});

	it('asks once the values are right, and sends nothing where that is declined', async () => {
		let sent = 0;
		const { said } = await scripted(
			[{ form: { name: '' } }, { form: { name: 'X' } }, { press: undefined }, { form: {} }, { press: 'Do it' }],
			() =>
				fillForm(
					services,
					long({
						confirmation: (values) => ({
							question: `Edit ${String(values['name'])}?`,
							detail: 'All of it.',
							button: 'Do it',
						}),
						submit: async (values) => {
							sent += 1;
							return values;
						},
					}),
				),
		);
		assert.deepEqual(said, [
			'Something is missing or wrong.',
			'name: Name is needed.',
			'Edit X?\nAll of it.',
			'Edit X?\nAll of it.',
		]);
		assert.equal(sent, 1);
	});

	it('shows what follows from the values', async () => {
		const { said } = await scripted([{ form: { name: 'Q' } }], () =>
			fillForm(
				services,
				form({ fields: [name], preview: { label: 'Query', of: (values) => `name=${String(values['name'])}` } }),
			),
		);
		assert.deepEqual(said, ['Query: name=Q']);
	});

	it('names what it begins with by its choices', async () => {
		const { forms } = await scripted([{ form: {} }], () =>
			fillForm(services, long({ fields: [name, budget, billable, people, { ...kind, initialLabel: 'The first' }] })),
		);
		assert.deepEqual(forms[0]?.fields.find(({ id }) => id === 'kind')?.valueLabels, ['The first']);
	});
});

describe('a form that asks for little', () => {
	let services: Services;

	before(async () => {
		({ services } = await inside());
	});

	it('asks before it is sent, and leads back to the list of fields where that is declined', async () => {
		let sent: Values | undefined;
		const { said } = await scripted(
			[{ pick: 'Send' }, { press: undefined }, { pick: 'Send' }, { press: 'Do it' }],
			async () => {
				sent = await fillForm(
					services,
					form({ prefilled: true, fields: [server], confirmation: () => ({ question: 'Now?', button: 'Do it' }) }),
				);
			},
		);
		assert.deepEqual(said, ['Now?\n', 'Now?\n']);
		assert.deepEqual(sent, { server: 'https://old.example' });
	});

	it('with nothing to fill in is sent once its word is typed', async () => {
		let sent = 0;
		const bare = bareForm(
			'Delete',
			async () => {
				sent += 1;
				return { message: 'Done.' };
			},
			{ question: 'Delete Pier?', button: 'Delete', word: 'Pier' },
		);
		const { said } = await scripted([{ type: 'Peer' }, { type: 'Pier' }], () => fillForm(services, bare));
		assert.deepEqual(said, ['Type “Pier” to go on.']);
		assert.equal(sent, 1);
		await scripted([{ leave: true }], async () => assert.equal(await fillForm(services, bare), undefined));
		assert.equal(sent, 1);
	});

	it('with nothing to fill in throws what goes wrong', async () => {
		const failing = bareForm('Archive', () => Promise.reject(new Unreachable('No answer.')));
		await assert.rejects(fillForm(services, failing), /No answer/);
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
