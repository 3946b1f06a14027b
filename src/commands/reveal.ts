import type { Account } from '../core/accounts.ts';
import type { Hit } from '../core/model.ts';
import type { Node } from '../views/node.ts';
import type { Services } from './services.ts';

/** Shows a thing in the tree, opening and loading what stands above it; as far down as it is still there. */
export async function reveal(
	{ tree, view }: Services,
	account: Account,
	{ workspace, board, column, card }: Hit,
): Promise<void> {
	let at: Node | undefined = tree.rootOf(account);
	for (const thing of [workspace, board, column, card]) {
		const wanted = at;
		if (!wanted || !thing) {
			break;
		}
		const kind = thing === workspace ? 'workspace' : thing === board ? 'board' : thing === column ? 'column' : 'card';
		at = (await tree.find(wanted, (node) => 'kind' in node && node.kind === kind && node.thing?.id === thing.id)) ?? at;
		if (at === wanted) {
			break;
		}
	}
	if (at) {
		await view.reveal(at, { select: true, focus: true, expand: true });
	}
}
