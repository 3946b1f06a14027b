import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import type { BulkJob, Gathered, JobId, JobPlace } from '../core/bulk.ts';
import { type KeptJob, withoutSecrets } from '../core/bulkJournal.ts';
import { countsOf, newRow } from '../core/bulkPacking.ts';
import type { Form, Values } from '../core/form.ts';
import type { Board, Workspace } from '../core/model.ts';
import { confirm } from '../host/ask.ts';
import { many, settledOf } from '../views/bulkView.ts';
import { numberText } from '../views/format.ts';
import type { Node } from '../views/node.ts';
import { liveOf, unable } from './cardPlace.ts';
import { chooseAccount, chooseBoard, chooseWorkspace } from './choose.ts';
import { fillForm } from './fillForm.ts';
import type { Handler, Services } from './services.ts';

interface Collected {
	readonly values: Values;
	readonly gathered: Gathered;
}

/** A job over many things: asks for what it needs, gathers, and shows what it would do. */
export function runJob(id: JobId): Handler {
	return async (services, node) => {
		const account = node?.account ?? (await chooseAccount(services, titleOf(services, id), canDo(id)));
		if (!account) {
			return;
		}
		const job = services.sessions.peek(account).jobs?.find((one) => one.id === id);
		if (!job) {
			throw unable(services, account);
		}
		const place = await placeFor(services, account, job, node);
		const collected = place && (await collect(services, account, job, place));
		if (collected && (await saidFirst(job, collected.gathered))) {
			const { values, gathered } = collected;
			const kept: KeptJob = {
				...gathered,
				id: crypto.randomUUID(),
				job: id,
				title: job.title,
				account: account.id,
				place,
				values: withoutSecrets(job.fields(place), values),
				rows: gathered.rows.map(newRow),
				begun: false,
			};
			await services.jobs.show(kept, values);
		}
	};
}

/** Says of each job that a window left in the middle how far it got, and offers to go on. */
export async function resumeJobs({ jobs, report }: Services): Promise<void> {
	const left = await jobs.left(new AbortController().signal);
	await Promise.all(left.map((kept) => offer(jobs, kept).catch((error: unknown) => report(error))));
}

async function offer(jobs: Services['jobs'], kept: KeptJob): Promise<void> {
	const counts = countsOf(kept.rows);
	const [goOn, show, forget] = [t('Go on'), t('Show'), t('Forget it')];
	const [settled, total] = [numberText(settledOf(counts)), numberText(counts.total)];
	const text = t('“{0}” was interrupted when {1} of {2} had been done.', kept.title, settled, total);
	const chosen = await vscode.window.showWarningMessage(text, goOn, show, forget);
	if (chosen === forget) {
		await jobs.forget(kept.id);
	} else if (chosen !== undefined) {
		const run = jobs.takeUp(kept);
		if (chosen === goOn) {
			await jobs.act(run, 'goOn');
		}
	}
}

function canDo(id: JobId) {
	return ({ jobs }: { readonly jobs?: readonly BulkJob[] }): boolean => jobs?.some((job) => job.id === id) ?? false;
}

/** What the job is called by whoever can do it. */
function titleOf({ accounts, sessions }: Services, id: JobId): string {
	const jobs = accounts.list().flatMap((account) => sessions.peek(account).jobs ?? []);
	return jobs.find((job) => job.id === id)?.title ?? t('Job');
}

/** Where it is to be done: from the line it was called from, or asked for. Undefined where the person left. */
async function placeFor(
	services: Services,
	account: Account,
	{ on, title }: BulkJob,
	node: Node | undefined,
): Promise<JobPlace | undefined> {
	if (on === 'account') {
		return {};
	}
	const live = liveOf(services, node, account);
	const workspace = workspaceOf(node) ?? live?.workspace ?? (await chooseWorkspace(services, account, title));
	if (!workspace || (on === 'workspace' && !live)) {
		return workspace && { workspace };
	}
	// Called from a board, what is for a workspace goes to that board.
	const board: Board | undefined = live?.board ?? (await chooseBoard(services, account, workspace, title));
	return board && { workspace, board };
}

function workspaceOf(node: Node | undefined): Workspace | undefined {
	for (let at = node; at; at = at.parent) {
		const { workspace } = at as Partial<{ workspace: Workspace }>;
		if (workspace) {
			return workspace;
		}
	}
	return undefined;
}

/** What it would touch. What was filled in wrong leads back to the form. */
function collect(services: Services, account: Account, job: BulkJob, place: JobPlace): Promise<Collected | undefined> {
	const { sessions, jobs } = services;
	const form: Form<Collected> = {
		title: job.title,
		submitLabel: t('Show what it would do'),
		fields: job.fields(place),
		submit: async (values, signal, tell = () => undefined) => {
			tell(t('Looking at what there is'));
			const session = await sessions.ready(account, signal);
			const ready = session.jobs?.find(({ id }) => id === job.id);
			const gathered = await ready?.gather(values, place, jobs.io(tell), signal);
			return { values, gathered: gathered ?? { columns: [], rows: [], skipped: [] } };
		},
	};
	return fillForm(services, form, account);
}

async function saidFirst({ title }: BulkJob, { rows }: Gathered): Promise<boolean> {
	return (
		rows.length <= many ||
		confirm(
			t('“{0}” can touch {1} things.', title, numberText(rows.length)),
			t('They are shown as a table first. Nothing is changed before you have looked at it and started it.'),
			t('Show Table'),
		)
	);
}
