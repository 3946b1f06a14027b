// Not by name: the Node that starts us may be too old to have globSync.
import fs from 'node:fs';
import { join, sep } from 'node:path';
import { root } from './paths.mjs';

const bundleFile = 'l10n/bundle.l10n.json';
const manifestFile = 'package.nls.json';
const call = /(?<=l10n\.|[^\w.$])t(?=[(`])/g;
const firstText = /^t\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")\s*[,)]/;
// What a translation must keep: the places of values, the commands of links, the pictures.
const kept = /\{\d+\}|command:[\w.]+|\$\([\w-]+\)/g;

/** Writes l10n/bundle.l10n.json: every text in the code. Returns its file. */
export async function exportTexts() {
	fs.mkdirSync(join(root, 'l10n'), { recursive: true });
	fs.writeFileSync(join(root, bundleFile), toJson(await textsInCode()));
	return bundleFile;
}

/** What is wrong with the texts and their translations, a line each. */
export async function wrongTexts() {
	return [...textsOutOfReach(), ...(await staleBundle()), ...translations().flatMap(wrongTranslation)];
}

/** Nobody can translate what is not a text in the call itself; and the exporter misreads escaped characters. */
function textsOutOfReach() {
	return calls().flatMap(({ place, text }) => {
		if (!text) return [`${place}: t(…) needs a string as its first argument, or nobody can translate it`];
		return /\\[ux]/.test(text) ? [`${place}: write the character itself instead of its number`] : [];
	});
}

async function staleBundle() {
	const wanted = toJson(await textsInCode());
	const isCurrent = fs.existsSync(join(root, bundleFile)) && read(bundleFile) === wanted;
	return isCurrent ? [] : [`${bundleFile} is not what the code says; 'npm run l10n' writes it`];
}

function translations() {
	const of = (original) => {
		const ending = /\.json$/;
		const languages = fs.globSync(original.replace(ending, '.*.json'), { cwd: root });
		return languages.map((file) => ({ file: file.split(sep).join('/'), original }));
	};
	return [...of(bundleFile), ...of(manifestFile)];
}

function wrongTranslation({ file, original }) {
	const texts = JSON.parse(read(original));
	const translated = JSON.parse(read(file));
	const missing = Object.keys(texts).filter((key) => !(key in translated));
	const superfluous = Object.keys(translated).filter((key) => !(key in texts));
	const broken = Object.keys(texts).filter(
		(key) => key in translated && placesIn(texts[key]) !== placesIn(translated[key]),
	);
	return [
		...missing.map((key) => `${file}: nothing for ${JSON.stringify(key)}`),
		...superfluous.map((key) => `${file}: no text is ${JSON.stringify(key)} any more`),
		...broken.map((key) => `${file}: other places for values than in ${JSON.stringify(texts[key])}`),
	];
}

function placesIn(text) {
	return [...new Set(text.match(kept))].sort().join(' ');
}

/** The exporter knows `l10n.t(…)` but no bare `t(…)`, and needs long for whole files: it gets the texts alone. */
async function textsInCode() {
	const { default: exporter } = await import('@vscode/l10n-dev');
	const lines = ["import * as l10n from '@vscode/l10n';", ...calls().map(({ text }) => `l10n.t(${text});`)];
	return exporter.getL10nJson([{ extension: '.ts', contents: lines.join('\n') }]);
}

function calls() {
	return fs
		.globSync('src/**/*.ts', { cwd: root })
		.map((file) => ({ file: file.split(sep).join('/'), code: read(file) }))
		.filter(({ code }) => code.includes('l10n'))
		.flatMap(({ file, code }) =>
			[...code.matchAll(call)].map(({ index }) => ({
				place: `${file}:${code.slice(0, index).split('\n').length}`,
				text: firstText.exec(code.slice(index))?.[1],
			})),
		);
}

function read(file) {
	return fs.readFileSync(join(root, file), 'utf8');
}

function toJson(texts) {
	const sorted = Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1));
	return `${JSON.stringify(Object.fromEntries(sorted), undefined, '\t')}\n`;
}
