/** The vendor's resources as tables: what they show, what they are related to, and what their lists can be asked for. */
export interface Row {
	readonly id: number;
	readonly organization_id?: number;
	[field: string]: unknown;
}

export type Tables = Record<string, Row[]>;

export interface Kind {
	readonly type: string;
	readonly table: string;
	/** In the vendor's order. */
	readonly attributes: readonly string[];
	/** A name of `relatedKinds` for one, or a kind's own name for all that name this one. */
	readonly relations: readonly string[];
	/** Names of `filters`, or fields that hold numbers. */
	readonly filters: readonly string[];
	readonly sorts: readonly string[];
	/** Whether `filter[x][contains]` and groups are understood. */
	readonly operations: boolean;
}

/** What an attribute holds where nothing else is known; all others null. */
export const usual: Readonly<Record<string, unknown>> = {
	project_type_id: 2,
	public_access: true,
	time_on_tasks: false,
	tag_colors: {},
	template: false,
	sample_data: false,
	description: undefined,
	is_user: true,
	role_id: 11,
	tag_list: [],
	hidden: false,
	closed: false,
	type_id: 1,
	preferences: {},
	public: false,
	private: false,
	draft: false,
	reactions: {},
	todo_count: 0,
	open_todo_count: 0,
	subtask_count: 0,
	open_subtask_count: 0,
};

/** Relations that nothing can be included for are left out here. */
export const relatedKinds: Readonly<Record<string, string>> = {
	organization: 'organizations',
	company: 'companies',
	project: 'projects',
	workflow: 'workflows',
	workflow_status: 'workflow_statuses',
	board: 'boards',
	folder: 'folders',
	task_list: 'task_lists',
	parent_task: 'tasks',
	page: 'pages',
	parent_page: 'pages',
	root_page: 'pages',
	task: 'tasks',
	person: 'people',
	project_manager: 'people',
	last_actor: 'people',
	assignee: 'people',
	creator: 'people',
};

export interface Filter {
	readonly values: RegExp;
	read(row: Row, tables: Tables): unknown;
	/** Found by a part of it. */
	readonly text?: boolean;
	/** Lets more through instead of less; which rows that are is known where they are gathered. */
	readonly widens?: boolean;
}

/** What a field holds, as filters and addresses need it. */
export function asText(value: unknown): string {
	return String(value);
}

const digits = /^\d+$/;

/** By an id as a number or in digits, never by anything else that would pass for a number. */
export function find(tables: Tables, table: string, id: unknown): Row | undefined {
	const rows = tables[table] ?? [];
	const wanted = typeof id === 'string' && digits.test(id) ? Number(id) : id;
	if (typeof wanted !== 'number') {
		return undefined;
	}
	// Rows are added with growing ids and rarely deleted, so the place is nearly always the distance from the first.
	const guess = rows[wanted - Number(rows[0]?.id)];
	return guess?.id === wanted ? guess : rows.find((row) => row.id === wanted);
}

const listOf = (row: Row, tables: Tables) => find(tables, 'task_lists', row['task_list_id']);
const folderOf = (row: Row, tables: Tables) => row['folder_id'] ?? listOf(row, tables)?.['folder_id'];
const statusOf = (row: Row, tables: Tables) => find(tables, 'workflow_statuses', row['workflow_status_id']);

const field = (name: string, values = digits): Filter => ({ values, read: (row) => row[name] });
const part = (...names: string[]): Filter => ({
	values: /./,
	text: true,
	read: (row) => names.map((name) => asText(row[name] ?? '')).join(' '),
});
const oneOrTwo = (isTwo: Filter['read']): Filter => ({
	values: /^[12]$/,
	read: (row, tables) => (isTwo(row, tables) ? 2 : 1),
});

const filters: Readonly<Record<string, Filter>> = {
	status: oneOrTwo((row) => row['archived_at'] ?? row['deactivated_at'] ?? row['closed']),
	query: part('name', 'title', 'number', 'email'),
	name: part('name'),
	title: part('title'),
	project_type: { values: /^[12]$/, read: (row) => row['project_type_id'] ?? 2 },
	responsible_id: field('project_manager_id'),
	person_id: field('project_manager_id'),
	folder_id: { values: digits, read: folderOf },
	board_id: { values: digits, read: folderOf },
	workflow_id: { values: digits, read: (row, tables) => row['workflow_id'] ?? statusOf(row, tables)?.['workflow_id'] },
	workflow_status_category_id: { values: /^[123]$/, read: (row, tables) => statusOf(row, tables)?.['category_id'] },
	task_type: oneOrTwo((row) => row['parent_task_id']),
	with_templates: { values: /^(true|false)$/, read: () => undefined, widens: true },
};

