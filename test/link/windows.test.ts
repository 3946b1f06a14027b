import assert from 'node:assert/strict';
import { Emitter } from '../../src/core/event.ts';
import { aloneLink, type Link, Windows } from '../../src/core/windows.ts';
import { keptLog, never } from './support.ts';

/** Links of windows that hear each other at once. */
function joined(count: number): Link[] {
	const emitters = Array.from({ length: count }, () => new Emitter<string>());
	return emitters.map((own) => ({
		...aloneLink(),
		onText: own.event,
		send: (text) => emitters.filter((other) => other !== own).forEach((other) => other.fire(text)),
	}));
}

function windowsOf(count: number, patience = 1000) {
	const log = keptLog();
	const links = joined(count);
	return {
		log,
		links,
		windows: links.map((link) => new Windows(link, log, { patience })) as [Windows, Windows, Windows],
	};
}

describe('what windows tell and ask each other', () => {
	it('reaches those who listen for the subject, in all other windows', () => {
		const { windows } = windowsOf(3);
		const heard: unknown[] = [];
		windows.forEach((window, at) => {
			window.onTold('colour', (content) => heard.push([at, content]));
			window.onTold('size', () => heard.push('wrong'));
		});
		windows[0].tell('colour', { red: 1 });
		assert.deepEqual(heard, [
			[1, { red: 1 }],
			[2, { red: 1 }],
		]);
	});

	it('is heard no more when the handle is disposed, by that listener alone', () => {
		const { windows } = windowsOf(2);
		const heard: string[] = [];
		const listen = () => void heard.push('heard');
		const first = windows[1].onTold('x', listen);
		windows[1].onTold('x', listen);
		first.dispose();
		windows[0].tell('x', null);
		assert.deepEqual(heard, ['heard']);
	});

	it('is answered by whoever has an answer', async () => {
		const { windows } = windowsOf(3);
		windows[0].onAsked('who', () => 'myself');
		windows[1].onAsked('who', () => undefined);
		windows[2].onAsked('who', async (content) => ({ content }));
		assert.deepEqual(await windows[0].ask('who', [1], never), { content: [1] });
	});

	it('takes the first answer, and false and null are answers', async () => {
		const { windows } = windowsOf(3);
		windows[1].onAsked('late', () => new Promise((resolve) => setTimeout(resolve, 5, 'late')));
		windows[2].onAsked('late', () => false);
		assert.equal(await windows[0].ask('late', undefined, never), false);
		windows[1].onAsked('none', () => null);
		assert.equal(await windows[0].ask('none', undefined, never), null);
	});

	it('is undefined where nobody answers in time', async () => {
		const { windows } = windowsOf(2, 5);
		windows[1].onAsked('x', () => new Promise(() => undefined));
		assert.equal(await windows[0].ask('x', 1, never), undefined);
		assert.equal(await new Windows(aloneLink(), keptLog(), { patience: 5 }).ask('x', 1, never), undefined);
	});

	it('is not waited for by one who gives up', async () => {
		const { windows } = windowsOf(2);
		const abort = new AbortController();
		const asked = windows[0].ask('x', 1, abort.signal);
		abort.abort(new Error('given up'));
		await assert.rejects(asked, /given up/);
		await assert.rejects(windows[0].ask('x', 1, abort.signal), /given up/);
	});

	it('is not disturbed by a listener that fails, which the log tells', async () => {
		const { windows, log } = windowsOf(2);
		const heard: string[] = [];
		windows[1].onTold('x', () => {
			throw new Error('broken');
		});
		windows[1].onTold('x', () => void heard.push('heard'));
		windows[1].onAsked('x', () => Promise.reject(new Error('broken too')));
		windows[1].onAsked('x', () => 'answer');
		windows[0].tell('x', 1);
		assert.equal(await windows[0].ask('x', 1, never), 'answer');
		assert.deepEqual(heard, ['heard']);
		assert.equal(log.warnings.length, 2);
	});

	it('is ignored where it makes no sense, and the log does not repeat it', () => {
		const { windows, links, log } = windowsOf(2);
		windows[1].onTold('x', () => assert.fail());
		const texts = ['', 's3cret', 'null', '7', '{"is":"told"}', '{"is":"asked","subject":"x"}', '{"is":"answered"}'];
		for (const text of texts) links[0]?.send(text);
		assert.equal(log.warnings.length, texts.length);
		assert.ok(!log.warnings.join().includes('s3cret'));
		links[0]?.send('{"is":"answered","id":"of a question that nobody asked"}');
		links[0]?.send('{"is":"told","subject":"__proto__","content":1}');
		assert.equal(log.warnings.length, texts.length);
	});

	it('ends when the window is closed: nothing is heard, and a question gets no answer', async () => {
		const { windows } = windowsOf(2);
		windows[1].onTold('x', () => assert.fail());
		const asked = windows[0].ask('x', 1, never);
		windows[0].dispose();
		windows[1].dispose();
		assert.equal(await asked, undefined);
		windows[0].tell('x', 1);
	});
});

describe('a window without others', () => {
	it('runs one at a time under a name, in the order of asking, and other names beside it', async () => {
		const link = aloneLink();
		const ran: string[] = [];
		const { promise, resolve: release } = Promise.withResolvers<void>();
		const first = link.exclusively('x', () => promise, never);
		const others = ['a', 'b'].map((what) =>
			link.exclusively(
				'x',
				async () => {
					ran.push(`${what} starts`);
					await new Promise((resolve) => setImmediate(resolve));
					ran.push(`${what} ends`);
				},
				never,
			),
		);
		await link.exclusively('y', () => Promise.resolve(), never);
		assert.deepEqual(ran, []);
		release();
		await Promise.all([first, ...others]);
		assert.deepEqual(ran, ['a starts', 'a ends', 'b starts', 'b ends']);
	});

	it('lets go at once of one who gives up waiting, and still keeps the others apart', async () => {
		const link = aloneLink();
		const abort = new AbortController();
		const { promise, resolve: release } = Promise.withResolvers<void>();
		const first = link.exclusively('x', () => promise, never);
		const waiting = link.exclusively('x', () => assert.fail(), abort.signal);
		let ran = false;
		const last = link.exclusively('x', async () => void (ran = true), never);
		abort.abort(new Error('given up'));
		await assert.rejects(waiting, /given up/);
		assert.equal(ran, false);
		release();
		await Promise.all([first, last]);
		assert.equal(ran, true);
	});

	it('goes on after a run that failed, and ends waiting when it is closed', async () => {
		const link = aloneLink();
		await assert.rejects(
			link.exclusively('x', () => Promise.reject(new Error('no')), never),
			/^Error: no$/,
		);
		const { promise, resolve: release } = Promise.withResolvers<string>();
		const { promise: started, resolve: start } = Promise.withResolvers<void>();
		const run = (): Promise<string> => {
			start();
			return promise;
		};
		const running = link.exclusively('x', run, never);
		const waiting = link.exclusively('x', () => assert.fail(), never);
		await started;
		link.dispose();
		await assert.rejects(waiting, { name: 'AbortError' });
		release('done');
		assert.equal(await running, 'done');
	});
});
