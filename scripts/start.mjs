import { parseArgs } from 'node:util';
import { buildWhenStale } from './lib/build.mjs';
import { desktopEditor } from './lib/desktopEditor.mjs';
import { command } from './lib/prepare.mjs';
import { Stop, say } from './lib/progress.mjs';

const usage = `npm start                      VS Code with Boardwalk and five practice accounts in it
npm start -- --host desktop    in the VS Code that is installed here
npm start -- --host browser    in the browser; nothing need be installed
npm start -- --port N          the port of the browser's VS Code (a free one)

Without --host it is the desktop's when there is one, and a display.`;

await command(async ({ vscode }) => {
	const { host, port, help } = readArguments();
	if (help) return say(usage);
	const editor = host === 'browser' ? undefined : desktopEditor();
	if (host === 'desktop' && !editor) {
		throw new Stop('There is no VS Code on PATH that is new enough, or no display for it. Leave out --host desktop.');
	}
	if (!editor) return (await import('./lib/browserHost.mjs')).openBrowserHost({ server: await vscode(), port });
	await buildWhenStale();
	return (await import('./lib/desktop.mjs')).openDesktop(editor);
});

function readArguments() {
	const { host, port = '0', help } = parse();
	if (host && !['desktop', 'browser'].includes(host)) throw new Stop(`--host is desktop or browser.\n\n${usage}`);
	if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
		throw new Stop(`--port needs a number up to 65535.\n\n${usage}`);
	return { host, port: Number(port), help };
}

function parse() {
	try {
		const options = { host: { type: 'string' }, port: { type: 'string' }, help: { type: 'boolean', short: 'h' } };
		return parseArgs({ options }).values;
	} catch (error) {
		throw new Stop(`${error.message}\n\n${usage}`);
	}
}
