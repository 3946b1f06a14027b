import type { SpecificTasks } from './mapping.ts';
import { toId } from './unverified.ts';

/**
 * Which tasks hang where, as far as it was told or done here: one task can hang in several columns of a board, where one card has
 * one place. The keys are those of the questions.
 */
export class Hanging {
	readonly #tasks = new Map<string, Set<string>>();
	readonly #boards = new Map<string, Set<string>>();

	told(key: string, { specificTasks }: SpecificTasks): void {
		this.#tasks.set(key, new Set(specificTasks.map(toId)));
	}

	/** A place is a column of a board. */
	onBoard(board: string, key: string): void {
		this.#boards.set(board, (this.#boards.get(board) ?? new Set()).add(key));
	}

	set(key: string, task: string, isThere: boolean): void {
		this.#tasks.get(key)?.[isThere ? 'add' : 'delete'](task);
	}

	at(key: string, task: string): boolean | undefined {
		return this.#tasks.get(key)?.has(task);
	}

	times(board: string, task: string): number {
		return [...(this.#boards.get(board) ?? [])].filter((key) => this.at(key, task)).length;
	}

	clear(): void {
		this.#tasks.clear();
		this.#boards.clear();
	}
}
