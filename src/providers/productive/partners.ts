import type { Unit } from './plain.ts';
import { keyOf, type Plain } from './plainNode.ts';

/** For each block the one it takes the place of: those that say the same, and between them those of one kind in order. */
export function partnersOf(wanted: readonly Plain[], there: readonly Unit[]): readonly (Unit | undefined)[] {
	const anchors = commonest(
		wanted.map(keyOf),
		there.map(({ plain }) => (plain ? keyOf(plain) : '')),
	);
	const partners: (Unit | undefined)[] = wanted.map(() => undefined);
	let [from, to] = [0, 0];
	for (const [at, other] of [...anchors, [wanted.length, there.length] as const]) {
		let next = to;
		for (let each = from; each < at; each++) {
			const found = there.findIndex(
				({ plain }, place) => place >= next && place < other && plain?.kind === wanted[each]?.kind,
			);
			if (found !== -1) {
				partners[each] = there[found];
				next = found + 1;
			}
		}
		if (at < wanted.length) {
			partners[at] = there[other];
		}
		[from, to] = [at + 1, other + 1];
	}
	return partners;
}

/** The longest sequence that both hold, as places in the one and in the other. */
function commonest(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
	const start = a.findIndex((one, at) => one !== b[at]);
	const same = start === -1 ? Math.min(a.length, b.length) : start;
	const head = Array.from({ length: same }, (_, at) => [at, at] as const);
	const [restA, restB] = [a.slice(same), b.slice(same)];
	const lengths = Array.from({ length: restA.length + 1 }, () => new Uint32Array(restB.length + 1));
	for (let i = restA.length - 1; i >= 0; i--) {
		for (let j = restB.length - 1; j >= 0; j--) {
			set(
				lengths,
				i,
				j,
				restA[i] === restB[j] ? 1 + at(lengths, i + 1, j + 1) : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1)),
			);
		}
	}
	const found: (readonly [number, number])[] = [];
	for (let [i, j] = [0, 0]; i < restA.length && j < restB.length; ) {
		if (restA[i] === restB[j]) {
			found.push([same + i, same + j]);
			[i, j] = [i + 1, j + 1];
		} else if (at(lengths, i + 1, j) >= at(lengths, i, j + 1)) {
			i += 1;
		} else {
			j += 1;
		}
	}
	return [...head, ...found];
}

const at = (lengths: readonly Uint32Array[], i: number, j: number) => lengths[i]?.[j] ?? 0;

function set(lengths: readonly Uint32Array[], i: number, j: number, value: number): void {
	const row = lengths[i];
	if (row) {
		row[j] = value;
	}
}
