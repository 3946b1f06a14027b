import type { Step } from '../support.ts';

/** What a vendor's sandbox says about itself. */
export interface Place {
	readonly url: string;
	readonly [name: string]: unknown;
}

interface Typed {
	readonly text: string;
	readonly secret?: true;
	/** Asked again where somebody signs in again, although it is no secret: nothing keeps it. */
	readonly unkept?: true;
}

/** A way to sign in, as a person goes it. */
export interface Way {
	readonly vendor: string;
	/** Its title among the ways of the vendor; absent where there is only one. */
	readonly title?: string;
	/** The id it is kept under. */
	readonly id: string;
	/** What is asked one by one. */
	typed(place: Place): readonly Typed[];
	/** What is filled in afterwards, by the titles of the fields: typed, or with `pick` chosen. */
	listed?(place: Place): readonly (readonly [field: string, answer: Step])[];
	/** How the browser brings its answer back. */
	readonly returning?: 'By itself, into this editor' | 'By hand: you copy the address of the last page';
	/** Whether another way to the same vendor stands for what can be done once one is signed in. */
	readonly entranceOnly?: true;
}

const labels: Readonly<Record<string, string>> = {
	projectplace: 'ProjectPlace',
	productive: 'Productive',
	beebole: 'Beebole',
	planbox: 'Planbox',
	coredata: 'CoreData',
};

const open = (text: unknown): Typed => ({ text: String(text) });
const secret = (text: unknown): Typed => ({ text: String(text), secret: true });
const part = (place: Place, name: string) => place[name] as Readonly<Record<string, string>>;
const server = ({ url }: Place) => [['Server address', { type: url }]] as const;

export const ways: readonly Way[] = [
	{
		vendor: 'projectplace',
		id: 'clientCredentials',
		title: 'Robot (OAuth 2)',
		entranceOnly: true,
		typed: (place) => {
			const { clientId, clientSecret } = part(place, 'clientCredentials');
			return [open(clientId), secret(clientSecret)];
		},
		listed: server,
	},
	{
		vendor: 'projectplace',
		id: 'oauth1',
		title: 'Robot (OAuth 1)',
		entranceOnly: true,
		typed: (place) => {
			const { applicationKey, applicationSecret, accessTokenKey, accessTokenSecret } = part(place, 'oauth1');
			return [open(applicationKey), secret(applicationSecret), open(accessTokenKey), secret(accessTokenSecret)];
		},
		listed: server,
	},
	{
		vendor: 'projectplace',
		id: 'person',
		title: 'In the browser',
		typed: (place) => {
			const { clientId, clientSecret } = part(place, 'authorizationCode');
			return [open(clientId), secret(clientSecret), open(place.url)];
		},
		returning: 'By itself, into this editor',
	},
	{
		vendor: 'projectplace',
		id: 'person1',
		title: 'In the browser (OAuth 1)',
		entranceOnly: true,
		typed: (place) => {
			const { applicationKey, applicationSecret } = part(place, 'oauth1Application');
			return [open(applicationKey), secret(applicationSecret)];
		},
		listed: server,
		returning: 'By hand: you copy the address of the last page',
	},
	{
		vendor: 'productive',
		id: 'token',
		typed: ({ token }) => [secret(token)],
		listed: (place) => [['Organization ID', { type: String(place['organizationId']) }], ...server(place)],
	},
	{ vendor: 'beebole', id: 'token', typed: ({ token }) => [secret(token)], listed: server },
	{
		vendor: 'planbox',
		id: 'password',
		title: 'E-mail and password',
		typed: ({ email, password }) => [{ ...open(email), unkept: true }, secret(password)],
		listed: (place) => [...server(place), newer(place)],
	},
	{
		vendor: 'planbox',
		id: 'token',
		title: 'Access token',
		entranceOnly: true,
		typed: ({ accessToken }) => [secret(accessToken)],
		listed: (place) => [...server(place), newer(place)],
	},
	{
		vendor: 'coredata',
		id: 'apiKey',
		typed: ({ url, user, key }) => [open(url), open(user), secret(key)],
	},
];

function newer({ apiBUrl }: Place): readonly [string, Step] {
	return ['Server address of the newer API', { type: String(apiBUrl) }];
}

/** The steps of a new account up to sending the form; `change` puts something else in the place of a secret. */
export function stepsOf(way: Way, place: Place, change: (text: string) => string = (text) => text): Step[] {
	const { vendor, title, returning } = way;
	const listed = [
		...(way.listed?.(place) ?? []),
		...(returning ? [['How the browser comes back', { pick: returning }] as const] : []),
	];
	return [
		{ pick: labels[vendor] ?? vendor },
		...(title ? [{ pick: title }] : []),
		...way.typed(place).map((one): Step => ({ type: one.secret ? change(one.text) : one.text })),
		...listed.flatMap(([field, answer]): Step[] => [{ pick: field }, answer]),
		// Where nothing is left to fill in, the form is sent at once.
		...(listed.length > 0 ? [{ pick: 'Sign in' }] : []),
	];
}

/** The steps of signing in again: what is known is not asked. */
export function stepsAgain(way: Way, place: Place): Step[] {
	const asked = way.returning ? [] : way.typed(place).filter((one) => one.secret ?? one.unkept);
	return [...asked.map(({ text }): Step => ({ type: text })), { pick: 'Sign in' }];
}
