import { t } from '@vscode/l10n';
import { kindNamed } from './kinds.ts';
import { spans } from './plain.ts';
import type { Plain } from './plainNode.ts';
import { childrenOf, kindOf, type Node } from './tree.ts';

/** What of a page Markdown can't say, in words; nothing where that is only how the page is laid out. */
export function unsayableIn(page: Node, plain: Plain): readonly string[] {
	return [...new Set([...mergedCells(page), ...unknownIn(plain), ...oddTables(plain)])];
}

function mergedCells(one: Node): readonly string[] {
	const isCell = kindOf(one) === 'cell' || kindOf(one) === 'header';
	return [...(isCell && spans(one) ? [t('a table with merged cells')] : []), ...childrenOf(one).flatMap(mergedCells)];
}

function unknownIn({ kind, marks = [], content = [] }: Plain): readonly string[] {
	const isCell = /^(cell|header)$/.test(kindNamed(kind.slice(1)) ?? '');
	const own = kind.startsWith('?') && !isCell ? [nodeWords(kind.slice(1))] : [];
	const styles = marks.filter((mark) => mark.kind.startsWith('?')).map((mark) => markWords(mark.kind.slice(1)));
	return [...own, ...styles, ...content.flatMap(unknownIn)];
}

/** In Markdown the first row of a table, and it alone, is its heading, all rows are of one length, and a cell holds one line. */
function oddTables({ kind, content = [] }: Plain): readonly string[] {
	const below = content.flatMap(oddTables);
	const rows = content.map((row) => row.content ?? []);
	if (kind !== 'table' || rows.flat().some((cell) => cell.kind.startsWith('?'))) {
		return below;
	}
	const hasHeading = rows.every((cells, at) => cells.every((cell) => (cell.kind === 'header') === (at === 0)));
	const isEven = rows.every(({ length }) => length === rows[0]?.length);
	const isLined = rows
		.flat()
		.every(({ content: lines = [] }) => lines.every((one, at) => at === 0 && one.kind === 'paragraph'));
	return [
		...(hasHeading ? [] : [t('a table whose heading is not just its first row')]),
		...(isEven ? [] : [t('a table with rows of different lengths')]),
		...(isLined ? [] : [t('a table with several lines in a cell')]),
		...below,
	];
}

function nodeWords(type: string): string {
	switch (type) {
		case 'mention':
			return t('a mention');
		case 'file':
			return t('a file within the text');
		case 'var':
			return t('a variable');
		case 'banner':
			return t('a banner');
		case 'columns':
			return t('columns');
		case 'emoji':
			return t('an emoji');
		default:
			return t('a block named “{0}”', type);
	}
}

function markWords(type: string): string {
	switch (type) {
		case 'underline':
			return t('underlined text');
		case 'discussion':
			return t('text that is being discussed');
		case 'styles':
			return t('coloured or otherwise styled text');
		default:
			return t('text marked as “{0}”', type);
	}
}
