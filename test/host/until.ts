/** Waits until something holds that the extension does on its own. */
export async function until<T>(
	what: string,
	look: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
	for (let tries = 0; tries < 400; tries += 1) {
		const found = await look();
		if (found) {
			return found;
		}
		await new Promise((resolve) => setTimeout(resolve, 25));
	}
	throw new Error(`waited in vain: ${what}`);
}
