import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Inside } from '../../src/extension.ts';
import type { FormPageView } from '../../src/pages/formProtocol.ts';
import type { Node } from '../../src/views/node.ts';
import { formPageType } from '../../src/views/pageTypes.ts';
import { type FormAnswers, openForm } from './formDriver.ts';
import { until } from './until.ts';

export { until };

export const extensionId = 'boardwalk-tools.boardwalk';

/** The extension as it runs in this window. */
export async function inside(): Promise<Inside> {
	const extension = vscode.extensions.getExtension<Inside>(extensionId);
	assert.ok(extension, 'the extension is not installed');
	return extension.activate();
}

/** The five accounts of this window. */
export async function practiceAccounts(): Promise<Inside> {
	const own = await inside();
	await until('five accounts', () => own.services.accounts.list().filter(({ practice }) => practice).length === 5);
	return own;
}

export function rootOf({ services }: Inside, provider: string): Node {
	const root = services.tree.roots.find(({ account }) => account?.provider === provider);
	assert.ok(root, `no account of ${provider}`);
	return root;
}

export function kindOf(node: Node): string {
	return 'kind' in node ? String(node.kind) : 'message';
}

/** The first node of a kind below another, searched in breadth as far as it takes. */
export async function findNode({ services }: Inside, from: Node, fits: (node: Node) => boolean): Promise<Node> {
	const waiting = [from];
	for (let at = waiting.shift(); at; at = waiting.shift()) {
		for (const child of await services.tree.getChildren(at)) {
			if (fits(child)) {
				return child;
			}
			// What stands in other lists as well is looked for where it belongs.
			if (child.lists && !['card', 'shortlist', 'related'].includes(kindOf(child))) {
				waiting.push(child);
			}
		}
	}
	throw new Error(`nothing fits below ${from.item().label}`);
}

export async function childLabelled({ services }: Inside, parent: Node, label: string): Promise<Node> {
	const children = await services.tree.getChildren(parent);
	const found = children.find((child) => child.item().label === label);
	assert.ok(found, `${label} is not among ${children.map((child) => child.item().label).join(', ')}`);
	return found;
}

/** What a person does in one dialogue. */
export type Step =
	/** Chooses the entry whose label holds this text. */
	| { readonly pick: string }
	/** Ticks entries and accepts. */
	| { readonly tick: readonly string[] }
	/** Types and presses Enter. */
	| { readonly type: string }
	| { readonly save: vscode.Uri }
	| { readonly files: readonly vscode.Uri[] }
	/** Presses a button of a modal question; undefined leaves it. */
	| { readonly press: string | undefined }
	/** Fills in the page of a form, by the ids or labels of its fields, and sends it unless `send` is false. */
	| { readonly form: FormAnswers; readonly send?: boolean }
	/** Closes the tab of a form. */
	| { readonly cancelForm: true }
	| { readonly leave: true };

export interface Script {
	/** Every message, question and validation that was shown. */
	readonly said: string[];
	/** The labels of the last quick pick. */
	readonly offered: string[];
	/** The steps nobody asked for. */
	readonly left: Step[];
	readonly problems: string[];
	/** The forms whose pages were opened, as they were drawn first. */
	readonly forms: FormPageView[];
}

type Window = Record<string, unknown>;

/**
 * Runs something while a script answers the dialogues in the order of its steps. The dialogues' own code runs; only the
 * person is replaced. Fails where a dialogue asks for another step than the next one, or where steps are left over.
 */
export async function scripted(steps: readonly Step[], run: () => PromiseLike<unknown>): Promise<Script> {
	const script: Script = { said: [], offered: [], left: [...steps], problems: [], forms: [] };
	const window = vscode.window as unknown as Window;
	const originals = Object.fromEntries(Object.keys(fakes(script)).map((name) => [name, window[name]]));
	Object.assign(window, fakes(script));
	try {
		await run();
	} finally {
		Object.assign(window, originals);
	}
	assert.deepEqual(script.problems, [], `the dialogue went another way; it said: ${script.said.join(' | ')}`);
	assert.deepEqual(script.left, [], `steps nobody asked for; it said: ${script.said.join(' | ')}`);
	return script;
}

