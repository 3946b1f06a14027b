import { t } from '@vscode/l10n';
import type { Comments } from '../../core/cards.ts';
import { InvalidInput } from '../../core/errors.ts';
import type { Comment } from '../../core/model.ts';
import { paged } from '../../http/pages.ts';
import type { CardPart } from './cardPart.ts';
import { linkedId } from './document.ts';
import { person, personName } from './mapping.ts';
import { asHtml } from './mentions.ts';
import { toComment } from './taskShapes.ts';

/** No list of cards tells of comments, so nothing that is remembered becomes untrue. */
export function cardComments(part: CardPart): Comments {
	const { client } = part;
	return {
		list: ({ id }, signal) =>
			paged(async (at, each) => {
				const { data, related, next } = await client.tasks.comments(id, Number(at ?? 1), each);
				const shown = data.filter(({ attributes: { deleted_at, draft } }) => !deleted_at && !draft);
				return { items: shown.map((one) => toComment(one, related)), next };
			}, signal),
		async add({ id }, text, signal) {
			if (text.trim() === '') {
				throw new InvalidInput([{ message: t('A comment needs some text.') }]);
			}
			const { data, related } = await client.tasks.createComment(id, asHtml(text.trim()), signal);
			const made: Comment = toComment(data, related);
			return { ...made, author: made.author ?? (await ownName(part, signal)) };
		},
		remove: (_card, { id }, signal) => client.tasks.removeComment(id, signal),
	};
}

/** The answer to a new comment does not name its author. It stands there already, so no failure is told. */
async function ownName(part: CardPart, signal: AbortSignal): Promise<string | undefined> {
	try {
		return (await me(part, signal)).name;
	} catch {
		return undefined;
	}
}

/** The person that the token belongs to. */
export async function me(
	{ client, shared, organization }: CardPart,
	signal: AbortSignal,
): Promise<{ readonly id?: string; readonly name?: string }> {
	const { data, related } = await shared.get('memberships', (each) => client.memberships(each), signal);
	const mine = data.find((one) => linkedId(one, 'organization') === organization);
	const own = related(mine, 'person', person);
	return { id: mine && linkedId(mine, 'person'), name: own && personName(own) };
}
