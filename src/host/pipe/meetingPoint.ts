import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Lock } from './lockTable.ts';

/** The leader's place. */
export interface Seat {
	/** Whether nobody else took it. */
	isMine(): boolean;
	leave(): void;
}

/** Bytes that fit into the address of a Unix socket on every system. */
const longestPath = 103;

/**
 * The address at which the windows of one editor meet: a Unix socket or a Windows pipe, whoever listens there leads.
 *
 * A pipe exists once; the system refuses the second. A socket's file stays behind when its process is killed, and to remove
 * it before listening is a trap: of two that find it stale the slower removes the quicker one's new file, and both believe
 * they lead. So nobody ever removes another's file. Each listens at an address of its own and then renames that over the
 * common one, if the file that stands there is still the one that it found stale. Should two do this in the same instant,
 * the last rename counts, and the other sees by the file's identity that the seat is not its own any more: it looks before it
 * grants anything and now and then besides, and becomes a member. (Listening also lets Node remove only the address
 * of our own that was renamed away, never the common one.)
 */
export class MeetingPoint {
	readonly #folder: string;
	#found: string | undefined;

	constructor(folder: string) {
		this.#folder = folder;
	}

	/** A connection to the leader; undefined where nobody leads. Throws where the system allows none. */
	async reach(): Promise<Socket | undefined> {
		const path = this.#path();
		this.#found = identityOf(path);
		const socket = connect(path);
		try {
			await once(socket, 'connect');
			return socket;
		} catch (error) {
			if (['ENOENT', 'ECONNREFUSED'].includes(codeOf(error))) return undefined;
			throw error;
		}
	}

	/** Becomes the leader; undefined where another was quicker. Throws where the system does not allow it. */
	async take(admit: (socket: Socket) => void): Promise<Seat | undefined> {
		const server = createServer(admit).unref();
		try {
			const seat = await (process.platform === 'win32' ? this.#listen(server) : this.#listenAside(server));
			if (!seat) server.close();
			return seat;
		} catch (error) {
			server.close();
			if (codeOf(error) === 'EADDRINUSE') return undefined;
			throw error;
		}
	}

	async #listen(server: Server): Promise<Seat> {
		await once(server.listen(this.#path()), 'listening');
		return { isMine: () => true, leave: () => server.close() };
	}

	async #listenAside(server: Server): Promise<Seat | undefined> {
		const path = this.#path();
		const aside = `${path}.${randomBytes(3).toString('hex')}`;
		// Node may cut a path that is too long instead of refusing it.
		if (Buffer.byteLength(aside) > longestPath) throw new Error(`${path} is too long for a socket.`);
		await once(server.listen(aside), 'listening');
		if (identityOf(path) !== this.#found) return undefined;
		renameSync(aside, path);
		const own = identityOf(path);
		const isMine = (): boolean => own !== undefined && identityOf(path) === own;
		const leave = (): void => {
			if (isMine()) unlinkSync(path);
			server.close();
		};
		return { isMine, leave };
	}

	#path(): string {
		if (process.platform === 'win32') {
			return `\\\\.\\pipe\\boardwalk-${shortHash(this.#folder + userInfo().username)}`;
		}
		// The first is gone when the person logs out, while a server of theirs may go on.
		const folder = [process.env['XDG_RUNTIME_DIR'], tmpdir()].find((path) => path && existsSync(path));
		return join(folder ?? '/tmp', `boardwalk-${shortHash(this.#folder)}.sock`);
	}
}

/**
 * What the leader has granted, kept on disk for the one that comes after it. The order makes two leaders harmless: a leader
 * writes, then looks whether the seat is still its own, then grants; a new one takes the seat, then reads. Whichever way the
 * two interleave, either the old one does not grant or the new one knows of it.
 */
export class GrantedLocks {
	readonly #file: string;

	constructor(folder: string) {
		this.#file = join(folder, 'link.held');
	}

	read(): readonly Lock[] {
		try {
			return JSON.parse(readFileSync(this.#file, 'utf8')) as Lock[];
		} catch {
			return [];
		}
	}

	write(locks: readonly Lock[]): void {
		const aside = `${this.#file}.${process.pid}`;
		writeFileSync(aside, JSON.stringify(locks), { mode: 0o600 });
		renameSync(aside, this.#file);
	}
}

function identityOf(path: string): string | undefined {
	const found = statSync(path, { bigint: true, throwIfNoEntry: false });
	return found && `${found.ino} ${found.ctimeNs}`;
}

function shortHash(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function codeOf(error: unknown): string {
	return String((error as NodeJS.ErrnoException).code);
}
