import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Editor, never, until, WindowProcess } from './support.ts';

type Three = [WindowProcess, WindowProcess, WindowProcess];

describe('windows in processes of their own', function () {
	// Processes take a busy machine its time to start; those that were not killed serve the next test too.
	this.timeout(10_000);
	let idle: WindowProcess[] = [];
	let used: WindowProcess[] = [];
	let editor: Editor;
	beforeEach(() => {
		editor = new Editor();
	});
	afterEach(async () => {
		const living = used.filter(({ killed }) => !killed);
		await Promise.all(living.map((window) => window.order({ close: true }).reported('closed')));
		await Promise.all(used.filter(({ killed }) => killed).map((window) => window.gone()));
		living.forEach(({ reports }) => reports.splice(0));
		[idle, used] = [[...idle, ...living], []];
		editor.close();
	});
	after(() => idle.forEach((window) => window.kill()));

	const opened = (): WindowProcess => {
		const window = idle.pop() ?? new WindowProcess();
		used.push(window);
		return window.order({ open: editor.folder });
	};
	/** The first leads: it is granted a name before the others come. */
	const started = async (): Promise<Three> => {
		idle.push(...Array.from({ length: Math.max(0, 3 - idle.length) }, () => new WindowProcess()));
		const windows: WindowProcess[] = [];
		for (let at = 0; at < 3; at++) {
			const window = opened().order({ hold: 'greeting' }).order({ release: 'greeting' });
			await window.reported('ended', 'greeting');
			windows.push(window);
		}
		windows.forEach(({ reports }) => reports.splice(0));
		return windows as Three;
	};

	it('hear each text once, in order, and nothing of their own', async () => {
		const [first, second, third] = await started();
		const texts = Array.from({ length: 300 }, (_, at) => String(at + 1));
		second.order({ send: texts });
		await first.reported('heard', '300');
		await third.reported('heard', '300');
		assert.deepEqual(first.all('heard'), texts);
		assert.deepEqual(third.all('heard'), texts);
		assert.deepEqual(second.all('heard'), []);
	});

	it('lose no count when three count at once, and each knows of the count before its own', async () => {
		const windows = await started();
		writeFileSync(join(editor.folder, 'counter'), '0');
		windows.forEach((window) => window.order({ count: 40 }));
		await Promise.all(windows.map((window) => window.reported('counted')));
		assert.equal(readFileSync(join(editor.folder, 'counter'), 'utf8'), '120');
		assert.deepEqual(
			windows.flatMap((window) => [...window.all('wrong'), ...window.all('beside')]),
			[],
		);
	});

	it('go on counting one at a time when the leader is killed in the middle', async () => {
		const windows = await started();
		const [leader, ...others] = windows;
		writeFileSync(join(editor.folder, 'counter'), '0');
		leader.order({ count: 100_000 });
		others.forEach((window) => window.order({ count: 40 }));
		await Promise.all(others.map((window) => until('it has heard', () => window.all('heard').length > 10)));
		leader.kill();
		await Promise.all(others.map((window) => window.reported('counted')));
		const overlaps = windows.flatMap((window) => window.all('beside')).filter((pid) => pid !== leader.pid);
		assert.deepEqual(overlaps, []);
	});

	it('keep a name from those who wait while its holder runs, though the leader is killed', async () => {
		const [leader, holder, waiting] = await started();
		holder.order({ hold: 'x' });
		await holder.reported('started', 'x');
		waiting.order({ hold: 'x' }).order({ send: ['I wait'] });
		await leader.reported('heard', 'I wait');
		leader.kill();
		holder.order({ send: ['still here'] });
		await waiting.reported('heard', 'still here');
		holder.order({ send: ['all done'] }).order({ release: 'x' });
		await waiting.reported('started', 'x');
		const order = waiting.reports.map(({ what }) => what);
		assert.deepEqual(order, ['still here', 'all done', 'x']);
	});

	it('keep a name for a holder that is too busy to notice that the leader was killed', async () => {
		const [leader, holder, waiting] = await started();
		const thaw = join(editor.folder, 'thaw');
		holder.order({ hold: 'x' });
		await holder.reported('started', 'x');
		waiting.order({ hold: 'x' }).order({ send: ['I wait'] });
		await leader.reported('heard', 'I wait');
		await holder.order({ freeze: thaw }).reported('frozen');
		leader.kill();
		await waiting.order({ hold: 'other' }).reported('started', 'other');
		assert.ok(!waiting.said('started', 'x'));
		writeFileSync(thaw, '');
		holder.order({ send: ['all done'] }).order({ release: 'x' });
		await waiting.reported('started', 'x');
		assert.deepEqual(waiting.all('heard'), ['all done']);
	});

	it('get the name of a window that was killed, be it the leader or another', async () => {
		const [leader, second, third] = await started();
		leader.order({ hold: 'a' });
		second.order({ hold: 'b' });
		await leader.reported('started', 'a');
		await second.reported('started', 'b');
		third.order({ hold: 'a' }).order({ hold: 'b' });
		second.kill();
		await third.reported('started', 'b');
		leader.kill();
		await third.reported('started', 'a');
	});

	it('take over the address that killed windows left behind', async () => {
		const [first, second, third] = await started();
		first.kill();
		second.kill();
		opened().order({ send: ['anyone?'] });
		await third.reported('heard', 'anyone?');
	});

	for (const role of ['leads', 'follows']) {
		it(`end by themselves though the link is open, in a process that ${role}`, async () => {
			const first = role === 'leads' ? undefined : editor.window();
			await first?.link.exclusively('x', () => Promise.resolve(), never);
			const child = startUntilHeard(editor.folder);
			await once(child, 'message');
			(first ?? editor.window()).link.send('bye');
			assert.deepEqual(await once(child, 'exit'), [0, null]);
		});
	}
});

/** A process with nothing to do but to hear one text. It says when it has joined. */
function startUntilHeard(folder: string): ChildProcess {
	const module = new URL('../../src/host/pipeLink.ts', import.meta.url).href;
	const script = `const { pipeLink } = await import(${JSON.stringify(module)});
		const link = pipeLink({ folder: ${JSON.stringify(folder)}, log: console });
		const awake = setInterval(() => undefined, 1000);
		link.onText(() => clearInterval(awake));
		await link.exclusively('x', async () => undefined, new AbortController().signal);
		process.send('joined');`;
	const stdio = ['inherit', 'inherit', 'inherit', 'ipc'] as const;
	return spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: [...stdio] });
}
