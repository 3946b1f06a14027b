import type { Place } from './creation.ts';

/** Runs a write, after which what is remembered is old: also where it failed, because it may have been done. */
export async function writing<T>({ changed }: Pick<Place, 'changed'>, write: () => Promise<T>): Promise<T> {
	try {
		return await write();
	} finally {
		changed();
	}
}
