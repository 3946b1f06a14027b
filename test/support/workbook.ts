import { strToU8, zipSync } from 'fflate';

/** A cell as a test writes it: `{ serial }` is a number that looks like a date, as Excel keeps dates. */
export type WrittenCell = string | number | boolean | { readonly serial: number } | undefined;

export interface WrittenSheet {
	readonly name: string;
	readonly rows: readonly (readonly WrittenCell[])[];
}

/** The bytes of a workbook as Excel writes it, as far as anything is in it. Empty rows are left out, as Excel does. */
export function workbookOf(
	sheets: readonly WrittenSheet[],
	{ from1904 = false, more = {} }: { readonly from1904?: boolean; readonly more?: Record<string, Uint8Array> } = {},
): Uint8Array {
	const parts = sheets.map(({ rows }, at) => [`xl/worksheets/sheet${at + 1}.xml`, strToU8(sheetXml(rows))] as const);
	return zipSync({
		'[Content_Types].xml': strToU8(`${head}<Types/>`),
		'xl/workbook.xml': strToU8(workbookXml(sheets, from1904)),
		'xl/_rels/workbook.xml.rels': strToU8(relationsXml(sheets.length)),
		'xl/styles.xml': strToU8(stylesXml),
		...Object.fromEntries(parts),
		...more,
	});
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The second style is a date's. */
const stylesXml = `${head}<styleSheet ${main}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`;

function workbookXml(sheets: readonly WrittenSheet[], from1904: boolean): string {
	const list = sheets.map(({ name }, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`);
	const about = from1904 ? '<workbookPr date1904="1"/>' : '';
	return `${head}<workbook ${main} xmlns:r="${office}">${about}<sheets>${list.join('')}</sheets></workbook>`;
}

function relationsXml(count: number): string {
	const list = Array.from(
		{ length: count },
		(_, at) => `<Relationship Id="rId${at + 1}" Type="${office}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
	);
	const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
	return `${head}<Relationships xmlns="${relations}">${list.join('')}</Relationships>`;
}

function sheetXml(rows: WrittenSheet['rows']): string {
	const written = rows.map((cells, at) => {
		const inner = cells.map((cell, column) => cellXml(cell, `${letter(column)}${at + 1}`)).join('');
		return inner && `<row r="${at + 1}">${inner}</row>`;
	});
	return `${head}<worksheet ${main}><sheetData>${written.join('')}</sheetData></worksheet>`;
}

function cellXml(cell: WrittenCell, at: string): string {
	switch (typeof cell) {
		case 'string':
			return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
		case 'number':
			return `<c r="${at}"><v>${cell}</v></c>`;
		case 'boolean':
			return `<c r="${at}" t="b"><v>${Number(cell)}</v></c>`;
		case 'object':
			return `<c r="${at}" s="1"><v>${cell.serial}</v></c>`;
		default:
			return '';
	}
}

const letter = (column: number): string => String.fromCharCode(65 + column);
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
