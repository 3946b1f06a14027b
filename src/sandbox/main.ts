import { parseArgs } from 'node:util';
import { startSandbox } from './index.ts';

const { values } = parseArgs({
	options: {
		json: { type: 'boolean', default: false },
		scale: { type: 'string' },
		latency: { type: 'string' },
		seed: { type: 'string' },
		'large-document': { type: 'string' },
		ranges: { type: 'boolean', default: false },
		experimental: { type: 'boolean', default: false },
		host: { type: 'string', default: '127.0.0.1' },
		fault: { type: 'string', multiple: true, default: [] },
		help: { type: 'boolean', default: false },
	},
});

if (values.help) {
	console.log(`Serves the five vendors' APIs on loopback until it is killed.
  --json         print one line of JSON with addresses and credentials
  --scale N      N workspaces, up to 100,000 cards
  --latency MS   wait before every answer
  --seed N       another world
  --large-document BYTES   one document more in ProjectPlace's first archive, made while it is sent
  --ranges       documents come in parts where these are asked for
  --experimental also serve what the vendors' references only guess: folders, versions and deleting at ProjectPlace
  --host ADDRESS listen on another of this computer's own addresses: ::1 or 127.x.x.x
  --fault vendor:pattern:kind   (repeatable) kinds: slow 401 403 404 429 429-date 500 503 cut drop stall malformed html
On every vendor's port: GET /-/requests lists what was asked, POST /-/faults { pattern, kind, times?, at? } adds a fault and
DELETE ends them all, POST /-/clock { forward: milliseconds } moves its clock on.`);
} else {
	await run();
}

async function run(): Promise<void> {
	const sandbox = await startSandbox({
		scale: wholeNumber('scale', 1),
		latency: wholeNumber('latency', 0),
		seed: wholeNumber('seed', 0),
		largeDocument: wholeNumber('large-document', 1),
		ranges: values.ranges,
		experimental: values.experimental,
		faults: values.fault,
		host: ownAddress(values.host),
	});
	console.log(JSON.stringify(sandbox.addresses, undefined, values.json ? undefined : 2));
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
	}
}

function ownAddress(host: string): string {
	if (host !== '::1' && !/^127(\.\d{1,3}){3}$/.test(host)) {
		console.error(`--host takes an address of this computer alone, not "${host}"`);
		process.exit(2);
	}
	return host;
}

function wholeNumber(name: 'scale' | 'latency' | 'seed' | 'large-document', least: number): number | undefined {
	const text = values[name];
	if (text === undefined) {
		return undefined;
	}
	const number = Number(text);
	if (!Number.isInteger(number) || number < least) {
		console.error(`--${name} needs a whole number from ${least}, not "${text}"`);
		process.exit(2);
	}
	return number;
}
