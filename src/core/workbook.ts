import { unzipSync, zipSync } from 'fflate';
import readXlsxFile from 'read-excel-file/universal';
import type { Cell, Sheet } from './sheet.ts';

/** Bytes that what is read of a workbook may take when unpacked: 0.4 MB can unpack to 400. */
export const mostBytes = 20_000_000;

/** What became of reading a workbook. Plain data: this is loaded as a bundle of its own, whose errors nobody would know. */
export type WorkbookRead =
	| { readonly sheets: readonly Sheet[] }
	| { readonly sheets?: undefined; readonly problem: 'tooLarge'; readonly bytes: number }
	| { readonly sheets?: undefined; readonly problem: 'damaged' };

export async function readWorkbook(content: Uint8Array): Promise<WorkbookRead> {
	try {
		const bytes = bytesUnpacked(content);
		if (bytes > mostBytes) {
			return { problem: 'tooLarge', bytes };
		}
		return { sheets: await sheetsOf(unzipSync(content, { filter: ({ name }) => isRead(name) })) };
	} catch {
		return { problem: 'damaged' };
	}
}

/** Only what is read counts: pictures stay packed. */
function bytesUnpacked(content: Uint8Array): number {
	let bytes = 0;
	unzipSync(content, {
		filter: ({ name, originalSize }) => {
			bytes += isRead(name) ? originalSize : 0;
			return false;
		},
	});
	return bytes;
}

function isRead(name: string): boolean {
	return name.endsWith('.xml') || name.endsWith('.rels');
}

/**
 * Handed over unpacked: `unzipSync` makes nothing longer than it was said to be, and the reader would start workers for large
 * entries, which not every host has.
 */
async function sheetsOf(entries: Record<string, Uint8Array>): Promise<Sheet[]> {
	const stored = zipSync(entries, { level: 0 });
	const read = await readXlsxFile(new Blob([stored]));
	const from1904 = isFrom1904(entries['xl/workbook.xml']);
	return read.map(({ sheet, data }) => ({
		name: sheet,
		...(from1904 && { from1904 }),
		rows: data.map((cells, at) => ({ line: at + 1, cells: cells.map(toCell) })),
	}));
}

function isFrom1904(workbook: Uint8Array | undefined): boolean {
	return /<workbookPr\b[^>]*\bdate1904\s*=\s*["'](1|true)["']/.test(new TextDecoder().decode(workbook));
}

/** The reader's types say of dates that they are the class. */
function toCell(value: unknown): Cell {
	if (typeof value === 'string') {
		return value.trim() || undefined;
	}
	return typeof value === 'number' || typeof value === 'boolean' || value instanceof Date ? value : undefined;
}
