import { type Faults, isFaultKind } from './faults.ts';

/**
 * What tests in another process see and set, on every vendor's own port: `GET /-/requests` lists what was asked so far,
 * `POST /-/faults` with `{ pattern, kind, times?, at? }` adds trouble and `DELETE` ends it, `POST /-/clock` with
 * `{ forward: milliseconds }` moves this vendor's clock on. No vendor has a path like these; none of them counts as a
 * request, waits, or is struck by a fault.
 */
export interface Controlled {
	readonly requests: readonly object[];
	readonly faults: Faults;
	/** Moves the vendor's clock on by so many milliseconds. */
	forward(milliseconds: number): void;
}

/** The answer to a request for the control itself; undefined where it is one for the vendor. */
export async function control(request: Request, controlled: Controlled): Promise<Response | undefined> {
	const { pathname } = new URL(request.url);
	if (!pathname.startsWith('/-/')) {
		return undefined;
	}
	const { requests, faults } = controlled;
	switch (`${request.method} ${pathname}`) {
		case 'GET /-/requests':
			return Response.json(requests);
		case 'DELETE /-/faults':
			faults.clear();
			return done();
		case 'POST /-/faults':
			return addFault(await bodyOf(request), faults);
		case 'POST /-/clock':
			return forward(await bodyOf(request), controlled);
		default:
			return Response.json({ error: 'There is no such control.' }, { status: 404 });
	}
}

type Body = Readonly<Record<string, unknown>>;

async function bodyOf(request: Request): Promise<Body> {
	const body: unknown = await request.json().catch(() => undefined);
	return typeof body === 'object' && body !== null ? { ...body } : {};
}

function addFault({ pattern, kind, times, at }: Body, faults: Faults): Response {
	const isCount = times === undefined || (typeof times === 'number' && Number.isInteger(times) && times > 0);
	const isPlace = at === undefined || (typeof at === 'number' && Number.isInteger(at) && at >= 0);
	if (typeof pattern !== 'string' || !isFaultKind(kind) || !isCount || !isPlace) {
		return refused('A fault is { pattern, kind, times?, at? }.');
	}
	faults.add({ pattern, kind, times, at });
	return done();
}

function forward({ forward: milliseconds }: Body, controlled: Controlled): Response {
	if (typeof milliseconds !== 'number' || milliseconds < 0) {
		return refused('The clock goes { forward: milliseconds }.');
	}
	controlled.forward(milliseconds);
	return done();
}

function done(): Response {
	return new Response(null, { status: 204 });
}

function refused(error: string): Response {
	return Response.json({ error }, { status: 400 });
}
