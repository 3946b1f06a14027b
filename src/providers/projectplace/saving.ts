import { t } from '@vscode/l10n';
import type { Saving, UploadFile } from '../../core/archives.ts';
import { NotFound, OutcomeUnknown, Refused } from '../../core/errors.ts';
import type { Document, EntryContainer } from '../../core/model.ts';
import { toDocument } from './mapping.ts';
import type { ContainerWire, UploadedWire } from './shapes.ts';
import { type Places, prepare, send } from './uploading.ts';

type Contents = ContainerWire['contents'];

/** A document is replaced by an upload of its name to its folder, which makes a new version. */
export function saving(places: Places): Saving {
	return {
		keepsEarlier: true,
		async save(document, container, file, signal) {
			refuseReadOnly(document);
			const place = await prepare(places, container, signal);
			const current = standing(place.contents, document, place.container);
			const sent = { ...contentOf(file), name: current.name };
			const uploaded = await send(places, place.container.id, sent, signal);
			const saved =
				uploaded.id === document.id ? current : await settled(places, current, place.container, uploaded, signal);
			return { ...saved, size: file.size, version: versionName(uploaded) };
		},
	};
}

/** The file without its name: the vendor knows the version by the name of the document. */
function contentOf(file: UploadFile): Omit<UploadFile, 'name'> {
	return { size: file.size, mediaType: file.mediaType, content: () => file.content() };
}

/** The document as it stands in its container now. Throws where an upload could not become a version of this very one. */
function standing(contents: Contents, { id, name }: Document, container: EntryContainer): Document {
	const wire = contents.find((one) => one.id === id);
	if (!wire) {
		throw new NotFound(t('“{0}” is no longer in “{1}” at ProjectPlace. Nothing was saved.', name, container.name));
	}
	if (contents.filter(({ type, file_name }) => type === wire.type && file_name === wire.file_name).length > 1) {
		throw new Refused(
			t(
				'“{1}” holds several documents called “{0}”, so ProjectPlace can’t tell which one gets the new version. Nothing was saved.',
				wire.file_name,
				container.name,
			),
		);
	}
	const current = toDocument(wire, container);
	refuseReadOnly(current);
	return current;
}

function refuseReadOnly({ readOnly }: Document): void {
	if (readOnly !== undefined) {
		throw new Refused(readOnly);
	}
}

/**
 * Finds out what became of an upload that came back under another id: whether versions have ids of their own, the document
 * has a new one, or there are two documents now, which is what a folder without versions makes of it.
 */
async function settled(
	places: Places,
	document: Document,
	container: EntryContainer,
	{ id }: UploadedWire,
	signal: AbortSignal,
): Promise<Document> {
	const contents = await listed(places, document, container, signal);
	const old = contents.find((one) => one.id === document.id);
	const made = contents.find((one) => one.id === id);
	if (old && made) {
		places.unversioned.add(container.id);
		throw new OutcomeUnknown(
			t(
				'ProjectPlace keeps no versions in “{1}”: what you saved stands there as a second document called “{0}”, and the first one is unchanged.',
				document.name,
				container.name,
			),
		);
	}
	const now = made ?? old;
	if (!now) {
		throw unknownOutcome(document);
	}
	return toDocument(now, container);
}

async function listed(
	{ client }: Places,
	document: Document,
	container: EntryContainer,
	signal: AbortSignal,
): Promise<Contents> {
	try {
		return (await client.container(container.id, signal)).contents;
	} catch (error) {
		signal.throwIfAborted();
		throw unknownOutcome(document, error);
	}
}

function unknownOutcome({ name }: Document, cause?: unknown): OutcomeUnknown {
	return new OutcomeUnknown(
		t('ProjectPlace took what you saved of “{0}” but did not show where it put it. Look before you save again.', name),
		cause,
	);
}

function versionName({ ver_nr }: UploadedWire): string | undefined {
	return ver_nr ? String(ver_nr) : undefined;
}
