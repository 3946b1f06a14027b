import { NotFound, Refused } from '../../core/errors.ts';

/**
 * What became of a call that a tenant may lack. “Not found” is the answer both where the thing is gone and where there is
 * no such call: `isThere` throws in the one case, `otherwise` says the other.
 */
export async function offered<T>(asked: Promise<T>, isThere: () => Promise<unknown>, otherwise: string): Promise<T> {
	try {
		return await asked;
	} catch (error) {
		if (!(error instanceof NotFound)) {
			throw error;
		}
		await isThere();
		throw new Refused(otherwise, [], error);
	}
}
