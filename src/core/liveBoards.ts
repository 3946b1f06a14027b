import type { Account } from './accounts.ts';
import { Emitter } from './event.ts';
import { LiveBoard, type Touched } from './liveBoard.ts';
import type { Board, Workspace } from './model.ts';
import type { Sessions } from './sessions.ts';

/** The boards that were looked at in this window. */
export class LiveBoards {
	readonly #sessions: Pick<Sessions, 'ready'>;
	readonly #boards = new Map<string, LiveBoard>();
	readonly #changed = new Emitter<{ readonly live: LiveBoard; readonly touched: Touched }>();
	readonly #loaded = new Emitter<LiveBoard>();
	/** Told the board that has loaded cards. */
	readonly onDidLoad = this.#loaded.event;
	/** Told whatever changes on any of them. */
	readonly onDidChange = this.#changed.event;

	constructor(sessions: Pick<Sessions, 'ready'>) {
		this.#sessions = sessions;
	}

	/** The board of an account; the same one for whoever asks. */
	of(account: Account, workspace: Pick<Workspace, 'id' | 'name'>, board: Board): LiveBoard {
		const key = `${account.id}/${board.workspaceId}/${board.id}`;
		const known = this.#boards.get(key);
		if (known) {
			return known;
		}
		const live = new LiveBoard(this.#sessions, account, workspace, board);
		live.onDidChange((touched) => this.#changed.fire({ live, touched }));
		live.onDidLoad(() => this.#loaded.fire(live));
		this.#boards.set(key, live);
		return live;
	}

	list(): readonly LiveBoard[] {
		return [...this.#boards.values()];
	}

	/** Drops what is known of an account's boards, or of one board. */
	forget(account: Account, boardId?: string): void {
		for (const live of this.#boards.values()) {
			if (live.account.id === account.id && (boardId === undefined || live.board.id === boardId)) {
				live.reset();
			}
		}
	}

	/** Drops the boards of accounts that are gone. */
	sweep(isGone: (accountId: string) => boolean): void {
		for (const [key, live] of this.#boards) {
			if (isGone(live.account.id)) {
				this.#boards.delete(key);
				live.dispose();
			}
		}
	}

	dispose(): void {
		this.#changed.dispose();
		this.#loaded.dispose();
		this.#boards.clear();
	}
}
