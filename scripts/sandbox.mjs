import { pathToFileURL } from 'node:url';
import { buildWhenStale } from './lib/build.mjs';
import { command } from './lib/prepare.mjs';
import { sandboxFile } from './lib/sandboxProcess.mjs';

await command(async () => {
	await buildWhenStale(['sandbox.cjs', 'sandbox.mjs']);
	process.argv[1] = sandboxFile;
	await import(pathToFileURL(sandboxFile).href);
	// The server keeps this process; its own signal handlers close it. --help has nothing to keep it.
	if (process.argv.includes('--help')) return 0;
	return new Promise(() => {});
});
