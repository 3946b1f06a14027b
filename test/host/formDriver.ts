import type * as vscode from 'vscode';
import type { Mapping, Values } from '../../src/core/form.ts';
import type { FormPageView, FromFormPage, ToFormPage } from '../../src/pages/formProtocol.ts';
import type { ChoiceView, FieldView } from '../../src/pages/protocol.ts';
import type { Script } from './support.ts';
import { until } from './until.ts';

/** What is filled in, by id or label of a field: choices and both sides of mappings by label or value. */
export type FormAnswers = Readonly<Record<string, string | boolean | readonly string[] | Mapping>>;

type Told<Type> = Extract<ToFormPage, { type: Type }>;

/** A tab that is not drawn: a script speaks for its page, with the page's own messages. */
export function openForm(script: Script): vscode.WebviewPanel {
	const page = new FormDriver(script);
	void page.run();
	return page.panel;
}

class FormDriver {
	readonly panel: vscode.WebviewPanel;
	readonly #script: Script;
	readonly #heard: ToFormPage[] = [];
	readonly #typed: Record<string, Values[string]> = {};
	#listener: ((message: FromFormPage) => unknown) | undefined;
	#closing: (() => unknown) | undefined;
	#closed = false;
	#asks = 0;

	constructor(script: Script) {
		this.#script = script;
		const nothing = { dispose: () => undefined };
		this.panel = {
			title: '',
			visible: true,
			active: true,
			reveal: () => undefined,
			dispose: () => this.#close(),
			onDidDispose: (listener: () => unknown) => {
				this.#closing = listener;
				return nothing;
			},
			onDidChangeViewState: () => nothing,
			webview: {
				options: {},
				html: '',
				cspSource: 'page:',
				asWebviewUri: (uri: vscode.Uri) => uri,
				postMessage: async (message: ToFormPage) => this.#heard.push(structuredClone(message)) > 0,
				onDidReceiveMessage: (listener: (message: FromFormPage) => unknown) => {
					this.#listener = listener;
					return nothing;
				},
			},
		} as unknown as vscode.WebviewPanel;
	}

	/** Does one step after the other for as long as the tab is open. */
	async run(): Promise<void> {
		try {
			await until('a form to hear', () => this.#listener);
			this.#tell({ type: 'ready' });
			const { form } = await this.#hears('form');
			this.#script.forms.push(form);
			while (!this.#closed) {
				await this.#step();
			}
		} catch (error) {
			this.#script.problems.push(String(error));
			this.#close();
		}
	}

	async #step(): Promise<void> {
		const step = this.#script.left[0];
		if (step && 'form' in step) {
			this.#script.left.shift();
			for (const [name, answer] of Object.entries(step.form)) {
				await this.#fill(this.#fieldCalled(name), answer);
			}
			await this.#preview();
			if (step.send !== false) {
				await this.#send();
			}
		} else if (step && ('cancelForm' in step || 'leave' in step)) {
			this.#script.left.shift();
			this.#close();
		} else {
			throw new Error(`the form “${this.#form.title}” is open, next step is ${JSON.stringify(step)}`);
		}
	}

