import { beeboleSandbox } from './beebole.ts';
import { coredataSandbox } from './coredata.ts';
import { parseFault } from './faults.ts';
import { planboxSandbox } from './planbox.ts';
import { productiveSandbox } from './productive.ts';
import { projectplaceSandbox } from './projectplace.ts';
import { type Served, type ServerOptions, serveVendor } from './server.ts';
import type { MakeVendor } from './vendor.ts';
import { makeWorld } from './world.ts';

export const vendors: Readonly<Record<string, MakeVendor>> = {
	projectplace: projectplaceSandbox,
	productive: productiveSandbox,
	beebole: beeboleSandbox,
	planbox: planboxSandbox,
	coredata: coredataSandbox,
};

export interface Sandbox {
	/** By vendor: where it is and what to sign in with. */
	readonly addresses: Readonly<Record<string, Served['address']>>;
	readonly served: Readonly<Record<string, Served>>;
	close(): Promise<void>;
}

export interface SandboxOptions extends Omit<ServerOptions, 'faults'> {
	/** Each `vendor:pattern:kind`. */
	readonly faults?: readonly string[];
}

/** Serves all five vendors, each on a port of its own. */
export async function startSandbox({ faults = [], ...options }: SandboxOptions = {}): Promise<Sandbox> {
	const wanted = faults.map(parseFault);
	const world = makeWorld(options);
	const served = Object.fromEntries(
		await Promise.all(
			Object.entries(vendors).map(async ([id, make]) => {
				const own = wanted.filter(({ vendor }) => vendor === id || vendor === '*');
				return [id, await serveVendor(make, { ...options, faults: own }, world)] as const;
			}),
		),
	);
	return {
		addresses: Object.fromEntries(Object.entries(served).map(([id, { address }]) => [id, address])),
		served,
		close: async () => {
			await Promise.all(Object.values(served).map((one) => one.close()));
		},
	};
}
