import { type FaultKind, faultKinds } from '../../src/sandbox/faults.ts';

/**
 * The faults that every write is tried with. All of them together take half an hour: `BOARDWALK_FAULTS=all` tries them, every
 * day it is the four that differ most.
 */
export const triedFaults: readonly FaultKind[] =
	process.env['BOARDWALK_FAULTS'] === 'all' ? faultKinds : ['401', '500', 'cut', 'drop'];
