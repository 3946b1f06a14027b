import assert from 'node:assert/strict';
import { type Report, reportText, type Surroundings, summary, ticketText } from '../../src/core/doctor.ts';
import type { Finding } from '../../src/core/finding.ts';

const good: Finding = { about: 'Address', state: 'good', message: 'Requests go to https://api.acme.example.' };
const clock: Finding = { about: 'Clock', state: 'warning', message: 'It is late.', next: 'Set it.' };
const refused: Finding = { about: 'Credentials', state: 'bad', message: 'They were refused.', next: 'Sign in again.' };
const proxy: Finding = { about: 'Proxy', state: 'unknown', message: 'The system decides.' };

const surroundings: Surroundings = { extension: '0.1.0', editor: '1.138.0', host: 'remote', system: 'linux x64' };

function reportOf(findings: readonly Finding[], over: Partial<Report> = {}): Report {
	const when = new Date('2026-11-16T09:12:00');
	return { account: 'Acme', vendor: 'Fakeboard', when, findings, secrets: [], ...over };
}

describe('The doctor’s report', () => {
	it('says first how things stand', () => {
		assert.equal(summary({ findings: [good, proxy] }), 'Everything that could be checked is fine.');
		assert.equal(summary({ findings: [good, clock] }), 'One thing needs attention.');
		assert.equal(summary({ findings: [refused, good, clock] }), '2 things need attention.');
	});

	it('reads as it is meant to', () => {
		assert.equal(
			reportText(reportOf([good, clock, proxy, refused])),
			[
				'# Connection of Acme',
				`Fakeboard, ${new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' }).format(new Date('2026-11-16T09:12:00'))}`,
				'**2 things need attention.**',
				'## What needs attention',
				'### Credentials',
				'**✗ Problem:** They were refused.',
				'**Next step:** Sign in again.',
				'### Clock',
				'**⚠ Warning:** It is late.',
				'**Next step:** Set it.',
				'## What is fine',
				'### Address',
				'**✓ Fine:** Requests go to https\\:\\/\\/api.acme.example.',
				'## What can’t be found out from here',
				'### Proxy',
				'**? Not known:** The system decides.',
			].join('\n\n'),
		);
	});

	it('has no heading for what there is none of', () => {
		const text = reportText(reportOf([good]));
		assert.match(text, /## What is fine/);
		assert.doesNotMatch(text, /needs attention\n|found out from here/);
	});

	it('leaves the findings in their order', () => {
		const findings: readonly Finding[] = Object.freeze([clock, refused]);
		reportText(reportOf(findings));
		assert.deepEqual(findings, [clock, refused]);
	});
});

describe('What others wrote', () => {
	const shown = (message: string) => {
		const text = reportText(reportOf([{ ...good, message }]));
		return text.slice(text.indexOf('Fine:** ') + 8);
	};

	for (const [written, escaped] of [
		['**bold** _it_ `code`', '\\*\\*bold\\*\\* \\_it\\_ \\`code\\`'],
		['<img src=x onerror=alert(1)>', '\\<img src=x onerror=alert(1)\\>'],
		['[press](command:boardwalk.signOut)', '\\[press\\](command:boardwalk.signOut)'],
		['![](https://evil.example/x.png)', '!\\[\\](https\\:\\/\\/evil.example/x.png)'],
		['see https://evil.example or //evil.example', 'see https\\:\\/\\/evil.example or \\/\\/evil.example'],
		['ada@evil.example', 'ada\\@evil.example'],
		['&lt; &#60; $x^2$ ~~gone~~', '\\&lt; \\&\\#60; \\$x^2\\$ \\~\\~gone\\~\\~'],
		['left as it is: a & b = c?d=1&e=2 | f!', 'left as it is: a & b = c?d=1&e=2 | f!'],
		['a\\b', 'a\\\\b'],
	] as const) {
		it(`is no markup: ${written}`, () => {
			assert.equal(shown(written), escaped);
		});
	}

	it('stays in its line', () => {
		assert.equal(shown('one\n\n# Heading\r\n- item\u2028x\u0000y\tz'), 'one \\# Heading - item x y z');
	});

	it('does not turn the direction of reading', () => {
		assert.equal(shown('gpj.\u202eexe\u2066'), 'gpj.exe');
	});

	it('is text in names, headings and next steps too', () => {
		const text = reportText(
			reportOf([{ about: '# <b>', state: 'bad', message: 'x', next: '[a](b)' }], {
				account: '*Acme*\n# x',
				vendor: '<v>',
			}),
		);
		assert.match(text, /^# Connection of \\\*Acme\\\* \\# x$/m);
		assert.match(text, /^### \\# \\<b\\>$/m);
		assert.match(text, /^\*\*Next step:\*\* \\\[a\\\]\(b\)$/m);
		assert.match(text, /^\\<v\\>, /m);
	});
});

describe('The copy for a support ticket', () => {
	const named: Finding = {
		about: 'Acts as',
		state: 'good',
		message: 'Requests of Acme are made as Ada Lovelace (ada@acme.example) at API.acme.example from 10.0.0.7.',
		personal: ['Ada Lovelace', 'api.acme.example'],
	};
	const text = ticketText(reportOf([named, { ...clock, next: 'Ask ada lovelace of ACME.' }]), surroundings);

	it('names nobody and nothing, wherever it is named', () => {
		assert.doesNotMatch(text, /acme|ada|lovelace|10\.0\.0/i);
		assert.match(text, /Requests of ‹account› are made as ‹name› \(‹e-mail address›\) at ‹server› from ‹IP address›\./);
		assert.match(text, /^# Connection of ‹account›$/m);
		assert.match(text, /Ask ‹name› of ‹account›\./);
	});

	it('keeps what support needs: findings, states, the vendor and the versions', () => {
		assert.match(text, /\*\*⚠ Warning:\*\* It is late\./);
		assert.match(text, /^Fakeboard, /m);
		assert.match(text, /- Boardwalk 0\.1\.0\n- VS Code 1\.138\.0\n- Runs in: a remote window\n- System: linux x64$/);
	});

	it('is not what the person is shown', () => {
		assert.match(reportText(reportOf([named])), /Ada Lovelace \(ada\\@acme\.example\)/);
	});
});

describe('The account’s secrets', () => {
	const secrets = ['s3cr3t-token_42', 'pa[ss]*w"rd'];
	const echoes = [
		...secrets,
		encodeURIComponent(secrets[1] ?? ''),
		JSON.stringify(secrets[1]),
		`Basic ${Buffer.from(`ada:${secrets[1]}`).toString('base64')}`,
		`Bearer ${secrets[0]}`,
	];
	const findings = echoes.map(
		(echo): Finding => ({ about: echo, state: 'bad', message: `Refused ${echo}.`, next: `Try ${echo}.` }),
	);
	const report = reportOf(findings, { secrets, account: `Acme ${secrets[0]}` });

	for (const [what, text] of [
		['the report', reportText(report)],
		['the copy', ticketText(report, { ...surroundings, system: `linux ${secrets[0]}` })],
	] as const) {
		it(`are not in ${what}, even where a vendor repeats them`, () => {
			// The signs that keep markup from being markup must not hide a secret from this test.
			const plain = text.replaceAll('\\', '');
			for (const echo of echoes) {
				assert.ok(!plain.includes(echo.replace(/^(Basic|Bearer) /, '')), echo);
				assert.ok(!text.includes(echo.replace(/^(Basic|Bearer) /, '')), echo);
			}
			assert.equal([...text.matchAll(/Refused /g)].length, echoes.length);
		});
	}
});
