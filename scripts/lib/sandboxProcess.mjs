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

function firstLine(child) {
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		const lines = createInterface({ input: child.stdout });
		lines.once('line', resolve);
		lines.once('close', () => resolve(undefined));
	});
}
