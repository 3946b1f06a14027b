import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The file that the shell would run under this name, if any. */
export function onPath(name) {
	const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
	return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(file) {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
