import { zip } from '../samples.ts';
import { type Api, type Asked, createProject, drop, file, list, named, pageOf } from './api.ts';
import { type Body, byId, checked, found, insist, type Shape } from './checks.ts';
import { addProject, type Node, type Project } from './holdings.ts';
import { external } from './people.ts';

interface Export {
	readonly id: number;
	readonly project: Project;
	readonly flags: Body;
	polls: number;
	readonly started: string;
}

export function workspaceCalls({ call, holdings, sees, projectOf, now, stamp }: Api): readonly Export[] {
	const { people, projects, boards, cards, nodes, webhooks } = holdings;
	const exports: Export[] = [];

	call(
		'POST /2/account/projects',
		({ body }) => {
			const { archive_status } = checked(body.filter ?? {}, { archive_status: '?list' });
			const states = (archive_status ?? [0]) as number[];
			const known = states.every((state) => [0, 1].includes(state));
			insist(known, 'INVALID_FILTER');
			const wanted = projects.filter(({ archived }) => states.includes(Number(archived)));
			const page = pageOf(wanted, body, '+creation_date');
			return page.map(({ id, name }) => ({ id, name, space_used: spaceOf(nodes, id) }));
		},
		list,
	);
	call(
		'GET /1/user/me/projects',
		({ c, principal }) =>
			projects
				.filter((project) => !project.archived && sees(principal, project))
				.map(({ id, name, container_id }) => ({
					id,
					name,
					...(c.req.query('include_tools') && { tools: { documents: { container_id } } }),
				})),
		undefined,
		{ include_tools: '?true' },
	);
	call(
		createProject,
		({ body }) => {
			const owner = byId(people, body.owner_id ?? people[0]?.id);
			insist(owner && owner.account_role !== external, 'INVALID_OWNER_ID');
			return named(addProject(holdings, String(body.name).trim(), owner.id, stamp()));
		},
		{ name: 'text', owner_id: '?id' },
	);
	call('DELETE /1/projects/:id', (asked) => {
		const { id } = projectOf(asked, asked.id);
		const gone = boards.filter(({ project_id }) => project_id === id).map((board) => board.id);
		drop(projects, (one) => one.id === id);
		drop(boards, ({ project_id }) => project_id === id);
		drop(nodes, ({ project_id }) => project_id === id);
		drop(cards, ({ board_id }) => gone.includes(board_id));
		drop(webhooks, ({ artifact_id }) => gone.includes(Number(artifact_id)));
		return asked.c.body(null, 200);
	});

	call(
		'POST /1/projects/:id/exports',
		(asked) => {
			const id = 6001 + exports.length;
			exports.push({ id, project: projectOf(asked, asked.id), flags: asked.body, polls: 0, started: now() });
			return id;
		},
		exportFlags,
	);
	const exportOf = ({ id, more }: Asked): Export => {
		const job = found(exports, more.eid, 'EXPORT');
		insist(String(job.project.id) === id, 'NOT_FOUND_EXPORT', 404);
		return job;
	};
	call('GET /1/projects/:id/exports/:eid', (asked) => {
		const job = exportOf(asked);
		const { started: started_at, project } = job;
		job.polls += 1;
		const download_name = `${project.name}-${started_at.slice(0, 10)}.zip`;
		const download_uri = `${new URL(asked.c.req.url).origin}/1/projects/${project.id}/exports/${job.id}/file?name=${encodeURIComponent(download_name)}`;
		const done = job.polls > 1;
		return { eid: job.id, done, started_at, ...(done && { finished_at: now(), download_name, download_uri }) };
	});
	call(
		'GET /1/projects/:id/exports/:eid/file',
		(asked) => {
			const { c } = asked;
			const { project, flags } = exportOf(asked);
			const files = nodes.flatMap(({ id, project_id, file_name, content }) =>
				flags.include_documents && content && project_id === project.id
					? [[`documents/${id} ${file_name}`, content] as const]
					: [],
			);
			const plan = boards.filter(({ project_id }) => flags.include_boards && project_id === project.id);
			return file(
				c,
				zip([['boards.json', JSON.stringify(plan)], ...files]),
				c.req.query('name') ?? '',
				'application/zip',
			);
		},
		undefined,
		{ name: 'text' },
	);
	return exports;
}

const exportFlags: Shape = Object.fromEntries(
	'documents all_document_versions plan boards conversations plan_attachments card_attachments archived_boards conversation_attachments issues_2 issues_2_attachments'
		.split(' ')
		.map((name) => [`include_${name}`, '?flag']),
);

function spaceOf(nodes: readonly Node[], project: number): number {
	return nodes.reduce((sum, { project_id, content }) => sum + (project_id === project ? (content?.length ?? 0) : 0), 0);
}
