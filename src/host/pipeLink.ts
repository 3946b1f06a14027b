import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../core/provider.ts';
import type { Link } from '../core/windows.ts';
import type { Lock } from './pipe/lockTable.ts';
import { GrantedLocks, MeetingPoint, type Seat } from './pipe/meetingPoint.ts';
import { Member, type Note } from './pipe/member.ts';
import { sealedLines, sharedKey, type Wire } from './pipe/sealedLines.ts';

/** Attempts to join that may fail in a row, such as with a leader that is just going. */
const patience = 10;
/** Milliseconds until a window that could not be linked tries again. */
const retryAfter = 30_000;
/** Milliseconds after which the leader looks whether it still is; doubled each time. */
const look = { first: 50, most: 5000 };

/**
 * Joins the extension hosts of one person on one machine. The first that comes leads: it relays texts and grants names. When
 * it goes, the others find each other anew, and each tells the new leader what it knows. `folder` is the extension's storage
 * folder on disk, the same for all windows of one editor. Where no link can be had the window is alone, and the log says so.
 */
export function pipeLink(options: { readonly folder: string; readonly log: Log }): Link {
	return new PipeLink(options);
}

class PipeLink implements Link {
	readonly #folder: string;
	readonly #log: Log;
	readonly #point: MeetingPoint;
	readonly #granted: GrantedLocks;
	readonly #member = new Member();
	/** The leader's. */
	#seat: Seat | undefined;
	#endRole = (): void => undefined;
	readonly #closing = new AbortController();
	#closed = false;
	#warned = false;

	constructor({ folder, log }: { folder: string; log: Log }) {
		this.#folder = folder;
		this.#log = log;
		this.#point = new MeetingPoint(folder);
		this.#granted = new GrantedLocks(folder);
		void this.#stay();
	}

	readonly onText: Link['onText'] = (listener) =>
		this.#member.onText((text) => this.#closing.signal.aborted || listener(text));

	send(text: string): void {
		this.#looksLeading();
		this.#member.send(text);
	}

	async exclusively<T>(name: string, run: () => Promise<T>, signal: AbortSignal): Promise<T> {
		try {
			return await this.#member.exclusively(name, run, AbortSignal.any([signal, this.#closing.signal]));
		} finally {
			this.#closeWhenIdle();
		}
	}

	dispose(): void {
		this.#closing.abort();
		this.#closeWhenIdle();
	}

	/** Not while something runs: another window would start it too, and would not hear what came of it. */
	#closeWhenIdle(): void {
		if (this.#closing.signal.aborted && !this.#member.holds) {
			this.#closed = true;
			this.#endRole();
			this.#member.dispose();
		}
	}

	async #stay(): Promise<void> {
		for (let failures = 0; !this.#closed; ) {
			try {
				failures = (await this.#join()) ? 0 : failures + 1;
				if (failures >= patience) throw new Error('Every connection was closed at once.');
			} catch (error) {
				failures = patience;
				this.#standAlone(error);
			}
			// Not all at the same moment.
			await pause(failures < patience ? 5 + 20 * Math.random() : retryAfter, undefined, { ref: false });
		}
	}

	#standAlone(error: unknown): void {
		if (!this.#warned) {
			this.#warned = true;
			this.#log.warn('This window is not linked to the others of its editor.', error);
		}
		if (!this.#member.grants) this.#member.grant([], () => true);
	}

	/** Leads or follows until that ends. False where it came to neither. */
	async #join(): Promise<boolean> {
		const key = await sharedKey(this.#folder);
		const socket = await this.#point.reach();
		return socket ? this.#follow(socket, key) : this.#lead(key);
	}

	#follow(socket: Socket, key: Uint8Array): Promise<boolean> {
		return new Promise((resolve, reject) => {
			const wire = this.#wireTo(socket, key, (stranger) => {
				const joined = this.#member.lose(wire);
				if (stranger && !joined) reject(stranger);
				else resolve(joined);
			});
			this.#endRole = () => wire.close();
			if (this.#closed) this.#endRole();
		});
	}

	async #lead(key: Uint8Array): Promise<boolean> {
		const seat = await this.#point.take((socket) => this.#admit(socket, key));
		if (!seat) return false;
		const { promise, resolve } = Promise.withResolvers<boolean>();
		this.#seat = seat;
		this.#endRole = () => {
			this.#seat = undefined;
			seat.leave();
			this.#member.dispose();
			resolve(true);
		};
		if (this.#closed) this.#endRole();
		else this.#member.grant(this.#granted.read(), (held) => this.#record(held));
		this.#watch(seat, look.first);
		return promise;
	}

	#admit(socket: Socket, key: Uint8Array): void {
		const wire = this.#wireTo(socket, key, (stranger) => {
			if (stranger) this.#log.debug(`A connection to this window was closed. ${stranger.message}`);
			this.#member.lose(wire);
		});
		this.#member.welcome(wire);
	}

	#wireTo(socket: Socket, key: Uint8Array, ended: (stranger: Error | undefined) => void): Wire {
		const wire = sealedLines(socket, key, {
			heard: (note) => {
				this.#looksLeading();
				this.#member.hear(wire, note as Note);
			},
			ended,
		});
		return wire;
	}

	/** Before anyone is granted anything. False where this is no longer ours to grant. */
	#record(held: readonly Lock[]): boolean {
		if (!this.#looksLeading()) return false;
		try {
			this.#granted.write(held);
		} catch (error) {
			// It matters only if the leader is lost before this ends.
			this.#log.warn('What is locked could not be kept.', error);
		}
		return this.#looksLeading();
	}

	/** Looks whether this window leads; one that lost its seat becomes a member. */
	#looksLeading(): boolean {
		if (this.#seat?.isMine() === false) this.#endRole();
		return this.#seat !== undefined;
	}

	#watch(seat: Seat, wait: number): void {
		if (this.#looksLeading() && this.#seat === seat) {
			setTimeout(() => this.#watch(seat, Math.min(2 * wait, look.most)), wait).unref();
		}
	}
}
