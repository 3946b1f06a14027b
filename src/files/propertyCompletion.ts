import * as vscode from 'vscode';
import { isCancellation } from '../core/errors.ts';
import type { Choice } from '../core/model.ts';
import { signalOf } from '../host/cancellation.ts';
import type { JsonPlace } from './jsonPlace.ts';
import { propertyScheme } from './propertyUri.ts';

/** What may stand at a place in the text at an address. */
export type Completions = (
	uri: vscode.Uri,
	place: Pick<JsonPlace, 'path' | 'kind'>,
	signal: AbortSignal,
) => Promise<readonly Choice[]>;

const selector = ['json', 'jsonc'].map((language) => ({ scheme: propertyScheme, language }));

/**
 * Completes keys and values in texts in JSON, beside what the editor's own JSON support knows. `onFailure` is told why
 * nothing could be offered: an editor shows no message for it.
 */
export function registerPropertyCompletion(
	completions: Completions,
	onFailure: (error: unknown) => void,
): vscode.Disposable {
	const provideCompletionItems = async (
		document: vscode.TextDocument,
		position: vscode.Position,
		token: vscode.CancellationToken,
	): Promise<vscode.CompletionItem[]> => {
		const { jsonOf, jsonPlaceAt } = await import('./jsonPlace.ts');
		const place = jsonPlaceAt(document.getText(), document.offsetAt(position));
		if (!place) {
			return [];
		}
		try {
			const choices = await completions(document.uri, place, signalOf(token));
			const range = new vscode.Range(document.positionAt(place.start), document.positionAt(place.end));
			return choices
				.filter(({ value }) => !place.taken.includes(value))
				.map((choice) => itemFor(choice, jsonOf(choice.value, place.kind), place, range));
		} catch (error) {
			if (!isCancellation(error)) {
				onFailure(error);
			}
			return [];
		}
	};
	return vscode.languages.registerCompletionItemProvider(selector, { provideCompletionItems }, '"', ':');
}

function itemFor(
	{ value, label, detail }: Choice,
	json: string,
	{ kind, hasColon }: JsonPlace,
	range: vscode.Range,
): vscode.CompletionItem {
	const { Property, Value } = vscode.CompletionItemKind;
	const item = new vscode.CompletionItem(value, kind === 'key' ? Property : Value);
	item.detail = label === value ? detail : [label, detail].filter((text) => text !== undefined).join(' · ');
	item.insertText = kind === 'key' && !hasColon ? `${json}: ` : json;
	item.range = range;
	// The editor compares with what the range holds, which may begin with a quote.
	item.filterText = `${json} ${label}`;
	return item;
}
