import { t } from '@vscode/l10n';
import { Refused } from '../../core/errors.ts';
import type { Field } from '../../core/form.ts';
import type { Client } from './client.ts';
import type { Data } from './data.ts';
import { offered } from './offered.ts';

/** Sends a change of a project and forgets everything, even after a failure: it may have been made all the same. */
export async function sendChange(
	id: string,
	body: Readonly<Record<string, unknown>>,
	client: Client,
	data: Data,
	signal: AbortSignal,
): Promise<void> {
	try {
		await offered(
			client.updateProject(id, body, signal),
			() => client.project(id, signal),
			t('This CoreData lets no other programs change projects. Change it in CoreData itself.'),
		);
	} finally {
		data.forget();
	}
}

export async function sendRemoval(id: string, client: Client, data: Data, signal: AbortSignal): Promise<void> {
	try {
		await offered(
			client.removeProject(id, signal),
			() => client.project(id, signal),
			t('This CoreData lets no other programs delete projects. Delete it in CoreData itself.'),
		);
	} finally {
		data.forget();
	}
}

/** The same failure, with only those problems of a refusal beside a field that the form has. */
export function ofForm(error: unknown, form: readonly Field[]): unknown {
	if (!(error instanceof Refused)) {
		return error;
	}
	const known = new Set(form.map(({ id }) => id));
	const placed = error.problems.map((problem) =>
		problem.field !== undefined && known.has(problem.field) ? problem : { message: problem.message },
	);
	return new Refused(error.message, placed, error.cause);
}
