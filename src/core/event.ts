/** Something that can be listened to until the returned handle is disposed. The shape is VS Code's own `Event`. */
export type Event<T> = (listener: (value: T) => unknown) => { dispose(): void };

export class Emitter<T> {
	readonly #listeners = new Set<(value: T) => unknown>();

	readonly event: Event<T> = (listener) => {
		this.#listeners.add(listener);
		return { dispose: () => void this.#listeners.delete(listener) };
	};

	fire(value: T): void {
		for (const listener of new Set(this.#listeners)) {
			listener(value);
		}
	}

	dispose(): void {
		this.#listeners.clear();
	}
}
