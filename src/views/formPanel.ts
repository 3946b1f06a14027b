import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import {
	type ErrorAction,
	InvalidInput,
	isCancellation,
	type Problem,
	ProviderError,
	Refused,
} from '../core/errors.ts';
import {
	type Confirmation,
	type Field,
	type Form,
	type MappingField,
	type PathField,
	problemsOf,
	type Values,
} from '../core/form.ts';
import type { FromFormPage, ToFormPage } from '../pages/formProtocol.ts';
import { failureText } from './format.ts';
import { FormOffers } from './formOffers.ts';
import { completed, toFormView, toValues, withoutBare } from './formView.ts';
import { fillPanel, type Page } from './page.ts';

/** What the page of a form needs of the commands. */
export interface FormContext {
	readonly extension: vscode.Uri;
	/** Where it will go, such as the account. */
	readonly place?: string;
	readonly agree: (confirmation: Confirmation) => Promise<boolean>;
	/** Asks whether what was typed may be lost. */
	readonly agreeToLeave: () => Promise<boolean>;
	readonly choosePath: (field: PathField, before: Values[string]) => Promise<string | undefined>;
	readonly openHelp: (url: string) => Promise<void>;
	/** Puts a failure into the log. */
	readonly note: (error: unknown) => void;
	readonly act: (action: ErrorAction) => Promise<void>;
}

type Told = Extract<ToFormPage, { type: 'problems' }>;
type Asked<Type> = Extract<FromFormPage, { type: Type }>;

/** One form in a tab of the editor, until it is sent or left. */
export class FormPanel<T> {
	/** What sending it made; undefined where the person left. Fails only where the tab was closed while it was being sent. */
	readonly result: Promise<T | undefined>;
	readonly #context: FormContext;
	readonly #form: Form<T>;
	readonly #page: Page<ToFormPage>;
	readonly #offers: FormOffers;
	readonly #leaving = new AbortController();
	readonly #ended = Promise.withResolvers<T | undefined>();
	#sending: { readonly stop: AbortController; text: string } | undefined;
	/** What the last attempt to send it ended with: told again where the page was hidden meanwhile. */
	#told: Told | undefined;
	#action: ErrorAction | undefined;

	constructor(context: FormContext, form: Form<T>, panel: vscode.WebviewPanel) {
		this.#context = context;
		this.#form = form;
		this.result = this.#ended.promise;
		const heard = panel.webview.onDidReceiveMessage((message: FromFormPage) => void this.#hear(message));
		panel.onDidDispose(() => {
			heard.dispose();
			this.#leaving.abort();
			if (!this.#sending) {
				this.#ended.resolve(undefined);
			}
		});
		const { signal } = this.#leaving;
		this.#offers = new FormOffers(form, context.note, (message) => this.#page.tell(message), signal);
		this.#page = fillPanel<ToFormPage>(panel, { extension: context.extension, page: 'form', address: undefined });
	}

	async #hear(message: FromFormPage): Promise<void> {
		try {
			await this.#obey(message);
		} catch (error) {
			if (!isCancellation(error)) {
				this.#fail(error);
			}
		}
	}

