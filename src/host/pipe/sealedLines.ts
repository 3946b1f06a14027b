import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/*
 * Secrets travel between windows, /tmp may be shared, and on Windows anyone may open a pipe. So every line is sealed with
 * AES-256-GCM under a key that only this person's own files hold: a listener reads nothing, and whoever squats on the
 * address or connects to it can say nothing, because the first line that does not open ends the connection.
 */
const algorithm = 'aes-256-gcm';
const keyLength = 32;
const ivLength = 12;
const tagLength = 16;
/** Characters that someone may send who has not shown yet that they know the key. */
const strangersLimit = 65_536;
/** Milliseconds until the other end must have said something. */
const strangersPatience = 10_000;

export interface Wire {
	send(note: unknown): void;
	/** Sends what is still under way, hears nothing more. */
	close(): void;
}

interface Ends {
	heard(this: void, note: unknown): void;
	/** Called once. With an error where the other end is none of ours. */
	ended(this: void, stranger: Error | undefined): void;
}

/** Notes as sealed lines over a socket. */
export function sealedLines(socket: Socket, key: Uint8Array, { heard, ended }: Ends): Wire {
	let rest = '';
	let trusted = false;
	let closed = false;
	let stranger: Error | undefined;
	const refuse = (why: string): void => {
		stranger = new Error(why);
		closed = true;
		socket.destroy();
	};
	const take = (line: string): void => {
		const note = closed ? undefined : unseal(line, key);
		if (note) {
			trusted = true;
			socket.setTimeout(0);
			heard(note.content);
		} else if (!closed) {
			refuse('The other end does not know the key.');
		}
	};
	socket.setEncoding('latin1').unref();
	socket.setTimeout(strangersPatience, () => refuse('The other end says nothing.'));
	socket.on('data', (data: string) => {
		const lines = `${rest}${data}`.split('\n');
		rest = lines.pop() ?? '';
		lines.forEach(take);
		if (!trusted && !closed && rest.length > strangersLimit) refuse('The other end says too much.');
	});
	// 'close' follows.
	socket.on('error', () => undefined);
	socket.once('close', () => ended(stranger));
	return {
		send: (note) => void (closed || socket.write(seal(note, key))),
		close: () => {
			closed = true;
			socket.destroySoon();
		},
	};
}

/** The key that the windows share; made by the first. Throws where the folder can't be used. */
export async function sharedKey(folder: string): Promise<Uint8Array> {
	const file = join(folder, 'link.key');
	await mkdir(folder, { recursive: true });
	try {
		const key = randomBytes(keyLength);
		await writeFile(file, key, { flag: 'wx', mode: 0o600 });
		return key;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
	// Whoever made it may be about to write it.
	for (let tries = 0; tries < 50; tries++) {
		const key = await readFile(file);
		if (key.length === keyLength) return key;
		await pause(20, undefined, { ref: false });
	}
	throw new Error(`${file} does not hold a key.`);
}

function seal(note: unknown, key: Uint8Array): string {
	const iv = randomBytes(ivLength);
	const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagLength });
	const sealed = [iv, cipher.update(JSON.stringify(note), 'utf8'), cipher.final(), cipher.getAuthTag()];
	return `${Buffer.concat(sealed).toString('base64')}\n`;
}

function unseal(line: string, key: Uint8Array): { content: unknown } | undefined {
	try {
		const bytes = Buffer.from(line, 'base64');
		const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivLength), { authTagLength: tagLength });
		decipher.setAuthTag(bytes.subarray(-tagLength));
		const text = decipher.update(bytes.subarray(ivLength, -tagLength), undefined, 'utf8') + decipher.final('utf8');
		return { content: JSON.parse(text) };
	} catch {
		return undefined;
	}
}
