import { Uri } from 'vscode';

/** The person's own folder on this computer; undefined in the browser, which has none. */
export async function homeFolder(): Promise<Uri | undefined> {
	if (IS_WEB) {
		return undefined;
	}
	const { homedir } = await import('node:os');
	return Uri.file(homedir());
}