	#obey(message: FromFormPage): Promise<void> | void {
		switch (message.type) {
			case 'ready':
				return this.#draw();
			case 'choices':
				return this.#offers.tellChoices(message);
			case 'rows':
				return this.#offers.tellRows(message);
			case 'pick':
				return this.#pick(message);
			case 'preview':
				return this.#tellPreview(message);
			case 'submit':
				return this.#submit(message.values);
			case 'stop':
				return this.#sending?.stop.abort();
			case 'leave':
				return this.#leave(message.typed);
			case 'act':
				return this.#action && this.#context.act(this.#action);
			case 'help':
				return this.#context.openHelp(this.#form.helpUrl ?? '');
		}
	}

	async #draw(): Promise<void> {
		this.#tellForm();
		if (this.#sending) {
			this.#page.tell({ type: 'sending', text: this.#sending.text });
		} else if (this.#told) {
			this.#page.tell(this.#told);
		}
		if (await this.#offers.name()) {
			this.#tellForm();
		}
	}

	#tellForm(): void {
		this.#page.tell({ type: 'form', form: toFormView(this.#form, this.#context.place, this.#offers.names) });
	}

	#values(told: Values): Values {
		return toValues(this.#form.fields, told);
	}

	async #pick({ field: id, values }: Asked<'pick'>): Promise<void> {
		const field = this.#form.fields.find((one) => one.id === id);
		const isPath = field?.kind === 'path';
		const value = isPath ? await this.#context.choosePath(field, this.#values(values)[id]) : undefined;
		if (value !== undefined) {
			this.#page.tell({ type: 'picked', field: id, value });
		}
	}

	#tellPreview({ ask, values }: Asked<'preview'>): void {
		const { preview } = this.#form;
		if (preview) {
			this.#page.tell({ type: 'preview', ask, text: preview.of(this.#values(values)) });
		}
	}

	async #leave(isTyped: boolean): Promise<void> {
		if (!isTyped || (await this.#context.agreeToLeave())) {
			this.#page.panel.dispose();
		}
	}

	async #submit(told: Values): Promise<void> {
		if (this.#sending) {
			return;
		}
		const stop = new AbortController();
		this.#sending = { stop, text: '' };
		this.#told = undefined;
		this.#action = undefined;
		try {
			const done = await this.#send(told, AbortSignal.any([stop.signal, this.#leaving.signal]));
			this.#sending = undefined;
			if (done || this.#leaving.signal.aborted) {
				this.#ended.resolve(done?.result);
				this.#page.panel.dispose();
			} else {
				this.#settle('');
			}
		} catch (error) {
			this.#sending = undefined;
			this.#end(error);
		}
	}

	/** Undefined where the person did not confirm it. */
	async #send(told: Values, signal: AbortSignal): Promise<{ readonly result: T } | undefined> {
		this.#progress(t('Checking…'));
		const values = await this.#whole(this.#values(told), signal);
		const problems = problemsOf(withoutBare(this.#form.fields, values), values);
		if (problems.length > 0) {
			throw new InvalidInput(problems);
		}
		const question = this.#form.confirmation?.(values);
		if (question && !(await this.#context.agree(question))) {
			return undefined;
		}
		this.#progress(t('Sending…'));
		return { result: await this.#form.submit(values, signal, (message) => this.#progress(message)) };
	}

	/** With a place for everything on the left of mappings: what was left open must not be left out. */
	async #whole(values: Values, signal: AbortSignal): Promise<Values> {
		const mappings = this.#form.fields.filter((field): field is MappingField => field.kind === 'mapping');
		const whole = await Promise.all(
			mappings.map(async (field) => [field.id, completed(await field.rows(values, signal), values[field.id])] as const),
		);
		return { ...values, ...Object.fromEntries(whole) };
	}

	#progress(text: string): void {
		if (this.#sending) {
			this.#sending.text = text;
			this.#page.tell({ type: 'sending', text });
		}
	}

	#settle(text: string): void {
		this.#page.tell({ type: 'settled', text });
	}

	/** Nothing came of it. A tab that was closed meanwhile can't say so: then whoever waits is told. */
	#end(error: unknown): void {
		const isLeft = this.#leaving.signal.aborted;
		if (!isCancellation(error)) {
			return isLeft ? this.#ended.reject(error) : this.#fail(error);
		}
		return isLeft ? this.#ended.resolve(undefined) : this.#settle(t('Cancelled.'));
	}

	#fail(error: unknown): void {
		this.#context.note(error);
		const problems = error instanceof Refused || error instanceof InvalidInput ? error.problems : [];
		this.#action = error instanceof ProviderError ? error.action : { kind: 'showLog' };
		const isOurs = error instanceof InvalidInput;
		this.#told = {
			type: 'problems',
			problems: withFields(problems, this.#form.fields),
			message: isOurs ? t('Something is missing or wrong.') : failureText(error),
			action: problems.length > 0 ? undefined : actionView(this.#action),
		};
		this.#page.tell(this.#told);
		// Nobody would see it in a tab that another one hides.
		this.#page.panel.reveal(undefined, true);
	}
}

/** What is wrong with something that the form does not show is said with the whole. */
function withFields(problems: readonly Problem[], fields: readonly Field[]): readonly Problem[] {
	return problems.map(({ field, message }) =>
		fields.some(({ id }) => id === field) ? { field, message } : { message },
	);
}

function actionView({ kind }: ErrorAction): Told['action'] {
	const labels = {
		signIn: t('Sign in again'),
		retry: t('Try again'),
		refresh: t('Refresh'),
		openInBrowser: t('Open in browser'),
		showLog: t('Show log'),
	};
	return { label: labels[kind], again: kind === 'retry' };
}
