import { Parser } from 'htmlparser2';

const blocks = new Set(
	'address article aside blockquote body dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody tfoot thead tr ul'.split(
		' ',
	),
);
/** Elements whose text nobody was meant to read. */
const unread = new Set(['head', 'script', 'style', 'template', 'title', 'noscript', 'iframe', 'object']);
const lists = new Set(['ul', 'ol']);

/**
 * The text of a vendor's HTML, in lines. Where several vendors have an HTML field, people also find text without any tag,
 * whose lines are then lines.
 */
export function htmlText(html: string): string {
	const lines = new Lines(!/<[a-z!/]/i.test(html));
	const parser = new Parser({
		ontext: (text) => lines.write(text),
		onopentagname: (name) => lines.open(name),
		onclosetag: (name) => lines.close(name),
	});
	parser.end(html);
	return lines.text;
}

/** Text as it grows element by element. */
class Lines {
	text = '';
	/** Whether nothing but a dash stands in the last line. */
	#fresh = true;
	#unread = 0;
	#lists = 0;
	/** How many elements around keep their white space. */
	#kept: number;

	constructor(keepsSpace: boolean) {
		this.#kept = keepsSpace ? 1 : 0;
	}

	open(name: string): void {
		if (name === 'br') {
			this.#break();
		} else if (blocks.has(name)) {
			this.#startLine();
		}
		this.#lists += lists.has(name) ? 1 : 0;
		this.#kept += name === 'pre' ? 1 : 0;
		this.#unread += unread.has(name) ? 1 : 0;
		if (name === 'li') {
			this.text += `${'  '.repeat(Math.max(0, this.#lists - 1))}- `;
		} else if (name === 'td' || name === 'th') {
			this.write(' ');
		}
	}

	close(name: string): void {
		this.#lists -= lists.has(name) ? 1 : 0;
		this.#kept -= name === 'pre' ? 1 : 0;
		this.#unread -= unread.has(name) ? 1 : 0;
		if (blocks.has(name)) {
			this.#startLine();
		}
	}

	write(text: string): void {
		if (this.#unread > 0) {
			return;
		}
		const wanted = this.#kept > 0 ? text.replaceAll(/\r\n?/g, '\n') : this.#collapsed(text);
		this.text += wanted;
		this.#fresh &&= wanted === '';
	}

	/** White space is one space, and none after another or where a line begins. */
	#collapsed(text: string): string {
		const single = text.replaceAll(/[ \t\r\n\f]+/g, ' ');
		return this.#fresh || this.text.endsWith(' ') ? single.replace(/^ /, '') : single;
	}

	#startLine(): void {
		if (!this.#fresh) {
			this.#break();
		}
	}

	#break(): void {
		if (this.#unread === 0) {
			this.text += '\n';
			this.#fresh = true;
		}
	}
}
