import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

interface Manifest {
	readonly activationEvents: readonly string[];
	readonly contributes: {
		readonly commands: readonly { readonly command: string; readonly title: string }[];
		readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
		readonly keybindings: readonly { readonly command: string }[];
	};
}

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;
const declared = manifest.contributes.commands.map(({ command }) => command);

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

	it('has a text for every key and no text without one', () => {
		const keys = [...read('package.json').matchAll(/"%([^%]+)%"/g)].map(([, key]) => key);
		assert.deepEqual([...new Set(keys)].sort(), Object.keys(JSON.parse(read('package.nls.json')) as object).sort());
	});

	it('matches whole ability words in menus', () => {
		for (const { when = '' } of manifest.contributes.menus['view/item/context'] ?? []) {
			assert.match(when, /viewItem =~ \/(\(\^\| \)\w+|\^\([\w|]+\))\( \|\$\)\/$/);
		}
	});

	it('is not activated at startup', () => {
		assert.deepEqual(
			manifest.activationEvents.filter((event) => event === '*' || event.startsWith('onStartup')),
			[],
		);
	});
});
