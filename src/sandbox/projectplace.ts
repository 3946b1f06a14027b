import { makeApi } from './projectplace/api.ts';
import { boardCalls } from './projectplace/boards.ts';
import { cardCalls } from './projectplace/cards.ts';
import { checklistCalls } from './projectplace/checklist.ts';
import { commentCalls } from './projectplace/comments.ts';
import { credentials, readOnly } from './projectplace/credentials.ts';
import { documentCalls } from './projectplace/documents.ts';
import { guessedCalls } from './projectplace/guessed.ts';
import { holdingsOf } from './projectplace/holdings.ts';
import { odataCalls } from './projectplace/odata.ts';
import { peopleCalls } from './projectplace/people.ts';
import { workspaceCalls } from './projectplace/workspaces.ts';
import type { MakeVendor } from './vendor.ts';

/** ProjectPlace's API: workspaces, boards, cards, documents, people, exports, webhooks, OData and both OAuths. */
export const projectplaceSandbox: MakeVendor = (world, clock) => {
	const holdings = holdingsOf(world);
	const api = makeApi(holdings, clock);
	const { app, grants, signers } = api;
	peopleCalls(api);
	const exports = workspaceCalls(api);
	boardCalls(api);
	const { cardOf, writableOf } = cardCalls(api);
	checklistCalls(api, writableOf);
	commentCalls(api, { cardOf, writableOf });
	documentCalls(api, world.experimental ? guessedCalls(api) : undefined);
	const feeds = odataCalls(api);
	return {
		app,
		address: (origin) => ({ url: origin, odataUrl: `${origin}/odata`, ...credentials }),
		state: { ...holdings, exports, feeds, tokens: grants, signers, readOnly },
	};
};
