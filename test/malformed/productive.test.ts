import { productive } from '../../src/providers/productive/index.ts';
import { malformedReplies } from './malformed.ts';

malformedReplies(productive, [
	{
		place: /^data\.attributes\.(hidden|public_access)$/,
		kind: /dropped|into null$/,
		why: 'not every server says it, and the form then does not ask for it: nothing of it is written',
	},
	{
		place: /^data\.\d+\.relationships\.assignee\.data$/,
		kind: /into null$/,
		why: 'a task may be nobody’s, and is none of mine then',
	},
]);
