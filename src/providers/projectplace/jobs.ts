import type { BulkJob } from '../../core/bulk.ts';
import type { Shared } from '../../core/shared.ts';
import { downloadArchivedWorkspaces } from './archivedJob.ts';
import type { Client } from './client.ts';
import { enforceColumnName } from './columnNames.ts';
import { updateEmails } from './emails.ts';
import { importCards } from './importCards.ts';
import { removeInactiveUsers } from './inactive.ts';

/** What the jobs share. */
export interface JobPart {
	readonly client: Client;
	readonly shared: Shared;
	/** Who the account is at ProjectPlace: a person or a robot. */
	readonly me: (signal: AbortSignal) => Promise<{ readonly id: string }>;
	/** The person's setting: hours that an export of a workspace may take. */
	readonly exportHours?: string;
}

/** The jobs over many things at once, in the order in which they are offered. */
export function jobs(part: JobPart): readonly BulkJob[] {
	return [
		updateEmails(part),
		removeInactiveUsers(part),
		enforceColumnName(part),
		archivedWorkspaces(part),
		importCards(part),
	];
}

function archivedWorkspaces({ client, shared, exportHours: hours }: JobPart): BulkJob {
	const { ofExports: calls, ofAccount: account } = client;
	return downloadArchivedWorkspaces({ calls, account, hours, removed: () => shared.clear() });
}
