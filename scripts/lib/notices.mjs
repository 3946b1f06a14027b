import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { Stop } from './progress.mjs';

const allowed = ['MIT', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'ISC', 'BlueOak-1.0.0', '0BSD', 'CC-BY-4.0'];
const heading =
	'Boardwalk contains the following packages, each under its own licence. The code of Boardwalk itself is under the\n' +
	'licence in the file LICENSE.\n';
const rule = `\n${'-'.repeat(80)}\n\n`;

/** Writes THIRD-PARTY-NOTICES.txt: the licences of all packages of which something is in a bundle. */
export function writeNotices(metafiles) {
	const notices = new Set([...new Set(metafiles.flatMap(packageFolders))].map(describe));
	writeFileSync(join(root, 'THIRD-PARTY-NOTICES.txt'), [heading, ...[...notices].sort()].join(rule));
}

function packageFolders({ outputs }) {
	const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
	return inputs.flatMap(([path, { bytesInOutput }]) => {
		const [folder] = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path) ?? [];
		return folder && bytesInOutput > 0 ? [folder] : [];
	});
}

function describe(folder) {
	const manifest = JSON.parse(read(folder, 'package.json'));
	const { name, version, license } = manifest;
	if (!isAllowed(license))
		throw new Stop(`${name} ${version} is under ${license}, which we may not ship. See ${folder}.`);
	return `${name} ${version} (${license})\n\n${licenceText(folder, manifest)}\n`;
}

/** `A OR B` leaves the choice to us. */
function isAllowed(licence = 'no licence') {
	return licence
		.replace(/^\(|\)$/g, '')
		.split(' OR ')
		.some((id) => allowed.includes(id));
}

function licenceText(folder, { license, author }) {
	const names = readdirSync(join(root, folder));
	const own = names.filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).sort();
	if (own.length > 0) return own.map((name) => read(folder, name)).join('\n\n');
	const readme = names.find((name) => /^readme/i.test(name));
	const section = readme && /^(?:#+ *licen[cs]e|licen[cs]e\n-+)\n(.*Copyright.*)/ims.exec(read(folder, readme))?.[1];
	if (section) return section.trim();
	// Ours has the words of the MIT licence.
	if (license === 'MIT' && author)
		return read('LICENSE').replace(/^Copyright.*$/m, `Copyright (c) ${author.name ?? author}`);
	throw new Stop(`${folder} has no licence text to ship.`);
}

function read(...path) {
	return readFileSync(join(root, ...path), 'utf8')
		.replaceAll('\r\n', '\n')
		.trim();
}
