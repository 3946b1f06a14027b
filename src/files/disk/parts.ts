const pattern = /^\.boardwalk-[0-9a-f]{12}\.part$/;
/** Milliseconds after which nobody writes to a part any more. */
const day = 24 * 60 * 60 * 1000;

/** A name that no other file has, short enough for every file system whatever the target is called. */
export function newPartName(): string {
	const random = crypto.getRandomValues(new Uint8Array(6));
	return `.boardwalk-${Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')}.part`;
}

export function isPartName(name: string): boolean {
	return pattern.test(name);
}

/** Removes from a folder what windows that died have left there; a download keeps writing to its own part. */
export async function sweepParts(folder: string): Promise<void> {
	const { readdir } = await import('node:fs/promises');
	const path = await import('node:path');
	const names = await readdir(folder).catch(() => []);
	await Promise.all(names.filter(isPartName).map((name) => removeWhenOld(path.join(folder, name))));
}

/** Whether the part is gone afterwards. */
export async function removeWhenOld(part: string): Promise<boolean> {
	const { rm, stat } = await import('node:fs/promises');
	try {
		if (Date.now() - (await stat(part)).mtimeMs < day) {
			return false;
		}
		await rm(part, { force: true });
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'ENOENT';
	}
}
