import { t } from '@vscode/l10n';
import type { CardEditing } from '../../core/cards.ts';
import type { Creation } from '../../core/creation.ts';
import { InvalidInput, type Problem, Refused } from '../../core/errors.ts';
import { isEmpty, problemsOf, type Values } from '../../core/form.ts';
import type { Card, Column } from '../../core/model.ts';
import { afterwards, type CardNeeds, cardsKey, changing, refuseReadOnly, toOneCard } from './cardAccess.ts';
import { type CardBody, sent } from './cardCalls.ts';
import { type CardMember, members } from './cardFields.ts';
import { vendor } from './host.ts';
import type { OneCardWire } from './shapes.ts';

export function cardEditing(needs: CardNeeds): CardEditing {
	const fields = (card: Card) =>
		card.readOnly === undefined ? members.map((one) => one.field(needs, { boardId: card.boardId })) : [];
	return {
		fields,
		async edit(card, values, signal) {
			refuseReadOnly(card);
			const given = fields(card).filter(({ id }) => values[id] !== undefined);
			const problems = problemsOf(given, values);
			if (problems.length > 0) {
				throw new InvalidInput(problems);
			}
			return given.length > 0
				? changing(needs, card, () => send(needs, card, values, signal))
				: toOneCard(needs, await needs.client.ofCards.get(card.id, signal), card.boardId, signal);
		},
	};
}

async function send(needs: CardNeeds, card: Card, values: Values, signal: AbortSignal): Promise<Card> {
	const wire = await needs.client.ofCards.update(card.id, bodyOf(needs, card, values), signal);
	const problems = notTaken(needs, card, values, wire);
	if (problems.length > 0) {
		throw new Refused(t('{0} did not take this.', vendor), problems);
	}
	return toOneCard(needs, wire, card.boardId, signal);
}

/** What `editing` can change, as the card holds it. */
export function valuesOf(needs: CardNeeds, boardId: string, wire: OneCardWire): Values {
	return Object.fromEntries(members.map((one) => [idOf(needs, boardId, one), one.value(wire)]));
}

function idOf(needs: CardNeeds, boardId: string, member: CardMember): string {
	return member.field(needs, { boardId }).id;
}

function bodyOf(needs: CardNeeds, { boardId }: Card, values: Values): CardBody {
	const parts = members.map((one) => {
		const value = values[idOf(needs, boardId, one)];
		return value === undefined ? {} : one.update(value);
	});
	return Object.assign({}, ...parts) as CardBody;
}

function notTaken(needs: CardNeeds, card: Card, values: Values, wire: OneCardWire): Problem[] {
	return members.flatMap((one) => {
		const { id } = one.field(needs, card);
		const value = values[id];
		return value === undefined || one.took(value, one.value(wire), card)
			? []
			: [{ field: id, message: t('{0} did not take this.', vendor) }];
	});
}

export function cardCreation(needs: CardNeeds): Creation<Column, Card> {
	return {
		form: (column) => {
			const offered = members.filter(({ create }) => create !== undefined);
			return {
				title: t('New card in {0}', column.name),
				submitLabel: t('Create card'),
				fields: offered.map((one) => one.field(needs, column)),
				submit: (values, signal) => create(needs, column, values, signal),
			};
		},
	};
}

async function create(needs: CardNeeds, column: Column, values: Values, signal: AbortSignal): Promise<Card> {
	const { boardId, workspaceId } = column;
	const parts = members.map((one) => {
		const value = values[idOf(needs, boardId, one)];
		return value === undefined || isEmpty(value) ? {} : one.create?.(value);
	});
	const place = { board_id: sent(boardId), column_id: sent(column.id) };
	const body = Object.assign(place, ...parts) as CardBody;
	try {
		const made = await needs.client.ofCards.create(workspaceId, body, signal);
		return await afterwards(() => toOneCard(needs, made, boardId, signal), signal);
	} finally {
		needs.shared.delete(cardsKey(boardId));
	}
}