export function filterNamed(kind: Kind, name: string): Filter | undefined {
	return kind.filters.includes(name) ? (filters[name] ?? field(name)) : undefined;
}

const words = (text: string) => text.split(' ').filter(Boolean);

function kind(
	type: string,
	attributes: string,
	relations: string,
	filters: string,
	sorts = '',
	more: Partial<Kind> = {},
): Kind {
	const lists = {
		attributes: words(attributes),
		relations: words(relations),
		filters: words(filters),
		sorts: words(sorts),
	};
	return { type, table: type, ...lists, operations: false, ...more };
}

const placed = 'name position placement archived_at';
const folder = [`${placed} hidden`, 'organization project', 'id project_id status query', ''] as const;

export const kinds: Readonly<Record<string, Kind>> = Object.fromEntries(
	[
		kind('organizations', 'name created_at', '', '', 'name'),
		kind('organization_memberships', 'position', 'organization person user', 'organization_id'),
		kind(
			'people',
			'first_name last_name nickname email title role_id is_user deactivated_at archived_at created_at',
			'organization company',
			'id company_id query status',
			'name email',
		),
		kind(
			'companies',
			'name billing_name archived_at created_at tag_list custom_fields',
			'organization',
			'id name query status',
			'name created_at',
		),
		kind('workflows', 'name archived_at', 'organization workflow_statuses', 'name query', 'name'),
		kind(
			'workflow_statuses',
			'name color_id position category_id',
			'organization workflow',
			'id workflow_id category_id name query',
			'name position',
		),
		kind(
			'projects',
			'name number project_number project_type_id project_color_id last_activity_at public_access time_on_tasks tag_colors archived_at ' +
				'created_at template custom_fields description task_custom_fields_ids sample_data',
			'organization company project_manager last_actor workflow custom_field_people template_object',
			'id company_id workflow_id project_type responsible_id person_id name number status query with_templates',
			'name created_at last_activity_at number project_number',
			{ operations: true },
		),
		kind('folders', ...folder),
		kind('boards', ...folder, { table: 'folders' }),
		kind(
			'task_lists',
			`${placed} email_key`,
			'organization project board folder',
			'id project_id board_id folder_id status query',
		),
		kind(
			'tasks',
			'title description number task_number start_date due_date created_at updated_at closed_at last_activity_at deleted_at closed private ' +
				'type_id placement subtask_placement initial_estimate worked_time todo_count open_todo_count subtask_count open_subtask_count ' +
				'tag_list custom_fields',
			'organization project task_list workflow_status assignee creator last_actor parent_task service attachments custom_field_people',
			'project_id task_list_id workflow_status_id assignee_id parent_task_id task_number folder_id board_id workflow_id status task_type ' +
				'workflow_status_category_id query title',
			'placement due_date title number updated_at last_activity_at created_at',
			{ operations: true },
		),
		kind(
			'pages',
			'title body parent_page_id root_page_id position version_number preferences custom_fields created_at updated_at edited_at public_access public',
			'organization creator project parent_page root_page attachments template_object',
			'id project_id creator_id',
			'title created_at updated_at edited_at',
		),
		kind(
			'page_versions',
			'name title_snapshot body_snapshot version_number restored_from_version_id created_at updated_at',
			'organization page person',
			'id page_id person_id restored_from_version_id',
			'created_at name updated_at',
		),
		kind(
			'comments',
			'body commentable_type created_at updated_at edited_at draft hidden pinned_at reactions version_number deleted_at',
			'organization creator task attachments',
			'task_id page_id project_id discussion_id',
			'created_at',
		),
		kind(
			'attachments',
			'name content_type size url thumb temp_url created_at deleted_at attachment_type attachable_type',
			'organization page task',
			'task_id page_id comment_id',
		),
	].map((one) => [one.type, one]),
);
