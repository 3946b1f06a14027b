import type { Account } from '../core/accounts.ts';
import type { Field, Form } from '../core/form.ts';
import { withProgress } from '../host/progress.ts';
import { confirmed } from './confirmed.ts';
import { fillOnPage } from './formPage.ts';
import { fillBySteps } from './formSteps.ts';
import type { Services } from './services.ts';

const mostSteps = 3;

/**
 * Has a person fill in a form, and sends it: in steps where it is short, else on a page. Undefined where the person left. What
 * fails is said where it is filled in, with everything that was typed; only a form without fields throws.
 */
export async function fillForm<T>(services: Services, form: Form<T>, account?: Account): Promise<T | undefined> {
	if (form.fields.length === 0) {
		return sendBare(form);
	}
	return wantsPage(form) ? fillOnPage(services, form, account) : fillBySteps(form);
}

async function sendBare<T>(form: Form<T>): Promise<T | undefined> {
	const question = form.confirmation?.({});
	return question && !(await confirmed(form.title, question))
		? undefined
		: withProgress(form.title, (signal, advance) => form.submit({}, signal, (message) => advance(message)));
}

/** A secret stays out of pages, which keep what is typed. */
export function wantsPage({ fields, preview }: Form<unknown>): boolean {
	const isSecret = fields.some((field) => field.kind === 'text' && field.secret);
	return !isSecret && (fields.length > mostSteps || preview !== undefined || fields.some(needsRoom));
}

function needsRoom(field: Field): boolean {
	return field.kind === 'mapping' || (field.kind === 'text' && field.multiline === true && field.html === true);
}
