import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import * as vscode from 'vscode';
import type { Inside } from '../../../src/extension.ts';
import type { Node } from '../../../src/views/node.ts';
import type { KnownSecrets } from './knownSecrets.ts';

type Members = Record<string, unknown>;
type Call = (...args: never[]) => unknown;

/** The button that a person presses wherever it is shown; every other message is left as it is. */
const pressed = 'Copy Report Without Names';

/**
 * Sees every text that the extension shows, says, logs, copies or hands to the editor, by the place it stands in, and every
 * request that it makes. It stands beside what happens and changes nothing.
 */
export class Witness {
	readonly #own: Inside;
	readonly #secrets: KnownSecrets;
	readonly #seen = new Map<string, Set<string>>();
	readonly #undo: (() => void)[] = [];
	#cancelling: vscode.CancellationTokenSource | undefined;
	/** What the extension opens in the browser. */
	onPage: (address: string) => unknown = () => undefined;
	/** Answers a request in the vendor's place. */
	onRequest: (request: Request) => Response | undefined | Promise<Response | undefined> = () => undefined;

	constructor(own: Inside, secrets: KnownSecrets) {
		this.#own = own;
		this.#secrets = secrets;
	}

	/** Everything seen so far, by its place. */
	get texts(): ReadonlyMap<string, ReadonlySet<string>> {
		return this.#seen;
	}

	see(place: string, ...texts: readonly unknown[]): void {
		const seen = this.#seen.get(place) ?? new Set();
		this.#seen.set(place, seen);
		texts.flat(3).forEach((text) => text !== undefined && text !== '' && seen.add(String(text)));
	}

	/** An error with everything in it and behind it. */
	seeError(place: string, error: unknown): void {
		for (let at = error; at !== undefined; at = at instanceof Error ? at.cause : undefined) {
			const own = at instanceof Error ? [at.name, at.message] : [String(at)];
			this.see(place, own, safeJson(at));
		}
	}

	/** A line of the tree, with what a pointer and a screen reader get of it. */
	async seeNode(node: Node): Promise<void> {
		const { tree } = this.#own.services;
		const item = await tree.resolveTreeItem(tree.getTreeItem(node), node);
		const { label, description, tooltip, accessibilityInformation, contextValue, id, resourceUri } = item;
		const pointed = tooltip instanceof vscode.MarkdownString ? tooltip.value : tooltip;
		this.see('the tree', label, description, pointed, accessibilityInformation?.label, contextValue, id, resourceUri);
		if ('failure' in node) {
			this.see('failures in the tree', label);
			this.seeError('errors', node.failure);
		}
	}

	/** Presses "Cancel" on the progress that was shown last. */
	cancel(): void {
		this.#cancelling?.cancel();
	}

