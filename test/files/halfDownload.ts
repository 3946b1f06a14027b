import { PartRecords } from '../../src/files/disk/partRecords.ts';
import { receive } from '../../src/files/receive.ts';
import { saveOnDisk } from '../../src/files/saveOnDisk.ts';

// A process of its own, so that it can be killed in the middle: brings URL to PATH and keeps RECORDS.
const [, , url = '', path = '', records = ''] = process.argv;
const { body } = await receive(url);
if (body) {
	const { signal } = new AbortController();
	const onProgress = () => console.log('half');
	await saveOnDisk({ stream: body }, path, signal, { onProgress, records: new PartRecords(records) });
}
