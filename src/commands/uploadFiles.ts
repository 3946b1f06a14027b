import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Archives } from '../core/archives.ts';
import { LocalFailure, NotAllowed, NotFound } from '../core/errors.ts';
import type { EntryContainer } from '../core/model.ts';
import type { UploadOrder } from '../core/transfer.ts';
import type { Sending } from '../core/uploadConflicts.ts';
import { makePlaces, type Place, type Survey, surveyUpload, totalsOf } from '../core/uploadPlan.ts';
import { type LocalTree, localTree } from '../files/localTree.ts';
import { documentScheme } from '../files/uri.ts';
import { withProgress } from '../host/progress.ts';
import { forgetTarget, rememberTarget } from './lastTarget.ts';
import { runTransfers } from './runTransfers.ts';
import type { Services } from './services.ts';
import { askUpload, type Decided, type Preflight } from './uploadQuestions.ts';
import { askTarget, type ChosenTarget } from './uploadTarget.ts';

/** The whole way of files that go up: looked at, asked about once, sent, told. */

/** Puts files and folders into the target, which is asked for where it is not given. Throws what stands in the way. */
export async function uploadFiles(
	services: Services,
	title: string,
	uris: readonly vscode.Uri[],
	known?: ChosenTarget,
): Promise<void> {
	if (uris.some(({ scheme }) => scheme === documentScheme)) {
		throw new LocalFailure(
			t('Boardwalk does not move or copy documents between archives. Download them, then upload the files.'),
		);
	}
	const tree = await withProgress(title, (signal) => localTree(uris, signal));
	const target = known ?? (await askTarget(services, title));
	const preflight = target && (await lookOrAskAgain(services, title, target, tree));
	const decided = preflight && (await askUpload(preflight));
	if (decided) {
		await rememberTarget(services, preflight.target);
		await carryOut(services, preflight, decided);
	}
}

/** A target of the last time may be gone, which is said; then the person chooses another. */
async function lookOrAskAgain(
	services: Services,
	title: string,
	target: ChosenTarget,
	tree: LocalTree,
): Promise<Preflight | undefined> {
	try {
		return await withProgress(title, (signal) => look(services, target, tree, signal));
	} catch (error) {
		if (!target.last || !(error instanceof NotFound || error instanceof NotAllowed)) {
			throw error;
		}
		void vscode.window.showWarningMessage(error.message);
		await forgetTarget(services, target);
		const other = await askTarget(services, title);
		return other && lookOrAskAgain(services, title, other, tree);
	}
}

async function look(
	{ sessions }: Services,
	target: ChosenTarget,
	{ sources, leftOut }: LocalTree,
	signal: AbortSignal,
): Promise<Preflight> {
	const { archives } = await sessions.ready(target.account, signal);
	if (!archives?.uploading) {
		throw new NotAllowed(t('{0} takes no documents.', target.account.name));
	}
	const able = { ...archives, uploading: archives.uploading };
	const survey = await surveyUpload(able, target.container, sources, signal);
	const { files, newFolders, blocked } = totalsOf(survey);
	if (files + newFolders === 0) {
		throw new LocalFailure(blocked[0]?.blocked ?? t('There are no files to upload.'));
	}
	return { archives: able, target, survey, leftOut };
}

async function carryOut(services: Services, { archives, target }: Preflight, decided: Decided): Promise<void> {
	const { survey, sendings } = decided;
	const title = t('Uploading to {0}', target.place);
	try {
		const made = await makeFolders(title, archives, survey);
		if (sendings.length > 0) {
			await runTransfers(
				services,
				title,
				sendings.flatMap((sending) => orderFor(target, sending, made)),
			);
		} else {
			void vscode.window.showInformationMessage(t('No file was uploaded.'));
		}
	} finally {
		refresh(services, target, survey);
	}
}

/** Without a folder nothing goes up, which is said beside the reason. */
async function makeFolders(title: string, archives: Archives, survey: Survey) {
	try {
		return await withProgress(title, (signal) => makePlaces(archives, survey, signal));
	} catch (error) {
		void vscode.window.showWarningMessage(t('No file was uploaded.'));
		throw error;
	}
}

function orderFor(
	{ account }: ChosenTarget,
	{ file, place, name, replaces }: Sending,
	made: ReadonlyMap<Place, EntryContainer>,
): readonly UploadOrder[] {
	const container = made.get(place);
	const id = crypto.randomUUID();
	const common = { id, kind: 'upload', account: account.id, name, size: file.size, source: file.address } as const;
	return container ? [{ ...common, place: container.name, container, replaces }] : [];
}

/** Whatever became of it, the place is looked at anew. */
function refresh({ places }: Services, { account, container }: ChosenTarget, survey: Survey): void {
	for (const changed of [container, ...survey.places.flatMap((place) => place.container ?? [])]) {
		places.changed(account, changed);
	}
}
