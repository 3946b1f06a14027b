import type { AddressInfo } from 'node:net';
import { type Http2Bindings, type HttpBindings, serve } from '@hono/node-server';
import { control } from './control.ts';
import { type Fault, Faults } from './faults.ts';
import { ranged } from './ranges.ts';
import type { MakeVendor, VendorSandbox } from './vendor.ts';
import { makeWorld, type World, type WorldOptions } from './world.ts';

export interface ServerOptions extends WorldOptions {
	/** Milliseconds before every answer. */
	readonly latency?: number;
	readonly faults?: readonly Fault[];
	/** Whether documents come with `Accept-Ranges` and in parts, which no vendor's reference speaks of. */
	readonly ranges?: boolean;
	/** Which of this computer's own addresses to listen on; `127.0.0.1` without it. */
	readonly host?: string;
	/** Milliseconds since the epoch; the real clock without it. */
	readonly clock?: () => number;
}

/** A vendor being served on loopback. */
export interface Served {
	/** Where it is and what to sign in with. */
	readonly address: Readonly<Record<string, unknown>>;
	readonly state: VendorSandbox['state'];
	/** What was asked so far, oldest first. */
	readonly requests: readonly ServedRequest[];
	readonly faults: Faults;
	close(): Promise<void>;
}

export interface ServedRequest {
	readonly method: string;
	/** Path and query. */
	readonly path: string;
	readonly status: number;
}

/** Serves one vendor over real HTTP on a free port of 127.0.0.1, with the control that `control.ts` describes. */
export function serveVendor(
	make: MakeVendor,
	options: ServerOptions = {},
	world: World = makeWorld(options),
): Promise<Served> {
	const { host = '127.0.0.1' } = options;
	let ahead = 0;
	const vendor = make(world, () => (options.clock ?? Date.now)() + ahead);
	const faults = new Faults();
	const requests: ServedRequest[] = [];
	options.faults?.forEach((fault) => faults.add({ ...fault }));
	const forward = (milliseconds: number): void => {
		ahead += milliseconds;
	};
	const fetch = async (request: Request, { outgoing }: HttpBindings | Http2Bindings): Promise<Response> => {
		const controlled = await control(request, { requests, faults, forward });
		if (controlled) {
			return controlled;
		}
		if (options.latency) {
			await new Promise((resolve) => setTimeout(resolve, options.latency));
		}
		const answer = async (): Promise<Response> => {
			const whole = await vendor.app.fetch(request);
			return options.ranges ? ranged(request, whole) : whole;
		};
		const response = await faults.strike(request, outgoing, answer);
		const { pathname, search } = new URL(request.url);
		requests.push({ method: request.method, path: pathname + search, status: response.status });
		return response;
	};
	return new Promise((resolve, reject) => {
		const server = serve({ fetch, port: 0, hostname: host, overrideGlobalObjects: false }, ({ port }: AddressInfo) =>
			resolve({
				address: vendor.address(`http://${host.includes(':') ? `[${host}]` : host}:${port}`),
				state: vendor.state,
				requests,
				faults,
				close: () => closing(server),
			}),
		);
		server.on('error', reject);
	});
}

function closing(server: ReturnType<typeof serve>): Promise<void> {
	return new Promise((resolve) => {
		server.close(() => resolve());
		if ('closeAllConnections' in server) {
			server.closeAllConnections();
		}
	});
}
