import { addProject, addStory, organizationId } from './data.ts';
import { type Args, Declined, found } from './form.ts';
import type { Held, Product, Project, Resource } from './held.ts';
import { addedTask, statusChanged, taskFields, updatedTask } from './items.ts';
import { type Asking, findProduct, mayWrite, projectOf, projectsOf, storyOf, writableStory } from './rights.ts';

/** A call of the old API: who asks, with what, and what comes back as `content`. */
export interface Call {
	/** The arguments as `Args` reads them. */
	readonly takes: string;
	readonly run: (args: Args, ask: Asking) => unknown;
	/** Whether it is answered without being signed in. */
	readonly open?: boolean;
}

const storyFields = 'name description note tags type importance points value due_on';

export const calls: Readonly<Record<string, Call>> = {
	auth: { takes: 'email! password!', open: true, run: (args, { held }) => ({ access_token: login(held, args).token }) },
	get_logged_resource: {
		takes: '',
		run: (_, { held, me }) => ({
			...person(me),
			https: '1',
			package_expires_on: '0000-00-00',
			user_limit: '25',
			user_count: held.resources.length,
		}),
	},
	get_resources: {
		takes: 'product_id!',
		run: (args, ask) => {
			const { members } = productOf(ask, args);
			return ask.held.resources.filter(({ id }) => members.has(id)).map(person);
		},
	},
	get_contacts: {
		takes: '',
		run: (_, { held, me }) => held.resources.filter((one) => one !== me).map(person),
	},
	// The manual's own example sends the data type where the data belongs.
	get_products: {
		takes: 'json',
		run: (_, ask) => ask.held.products.filter((one) => one.members.has(ask.me.id)).map((one) => productFor(ask, one)),
	},
	get_product: { takes: 'product_id!', run: (args, ask) => productFor(ask, productOf(ask, args)) },
	get_projects: {
		takes: 'product_id*!',
		run: (args, ask) =>
			[...new Set(args.many('product_id'))]
				.flatMap((id) => projectsOf(ask, findProduct(ask, id)))
				.map((one) => projectFor(ask, one)),
	},
	get_project: {
		takes: 'product_id! project_id!',
		run: (args, ask) => projectFor(ask, projectOf(ask, productOf(ask, args), args.one('project_id'))),
	},
	add_project: { takes: 'product_id! name alias from_project_id', run: addedProject },
	get_iterations: {
		takes: 'product_id! timeframe* iteration_id[]',
		run: (args, ask) => iterationsOf(args, ask, ['current', 'next', 'backlog', 'last']),
	},
	get_stories: { takes: 'product_id! project_id timeframe* iteration_id[] resource_id[]', run: stories },
	get_story: { takes: 'story_id!', run: (args, ask) => storyOf(ask, args) },
	update_story: {
		takes: `story_id! status ${storyFields}`,
		// A status is taken and forgotten: it follows from the tasks.
		run: (args, ask) => [Object.assign(writableStory(ask, args), args.pick(storyFields))],
	},
	update_story_status: { takes: 'story_id! action!', run: statusChanged },
	add_task: { takes: 'story_id! name!', run: addedTask },
	update_task: {
		takes: `story_id! task_id! ${taskFields}`,
		run: updatedTask,
	},
	move_story_to_iteration: { takes: 'story_id! timeframe! position!', run: moved },
	third_party_create_story: {
		takes: `token! source! creator_email! name! description! assignee_email timeframe project_alias attachments{} ${storyFields}`,
		open: true,
		run: thirdPartyStory,
	},
};

export function login({ resources }: Held, args: Args): Resource {
	const one = resources.find(({ email }) => email === args.one('email'));
	if (one?.password !== args.one('password')) {
		throw new Declined('Invalid email or password');
	}
	return one;
}

function person({ id, name, email }: Resource) {
	return { id, name, email, image: `https://www.planbox.com/img/resource/${id}.png` };
}

function productOf(ask: Asking, args: Args): Product {
	return findProduct(ask, args.one('product_id'));
}

function productFor(ask: Asking, product: Product): Record<string, unknown> {
	const { members, thirdParty: _, token, template, id, owner_id, ...shown } = product;
	const permission = members.get(ask.me.id);
	return {
		...shown,
		// Ids are numbers here and text there, and so are flags.
		id: id % 4 === 3 ? String(id) : id,
		template: id % 2 ? template : String(template),
		creator_id: owner_id,
		owner_id,
		image: 'https://www.planbox.com/img/product/na.png',
		permission,
		email_notifications: [],
		timezone: 'Europe/Berlin',
		iteration_start: product.iterations.find(({ timeframe }) => timeframe === 'next')?.start,
		iteration_length: 2,
		iteration_length_unit: 'weeks',
		resource_ids: [...members.keys()],
		project_ids: projectsOf(ask, product).map((one) => one.id),
		capacity: 120,
		organization_id: organizationId,
		...(permission === 'admin' && { token }),
	};
}

