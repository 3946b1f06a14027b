import type { WorldFolder } from '../world.ts';
import { type Add, keyOf, lately } from './forms.ts';
import type { Row } from './kinds.ts';

/** A folder becomes a page, its files the page's attachments, its folders the pages beneath. */
export function addPages(
	add: Add,
	project_id: number | null,
	folder: WorldFolder,
	position: number,
	parent: Row | null,
): void {
	const page = addPage(add, project_id, folder.name, position, parent, [paragraph(text(`Files of ${folder.name}.`))]);
	for (const { name, mediaType, content, modified } of folder.files) {
		const file = {
			name,
			content_type: mediaType,
			size: content.length,
			created_at: modified,
			attachable_type: 'page',
			content,
		};
		const row = add('attachments', { page_id: page.id, ...file });
		row['key'] = keyOf(row.id, name);
	}
	folder.folders.forEach((below, index) => addPages(add, project_id, below, index + 1, page));
}

export function addPage(
	add: Add,
	project_id: number | null,
	title: string,
	position: number | null,
	parent: Row | null,
	content: object[],
): Row {
	const body = JSON.stringify({ type: 'doc', content });
	const page = add('pages', {
		project_id,
		title,
		position,
		body,
		version_number: 1,
		public_access: false,
		created_at: lately,
		updated_at: lately,
		edited_at: lately,
		parent_page_id: parent?.id,
		root_page_id: parent?.['root_page_id'] ?? parent?.id,
	});
	add('page_versions', {
		project_id,
		page_id: page.id,
		title_snapshot: title,
		body_snapshot: body,
		version_number: 1,
		created_at: lately,
		updated_at: lately,
	});
	return page;
}

/** A body with what people write: a heading, marks, a list, a table, and a node of a newer editor. */
export function startPage(name: string, description: string): object[] {
	return [
		{ ...within('heading', text(`Welcome to ${name}`)), attrs: { level: 1 } },
		paragraph(
			text(`${description} Ask `),
			text('Ada', { type: 'strong' }),
			text(' or read '),
			text('the guide', { type: 'link', attrs: { href: 'https://guide.example/a' } }),
		),
		within(
			'bullet_list',
			within('list_item', paragraph(text('Say hello'))),
			within('list_item', paragraph(text('Documents', { type: 'code' }))),
		),
		within('table', tableRow('table_header', 'Who', 'When'), tableRow('table_cell', 'Björk', 'Tuesday | Friday')),
		within('callout', paragraph(text('Kept up to date by everybody.'))),
	];
}

const within = (type: string, ...content: object[]) => ({ type, content });
export const paragraph = (...content: object[]) => within('paragraph', ...content);
export const text = (text: string, ...marks: object[]) => ({ type: 'text', text, marks });
const tableRow = (cell: string, ...texts: string[]) =>
	within('table_row', ...texts.map((words) => within(cell, paragraph(text(words)))));
