import { t } from '@vscode/l10n';
import { afterChange } from '../../core/cardEdits.ts';
import { InvalidInput, Refused } from '../../core/errors.ts';
import type { Board, Choice } from '../../core/model.ts';
import { allItems } from '../../core/page.ts';
import type { TextProperty } from '../../core/textProperty.ts';
import { vendor } from './auth.ts';
import type { Client } from './client.ts';
import type { Data } from './data.ts';
import { sendChange } from './projectWrite.ts';
import { isRecord } from './records.ts';
import type { TemplateWire, WholeProjectWire } from './replies.ts';
import { aspectsOfTemplate, namesIn } from './unverified.ts';
import { withheld } from './withheld.ts';

type Aspects = Readonly<Record<string, unknown>>;

/** The aspects of a project: an object for each, whose properties are the tenant's own. https://docs.wise.is/cored/projects */
export function aspects(client: Client, data: Data): TextProperty<Board> {
	return {
		id: 'aspects',
		title: t('Aspects'),
		fileName: 'aspects.json',
		read: async ({ id }, signal) => laidOut((await client.project(id, signal)).aspects ?? {}),
		check: checkAspects,
		save: (board, text, signal) => save(board, text, client, data, signal),
		completions: (board, path, part, signal) => completions(board, { path, part }, client, data, signal),
	};
}

function laidOut(value: unknown): string {
	return JSON.stringify(value, undefined, 2);
}

/** What is wrong with a text as the aspects of a project. */
export function checkAspects(text: string): string | undefined {
	try {
		return isRecord(JSON.parse(text)) ? undefined : t('Aspects are a JSON object with a name for each of them.');
	} catch (error) {
		return t('This is no JSON: {0}.', error instanceof Error ? error.message : String(error));
	}
}

/** Sends the aspects and nothing else. */
async function save({ id }: Board, text: string, client: Client, data: Data, signal: AbortSignal): Promise<void> {
	const problem = checkAspects(text);
	if (problem !== undefined) {
		throw new InvalidInput([{ message: problem }]);
	}
	const wanted = JSON.parse(text) as Aspects;
	const before = (await client.project(id, signal)).aspects ?? {};
	if (isEqual(before, wanted)) {
		return;
	}
	await sendChange(id, { aspects: wanted }, client, data, signal);
	const look = async () => checkTaken(wanted, before, (await client.project(id, signal)).aspects ?? {});
	await afterChange(look, undefined, signal);
}

/** No document says whether an aspect that is left out is taken away, nor what becomes of one that the type does not have. */
function checkTaken(wanted: Aspects, before: Aspects, after: Aspects): void {
	const ignored = [...new Set([...Object.keys(before), ...Object.keys(wanted)])].filter(
		(name) => !isEqual(wanted[name], before[name]) && isEqual(after[name], before[name]),
	);
	if (ignored.length > 0) {
		const message = t('{0} did not take the change of these aspects: {1}.', vendor, ignored.join(', '));
		throw new Refused(message, [{ field: 'aspects', message }]);
	}
}

function isEqual(one: unknown, other: unknown): boolean {
	return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** The same value with the names of every object in one order. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) {
		return value.map(sorted);
	}
	return isRecord(value)
		? Object.entries(value)
				.toSorted(([a], [b]) => (a < b ? -1 : 1))
				.map(([name, one]) => [name, sorted(one)])
		: value;
}

interface Spot {
	readonly path: readonly (string | number)[];
	readonly part: 'key' | 'value';
}

/** Names of aspects at the top, and beneath them what the project's template has there. */
async function completions(
	{ id }: Board,
	{ path, part }: Spot,
	client: Client,
	data: Data,
	signal: AbortSignal,
): Promise<readonly Choice[]> {
	const project = await client.project(id, signal);
	const [template, types] = await Promise.all([templateOf(project, client, signal), data.dynatypes(signal)]);
	const known = aspectsOfTemplate(template?.aspects);
	const detail = template && t('From the template “{0}”', template.title);
	if (path.length > 0) {
		return offeredAt(known, path, part).map((value) => ({ value, label: value, detail }));
	}
	if (part === 'value') {
		return [];
	}
	const type = types.find((one) => one.id === project.dynatype?.id);
	const named = [
		...namesIn(type?.required_aspects).map((value) => ({ value, label: value, detail: t('Required') })),
		...Object.keys(known).map((value) => ({ value, label: value, detail })),
		...namesIn(type?.optional_aspects).map((value) => ({ value, label: value, detail: t('Optional') })),
	];
	return named.filter((choice, at) => named.findIndex(({ value }) => value === choice.value) === at);
}

/** The names of what stands at a path, or the texts that stand there. */
function offeredAt(
	within: unknown,
	[first, ...rest]: readonly (string | number)[],
	part: Spot['part'],
): readonly string[] {
	if (first !== undefined) {
		const inner = isRecord(within) && Object.hasOwn(within, first) ? within[first] : undefined;
		return offeredAt(Array.isArray(within) ? within : inner, rest, part);
	}
	if (part === 'key') {
		return isRecord(within) ? Object.keys(within) : [];
	}
	return [within].flat().filter((one): one is string => typeof one === 'string' && one !== '');
}

/** The template that a project was made of. There is no call for one alone. */
export async function templateOf(
	{ template, space }: WholeProjectWire,
	client: Client,
	signal: AbortSignal,
): Promise<TemplateWire | undefined> {
	if (!template) {
		return undefined;
	}
	const all = client.templatesOfSpace(space.id, signal).then((page) => allItems(page, signal));
	return (await withheld(all, [])).find(({ id }) => id === template);
}
