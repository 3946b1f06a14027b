import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { out, root, vsix } from './paths.mjs';
import { Stop, say, step } from './progress.mjs';
import { runLogged } from './run.mjs';

const limitKilobytes = 1200;
const ships =
	/^extension\/(package(\.nls(\.[\w-]+)?)?\.json|(readme|changelog|support)\.md|licen[sc]e[^/]*|third-party[^/]*|dist\/[\w-]+\.cjs|dist\/pages\/[\w-]+\.(js|css|ttf)|dist\/icons\/(light|dark)\/[\w-]+\.svg|l10n\/[^/]+\.json|media\/((walkthrough\/)?[\w-]+\.svg|icon\.png))$/i;
const packaging = /^(extension\.vsixmanifest|\[Content_Types\]\.xml)$/;

const vsce = [
	[join(root, 'node_modules', '@vscode', 'vsce', 'vsce'), 'package', '--no-dependencies', '-o', vsix],
	['--no-rewrite-relative-links', '--allow-missing-repository'],
].flat();

/** Builds and writes boardwalk.vsix; refuses what should not ship and, without `anySize`, what is too large. */
export async function packageExtension({ anySize = false } = {}) {
	await build({ anySize });
	await step('Packaging', () =>
		runLogged(process.execPath, vsce, { cwd: root, log: join(out, 'logs', 'package.log') }),
	);
	const files = filesIn(readFileSync(vsix));
	check(files, statSync(vsix).size / 1000, anySize);
	return { vsix, files };
}

function check(files, kilobytes, anySize) {
	say(`boardwalk.vsix ${kilobytes.toFixed(1)} KB of ${limitKilobytes}, ${files.length} files`);
	const stray = files.map(({ name }) => name).filter((name) => !ships.test(name) && !packaging.test(name));
	if (stray.length > 0) throw new Stop(`These do not belong in the package: ${stray.join(', ')}. See .vscodeignore.`);
	if (kilobytes > limitKilobytes && !anySize)
		throw new Stop(`The package has ${kilobytes.toFixed(1)} KB; the limit is ${limitKilobytes}.`);
}

/** Names and unpacked sizes, from the central directory of a zip file. */
function filesIn(zip) {
	const files = [];
	const end = zip.lastIndexOf('PK\x05\x06');
	let at = zip.readUInt32LE(end + 16);
	while (zip.readUInt32LE(at) === 0x02014b50) {
		const nameLength = zip.readUInt16LE(at + 28);
		files.push({ name: zip.toString('utf8', at + 46, at + 46 + nameLength), size: zip.readUInt32LE(at + 24) });
		at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
	}
	return files;
}
