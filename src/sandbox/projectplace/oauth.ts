import type { Context, Hono } from 'hono';
import { gathered, insist, parted, queryOf, Refusal } from './checks.ts';
import { encode, isForm, signatures } from './oauth1.ts';

/** Who asks. Robots see every workspace of the account; people see those they are members of. */
export interface Principal {
	readonly id: number;
	readonly name: string;
	readonly email: string;
	readonly robot?: boolean;
	readonly reads?: boolean;
}

/** An access token, a refresh token with its access token in `with`, or a code with its redirect address there. */
interface Grant {
	readonly kind: 'access' | 'refresh' | 'code';
	readonly principal: Principal;
	readonly until: number;
	readonly with: string;
}

// The awkward signs are there on purpose: they show who encodes where nothing is to be encoded, and the other way round.
const robot = (number: number, reads: boolean) => ({
	id: 9000 + number,
	name: `Robot ${number}`,
	email: `robot-${number}@quayside.example`,
	robot: true,
	reads,
	oauth1: {
		applicationKey: 'practice-application',
		applicationSecret: 'practice application & secret/1',
		accessTokenKey: `practice_token~${number}`,
		accessTokenSecret: `practice+token=secret%${number}`,
	},
	clientCredentials: { clientId: `practice-robot_${number}`, clientSecret: `practice+robot secret/%${number}:é` },
});
const robots = [robot(1, false), robot(2, true)] as const;
const [{ oauth1, clientCredentials }, reader] = robots;

const callback = 'vscode://boardwalk-tools.boardwalk/signed-in';
const authorizationCode = {
	clientId: 'practice-sign-in',
	clientSecret: 'practice+sign-in/secret',
	redirectUris: ['https://oob', callback, `${callback}?vendor=projectplace`, 'https://127.0.0.1/signed-in'],
};

export const credentials = { oauth1, clientCredentials, authorizationCode };
export const readOnly = { ...reader.oauth1, ...reader.clientCredentials };

/** Seconds. */
const life = { access: 2_592_000, refresh: 10_368_000, code: 600 };

type Form = Readonly<Record<string, string>>;

function refused(error: string, error_description: string): Refusal {
	return new Refusal(error === 'invalid_client' ? 401 : 400, error, { error, error_description });
}

/** Adds the authorisation server to the app; `principalOf` then checks every request to the API. */
export function authorities(app: Hono, clock: () => number, person: Principal) {
	const grants = new Map<string, Grant>();
	const signer = signatures(robots, clock);

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

	app.get('/oauth2/authorize', (c) => {
		const query = asked(unrepeated(queryOf(c)));
		const hidden = Object.entries(query).map(
			([name, value]) => `<input type=hidden name="${html(name)}" value="${html(value)}">`,
		);
		const buttons = ['Allow', 'Deny'].map(
			(word) => `<button name=decision value=${word.toLowerCase()}>${word}</button> `,
		);
		const page = `<form method=post><h1>ProjectPlace (sandbox)</h1><p>Let Boardwalk act for ${html(person.name)}?</p>${[...hidden, ...buttons].join('')}</form>`;
		return c.html(`<!doctype html><html lang=en><title>ProjectPlace sandbox</title>${page}</html>`);
	});
	app.post('/oauth2/authorize', async (c) => {
		const { redirect_uri = '', state, decision } = asked(await formOf(c));
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
			return signer(c, rest);
		}
		const principal = held('access', rest)?.principal;
		insist(scheme === 'Bearer', 'AUTHENTICATION_REQUIRED', 401);
		insist(principal, 'INVALID_TOKEN', 401);
		return principal;
	};
	return { principalOf, grants };
}

function checkClient(known: unknown): asserts known {
	if (!known) {
		throw refused('invalid_client', 'Unknown client or wrong secret.');
	}
}

/** What the consent page was asked for; nobody is sent to an address that is not registered. */
function asked(query: Form): Form {
	const { client_id, redirect_uri = '', response_type = 'code' } = query;
	if (
		client_id !== authorizationCode.clientId ||
		!authorizationCode.redirectUris.includes(redirect_uri) ||
		response_type !== 'code'
	) {
		throw refused('invalid_request', 'The client or its redirect address is not registered.');
	}
	return query;
}

/** An address with more parameters behind those it has. */
function extended(address: string, parameters: Form): string {
	const more = Object.entries(parameters).map(([name, value]) => `${name}=${encode(value)}`);
	return `${address}${address.includes('?') ? '&' : '?'}${more.join('&')}`;
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

const html = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
