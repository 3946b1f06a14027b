import { t } from '@vscode/l10n';
import createDOMPurify from 'dompurify';

/** A vendor's HTML, made safe to be put into the page. */
export interface SafeHtml {
	readonly content: DocumentFragment;
	/** How many pictures of the web were left out. */
	readonly waiting: number;
}

const tags =
	'a abbr b blockquote br code dd del div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s small span strike strong sub sup table tbody td tfoot th thead tr u ul'.split(
		' ',
	);
const attributes = 'alt colspan dir href lang rowspan scope src start title'.split(' ');

/**
 * Leaves what text is made of and nothing that runs, looks like the editor, asks for anything or loads anything; pictures
 * only with `pictures`, and only from `https`. What comes back was never part of the page, so nothing in it was loaded.
 */
export function safeHtml(html: string, pictures: boolean): SafeHtml {
	const content = createDOMPurify(window).sanitize(html, {
		ALLOWED_TAGS: tags,
		ALLOWED_ATTR: attributes,
		ALLOW_ARIA_ATTR: false,
		ALLOW_DATA_ATTR: false,
		RETURN_DOM_FRAGMENT: true,
	});
	content.querySelectorAll('a').forEach(keepTrueLink);
	content.querySelectorAll('h1, h2, h3, h4, h5, h6').forEach(lowerHeading);
	return { content, waiting: handlePictures([...content.querySelectorAll('img')], pictures) };
}

/** A link that leads nowhere without its vendor's page is text; every other one says where it leads. */
function keepTrueLink(link: HTMLAnchorElement): void {
	const url = absolute(link.getAttribute('href'));
	if (url && ['http:', 'https:', 'mailto:'].includes(url.protocol)) {
		link.title = url.href;
	} else {
		link.replaceWith(...link.childNodes);
	}
}

/** The page's own headings end with `h2`: those of a text stand beneath them. */
function lowerHeading(heading: Element): void {
	const lower = heading.ownerDocument.createElement(`h${Math.min(6, Number(heading.tagName.slice(1)) + 2)}`);
	lower.append(...heading.childNodes);
	heading.replaceWith(lower);
}

function handlePictures(images: readonly HTMLImageElement[], pictures: boolean): number {
	const fromWeb = images.filter((image) => absolute(image.getAttribute('src'))?.protocol === 'https:');
	const drawn = pictures ? fromWeb : [];
	drawn.forEach((image) => {
		image.referrerPolicy = 'no-referrer';
		image.alt = image.alt || t('A picture without a description');
	});
	images.filter((image) => !drawn.includes(image)).forEach((image) => image.replaceWith(standIn(image)));
	return fromWeb.length - drawn.length;
}

function standIn({ alt, ownerDocument }: HTMLImageElement): HTMLElement {
	const text = ownerDocument.createElement('span');
	text.textContent = `[${alt || t('Picture')}]`;
	return text;
}

function absolute(url: string | null): URL | undefined {
	return (url !== null && URL.parse(url)) || undefined;
}