function fakes(script: Script): Window {
	const createPanel = vscode.window.createWebviewPanel.bind(vscode.window);
	const message = async (text: string, ...rest: unknown[]): Promise<string | undefined> => {
		const [options] = rest;
		const modal = typeof options === 'object' && options !== null && 'modal' in options;
		script.said.push(modal && 'detail' in options ? `${text}\n${String(options.detail)}` : text);
		return modal ? take(script, 'press', text) : undefined;
	};
	return {
		createQuickPick: () => new FakePick(script),
		createInputBox: () => new FakeInput(script),
		createWebviewPanel: (...given: Parameters<typeof createPanel>) =>
			given[0] === formPageType ? openForm(script) : createPanel(...given),
		showQuickPick: async (items: readonly vscode.QuickPickItem[], { title }: vscode.QuickPickOptions = {}) => {
			script.offered.splice(0, Infinity, ...items.map(({ label }) => label));
			script.said.push(...items.flatMap(({ detail }) => (detail ? [detail] : [])));
			const wanted = take(script, 'pick', title ?? '');
			return wanted === undefined ? undefined : matching(script, items, wanted);
		},
		showInformationMessage: message,
		showWarningMessage: message,
		showErrorMessage: message,
		showSaveDialog: async () => take(script, 'save', 'where to save'),
		showOpenDialog: async () => take(script, 'files', 'which files'),
	};
}

function matching<Item extends vscode.QuickPickItem>(
	script: Script,
	items: readonly Item[],
	wanted: string,
): Item | undefined {
	const found = items.find(({ label }) => label === wanted) ?? items.find(({ label }) => label.includes(wanted));
	if (!found) {
		script.problems.push(`"${wanted}" is not among: ${items.map(({ label }) => label).join(' | ')}`);
	}
	return found;
}

function take<Kind extends string>(
	script: Script,
	kind: Kind,
	asked: string,
): Extract<Step, Record<Kind, unknown>>[Kind] | undefined {
	const step = script.left[0];
	if (step && kind in step) {
		script.left.shift();
		return (step as Extract<Step, Record<Kind, unknown>>)[kind];
	}
	if (step && 'leave' in step) {
		script.left.shift();
	} else {
		script.problems.push(`asked to ${kind} (${asked}), next step is ${JSON.stringify(step)}`);
	}
	return undefined;
}

class FakeDialogue {
	readonly script: Script;
	title = '';
	step?: number;
	totalSteps?: number;
	buttons: unknown[] = [];
	readonly accepts: (() => unknown)[] = [];
	readonly hides: (() => unknown)[] = [];

	constructor(script: Script) {
		this.script = script;
	}

	onDidAccept = (listener: () => unknown) => this.accepts.push(listener);
	onDidHide = (listener: () => unknown) => this.hides.push(listener);
	onDidTriggerButton = () => undefined;
	hide(): void {
		this.hides.forEach((listener) => listener());
	}
	dispose(): void {}
	protected accept(): void {
		this.accepts.forEach((listener) => listener());
	}
}

class FakePick extends FakeDialogue {
	items: readonly vscode.QuickPickItem[] = [];
	selectedItems: readonly vscode.QuickPickItem[] = [];
	activeItems: readonly vscode.QuickPickItem[] = [];
	busy = false;
	canSelectMany = false;
	value = '';
	readonly changes: ((text: string) => unknown)[] = [];

	onDidChangeValue = (listener: (text: string) => unknown) => this.changes.push(listener);

	show(): void {
		void this.answer();
	}

	private async answer(): Promise<void> {
		const step = this.script.left[0];
		if (step && 'type' in step) {
			this.script.left.shift();
			this.value = step.type;
			this.changes.forEach((listener) => listener(step.type));
		}
		await until('the choices', () => !this.busy && this.items.length > 0);
		this.script.offered.splice(0, Infinity, ...this.items.map(({ label }) => label));
		const wanted = this.canSelectMany ? take(this.script, 'tick', this.title) : take(this.script, 'pick', this.title);
		const chosen = (wanted === undefined ? [] : [wanted].flat()).flatMap(
			(label) => matching(this.script, this.items, label) ?? [],
		);
		if (wanted === undefined || (chosen.length === 0 && !this.canSelectMany)) {
			this.hide();
			return;
		}
		this.selectedItems = chosen;
		this.accept();
	}
}

class FakeInput extends FakeDialogue {
	value = '';
	prompt?: string;
	password = false;
	validationMessage?: string;
	readonly changes: ((text: string) => unknown)[] = [];

	onDidChangeValue = (listener: (text: string) => unknown) => this.changes.push(listener);

	show(): void {
		setImmediate(() => this.answer());
	}

	private answer(): void {
		const text = take(this.script, 'type', this.title);
		if (text === undefined) {
			this.hide();
			return;
		}
		this.value = text;
		this.changes.forEach((listener) => listener(text));
		this.accept();
		if (this.validationMessage) {
			this.script.said.push(this.validationMessage);
			this.answer();
		}
	}
}
