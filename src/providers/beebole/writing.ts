import type { Client } from './client.ts';
import type { Data } from './data.ts';

/** What every part that writes works with. */
export interface Writing {
	readonly client: Client;
	readonly data: Data;
}
