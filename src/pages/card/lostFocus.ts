const focusable = 'input, textarea, button, vscode-button';

interface Waiting extends HTMLElement {
	readonly updateComplete?: Promise<unknown>;
}

/**
 * Hands the focus on when drawing removes what had it: to the neighbour of a list's entry, else to what is nearest around.
 */
export class LostFocus {
	readonly #root: HTMLElement;
	#held: { readonly element: Element; readonly around: readonly Element[]; readonly at: number } | undefined;

	constructor(root: HTMLElement) {
		this.#root = root;
	}

	/** Before drawing. */
	remember(): void {
		const element = document.activeElement;
		if (!element || !this.#root.contains(element) || element === this.#root) {
			this.#held = undefined;
			return;
		}
		const entry = element.closest('[data-item]');
		const at = entry ? [...(entry.parentElement?.children ?? [])].indexOf(entry) : 0;
		this.#held = { element, around: ancestorsOf(element), at };
	}

	/** After drawing. */
	restore(): void {
		if (!this.#held || this.#held.element.isConnected) {
			return;
		}
		const { around, at } = this.#held;
		const left = around.filter((one) => one.isConnected);
		const neighbour = left[0]?.querySelectorAll(':scope > [data-item]');
		const places = [neighbour?.[Math.min(at, neighbour.length - 1)], ...left];
		const [target] = places.flatMap((place) => place?.querySelector<Waiting>(focusable) ?? []);
		// A new element of vscode-elements takes the focus only once it has drawn itself.
		void Promise.resolve(target?.updateComplete).then(() => target?.focus());
	}
}

function ancestorsOf(element: Element): readonly Element[] {
	const parent = element.parentElement;
	return parent ? [parent, ...ancestorsOf(parent)] : [];
}
