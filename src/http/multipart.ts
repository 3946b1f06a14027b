import { t } from '@vscode/l10n';
import { FormDataEncoder } from 'form-data-encoder';
import type { UploadFile } from '../core/archives.ts';
import { LocalFailure } from '../core/errors.ts';

export interface Multipart {
	readonly headers: Readonly<Record<string, string>>;
	readonly body: AsyncIterable<Uint8Array>;
	/** Bytes in `body`. */
	readonly length: number;
	/** What the body is made of, for reading. */
	readonly parts: Parts;
}

/** By their names; a file by itself has none. */
export type Parts = readonly (readonly [name: string, value: string | UploadFile])[];

/** A form with one file in it as a body that is never held in memory and whose length is known beforehand. */
export function multipart(parts: Parts): Multipart {
	const entries = parts.map(([name, value]) => [name, typeof value === 'string' ? value : asFile(value)] as const);
	const encoder = new FormDataEncoder(formData(entries));
	return {
		headers: { 'content-type': encoder.contentType },
		body: piecesOf(encoder),
		length: Number(encoder.contentLength),
		parts,
	};
}

/** A file as a body by itself, under a media type that the server wants to see whatever the file is. */
export function bareFile(file: UploadFile, mediaType: string): Multipart {
	return { headers: { 'content-type': mediaType }, body: sized(file), length: file.size, parts: [['file', file]] };
}

/**
 * The library would cut large pieces into small copies, and take those from the wrong place where a piece is only a part
 * of its buffer.
 */
async function* piecesOf(encoder: FormDataEncoder): AsyncGenerator<Uint8Array> {
	for (const piece of encoder.values()) {
		if ('stream' in piece) {
			yield* piece.stream() as AsyncIterable<Uint8Array>;
		} else {
			yield piece;
		}
	}
}

type Entries = readonly (readonly [string, string | ReturnType<typeof asFile>])[];

function formData(entries: Entries): ConstructorParameters<typeof FormDataEncoder>[0] {
	return {
		append: () => undefined,
		getAll: (name: string) => entries.filter(([key]) => key === name).map(([, value]) => value),
		entries: () => entries[Symbol.iterator](),
		[Symbol.iterator]: () => entries[Symbol.iterator](),
		[Symbol.toStringTag]: 'FormData',
	} as unknown as ConstructorParameters<typeof FormDataEncoder>[0];
}

function asFile(file: UploadFile) {
	return {
		name: file.name,
		type: file.mediaType,
		size: file.size,
		lastModified: 0,
		stream: () => sized(file),
		[Symbol.toStringTag]: 'File' as const,
	};
}

/** A file that has changed since it was looked at must not arrive as something between its old and its new self. */
async function* sized(file: UploadFile): AsyncGenerator<Uint8Array> {
	let sent = 0;
	for await (const piece of file.content()) {
		sent += piece.length;
		if (sent > file.size) {
			break;
		}
		yield piece;
	}
	if (sent !== file.size) {
		throw new LocalFailure(t('{0} changed while it was being sent. Nothing was uploaded.', file.name));
	}
}
