// Everything here goes to stderr: some commands promise one line of JSON on stdout and nothing else.
const terminal = process.stderr.isTTY;
const plainEverySeconds = 15;

/** A failure whose message is all that its reader needs: shown without a stack. */
export class Stop extends Error {}

export function say(text) {
	process.stderr.write(`${text}\n`);
}

/** Runs `work`, saying what is done and for how long. `work` receives a function that shows a detail. */
export async function step(label, work) {
	const started = Date.now();
	const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
	let detail = '';
	const draw = () => process.stderr.write(`\r\x1b[K${clip(`${label} … ${seconds()} ${detail}`)}`);
	if (!terminal) say(`${label} …`);
	const timer = setInterval(
		terminal ? draw : () => say(`  ${label}: ${seconds()} ${detail}`),
		terminal ? 250 : plainEverySeconds * 1000,
	);
	timer.unref();
	let ending = 'failed';
	try {
		const result = await work((text) => {
			detail = text.trim();
		});
		ending = 'done';
		return result;
	} finally {
		clearInterval(timer);
		say(`${terminal ? '\r\x1b[K' : ''}${label}: ${ending}, ${seconds()}`);
	}
}

function clip(text) {
	return text.slice(0, (process.stderr.columns ?? 80) - 1);
}
