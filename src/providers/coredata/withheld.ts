import { NotAllowed, NotFound } from '../../core/errors.ts';

/** What to go on with where the vendor has no such call, or not for this account; every other failure stays one. */
export async function withheld<T, Otherwise>(asked: Promise<T>, otherwise: Otherwise): Promise<T | Otherwise> {
	try {
		return await asked;
	} catch (error) {
		if (error instanceof NotFound || error instanceof NotAllowed) {
			return otherwise;
		}
		throw error;
	}
}
