import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './paths.mjs';
import { startNode, stop } from './processes.mjs';
import { Stop } from './progress.mjs';

export const sandboxFile = join(root, 'dist', 'sandbox.mjs');

/** Starts the practice vendors. `line` is the one line of JSON they announce themselves with. */
export async function startSandbox(options = []) {
	const child = startNode([sandboxFile, '--json', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
	const line = await firstLine(child);
	if (!line) throw new Stop('The sandbox ended without announcing itself.');
	child.stdout.resume();
	return { line, about: JSON.parse(line), stop: () => stop(child) };
}

/** An address of this computer other than 127.0.0.1: IPv6's, or where there is none, a second one of IPv4, as Linux has. */
export function hostAside() {
	const server = createServer();
	return new Promise((resolve) => {
		server.once('error', () => resolve('127.0.0.2'));
		server.listen(0, '::1', () => server.close(() => resolve('::1')));
	});
}

function firstLine(child) {
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		const lines = createInterface({ input: child.stdout });
		lines.once('line', resolve);
		lines.once('close', () => resolve(undefined));
	});
}
