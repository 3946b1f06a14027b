import type { Field, Values } from './form.ts';
import type { Workspace } from './model.ts';
import type { Page } from './page.ts';

/** Asking the vendor only for some of the workspaces. */
export interface WorkspaceFiltering {
	/** What can be filtered by; a field that is left empty filters nothing. Choices load when they are reached. */
	readonly fields: readonly Field[];
	/** The question as it would be sent, for reading; an empty text where nothing is filtered. Makes no request. */
	query(values: Values): string;
	/** The workspaces that fit. Throws `Refused` with problems that name fields. */
	list(values: Values, signal: AbortSignal): Promise<Page<Workspace>>;
}
