/**
 * Each test of this suite goes on where the one before it ended: after a failure the others are skipped. Mocha's own `bail` would
 * end the whole run where files run side by side.
 */
export function inOrder(): void {
	let hasFailed = false;
	beforeEach(function () {
		if (hasFailed) this.skip();
	});
	afterEach(function () {
		hasFailed ||= this.currentTest?.state === 'failed';
	});
}
