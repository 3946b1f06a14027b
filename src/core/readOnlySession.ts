import type { Archives } from './archives.ts';
import type { Cards, Comments } from './cards.ts';
import type { Related, RelatedList } from './operations.ts';
import type { Session } from './provider.ts';

/** What a member of a part is: it only asks, it can change something, or it is a part with members of both kinds. */
type Kinds<Part> = { readonly [Name in keyof Required<Part>]: 'reads' | 'writes' | 'both' };

/** Named one by one, so that nothing new in the contract counts as harmless until somebody has said so here. */
const ofSession: Kinds<Session> = {
	workspaces: 'reads',
	accountInfo: 'reads',
	forget: 'reads',
	accessToken: 'reads',
	findings: 'reads',
	boards: 'reads',
	cards: 'both',
	columnRenaming: 'writes',
	columnOrdering: 'writes',
	archives: 'both',
	jobs: 'writes',
	webhooks: 'writes',
	feeds: 'reads',
	operations: 'writes',
	related: 'both',
	shortlists: 'reads',
	boardTexts: 'writes',
	workspaceFiltering: 'reads',
	usage: 'reads',
	workspaceCreation: 'writes',
	boardCreation: 'writes',
	columnCreation: 'writes',
	search: 'reads',
	walkTo: 'reads',
};

const ofCards: Kinds<Cards> = {
	look: 'reads',
	me: 'reads',
	mine: 'reads',
	creation: 'writes',
	editing: 'writes',
	moving: 'writes',
	removal: 'writes',
	comments: 'both',
	checklist: 'writes',
	attaching: 'writes',
};

const ofComments: Kinds<Comments> = { list: 'reads', add: 'writes', remove: 'writes' };

const ofArchives: Kinds<Archives> = {
	ofAccount: 'reads',
	ofWorkspace: 'reads',
	ofBoard: 'reads',
	entries: 'reads',
	look: 'reads',
	read: 'reads',
	uploading: 'writes',
	saving: 'writes',
	folderCreation: 'writes',
	removal: 'writes',
	documentRenaming: 'writes',
	versions: 'reads',
};

const ofRelated: Kinds<RelatedList<never>> = {
	id: 'reads',
	name: 'reads',
	icon: 'reads',
	note: 'reads',
	none: 'reads',
	list: 'reads',
	operations: 'writes',
	itemOperations: 'writes',
};

/** The same session without every part that can change something at the vendor. */
export function withoutWrites(session: Session): Session {
	const { cards, archives, related } = session;
	return {
		...reading(session, ofSession),
		...(cards && { cards: cardsWithoutWrites(cards) }),
		...(related && { related: relatedWithoutWrites(related) }),
		...(archives && { archives: reading(archives, ofArchives) }),
	};
}

function relatedWithoutWrites({ workspace, board, column }: Related): Related {
	return {
		workspace: listsWithoutWrites(workspace),
		board: listsWithoutWrites(board),
		column: listsWithoutWrites(column),
	};
}

function listsWithoutWrites<Place>(lists: readonly RelatedList<Place>[] = []): readonly RelatedList<Place>[] {
	return lists.map((list) => reading(list, ofRelated));
}

function cardsWithoutWrites(cards: Cards): Cards {
	const { comments } = cards;
	return { ...reading(cards, ofCards), ...(comments && { comments: reading(comments, ofComments) }) };
}

/** The members that only ask. Each goes on belonging to the part it comes from, which may be an object with a state. */
function reading<Part extends object>(part: Part, kinds: Kinds<Part>): Part {
	const kept = (Object.keys(kinds) as (keyof Part)[])
		.filter((name) => kinds[name] === 'reads' && part[name] !== undefined)
		.map((name) => [name, bound(part, part[name])] as const);
	return Object.fromEntries(kept) as Part;
}

function bound(part: object, member: unknown): unknown {
	return typeof member === 'function' ? member.bind(part) : member;
}
