import { longBacklog, type World, type WorldCard, type WorldFolder } from '../world.ts';
import { type Doc, type Kind, md5, Store } from './store.ts';

/** What a person of the sandbox signs in with. */
export interface Person {
	readonly user: string;
	readonly key: string;
}

/** Keys with their Icelandic words; the tenant's own "In_review" was never translated. */
const statuses: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	project_status: { Pending: 'Í bið', In_progress: 'Í vinnslu', On_hold: 'Í biðstöðu', Closed: 'Lokið' },
	task_status: { Pending: 'Í bið', In_progress: 'Í vinnslu', In_review: '', Closed: 'Lokið' },
	space_status: { active: 'Virkt', closed: 'Lokað', inactive: 'Óvirkt', archived: 'Í geymslu' },
};
const types = [
	['Project', 'Project', 'project_status', ['url', 'kkscode']],
	['Programme', 'Project', 'project_status', []],
	['Task', 'Task', 'task_status', []],
	['Standing item', 'Task', 'space_status', []],
	['File', 'File', '', []],
	['Contact', 'Contact', '', []],
] as const;
/** The templates of every space. No document shows one; its aspects are guessed to look as those of a project. */
const templates = {
	'Standard project': { url: { url: '' }, kkscode: { kks_code: [] } },
	'Verkefni með áföngum': {},
};

/** Cases in the register: three pages of the largest page our client asks for. */
const caseCount = 205;
const suggestionCount = 230;

/** The world as a tenant: a space for each workspace, and what a case system has beside them, a register of cases. */
export function seed(world: World): { readonly tenant: Tenant; readonly people: readonly Person[] } {
	const tenant = new Tenant(world);
	tenant.addLists();
	world.clients.forEach((title, at) => tenant.add('contacts', { title, identifier: `540101${1000 + at}` }));
	world.workspaces.forEach((_, at) => tenant.addWorkspace(at));
	tenant.addRegister();
	tenant.addSystem();
	return { tenant, people: [tenant.users[1] ?? 'reader', 'reader'].map((user) => ({ user, key: md5(user) })) };
}

type Given = Partial<Doc> & { readonly title: string };

/** A store that knows what makes a new document complete. */
export class Tenant extends Store {
	readonly #world: World;
	/** The ids of types of documents. */
	readonly #types: Record<string, string> = {};
	readonly users: readonly string[];

	constructor(world: World) {
		super();
		this.#world = world;
		this.users = world.people.map(({ email }) => email.split('@')[0] ?? '');
	}

	override add(kind: Kind, given: Given): Doc {
		const created = given.created ?? '2024-05-06T07:08:09';
		const by = { created_by: 'Björk Jónsdóttir', modified_by: given.created_by ?? 'Björk Jónsdóttir' };
		return super.add(kind, { modified: created, ...by, ...given, created });
	}

	addProject(space: Doc | undefined, given: Given): Doc {
		const created = given.created ?? space?.created;
		return this.add('projects', {
			status: 'project_status:Pending:',
			dynatype: this.#types.Project,
			...given,
			created,
			space: space?.id,
			node: this.id(),
			identifier: this.identifier(String(created).slice(0, 4)),
			path: `${space?.path as string}/Projects/${given.title}`,
		});
	}

