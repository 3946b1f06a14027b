import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import * as vscode from 'vscode';
import { until } from '../support.ts';
import { KnownSecrets } from './knownSecrets.ts';
import type { Rig } from './rounds.ts';

/** Something that outlives the moment: its name and the text it holds. */
export type Content = readonly [name: string, text: string];

/** All that VS Code has logged since it was started, once everything said so far is among it. */
export async function logFiles({ own: { context, services } }: Rig): Promise<Content[]> {
	const mark = crypto.randomUUID();
	services.log.info(mark);
	const folder = /^.*[\\/]logs[\\/][^\\/]+/.exec(context.logUri.fsPath)?.[0] ?? context.logUri.fsPath;
	await until('the log to be written', () =>
		filesBeneath(context.logUri.fsPath).some(([, text]) => text.includes(mark)),
	);
	return filesBeneath(folder);
}

/** Every setting as it counts, and the files they stand in. */
export function settings({ own: { context } }: Rig): Content[] {
	const data = dirname(dirname(dirname(context.globalStorageUri.fsPath)));
	return [
		['the configuration', JSON.stringify(vscode.workspace.getConfiguration())],
		...['User', 'Machine'].flatMap((place) => fileIn(data, place, 'settings.json')),
	];
}

/** What the extension keeps for itself outside the secrets store. */
export function states({ own: { context } }: Rig): Content[] {
	const { globalState, workspaceState, globalStorageUri, storageUri } = context;
	return [
		...globalState.keys().map((key): Content => [`globalState ${key}`, JSON.stringify(globalState.get(key))]),
		...workspaceState.keys().map((key): Content => [`workspaceState ${key}`, JSON.stringify(workspaceState.get(key))]),
		...[globalStorageUri, storageUri].flatMap((uri) => (uri && existsSync(uri.fsPath) ? filesBeneath(uri.fsPath) : [])),
	];
}

/** What is packed as the tree stands now, and what was packed last. */
export async function packed({ own: { context } }: Rig): Promise<Content[]> {
	const root = context.extensionPath;
	// As it would be packed; not bundled with the tests, because it is loaded from where it is installed.
	const vsce = pathToFileURL(join(root, 'node_modules', '@vscode', 'vsce', 'out', 'api.js')).href;
	const { listFiles, PackageManager } = (await import(vsce)) as typeof import('@vscode/vsce');
	const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
	const vsix = join(root, 'boardwalk.vsix');
	return [
		...files.flatMap((file) => fileIn(root, file)),
		...(existsSync(vsix) ? filesInZip(vsix).map(([name, text]): Content => [`boardwalk.vsix ${name}`, text]) : []),
	];
}

/** What looks like a credential of whoever builds. */
export function secretsOfBuilder(): KnownSecrets {
	const secrets = new KnownSecrets();
	for (const [name, value = ''] of Object.entries(process.env)) {
		if (/TOKEN|SECRET|KEY|PASSWORD/i.test(name) && value.length >= 12) {
			secrets.add(`the builder's ${name}`, value);
		}
	}
	return secrets;
}

function fileIn(...path: readonly string[]): Content[] {
	const file = join(...path);
	return existsSync(file) ? [[file, readFileSync(file, 'utf8')]] : [];
}

function filesBeneath(folder: string): Content[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((name) => join(folder, name))
		.filter((file) => statSync(file).isFile())
		.map((file) => [file, readFileSync(file, 'utf8')]);
}

function filesInZip(file: string): Content[] {
	const zip = readFileSync(file);
	const files: Content[] = [];
	const end = zip.lastIndexOf('PK\x05\x06');
	// The central directory: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.12
	for (let at = zip.readUInt32LE(end + 16); zip.readUInt32LE(at) === 0x02014b50; ) {
		const nameLength = zip.readUInt16LE(at + 28);
		const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
		const local = zip.readUInt32LE(at + 42);
		const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
		const packedBytes = zip.subarray(from, from + zip.readUInt32LE(at + 20));
		const isPacked = zip.readUInt16LE(at + 10) !== 0;
		files.push([name, (isPacked ? inflateRawSync(packedBytes) : packedBytes).toString('utf8')]);
		at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
	}
	return files;
}
