/** Small real files: what a viewer opens, byte for byte valid, made without any library. */

const encoder = new TextEncoder();

/** A one-page PDF with a line of text. */
export function pdf(line: string): Uint8Array {
	const shown = Array.from(line)
		.map((sign) => (sign.charCodeAt(0) > 126 || '()\\'.includes(sign) ? '?' : sign))
		.join('');
	const content = `BT /F1 24 Tf 72 720 Td (${shown}) Tj ET`;
	const objects = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
		'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
		`<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
		'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
	];
	let text = '%PDF-1.4\n';
	const offsets = objects.map((object, index) => {
		const at = text.length;
		text += `${index + 1} 0 obj\n${object}\nendobj\n`;
		return at;
	});
	const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
	const start = text.length;
	text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
	return encoder.encode(text);
}

/** A PNG of one colour (0xRRGGBB) with a lighter band. */
export function png(width: number, height: number, colour: number): Uint8Array {
	const row = (shade: number) => [
		0,
		...Array.from({ length: width }, () =>
			[16, 8, 0].map((shift) => Math.min(255, ((colour >> shift) & 255) + shade)),
		).flat(),
	];
	const pixels = Uint8Array.from(Array.from({ length: height }, (_, y) => row(y % 16 < 8 ? 0 : 28)).flat());
	const header = bytes(be32(width), be32(height), Uint8Array.of(8, 2, 0, 0, 0));
	return bytes(
		Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10),
		chunk('IHDR', header),
		chunk('IDAT', storedZlib(pixels)),
		chunk('IEND', new Uint8Array()),
	);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
	const body = bytes(encoder.encode(type), data);
	return bytes(be32(data.length), body, be32(crc32(body)));
}

/** A zlib stream of uncompressed blocks. */
function storedZlib(data: Uint8Array): Uint8Array {
	const blocks: Uint8Array[] = [];
	for (let at = 0; at < data.length; at += 65_535) {
		const block = data.subarray(at, at + 65_535);
		const last = at + block.length === data.length ? 1 : 0;
		blocks.push(
			Uint8Array.of(last, block.length & 255, block.length >> 8, ~block.length & 255, (~block.length >> 8) & 255),
			block,
		);
	}
	return bytes(Uint8Array.of(0x78, 0x01), ...blocks, be32(adler32(data)));
}

/** A workbook with one sheet of text cells. */
export function xlsx(rows: readonly (readonly string[])[]): Uint8Array {
	const cells = rows
		.map(
			(row, r) =>
				`<row r="${r + 1}">${row.map((value, c) => `<c r="${String.fromCharCode(65 + c)}${r + 1}" t="inlineStr"><is><t>${xml(value)}</t></is></c>`).join('')}</row>`,
		)
		.join('');
	const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
	const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
	const package_ = 'http://schemas.openxmlformats.org/package/2006';
	const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
	return zip([
		[
			'[Content_Types].xml',
			`<Types xmlns="${package_}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/></Types>`,
		],
		[
			'_rels/.rels',
			`<Relationships xmlns="${package_}/relationships"><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		],
		[
			'xl/workbook.xml',
			`<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="Plan" sheetId="1" r:id="r1"/></sheets></workbook>`,
		],
		[
			'xl/_rels/workbook.xml.rels',
			`<Relationships xmlns="${package_}/relationships"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		],
		['xl/worksheets/sheet1.xml', `<worksheet xmlns="${main}"><sheetData>${cells}</sheetData></worksheet>`],
	]);
}

function xml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** A zip of uncompressed files. */
export function zip(files: readonly (readonly [name: string, content: string | Uint8Array])[]): Uint8Array {
	const parts: Uint8Array[] = [];
	const directory: Uint8Array[] = [];
	let offset = 0;
	for (const [name, content] of files) {
		const path = encoder.encode(name);
		const data = typeof content === 'string' ? encoder.encode(content) : content;
		const facts = bytes(
			le16(20),
			le16(0x800),
			le16(0),
			le16(0),
			le16(0x21),
			le32(crc32(data)),
			le32(data.length),
			le32(data.length),
			le16(path.length),
			le16(0),
		);
		const local = bytes(le32(0x04034b50), facts, path, data);
		directory.push(bytes(le32(0x02014b50), le16(20), facts, le16(0), le16(0), le16(0), le32(0), le32(offset), path));
		parts.push(local);
		offset += local.length;
	}
	const list = bytes(...directory);
	return bytes(
		...parts,
		list,
		le32(0x06054b50),
		le16(0),
		le16(0),
		le16(files.length),
		le16(files.length),
		le32(list.length),
		le32(offset),
		le16(0),
	);
}

export function bytes(...parts: readonly Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

function be32(value: number): Uint8Array {
	return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

function le32(value: number): Uint8Array {
	return be32(value).reverse();
}

function le16(value: number): Uint8Array {
	return Uint8Array.of(value, value >>> 8);
}

function crc32(data: Uint8Array): number {
	let crc = ~0;
	for (const byte of data) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit += 1) {
			crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
		}
	}
	return ~crc >>> 0;
}

function adler32(data: Uint8Array): number {
	let a = 1;
	let b = 0;
	for (const byte of data) {
		a = (a + byte) % 65_521;
		b = (b + a) % 65_521;
	}
	return ((b << 16) | a) >>> 0;
}
