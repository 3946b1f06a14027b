import type { FaultKind } from '../../src/sandbox/faults.ts';
import { type Served, type ServerOptions, serveVendor } from '../../src/sandbox/server.ts';
import type { MakeVendor } from '../../src/sandbox/vendor.ts';

export interface TestVendor extends Served {
	/** Strikes requests whose `METHOD /path` holds the pattern (`*` for anything); all of them, or only so many. */
	fault(pattern: string, kind: FaultKind, times?: number): void;
	clearFaults(): void;
}

/** One vendor over real HTTP on a free port. */
export async function startVendor(id: string, options: ServerOptions = {}): Promise<TestVendor> {
	const module = (await import(`../../src/sandbox/${id}.ts`)) as Record<string, MakeVendor>;
	const make = module[`${id}Sandbox`];
	if (!make) {
		throw new Error(`src/sandbox/${id}.ts exports no ${id}Sandbox`);
	}
	const served = await serveVendor(make, options);
	return {
		...served,
		fault: (pattern, kind, times) => served.faults.add({ pattern, kind, times }),
		clearFaults: () => served.faults.clear(),
	};
}
