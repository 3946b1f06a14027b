import type { Provider } from '../core/provider.ts';
import { beebole } from './beebole/index.ts';
import { coredata } from './coredata/index.ts';
import { planbox } from './planbox/index.ts';
import { productive } from './productive/index.ts';
import { projectplace } from './projectplace/index.ts';

/** The vendors: the only list of them. */
export const providers: readonly Provider[] = [projectplace, productive, beebole, planbox, coredata];
