import { tableNames } from './unverified.ts';

/**
 * The names of nodes and marks. Those that stand first are the vendor's own, from its guide "Document Format"
 * (developer.productive.io/guides/document-format) and one client; its older text compares the form with Atlassian's and
 * ProseMirror's, whose names come in two spellings.
 */
const spellings: Readonly<Record<string, readonly string[]>> = {
	doc: ['doc'],
	paragraph: ['paragraph'],
	heading: ['heading'],
	quote: ['blockquote'],
	code: ['codeblock', 'code_block', 'codeBlock'],
	bullets: ['ul', 'bullet_list', 'bulletList'],
	numbers: ['ol', 'ordered_list', 'orderedList'],
	item: ['li', 'list_item', 'listItem'],
	tasks: ['checklist', 'task_list', 'taskList', 'todo_list', 'todoList'],
	task: ['checklist_item', 'task_item', 'taskItem', 'todo_item', 'todoItem', 'checklistItem'],
	rule: ['divider', 'horizontal_rule', 'horizontalRule', 'rule', 'hr'],
	table: ['table'],
	...tableNames,
	text: ['text'],
	break: ['br', 'hard_break', 'hardBreak'],
	image: ['image', 'image', 'image', 'media'],
	mention: ['mention'],
	emoji: ['emoji'],
	file: ['file'],
	var: ['var'],
	strong: ['strong', 'strong', 'strong', 'bold'],
	em: ['em', 'em', 'em', 'italic'],
	strike: ['strike', 'strike', 'strike', 'strikethrough'],
	link: ['link'],
	codeWord: ['code', 'code', 'code', 'inline_code'],
};

/** The kind of code within a line; as a block it is of another. */
export const codeMark = 'codeWord';

const simple = (name: string) => name.replaceAll('_', '').toLowerCase();
const known = new Map(
	Object.entries(spellings).flatMap(([kind, names]) => names.map((name) => [simple(name), kind] as const)),
);

export function kindNamed(type: string): string | undefined {
	return known.get(simple(type));
}

/** How a page spells its names: as the vendor's guide, with underscores, or with capitals. */
type Dialect = 0 | 1 | 2;

export function nameIn(dialect: Dialect, kind: string): string {
	const names = spellings[kind] ?? [kind];
	return names[dialect] ?? names[0] ?? kind;
}

/** Told by the first name that only one of them has. */
export function dialectOf(types: Iterable<string>): Dialect {
	for (const type of types) {
		const names = spellings[kindNamed(type) ?? ''] ?? [];
		const at = names.indexOf(type);
		if ((at === 0 || at === 1 || at === 2) && names.lastIndexOf(type) === at && names.length > 1) {
			return at;
		}
	}
	return 0;
}
