import type { Card, Hit } from '../../core/model.ts';
import { onePage, type Page } from '../../core/page.ts';
import type { Making } from './creation.ts';
import { isDone, toBoard, toCard, toColumns, toWorkspace, whyReadOnly } from './mapping.ts';
import type { ProductWire, ProjectWire, StoryWire } from './replies.ts';
import { openTimeframesOf } from './timeframes.ts';

/** The items with a task of this person's that are not done: a question for each initiative, and one for all their projects. */
export async function mine(making: Making, signal: AbortSignal): Promise<Page<Hit>> {
	const { id } = await making.data.me(signal);
	const products = (await making.data.products(signal)).filter(({ template }) => !template);
	const asked = products.map(async (product): Promise<Found> => {
		const stories = await making.client.storiesOf(product.id, openTimeframesOf(product), id, signal);
		return { product, stories: stories.filter((story) => isToDo(story, id)) };
	});
	const found = (await Promise.all(asked)).filter(({ stories }) => stories.length > 0);
	const ids = found.map(({ product }) => product.id);
	const projects = await making.data.projectsOfAll(ids, signal);
	const hits = await Promise.all(found.map((one) => toHits(one, projects, making, signal)));
	return onePage(hits.flat());
}

interface Found {
	readonly product: ProductWire;
	readonly stories: readonly StoryWire[];
}

function isToDo({ tasks }: StoryWire, me: string): boolean {
	return tasks?.some((task) => task.resource_id === me && !isDone(task)) ?? false;
}

async function toHits(
	{ product, stories }: Found,
	projects: readonly ProjectWire[],
	{ data, server }: Making,
	signal: AbortSignal,
): Promise<readonly Hit[]> {
	const people = await data.people(product.id, signal);
	return stories
		.map((story) => toCard(story, people, server))
		.filter(({ done }) => !done)
		.flatMap((card) => toHit(card, product, projects, server));
}

/** A project that is deleted or not shown to this account has no board. */
function toHit(card: Card, product: ProductWire, projects: readonly ProjectWire[], server: string): readonly Hit[] {
	const project = projects.find(({ id }) => id === card.boardId);
	if (!project) {
		return [];
	}
	const workspace = toWorkspace(product, server);
	const board = toBoard(project, workspace, server);
	const readOnly = whyReadOnly(board.extra);
	return [
		{
			workspace,
			board,
			column: toColumns(board, product).find(({ id }) => id === card.columnId),
			card: readOnly === undefined ? card : { readOnly, ...card },
		},
	];
}
