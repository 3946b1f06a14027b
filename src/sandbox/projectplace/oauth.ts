import type { Context, Hono } from 'hono';
import { applicationOf, extended, notRegistered } from './application.ts';
import { gathered, insist, parted, queryOf, Refusal } from './checks.ts';
import { authorizationCode, type Principal, robots } from './credentials.ts';
import { isForm, signatures } from './oauth1.ts';
import { consentPage, refusalPage } from './pages.ts';
import { threeLegged } from './threeLegged.ts';

/** An access token, a refresh token with its access token in `with`, or a code with its redirect address there. */
interface Grant {
	readonly kind: 'access' | 'refresh' | 'code';
	readonly principal: Principal;
	readonly until: number;
	readonly with: string;
}

/** Seconds. */
const life = { access: 2_592_000, refresh: 10_368_000, code: 600 };

type Form = Readonly<Record<string, string>>;

function refused(error: string, error_description: string): Refusal {
	return new Refusal(error === 'invalid_client' ? 401 : 400, error, { error, error_description });
}

/** Adds the authorisation server to the app; `principalOf` then checks every request to the API. */
export function authorities(app: Hono, clock: () => number, person: Principal) {
	const grants = new Map<string, Grant>();
	const application = applicationOf(app, formOf);
	const verify = signatures(clock);
	const signers = threeLegged(app, { application, verify, clock, person, formOf });

	const issue = (kind: Grant['kind'], principal: Principal, beside = ''): string => {
		const token = crypto.randomUUID();
		grants.set(token, { kind, principal, until: clock() + life[kind] * 1000, with: beside });
		return token;
	};
	const held = (kind: Grant['kind'], token = ''): Grant | undefined => {
		const grant = grants.get(token);
		return grant?.kind === kind && grant.until > clock() ? grant : undefined;
	};
	/** Codes and refresh tokens serve once. */
	const takeUp = (kind: Grant['kind'], token: string | undefined): Grant => {
		const grant = held(kind, token);
		if (!grant) {
			throw refused('invalid_grant', 'Unknown, used or too old.');
		}
		grants.delete(token ?? '');
		return grant;
	};
	const pair = (principal: Principal): object => {
		const access_token = issue('access', principal);
		return { access_token, expires: life.access, refresh_token: issue('refresh', principal, access_token) };
	};
	const granted = (form: Form, header: string | undefined): object => {
		const { grant_type, client_id, client_secret } = form;
		if (grant_type === 'client_credentials') {
			if (header && (client_id ?? client_secret) !== undefined) {
				throw refused('invalid_request', 'The client shows itself twice.');
			}
			const [id, secret] = header ? basic(header) : [client_id, client_secret];
			const who = robots.find(
				({ clientCredentials: { clientId, clientSecret } }) => clientId === id && clientSecret === secret,
			);
			checkClient(who);
			return {
				access_token: issue('access', who),
				token_type: 'Bearer',
				expires: life.access,
				expires_in: life.access,
			};
		}
		if (grant_type !== 'authorization_code' && grant_type !== 'refresh_token') {
			throw refused('unsupported_grant_type', 'This grant is not known.');
		}
		checkClient(client_id === authorizationCode.clientId && client_secret === authorizationCode.clientSecret);
		if (grant_type === 'refresh_token') {
			const old = takeUp('refresh', form.refresh_token);
			grants.delete(old.with);
			return pair(old.principal);
		}
		const code = takeUp('code', form.code);
		if (form.redirect_uri !== undefined && form.redirect_uri !== code.with) {
			throw refused('invalid_grant', 'Another redirect address.');
		}
		return pair(code.principal);
	};

	/** Why nobody is asked or sent anywhere. */
	const problemOf = ({ client_id, redirect_uri = '', response_type = 'code' }: Form): string | undefined => {
		if (client_id !== authorizationCode.clientId) {
			return 'There is no application with this key.';
		}
		const isKnown = application.isRegistered(redirect_uri);
		return isKnown ? (response_type === 'code' ? undefined : 'Only codes are given.') : notRegistered(redirect_uri);
	};
	app.get('/oauth2/authorize', (c) => {
		const query = unrepeated(queryOf(c));
		const problem = problemOf(query);
		return problem ? refusalPage(c, problem) : consentPage(c, person, query.redirect_uri ?? '', query);
	});
	app.post('/oauth2/authorize', async (c) => {
		const form = await formOf(c);
		const { redirect_uri = '', state, decision } = form;
		const problem = problemOf(form);
		if (problem) {
			return refusalPage(c, problem);
		}
		const answer: Form =
			decision === 'allow'
				? { code: issue('code', person, redirect_uri) }
				: { error: 'access_denied', error_description: 'Denied.' };
		return c.redirect(extended(redirect_uri, state ? { ...answer, state } : answer));
	});
	app.post('/oauth2/access_token', async (c) => c.json(granted(await formOf(c), c.req.header('authorization'))));

	/** Throws where the request proves nobody. Reads the body of forms alone, because only they are signed. */
	const principalOf = async (c: Context): Promise<Principal> => {
		const [scheme, rest] = parted(c.req.header('authorization') ?? '', ' ');
		if (scheme === 'OAuth') {
			return (await verify(c, [...robots, ...signers.values()])).signer;
		}
		const principal = held('access', rest)?.principal;
		insist(scheme === 'Bearer', 'AUTHENTICATION_REQUIRED', 401);
		insist(principal, 'INVALID_TOKEN', 401);
		return principal;
	};
	return { principalOf, grants, signers };
}

function checkClient(known: unknown): asserts known {
	if (!known) {
		throw refused('invalid_client', 'Unknown client or wrong secret.');
	}
}

const unrepeated = (text: string): Form =>
	gathered(text, refused('invalid_request', 'A parameter comes more than once.'));

async function formOf(c: Context): Promise<Form> {
	if (!isForm(c)) {
		throw refused('invalid_request', 'The body must be a form.');
	}
	return unrepeated(await c.req.text());
}

function basic(header: string): [string, string] {
	const [scheme, text] = parted(header, ' ');
	const bytes = Uint8Array.from(atob(scheme === 'Basic' ? text : ''), (sign) => sign.charCodeAt(0));
	return parted(new TextDecoder().decode(bytes), ':');
}
