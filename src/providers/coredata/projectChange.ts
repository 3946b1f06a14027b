import { t } from '@vscode/l10n';
import { afterChange, checkTaken, mergedChanges } from '../../core/cardEdits.ts';
import { InvalidInput, type Problem } from '../../core/errors.ts';
import { isSameValue, textOf, type Values } from '../../core/form.ts';
import { vendor } from './auth.ts';
import { changeBody, type Projects, valuesOf } from './projectFields.ts';
import { sendChange } from './projectWrite.ts';
import { labelOf } from './statuses.ts';

export interface Change {
	/** What the changed properties are to hold; of a list, everything that was shown and is to stay, and what is new. */
	readonly wanted: Values;
	/** What was shown of these properties before. */
	readonly shown: Values;
}

/**
 * Changes properties of a project as it is at this moment: CoreData has nothing that would find a change in between, and
 * replaces lists whole, so what others put into a list meanwhile stays there and what they took away stays away. Returns
 * what was sent; nothing is, where all is as wanted. Throws `InvalidInput` where others changed one of the values
 * meanwhile.
 */
export async function changeProject(
	id: string,
	{ wanted, shown }: Change,
	{ client, data }: Projects,
	signal: AbortSignal,
): Promise<Values> {
	const now = valuesOf(await client.project(id, signal));
	const sent = mergedChanges(wanted, now, shown);
	const overtaken = Object.keys(sent).filter(
		(field) => !Array.isArray(sent[field]) && !isSameValue(shown[field], now[field]),
	);
	if (overtaken.length > 0) {
		const lists = await data.valueLists([textOf(now, 'status')], signal);
		const said = (field: string): string => {
			const value = textOf(now, field) ?? '';
			return field === 'status' ? labelOf(value, lists) : value;
		};
		throw new Overtaken(
			overtaken.map((field) => ({ field, message: overtakenBy(said(field)) })),
			Object.fromEntries(overtaken.map((field) => [field, now[field]])),
		);
	}
	if (Object.keys(sent).length > 0) {
		await sendChange(id, changeBody(sent), client, data, signal);
		const look = async () => checkTaken(sent, now, valuesOf(await client.project(id, signal)), vendor);
		await afterChange(look, undefined, signal);
	}
	return sent;
}

/** Others changed the same value since it was shown. */
export class Overtaken extends InvalidInput {
	/** What they made of it. */
	readonly now: Values;

	constructor(problems: readonly Problem[], now: Values) {
		super(problems);
		this.now = now;
	}
}

function overtakenBy(now: string): string {
	return now === ''
		? t('Somebody emptied this meanwhile. Save again to replace it.')
		: t('Somebody changed this meanwhile to “{0}”. Save again to replace it.', now);
}
