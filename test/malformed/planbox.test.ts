import { planbox } from '../../src/providers/planbox/index.ts';
import { malformedReplies } from './malformed.ts';

malformedReplies(planbox, [
	{ place: /\.(files|comments)\b/, why: 'no document describes files and comments' },
	{
		place: /\b(deleted|template|blocked)$/,
		kind: /into a flag$/,
		why: 'flags come in five forms, of which true is one, and what is deleted is not shown',
	},
	{
		place: /\btasks\.\d+\.resource_id$/,
		kind: /into null$/,
		why: 'a task may be nobody’s, and is none of mine then',
	},
	{ place: /\btags$/, kind: /into null$/, why: 'an item without tags may have null' },
	{ place: /\bemail$/, why: 'cards are made with the addresses of people: who has none is not offered' },
]);
