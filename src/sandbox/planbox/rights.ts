import { type Args, Declined, found } from './form.ts';
import type { Held, Product, Project, Resource, Story } from './held.ts';

/** Who asks, and of what. */
export interface Asking {
	readonly held: Held;
	readonly me: Resource;
	/** Milliseconds since the epoch. */
	readonly now: number;
}

export function findProduct({ held, me }: Asking, id: string): Product {
	return found(
		held.products.find((one) => String(one.id) === id && one.members.has(me.id)),
		'Product',
	);
}

export function projectsOf({ held, me }: Asking, { id }: Product): readonly Project[] {
	return held.projects.filter((project) => project.product_id === id && project.members.has(me.id));
}

export function projectOf(ask: Asking, product: Product, id: string): Project {
	return found(
		projectsOf(ask, product).find((project) => String(project.id) === id),
		'Project',
	);
}

/** Members who may only read and observers look on. */
export function mayWrite({ me }: Asking, { members }: { readonly members: ReadonlyMap<number, string> }): void {
	if (['read', 'observer'].includes(members.get(me.id) ?? '')) {
		throw new Declined('You do not have permission to do this');
	}
}

export function storyOf({ held, me }: Asking, args: Args): Story {
	const story = held.stories.find(({ id }) => String(id) === args.one('story_id'));
	const project = held.projects.find(({ id }) => id === story?.project_id);
	return found(project?.members.has(me.id) ? story : undefined, 'Story');
}

export function writableStory(ask: Asking, args: Args): Story {
	const story = storyOf(ask, args);
	const product = findProduct(ask, String(story.product_id));
	mayWrite(ask, product);
	mayWrite(ask, projectOf(ask, product, String(story.project_id)));
	return story;
}
