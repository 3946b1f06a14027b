// Writes into package-lock.json the optional packages of other platforms. A registry that carries only some platforms makes
// npm leave the others out, and then `npm ci` calls the lock out of date. Run it after npm has rewritten the lock.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];

const file = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const missing = Object.entries(lock.packages).flatMap(([path, entry]) =>
	Object.entries(entry.optionalDependencies ?? {})
		.filter(([name, version]) => /^\d/.test(version) && !isLocked(path, name))
		.map(([name, version]) => [`node_modules/${name}`, describe(name, version, entry)]),
);
const complete = [...Object.entries(lock.packages), ...missing].sort(([a], [b]) => a.localeCompare(b, 'en'));
writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(complete) }, undefined, 2)}\n`);
console.log(`${missing.length} added`);

function isLocked(path, name) {
	const parent = path.slice(0, Math.max(path.lastIndexOf('/node_modules/'), 0));
	return [path, parent, ''].some((at) => `${at ? `${at}/` : ''}node_modules/${name}` in lock.packages);
}

function describe(name, version, { dev }) {
	const words = name.split('/').at(-1).split('-');
	const only = (key, known) => {
		const found = known.find((it) => words.includes(it));
		return found && { [key]: [found] };
	};
	const libc = words.some((word) => word.startsWith('musl')) && { libc: ['musl'] };
	return { version, ...only('cpu', processors), ...(dev && { dev }), ...libc, optional: true, ...only('os', systems) };
}
