import { t } from '@vscode/l10n';

/** What the templates of names and messages can say of a card. */
export interface CardWords {
	/** The vendor's id. */
	readonly id: string;
	/** The number or word people know the card by; the id where there is none. */
	readonly key: string;
	readonly title: string;
	readonly board: string;
	readonly workspace: string;
}

/** Characters of a name made from a template; what is typed may be longer. */
const longestMade = 80;
/** Bytes: a part of a branch's name is a file, and git adds `.lock` to it. */
const longestPart = 250;

const unlikeLatin: Readonly<Record<string, string>> = {
	ß: 'ss',
	æ: 'ae',
	œ: 'oe',
	ø: 'o',
	ð: 'd',
	đ: 'd',
	þ: 'th',
	ł: 'l',
	ı: 'i',
	ħ: 'h',
	ŋ: 'n',
};

/** A template with its places filled in; a place of another name stays as it is, so that it is seen. */
export function filledIn(template: string, words: Readonly<Partial<CardWords>>): string {
	return template.replaceAll(/\{(\w+)\}/g, (place, name: string) => words[name as keyof CardWords] ?? place);
}

/**
 * The name of a branch for a card. Titles and names become words in lower case joined by hyphens, with the diacritics of
 * Latin letters gone. Where it grows too long, the title loses its last words. Git takes it, or it is empty.
 */
export function branchName(template: string, { id, key, title, board, workspace }: CardWords): string {
	const fill = (slug: string) =>
		legal(
			filledIn(template, {
				id: legalWord(id),
				key: legalWord(key),
				title: slug,
				board: slugOf(board),
				workspace: slugOf(workspace),
			}),
		);
	const slug = slugOf(title);
	const whole = fill(slug);
	const excess = Array.from(whole).length - longestMade;
	return cut(excess > 0 ? fill(shortened(slug, Array.from(slug).length - excess)) : whole);
}

/** Why git would not take a name for a branch, as one sentence; undefined where it would. */
export function branchProblem(name: string): string | undefined {
	if (name === '') {
		return t('A name is needed.');
	}
	const forbidden = /[\p{Cc}\p{Cs} ~^:?*[\\]/u.exec(name)?.[0] ?? /\.\.|@\{|\/\//.exec(name)?.[0];
	if (forbidden !== undefined) {
		return /[\p{Cc}\p{Cs} ]/u.test(forbidden)
			? t('The name of a branch can’t hold spaces or unseen signs.')
			: t('The name of a branch can’t hold {0}.', forbidden);
	}
	if (name === '@' || name === 'HEAD') {
		return t('{0} is a name that Git keeps for itself.', name);
	}
	return /^-|^\/|\/$|\.$/.test(name)
		? t('The name of a branch can’t begin with - or /, nor end with / or a dot.')
		: partProblem(name.split('/'));
}

/**
 * Why a name is taken by the branches there are, as one sentence: by the same, in whatever case, for many disks know none;
 * or by one that would be a folder of the other.
 */
export function takenProblem(name: string, branches: readonly string[]): string | undefined {
	const wanted = name.toLowerCase();
	const other = branches.find((branch) => {
		const there = branch.toLowerCase();
		return there === wanted || there.startsWith(`${wanted}/`) || wanted.startsWith(`${there}/`);
	});
	if (other === undefined) {
		return undefined;
	}
	return other.toLowerCase() === wanted
		? t('There is a branch {0} already.', other)
		: t('Git can’t have this beside the branch {0}.', other);
}

function partProblem(parts: readonly string[]): string | undefined {
	if (parts.some((part) => part.startsWith('.') || part.endsWith('.lock'))) {
		return t('No part of a branch’s name can begin with a dot or end with .lock.');
	}
	return parts.some((part) => bytesOf(part) > longestPart) ? t('The name is too long.') : undefined;
}

/** Words in lower case joined by hyphens. */
function slugOf(text: string): string {
	return text
		.toWellFormed()
		.toLowerCase()
		.replaceAll(/[ßæœøðđþłıħŋ]/g, (letter) => unlikeLatin[letter] ?? letter)
		.normalize('NFKD')
		.replaceAll(/(?<=\p{Script=Latin}\p{M}*)\p{M}+/gu, '')
		.normalize('NFC')
		.replaceAll(/['’]/g, '')
		.replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, '-')
		.replaceAll(/^-|-$/g, '');
}

/** An id as it is, as far as a name can hold it. */
function legalWord(text: string): string {
	return text
		.toWellFormed()
		.replaceAll(/[^\p{L}\p{N}\p{M}._-]+/gu, '-')
		.replaceAll(/^-|-$/g, '');
}

/** A slug of at most so many signs, cut between words where that leaves most of it. */
function shortened(slug: string, most: number): string {
	const signs = Array.from(slug);
	const cutOff = signs.slice(0, Math.max(0, most)).join('');
	const lastWord = signs[most] === '-' ? -1 : cutOff.lastIndexOf('-');
	return lastWord > cutOff.length / 2 ? cutOff.slice(0, lastWord) : cutOff;
}

/** Without what git forbids; the template may hold anything. */
function legal(name: string): string {
	const signs = name
		.toWellFormed()
		.replaceAll(/[\p{Cc} ~^:?*[\\]+/gu, '-')
		.replaceAll('@{', '-')
		.replaceAll(/\.{2,}/g, '.');
	const parts = signs.split('/').map((part) => withoutEdges(part.replaceAll(/-{2,}/g, '-')));
	const whole = parts.filter((part) => part !== '').join('/');
	return whole === '@' || whole === 'HEAD' ? '' : whole;
}

function withoutEdges(part: string): string {
	const bare = part.replace(/^[-.]+/, '').replace(/(?:[-.]|\.lock)+$/, '');
	return bare === part ? part : withoutEdges(bare);
}

/** Where even without a title it is too long, or its signs have too many bytes. */
function cut(name: string): string {
	const signs = Array.from(name).slice(0, longestMade);
	while (signs.length > 0 && bytesOf(signs.join('')) > longestPart) {
		signs.pop();
	}
	return signs.length < Array.from(name).length ? legal(signs.join('')) : name;
}

function bytesOf(text: string): number {
	return new TextEncoder().encode(text).length;
}
