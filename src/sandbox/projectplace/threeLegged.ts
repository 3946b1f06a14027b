import type { Context, Hono } from 'hono';
import { type Application, extended } from './application.ts';
import { insist } from './checks.ts';
import { oauth1Application, type Principal } from './credentials.ts';
import type { Keys, Verify } from './oauth1.ts';
import { consentPage, html, page, refusalPage } from './pages.ts';

/** A person's key and secret, in the place of those that a robot has from the beginning. */
export interface Signing extends Principal {
	readonly oauth1: Keys;
}

/** What a request token stands for until it is exchanged. */
interface Visit {
	readonly oauth1: Keys;
	readonly callback: string;
	readonly until: number;
	/** Known from the moment the person allows it. */
	verifier?: string;
}

/** Milliseconds that a request token lives. */
const life = 600_000;

interface Needs {
	readonly application: Application;
	readonly verify: Verify;
	readonly clock: () => number;
	readonly person: Principal;
	readonly formOf: (c: Context) => Promise<Readonly<Record<string, string>>>;
}

/** Adds OAuth 1's three steps, RFC 5849, 2. Whoever was let in stands in `signers` from then on. */
export function threeLegged(app: Hono, { application, verify, clock, person, formOf }: Needs): Map<string, Signing> {
	const visits = new Map<string, Visit>();
	const signers = new Map<string, Signing>();
	const open = (token = ''): Visit | undefined => {
		const visit = visits.get(token);
		return visit && visit.until > clock() ? visit : undefined;
	};
	/** A visit that still waits for the person. */
	const waiting = (token: string | undefined): Visit | undefined => {
		const visit = open(token);
		return visit?.verifier === undefined ? visit : undefined;
	};

	app.on(['GET', 'POST'], '/initiate', async (c) => {
		const { given } = await verify(c, [{ oauth1: oauth1Application }], 'oauth_callback');
		const callback = given.oauth_callback ?? '';
		insist(callback === 'oob' || application.isRegistered(callback), 'INVALID_CALLBACK');
		const oauth1 = newKeys('request');
		visits.set(oauth1.accessTokenKey, { oauth1, callback, until: clock() + life });
		return asForm(c, oauth1, { oauth_callback_confirmed: 'true' });
	});

	app.get('/authorize', (c) => {
		const oauth_token = c.req.query('oauth_token') ?? '';
		const visit = waiting(oauth_token);
		return visit ? consentPage(c, person, visit.callback, { oauth_token }) : refusalPage(c, gone);
	});
	app.post('/authorize', async (c) => {
		const { oauth_token = '', decision } = await formOf(c);
		const visit = waiting(oauth_token);
		if (!visit) {
			return refusalPage(c, gone);
		}
		if (decision !== 'allow') {
			visits.delete(oauth_token);
			// What the vendor sends back then, if anything, is not known.
			return page(c, 'Denied', '<p>Boardwalk was not let in. You can close this page.</p>');
		}
		visit.verifier = `verifier+${crypto.randomUUID()}`;
		return visit.callback === 'oob'
			? page(c, 'Allowed', `<p>Type this code where you were asked for it:</p><code>${html(visit.verifier)}</code>`)
			: c.redirect(extended(visit.callback, { oauth_token, oauth_verifier: visit.verifier }));
	});

	app.on(['GET', 'POST'], '/token', async (c) => {
		const { signer, given } = await verify(
			c,
			[...visits.keys()].flatMap((token) => open(token) ?? []),
			'oauth_verifier',
		);
		visits.delete(signer.oauth1.accessTokenKey ?? '');
		insist(signer.verifier !== undefined && signer.verifier === given.oauth_verifier, 'INVALID_VERIFIER', 401);
		const oauth1 = newKeys('access');
		signers.set(oauth1.accessTokenKey, { ...person, oauth1 });
		return asForm(c, oauth1);
	});
	return signers;
}

const gone = 'This request is unknown, used or too old. Start again.';

function newKeys(kind: string): Required<Keys> {
	const [key, secret] = [crypto.randomUUID(), crypto.randomUUID()];
	return { ...oauth1Application, accessTokenKey: `${kind}~${key}`, accessTokenSecret: `${kind}+secret/${secret}=` };
}

function asForm(
	c: Context,
	{ accessTokenKey, accessTokenSecret }: Required<Keys>,
	more: Readonly<Record<string, string>> = {},
): Response {
	const body = new URLSearchParams({ oauth_token: accessTokenKey, oauth_token_secret: accessTokenSecret, ...more });
	return c.body(body.toString(), 200, { 'content-type': 'application/x-www-form-urlencoded' });
}
