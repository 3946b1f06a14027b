import type { Node } from '../views/node.ts';
import type { Services } from './services.ts';

/** The lines that a command is for. A menu hands over the line under the pointer and all that are selected, a key none of them. */
export function selectedOf({ view }: Services, node: Node | undefined, rest: readonly unknown[]): readonly Node[] {
	const handed = rest.find((one): one is readonly Node[] => Array.isArray(one) && one.length > 0);
	const byKey = rest.some((one) => typeof one === 'object' && one !== null && 'selection' in one);
	return handed ?? (byKey ? view.selection : node ? [node] : []);
}
