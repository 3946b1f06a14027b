import type { Hono } from 'hono';
import type { World } from './world.ts';

/** One vendor's API as the references describe it: an app on a port of its own. */
export interface VendorSandbox {
	readonly app: Hono;
	/** What the sandbox's address list says about this vendor; `origin` is `http://127.0.0.1:PORT`. */
	address(origin: string): Readonly<Record<string, unknown>>;
	/** What the vendor holds now, by the vendor's own names, for tests that compare it with what was sent. */
	readonly state: Readonly<Record<string, unknown>>;
}

export type MakeVendor = (world: World, clock: () => number) => VendorSandbox;
