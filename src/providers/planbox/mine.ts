import type { Card, Hit } from '../../core/model.ts';
import { onePage, type Page } from '../../core/page.ts';
import type { Making } from './creation.ts';
import { isDone, toBoard, toCard, toColumns, toWorkspace, whyReadOnly } from './mapping.ts';
import type { ProductWire, ProjectWire } from './replies.ts';

/** The items with a task of this person's that are not done: one question for each initiative, side by side. */
export async function mine(making: Making, signal: AbortSignal): Promise<Page<Hit>> {
	const { id } = await making.data.me(signal);
	const products = (await making.data.products(signal)).filter(({ template }) => !template);
	const hits = await Promise.all(products.map((product) => mineIn(product, id, making, signal)));
	return onePage(hits.flat());
}

async function mineIn(
	product: ProductWire,
	me: string,
	{ client, data, server }: Making,
	signal: AbortSignal,
): Promise<readonly Hit[]> {
	const stories = await client.storiesOf(product.id, me, signal);
	if (stories.length === 0) {
		return [];
	}
	const [people, projects] = await Promise.all([data.people(product.id, signal), data.projects(product.id, signal)]);
	return stories
		.filter(({ tasks }) => tasks?.some((task) => task.resource_id === me && !isDone(task)))
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
			column: toColumns(board).find(({ id }) => id === card.columnId),
			card: readOnly === undefined ? card : { readOnly, ...card },
		},
	];
}
