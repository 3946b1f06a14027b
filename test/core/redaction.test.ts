import assert from 'node:assert/strict';
import { assert as always, array, property, string } from 'fast-check';
import { withoutNames, withoutSecrets } from '../../src/core/redaction.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('Secrets taken out of a text', () => {
	const secret = "p@ss wörd+/'%&<ü>";
	const hide = withoutSecrets([secret, 'tok_0123456789']);

	for (const [how, disguised] of [
		['as they are', secret],
		['in other case', secret.toUpperCase()],
		['percent-encoded', encodeURIComponent(secret)],
		['percent-encoded in lower case', encodeURIComponent(secret).toLowerCase()],
		['as a form sends them', new URLSearchParams({ password: secret }).toString().split('=')[1] ?? ''],
		['encoded twice, as OAuth 1 signs them', encodeURIComponent(encodeURIComponent(secret).replaceAll("'", '%27'))],
		['within JSON', JSON.stringify('tok_0123456789').slice(1, -1)],
		['in base64', base64(secret)],
		['in base64url', Buffer.from(secret).toString('base64url')],
		['as the password of a header', base64(`ada@acme.example:${secret}`)],
		['as the user of a header', base64(`${secret}:x`)],
		['as both', base64(`tok_0123456789:${secret}`)],
	] as const) {
		it(`are found ${how}`, () => {
			assert.equal(hide(`before ${disguised} after`), 'before ‹secret› after');
		});
	}

	it('are found every time, the longest first', () => {
		assert.equal(
			withoutSecrets(['abcdef', 'abcdefgh'])('abcdefgh, abcdef and abcdefgh'),
			'‹secret›, ‹secret› and ‹secret›',
		);
	});

	it('are found where a long answer was cut in the middle of one', () => {
		const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl';
		assert.equal(withoutSecrets([token])(`The token ${token.slice(0, 40)}… is bad.`), 'The token ‹secret› is bad.');
	});

	it('leave a text alone where they are too short to be told from words', () => {
		assert.equal(withoutSecrets(['abc', ''])('abc stays'), 'abc stays');
	});

	it('are found in base64 whatever stands around them', () => {
		const printable = string({ unit: 'grapheme', maxLength: 20 });
		always(
			property(string({ minLength: 6, maxLength: 40 }), printable, printable, (one, before, after) => {
				const text = base64(`${before}${one}${after}`);
				assert.equal(withoutSecrets([one])(`Basic ${text}.`).replace(/^Basic /, ''), '‹secret›.');
			}),
		);
	});
});

describe('Names taken out of a text', () => {
	const hide = withoutNames({
		account: 'Acme (2)',
		personal: ['Ada', 'Ada Lovelace', 'api.acme.example', 'api.acme.example:8443', 'Al', 'Acme Ltd'],
	});

	for (const [text, hidden] of [
		['Acme (2) is signed in as Ada Lovelace.', '‹account› is signed in as ‹name›.'],
		['Ada and ADA, not Alan but Al.', '‹name› and ‹name›, not Alan but ‹name›.'],
		['https://API.acme.example:8443/v2 and api.acme.example', 'https://‹server›/v2 and ‹server›'],
		['Write to ada@acme.example or <grace.hopper+x@navy.example>.', 'Write to ‹e-mail address› or <‹e-mail address›>.'],
		['10.0.0.7, 192.168.1.254 and 10.0.0.7.', '‹IP address›, ‹IP address› and ‹IP address›.'],
		[
			'2001:db8::1, ::1, fe80::1%eth0 and ::ffff:10.0.0.7',
			Array(4)
				.fill('‹IP address›')
				.join(', ')
				.replace(/, (?=[^,]*$)/, ' and '),
		],
		['[2001:db8:0:0:0:0:0:1]:443', '[‹IP address›]:443'],
		['Since 10:32:05 of 2026-11-16, in version 1.138.0.', 'Since 10:32:05 of 2026-11-16, in version 1.138.0.'],
		['The company is Acme Ltd.', 'The company is ‹name›.'],
	] as const) {
		it(`turn ${JSON.stringify(text)} into ${JSON.stringify(hidden)}`, () => {
			assert.equal(hide(text), hidden);
		});
	}

	it('never include what stands for another name', () => {
		assert.equal(
			withoutNames({ account: 'account', personal: ['name', 'account'] })('account, name'),
			'‹account›, ‹name›',
		);
	});

	it('may be empty', () => {
		assert.equal(withoutNames({ account: '', personal: ['', ' '] })('Nothing to hide.'), 'Nothing to hide.');
	});

	it('are text and no pattern', () => {
		assert.equal(withoutNames({ account: '.*', personal: ['a|b'] })('all a|b .* all'), 'all ‹name› ‹account› all');
	});

	it('are gone whatever they are', () => {
		const name = string({ minLength: 3, maxLength: 30 }).filter(
			(one) => one.trim().length > 2 && !/[‹›]|account|name|server|address/i.test(one),
		);
		always(
			property(name, array(name), (account, personal) => {
				const hidden = withoutNames({ account, personal })(`Here is ${account}; ${personal.join(' and ')}.`);
				for (const one of [account, ...personal].map((part) => part.trim()).filter((part) => part.length > 6)) {
					assert.ok(!hidden.toLowerCase().includes(one.toLowerCase()), hidden);
				}
			}),
		);
	});
});
