import type { UploadFile } from './archives.ts';

/** How far a transfer is. */
export interface TransferProgress {
	/** Bytes that are there, those of an earlier attempt included. */
	readonly bytes: number;
	/** Bytes of the whole; absent where nobody knows. */
	readonly total?: number;
	/** Bytes a second, over the last few seconds. */
	readonly rate: number;
	/** Absent while it cannot be told. */
	readonly secondsLeft?: number;
}

export type OnProgress = (progress: TransferProgress) => void;

interface Sample {
	readonly at: number;
	readonly bytes: number;
}

/** Milliseconds between two reports; four a second are as many as anybody can read. */
const pause = 250;
/** Milliseconds that the rate looks back. */
const span = 5_000;

/**
 * Turns counts of bytes into reports: at most four a second, with a rate that is calm and still follows the network. The
 * end is not reported; whoever started the transfer sees it.
 */
export class TransferMeter {
	readonly #report: OnProgress;
	readonly #clock: () => number;
	readonly #samples: Sample[] = [];
	#reported = Number.NEGATIVE_INFINITY;
	total: number | undefined;

	/** `clock` tells milliseconds. */
	constructor(report: OnProgress, total?: number, clock: () => number = () => performance.now()) {
		this.#report = report;
		this.#clock = clock;
		this.total = total;
		this.restart(0);
	}

	/** So many bytes are there by now. */
	reach(bytes: number): void {
		const at = this.#clock();
		if (at - this.#reported >= pause) {
			this.#reported = at;
			this.#keep({ at, bytes });
			this.#report(this.#progress());
		}
	}

	/** A new attempt begins with so many bytes; what earlier ones took says nothing about its speed. */
	restart(bytes: number): void {
		this.#samples.length = 0;
		this.#samples.push({ at: this.#clock(), bytes });
	}

	/** Keeps one sample from before the span, so that the rate always covers all of it. */
	#keep(sample: Sample): void {
		this.#samples.push(sample);
		while ((this.#samples[1]?.at ?? sample.at) < sample.at - span) {
			this.#samples.shift();
		}
	}

	#progress(): TransferProgress {
		const last = this.#samples.at(-1) ?? { at: 0, bytes: 0 };
		const first = this.#samples[0] ?? last;
		const rate = last.at > first.at ? ((last.bytes - first.bytes) / (last.at - first.at)) * 1000 : 0;
		const left = this.total === undefined || rate <= 0 ? undefined : Math.max(0, this.total - last.bytes) / rate;
		return { bytes: last.bytes, total: this.total, rate, secondsLeft: left };
	}
}

/** The same file, which tells how much of it has been sent; sending it once more begins at nothing. */
export function metered(file: UploadFile, report: OnProgress, clock?: () => number): UploadFile {
	const meter = new TransferMeter(report, file.size, clock);
	return {
		...file,
		async *content() {
			let bytes = 0;
			meter.restart(bytes);
			for await (const piece of file.content()) {
				yield piece;
				bytes += piece.length;
				meter.reach(bytes);
			}
		},
	};
}
