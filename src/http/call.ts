import { type Query, toSearchParams } from './query.ts';

export interface Call {
	readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	readonly path: string;
	/** `undefined` leaves a parameter out; a list repeats it. */
	readonly query?: Query;
	readonly json?: unknown;
	readonly form?: Query;
	readonly headers?: Readonly<Record<string, string>>;
	/** A POST that only asks, and may therefore be repeated. */
	readonly reads?: boolean;
	/** Never repeated, whatever the answer. */
	readonly once?: boolean;
	/** Shows secrets to get credentials: it changes nothing that a locked account protects, and is in no log of changes. */
	readonly signsIn?: boolean;
}

/** Whether a call could change something. */
export function writes(call: Call): boolean {
	return (call.method ?? 'GET') !== 'GET' && !call.reads;
}

/** Whether a call could change what people have at the vendor. */
export function changes(call: Call): boolean {
	return writes(call) && !call.signsIn;
}

/** The full address of a call: its path after the base, or the path itself where that is a full address. */
export function addressOf(base: string, call: Pick<Call, 'path' | 'query'>): string {
	const address = /^https?:\/\//.test(call.path) ? call.path : base + call.path;
	const query = call.query ? toSearchParams(call.query).toString() : '';
	return query ? `${address}${address.includes('?') ? '&' : '?'}${query}` : address;
}
