import type { WorldFile } from '../world.ts';

/** What Planbox holds. */
export interface Held {
	readonly resources: Resource[];
	readonly products: Product[];
	readonly projects: Project[];
	readonly stories: Story[];
	readonly files: Map<number, WorldFile>;
	/** How many tasks were added to items. */
	tasks: number;
	/** How often an item was put first or last. */
	moves: number;
}

export interface Resource {
	readonly id: number;
	readonly name: string;
	readonly email: string;
	readonly password: string;
	readonly token: string;
	/** In the only organization there is. */
	readonly role: 'owner' | 'admin' | 'member';
}

export type Permission = 'read' | 'write' | 'admin';

export interface Product {
	readonly id: number;
	readonly name: string;
	readonly description: string;
	readonly created_on: string;
	readonly owner_id: number;
	readonly template: 0 | 1;
	readonly iterations: readonly Iteration[];
	readonly token: string;
	/** Whether an administrator switched on the calls that take the initiative token. */
	readonly thirdParty: boolean;
	readonly members: ReadonlyMap<number, Permission>;
}

export interface Iteration {
	readonly id: number;
	readonly num: number;
	readonly start: string;
	readonly end: string;
	readonly timeframe: string;
}

export interface Project {
	readonly id: number;
	readonly product_id: number;
	readonly name: string;
	readonly alias: string;
	readonly description: string;
	readonly deleted: 0 | 1;
	readonly members: ReadonlyMap<number, 'worker' | 'observer'>;
}

export interface Story {
	readonly id: number;
	readonly product_id: number;
	readonly project_id: number;
	iteration_id: number;
	timeframe: string;
	priority: number;
	readonly tasks: Task[];
	[more: string]: unknown;
}

export interface Task {
	readonly id: number;
	status: string;
	resource_id: number | null;
	[more: string]: unknown;
}

export interface StoryFile {
	readonly id: number;
	readonly name?: string;
	readonly filename?: string;
	readonly size?: number;
	/** A path on this server, which the answer turns into a full address. */
	readonly url?: string;
}
