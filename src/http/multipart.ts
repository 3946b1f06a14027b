import { FormDataEncoder } from 'form-data-encoder';
import type { UploadFile } from '../core/provider.ts';

export interface Multipart {
	readonly headers: Readonly<Record<string, string>>;
	readonly body: AsyncIterable<Uint8Array>;
	/** Bytes in `body`. */
	readonly length: number;
}

/** A form with one file in it as a body that is never held in memory and whose length is known beforehand. */
export function multipart(parts: readonly (readonly [name: string, value: string | UploadFile])[]): Multipart {
	const entries = parts.map(([name, value]) => [name, typeof value === 'string' ? value : asFile(value)] as const);
	const encoder = new FormDataEncoder(formData(entries));
	return {
		headers: { 'content-type': encoder.contentType },
		body: encoder.encode(),
		length: Number(encoder.contentLength),
	};
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
		stream: () => file.content(),
		[Symbol.toStringTag]: 'File' as const,
	};
}