	get #form(): FormPageView {
		const form = this.#heard.findLast((one) => one.type === 'form')?.form;
		if (!form) {
			throw new Error('the page of a form was never drawn');
		}
		return form;
	}

	#fieldCalled(name: string): FieldView {
		const { fields, title } = this.#form;
		const field = fields.find(({ id }) => id === name) ?? fields.find(({ label }) => label === name);
		if (!field) {
			throw new Error(
				`“${name}” is no field of “${title}”: ${fields.map(({ id, label }) => `${id} (${label})`).join(', ')}`,
			);
		}
		return field;
	}

	async #fill(field: FieldView, answer: FormAnswers[string]): Promise<void> {
		if (field.kind === 'choice') {
			const choices = await this.#choices(field);
			const values = [answer].flat().map((one) => (one === '' ? '' : valueOf(field, choices, String(one))));
			this.#typed[field.id] = field.many ? values : values[0];
		} else if (field.kind === 'mapping') {
			const rows = await this.#rows(field);
			const choices = await this.#choices(field);
			const pairs = Object.entries(answer).map(([from, to]) => [
				valueOf(field, rows, from),
				to === '' ? '' : valueOf(field, choices, String(to)),
			]);
			this.#typed[field.id] = { ...(this.#values[field.id] as Mapping), ...Object.fromEntries(pairs) };
		} else {
			this.#typed[field.id] = answer;
		}
	}

	get #values(): Values {
		return { ...Object.fromEntries(this.#form.fields.map(({ id, value }) => [id, value])), ...this.#typed };
	}

	async #choices({ id }: FieldView): Promise<readonly ChoiceView[]> {
		const ask = (this.#asks += 1);
		this.#tell({ type: 'choices', field: id, ask, how: 'all', values: this.#values });
		const { choices, failure } = await this.#answer('choices', ask);
		this.#script.offered.splice(0, Infinity, ...choices.map(({ label }) => label));
		this.#script.said.push(...(failure === undefined ? [] : [failure]));
		return choices;
	}

	async #rows({ id }: FieldView): Promise<readonly ChoiceView[]> {
		const ask = (this.#asks += 1);
		this.#tell({ type: 'rows', field: id, ask, values: this.#values });
		const { rows, failure } = await this.#answer('rows', ask);
		this.#script.said.push(...(failure === undefined ? [] : [failure]));
		return rows;
	}

	/** What follows from the values is read as the label says. */
	async #preview(): Promise<void> {
		const { preview } = this.#form;
		if (preview) {
			const ask = (this.#asks += 1);
			this.#tell({ type: 'preview', ask, values: this.#values });
			const { text } = await this.#answer('preview', ask);
			this.#script.said.push(`${preview.label}: ${text}`);
		}
	}

	/** Until it is sent, refused, or not sent after all. */
	async #send(): Promise<void> {
		const before = this.#heard.length;
		this.#tell({ type: 'submit', values: this.#values });
		const end = await until('the form to be sent', () => {
			const told = this.#heard.slice(before).find(({ type }) => type === 'problems' || type === 'settled');
			return told ?? this.#closed;
		});
		if (end !== true && end.type === 'problems') {
			const { message, problems } = end;
			const shown = problems.map(({ field, message: text }) => (field === undefined ? text : `${field}: ${text}`));
			this.#script.said.push(...(message === '' ? [] : [message]), ...shown);
		} else if (end !== true && end.type === 'settled' && end.text !== '') {
			this.#script.said.push(end.text);
		}
	}

	#tell(message: FromFormPage): void {
		this.#listener?.(message);
	}

	#hears<Type extends ToFormPage['type']>(type: Type): Promise<Told<Type>> {
		return until(`the page to be told: ${type}`, () => this.#heard.find((one) => one.type === type) as Told<Type>);
	}

	#answer<Type extends 'choices' | 'rows' | 'preview'>(type: Type, ask: number): Promise<Told<Type>> {
		const isAnswer = (one: ToFormPage) => one.type === type && one.ask === ask;
		return until(`an answer: ${type}`, () => this.#heard.find(isAnswer) as Told<Type>);
	}

	#close(): void {
		if (!this.#closed) {
			this.#closed = true;
			this.#closing?.();
		}
	}
}

function valueOf({ label, free }: FieldView, choices: readonly ChoiceView[], wanted: string): string {
	const found =
		choices.find((one) => one.label === wanted) ??
		choices.find(({ value }) => value === wanted) ??
		choices.find((one) => one.label.includes(wanted));
	if (!found && !free && wanted !== '') {
		throw new Error(`“${wanted}” is not among ${label}: ${choices.map((one) => one.label).join(' | ')}`);
	}
	return found?.value ?? wanted;
}
