import type { TableView } from '../tableProtocol.ts';

const parts = 4;

/**
 * When how things stand is worth being read out: where a phase begins, where the whole table comes with other words, and while
 * it runs with every quarter alone – a voice can't follow hundreds of rows. Ticks and choices are read out where they are made.
 */
export class Milestones {
	#phase = '';
	#part = 0;
	#status = '';

	passed({ phase, status, progress }: TableView, isWhole: boolean): boolean {
		const part = progress && progress.total > 0 ? Math.floor((parts * progress.settled) / progress.total) : 0;
		const isSteady = phase === 'preview' || phase === 'result';
		const isOther = isWhole && isSteady && status !== this.#status;
		const isNew = phase !== this.#phase || part > this.#part || isOther;
		this.#phase = phase;
		this.#status = status;
		this.#part = part;
		return isNew;
	}
}
