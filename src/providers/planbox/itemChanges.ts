import { NotAllowed } from '../../core/errors.ts';
import type { Card } from '../../core/model.ts';
import type { Making } from './creation.ts';

export function checkWritable({ readOnly, webUrl }: Card): void {
	if (readOnly !== undefined) {
		throw new NotAllowed(readOnly, undefined, webUrl);
	}
}

/** Runs a change and forgets the items of the initiative, even after a failure: it may have been made all the same. */
export async function changing<T>(product: string, { data }: Making, run: () => Promise<T>): Promise<T> {
	try {
		return await run();
	} finally {
		data.forgetItems(product);
	}
}
