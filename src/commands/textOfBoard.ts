import { arrange, arrangementText } from '../core/arrangement.ts';
import { boardText } from '../core/boardText.ts';
import type { LiveBoard } from '../core/liveBoard.ts';
import { present } from '../views/format.ts';
import type { Services } from './services.ts';

/** A board as a text to be read, in the order and with the filter that it has. */
export async function textOfBoard(services: Services, live: LiveBoard, signal: AbortSignal): Promise<string> {
	const { account, board, workspace } = live;
	const { cards } = await services.sessions.ready(account, signal);
	const columns = await live.columns(signal);
	const loaded = await Promise.all(
		columns.map(async (column) => ({ column, cards: await live.allCards(column, signal) })),
	);
	const arrangement = services.arrangements.get(account.id, board.id);
	const now = new Date();
	return boardText({
		title: board.name,
		place: present(workspace.name, account.name).join(' · '),
		arrangement: arrangementText(arrangement),
		lanes: arrange(loaded, arrangement, { me: await cards?.me?.(signal), now }),
		now,
	});
}
