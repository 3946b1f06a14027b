import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { listFiles, PackageManager } from '@vscode/vsce';
import { providers } from '../src/providers/index.ts';

interface Manifest {
	readonly activationEvents: readonly string[];
	readonly contributes: {
		readonly authentication: readonly { readonly id: string; readonly label: string }[];
		readonly commands: readonly { readonly command: string; readonly title: string }[];
		readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
		readonly keybindings: readonly { readonly command: string }[];
		readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope?: string }>> };
		readonly walkthroughs: readonly Walkthrough[];
	};
	readonly capabilities: {
		readonly untrustedWorkspaces: Capability;
		readonly virtualWorkspaces: Capability;
	};
	readonly name: string;
	readonly publisher: string;
}

interface Walkthrough {
	readonly id: string;
	readonly steps: readonly {
		readonly id: string;
		readonly title: string;
		readonly description: string;
		readonly when?: string;
		readonly media: { readonly svg: string; readonly altText: string };
		readonly completionEvents: readonly string[];
	}[];
}

interface Capability {
	readonly supported: boolean | 'limited';
	readonly description?: string;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;
const declared = manifest.contributes.commands.map(({ command }) => command);
const texts = (file: string) => JSON.parse(read(file)) as Record<string, string>;
const languages = ['package.nls.json', 'package.nls.de.json'];
const ofViews = ['boardwalk.tree.focus', 'workbench.action.openWalkthrough'];
const steps = manifest.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);

describe('the manifest', () => {
	it('declares exactly the commands that the table has', () => {
		const table = [...read('src/commands/index.ts').matchAll(/'(boardwalk\.\w+)':/g)].map(([, id]) => id);
		assert.deepEqual([...declared].sort(), table.sort());
	});

	it('puts only declared commands into menus and on keys', () => {
		const used = [...Object.values(manifest.contributes.menus).flat(), ...manifest.contributes.keybindings].map(
			({ command }) => command,
		);
		assert.deepEqual(
			used.filter((command) => !declared.includes(command)),
			[],
		);
	});

	for (const file of languages) {
		it(`has a text for every key and no text without one in ${file}`, () => {
			const keys = [...read('package.json').matchAll(/"%([^%]+)%"/g)].map(([, key]) => key);
			assert.deepEqual(Object.keys(texts(file)).sort(), [...new Set(keys)].sort());
		});

		it(`leads from every link and button in ${file} to a command that exists`, () => {
			const linked = Object.values(texts(file)).flatMap((text) =>
				[...text.matchAll(/\(command:([\w.]+)/g)].map(([, command]) => command ?? ''),
			);
			assert.deepEqual(
				linked.filter((command) => ![...declared, ...ofViews].includes(command)),
				[],
			);
		});

		it(`opens the walkthrough by the name it has from the link in ${file}`, () => {
			const { publisher, name, contributes } = manifest;
			const [, argument = ''] = /openWalkthrough\?([^)]+)\)/.exec(texts(file)['welcome.start'] ?? '') ?? [];
			assert.deepEqual(JSON.parse(decodeURIComponent(argument)), [
				`${publisher}.${name}#${contributes.walkthroughs[0]?.id}`,
			]);
		});
	}

	it('lets no workspace change a setting: what decides about accounts belongs to the person', () => {
		const loose = Object.entries(manifest.contributes.configuration.properties).filter(
			([, { scope }]) => scope !== 'application' && scope !== 'machine',
		);
		assert.deepEqual(loose, []);
	});

	it('says in words what a kind of workspace limits, wherever it limits something', () => {
		for (const [kind, { supported, description }] of Object.entries(manifest.capabilities)) {
			assert.equal(supported === true, description === undefined, kind);
		}
	});

	it('begins the walkthrough with the practice accounts, except where they cannot run', () => {
		assert.equal(steps.length, 5);
		assert.deepEqual(
			steps.map(({ when }) => when),
			['!isWeb || remoteName', undefined, undefined, undefined, undefined],
		);
	});

	it('gives every step of the walkthrough one or two buttons', () => {
		for (const { id, description } of steps) {
			const buttons = texts('package.nls.json')[description.slice(1, -1)]?.match(/^\[[^\]]+\]\(command:[\w.]+\)$/gm);
			assert.ok(buttons && buttons.length <= 2, id);
		}
	});

	it('completes a step only by commands that exist', () => {
		for (const { id, completionEvents } of steps) {
			const commands = completionEvents.map((event) => event.replace('onCommand:', ''));
			assert.ok(commands.length > 0, id);
			assert.deepEqual(
				commands.filter((command) => !declared.includes(command)),
				[],
				id,
			);
		}
	});

	it('ships a picture for every step of the walkthrough, in the colours of the theme alone', async function () {
		this.timeout(20_000);
		const packaged = await listFiles({ cwd: root, packageManager: PackageManager.None });
		for (const { media } of steps) {
			assert.ok(packaged.includes(media.svg), `${media.svg} is not in the package`);
			const picture = read(media.svg);
			// The page that shows it refuses styles; a bare colour would be wrong in every other theme.
			assert.doesNotMatch(picture, /<style|style=|<script|href="(?!#)/, media.svg);
			assert.deepEqual(
				[...picture.matchAll(/(?:fill|stroke)="([^"]+)"/g)]
					.map(([, colour = '']) => colour)
					.filter((colour) => colour !== 'none' && !colour.startsWith('var(--vscode-')),
				[],
				media.svg,
			);
		}
	});

	it('declares the accounts of every vendor for VS Code’s own menu, under the vendor’s name', () => {
		assert.deepEqual(
			manifest.contributes.authentication,
			providers.map(({ id, label }) => ({ id: `boardwalk-${id}`, label })),
		);
	});

	it('matches whole ability words in menus', () => {
		for (const { when = '' } of manifest.contributes.menus['view/item/context'] ?? []) {
			const single = when.replace(/ && !listMultiSelection$/, '');
			assert.match(single, /viewItem =~ \/(\(\^\| \)\w+|\^[\w ]+|\^\([\w|]+\))\( \|\$\)\/$/);
		}
	});

	it('is not activated at startup', () => {
		assert.deepEqual(
			manifest.activationEvents.filter((event) => event === '*' || event.startsWith('onStartup')),
			[],
		);
	});
});
