import { type Input, isObject, rename } from './input.ts';
import { find, type Kind, kinds, type Row, type Tables } from './kinds.ts';
import { linkFiles } from './links.ts';
import { own } from './projects.ts';
import { blank, demandNone, isBlank, refusal, wrong } from './replies.ts';
import type { Routes } from './routes.ts';
import { type Store, time } from './store.ts';

/** How pages are written: as the vendor's own trees, as until June 2026, or as Markdown alone, as since October. */
export interface Generation {
	pages: 'trees' | 'markdown';
}

const above = 'parent_page_id root_page_id';
const writable = {
	created: `title body project_id ${above}`,
	createdWithMarkdown: `title markdown project_id ${above} position icon_id attachment_ids preferences custom_fields`,
	changed: 'title body attachment_ids',
} as const;

const { pages } = kinds as Record<'pages', Kind>;

/** A row with `open` set is a page that somebody has open: changes of its text are taken, and nothing comes of them. */
export function addPages(routes: Routes, store: Store, clock: () => number): Generation {
	const generation: Generation = { pages: 'trees' };
	const only = (one: Generation['pages'], status: 404 | 405) => {
		if (generation.pages !== one) {
			throw refusal(status);
		}
	};
	routes.creating('/pages', pages, writable.created, (input, place) => {
		only('trees', 404);
		demandTree(input['body']);
		return create(store, input, place, clock());
	});
	routes.creating('/pages/create_with_markdown', pages, writable.createdWithMarkdown, (input, place) => {
		only('markdown', 404);
		const { markdown, attachment_ids: _files, ...rest } = input;
		demandNone(['markdown', blank, isBlank(markdown)]);
		return create(store, { ...rest, body: treeOf(String(markdown)) }, place, clock());
	});
	routes.changing(pages, '', writable.changed, (row, { attachment_ids: ids, body, ...input }, place) => {
		only('trees', 405);
		demandTree(body);
		linkFiles(store, 'page_id', row, ids, place);
		rename(row, input, 'title');
		if (body !== undefined) {
			saveBody(store, row, body, clock());
		}
	});
	routes.plainly(pages, '/replace_body_with_markdown', (row, { markdown }) => {
		only('markdown', 404);
		demandNone(
			['markdown', blank, isBlank(markdown)],
			['markdown', wrong, !isBlank(markdown) && typeof markdown !== 'string'],
		);
		saveBody(store, row, treeOf(String(markdown)), clock());
	});
	routes.deleting(pages, (row) => remove(store.tables, row));
	return generation;
}

/** The text is a document as JSON text; anything else breaks the vendor's server. */
function demandTree(body: unknown): void {
	if (body === undefined || body === null) {
		return;
	}
	const tree = typeof body === 'string' ? parsed(body) : undefined;
	if (!isObject(tree) || tree['type'] !== 'doc') {
		throw refusal(500);
	}
}

function parsed(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}

/** A page beneath another names that one and the one at the top, both. A new page has no number until its text is changed. */
function create(store: Store, input: Input, place: number, now: number): Row {
	const { title, project_id, parent_page_id, root_page_id } = input;
	const [parent, root] = [parent_page_id, root_page_id].map((id) => (id ? own(store, 'pages', id, place) : undefined));
	const top = parent && (parent['root_page_id'] ?? parent.id);
	demandNone(
		['title', blank, isBlank(title)],
		['project', wrong, project_id && !own(store, 'projects', project_id, place)],
		['parent_page', wrong, Boolean(parent_page_id) !== Boolean(parent)],
		['root_page', wrong, root?.id !== top],
	);
	const at = time(now);
	return store.add('pages', {
		...input,
		organization_id: place,
		project_id: project_id ? Number(project_id) : (parent?.['project_id'] ?? null),
		parent_page_id: parent?.id,
		root_page_id: top,
		public_access: false,
		created_at: at,
		updated_at: at,
		edited_at: at,
	});
}

function saveBody(store: Store, page: Row, body: unknown, now: number): void {
	if (page['open']) {
		return;
	}
	const version_number = Number(page['version_number'] ?? 0) + 1;
	const at = time(now);
	Object.assign(page, { body, version_number, updated_at: at, edited_at: at, last_activity_at: at });
	const { organization_id, project_id, title } = page;
	const me = store.tables['organization_memberships']?.find((one) => one.organization_id === organization_id);
	store.add('page_versions', {
		organization_id,
		project_id,
		page_id: page.id,
		person_id: me?.['person_id'],
		title_snapshot: title,
		body_snapshot: body,
		version_number,
		created_at: at,
		updated_at: at,
	});
}

/** With the pages beneath, their files and their versions. */
function remove(tables: Tables, page: Row): void {
	const all = tables['pages'] ?? [];
	const gone = new Set([page.id, ...all.filter((one) => isBeneath(tables, one, page.id)).map(({ id }) => id)]);
	for (const [table, field] of [
		['attachments', 'page_id'],
		['page_versions', 'page_id'],
		['pages', 'id'],
	] as const) {
		const rows = tables[table] ?? [];
		// In place and from the end: `state` shows the same lists.
		rows.reduceRight<unknown>((_, row, at) => gone.has(Number(row[field])) && rows.splice(at, 1), 0);
	}
}

function isBeneath(tables: Tables, { parent_page_id }: Row, id: number): boolean {
	const parent = parent_page_id ? find(tables, 'pages', parent_page_id) : undefined;
	return parent !== undefined && (parent.id === id || isBeneath(tables, parent, id));
}

/** As much of Markdown as the practice vendor understands: headings, lists and paragraphs. */
function treeOf(markdown: string): string {
	const content = markdown.split(/\n{2,}/).flatMap((block) => {
		const [, signs, title] = /^(#{1,3}) (.*)/.exec(block) ?? [];
		const lines = block.trim().split('\n');
		if (signs !== undefined) {
			return [{ ...within('heading', [text(title ?? '')]), attrs: { level: signs.length } }];
		}
		if (lines.every((line) => line.startsWith('- '))) {
			return [
				within(
					'ul',
					lines.map((line) => within('li', [within('paragraph', [text(line.slice(2))])])),
				),
			];
		}
		return block.trim() === '' ? [] : [within('paragraph', [text(lines.join(' '))])];
	});
	return JSON.stringify(within('doc', content));
}

const within = (type: string, content: readonly object[]) => ({ type, content });
const text = (words: string) => ({ type: 'text', text: words });