function projectFor({ me }: Asking, { members, ...project }: Project): Record<string, unknown> {
	const ids = [...members.keys()];
	return {
		...project,
		association: members.get(me.id),
		resource_ids: ids,
		resource_associations: Object.fromEntries(members),
		// PHP writes a map without entries as a list.
		resource_roles: project.id % 2 ? [] : Object.fromEntries(ids.map((id) => [id, [3]])),
		role_ids: [3],
	};
}

function addedProject(args: Args, ask: Asking): unknown {
	const { me, held } = ask;
	const product = productOf(ask, args);
	const [alias, from] = [args.one('alias'), args.one('from_project_id')];
	mayWrite(ask, product);
	if (alias.length > 10) {
		throw new Declined('The alias can have up to 10 characters');
	}
	const members = from ? projectOf(ask, product, from).members : [];
	const project = addProject(
		held,
		product,
		args.one('name') || 'New project',
		alias,
		new Map([...members, [me.id, 'worker']]),
	);
	return { resource: [person(me)], project: [projectFor(ask, project)] };
}

/** By timeframes or by ids, never both, and by no more than sixty ids. */
function iterationsOf(args: Args, ask: Asking, usual: readonly string[]): Product['iterations'] {
	const [times, ids] = [args.many('timeframe'), args.many('iteration_id')];
	if (times.length > 0 && ids.length > 0) {
		throw new Declined('Use either timeframe or iteration_id');
	}
	if (ids.length > 60) {
		throw new Declined('At most 60 iterations can be asked for');
	}
	const known = ['before_last', 'last', 'current', 'next', 'after_next', 'backlog'];
	if (times.some((time) => !known.includes(time))) {
		throw new Declined('Unknown timeframe');
	}
	const wanted = times.length > 0 ? times : usual;
	return productOf(ask, args).iterations.filter(({ timeframe, id }) =>
		ids.length > 0 ? ids.includes(String(id)) : wanted.includes(timeframe),
	);
}

/** The whole product at once: a project that is asked for is ignored, as one client found. */
function stories(args: Args, ask: Asking): readonly unknown[] {
	const iterations = new Set(iterationsOf(args, ask, ['current']).map(({ id }) => id));
	const visible = new Set(projectsOf(ask, productOf(ask, args)).map(({ id }) => id));
	const people = args.many('resource_id');
	return ask.held.stories
		.filter((story) => iterations.has(story.iteration_id) && visible.has(story.project_id))
		.filter(({ tasks }) => people.length === 0 || tasks.some((task) => people.includes(String(task.resource_id))))
		.map((story) => (story.id % 3 ? story : { ...story, id: String(story.id), priority: String(story.priority) }));
}

function moved(args: Args, ask: Asking): unknown {
	const story = writableStory(ask, args);
	const [timeframe, position] = [args.one('timeframe'), args.one('position')];
	const { iterations } = findProduct(ask, String(story.product_id));
	const iteration = found(
		iterations.find((one) => one.timeframe === timeframe && ['top', 'bottom'].includes(position)),
		'Timeframe or position',
	);
	ask.held.moves += 1;
	const priority = position === 'top' ? -ask.held.moves : 1_000_000 + ask.held.moves;
	return [Object.assign(story, { iteration_id: iteration.id, timeframe, priority })];
}

/** By the initiative's token instead of a person's; only where an administrator has switched it on. */
function thirdPartyStory(args: Args, { held }: Asking): unknown {
	const by = (argument: string) => held.resources.find(({ email }) => email === args.one(argument))?.id;
	const product = held.products.find(({ token }) => token === args.one('token'));
	const creator = by('creator_email');
	if (!product?.thirdParty || !creator || !product.members.has(creator)) {
		throw new Declined('Third-party access was refused');
	}
	const [timeframe, alias] = [args.one('timeframe') || 'current', args.one('project_alias')];
	const project = held.projects.find((one) => one.product_id === product.id && (!alias || one.alias === alias));
	if (
		!/^(current|next|backlog)$/.test(timeframe) ||
		!/^[1-5]?$/.test(args.one('importance')) ||
		args.one('source').length > 20
	) {
		throw new Declined('Invalid timeframe, importance or source');
	}
	return addStory(held, product, found(project, 'Project'), timeframe, {
		status: 'pending',
		tags: '',
		...args.pick(`source ${storyFields}`),
		creator_id: creator,
		tasks: [{ id: 1, name: args.one('name'), status: 'pending', resource_id: by('assignee_email') ?? null }],
		comments: [],
		files: args.records.filter(Boolean).map((record, id) => ({ id, ...record })),
	});
}
