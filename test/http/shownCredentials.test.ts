import assert from 'node:assert/strict';
import { OutcomeUnknown, Refused } from '../../src/core/errors.ts';
import { send } from '../../src/files/upload.ts';
import { multipart } from '../../src/http/multipart.ts';
import { signOAuth1 } from '../../src/http/oauth1.ts';
import type { HttpOptions, Reply } from '../../src/http/request.ts';
import { type Answer, json, type Opponent, startOpponent, wordsOf } from './opponent.ts';

type Authorize = NonNullable<HttpOptions['authorize']>;

const signal = (): AbortSignal => new AbortController().signal;
const withHeader =
	(name: string, value: string): Authorize =>
	(request) => {
		request.headers.set(name, value);
		return request;
	};
const explain = ({ body }: Reply) => {
	const { error } = body as { error: string };
	return { reason: error, problems: [{ field: 'name', message: error }] };
};

/** A server that says back what it was sent: a header, or what is made of one. */
const saysBack =
	(words: (headers: Record<string, unknown>, url: string) => string): Answer =>
	(response, { headers, url = '' }) =>
		json({ error: `Nothing here for ${words(headers, url)} today` }, 400)(response, {} as never);

describe('The words of a server that says back what it was sent', () => {
	let opponent: Opponent;

	beforeEach(async () => {
		opponent = await startOpponent();
	});
	afterEach(() => opponent.close());

	const cases: readonly (readonly [string, Authorize, string, Answer])[] = [
		[
			'a bearer token',
			withHeader('authorization', 'Bearer t0ken-of-mine'),
			't0ken-of-mine',
			saysBack(({ authorization }) => String(authorization)),
		],
		[
			'a token that is encoded',
			withHeader('x-auth-token', 't0ken/of+mine'),
			't0ken%2Fof%2Bmine',
			saysBack((headers) => encodeURIComponent(String(headers['x-auth-token']))),
		],
		[
			'a name and a password, as they came',
			withHeader('authorization', `Basic ${btoa('t0ken-of-mine:x')}`),
			btoa('t0ken-of-mine:x'),
			saysBack(({ authorization }) => String(authorization)),
		],
		[
			'a name and a password, in clear',
			withHeader('authorization', `Basic ${btoa('somebody:p4ss:word')}`),
			'p4ss:word',
			saysBack(({ authorization }) => atob(String(authorization).slice(6))),
		],
		[
			'a key behind a name',
			withHeader('authorization', 'apikey ada:k3y-of-mine'),
			'k3y-of-mine',
			saysBack(({ authorization }) => String(authorization).split(':')[1] ?? ''),
		],
		[
			'a token in the address',
			(request) => new Request(`${request.url}?token=t0ken-of-mine`, request),
			't0ken-of-mine',
			saysBack((_headers, url) => url),
		],
		[
			'the token of a signature',
			(request) =>
				signOAuth1(request, { consumerKey: 'k', consumerSecret: 's', token: 't0ken/of mine', tokenSecret: 'ts' }),
			't0ken%2Fof%20mine',
			saysBack(({ authorization }) => String(authorization)),
		],
	];

	for (const [what, authorize, secret, answer] of cases) {
		it(`do not show ${what}`, async () => {
			opponent.answers(answer);
			const error = await failureOf(opponent.http({ authorize, explain }).reply({ path: '/things' }, signal()));
			assert.ok(error instanceof Refused);
			const shown = [wordsOf(error), ...error.problems.map(({ message }) => message)].join('\n');
			assert.match(shown, /Nothing here for .*‹secret›.* today/);
			assert.ok(!shown.includes(secret), shown);
		});
	}

	it('do not show it after an upload either', async () => {
		opponent.answers(saysBack(({ authorization }) => String(authorization)));
		const http = opponent.http({ authorize: withHeader('authorization', 'Bearer t0ken-of-mine'), explain });
		const error = await failureOf(http.upload({ path: '/files' }, () => multipart([['name', 'x']]), send, signal()));
		assert.match(error.message, /‹secret›/);
		assert.doesNotMatch(error.message, /t0ken/);
	});

	it('are whole where nothing of it stands in them', async () => {
		opponent.answers(json({ error: 'The name is taken' }, 400));
		const http = opponent.http({ authorize: withHeader('authorization', 'Bearer t0ken-of-mine'), explain });
		assert.match((await failureOf(http.reply({ path: '/things' }, signal()))).message, /: The name is taken\.$/);
	});
});

async function failureOf(run: Promise<unknown>): Promise<Error> {
	return run.then(
		() => assert.fail('it did not fail'),
		(error: unknown) => {
			assert.ok(error instanceof Refused || error instanceof OutcomeUnknown, String(error));
			return error;
		},
	);
}
