import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const out = join(root, 'out');
export const vsix = join(root, 'boardwalk.vsix');

/** What is downloaded once a machine and shared by every clone. */
export function cacheFolder() {
	if (process.env.BOARDWALK_CACHE) return process.env.BOARDWALK_CACHE;
	return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'boardwalk');
}
