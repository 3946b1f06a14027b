import { t } from '@vscode/l10n';
import type { DocumentContent, UploadFile } from '../../core/archives.ts';
import { NotAllowed, Refused } from '../../core/errors.ts';
import { grafted } from './graft.ts';
import { type PageWithBodyWire, revisionOf } from './mapping.ts';
import { markdownOf } from './markdown.ts';
import { plainOf } from './plain.ts';
import { keyOf, type Plain } from './plainNode.ts';
import { type Node, treeOf } from './tree.ts';
import { unsayableIn } from './unsayable.ts';

/** What a page holds: as Markdown, and as the tree it came from, where it is one that Markdown can say whole. */
interface Opened {
	readonly markdown: string;
	readonly tree?: Node;
	readonly plain?: Plain;
	/** Why it can't be written back, as a sentence. */
	readonly readOnly?: string;
}

/** The body as the vendor gives it: JSON text, and in versions perhaps the tree itself. */
async function open(body: unknown): Promise<Opened> {
	const tree = treeOf(body);
	if (!tree) {
		const readOnly = t('This page’s text is in a form that Boardwalk doesn’t know, so it opens to be read only.');
		return { markdown: typeof body === 'string' ? body : JSON.stringify(body, undefined, 2), readOnly };
	}
	const plain = plainOf(tree);
	const markdown = markdownOf(plain);
	const { fromMarkdown } = await import('./markdownTree.ts');
	return says(fromMarkdown(markdown), plain)
		? { markdown, tree, plain }
		: { markdown, readOnly: whyReadOnly(tree, plain) };
}

const says = (a: Plain, b: Plain): boolean => keyOf(a) === keyOf(b);

function whyReadOnly(tree: Node, plain: Plain): string {
	const found = unsayableIn(tree, plain);
	if (found.length === 0) {
		return t('This page is laid out in a way that Markdown can’t say, so it opens to be read only.');
	}
	const list = new Intl.ListFormat(undefined, { type: 'conjunction' }).format(found);
	return t('This page holds {0}, which Markdown can’t say, so it opens to be read only.', list);
}

export async function contentOf(body: unknown, revision?: string): Promise<DocumentContent> {
	const { markdown, readOnly } = await open(body);
	const bytes = new TextEncoder().encode(markdown);
	return {
		stream: new Blob([bytes]).stream(),
		start: 0,
		size: bytes.length,
		mediaType: 'text/markdown',
		revision,
		readOnly,
	};
}

export async function pageContent(page: PageWithBodyWire): Promise<DocumentContent> {
	return contentOf(page.attributes.body, revisionOf(page));
}

/** A body that says what this Markdown says, with all else of the page's as it was; undefined where the page says it already. */
export async function bodyWith(page: PageWithBodyWire, text: string): Promise<string | undefined> {
	const { tree, plain, readOnly } = await open(page.attributes.body);
	if (!tree || !plain) {
		throw new NotAllowed(readOnly ?? '');
	}
	const { fromMarkdown } = await import('./markdownTree.ts');
	const wanted = fromMarkdown(text);
	refuseDeepHeadings(wanted, plain);
	return says(wanted, plain) ? undefined : JSON.stringify(grafted(tree, wanted));
}

/** Whether a page says what the Markdown says. */
export async function isSaid(page: PageWithBodyWire, text: string): Promise<boolean> {
	const tree = treeOf(page.attributes.body);
	const { fromMarkdown } = await import('./markdownTree.ts');
	return tree !== undefined && says(plainOf(tree), fromMarkdown(text));
}

/** The vendor's guide, "Document Format": there are three levels, and headings below them are not shown at all. */
const deepest = 3;

function refuseDeepHeadings(wanted: Plain, there: Plain): void {
	if (depthOf(wanted) > Math.max(deepest, depthOf(there))) {
		throw new Refused(
			t('Productive has three levels of headings and would not show the deeper ones of this text. Use at most “###”.'),
		);
	}
}

function depthOf({ kind, attrs, content = [] }: Plain): number {
	return Math.max(kind === 'heading' ? Number(attrs?.['level']) : 0, ...content.map(depthOf));
}

/** Bytes that a page's Markdown may have; far more than any page. */
const largest = 20_000_000;

/** The text of a file that is to become a page. */
export async function textOf(file: UploadFile): Promise<string> {
	if (file.size > largest) {
		throw new Refused(t('This text is too large for a page.'));
	}
	const decoder = new TextDecoder('utf-8', { fatal: true });
	let text = '';
	for await (const piece of file.content()) {
		text += decoded(decoder, piece);
	}
	return text + decoded(decoder);
}

function decoded(decoder: TextDecoder, piece?: Uint8Array): string {
	try {
		return decoder.decode(piece, { stream: piece !== undefined });
	} catch (error) {
		throw new Refused(t('A page is text, and this file is not: it is not UTF-8.'), [], error);
	}
}
