import assert from 'node:assert/strict';
import { assert as forAll, property, string } from 'fast-check';
import { safeFileName } from '../../src/core/fileName.ts';

describe('a file name from a server', () => {
	for (const [name, safe] of [
		['Plan é.pdf', 'Plan é.pdf'],
		['../../etc/passwd', 'passwd'],
		['C:\\Users\\x\\plan.txt', 'plan.txt'],
		['con.txt', '_con.txt'],
		['trailing. . ', 'trailing'],
		['a\u0000b?.txt', 'a_b_.txt'],
		['..', 'document'],
		['', 'document'],
		['みなと案内.md', 'みなと案内.md'],
	] as const) {
		it(`turns ${JSON.stringify(name)} into ${JSON.stringify(safe)}`, () => {
			assert.equal(safeFileName(name), safe);
		});
	}

	it('keeps its ending when it is cut', () => {
		const cut = safeFileName(`${'ü'.repeat(300)}.pdf`);
		assert.ok(cut.endsWith('ü.pdf') && new TextEncoder().encode(cut).length <= 240);
	});

	it('never leaves its folder, whatever it is', () => {
		forAll(
			property(string({ unit: 'binary', maxLength: 400 }), (name) => {
				const safe = safeFileName(name);
				assert.ok(safe !== '' && !/[/\\:\p{Cc}]/u.test(safe) && !/^\.+$/.test(safe) && !/[. ]$/.test(safe), safe);
				assert.ok(new TextEncoder().encode(safe).length <= 255);
			}),
		);
	});
});
