import { coredata } from '../../src/providers/coredata/index.ts';
import { malformedReplies } from './malformed.ts';

malformedReplies(coredata, [
	{ place: /\baspects\b/, why: 'aspects are shown as JSON, whatever they are' },
	{ place: /^objects\.\d+\.status$/, kind: /into null$/, why: 'a task without a status stands in “Other”' },
]);
