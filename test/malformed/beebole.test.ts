import { beebole } from '../../src/providers/beebole/index.ts';
import { malformedReplies } from './malformed.ts';

malformedReplies(beebole, [
	{ place: /\bgroups\.\d+\.groups$/, why: 'a group without groups beneath it may have no such member' },
]);
