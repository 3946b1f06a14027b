import type { DocumentContent } from './archives.ts';

/** Tables of an account as the vendor gives them for reports, each read as a whole. */
export interface Feeds {
	/** Groups of tables, known without asking. */
	readonly groups: readonly FeedGroup[];
	tables(group: FeedGroup, signal: AbortSignal): Promise<readonly FeedTable[]>;
	/** The rows as JSON: an object whose `value` is the list of all rows, over all pages the vendor makes of them. */
	read(table: FeedTable, signal: AbortSignal): Promise<DocumentContent>;
}

export interface FeedGroup {
	readonly id: string;
	readonly label: string;
}

export interface FeedTable {
	readonly group: string;
	readonly name: string;
}
