import { type Api, type Asked, addComment, drop } from './api.ts';
import type { Placed } from './cards.ts';
import { type Body, checked, found, gathered, insist, queryOf, type Shape } from './checks.ts';
import type { Comment } from './holdings.ts';

interface CardsSeen {
	readonly cardOf: (asked: Asked, id?: unknown) => Placed;
	readonly writableOf: (asked: Asked, id?: unknown) => Placed;
}

/** The comments of a card, which versions 1 and 3 show in forms of their own. */
export function commentCalls({ call, now, holdings: { comments } }: Api, { cardOf, writableOf }: CardsSeen): void {
	const of = ({ card }: Placed): readonly Comment[] => comments.filter((one) => one.card === card.id);
	const counted = ({ card }: Placed): void =>
		void Object.assign(card, { comment_count: of({ card } as Placed).length });
	const add = ({ principal, body }: Asked, placed: Placed): Comment => {
		const { id, name } = principal;
		const made = {
			id: (comments.at(-1)?.id ?? 400_000) + 1,
			card: placed.card.id,
			author: { id, name },
			text: String(body.text),
			created: now(),
		};
		comments.push(made);
		counted(placed);
		return made;
	};

	// The newest first, so that nobody takes the order of the reply for the order in which they were written.
	call('GET /1/cards/:id/comments', (asked) =>
		of(cardOf(asked))
			.map((one) => first(one, asked))
			.reverse(),
	);
	call('POST /1/cards/:id/comments/create-new', (asked) => first(add(asked, writableOf(asked)), asked), {
		text: 'text',
	});

	call(
		'GET /3/conversations/comments',
		(asked) => {
			const { item_id, count, offset, sort_by, sort_order } = asksFor(asked, listShape);
			insist(sort_by === undefined || sort_by === 'updated_at', 'INVALID_SORT_BY');
			insist(sort_order === undefined || sort_order === 'desc', 'INVALID_SORT_ORDER');
			const start = Number(offset);
			return {
				data: of(cardOf(asked, item_id))
					.toReversed()
					.slice(start, start + Number(count))
					.map(third),
			};
		},
		undefined,
		listShape,
	);
	call(
		addComment,
		(asked) => {
			insist(asked.body.item_name === 'card', 'INVALID_ITEM_NAME');
			return { data: third(add(asked, writableOf(asked, asked.body.item_id))) };
		},
		{
			text: 'text',
			encoded_text: 'text',
			attachments: 'text',
			send_to_external: 'text',
			sent_from: 'text',
			item_name: 'text',
			item_id: 'id',
		},
	);
	call(
		'DELETE /3/conversations/comment/:id',
		(asked) => {
			const placed = writableOf(asked, asksFor(asked, itemShape).item_id);
			const gone = found(of(placed), asked.id, 'COMMENT');
			insist(gone.author.id === asked.principal.id, 'ACCESS_DENIED', 403);
			drop(comments, (one) => one === gone);
			counted(placed);
			return {};
		},
		undefined,
		itemShape,
	);
}

const itemShape: Shape = { item_id: 'id', item_name: 'text' };
const listShape: Shape = { ...itemShape, count: 'id', offset: 'id', sort_by: '?text', sort_order: '?text' };

function asksFor({ c }: Asked, shape: Shape): Body {
	const query = checked(gathered(queryOf(c)), shape);
	insist(query.item_name === 'card', 'INVALID_ITEM_NAME');
	return query;
}

function first({ id, author, text, created }: Comment, { principal }: Asked): object {
	const create_time = `${created.slice(0, 19).replace('T', ' ')}Z`;
	return { id, author, text, create_time, may_delete: author.id === principal.id };
}

function third({ id, card, author, text, created }: Comment): object {
	const [first_name = '', ...last] = author.name.split(' ');
	return {
		id,
		item_id: card,
		text,
		encoded_text: text,
		created_at: Math.floor(Date.parse(created) / 1000),
		created_by: { id: author.id, first_name, last_name: last.join(' ') },
		attachments: [],
		at_refs: {},
	};
}
