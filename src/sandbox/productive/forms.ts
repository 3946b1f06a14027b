import type { Row } from './kinds.ts';

/** How the vendor writes what every table holds, and how tables are filled. */
export type Add = (table: string, values: object) => Row;

/** What is placed is spaced as the vendor does it, so that something can be put between. */
export const step = 10_000;
export const lately = time('2026-11-13');

/** `attachments/files/000/002/001/original/<name>` */
export function keyOf(id: number, name: string): string {
	return `attachments/files/${String(id)
		.padStart(9, '0')
		.replaceAll(/(?=(?:\d{3})+$)(?!^)/g, '/')}/original/${name}`;
}

/** A day, or milliseconds since the epoch, as the vendor writes times. */
export function time(at: string | number): string {
	const moment = typeof at === 'number' ? at : Date.parse(`${at}T09:00:00Z`);
	return new Date(moment + 3_600_000).toISOString().replace('Z', '+01:00');
}