	/** Watches until `stop`. */
	start(): void {
		const { services } = this.#own;
		for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'append', 'appendLine'] as const) {
			this.#before(services.log, level, (...said) => this.see('the log channel', said));
		}
		for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
			// What the tests' own report says is marked.
			this.#before(
				console,
				level,
				(...said) => said[0]?.toString().startsWith('\u200b') || this.see('the console', said),
			);
		}
		this.#before(services.changesLog, 'note', (entry) => this.see('the log of changes', JSON.stringify(entry)));
		this.#before(services, 'report', (error) => this.seeError('errors', error));
		const { clipboard } = vscode.env;
		const writeText = async (text: string) => {
			this.see('the clipboard', text);
			await clipboard.writeText(text);
		};
		this.#undo.push(put(vscode.env, 'clipboard', { readText: () => clipboard.readText(), writeText }));
		this.#instead(vscode.commands, 'executeCommand', (real) => async (id: string, ...args: unknown[]) => {
			this.#seeCommand(id, args);
			switch (id) {
				// A report is read here as it would be drawn; a hundred drawn ones would show nothing more.
				case 'markdown.showPreview':
					return this.#seeReport(args[0] as vscode.Uri);
				// Drawing the tree a thousand times takes its time, and what it draws is seen by `seeNode`.
				case 'boardwalk.tree.focus':
					return undefined;
				default:
					return real(...([id, ...args] as never[]));
			}
		});
		this.#instead(vscode.env, 'openExternal', () => async (target: unknown) => {
			await this.onPage(typeof target === 'string' ? target : String(target));
			return true;
		});
		this.#instead(globalThis, 'fetch', (real) => this.#watchedFetch(real as typeof fetch));
		this.#watchNode();
		this.#undo.push(this.#watchDialogues(false));
	}

	stop(): void {
		this.#undo.toReversed().forEach((undo) => undo());
		this.#undo.length = 0;
	}

	/** Runs while dialogues that others answer are watched too. */
	async whileAnswered<T>(run: () => PromiseLike<T>): Promise<T> {
		const stop = this.#watchDialogues(true);
		try {
			return await run();
		} finally {
			stop();
		}
	}

	/** Where nobody answers, a message is left as it is. */
	#watchDialogues(answered: boolean): () => void {
		const undo: (() => void)[] = [];
		const instead = (name: string, make: (real: Call) => unknown) => undo.push(replace(vscode.window, name, make));
		const see = (...texts: unknown[]) => this.see('dialogues', ...texts);
		for (const name of ['showInformationMessage', 'showWarningMessage', 'showErrorMessage']) {
			instead(name, (real) => async (text: string, ...rest: unknown[]) => {
				this.see('messages', text, rest.map(textsOf));
				const answer = answered ? await real(...([text, ...rest] as never[])) : undefined;
				return answer ?? rest.find((one) => one === pressed);
			});
		}
		instead('showQuickPick', (real) => async (items: unknown, options: unknown) => {
			see(textsOf(items), textsOf(options));
			return real(...([items, options] as never[]));
		});
		for (const name of ['showSaveDialog', 'showOpenDialog']) {
			instead(name, (real) => async (options: unknown) => {
				see(textsOf(options));
				return real(...([options] as never[]));
			});
		}
		instead('setStatusBarMessage', () => (text: string) => {
			see(text);
			return { dispose: () => undefined };
		});
		instead('withProgress', () => async ({ title }: vscode.ProgressOptions, task: Call) => {
			this.see('progress', title);
			const report = ({ message }: { message?: string }) => this.see('progress', message);
			this.#cancelling = new vscode.CancellationTokenSource();
			return task(...([{ report }, this.#cancelling.token] as never[]));
		});
		for (const name of ['createQuickPick', 'createInputBox']) {
			instead(name, (real) => () => watchedInput(real() as Members, see));
		}
		return () => undo.toReversed().forEach((one) => one());
	}

	#seeCommand(id: string, args: readonly unknown[]): void {
		if (!id.startsWith('boardwalk.')) {
			this.see('commands to the editor', id, args.map(textsOf));
		}
	}

	async #seeReport(uri: vscode.Uri): Promise<void> {
		this.see('reports of the doctor', (await vscode.workspace.openTextDocument(uri)).getText());
	}

	#watchedFetch(real: typeof fetch): typeof fetch {
		return async (input, init) => {
			const request = new Request(input, init);
			this.see('addresses of requests', request.url);
			this.#secrets.learnHeaders('a request', request.headers);
			const response = (await this.onRequest(request)) ?? (await real(request));
			const { headers } = response;
			const isData = /json|form/.test(headers.get('content-type') ?? '');
			const body = isData
				? await response
						.clone()
						.text()
						.catch(() => '')
				: '';
			this.#secrets.learnAnswer(headers.get('location'), body);
			return response;
		};
	}

	/** What files go up and come down through goes past `fetch`; Node itself tells of it, whoever has patched its modules. */
	#watchNode(): void {
		const note = (name: string, run: (message: { request: ClientRequest; response: IncomingMessage }) => void) => {
			const listen = (message: unknown) => run(message as Parameters<typeof run>[0]);
			subscribe(name, listen);
			this.#undo.push(() => unsubscribe(name, listen));
		};
		note('http.client.request.start', ({ request }) => {
			this.see('addresses of requests', `${request.protocol}//${String(request.getHeader('host'))}${request.path}`);
			const sent = Object.entries(request.getHeaders()).map(([name, value]) => [name, String(value)]);
			this.#secrets.learnHeaders('a request', new Headers(sent as [string, string][]));
		});
		note('http.client.response.finish', ({ response: { headers } }) => {
			this.#secrets.learnAnswer(headers.location ?? null, '');
		});
	}

	#before(owner: object, name: string, note: (...args: unknown[]) => void): void {
		this.#instead(owner, name, (real) => (...args: never[]) => {
			note(...args);
			return real(...args);
		});
	}

	#instead(owner: object, name: string, make: (real: Call) => unknown): void {
		this.#undo.push(replace(owner, name, make));
	}
}

/** Puts something in the place of a function; the result puts the function back. */
function replace(owner: object, name: string, make: (real: Call) => unknown): () => void {
	const real = (owner as Members)[name] as Call;
	return put(
		owner,
		name,
		make((...args) => real.apply(owner, args)),
	);
}

/** Puts a member in the place of another; the result puts that back. */
export function put(owner: object, name: string, value: unknown): () => void {
	const was = Object.getOwnPropertyDescriptor(owner, name);
	Object.defineProperty(owner, name, { value, configurable: true, enumerable: true, writable: true });
	return () => (was ? Object.defineProperty(owner, name, was) : Reflect.deleteProperty(owner, name));
}

/** What a dialogue shows, noted whenever it changes; a hidden text is shown to nobody. */
function watchedInput(input: Members, see: (...texts: unknown[]) => void): unknown {
	return new Proxy(input, {
		set(target, name, value) {
			if (name !== 'value') {
				see(textsOf(value));
			}
			return Reflect.set(target, name, value, target);
		},
		get(target, name) {
			if (name === 'show' && target['password'] !== true) {
				see(target['value']);
			}
			const member: unknown = Reflect.get(target, name, target);
			return typeof member === 'function' ? member.bind(target) : member;
		},
	});
}

/** The texts in something that the editor was given. */
function textsOf(given: unknown): unknown[] {
	if (Array.isArray(given)) {
		return given.flatMap(textsOf);
	}
	if (given instanceof vscode.Uri) {
		return [given.toString(), given.toString(true)];
	}
	if (typeof given === 'object' && given !== null) {
		const shown = [
			'label',
			'description',
			'detail',
			'title',
			'placeHolder',
			'tooltip',
			'message',
			'saveLabel',
			'openLabel',
		];
		return [...shown.map((name) => (given as Members)[name]), textsOf((given as Members)['defaultUri'])].flat();
	}
	return typeof given === 'string' ? [given] : [];
}

function safeJson(value: unknown): string {
	try {
		return JSON.stringify(value) ?? '';
	} catch {
		return '';
	}
}
