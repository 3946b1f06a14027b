import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import { Refused } from '../core/errors.ts';
import type { Field, Form, Values } from '../core/form.ts';
import { type Attempt, answerIn } from '../core/handshakes.ts';
import type { Provider, SignedIn, SignInWay } from '../core/provider.ts';
import { askChoice, pickOne } from '../host/ask.ts';
import { withProgress } from '../host/progress.ts';
import { returningField } from './browserSignIn.ts';
import { fillForm } from './fillForm.ts';
import type { Services } from './services.ts';

/** Signing in: asking how, filling in, checking at the vendor, keeping. */

/** Signs in at a vendor and keeps the account, or several where the credentials open several; empty where the person left. */
export async function signInNew(services: Services, provider: Provider): Promise<readonly Account[]> {
	const way = await pickWay(provider);
	const signedIn = way && (await fillForm(services, signInForm(services, provider, way)));
	return signedIn ? keepNew(services, provider, signedIn) : [];
}

/** Fresh credentials for an account that is here: it keeps its name and place. False where the person left. */
export async function signInAnew(services: Services, account: Account): Promise<boolean> {
	const provider = services.sessions.provider(account);
	const way = provider.signInWays.find(({ id }) => id === account.way) ?? (await pickWay(provider));
	const signedIn =
		way && (await fillForm(services, signInForm(services, provider, way, await knownOf(services, account))));
	const same = signedIn && sameOf(signedIn, account);
	if (same) {
		await services.accounts.renew(account.id, same);
	}
	return same !== undefined;
}

/** Signs in for another extension that asks: the account it names again, else one more. */
export async function signInFor(
	services: Services,
	provider: Provider,
	account: Account | undefined,
): Promise<readonly Account[]> {
	if (!account) {
		return signInNew(services, provider);
	}
	return (await signInAnew(services, account)) ? [account] : [];
}

/** Goes on with the sign-ins whose window was opened anew while they waited for the browser. */
export async function resumeSignIns(services: Services): Promise<void> {
	const { handshakes, windows } = services;
	const { signal } = new AbortController();
	// One window at a time looks, or two would go on with the same one.
	await windows.exclusively(
		'handshakes',
		async () => {
			for (const attempt of await handshakes.orphans(signal)) {
				void resume(services, attempt).catch((error: unknown) => services.report(error));
			}
		},
		signal,
	);
}

/** What the browser came back with, in the query of the address the editor was opened by. */
export async function takeSignInAnswer(services: Services, query: string): Promise<void> {
	try {
		await services.browserSignIns.take(answerIn(query));
	} catch (error) {
		services.report(error, { retry: () => vscode.commands.executeCommand('boardwalk.addAccount') });
	}
}

async function resume(services: Services, attempt: Attempt): Promise<void> {
	const provider = services.providers.find(({ id }) => id === attempt.provider);
	const way = provider?.signInWays.find(({ id }) => id === attempt.way);
	if (!provider || !way || !('begin' in way)) {
		return;
	}
	const { values } = attempt;
	const signedIn = await withProgress(titleOf(provider), (signal, tell) =>
		services.browserSignIns.resume(attempt, { provider, way, values }, signal, tell),
	);
	const account = services.accounts.list().find(({ id }) => id === attempt.account);
	if (account) {
		await services.accounts.renew(account.id, sameOf(signedIn, account));
	} else {
		await keepNew(services, provider, signedIn);
	}
}

interface Known {
	readonly account: Account;
	readonly values: Values;
}

/** What was typed for an account before, so that signing in again asks little. */
async function knownOf({ accounts }: Services, account: Account): Promise<Known> {
	const secrets = await accounts
		.credentials(account)
		.read()
		.catch(() => ({}));
	return { account, values: { ...account.facts, ...secrets, server: account.server } };
}

function signInForm(services: Services, provider: Provider, way: SignInWay, known?: Known): Form<readonly SignedIn[]> {
	const account = known?.account;
	const checked = (signedIn: readonly SignedIn[]) => (account ? [sameOf(signedIn, account)] : signedIn);
	const common = {
		title: titleOf(provider),
		submitLabel: t('Sign in'),
		helpUrl: way.helpUrl,
		prefilled: account !== undefined,
	};
	if ('signIn' in way) {
		return {
			...common,
			fields: way.fields.map((field) => filledIn(field, known?.values, false)),
			submit: async (values, signal) => checked(await way.signIn(values, services.signInIo(provider), signal)),
		};
	}
	const remembered = known?.account.facts['returning'];
	return {
		...common,
		fields: [...way.fields.map((field) => filledIn(field, known?.values, true)), returningField(way, remembered)],
		submit: async (values, signal, tell = () => undefined) => {
			const request = { provider, way, values, account: account?.id };
			return checked(await services.browserSignIns.signIn(request, signal, tell));
		},
	};
}

/** A field with what is known. A secret that the vendor refused is typed anew; an application's key is no such secret. */
function filledIn(field: Field, values: Values | undefined, secretsToo: boolean): Field {
	const known = values?.[field.id];
	return field.kind === 'text' && typeof known === 'string' && (secretsToo || !field.secret)
		? { ...field, initial: known }
		: field;
}

/** Throws `Refused` where somebody else signed in. */
function sameOf(signedIn: readonly SignedIn[], { identity, name }: Account): SignedIn {
	const same = signedIn.find((one) => one.identity === identity);
	if (!same) {
		throw new Refused(t('These credentials belong to another account than {0}. Add it as a new account.', name));
	}
	return same;
}

async function keepNew(
	{ accounts }: Services,
	provider: Provider,
	signedIn: readonly SignedIn[],
): Promise<readonly Account[]> {
	const kept: Account[] = [];
	for (const one of await pickAccounts(provider, signedIn)) {
		kept.push(await accounts.add(provider.id, one));
	}
	return kept;
}

function pickWay(provider: Provider): Promise<SignInWay | undefined> {
	const [only, ...others] = provider.signInWays;
	return others.length === 0
		? Promise.resolve(only)
		: pickOne(
				titleOf(provider),
				provider.signInWays.map((value) => ({ label: value.label, detail: value.detail, value })),
			);
}

/** Asks which accounts to keep where the credentials open more than one. */
async function pickAccounts(provider: Provider, signedIn: readonly SignedIn[]): Promise<readonly SignedIn[]> {
	if (signedIn.length === 1) {
		return signedIn;
	}
	const answer = await askChoice({
		title: titleOf(provider),
		prompt: t('Which of these do you want to see?'),
		many: true,
		chosen: signedIn.map(({ identity }) => identity),
		choices: async () => ({ items: signedIn.map(({ identity, label }) => ({ value: identity, label })) }),
	});
	const wanted = answer.kind === 'value' ? answer.value.map(({ value }) => value) : [];
	return signedIn.filter(({ identity }) => wanted.includes(identity));
}

function titleOf({ label }: Provider): string {
	return t('Sign in to {0}', label);
}