	addTask(project: Doc | undefined, given: Given): Doc {
		const place = {
			project: project?.id,
			space: project?.space,
			path: `${project?.path as string}/tasks/${given.title}`,
		};
		return this.add('tasks', { status: 'task_status:Pending:', dynatype: this.#types.Task, ...given, ...place });
	}

	/** A folder or file of a project or space; `parent` is its node or a folder. */
	addEntry(kind: 'files' | 'folders', owner: Doc | undefined, parent: unknown, given: Given): Doc {
		const place = owner?.node && owner.space ? { project: owner.id, space: owner.space } : { space: owner?.id };
		return this.add(kind, { ...given, ...place, parent, path: `${owner?.path as string}/Workspace/${given.title}` });
	}

	addComment(author: string, given: Partial<Doc>): Doc {
		const id = String(this.all('comments').length + 1);
		return this.add('comments', { title: '', ...given, id, author: `/api/v2/users/${author}/` });
	}

	addLists(): void {
		const people = [...this.#world.people, { firstName: 'Lesley', lastName: 'Reader' }];
		people.forEach(({ firstName, lastName }, at) => {
			const username = this.users[at] ?? 'reader';
			this.add('users', { id: username, title: username, username, first_name: firstName, last_name: lastName });
		});
		for (const [name, words] of Object.entries(statuses)) {
			const entries = Object.entries(words).map(([key, is], at) => {
				const en = key[0]?.toUpperCase() + key.slice(1).replace('_', ' ');
				return { name: `${name}:${key}:`, ordering: at + 1, parent: '', translations: is ? { en, is } : {} };
			});
			this.add('valuelists', { id: name, title: name, name, default: entries[0]?.name, entries });
		}
		for (const [title, systype, status_list, optional_aspects] of types) {
			const caption = `dynatypes_labels:${title}_`;
			const captions = { caption_plural: `${caption}plural:`, caption_singular: `${caption}singular:` };
			this.#types[title] = this.add('dynatypes', { title, systype, status_list, optional_aspects, ...captions }).id;
		}
	}

	addWorkspace(at: number): void {
		const workspace = this.#world.workspaces[at];
		if (!workspace) {
			return;
		}
		const { name, description, archived, boards, archive, client, manager } = workspace;
		const status = archived ? 'space_status:archived:' : at === 1 ? '' : 'space_status:active:';
		const group = this.#world.clients[client] ?? '';
		const space = this.#addSpace(`${group}/`, {
			title: name,
			created: dayAfter('2024-01-01', at),
			description,
			status,
		});
		const contacts = [this.all('contacts')[client]?.id];
		const projects = boards.map((board, index) => {
			const key = archived ? 'Closed' : ['In_progress', 'Pending', 'On_hold'][index];
			const more = { status: `project_status:${key}:`, contacts, responsible_users: [this.users[manager]] };
			const project = this.addProject(space, { title: board.name, due_date: board.dueDate, ...more });
			board.cards.forEach((card) => this.#addCard(project, card, board.columns.length));
			return project;
		});
		const { files, folders } = archive;
		this.#fill(space, space.node, { ...archive, files: files.slice(2), folders: folders.slice(0, 1) });
		this.#fill(projects[0], projects[0]?.node, { ...archive, files: files.slice(0, 2), folders: folders.slice(1) });
		if (at === 0) {
			this.#addOddities(space, projects[0]);
		}
	}

	/** One project a case: the long list that a case system naturally has. */
	addRegister(): void {
		const description = 'The register of cases, one project a case.';
		const space = this.#addSpace('Skrifstofa/', { title: 'Málaskrá', created: dayAfter('2026-01-01', 0), description });
		this.addProject(space, { title: 'All cases of 2026', dynatype: this.#types.Programme });
		longBacklog(caseCount, 11).forEach(({ title, dueDate }, at) => {
			const status = `project_status:${at % 3 ? 'In_progress' : 'Closed'}:`;
			this.addProject(space, { title, created: dayAfter('2026-01-02', at), due_date: dueDate, status });
		});
	}

	/** A hidden space and the trash, which no list leaves out. */
	addSystem(): void {
		const space = this.#addSpace('system/', { title: 'global', created: dayAfter('2020-01-01', 0), is_hidden: true });
		this.addProject(space, { title: 'System maintenance' });
		const nobody = { created_by: null, modified_by: null, version: null };
		this.add('folders', { title: 'trash', path: '/domain/trash', parent: this.id(), ...nobody });
	}

	#addSpace(folder: string, given: Given): Doc {
		const space = this.add('spaces', { ...given, node: this.id(), path: `/domain/spaces/${folder}${given.title}` });
		Object.entries(templates).forEach(([title, aspects]) =>
			this.add('templates', { title, type: 'Project', space: space.id, aspects }),
		);
		return space;
	}

	/** CoreData has statuses, not columns: the first column waits, the last is done, those between are in progress. */
	#addCard(project: Doc, card: WorldCard, columns: number): void {
		const { title, created, description, column, dueDate, labels, blocked = null, assignee } = card;
		const key =
			column === 0 ? 'Pending' : column === columns - 1 ? 'Closed' : column === 2 ? 'In_review' : 'In_progress';
		this.addTask(project, {
			title,
			created: created.slice(0, 19),
			description: description.replaceAll('</p><p>', '\n').replaceAll(/<[^>]*>/g, ''),
			due_date: dueDate,
			tags: labels,
			status: `task_status:${key}:`,
			status_message: blocked,
			responsible_users: assignee === undefined ? [] : [this.users[assignee]],
		});
	}

	#fill(owner: Doc | undefined, parent: unknown, { files, folders }: WorldFolder): void {
		for (const { name, content, mediaType, modified } of files) {
			const title = name.replace(/\.[^.]*$/, '');
			const more = { filename: name, mime_type: mediaType, created: modified.slice(0, 19), version: '0.1' };
			const file = this.addEntry('files', owner, parent, { title, ...more });
			this.fill(file, content);
			file.digest = title === 'README' ? '' : file.digest;
		}
		for (const folder of folders) {
			this.#fill(owner, this.addEntry('folders', owner, parent, { title: folder.name, version: null }).id, folder);
		}
	}

	/** What real tenants have: tasks of another status family, of no type, of a status that is gone; a long list. */
	#addOddities(space: Doc, first: Doc | undefined): void {
		const dynatype = this.#types['Standing item'];
		if (first) {
			const template = this.all('templates', 'space', space.id)[0]?.id;
			this.change(first, { template, aspects: { url: { url: 'https://example.net/höfn' } } });
		}
		this.addTask(first, { title: 'Keep the quay free of ice', dynatype, status: 'space_status:active:' });
		this.addTask(first, { title: 'Verklag frá 2019', dynatype: '', status: 'task_status:Frozen:' });
		const project = this.addProject(space, { title: 'Suggestions – Ábendingar', tags: ['Höfn'] });
		longBacklog(suggestionCount).forEach((card, at) => this.#addCard(project, { ...card, column: at % 3 }, 3));
		this.addComment('bjork', { doc_id: first?.id, text: 'Gætið að sjávarföllum.', time: '2024-05-06T07:08:09.123456' });
	}
}

function dayAfter(day: string, days: number): string {
	return new Date(Date.parse(`${day}T07:08:09Z`) + days * 86_400_000).toISOString().slice(0, 19);
}
